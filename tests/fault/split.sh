#!/bin/sh
# Makes the Nth call of each kind that gen-ts-types --split does fail, or kills it there, for every N; after each every
# file is its old or its new self, the index is new only when all that it needs is, and the same command ends the work.
# Usage: BIN=... SOURCE=... tests/fault/split.sh     Needs strace.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
export ASAN_OPTIONS=detect_leaks=0:exitcode=99
cases=$SOURCE/tests/cases/types
runs=0

fail() {
    echo "$*: $(cat "$work/errors" 2>/dev/null)" >&2
    exit 1
}

split() {
    "$BIN/gen-ts-types" --split -n '*' -o "$work/out" "$@"
}

files() {
    (cd "$1" && find . -name '*.ts' | LC_ALL=C sort)
}

check() {
    for file in $(files "$work/out"); do
        cmp -s "$work/out/$file" "$work/old/$file" || cmp -s "$work/out/$file" "$work/new/$file" ||
            fail "$1: $file is torn"
    done
    cmp -s "$work/out/index.ts" "$work/new/index.ts" || return 0
    for file in $(files "$work/new"); do
        cmp -s "$work/out/$file" "$work/new/$file" || fail "$1: the index is new and $file is not"
    done
}

strike() {
    what=$1 calls=$2 nth=$3
    rm -rf "$work/out"
    cp -R "$work/old" "$work/out"
    status=0
    strace -f -qq -o "$work/trace" -e trace="$calls" -e inject="$calls:$what:when=$nth" \
        "$BIN/gen-ts-types" --split -n '*' -o "$work/out" "$new" >/dev/null 2>"$work/errors" || status=$?
    [ "$status" -ne 99 ] || fail "$what $calls $nth: sanitizer"
    grep -q -e INJECTED -e 'killed by SIGKILL' "$work/trace" || return 1
    [ "$status" -lt 128 ] || [ "$status" -eq 137 ] || fail "$what $calls $nth: crash $status"
    runs=$((runs + 1))
    check "$what $calls $nth"
    split "$new" >/dev/null 2>"$work/errors" || fail "after $what $calls $nth"
    diff -r "$work/out" "$work/new" >"$work/errors" || fail "again after $what $calls $nth"
}

for pair in "shop-cli3 as-role-reader" "as-role-reader shop-cli3"; do
    new=$cases/${pair#* }/snapshot.json
    rm -rf "$work/old" "$work/new" "$work/out"
    split "$cases/${pair% *}/snapshot.json"
    mv "$work/out" "$work/old"
    split "$new"
    mv "$work/out" "$work/new"
    for calls in fsync write '?renameat,?renameat2,?rename' '?unlinkat,?unlink,?rmdir' '?mkdirat,?mkdir' openat close; do
        for what in signal=KILL error=EIO; do
            nth=1
            while strike "$what" "$calls" "$nth"; do
                nth=$((nth + 1))
            done
        done
    done
done
echo "$runs faults"
[ "$runs" -gt 50 ] || fail "only $runs faults were made"
