#!/bin/sh
# The types of real projects pass tsc --strict, and so do supabase-js queries on their tables, views, relationships and
# functions (cases/tsc/queries.py). The projects are those of ../shared/corpus; without them there is nothing to do.
# Two of them, or with LONG set all.
set -eu

modules=${BUILD:?}/npm/node_modules
corpus=${SOURCE:?}/../shared/corpus
if [ ! -d "$corpus" ]; then
    echo "no corpora in $corpus: not tested with them" >&2
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$modules" "$work/node_modules"
cd "$work"
status=0
for path in "$corpus"/*/; do
    path=${path%/}
    name=${path##*/}
    case $name in
    supabase-dbdev | supabase-basejump) ;;
    *) [ -n "${LONG:-}" ] || continue ;;
    esac
    base=''
    [ ! -f "$path.prelude.sql" ] || base=--base=$path.prelude.sql
    case $name in dump-*) path=$path/structure.sql ;; esac
    # shellcheck disable=SC2086  # nothing, or an option
    "$BIN/schema-snapshot" -q -s migrations -m "$path" $base -o "$name.json"
    "$BIN/gen-ts-types" -n '*' -o "$name.ts" "$name.json"
    python3 "$SOURCE/tests/cases/tsc/queries.py" "$name.json" "./$name.js" 2>"$name.said" >"$name.query.ts"
    if "$modules/.bin/tsc" --strict --noEmit --target es2022 --module nodenext --moduleResolution nodenext \
        --skipLibCheck "$name.query.ts" >"$name.errors"; then
        echo "$name: $(cat "$name.said")"
    else
        status=1
        echo "$name: tsc does not take it: $(head -n 5 "$name.errors")"
    fi
done
exit $status
