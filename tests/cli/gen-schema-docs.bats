# gen-schema-docs on the command line; what it writes is tested by cases/docs.sh.
# shellcheck disable=SC2016,SC2030,SC2031 # every test is a subshell of its own, as it should be

setup() {
    SNAPSHOT=$SOURCE/tests/cases/docs/blog/snapshot.json
    cd "$BATS_TEST_TMPDIR" || exit
    set -o pipefail
}

docs() {
    "$BIN/gen-schema-docs" "$@"
}

@test "stdin, - and a file are the same" {
    docs "$SNAPSHOT" >from-file
    docs <"$SNAPSHOT" >from-stdin
    docs - <"$SNAPSHOT" >from-dash
    cmp from-file from-stdin
    cmp from-file from-dash
}

@test "every link on the page has its place" {
    docs "$SOURCE/tests/cases/docs/hostile/snapshot.json" >page.md
    grep -oE '\]\(#[^)]*\)' page.md | sed 's/^](#//; s/)$//' | LC_ALL=C sort -u >links
    grep -oE '<a id="[^"]*">' page.md | sed 's/^<a id="//; s/">$//' | LC_ALL=C sort -u >places
    [ -s links ]
    [ -z "$(LC_ALL=C comm -23 links places)" ]
}

@test "meta does not show: another host and time give the same page" {
    sed '2s/.*/"meta":{"database":"secret","host":"db.example.org","source":"live","time":"2020-01-01T00:00:00.000Z"},/' \
        "$SNAPSHOT" >other.json
    docs "$SNAPSHOT" >one
    docs other.json >two
    cmp one two
    [ "$(grep -c example.org two)" -eq 0 ]
}

@test "a file is made with its directories, and left alone when nothing changed" {
    docs -o docs/database-schema.md "$SNAPSHOT"
    touch -t 202001010000 docs/database-schema.md
    touch -t 202101010000 later
    docs -o docs/database-schema.md "$SNAPSHOT"
    [ ! docs/database-schema.md -nt later ]
    docs --title Blog -o docs/database-schema.md "$SNAPSHOT"
    [ docs/database-schema.md -nt later ]
    [ "$(head -n 1 docs/database-schema.md)" = '# Blog' ]
}

@test "a failed run leaves the file as it was" {
    docs -o page.md "$SNAPSHOT"
    cp page.md before
    head -n 10 "$SNAPSHOT" >cut.json
    run docs -o page.md cut.json
    [ "$status" -eq 65 ]
    cmp before page.md
}

@test "--check is quiet and 0 on a fresh file, and shows what differs and exits 1 on a stale one" {
    docs -o page.md "$SNAPSHOT"
    run docs --check page.md "$SNAPSHOT"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    sed 's/^| `reading_time` | .*/| `reading_time` | `text` |/' page.md >stale.md
    run docs --check stale.md "$SNAPSHOT"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = '  #### `posts`' ]
    [ "${lines[1]}" = '- | `reading_time` | `text` |' ]
    [[ ${lines[2]} == '+ | `reading_time` | `interval` |'* ]]
    run docs --check nowhere.md "$SNAPSHOT"
    [ "$status" -eq 1 ]
    run docs --check a -o b "$SNAPSHOT"
    [ "$status" -eq 64 ]
}
