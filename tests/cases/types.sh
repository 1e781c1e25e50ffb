#!/bin/sh
# gen-ts-types on cases/types/CASE: snapshot.json with the arguments in args, one a line, must give
# want.ts. The files were checked against the official generator. The helper types are ours and
# tested by cases/tsc.sh: from DatabaseWithoutInternals to Constants nothing is compared, unless the
# case has want.whole.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
seen=0

strip() {
    sed '/^type DatabaseWithoutInternals/,/^export const Constants/{/^export const Constants/!d;}'
}

for case in "$SOURCE"/tests/cases/types/*/; do
    name=$(basename "$case")
    seen=$((seen + 1))
    set --
    while IFS= read -r argument; do
        set -- "$@" "$argument"
    done < "$case/args"
    if ! "$BIN/gen-ts-types" "$@" "$case/snapshot.json" > "$work/whole"; then
        echo "$name: failed"
        status=1
        continue
    fi
    if [ -e "$case/want.whole" ]; then
        diff -u --label "$name wanted" --label "$name" "$case/want.whole" "$work/whole" || status=1
    else
        strip < "$work/whole" > "$work/got"
        diff -u --label "$name wanted" --label "$name" "$case/want.ts" "$work/got" || status=1
    fi
done
[ "$seen" -gt 0 ] || { echo "no cases"; exit 1; }
exit $status
