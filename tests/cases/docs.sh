#!/bin/sh
# gen-schema-docs on cases/docs/CASE: snapshot.json with the arguments in args, one a line, must give
# want.md, want.dbml, want.dot and want.json, and split by table the files in want.split where there is
# one; and whatever the names are, nothing on a page is live HTML but the tags that the tool makes itself.
# UPDATE=1 writes what it gives instead; look at it before you believe it.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
seen=0

# compare CASE WANTED: what is in $work/got
compare() {
    if [ -n "${UPDATE:-}" ]; then
        cp "$work/got" "$2"
    else
        diff -u --label "$1 wanted" --label "$1" "$2" "$work/got" || status=1
    fi
}

# Without fenced blocks and code spans no other tag is left.
live() {
    awk '/^```/ { if (!fence) fence = $0; else if (index($0, substr(fence, 1, match(fence, /[^`]|$/) - 1)) == 1) fence = ""; next }
        !fence { gsub(/`[^`]*`/, "")
            gsub(/<a id="[A-Za-z0-9_.-]*"><\/a>|<\/?code>|<br>|<\/?details>|<\/?summary>|^<!-- written by gen-schema-docs: [a-z ]* -->$/, "")
            print }' "$1" | grep -n '<'
}

for case in "$SOURCE"/tests/cases/docs/*/; do
    name=$(basename "$case")
    seen=$((seen + 1))
    set --
    while IFS= read -r argument; do
        set -- "$@" "$argument"
    done < "$case/args"
    for form in markdown:md dbml:dbml dot:dot json:json; do
        "$BIN/gen-schema-docs" -C "$work" -f "${form%:*}" "$@" "$case/snapshot.json" > "$work/got" ||
            { echo "$name: failed"; status=1; continue; }
        compare "$name ${form%:*}" "$case/want.${form#*:}"
        if [ "$form" = markdown:md ] && live "$work/got"; then
            echo "$name: a tag is live"
            status=1
        fi
    done
    jq -e '.format == "schema-docs/1"' "$case/want.json" > "$work/log" || { echo "$name: want.json"; status=1; }
    "$BIN/gen-schema-docs" -C "$work" --split table -o "$work/$name" "$@" "$case/snapshot.json" ||
        { echo "$name: failed"; status=1; continue; }
    for page in "$work/$name"/*; do
        if live "$page"; then
            echo "$page: a tag is live"
            status=1
        fi
    done
    [ -d "$case/want.split" ] || continue
    if [ -n "${UPDATE:-}" ]; then
        rm -rf "$case/want.split"
        cp -R "$work/$name" "$case/want.split"
    else
        diff -ru "$case/want.split" "$work/$name" || status=1
    fi
done
[ "$seen" -gt 0 ] || { echo "no cases"; exit 1; }
exit $status
