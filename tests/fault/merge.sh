#!/bin/sh
# Makes the Nth call of each kind that gen-ts-types --merge does fail, or kills it there, for every N.
# After each the file must be the old one or the new one, and every line that people wrote, in custom
# regions and elsewhere, must be in the file or in a backup; the same command again must succeed.
# Usage: BIN=... SOURCE=... tests/fault/merge.sh [fast]     Needs strace and zstdcat.
set -eu

fast=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
export ASAN_OPTIONS=detect_leaks=0:exitcode=99
tool=$BIN/gen-ts-types
cases=$SOURCE/tests/cases/merge
project=$work/project
file=$project/src/database.ts
runs=0

fail() {
    echo "$*: $(cat "$work/errors" 2>/dev/null)" >&2
    exit 1
}

merge() {
    "$tool" -C "$project" --merge "$file" "$cases/new.json"
}

# A file with two regions and, unless it is clean, two edits elsewhere.
mkdir -p "$project/supabase" "$project/src"
echo '{}' >"$project/supabase/monitor-config.json"
"$tool" -C "$project" --merge "$file" "$cases/base.json"
{
    printf '// <custom imports>\nimport type { Ours } from "ours"\n// </custom>\n'
    cat "$file"
    printf '// <custom tail>\nexport type Ours = "region"\n// </custom>\n'
} >"$work/clean.ts"
{
    sed 's/settings: Json | null/settings: { ours: "edited" } | null/' "$work/clean.ts"
    echo 'export type Outside = "ours"'
} >"$work/edited.ts"
rm -rf "$file" "$project/backups"
cp -R "$project" "$work/template"

wanted_after() {
    rm -rf "$project"
    cp -R "$work/template" "$project"
    cp "$work/$1.ts" "$file"
    merge 2>"$work/errors" || fail "$1: merge"
    cp "$file" "$work/$1.new"
    ! cmp -s "$work/$1.ts" "$work/$1.new" || fail "$1: nothing to do"
}

check() {
    which=$1
    shift
    cmp -s "$file" "$work/$which.ts" || cmp -s "$file" "$work/$which.new" || fail "$*: the file is torn"
    : >"$work/kept"
    for object in "$project"/backups/types/objects/*.zst; do
        [ ! -e "$object" ] || zstdcat "$object" >>"$work/kept" 2>/dev/null || fail "$*: a backup is torn"
    done
    cat "$file" >>"$work/kept"
    grep -i ours "$work/$which.ts" | while IFS= read -r line; do
        grep -qxF "$line" "$work/kept" || { echo "$*: lost: $line" >&2; exit 1; }
    done
    if [ -e "$project/backups" ]; then
        "$BIN/backup-rotate" -C "$project" verify types >"$work/findings" 2>"$work/errors" ||
            fail "$*: $(cat "$work/findings")"
    fi
}

# The command (quiet: its note would be a write for each character) with its Nth call of that kind struck; false when there is no Nth.
strike() {
    which=$1 what=$2 calls=$3 nth=$4
    rm -rf "$project"
    cp -R "$work/template" "$project"
    cp "$work/$which.ts" "$file"
    status=0
    strace -f -qq -o "$work/trace" -e trace="$calls" -e inject="$calls:$what:when=$nth" \
        "$tool" -q -C "$project" --merge "$file" "$cases/new.json" >/dev/null 2>"$work/errors" || status=$?
    [ "$status" -ne 99 ] || fail "$which $what $calls $nth: sanitizer"
    grep -q -e INJECTED -e 'killed by SIGKILL' "$work/trace" || return 1
    [ "$status" -lt 128 ] || [ "$status" -eq 137 ] || fail "$which $what $calls $nth: crash $status"
    runs=$((runs + 1))
    check "$which" "$which $what $calls $nth"
    # What failed is not to be reported as done.
    [ "$status" -ne 0 ] || cmp -s "$file" "$work/$which.new" || fail "$which $what $calls $nth: not merged, and no word of it"
    merge 2>"$work/errors" || fail "$which again after $what $calls $nth"
    check "$which" "$which again after $what $calls $nth"
    cmp -s "$file" "$work/$which.new" || fail "$which after $what $calls $nth: another result"
    set -- "$project"/src/*
    [ "$#" -eq 1 ] || fail "$which $what $calls $nth left $*"
}

if [ "$fast" = fast ]; then
    kinds='fsync ?renameat,?renameat2,?rename write'
    faults='signal=KILL error=ENOSPC'
else
    kinds='fsync write ?writev ?renameat,?renameat2,?rename ?unlinkat,?unlink ?mkdirat,?mkdir openat ?read close
        ?fstat,?newfstatat,?stat,?lstat ?flock,?fcntl ?lseek'
    faults='signal=KILL error=ENOSPC error=EIO error=EACCES'
fi
for which in clean edited; do
    wanted_after "$which"
    for calls in $kinds; do
        for what in $faults; do
            nth=1
            while strike "$which" "$what" "$calls" "$nth"; do
                nth=$((nth + 1))
            done
        done
    done
done
[ "$runs" -gt 5 ] || fail "only $runs faults were made"
echo "$runs faults"
