#!/bin/sh
# Makes the Nth call of each kind that backup-rotate does fail, or kills it there, for every N; after
# each the set must verify, hold what it held, and take the same command again.
# Usage: BIN=... tests/fault/backup.sh [fast]     Needs strace.
set -eu

fast=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
export ASAN_OPTIONS=detect_leaks=0:exitcode=99
tool="$BIN/backup-rotate"
runs=0

fail() {
    echo "$*: $(cat "$work/errors" 2>/dev/null)" >&2
    exit 1
}

rotate() {
    "$tool" -C "$work/project" "$@"
}

# A project with four versions, the second pinned, one content without a name.
mkdir -p "$work/project/supabase" "$work/project/src"
echo '{ "backups": { "keep": 4 } }' >"$work/project/supabase/monitor-config.json"
for n in 1 2 3 4; do
    echo "version $n" >"$work/file"
    rotate add types "$work/file" >"$work/id.$n"
done
rotate pin types 2 kept
echo "version 5" >"$work/file"
echo "before" >"$work/project/src/types.ts"
cp -R "$work/project" "$work/template"

check() {
    rotate verify >"$work/findings" 2>"$work/errors" || fail "$1: $(cat "$work/findings")"
    rotate list types >"$work/list" 2>"$work/errors" || fail "$1: list"
    grep -q "$(cat "$work/id.2")" "$work/list" || fail "$1: the pinned one is gone"
    grep -q "$(cat "$work/id.4")" "$work/list" || fail "$1: a recent one is gone"
    case $(cat "$work/project/src/types.ts") in
    before | "version 4") ;;
    *) fail "$1: the target is torn" ;;
    esac
}

# The same command with its Nth call of that kind struck; false when there is no Nth.
strike() {
    what=$1 calls=$2 nth=$3
    shift 3
    rm -rf "$work/project"
    cp -R "$work/template" "$work/project"
    status=0
    strace -f -qq -o "$work/trace" -e trace="$calls" -e inject="$calls:$what:when=$nth" \
        "$tool" -C "$work/project" "$@" >/dev/null 2>"$work/errors" || status=$?
    [ "$status" -ne 99 ] || fail "$* $what $calls $nth: sanitizer"
    grep -q -e INJECTED -e 'killed by SIGKILL' "$work/trace" || return 1
    [ "$status" -lt 128 ] || [ "$status" -eq 137 ] || fail "$* $what $calls $nth: crash $status"
    runs=$((runs + 1))
    check "$* $what $calls $nth"
    rotate "$@" >/dev/null 2>"$work/errors" || fail "$* after $what $calls $nth"
    check "$* again after $what $calls $nth"
    rotate prune types --yes >/dev/null 2>"$work/errors" || fail "$* prune after $what $calls $nth"
    check "$* prune after $what $calls $nth"
    [ ! -s "$work/findings" ] || fail "$* $what $calls $nth left $(cat "$work/findings")"
}

strike_all() {
    for calls in $kinds; do
        for what in $faults; do
            nth=1
            while strike "$what" "$calls" "$nth" "$@"; do
                nth=$((nth + 1))
            done
        done
    done
}

if [ "$fast" = fast ]; then
    kinds='fsync ?renameat,?renameat2,?rename unlinkat'
    faults='signal=KILL'
    strike_all add types "$work/file"
    kinds='write fsync'
    faults='error=ENOSPC'
    strike_all add types "$work/file"
else
    kinds='fsync write ?renameat,?renameat2,?rename ?unlinkat,?unlink ?mkdirat,?mkdir openat ?read close'
    faults='signal=KILL error=ENOSPC error=EIO'
    strike_all add types "$work/file"
    strike_all add types "$work/file" --keep 2
    strike_all prune types --keep 1 --yes
    strike_all restore types 4 --to "$work/project/src/types.ts"
    strike_all pin types 3 why
    strike_all unpin types 3
fi
[ "$runs" -gt 5 ] || fail "only $runs faults were made"
echo "$runs faults"
