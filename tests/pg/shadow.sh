#!/bin/sh
# The shadow source: migrations run in a PostgreSQL of our own must give what a server gives that ran them; they
# reach nothing else; whatever ends us, nothing stays behind.
set -eu

# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
cluster_start
export XDG_CACHE_HOME="$WORK/cache" XDG_CONFIG_HOME="$WORK/config" XDG_RUNTIME_DIR="$WORK/run"
mkdir -m 711 "$WORK/run"
cluster_project "$WORK/project" && cd "$WORK/project"
cases=$WORK/cases
mkdir "$cases"
status=0

hash_of() {
    sed -n 's/^"hash":"\(sha256:[0-9a-f]*\)"}$/\1/p' "$1"
}

wrong() {
    echo "$1" >&2
    status=1
}

shadow() {
    "$BIN/schema-snapshot" -s shadow --server-bin "$SERVER_BIN" "$@"
}

# expect CODE TEXT COMMAND...: its exit code, and what it says.
expect() {
    expected=$1 text=$2
    shift 2
    code=0
    "$@" >"$WORK/out" 2>"$WORK/err" || code=$?
    [ "$code" = "$expected" ] || wrong "$*: exit code $code, not $expected: $(cat "$WORK/err")"
    grep -qF -- "$text" "$WORK/err" "$WORK/out" || wrong "$*: says nothing of '$text': $(cat "$WORK/err")"
}

has() {
    grep -qF -- "$1" "$WORK/out" || wrong "the document lacks $1"
}

# case_make NAME: a folder with this one file.
case_make() {
    rm -rf "$cases/m" && mkdir "$cases/m"
    cat >"$cases/m/$1"
}

left_behind() {
    find "$WORK/run" -mindepth 1 -maxdepth 1
}

# ---- the same as a server that ran them ----

# compare NAME DIRECTORY DATABASE
compare() {
    "$BIN/schema-snapshot" -s live --db-url "dbname=$3" -o "$WORK/live.json"
    shadow -m "$2" -o "$WORK/shadow.json"
    if [ -z "$(hash_of "$WORK/live.json")" ] ||
        [ "$(hash_of "$WORK/live.json")" != "$(hash_of "$WORK/shadow.json")" ]; then
        diff "$WORK/live.json" "$WORK/shadow.json" | cut -c1-1000
        wrong "$1: the shadow is not what the server has"
    fi
}

for case in shop everything gone rights kinds project; do
    folder=$SOURCE/tests/cases/replay/$case
    [ "$case" != shop ] || folder=$SOURCE/share/examples/shop/supabase/migrations
    cluster_database "$case"
    case $case in shop | project) cluster_shim "$case" ;; esac
    find "$folder" -name '*.sql' ! -name '*down.sql' | sort -V | while read -r file; do
        PGOPTIONS='-c client_min_messages=error' sql "$case" -o /dev/null -f "$file"
    done
    compare "$case" "$folder" "$case"
    # Roles are the cluster's, and the next case knows nothing of these.
    sql postgres -c "drop database \"$case\"" \
        -c "do \$\$ declare name text; begin
            for name in select rolname from pg_roles where rolname like 'app\\_%' loop
                execute format('drop role %I', name);
            end loop; end \$\$"
done

# ---- what files may hold ----

case_make 1_alone.sql <<'SQL'
create type mood as enum ('sad');
alter type mood add value 'glad';
create table person (mood mood default 'glad');
create index concurrently person_mood on person (mood);
vacuum person;
SQL
expect 0 '' shadow -m "$cases/m" && has '"name":"person_mood"'

case_make 1_own.sql <<'SQL'
begin;
create table a (id int);
commit;
do $$ begin create table b (); commit; create table c (); end $$;
set search_path = pg_catalog;
create temporary table gone ();
SQL
cat >"$cases/m/2_next.sql" <<'SQL'
create table d (id int);
copy d from stdin;
1
\.
copy d to stdout;
create schema other;
do $$ begin execute 'alter database postgres set search_path = other, public'; end $$;
SQL
echo 'create table e ();' >"$cases/m/3.sql"
expect 0 '' shadow -m "$cases/m" && has '"public.c"' && has '"public.d"' && has '"other.e"'

case_make 1_stub.sql <<'SQL'
create extension vector;
create table item (place vector(3));
create index on item using hnsw (place vector_l2_ops) with (m = 8, ef_construction = 32);
do $$ begin
    -- create extension nonsense;
    create extension if not exists pg_net; create extension "uuid-ossp";
end $$;
SQL
expect 0 '' shadow -m "$cases/m" && has '"type":"public.vector(3)"' && has "WITH (m='8', ef_construction='32')" &&
    has '"id":"pg_net"' && has '"name":"uuid-ossp"'

case_make 1_dump.sql <<'SQL'
create database elsewhere;
create table owned (id int);
alter table owned owner to "some one";
grant select on owned to reader;
SQL
expect 0 "1_dump.sql:3: no file makes role 'some one'" shadow -m "$cases/m" && has '"owner":"some one"' &&
    has '{"reader":["select"]}'

# What only looks like something to rewrite stays; a statement that does nothing changes nothing else.
case_make 1_text.sql <<'SQL'
create extension vector;
create table t (v vector(3), id int);
create index t_v on t using hnsw (v vector_l2_ops) with (m = 8);
create index t_id on t (id);
create index if not exists t_v on t using hnsw (v vector_l2_ops) with (m = 16);
do $x$ begin
    create function inst() returns void language plpgsql as $f$ begin create extension if not exists pgmq; end $f$;
    comment on table t is $q$to set up: create extension pgmq; then go$q$;
end $x$;
SQL
expect 0 '' shadow -m "$cases/m" && has 'begin create extension if not exists pgmq; end' &&
    has 'to set up: create extension pgmq; then go' && has "WITH (m='8')" && has 'USING btree (id)"'

# A block may be any constant, and what EXECUTE runs, too; what is data stays.
case_make 1_constants.sql <<'SQL'
do 'begin create extension vector; comment on schema public is ''create extension vector;''; end';
do $$ begin
    execute 'create extension if not exists pg_net with schema "x y"; create table made (v vector(3))';
    execute $x$create extension pgmq$x$;
    execute 'do $y$ begin create extension http; end $y$';
    execute 'create table t (a text default ''execute ''''create extension pgmq'''';'')';
exception when duplicate_object then
    create table failed (id int);
end $$;
do language 'plpgsql' $$ begin execute 'create extension vector'; exception when duplicate_object then
    create table again (id int);
end $$;
SQL
expect 0 '' shadow -m "$cases/m" && has '"comment":"create extension vector;"' && has '"type":"public.vector(3)"' &&
    has '"id":"pgmq"' && has '"id":"http"' && has "'execute ''create extension pgmq'';'::text" && has '"public.again"'
! grep -q '"public.failed"' "$WORK/out" || wrong 'an extension in a constant fails the block'
case_make 1_save.sql <<'SQL'
create table a ();
savepoint x;
create table b ();
rollback to x;
create table c ();
SQL
echo 'begin; create table open ();' >"$cases/m/2_open.sql"
expect 0 '2_open.sql: the transaction that it leaves open is rolled back' shadow -m "$cases/m" && has '"public.c"'

# ---- what goes wrong ----

case_make 1_loop.sql <<'SQL'
do $$ begin raise exception using errcode = '42704', message = 'role "r' || clock_timestamp() || '" does not exist'; end $$;
SQL
expect 65 'does not exist' timeout 60 "$BIN/schema-snapshot" -s shadow --server-bin "$SERVER_BIN" -m "$cases/m"

case_make 1_kill.sql <<'SQL'
select pg_terminate_backend(pg_backend_pid());
SQL
expect 69 "in '1_kill.sql:1'" shadow -m "$cases/m"
case_make 1_out.sql <<'SQL'
create table a ();
alter role postgres nologin;
alter database postgres set search_path = public;
SQL
expect 65 "after '1_out.sql'" shadow -m "$cases/m"
case_make 1_name.sql <<'SQL'
create role other superuser;
set session authorization other;
alter role postgres rename to gone;
SQL
expect 65 'after all migrations' shadow -m "$cases/m"
# What wants all of the machine's memory is refused its share, and nothing else is.
case_make 1_large.sql <<'SQL'
create table a ();
do $$ declare large text[]; begin for i in 1..200 loop large := large || repeat('x', 100000000); end loop; end $$;
SQL
expect 75 '1_large.sql:2:1: out of memory' shadow -m "$cases/m"
case_make 1_bad.sql <<'SQL'
create table a (id int primary key);
create table b (x nosuch);
create table c (id int references a);
SQL
expect 65 "1_bad.sql:2:19: type \"nosuch\" does not exist" shadow -m "$cases/m"
[ ! -s "$WORK/out" ] || wrong 'a failed run wrote something'
expect 0 '1_bad.sql:2: type "nosuch" does not exist' shadow --keep-going -m "$cases/m" && has '"public.c"'
expect 78 'has no PostgreSQL server' "$BIN/schema-snapshot" -s shadow --server-bin "$WORK" -m "$cases/m"
expect 69 'may not run (--no-exec)' shadow --no-exec -m "$cases/m"
expect 69 'no migrations at' shadow -m "$WORK/none"

# ---- whether they may run at all ----

# offline OPTION...: nobody at the keyboard, no database.
# shellcheck disable=SC2317  # called by expect
offline() {
    env -u PGHOST -u PGDATABASE "$BIN/schema-snapshot" "$@" </dev/null
}

mkdir -p supabase/migrations && echo 'create table a (id int);' >supabase/migrations/1.sql
expect 0 '' offline && has '"source":"migrations"'
expect 0 '' offline --exec --server-bin "$SERVER_BIN" && has '"source":"shadow"'
mkdir -p "$XDG_CONFIG_HOME/schema-monitor"
echo "yes $(pwd -P)" >"$XDG_CONFIG_HOME/schema-monitor/may-run"
expect 0 '' offline --server-bin "$SERVER_BIN" && has '"source":"shadow"'
# A chain that does not run is told, and so is what can be known without running it.
echo 'create table b (x nosuch);' >supabase/migrations/2.sql
expect 0 '2.sql:1:19: type "nosuch"' offline --server-bin "$SERVER_BIN" && has '"source":"migrations"' && has '"fallback"'
echo "no $(pwd -P)" >>"$XDG_CONFIG_HOME/schema-monitor/may-run"
expect 0 '' offline --server-bin "$SERVER_BIN" && has '"source":"migrations"'
rm -r supabase/migrations "$XDG_CONFIG_HOME"

# ---- the cache ----

case_make 1.sql <<'SQL'
create table a (id int);
SQL
expect 0 '' shadow -m "$cases/m"
for control in "$XDG_CACHE_HOME"/schema-monitor/shadow/*/global/pg_control; do
    : >"$control"
done
expect 0 '' shadow -m "$cases/m" && has '"public.a"'
expect 0 '' env -u XDG_CACHE_HOME HOME=/dev/null "$BIN/schema-snapshot" -s shadow --server-bin "$SERVER_BIN" -m "$cases/m"

# ---- states that are kept ----

# What a run makes of its own accord tells whether it was run again.
case_make 1.sql <<'SQL'
do $$ begin execute format('create table %I ()', 'chance ' || gen_random_uuid()); end $$;
grant select on all tables in schema public to stranger;
SQL
before=
# chance STEP again|kept TABLES: whether the first file ran again, and which tables there are beside its own.
chance() {
    shadow -m "$cases/m" -o "$WORK/chance.json" || wrong "$1: it does not run"
    grep -q "'stranger'" "$WORK/chance.json" || wrong "$1: the warning is gone"
    now=$(jq -r '.tables[].name | select(startswith("chance "))' "$WORK/chance.json")
    tables=$(jq -r '[.tables[].name | select(startswith("chance ") | not)] | join(" ")' "$WORK/chance.json")
    [ "$tables" = "$3" ] || wrong "$1: tables $tables, not $3"
    case $2 in
    again) [ "$now" != "$before" ] || wrong "$1: a state of something else was used" ;;
    kept) [ "$now" = "$before" ] || wrong "$1: all ran again" ;;
    esac
    before=$now
}
chance first again ''
chance 'nothing new' kept ''
echo 'create table a ();' >"$cases/m/2.sql"
chance 'one more' kept a
echo 'create table b ();' >"$cases/m/2.sql"
chance edited kept b
rm "$cases/m/2.sql"
chance removed kept ''
for file in 2 3 4; do echo "create table t$file ();" >"$cases/m/$file.sql"; done
chance 'three more' kept 't2 t3 t4'
echo 'create table c ();' >>"$cases/m/3.sql"
chance 'one in the middle' kept 'c t2 t3 t4'
mv "$cases/m/1.sql" "$cases/m/0.sql"
chance 'a name' again 'c t2 t3 t4'
echo 'create table d ();' >>"$cases/m/3.sql"
chance 'one in the middle, from the beginning' again 'c d t2 t3 t4'
echo 'create table e ();' >>"$cases/m/3.sql"
chance 'where the two part' kept 'c d e t2 t3 t4'
echo 'create table f ();' >>"$cases/m/0.sql"
chance 'the first one' again 'c d e f t2 t3 t4'
stages=$XDG_CACHE_HOME/schema-monitor/shadow
count=$(find "$stages" -maxdepth 1 -name 'stage-*' | wc -l)
[ "$count" = 6 ] || wrong "so many are kept: $count"
for stage in "$stages"/stage-*; do echo damaged >"$stage/global/pg_control"; done
chance damaged again 'c d e f t2 t3 t4'
for stage in "$stages"/stage-*; do sed -i 's/"born":[0-9]*/"born":1700000000/' "$stage/schema-note.json"; done
chance 'of the day before yesterday' again 'c d e f t2 t3 t4'
chance 'and once more' kept 'c d e f t2 t3 t4'
# What is of the session, or of the server's files, is not kept: nothing may differ for it.
case_make 1.sql <<'SQL'
select set_config('app.tenant', 'x', false);
create schema other;
SQL
expect 0 '' shadow -m "$cases/m"
echo "create table b as select current_setting('app.tenant') as tenant;" >"$cases/m/2.sql"
expect 0 '' shadow -m "$cases/m" && has '"public.b"'
echo "alter system set search_path = other, public; select pg_reload_conf(); select pg_sleep(0.2);" >"$cases/m/3.sql"
expect 0 '' shadow -m "$cases/m"
echo 'create table c ();' >"$cases/m/4.sql"
expect 0 '' shadow -m "$cases/m" && has '"other.c"'
[ -z "$(find "$stages" -maxdepth 1 -name '.new-*')" ] || wrong 'half of one is left'

# ---- what they reach ----

echo secret >"$WORK/secret" && chmod 644 "$WORK/secret"
case_make 1.sql <<'SQL'
create table answer (what text, how text);
create function try(what text, sql text) returns void language plpgsql as $$
begin
    execute sql;
    insert into answer values (what, 'reached');
exception when others then
    insert into answer values (what, 'refused');
end $$;
create extension if not exists dblink;
select try('program', $$copy answer from program 'touch SECRET.program'$$);
select try('write', $$copy (select 1) to 'SECRET.write'$$);
select try('read', $$select pg_read_file('SECRET')$$);
select try('environment', $$select pg_read_file('/proc/self/environ')$$);
select try('list', $$select pg_ls_dir('/tmp')$$);
select try('link', $$select dblink_connect('host=CLUSTER user=postgres dbname=postgres')$$);
select try('tcp', $$select dblink_connect('host=127.0.0.1 user=postgres dbname=postgres')$$);
select try('own', $$select pg_read_file('postgresql.conf')$$);
do $$
declare
    found record;
begin
    for found in select * from answer loop
        execute format('create table %I ()', found.what || '_' || found.how);
    end loop;
end $$;
SQL
sed -i "s|SECRET|$WORK/secret|; s|CLUSTER|$CLUSTER|" "$cases/m/1.sql"
chmod 755 "$CLUSTER"
expect 0 '' shadow -m "$cases/m"
if [ "$(uname -s)" = Linux ]; then
    for what in program write read environment list link tcp; do
        has "\"public.${what}_refused\""
    done
fi
has '"public.own_reached"'
[ -z "$(find "$WORK" -maxdepth 1 -name 'secret.*')" ] || wrong 'a migration wrote a file'
case_make 1.sql <<'SQL'
copy (select 1) to program 'true';
SQL
[ "$(uname -s)" != Linux ] || expect 65 '1.sql:1:1: COPY ... PROGRAM starts no program' shadow -m "$cases/m"

# ---- nothing stays ----

[ -z "$(left_behind)" ] || wrong "left behind: $(left_behind)"
case_make 1.sql <<'SQL'
select pg_sleep(60);
SQL
for signal in TERM INT HUP KILL; do
    # A shell's background jobs ignore SIGINT.
    env --default-signal=INT "$BIN/schema-snapshot" -s shadow --server-bin "$SERVER_BIN" -m "$cases/m" >"$WORK/out" 2>&1 &
    running=$!
    tries=200
    until [ -n "$(find "$WORK/run" -maxdepth 3 -name '.s.PGSQL.5432' 2>/dev/null)" ] ||
        [ "$tries" = 0 ]; do
        sleep 0.05
        tries=$((tries - 1))
    done
    sleep 0.1
    kill "-$signal" "$running" || wrong "it ended before SIG$signal: $(cat "$WORK/out")"
    wait "$running" 2>/dev/null || true
    [ "$signal" = KILL ] || [ -z "$(left_behind)" ] || wrong "after SIG$signal: $(left_behind)"
done
echo 'create table a ();' >"$cases/m/1.sql"
expect 0 '' shadow -m "$cases/m"
[ -z "$(left_behind)" ] || wrong "after SIGKILL and another run: $(left_behind)"

# ---- killed at any moment, and two at once ----

case_make 1.sql <<'SQL'
create table a (id int primary key);
select pg_sleep(0.1);
SQL
moments=${LONG:+50}
moments=${moments:-6}
for moment in $(seq "$moments"); do
    # By turns from the beginning, and from what is kept.
    [ $((moment % 2)) = 0 ] || rm -rf "$XDG_CACHE_HOME"/schema-monitor/shadow/stage-*
    echo "create table b$moment ();" >"$cases/m/2.sql"
    "$BIN/schema-snapshot" -q -s shadow --server-bin "$SERVER_BIN" -m "$cases/m" >"$WORK/out" 2>&1 &
    running=$!
    sleep "$(awk "BEGIN { print $moment * 0.8 / $moments }")"
    kill -KILL "$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
done
for run in 1 2; do
    shadow -q -m "$cases/m" -o "$WORK/run.$run" &
    eval "run_$run=\$!"
done
# shellcheck disable=SC2154  # set above
wait "$run_1" || wrong 'the first of two at once does not run'
# shellcheck disable=SC2154
wait "$run_2" || wrong 'the second of two at once does not run'
[ "$(hash_of "$WORK/run.1")" = "$(hash_of "$WORK/run.2")" ] || wrong 'two at once differ'
grep -q "\"public.b$moments\"" "$WORK/run.1" || wrong 'what was kept by one that was killed is something else'
[ -z "$(left_behind)" ] || wrong "after $moments of them were killed: $(left_behind)"
tries=40
while [ "$tries" -gt 0 ] && pgrep -f "$WORK/run/" >/dev/null; do
    sleep 0.05
    tries=$((tries - 1))
done
! pgrep -f "$WORK/run/" >/dev/null || wrong "servers stay: $(pgrep -lf "$WORK/run/")"

# ---- other versions ----

for version in $(servers 15 ${LONG:+16 17} 18); do
    SERVER_BIN=$(server_bin "$version")
    shadow -m "$SOURCE/tests/cases/replay/everything" -o "$WORK/$version.json" || wrong "$version does not run"
    shadow -m "$SOURCE/share/examples/shop/supabase/migrations" -o "$WORK/shop.$version.json"
done
for kind in '' shop.; do
    [ "$(for file in "$WORK/$kind"1?.json; do hash_of "$file"; done | sort -u | wc -l)" = 1 ] ||
        wrong "the versions differ: $kind"
done
exit $status
