#!/bin/sh
# The generated files, those with hostile names included, pass tsc --strict, and supabase-js queries
# typed by them do what cases/tsc/query.ts says, and what --precise and its like claim is what
# cases/tsc/better.ts does. Comments are what the compiler reads, by cases/tsc/jsdoc.mjs.
set -eu

modules=${BUILD:?}/npm/node_modules
cases=${SOURCE:?}/tests/cases
if [ ! -x "$modules/.bin/tsc" ] || [ ! -d "$modules/@supabase/supabase-js" ]; then
    echo "needs the packages of tests/package.json in $BUILD/npm" >&2
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$modules" "$work/node_modules"

# types NAME CASE ARGUMENT...: NAME.ts of that case's snapshot.
types() {
    name=$1
    snapshot=$cases/types/$2/snapshot.json
    shift 2
    "$BIN/gen-ts-types" "$@" -o "$work/$name.ts" "$snapshot"
}

cp "$cases/tsc/query.ts" "$cases/tsc/better.ts" "$cases/tsc/jsdoc.mjs" "$work"
types blog blog-cli3 --schemas public
types shop shop-cli3 --schemas public
types tenants tenants-cli3 --schemas 'public,tenant,Odd Schema' --default-schema tenant
types old tenants-cli2 --schemas '*' --compat cli2 --postgrest-version 13.0.5
types nasty nasty-cli3 --schemas '*'
types unicode unicode-cli2
types hostile hostile --schemas '*'
types empty hostile --schemas nowhere
types precise precise --schemas public --precise --bigint --utilities
types bigint precise --schemas '*' --bigint
types bugs precise-bugs --schemas '*' --precise --compat cli2
types utilities precise-bugs --schemas '*' --precise --utilities
types comments jsdoc --schemas public --jsdoc
types hostile-comments hostile --schemas '*' --jsdoc --precise --utilities
types few filters-exclude --schemas '*' --exclude '*.tmp_*' --no-partitions --utilities
types nothing hostile --schemas nowhere --utilities
"$modules/.bin/tsc" --strict --noEmit --target es2022 --module nodenext --moduleResolution nodenext \
    --skipLibCheck --noUnusedParameters false "$work"/*.ts
node "$work/jsdoc.mjs" "$work/comments.ts" "$cases/types/jsdoc/snapshot.json"
node "$work/jsdoc.mjs" "$work/hostile-comments.ts" "$cases/types/hostile/snapshot.json"
