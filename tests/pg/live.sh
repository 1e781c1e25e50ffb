#!/bin/sh
# schema-snapshot of live databases: every shape of object, the same schema from another history,
# hostile names, roles without rights, servers that refuse.
# shellcheck source=tests/pg/cluster

set -u
. "$SOURCE/tests/pg/cluster"
# quote_ident and hashes are compared below: no locale may reorder anything.
export LC_ALL=C
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
HERE=$SOURCE/tests/pg/live
mkdir "$WORK/project" && cd "$WORK/project" || exit 1

# snapshot DATABASE ARGUMENT...: to stdout; its exit status.
snapshot() {
    snapshot_of=$1
    shift
    PGDATABASE=$snapshot_of "$BIN/schema-snapshot" -s live "$@"
}

hash_of() {
    tail -n 1 "$1"
}

# holds NAME FILTER: the jq filter is true of $WORK/shapes.json.
holds() {
    jq -e "def id(\$id): .[] | select(.id == \$id); def name(\$n): .[] | select(.name == \$n); $2" \
        "$WORK/shapes.json" >"$WORK/jq" 2>&1 || wrong "$1: $(head -c 300 "$WORK/jq")"
}

failed=0
wrong() {
    echo "FAILED: $*" >&2
    failed=$((failed + 1))
}

# refuses WANTED TEXT COMMAND...: exit status and a part of the one line it says.
refuses() {
    refuses_status=$1 refuses_text=$2
    shift 2
    "$@" >"$WORK/out" 2>"$WORK/said"
    got=$?
    [ "$got" -eq "$refuses_status" ] || wrong "$*: status $got, not $refuses_status: $(cat "$WORK/said")"
    [ ! -s "$WORK/out" ] || wrong "$*: wrote something nonetheless"
    grep -qF -e "$refuses_text" "$WORK/said" || wrong "$*: '$(cat "$WORK/said")' without '$refuses_text'"
    [ "$(wc -l <"$WORK/said")" -eq 1 ] || wrong "$*: $(wc -l <"$WORK/said") lines on stderr"
    ! grep -q sesame "$WORK/said" || wrong "$*: tells the password"
}

cluster_start

# ---- every shape of object ----

cluster_database shapes
# With the role by which a server is known as one of Supabase's.
sql shapes -f "$HERE/roles.sql" -c "create role supabase_admin" || fail "roles.sql"
sql shapes -f "$HERE/shapes.sql" || fail "shapes.sql"
snapshot shapes >"$WORK/shapes.json" || fail "the snapshot of shapes"
while IFS='|' read -r name filter; do
    case $name in '' | '#'*) continue ;; esac
    holds "$name" "$filter"
done <"$HERE/shapes.txt"

# ---- the document ----

snapshot shapes >"$WORK/again.json" || fail "the second snapshot"
sed 2d "$WORK/shapes.json" >"$WORK/one"
sed 2d "$WORK/again.json" >"$WORK/two"
cmp -s "$WORK/one" "$WORK/two" || wrong "a second snapshot has other bytes outside meta"
"$BIN/schema-diff" --against "$WORK/shapes.json" -f text "$WORK/again.json" || wrong "a second snapshot differs"
holds "meta says where it is from" '.meta | .source == "live" and .database == "shapes" and
    .role == "postgres" and (.server_version_num | type) == "number" and (.time | test("Z$"))'
holds "no member is null, false or an empty array" \
    'del(.meta) | [.. | select(. == null or . == false or . == [])] == []'
sed -n '3,$p' "$WORK/shapes.json" | grep '^{' | sed 's/,$//' >"$WORK/objects"
jq -cS . "$WORK/objects" | sed 's/9223372036854775807/M/g; s/9223372036854776000/M/g' >"$WORK/sorted"
sed 's/9223372036854775807/M/g' "$WORK/objects" | cmp -s - "$WORK/sorted" ||
    wrong "an object is not canonical: $(sed 's/9223372036854775807/M/g' "$WORK/objects" | diff - "$WORK/sorted" | head -n 2)"
grep -q '"maximum":9223372036854775807' "$WORK/objects" || wrong "the largest sequence lost digits"

snapshot shapes -o "$WORK/file.json" || wrong "-o"
cmp -s "$WORK/one" - <<END || wrong "-o holds other bytes"
$(sed 2d "$WORK/file.json")
END
snapshot shapes --if-changed "$WORK/shapes.json" >"$WORK/short.json" || wrong "--if-changed"
[ "$(wc -l <"$WORK/short.json")" -eq 3 ] || wrong "the short form: $(cat "$WORK/short.json")"
[ "$(hash_of "$WORK/short.json")" = "$(hash_of "$WORK/one")" ] || wrong "the short form has another hash"
"$BIN/schema-diff" --against "$WORK/shapes.json" "$WORK/short.json" >"$WORK/out" || wrong "the short form differs"
snapshot shapes --if-changed "$WORK/missing" | sed 2d | cmp -s - "$WORK/one" || wrong "--if-changed of nothing"
# What is known is of another database, whatever its counts; and a probe is no way to run statements.
snapshot shapes -o "$WORK/other.json" && sed -i '2s/"database_oid":[0-9]*/"database_oid":1/' "$WORK/other.json"
snapshot shapes --if-changed "$WORK/other.json" | grep -q '"unchanged":true' && wrong "another database is the same"
snapshot shapes -o "$WORK/evil.json" && sed -i "s/\"catalogs\":\"{/&}'::oid[]) u (catalog); create table public.evil (); --/" "$WORK/evil.json"
grep -q public.evil "$WORK/evil.json" || wrong "there is no probe with catalogs"
snapshot shapes --if-changed "$WORK/evil.json" >"$WORK/out" || wrong "a hostile probe: $(cat "$WORK/out")"
[ "$(sql shapes -At -c "select to_regclass('public.evil') is null")" = t ] || wrong "a probe ran a statement"
snapshot shapes --pretty | jq -S 'del(.meta)' >"$WORK/pretty"
jq -S 'del(.meta)' "$WORK/shapes.json" | cmp -s - "$WORK/pretty" || wrong "--pretty is another document"
[ ! -c /dev/full ] || {
    snapshot shapes >/dev/full 2>"$WORK/said"
    [ $? -eq 74 ] || wrong "a full disk: $(cat "$WORK/said")"
}

# ---- the same schema by another history ----

# One of them in a language that sorts otherwise, where the server knows any.
cluster_database forth
sql postgres -c "create database back template template0 locale_provider icu icu_locale 'en'" 2>/dev/null ||
    cluster_database back
for history in forth back; do
    sql "$history" -f "$HERE/$history.sql" || fail "$history.sql"
    snapshot "$history" >"$WORK/$history.json" || fail "the snapshot of $history"
done
"$BIN/schema-diff" --against "$WORK/forth.json" -f text "$WORK/back.json" >&2 || wrong "another history gives another schema"
[ "$(hash_of "$WORK/forth.json")" = "$(hash_of "$WORK/back.json")" ] || wrong "another history gives another hash"
[ "$(jq '.tables | length' "$WORK/forth.json")" -eq 4 ] || wrong "forth.sql has four tables"

# What a session or database is set to has no part in it, but that it is set.
sql postgres <<'END' || fail "settings"
alter database back set search_path = shop, public;
alter database back set datestyle = 'SQL, DMY';
alter database back set intervalstyle = 'sql_standard';
alter database back set timezone = 'Asia/Tokyo';
alter database back set extra_float_digits = 0;
alter database back set quote_all_identifiers = on;
alter database back set bytea_output = 'escape';
alter database back set standard_conforming_strings = off;
END
snapshot back >"$WORK/back.json" || fail "back with settings"
"$BIN/schema-diff" --against "$WORK/forth.json" -f json "$WORK/back.json" |
    jq -e '[.changes[] | [.op, .kind]] == [["added", "database"]]' >/dev/null ||
    wrong "settings change more than the database: $("$BIN/schema-diff" --against "$WORK/forth.json" -f text "$WORK/back.json")"

# A change is seen, and undone gives the first hash again.
sql forth -c 'alter table shop.items add column extra text'
snapshot forth | "$BIN/schema-diff" --against "$WORK/forth.json" -f text >"$WORK/out"
grep -q 'column extra added' "$WORK/out" || wrong "an added column: $(cat "$WORK/out")"
sql forth -c 'alter table shop.items drop column extra'
snapshot forth | tail -n 1 | grep -qF "$(hash_of "$WORK/forth.json")" || wrong "a dropped column leaves a trace"

# ---- names that want to be something else ----

cluster_database hostile
sql hostile -f "$HERE/hostile.sql" || fail "hostile.sql"
snapshot hostile >"$WORK/hostile.json" || fail "the snapshot of hostile names"
# The names as the server has them, by another way.
PGOPTIONS='-c search_path=' sql hostile -At -c "
    select json_build_object(
        'ids', (select json_agg(format('%I.%I', nspname, relname) order by format('%I.%I', nspname, relname) collate \"C\")
                from pg_class c join pg_namespace n on n.oid = relnamespace
                where relkind = 'r' and nspname !~ '^(pg_|information)'),
        'names', (select json_agg(relname order by format('%I.%I', nspname, relname) collate \"C\")
                  from pg_class c join pg_namespace n on n.oid = relnamespace
                  where relkind = 'r' and nspname !~ '^(pg_|information)'),
        'columns', (select json_agg(attname order by attnum)
                    from pg_attribute where attrelid = 'public.columns'::regclass and attnum > 0),
        'comment', obj_description('public.columns'::regclass))" >"$WORK/server.json"
jq -S '{ids: [.tables[].id], names: [.tables[].name],
        columns: [.tables[] | select(.id == "public.columns").columns[].name],
        comment: (.tables[] | select(.id == "public.columns").comment)}' "$WORK/hostile.json" >"$WORK/ours"
jq -S . "$WORK/server.json" | diff - "$WORK/ours" >&2 || wrong "hostile names do not come back"
[ "$(jq '.names | length' "$WORK/server.json")" -ge 15 ] || wrong "hostile.sql has fewer tables than it should"
snapshot hostile | "$BIN/schema-diff" --against "$WORK/hostile.json" -f text >&2 || wrong "hostile names differ from themselves"
# Ids of nested objects are the server's own quoting, keywords and all.
sql hostile -At -c "select 'public.columns.' || quote_ident(attname) from pg_attribute
    where attrelid = 'public.columns'::regclass and attnum > 0" | LC_ALL=C sort >"$WORK/server.ids"
sql hostile -c 'drop table public.columns' -c 'create table public.columns ()' \
    -c "comment on table public.columns is null"
snapshot hostile | "$BIN/schema-diff" --against "$WORK/hostile.json" -f json |
    jq -r '.changes[] | select(.kind == "column").id' | LC_ALL=C sort | diff "$WORK/server.ids" - >&2 ||
    wrong "the ids of columns are not as quote_ident has them"
# Every keyword, as the server at hand quotes it.
sql hostile -q -c "do \$\$ declare w text; begin
    for w in select word from pg_get_keywords() loop
        execute format('alter table public.columns add column %I int', w);
    end loop; end \$\$"
sql hostile -At -c "select 'public.columns.' || quote_ident(attname) from pg_attribute
    where attrelid = 'public.columns'::regclass and attnum > 0" | LC_ALL=C sort >"$WORK/server.ids"
snapshot hostile >"$WORK/words.json"
sql hostile -c 'drop table public.columns' -c 'create table public.columns ()'
snapshot hostile | "$BIN/schema-diff" --against "$WORK/words.json" -f json |
    jq -r '.changes[] | select(.kind == "column").id' | LC_ALL=C sort | diff "$WORK/server.ids" - >&2 ||
    wrong "keywords are not quoted as quote_ident does"

# ---- which schemas ----

ids() {
    jq -r "[.schemas[]?.id] | join(\" \")"
}
[ "$(snapshot shapes | ids)" = '"Odd Schema" public' ] || wrong "the schemas by rule: $(snapshot shapes | ids)"
sql postgres -c "drop role supabase_admin"
[ "$(snapshot shapes | ids)" = '"Odd Schema" auth public' ] || wrong "no platform, by rule: $(snapshot shapes | ids)"
snapshot shapes --if-changed "$WORK/shapes.json" | ids | grep -q auth || wrong "a schema is one's own now, and it is not told"
sql postgres -c "create role supabase_admin"
[ "$(snapshot shapes --schemas 'auth,Odd*' | ids)" = '"Odd Schema" auth' ] || wrong "--schemas"
[ "$(snapshot shapes --exclude 'Odd ?chema' | ids)" = public ] || wrong "--exclude"
[ "$(snapshot shapes -n '*' -N public | ids)" = '"Odd Schema" auth' ] || wrong "-n and -N"
snapshot shapes -n nothing >"$WORK/nothing.json" || wrong "no schema at all"
jq -e '.meta.schemas == ["nothing"] and (has("tables") | not)' "$WORK/nothing.json" >/dev/null || wrong "no schema at all holds something"
snapshot shapes -n public | sed 2d | grep '"schema":"Odd Schema"' >&2 && wrong "an excluded schema is in it"

# ---- extensions that bring types of their own ----

cluster_database extended
if sql extended -c 'create extension cube' -c 'create extension earthdistance' 2>/dev/null; then
    # Members of an extension are the extension's: domains with checks and composite types among them.
    sql extended -c 'create type public.brought as (a int)' -c 'alter extension cube add type public.brought' \
        -c 'create table public.own (at public.earth)'
    snapshot extended >"$WORK/extended.json" || wrong "a database with extensions"
    jq -e '[.extensions[].id] == ["cube", "earthdistance"] and [.tables[].id] == ["public.own"]
        and (has("domains") or has("composites") or has("functions") | not)' "$WORK/extended.json" >/dev/null ||
        wrong "members of extensions are in the snapshot: $(jq -c 'del(.meta) | map_values(length)' "$WORK/extended.json")"
fi

# ---- roles, passwords, servers that are not there ----

sql shapes -c "create role nobody_at_all login" -c "revoke all on schema public from public" \
    -c 'revoke all on all tables in schema public from public'
snapshot shapes >"$WORK/shapes.json" || wrong "with a role more"
PGUSER=nobody_at_all snapshot shapes >"$WORK/nobody.json" || wrong "a role without grants"
[ "$(hash_of "$WORK/nobody.json")" = "$(hash_of "$WORK/shapes.json")" ] || {
    "$BIN/schema-diff" --against "$WORK/shapes.json" -f text "$WORK/nobody.json" >&2
    wrong "a role without grants sees another schema"
}
PGUSER=nobody_at_all sql shapes -c 'select * from public.users' >/dev/null 2>&1 && wrong "the role has grants"

refuses 69 'database "nothing_here" does not exist' snapshot nothing_here
PGUSER=unknown refuses 77 'role "unknown" does not exist' snapshot shapes
PGPORT=1 refuses 69 "cannot connect to '$PGHOST:1/shapes'" snapshot shapes
sql postgres -c "revoke connect on database shapes from public"
PGUSER=nobody_at_all refuses 77 'permission denied for database' snapshot shapes
sql postgres -c "grant connect on database shapes to public"

sql postgres -c "create role guarded login password 'open sesame'" -c "create role locked login"
snapshot shapes >"$WORK/shapes.json" || wrong "with two roles more"
{
    echo 'local all guarded scram-sha-256'
    echo 'local all locked reject'
    echo 'local all all trust'
} >"$WORK/hba"
cat "$WORK/hba" >"$CLUSTER/data/pg_hba.conf"
sql postgres -At -c 'select pg_reload_conf()' >/dev/null
sleep 0.3
export PGPASSFILE="$WORK/no-passfile"
PGUSER=guarded PGPASSWORD='wrong sesame' refuses 77 'password authentication failed' snapshot shapes
PGUSER=guarded refuses 77 "cannot connect to" snapshot shapes
PGUSER=guarded PGPASSWORD='open sesame' snapshot shapes >"$WORK/guarded.json" || wrong "the right password"
PGUSER=guarded PGPASSWORD='open sesame' refuses 69 'does not exist' snapshot nothing_here
PGUSER=locked refuses 77 'pg_hba.conf' snapshot shapes
MY_URL="postgresql://guarded:wrong%20sesame@/shapes?host=$PGHOST" refuses 77 'password authentication failed' \
    env -u PGDATABASE "$BIN/schema-snapshot" -s live --db-url 'env(MY_URL)'
MY_URL="postgresql://guarded:open%20sesame@/shapes?host=$PGHOST" "$BIN/schema-snapshot" -s live \
    --db-url 'env(MY_URL)' >"$WORK/guarded.json" || wrong "a URL with the right password"
[ "$(hash_of "$WORK/guarded.json")" = "$(hash_of "$WORK/shapes.json")" ] || wrong "by URL it is another schema"
! grep -q sesame "$WORK/guarded.json" || wrong "the password is in the document"

# Nothing is left behind in the server: no session, no lock, no temporary file of ours.
[ "$(sql postgres -At -c "select count(*) from pg_stat_activity where application_name = 'schema-snapshot'")" = 0 ] ||
    wrong "a session is left"

[ "$failed" -eq 0 ] || fail "$failed in all"
