#!/bin/sh
# Every shell script is clean: *.sh anywhere, what in scripts, share and tests begins with #!/bin/sh
# or bash, and the completions.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$SOURCE"

find . \( -name .git -o -name build -o -name node_modules -o -name .schema \) -prune -o -type f -print |
    sed 's|^\./||' | LC_ALL=C sort > "$work/files"
while read -r file; do
    first=
    IFS= read -r first < "$file" || [ -n "$first" ] || continue
    case $file:$first in
    *:'#!/bin/sh'* | *:'#!/usr/bin/env sh'*) echo "sh $file" ;;
    *:'#!/bin/bash'* | *:'#!/usr/bin/env bash'* | share/completions/*.bash:*) echo "bash $file" ;;
    *.sh:*) echo "sh $file" ;;
    esac
done < "$work/files" > "$work/scripts" 2> "$work/binary" # read warns about NUL bytes of images
[ -s "$work/scripts" ] || { echo "no shell scripts found"; exit 1; }

status=0
while read -r dialect file; do
    shellcheck -x -s "$dialect" "$file" || status=1
done < "$work/scripts"
exit $status
