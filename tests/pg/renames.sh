#!/bin/sh
# What was renamed is renamed by the SQL of schema-diff, up and down, and keeps its rows: renames/old.sql is made,
# renames/change.sql renames nearly all of it; a copy of the old database is brought there by --format sql and back.
set -eu

# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
cluster_start
unset DATABASE_URL SUPABASE_DB_URL
export XDG_CACHE_HOME="$WORK/cache"
cluster_project "$WORK/project"
cd "$WORK/project"
cases=$SOURCE/tests/pg/renames

# shot DATABASE FILE
shot() {
    PGDATABASE=$1 "$BIN/schema-snapshot" -q -s live -o "$2"
}

# same FILE FILE WHAT
same() {
    [ "$(tail -n 1 "$1")" = "$(tail -n 1 "$2")" ] ||
        fail "$3: $("$BIN/schema-diff" -q -a "$2" -f text "$1" | head -n 20)"
}

cluster_database made
psql -X -q -v ON_ERROR_STOP=1 -d made -f "$cases/old.sql"
shot made old.json
sql postgres -c 'create database copy template made'
psql -X -q -v ON_ERROR_STOP=1 -d made -f "$cases/change.sql"
shot made new.json
"$BIN/schema-diff" -q -a old.json -f sql new.json >up.sql || [ $? = 1 ]
"$BIN/schema-diff" -q -a old.json -f sql --down new.json >down.sql || [ $? = 1 ]
for file in up.sql down.sql; do
    ! grep -E '^(DROP (TABLE|TYPE|SEQUENCE)|ALTER TABLE [^ ]+ (DROP|ADD) COLUMN)' "$file" >&2 || fail "$file loses what it should rename"
done
psql -X -q -v ON_ERROR_STOP=1 -d copy -f up.sql
shot copy got.json
same got.json new.json up
[ "$(sql copy -At -c 'select u.email, o.note, x.a, x.b from s1.users u, s2.orders o, s1.x x')" = 'a@example.com|kept|2|1' ] ||
    fail 'rows are not what they were'
psql -X -q -v ON_ERROR_STOP=1 -d copy -f down.sql
shot copy back.json
same back.json old.json down
[ "$(sql copy -At -c 'select p.mail, p.age, o.note, x.a, x.b from s1.people p, s1.orders o, s1.x x')" = 'a@example.com|7|kept|1|2' ] ||
    fail 'rows did not come back'
# The same on a server of our own, which has no rows.
"$BIN/schema-diff" -a old.json -f sql --prove --server-bin "$SERVER_BIN" new.json >/dev/null 2>said || [ $? = 1 ]
grep -q 'proved: up makes the new schema, down brings back the old one' said || fail "$(cat said)"
