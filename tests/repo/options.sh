#!/bin/sh
# What --help says and what the manual says are the same: the long options of every program that was
# built, and its commands, in man/PROGRAM.1 as ".It Fl -name" or ".It Fl n , Fl -name".
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
seen=0

for program in "$SOURCE"/tools/*.c "$SOURCE"/scripts/schema; do
    name=$(basename "$program" .c)
    page=$SOURCE/man/$name.1
    [ -x "$BIN/$name" ] || continue # not built, or one of the supervisor's own in libexec
    seen=$((seen + 1))
    if [ ! -e "$page" ]; then
        echo "man/$name.1 is missing"
        status=1
        continue
    fi
    "$BIN/$name" --help > "$work/help"
    # "  -q, --quiet" or "      --pretty"
    sed -En 's/^ +(-[A-Za-z0-9], +)?--([a-z0-9-]+).*/--\2/p' "$work/help" | LC_ALL=C sort > "$work/program"
    grep -E '^\.It .*Fl -' "$page" | grep -oE 'Fl -[a-z0-9-]+' | sed 's/^Fl -/--/' |
        LC_ALL=C sort -u > "$work/manual"
    [ -s "$work/program" ] || { echo "$name --help shows no options"; status=1; }
    diff -u --label "$name --help" --label "man/$name.1" "$work/program" "$work/manual" || status=1
done
[ "$seen" -gt 0 ] || { echo "no programs in '$BIN'"; exit 1; }
exit $status
