#!/bin/sh
# Chains of readings, and readings beside busy sessions: a reading in part, or by two connections, says what a
# reading of all by one says, also where the steps of fingerprint.sh, each by itself, do not show it.
#
#   partial.sh [VERSION]      else 18

set -u
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
# shellcheck disable=SC2034  # what the cluster is told
SERVER_BIN=$(server_bin "${1:-18}") || fail "there is no PostgreSQL ${1:-18} here"
CLUSTER_OPTIONS='-c autovacuum=off -c track_commit_timestamp=on -c max_prepared_transactions=5' cluster_start
cluster_project "$WORK/project" && cd "$WORK/project" || exit 1
failed=0

wrong() {
    echo "FAILED: $*" >&2
    failed=$((failed + 1))
}

snapshot() {
    "$BIN/schema-snapshot" -s live -N wild "$@"
}

run() {
    PGOPTIONS='-c client_min_messages=error' sql "$PGDATABASE" -o /dev/null "$@" || wrong "the statement fails: $*"
}


# told NAME yes|no: from old to new there is a change, which a reading of all agrees with; new is then old.
told() {
    snapshot --if-changed old --exact -o new || wrong "$1: no snapshot"
    snapshot -o all || wrong "$1: no snapshot of all"
    [ "$(tail -n 1 new)" = "$(tail -n 1 all)" ] || wrong "$1: the reading in part has another hash than that of all"
    case $2$(grep -c '^"meta":.*"unchanged":true' new) in
    yes0 | no1) ;;
    *) wrong "$1: whether it is a change is told wrongly" ;;
    esac
    [ "$2" = no ] || mv new old
}

cluster_database forest
export PGDATABASE=forest
run -f "$SOURCE/tests/pg/fingerprint/forest.sql"
run <<'END'
create type mood as enum ('glad');
create table tree (id int primary key, feels mood, constraint feels_glad check (feels = 'glad'));
alter table tree enable row level security;
create policy a on tree using (id > 1);
create policy b on tree using (id > 2);
create sequence counter owned by tree.id;
END
snapshot -o old

# What is removed later makes up for what was added where nobody reads.
run -c 'create table wild.leaf (tree int references public.tree)'
told 'a key that refers to it from where nobody reads' no
run -c 'drop policy a on tree' -c 'drop policy b on tree'
told 'two policies gone, after two triggers came' yes

# Removed and added alike in one transaction, and in a part of one.
run -c 'begin' -c 'create policy a on tree using (id > 1)' -c commit
told 'a policy' yes
run -c 'begin' -c 'savepoint s' -c 'drop policy a on tree' -c 'release s' -c 'savepoint s' \
    -c 'create policy a on tree using (id > 3)' -c commit
told 'a policy in place of a policy' yes

# A transaction that was under way when the known reading was made, and ended later.
run -c 'begin' -c 'alter table tree add column bark text' -c "prepare transaction 'later'"
run -c 'select txid_current()'
snapshot -o old 2>"$WORK/said" || wrong "beside a prepared transaction: $(cat "$WORK/said")"
snapshot --if-changed old --exact -o new 2>"$WORK/said" || wrong "beside a prepared transaction: $(cat "$WORK/said")"
grep -q '"busy":\[{"by":"prepared transaction later, role postgres, since .*","id":"public.tree"}\]' new ||
    grep -q '"unchanged":true' new || wrong 'what holds a table is not told'
run -c 'select txid_current()' -c "commit prepared 'later'" -c 'select txid_current()'
told 'a change that was under way' yes

run -c 'alter sequence counter owned by none'
told 'a sequence that is of no column any more' yes
run -c 'alter sequence counter increment 3'
told 'a sequence with another step' yes

# A type whose new name stands in columns.
run <<'END'
create type word;
create function word_in(cstring) returns word as 'textin' language internal immutable strict;
create function word_out(word) returns cstring as 'textout' language internal immutable strict;
create type word (input = word_in, output = word_out, like = text);
alter table tree add column said word;
END
told 'a type of its own' yes
run -c 'alter type word rename to saying'
told 'its new name' yes

# What texts have in them by ways of their own.
run <<'END'
create table grown (a int, b int, c int);
create function grown_all() returns setof grown language sql stable as 'select * from grown';
create view counted as select count(*) as n from grown_all() g;
create type span as range (subtype = int);
create view spanned as select span(1, 2) as s;
create view listed as select '{grown}'::regclass[] as r;
END
told 'views' yes
run -c 'alter table grown drop column b'
told 'a column less, in what a function gives' yes
run -c 'alter function span(int, int) rename to span_of'
told 'the constructor of a range' yes
run -c 'alter table grown rename to overgrown'
told 'a name in a constant' yes
run -c 'create index grown_a on overgrown (a)' -c "create view indexed as select '{grown_a}'::regclass[] as r"
told 'an index and its name' yes
run -c 'alter index grown_a rename to overgrown_a'
told 'the name of an index in a constant' yes
run -c 'drop view counted' -c 'drop function grown_all()' -c 'drop table overgrown'
told 'a constant of nothing' yes
run -c 'create table overgrown (a int, c int)'
snapshot --if-changed old -o old || wrong 'no snapshot in place of the known one'
snapshot --if-changed old -o old || wrong 'no snapshot in place of the same'
grep -q '"unchanged":true' old && wrong 'the known document is replaced by what says that it holds'
run <<'END'
create type mine;
create function mine_in(cstring) returns mine as 'int4in' language internal immutable strict;
create function mine_out(mine) returns cstring as 'int4out' language internal immutable strict;
create type mine (input = mine_in, output = mine_out, like = int4);
create cast (mine as int4) without function as implicit;
create table kept (m mine);
create index kept_m on kept (m);
END
told 'a type that an index takes for another' yes
run -c 'drop cast (mine as int4)'
told 'a cast, by which the index has its operators' yes

# Names in constants of types that have numbers in them.
export PGDATABASE=forest
while IFS='|' read -r name type table; do
    cluster_database "names_$name"
    export PGDATABASE="names_$name"
    run -c 'create table named (i int)' -c "$type" -c "$table"
    snapshot -o old || wrong "no snapshot of names in $name"
    run -c 'alter table named rename to renamed'
    told "a name in a constant of $name" yes
done <<'END'
composite|create type pair as (r regclass, n int)|create table x (a pair default '(named,1)'::pair)
domain|create domain numbers as regclass[]|create table x (a numbers default '{named}'::numbers)
domains|create domain number as regclass|create table x (a number[] default '{named}'::number[])
range|create type spans as range (subtype = regclass)|create table x (a spans default '[named,named]'::spans)
bound|create table parts (r regclass) partition by list (r)|create table x partition of parts for values in ('named')
END

# What only columns of an index, or of what was there before, tell.
cluster_database told
export PGDATABASE=told
run -c 'create table a (i int, t text)' -c 'create index a_lower on a (lower(t))' -c 'create table b (i int)' -c 'create table c (i int)'
snapshot -o old || wrong 'no snapshot'
run -c 'alter index a_lower alter column 1 set statistics 77'
told 'the statistics of a column of an index' yes
run -c 'begin' -c 'drop table c' -c 'alter table b add column j int' -c 'create table c (k int)' -c 'commit'
told 'a table in the place of another' yes
run -c 'begin' -c 'drop index a_lower' -c 'create index a_lower on a (lower(t))' -c 'commit'
told 'an index in the place of the same' yes
run -c 'vacuum full'
told 'new files' no
run -c 'alter table b drop column j'
told 'a column, after new files' yes

run -c 'create table d (i int default pg_catalog.abs(-1))' -c 'create view e as select pg_catalog.abs(i) from d'
told 'a function of the server' yes
run -c 'alter function pg_catalog.abs(int) rename to absolute'
told 'another name of a function of the server' yes

# A database with nothing of its own, and what came with it gone.
cluster_database bare
export PGDATABASE=bare
run -c 'drop schema public cascade' -c 'drop schema information_schema cascade'
snapshot -o old || wrong 'no snapshot of nothing'
told 'nothing' no
export PGDATABASE=template1
snapshot -o old
run -c 'comment on database template1 is null'
told 'a comment of the bootstrap' yes

# Three transactions side by side, whose numbers make up for each other.
export PGDATABASE=forest
run -c "comment on column kept.m is '1'"
mkfifo "$WORK/pipe"
psql -X -q -o /dev/null <"$WORK/pipe" &
exec 3>"$WORK/pipe"
printf 'begin;\nselect txid_current();\n\\! touch %s\n' "$WORK/ready" >&3
until [ -f "$WORK/ready" ]; do sleep 0.02; done
run -c "comment on column tree.id is '2'"
snapshot -o old
cat >&3 <<'END'
comment on column overgrown.a is '3';
comment on column overgrown.c is '4';
comment on column kept.m is null;
comment on column tree.id is null;
commit;
END
exec 3>&-
wait $!
told 'comments that make up for each other' yes

# Others count on meanwhile: ages in the two connections of a large reading are of two moments.
cluster_database large
export PGDATABASE=large
"$SOURCE/tests/bench/gen-schema.sh" 300 >"$WORK/large.sql"
run -1 -f "$WORK/large.sql"
snapshot -o quiet || wrong 'no snapshot of much'
(while :; do echo 'select txid_current();'; done) | psql -X -q -o /dev/null 2>/dev/null &
burner=$!
for turn in 1 2 3 4 5; do
    snapshot -o busy || wrong "no snapshot beside a busy session, $turn"
    grep '"oid":' busy | grep -v '^"meta"' >busy.lineage
    grep '"oid":' quiet | grep -v '^"meta"' | cmp -s - busy.lineage ||
        wrong "other transactions made the objects, beside a busy session, $turn"
done
kill "$burner"
wait "$burner" 2>/dev/null
"$BIN/schema-snapshot" -s live -N wild --exact --if-changed busy | grep -q '"unchanged":true' ||
    wrong 'what was read beside a busy session is not found unchanged'
[ "$failed" -eq 0 ] || fail "$failed in all"
