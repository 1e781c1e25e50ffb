#!/bin/sh
# The generated files, those with hostile names included, pass tsc --strict, and supabase-js queries
# typed by them do what cases/tsc/query.ts says.
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

cp "$cases/tsc/query.ts" "$work"
types blog blog-cli3 --schemas public
types shop shop-cli3 --schemas public
types tenants tenants-cli3 --schemas 'public,tenant,Odd Schema' --default-schema tenant
types old tenants-cli2 --schemas '*' --compat cli2 --postgrest-version 13.0.5
types nasty nasty-cli3 --schemas '*'
types unicode unicode-cli2
types hostile hostile --schemas '*'
types empty hostile --schemas nowhere
"$modules/.bin/tsc" --strict --noEmit --target es2022 --module nodenext --moduleResolution nodenext \
    --skipLibCheck --noUnusedParameters false "$work"/*.ts
