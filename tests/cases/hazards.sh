#!/bin/sh
# What the SQL of schema-diff says that each statement locks and risks is what PostgreSQL's manual says of
# it ("Explicit Locking" and the pages of the commands): cases/hazards/read tells the form of the cases.
# No server is needed; pg/hazards.sh asks one.

set -u
BIN=${BIN:?} SOURCE=${SOURCE:?}
WORK=$(mktemp -d "${TMPDIR:-/tmp}/schema-test.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=tests/cases/hazards/read
. "$SOURCE/tests/cases/hazards/read"

failed=0 count=0

# check CASE WANTED [OPTION]
check() {
    case=$1 wanted=$2
    shift 2
    hazard_script "$case" "$@" >"$case/sql" 2>"$case/errors" || {
        echo "FAILED: $(cat "$case/name"): no SQL: $(cat "$case/errors")" >&2
        failed=$((failed + 1))
        return
    }
    hazard_lines <"$case/sql" >"$case/got"
    # Statements are wanted by how they begin.
    awk '
        NR == FNR { wanted[++count] = $0; next }
        FNR <= count && index($0, wanted[FNR]) == 1 { print wanted[FNR]; next }
        { print }' "$case/$wanted" "$case/got" >"$case/cut"
    diff -u "$case/$wanted" "$case/cut" >&2 || {
        echo "FAILED: $(cat "$case/name") ${*:-}" >&2
        failed=$((failed + 1))
    }
}

hazard_cases "$WORK/cases"
for case in "$WORK"/cases/*; do
    count=$((count + 1))
    check "$case" want
    check "$case" online --online
done
[ "$count" -ge 60 ] || failed=1
echo "$count cases, $failed failed"
[ "$failed" -eq 0 ]
