#!/bin/sh
# gen-ts-types --merge on cases/merge/CASE, each what somebody did to a file of types: the file is
# that of base.json, merged, changed by edit.sed, between head and tail. Then it is merged with the
# snapshot that the file snapshot names (base.json or new.json), with the project's config.json and
# the arguments in args. It must exit with status (0) and
#   - be want.head, the very bytes that gen-ts-types writes without a file, want.tail and the line of the
#     hash; or, with the file same, be as it was;
#   - say stderr, where ID stands for a backup's;
#   - have lost nothing: every line of before is in the file, in what is generated, or in a backup;
#   - have nothing to do when it is merged again, and be found up to date by --check.
# file: what it is instead of the types of base.json; plain: it has no line of the hash; crlf: its lines
# end so; absent: it is not there; output: the other file that is written.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cases=$SOURCE/tests/cases/merge
status=0
seen=0
case=''

fail() {
    echo "$case: $*"
    status=1
}

types() {
    "$BIN/gen-ts-types" -C "$work/project" "$@"
}

optional() {
    [ ! -e "$1" ] || cat "$1"
}

# Lines without what layout is: blanks, semicolons, commas, the kind of quotes.
lines() {
    cat "$@" | tr -d '\r \t;,' | tr "'" '"' | LC_ALL=C sort -u
}

# What the first file has that is in none of the others.
lost() {
    lines "$1" >"$work/lines"
    shift
    lines "$@" >"$work/kept"
    LC_ALL=C comm -23 "$work/lines" "$work/kept" | grep -v -e '^//gen-ts-typessha256:' -e '^$' || :
}

run_case() {
    directory=$1
    rm -rf "$work/project"
    mkdir -p "$work/project/supabase"
    echo '{}' >"$work/project/supabase/monitor-config.json"
    file=$work/project/database.ts
    if [ -e "$directory/file" ]; then
        cp "$directory/file" "$work/start"
    else
        rm -f "$file"
        types --merge "$file" "$cases/base.json"
        cp "$file" "$work/start"
        [ ! -e "$directory/plain" ] || sed '/^\/\/ gen-ts-types sha256:/d' "$file" >"$work/start"
    fi
    [ ! -e "$directory/config.json" ] ||
        cp "$directory/config.json" "$work/project/supabase/monitor-config.json"
    if [ -e "$directory/edit.sed" ]; then
        sed -f "$directory/edit.sed" "$work/start" >"$work/edited"
    else
        cp "$work/start" "$work/edited"
    fi
    { optional "$directory/head"; cat "$work/edited"; optional "$directory/tail"; } >"$work/before"
    [ ! -e "$directory/crlf" ] || { sed 's/$/\r/' "$work/before" >"$work/crlf"; mv "$work/crlf" "$work/before"; }
    rm -f "$file"
    [ -e "$directory/absent" ] || cp "$work/before" "$file"

    snapshot=$cases/$(optional "$directory/snapshot")
    [ -f "$snapshot" ] || snapshot=$cases/base.json
    wanted=0
    [ ! -e "$directory/status" ] || wanted=$(cat "$directory/status")
    output=$file
    [ ! -e "$directory/output" ] || output=$work/project/$(cat "$directory/output")
    got=0
    if [ "$output" = "$file" ]; then
        (cd "$work/project" && types --merge database.ts "$snapshot") >"$work/out" 2>"$work/err" || got=$?
    else
        (cd "$work/project" && types --merge database.ts -o "$output" "$snapshot") >"$work/out" 2>"$work/err" || got=$?
    fi
    [ "$got" = "$wanted" ] || fail "exit $got, not $wanted: $(cat "$work/err")"
    [ ! -s "$work/out" ] || fail "wrote on stdout"
    sed 's/types [0-9A-Z]\{26\}/types ID/' "$work/err" >"$work/said"
    optional "$directory/stderr" | diff -u --label "$case wanted" --label "$case said" - "$work/said" ||
        status=1

    if [ -e "$directory/same" ]; then
        cmp "$work/before" "$file" || fail "the file was changed"
    else
        # What the project writes when it merges into nothing: the generated part.
        rm -f "$work/fresh"
        types --merge "$work/fresh" "$snapshot" 2>"$work/ignored"
        sed '$d' "$work/fresh" >"$work/body"
        { optional "$directory/want.head"; sed '$d' "$work/body"; optional "$directory/want.tail"
          echo; tail -n 1 "$work/fresh"; } >"$work/want"
        if [ -e "$directory/crlf" ]; then
            sed 's/\r$//' "$output" >"$work/plain"
            [ "$(grep -c "$(printf '\r')$" "$output")" = "$(wc -l <"$output")" ] || fail "line ends are mixed"
            diff -u --label "$case wanted" --label "$case" "$work/want" "$work/plain" || status=1
        else
            diff -u --label "$case wanted" --label "$case" "$work/want" "$output" || status=1
        fi
    fi

    # Nothing is lost.
    : >"$work/backups"
    for object in "$work/project"/backups/types/objects/*.zst; do
        [ ! -e "$object" ] || zstdcat "$object" >>"$work/backups"
    done
    gone=$(lost "$work/before" "$file" "$work/start" "$work/backups")
    [ -e "$directory/absent" ] || [ -z "$gone" ] || fail "lost: $gone"

    # Once more there is nothing to do.
    [ "$wanted" = 0 ] || return 0
    cp "$output" "$work/once"
    (cd "$work/project" && types --merge "$output" "$snapshot") 2>"$work/err" || fail "again: failed"
    cmp "$output" "$work/once" || fail "merged again it is another"
    (cd "$work/project" && types --check "$output" "$snapshot") >"$work/out" 2>"$work/ignored" ||
        fail "not up to date: $(cat "$work/out")"
}

for directory in "$cases"/*/; do
    case=$(basename "$directory")
    seen=$((seen + 1))
    run_case "${directory%/}"
done
[ "$seen" -ge 30 ] || { echo "only $seen cases"; exit 1; }
exit $status
