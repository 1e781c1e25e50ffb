#!/bin/sh
# What --precise claims holds: every value of every type that a column can have is, in the server's JSON, of the
# TypeScript type that it is said to be, and can be written so; and whatever a CHECK lets pass is of the union that was
# made of it, by random CHECKs and values.
#
#   precise.sh [SEED COUNT]    of the random CHECKs; else 1 and 400, or with LONG set 4000
set -eu

# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
HERE=$SOURCE/tests/pg/precise
modules=$BUILD/npm/node_modules
[ -x "$modules/.bin/tsc" ] || fail "needs the packages of tests/package.json in $BUILD/npm"

cluster_start
cluster_project "$WORK/project" && cd "$WORK/project"

# types DATABASE: types.ts
types() {
    "$BIN/schema-snapshot" -q -s live --db-url "dbname=$1" -o snapshot.json
    "$BIN/gen-ts-types" -n public --precise -o types.ts snapshot.json
}

cluster_database values
sql values -f "$HERE/values.sql" >values.txt
types values
python3 "$HERE/values.py" types.ts <values.txt || fail "values are not what the types say"

cluster_database checks
count=${LONG:+4000}
python3 "$HERE/checks.py" "${1:-1}" "${2:-${count:-400}}" >checks.sql
sql checks -f checks.sql >checks.txt
types checks
python3 "$HERE/passed.py" types.ts <checks.txt >passed.ts || fail "too few CHECKs were understood to tell"
ln -s "$modules" node_modules
node_modules/.bin/tsc --strict --noEmit --target es2022 --module nodenext --moduleResolution nodenext passed.ts ||
    fail "a CHECK lets pass what the type does not"
