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

# A project directory with that configuration under "docs".
configured() {
    mkdir -p supabase
    printf '{"docs": %s}' "$1" >supabase/monitor-config.json
}

@test "--format and docs.format choose the form, --split goes with Markdown only" {
    docs -f dbml "$SNAPSHOT" >page.dbml
    [ "$(head -n 1 page.dbml)" = 'Project "Database schema" {' ]
    docs --format dot --title 'A "B" <c>' "$SNAPSHOT" >page.dot
    grep -qF 'label="A &#34;B&#34; &#60;c&#62;"' page.dot
    docs -f json "$SNAPSHOT" | jq -e '.title == "Database schema" and (.tables | length) == 9' >log
    configured '{"format": "dbml"}'
    docs "$SNAPSHOT" | cmp - page.dbml
    [ "$(docs -f markdown "$SNAPSHOT" | sed -n 1p)" = '# Database schema' ]
    run docs -f dbml --split table -o pages "$SNAPSHOT"
    [ "$status" -eq 64 ]
    run docs -f xml "$SNAPSHOT"
    [ "$status" -eq 64 ]
    configured '{"format": "dbml", "split": "table"}'
    run docs -o pages "$SNAPSHOT"
    [ "$status" -eq 78 ]
    [ ! -e pages ]
    configured '{"split": "table"}'
    docs -f dbml "$SNAPSHOT" | cmp - page.dbml
    run docs "$SNAPSHOT"
    [ "$status" -eq 64 ]
    [[ $output == *'--output'* ]]
    docs -o pages "$SNAPSHOT"
    [ -s pages/README.md ]
}

@test "--schemas and --exclude, and the project's, choose by patterns" {
    TENANTS=$SOURCE/tests/cases/docs/tenants/snapshot.json
    docs -n 'ten*' -f json "$TENANTS" | jq -e '[.schemas[].name] == ["tenant"] and ([.tables[].schema] | unique) == ["tenant"]' >log
    docs -N 'Odd*,public' -f json "$TENANTS" | jq -e '[.schemas[].name] == ["internal", "tenant"]' >log
    configured '{"schemas": ["internal", "p*"], "exclude": ["public"]}'
    docs -f json "$TENANTS" | jq -e '[.schemas[].name] == ["internal"]' >log
    docs -n '*' -N nothing -f json "$TENANTS" | jq -e '.schemas | length == 4' >log
    # What is not told of is no link.
    docs -n tenant -N nothing "$TENANTS" >page.md
    grep -qF '`public.users`' page.md
    [ "$(grep -cF '](#table-public-users)' page.md)" -eq 0 ]
}

@test "split pages: made, left alone, removed when their object is gone and they are ours" {
    CLINIC=$SOURCE/tests/cases/docs/clinic/snapshot.json
    docs --split table -o pages "$CLINIC"
    [ -s pages/README.md ] && [ -s pages/schema.clinic.md ] && [ -s pages/table.clinic.doses.md ] && [ -s pages/view.clinic.grave.md ]
    docs --split table --check pages "$CLINIC"
    touch -t 202001010000 pages/*
    touch -t 202101010000 later
    echo 'mine' >pages/table.mine.md
    echo 'mine, too' >pages/notes.md
    cp pages/table.clinic.doses.md pages/table.clinic.gone.md
    cp pages/table.clinic.doses.md pages/other.md
    ln -s table.clinic.doses.md pages/table.link.md
    printf 'cut' >pages/table.clinic.doses.md.tmp-999999999-0
    echo more >>pages/schema.billing.md
    rm pages/view.clinic.grave.md
    run docs --split table --check pages "$CLINIC"
    [ "$status" -eq 1 ]
    [[ $output == *"there is no 'pages/view.clinic.grave.md'"* ]]
    [[ $output == *'pages/schema.billing.md:'*'- more'* ]]
    [[ $output == *'pages/table.clinic.gone.md is of something that is gone'* ]]
    [[ $output != *mine* && $output != *link* && $output != *doses* ]]
    docs --split table -o pages "$CLINIC"
    docs --split table --check pages "$CLINIC"
    [ ! pages/README.md -nt later ]
    [ pages/schema.billing.md -nt later ]
    [ ! -e pages/table.clinic.gone.md ]
    [ ! -e pages/table.clinic.doses.md.tmp-999999999-0 ]
    [ "$(cat pages/table.mine.md)" = mine ]
    [ -e pages/notes.md ] && [ -e pages/other.md ] && [ -L pages/table.link.md ]
    docs --split schema -o pages "$CLINIC"
    [ ! -e pages/table.clinic.doses.md ] && [ -e pages/schema.clinic.md ] && [ -e pages/table.mine.md ]
}

@test "split pages never take the place of somebody else's file" {
    mkdir pages
    echo 'by hand' >pages/README.md
    run docs --split schema -o pages "$SNAPSHOT"
    [ "$status" -eq 73 ]
    [[ $output == *"'pages/README.md'"*'move it away'* ]]
    [ "$(ls pages)" = README.md ]
    [ "$(cat pages/README.md)" = 'by hand' ]
    rm pages/README.md
    echo precious >outside
    ln -s ../outside pages/README.md
    run docs --split schema -o pages "$SNAPSHOT"
    [ "$status" -eq 73 ]
    [ "$(cat outside)" = precious ]
}

@test "names that differ in case alone, or are longer than a file's, have pages of their own" {
    {
        printf '{"format":"snapshot/1",\n"meta":{"source":"live"},\n'
        {
            printf '"schemas":[\n{"id":"public","name":"public"}\n],\n"tables":[\n'
            long=$(printf '%0300d' 0)
            printf '{"id":"public.\\"Ab\\"","kind":"table","name":"Ab","schema":"public"},\n'
            printf '{"id":"public.\\"%sx\\"","kind":"table","name":"%sx","schema":"public"},\n' "$long" "$long"
            printf '{"id":"public.\\"%sy\\"","kind":"table","name":"%sy","schema":"public"},\n' "$long" "$long"
            printf '{"id":"public.\\"aB\\"","kind":"table","name":"aB","schema":"public"},\n'
            printf '{"id":"public.ab","kind":"table","name":"ab","schema":"public"}\n],\n'
        } | tee body
        printf '"hash":"sha256:%s"}\n' "$(openssl dgst -sha256 -r body | cut -d' ' -f1)"
    } >long.json
    docs --split table -o pages long.json
    [ "$(ls pages | wc -l)" -eq 7 ]
    [ "$(ls pages | tr '[:upper:]' '[:lower:]' | sort -u | wc -l)" -eq 7 ]
}
