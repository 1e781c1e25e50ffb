#!/bin/sh
# gen-schema-docs on cases/docs/CASE: snapshot.json with the arguments in args, one a line, must give
# want.md; and whatever the names are, nothing on the page is live HTML but the anchors, breaks and
# code spans that the tool makes itself.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
seen=0

for case in "$SOURCE"/tests/cases/docs/*/; do
    name=$(basename "$case")
    seen=$((seen + 1))
    set --
    while IFS= read -r argument; do
        set -- "$@" "$argument"
    done < "$case/args"
    if ! "$BIN/gen-schema-docs" "$@" "$case/snapshot.json" > "$work/got"; then
        echo "$name: failed"
        status=1
        continue
    fi
    diff -u --label "$name wanted" --label "$name" "$case/want.md" "$work/got" || status=1
    # Without fenced blocks and code spans no other tag is left.
    if awk '/^```/ { if (!fence) fence = $0; else if (index($0, substr(fence, 1, match(fence, /[^`]|$/) - 1)) == 1) fence = ""; next }
            !fence { gsub(/`[^`]*`/, ""); gsub(/<a id="[A-Za-z0-9_.-]*"><\/a>|<\/?code>|<br>/, ""); print }' "$work/got" |
        grep -n '<'; then
        echo "$name: a tag is live"
        status=1
    fi
done
[ "$seen" -gt 0 ] || { echo "no cases"; exit 1; }
exit $status
