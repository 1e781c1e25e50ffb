#!/bin/sh
# Cases of schema-diff: cases/diff/CASE/ holds old.json and new.json (objects by section, laid out for
# eyes: order and hash are put right here; perhaps meta, transactions and lineage, taken as they stand),
# want.txt (the text), and perhaps want.json (the member "changes"), want.FORMAT (what --format FORMAT writes;
# of html the body), status (else 1), options and ignore (one rule a line). Run with UPDATE=1 to write want.txt,
# want.json and the want.FORMAT that are there anew.

set -u
BIN=${BIN:?} SOURCE=${SOURCE:?}
WORK=$(mktemp -d "${TMPDIR:-/tmp}/schema-test.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
SECTIONS=$(sed -n 's/^ *\[KIND_[A-Z_]*\] = {"[^"]*", *"\([^"]*\)", KIND_NONE.*/\1/p
    /^ *\[KIND_[A-Z_]*\] = {"[^"]*", *"[^"]*",$/{s/.*, "\([^"]*\)",$/\1/;p;}' "$SOURCE/lib/model/kind.c")

if command -v sha256sum >/dev/null; then
    sum() { sha256sum; }
else
    sum() { shasum -a 256; }
fi

# document FILE: a snapshot/1 of the objects in it.
document() {
    jq -r --arg sections "$SECTIONS" '
        def sorted:
            if type == "object" then to_entries | sort_by(.key) | map(.value |= sorted) | from_entries
            elif type == "array" then map(sorted) else . end;
        . as $doc | $sections | split("\n")[] as $section | $doc[$section] // [] | select(length > 0)
        | "\"\($section)\":[", (sort_by(.id) | map(sorted | tojson) | join(",\n")), "],"
        ' "$1" >"$WORK/sections" || return 1
    jq -r --arg sections "$SECTIONS" '
        (keys - ($sections | split("\n")) - ["meta", "transactions", "lineage"])[]
        | error("no section \(.)")' "$1" || return 1
    printf '{"format":"snapshot/1",\n"meta":%s,\n' "$(jq -cS '.meta // {source: "live"}' "$1")"
    cat "$WORK/sections"
    jq -rS '. as $doc | ("transactions", "lineage") as $aside | $doc[$aside] // [] | select(length > 0)
        | "\"\($aside)\":[", (map(tojson) | join(",\n")), "],"' "$1"
    printf '"hash":"sha256:%.64s"}\n' "$(sum <"$WORK/sections")"
}

failed=0 count=0
wrong() {
    echo "FAILED: $1: $2" >&2
    failed=$((failed + 1))
}

# compare CASE WANTED GOT
compare() {
    diff -u "$2" "$3" >&2 || wrong "$1" "$(basename "$2") differs"
}

for directory in "$SOURCE"/tests/cases/diff/*/; do
    case=$(basename "$directory") options='' wanted=1
    [ ! -f "$directory/options" ] || options=$(cat "$directory/options")
    [ ! -f "$directory/status" ] || wanted=$(cat "$directory/status")
    if ! document "$directory/old.json" >"$WORK/old" || ! document "$directory/new.json" >"$WORK/new"; then
        wrong "$case" "its objects are not JSON"
        continue
    fi
    set --
    if [ -f "$directory/ignore" ]; then
        while read -r rule; do
            set -- "$@" --ignore "$rule"
        done <"$directory/ignore"
    fi
    for format in text json; do
        # shellcheck disable=SC2086 # words
        "$BIN/schema-diff" --against "$WORK/old" -f "$format" $options "$@" "$WORK/new" \
            >"$WORK/$format" 2>"$WORK/said"
        status=$?
        [ "$status" -eq "$wanted" ] || wrong "$case" "-f $format: status $status, not $wanted: $(cat "$WORK/said")"
        [ ! -s "$WORK/said" ] || wrong "$case" "-f $format speaks: $(cat "$WORK/said")"
    done
    [ -z "${UPDATE:-}" ] || cp "$WORK/text" "$directory/want.txt"
    compare "$case" "$directory/want.txt" "$WORK/text"
    # What holds of every document: it names both hashes, its summary counts its changes, and these have a class.
    jq -e --slurpfile schema "$SOURCE/share/schema/changes.json" --arg from "$(tail -n 1 "$WORK/old")" --arg to "$(tail -n 1 "$WORK/new")" '
        . as $doc | def hash: ltrimstr("\"hash\":\"") | rtrimstr("\"}");
        .format == "changes/1" and .from == ($from | hash) and .to == ($to | hash)
        and .summary.total == (.changes | length)
        and ($schema[0].properties.changes.items.properties as $known | all(.changes[]; . as $change |
                ($known.class.enum | index($change.class)) and (keys - ($known | keys) == [])
                and (.effects // ["none"] | length > 0 and length <= 12 and all(type == "string"))))
        and ([.transactions[]?.xid] - [.changes[].transaction] == [])
        and all("added", "removed", "changed", "renamed", "replaced"; . as $op |
                $doc.summary[$op] == ([$doc.changes[] | select(.op == $op)] | length))
        and all("safe", "risky", "breaking"; . as $severity |
                $doc.summary[$severity] == ([$doc.changes[] | select(.severity == $severity)] | length))
        ' "$WORK/json" >/dev/null || wrong "$case" "the document does not hold together"
    if [ -f "$directory/want.json" ]; then
        jq -S .changes "$WORK/json" >"$WORK/got.json"
        [ -z "${UPDATE:-}" ] || cp "$WORK/got.json" "$directory/want.json"
        jq -S . "$directory/want.json" >"$WORK/want.json"
        compare "$case" "$WORK/want.json" "$WORK/got.json"
    fi
    for want in "$directory"want.*; do
        format=${want##*/want.}
        case $format in txt | json) continue ;; esac
        # shellcheck disable=SC2086 # words
        "$BIN/schema-diff" --against "$WORK/old" -f "$format" $options "$@" "$WORK/new" >"$WORK/whole" 2>"$WORK/said"
        status=$?
        [ "$status" -eq "$wanted" ] || wrong "$case" "-f $format: status $status, not $wanted: $(cat "$WORK/said")"
        case $format in
        html) sed '1,/<body>/s/.*<body>/<body>/; /^<body>/,$!d' "$WORK/whole" ;;
        sarif) jq -S '.runs[].tool.driver.version = "0"' "$WORK/whole" ;;
        *) cat "$WORK/whole" ;;
        esac >"$WORK/$format"
        [ -z "${UPDATE:-}" ] || cp "$WORK/$format" "$want"
        compare "$case" "$want" "$WORK/$format"
    done
    count=$((count + 1))
done
[ "$count" -gt 0 ] || wrong all "no case was found"
[ "$failed" -eq 0 ] && echo "$count cases"
