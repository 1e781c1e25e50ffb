#!/bin/sh
# share/schema/snapshot.json and man/snapshot.5 know every kind of lib/model/kind.c: its section, in that
# order, or its array in the object it is nested in, and its name in the lineage.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$SOURCE"
status=0

# "NAME MEMBER PARENT" a row; a row of the table may take two lines.
{ sed -n '/^static const Kind kinds/,/^};/p' lib/model/kind.c | tr -d '\n' && echo; } | tr ']' '\n' |
    sed -n 's/^ = {"\([^"]*\)", *"\([^"]*\)", *\(KIND_[A-Z_]*\).*/\1|\2|\3/p' >"$work/kinds"
[ "$(wc -l <"$work/kinds")" -gt 40 ] || { echo 'lib/model/kind.c: its table is not understood'; exit 1; }

sed -n 's/.*|\(.*\)|KIND_NONE$/\1/p' "$work/kinds" >"$work/sections"
{ printf 'format\nmeta\n' && cat "$work/sections" && printf 'members\ntransactions\nlineage\nhash\n'; } >"$work/members"
jq -r '.properties | keys_unsorted[]' share/schema/snapshot.json | diff "$work/members" - ||
    { echo 'share/schema/snapshot.json: its sections differ'; status=1; }
jq -r '."$defs".section.enum[]' share/schema/snapshot.json | diff "$work/sections" - ||
    { echo 'share/schema/snapshot.json: the names of its sections differ'; status=1; }
# What -k may name besides: what is nested, but what is called as a section is.
sed '/|KIND_NONE$/d; s/.*|\(.*\)|.*/\1/' "$work/kinds" | grep -vxF -f "$work/sections" | sort -u >"$work/nested"
jq -r '."$defs".nested.enum[]' share/schema/snapshot.json | sort | diff "$work/nested" - ||
    { echo 'share/schema/snapshot.json: the names of what is nested differ'; status=1; }
sed -n 's/|.*|KIND_NONE$//p' "$work/kinds" >"$work/names"
jq -r '."$defs".lineage.properties.kind.enum[]' share/schema/snapshot.json | diff "$work/names" - ||
    { echo 'share/schema/snapshot.json: the kinds of its lineage differ'; status=1; }

sed -n 's/^\.Ss //p' man/snapshot.5 | tr -d ' ' | tr ',' '\n' >"$work/headings"
grep -xF -f "$work/sections" "$work/headings" | diff "$work/sections" - ||
    { echo 'man/snapshot.5: its sections differ'; status=1; }

# Arrays in objects: every nested kind is an array of objects of its parent's definition, and in the
# lineage.
grep -v 'KIND_NONE$' "$work/kinds" | while IFS='|' read -r name member parent; do
    parent=$(printf '%s' "${parent#KIND_}" | tr '[:upper:]' '[:lower:]')
    jq -e --arg parent "$parent" --arg member "$member" '."$defs" as $defs
        | $defs[$parent].properties[$member].items."$ref" and $defs.lineage.properties[$member]' \
        share/schema/snapshot.json >/dev/null || echo "share/schema/snapshot.json: no $name in $parent"
done >"$work/lost"
cat "$work/lost"
[ ! -s "$work/lost" ] || status=1

# A member is named in the page, too.
jq -r '."$defs" | to_entries[] | select(.value.properties)
    | .value.properties | keys[]' share/schema/snapshot.json | sort -u |
    grep -v '^aggregate_' | while read -r member; do
    grep '^\.\(Va\|It Va\|Ss\)' man/snapshot.5 | grep -qw "$member" || echo "man/snapshot.5: no '$member'"
done >"$work/lost"
cat "$work/lost"
[ ! -s "$work/lost" ] || status=1
exit $status
