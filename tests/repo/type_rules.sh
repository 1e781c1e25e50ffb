#!/bin/sh
# What gen-ts-types --check calls breaking is the same in its table (lib/types/difference_part.c) and in its
# manual page.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sed -n '/ finding_rules\[\] = {/,/^};/p' "$SOURCE/lib/types/difference_part.c" | tr -d '\n' |
    grep -oE '\{"[^"]*", *\{SEVERITY_[A-Z]*, *SEVERITY_[A-Z]*\}\}' |
    sed 's/{"\([^"]*\)", *{SEVERITY_\([A-Z]*\), *SEVERITY_\([A-Z]*\)}}/\1 Ta \2 Ta \3/' |
    tr '[:upper:]' '[:lower:]' | grep -v '^the same' | sed 's/ ta / Ta /g' >"$work/table"
sed -n 's/^\.It \(.* Ta [a-z]* Ta [a-z]*\)$/\1/p' "$SOURCE/man/gen-ts-types.1" >"$work/page"
[ "$(wc -l <"$work/table")" -ge 15 ] || { echo "the table in difference_part.c was not understood"; exit 1; }
diff -u "$work/table" "$work/page"
