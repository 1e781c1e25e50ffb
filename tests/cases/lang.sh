#!/bin/sh
# gen-ts-types --lang and --split: what zod infers from the schemas is what the TypeScript types say, the JSON Schema
# document compiles with every name in it, and the files of --split have the same Database type as the one file, and
# supabase-js lets a role do what --as-role says: all under tsc --strict.
set -eu

modules=${BUILD:?}/npm/node_modules
cases=${SOURCE:?}/tests/cases
if [ ! -x "$modules/.bin/tsc" ] || [ ! -d "$modules/zod" ] || [ ! -d "$modules/ajv" ]; then
    echo "needs the packages of tests/package.json in $BUILD/npm" >&2
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$modules" "$work/node_modules"
echo '{"type":"module"}' >"$work/package.json"

# as NAME CASE EXCEPT ARGUMENT...: the types, schemas and files of that case's snapshot; see lang/equal.ts.
as() {
    name=$1
    snapshot=$cases/types/$2/snapshot.json
    except=$3
    shift 3
    "$BIN/gen-ts-types" -q "$@" -o "$work/$name.ts" "$snapshot"
    "$BIN/gen-ts-types" -q "$@" --lang zod -o "$work/$name-zod.ts" "$snapshot"
    "$BIN/gen-ts-types" -q "$@" --lang json-schema -o "$work/$name.json" "$snapshot"
    "$BIN/gen-ts-types" -q "$@" --split -o "$work/$name-split.ts" "$snapshot"
    "$BIN/gen-ts-types" -q "$@" --split -o "$work/$name-parts" "$snapshot"
    sed "s/TYPES/$name/g; s/= EXCEPT/= $except/" "$cases/lang/equal.ts" >"$work/$name-equal.ts"
    sed "s/TYPES/$name/g" "$cases/lang/split.ts" >"$work/$name-same.ts"
}

as blog blog-cli3 never --schemas public
as shop shop-cli3 "'display_name' | 'customer_of' | 'line_count' | 'orders' | 'open_orders'" --schemas public
as tenants tenants-cli3 never --schemas 'public,tenant,Odd Schema'
as nasty nasty-cli3 string --schemas '*'
as letters unicode-cli3 string --schemas '*'
as views views-cli3 string --schemas '*'
as hostile hostile never --schemas '*'
as two shop-cli2 string --schemas public --compat cli2
as none hostile never --schemas nowhere
as reader as-role-reader "'name_of'" --schemas public,hidden --as-role reader
cp "$cases/lang/role.ts" "$work"
# With version 3 of zod they are the same, but that a column of an unknown type may be missing.
for name in blog shop nasty; do
    sed 's/from "zod"/from "zod\/v3"/' "$work/$name-zod.ts" >"$work/$name-zod3.ts"
done
"$modules/.bin/tsc" --strict --noEmit --target es2022 --module nodenext --moduleResolution nodenext \
    --skipLibCheck "$work"/*.ts
cd "$work" && cp "$cases/lang/compile.mjs" . && node compile.mjs ./*.json
