#!/bin/sh
# schema-snapshot on the migrations of cases/replay/CASE must give want.json, warnings and all.
# UPDATE=1 writes what it gives instead; look at it before you believe it (tests/pg/replay_equals_live.sh
# holds the same cases to a server).
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
seen=0

for case in "$SOURCE"/tests/cases/replay/*/; do
    name=$(basename "$case")
    seen=$((seen + 1))
    "$BIN/schema-snapshot" -s migrations --migrations "$case" >"$work/full" || { echo "$name: failed"; status=1; continue; }
    # The time, the tool's version and the bytes of the files are not the case's.
    sed -e 's/"time":"[^"]*"/"time":""/' -e 's/"tool":"[^"]*"/"tool":""/' \
        -e 's/"history":\[[^]]*\],//' "$work/full" >"$work/got"
    if [ -n "${UPDATE:-}" ]; then
        cp "$work/got" "$case/want.json"
    else
        diff -u --label "$name wanted" --label "$name" "$case/want.json" "$work/got" || status=1
    fi
done
[ "$seen" -gt 0 ] || { echo "no cases"; exit 1; }

# A folder without migrations is a finding of its own.
mkdir "$work/empty"
code=0
"$BIN/schema-snapshot" -s migrations --migrations "$work/empty" >"$work/out" 2>"$work/err" || code=$?
[ "$code" = 65 ] || { echo "an empty folder gives $code, not 65"; status=1; }
grep -q "no migration files in '$work/empty'" "$work/err" || { cat "$work/err"; status=1; }
exit $status
