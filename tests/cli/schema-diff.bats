# schema-diff from its command line: exit codes, documents that are not whole, where the result goes.
# What it finds is in cases/diff.
# shellcheck disable=SC2002,SC2030,SC2031 # a pipe is meant; every test is a subshell of its own

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    snapshot '"tables":[' '{"id":"public.a","kind":"table","name":"a","schema":"public"},' \
        '{"id":"public.b","kind":"table","name":"b","schema":"public"}' '],' > old
    snapshot '"tables":[' '{"id":"public.a","kind":"table","name":"a","schema":"public"}' '],' > new
    snapshot '"tables":[' \
        '{"comment":"x","id":"public.a","kind":"table","name":"a","schema":"public"},' \
        '{"id":"public.b","kind":"table","name":"b","schema":"public"}' '],' > commented
    snapshot '"tables":[' '{"id":"public.a","kind":"table","name":"a","schema":"public"},' \
        '{"id":"public.b","kind":"table","name":"b","policies":[{"name":"p"}],"schema":"public"}' \
        '],' > risky
    snapshot > nothing
}

# snapshot LINE...: a document with these lines as its sections.
snapshot() {
    [ $# -eq 0 ] || printf '%s\n' "$@" > sections
    [ $# -gt 0 ] || : > sections
    printf '{"format":"snapshot/1",\n"meta":{"source":"live"},\n'
    cat sections
    printf '"hash":"sha256:%s"}\n' "$(sha256sum < sections | cut -d ' ' -f 1)"
}

# short FILE: the short form of the same schema.
short() {
    printf '{"format":"snapshot/1",\n"meta":{"source":"live","unchanged":true},\n'
    tail -n 1 "$1"
}

# formats: the names of all of them, as the help has them.
formats() {
    "$BIN/schema-diff" --help | sed -n 's/^.*--format.*one of //p'
}

code() {
    [ "$status" -eq "$1" ] || { echo "status $status: $output" && false; }
}

# refused FILE MESSAGE: 65 and exactly this, on either side, and nothing on stdout.
refused() {
    run "$BIN/schema-diff" --against old "$1"
    code 65
    [ "$output" = "schema-diff: $2" ] || { echo "$output" && false; }
    run "$BIN/schema-diff" --against "$1" old
    code 65
    [ "$output" = "schema-diff: $2" ] || { echo "$output" && false; }
}

@test "nothing changed is 0 and silence" {
    run "$BIN/schema-diff" --against old -f text old
    code 0
    [ -z "$output" ]
}

@test "something changed is 1" {
    run "$BIN/schema-diff" --against old -f text new
    code 1
    [ "${lines[0]}" = "1 change: 1 breaking" ]
}

@test "the new side is stdin, by default and as -" {
    run "$BIN/schema-diff" --against old -f text < new
    code 1
    run "$BIN/schema-diff" --against old -f text - < new
    code 1
    run "$BIN/schema-diff" --against - -f text new < old
    code 1
    [[ "$output" == *"  - table public.b removed  data-loss"* ]]
}

@test "both sides cannot be stdin" {
    run "$BIN/schema-diff" --against - < new
    code 64
}

@test "the document is changes/1, json unless on a terminal" {
    "$BIN/schema-diff" --against old new > changes || [ $? -eq 1 ]
    [ "$(head -n 1 changes)" = '{"format":"changes/1",' ]
    jq -e --arg from "$(tail -n 1 old)" '.summary.breaking == 1 and .changes[0].id == "public.b"
        and $from == "\"hash\":\"" + .from + "\"}"' changes
    "$BIN/schema-diff" --against old -f json new > again || [ $? -eq 1 ]
    cmp changes again
}

@test "--fail-on says from which severity on it is 1" {
    # what, then the status with any, risky, breaking, none
    # shellcheck disable=SC2034 # by name
    while read -r file any risky breaking none; do
        for level in any risky breaking none; do
            run "$BIN/schema-diff" --against old --fail-on $level -f text "$file"
            [ "$status" -eq "${!level}" ] || { echo "$file $level: $status" && false; }
        done
    done << 'END'
old       0 0 0 0
commented 1 0 0 0
risky     1 1 0 0
new       1 1 1 0
END
    # or of which class
    run "$BIN/schema-diff" --against old --fail-on data-loss -f text new
    code 1
    run "$BIN/schema-diff" --against old --fail-on security,cosmetic -f text new
    code 0
    run "$BIN/schema-diff" --against old --fail-on security --fail-on breaking -f text new
    code 1
    run "$BIN/schema-diff" --against old --fail-on none,any new
    code 64
    run "$BIN/schema-diff" --against old --fail-on sometimes new
    code 64
    [[ "$output" == *"--fail-on cannot be 'sometimes': it is one of any, risky, breaking, none"* ]]
}

@test "-o holds the document besides what is on stdout" {
    run "$BIN/schema-diff" --against old -f text -o changes.json new
    code 1
    [ "${lines[0]}" = "1 change: 1 breaking" ]
    jq -e '.format == "changes/1" and .summary.total == 1' changes.json
    [ "$(find . -name 'changes.json*' | wc -l)" -eq 1 ]
    [ "$(stat -c %a changes.json)" = 600 ]
}

@test "-o where nothing can be made is 73, and a failure leaves the old file" {
    run "$BIN/schema-diff" --against old -o no/such/changes.json new
    code 73
    echo before > changes.json
    head -n 4 new > part
    run "$BIN/schema-diff" --against old -o changes.json part
    code 65
    [ "$(cat changes.json)" = before ]
}

@test "a full disk is 74" {
    [ -c /dev/full ] || skip "no /dev/full here"
    for format in $(formats); do
        status=0
        "$BIN/schema-diff" --against old -f "$format" new > /dev/full 2> said || status=$?
        [ "$status" -eq 74 ] || { cat said && false; }
    done
}

@test "a document cut short is named with the line" {
    last=$(wc -l < old)
    for line in $(seq 1 $((last - 1))); do
        head -n "$line" old > part
        refused part "'part':$((line + 1)): the snapshot is cut short here"
    done
    head -c -1 old > part
    refused part "'part':$last: the snapshot is cut short here"
    head -c 10 old > part
    refused part "'part':1: the snapshot is cut short here"
}

@test "an altered document is refused" {
    sed 's/"name":"b"/"name":"c"/' old > altered
    refused altered "'altered': the hash does not agree: the snapshot was altered or cut"
    sed 4d old > altered
    refused altered "'altered': the hash does not agree: the snapshot was altered or cut"
}

@test "meta may be altered, for the hash is the schema's" {
    sed 's/"source":"live"/"source":"elsewhere"/' old > other
    run "$BIN/schema-diff" --against old -f text other
    code 0
}

@test "a document laid out anew is told to be one" {
    jq . old > pretty
    refused pretty "'pretty' is a snapshot laid out anew by another program; give the original, one object a line"
    jq -c . old > flat
    refused flat "'flat' is a snapshot laid out anew by another program; give the original, one object a line"
}

@test "lines of another system are refused with the line" {
    sed 's/$/\r/' old > dos
    run "$BIN/schema-diff" --against old dos
    code 65
}

@test "what is malformed is named with line and column" {
    snapshot '"tables":[' '{"id":"public.a","kind":"table"},' '{"id":"public.b" "kind":"table"}' '],' > bad
    run "$BIN/schema-diff" --against old bad
    code 65
    [[ "$output" == "schema-diff: 'bad':5:23: "* ]] || { echo "$output" && false; }
    snapshot '"tables":[' '{"id":"public.a"}' '{"id":"public.b"}' '],' > bad
    refused bad "'bad':5: a comma is missing before this object"
    snapshot '"tables":[' '],' > bad
    refused bad "'bad':4: an object is missing before this end"
    snapshot '"views":[' '{"id":"a"}' '],' '"tables":[' '{"id":"a"}' '],' > bad
    refused bad "'bad':6: a section twice or out of order"
    snapshot '"widgets":[' '{"id":"a"}' '],' > bad
    refused bad "'bad':3: a section this version does not know"
}

@test "another format is named" {
    printf '{"format":"changes/1",\n"changes":[],\n"summary":{},\n"to":"x"}\n' > changes
    refused changes "'changes' is a changes/1 document, not a snapshot/1"
    echo hello > text
    refused text "'text' is not a snapshot (its first line is not {\"format\":\"snapshot/1\",)"
}

@test "an empty file, a directory and a missing file are 65 and named" {
    : > empty
    mkdir directory
    refused empty "'empty' is empty, not a snapshot"
    run "$BIN/schema-diff" --against old directory
    code 65
    [ "$output" = "schema-diff: no migration files in 'directory'" ]
    run "$BIN/schema-diff" --against directory old
    code 65
    [ "$output" = "schema-diff: no migration files in 'directory'" ]
    refused missing "cannot open 'missing': No such file or directory"
}

@test "an unreadable file is 77" {
    [ "$(id -u)" != 0 ] || skip "root reads everything"
    cp old secret
    chmod 000 secret
    run "$BIN/schema-diff" --against secret new
    code 77
}

@test "empty stdin is 65" {
    run "$BIN/schema-diff" --against old < /dev/null
    code 65
    [ "$output" = "schema-diff: 'stdin' is empty, not a snapshot" ]
}

@test "two snapshots of nothing do not differ" {
    run "$BIN/schema-diff" --against nothing -f text nothing
    code 0
}

@test "the short form stands for the schema with its hash" {
    short old > brief
    run "$BIN/schema-diff" --against old -f text brief
    code 0
    [ -z "$output" ]
    run "$BIN/schema-diff" --against new -f text brief
    code 65
    run "$BIN/schema-diff" --against brief -f text new
    code 65
}

@test "the short form cannot carry objects past the hash" {
    sed 's/"source":"live"/"source":"live","unchanged":true/; s/"name":"b"/"name":"c"/' old > forged
    refused forged "'forged':3: a section in the short form, which has none"
}

@test "cache is the project's, and without one it is the first snapshot" {
    mkdir -p project/supabase/functions
    echo '{}' > project/supabase/monitor-config.json
    run "$BIN/schema-diff" -C project -f text new
    code 0
    [ "$output" = "schema-diff: nothing to compare with yet: this is the first snapshot" ]
    run "$BIN/schema-diff" -q -C project -f text new
    code 0
    [ -z "$output" ]
    mkdir -p project/.schema/cache
    cp old project/.schema/cache/snapshot.json
    run "$BIN/schema-diff" -C project -f text new
    code 1
    cd project/supabase/functions
    run "$BIN/schema-diff" --against cache -f text ../../../new
    code 1
    [[ "$output" == *"  - table public.b removed  data-loss"* ]]
}

@test "a command line that is wrong is 64 and says what is" {
    run "$BIN/schema-diff" --against old --format xml new
    code 64
    [[ "$output" == *"--format cannot be 'xml': it is one of text, json, markdown, github, sarif, jsonpatch, html, mermaid"* ]]
    run "$BIN/schema-diff" --against
    code 64
    [[ "$output" == *"option '--against' needs a value"* ]]
    run "$BIN/schema-diff" --against old new new
    code 64
    [[ "$output" == *"'new' is one argument too many"* ]]
    run "$BIN/schema-diff" --help=x
    code 64
}

@test "there is no colour in a pipe" {
    "$BIN/schema-diff" --against old -f text new > said || [ $? -eq 1 ]
    run grep -q "$(printf "\033")" said
    code 1
}

# lineage OID: a document of the table public.a, which has that oid.
lineage() {
    snapshot '"tables":[' '{"id":"public.a","kind":"table","name":"a","schema":"public"}' '],' > plain
    sed -e 's/{"source":"live"/{"database_oid":5,"source":"live","system_identifier":"7"/' -e '$d' plain
    printf '"lineage":[\n{"id":"public.a","kind":"table","oid":%s}\n],\n' "$1"
    tail -n 1 plain
}

@test "what only the lineages tell is a change, though the hashes are the same" {
    lineage 1 > first
    lineage 2 > second
    run "$BIN/schema-diff" --against first -f json -o kept second
    code 1
    run jq -r '.from == .to, .changes[].op' kept
    [ "$output" = "$(printf 'true\nreplaced')" ]
    run "$BIN/schema-diff" --against first -f text first
    code 0
    [ -z "$output" ]
}

@test "and so it is when both sides are pipes" {
    lineage 1 > first
    lineage 2 > second
    status=0
    cat second | "$BIN/schema-diff" --against <(cat first) -f text > out || status=$?
    [ "$status" -eq 1 ]
    grep -q '^  \* table public.a replaced' out
    status=0
    cat first | "$BIN/schema-diff" --against - -f text second > out || status=$?
    [ "$status" -eq 1 ]
    grep -q '^  \* table public.a replaced' out
}

# migrations NAME...: a folder of files, each of which makes a table.
migrations() {
    mkdir -p folder
    for name in "$@"; do
        echo "create table t$name (id int);" > "folder/$name.sql"
    done
}

@test "the old side may be a folder of migrations, or a file of SQL" {
    migrations 1_a
    "$BIN/schema-snapshot" -C . -s migrations -m folder > same
    run "$BIN/schema-diff" -C . --against folder -f text same
    code 0
    [ -z "$output" ]
    run "$BIN/schema-diff" -C . --against folder/1_a.sql -f text - < same
    code 0
    # by a path of its own, whatever is in PATH
    PATH=/nowhere run "$BIN/schema-diff" -C . --against folder/ -f text same
    code 0
    migrations 2_b
    run "$BIN/schema-diff" -C . --against folder -f text same
    code 1
    [ "${lines[1]}" = 'migrations: removed 2_b.sql' ]
}

@test "what cannot be read of it is its reader's message and code" {
    mkdir zero
    printf 'create table a\0 (id int);\n' > zero/1_a.sql
    run "$BIN/schema-diff" -C . --against zero old
    code 65
    [[ "$output" == "schema-diff: "*zero/1_a.sql* ]] || { echo "$output" && false; }
    run "$BIN/schema-diff" -C . --against no/such.sql old
    [ "$status" -gt 1 ]
    [[ "$output" == *"no/such.sql"* ]]
    [ "${#lines[@]}" -eq 1 ]
    mkdir alone
    cp "$BIN/schema-diff" alone/
    PATH=/nowhere run alone/schema-diff -C . --against zero old
    code 71
    [ "$output" = "schema-diff: schema-snapshot, which reads 'zero', is not there" ]
}

@test "what it could not replay is said, unless quiet" {
    migrations 1_a
    echo 'create tabel c (' > folder/2_c.sql
    "$BIN/schema-snapshot" -q -C . -s migrations -m folder > same
    run "$BIN/schema-diff" -C . --against folder -f text same
    code 0
    [[ "$output" == "schema-diff: 2_c.sql:1: "* ]] || { echo "$output" && false; }
    run "$BIN/schema-diff" -q -C . --against folder -f text same
    [ -z "$output" ]
    # of both sides, what both have once
    mkdir more
    cp folder/* more/
    echo 'create tabel d (' > more/3_d.sql
    run "$BIN/schema-diff" -C . --against folder -f text more
    code 0
    [ "$(printf '%s\n' "${lines[@]}" | grep -c 'schema-diff: 2_c.sql:1: ')" -eq 1 ]
    [ "$(printf '%s\n' "${lines[@]}" | grep -c 'schema-diff: 3_d.sql:1: ')" -eq 1 ]
}

@test "files that differ are named, and are no change by themselves" {
    migrations 1_a 2_b
    "$BIN/schema-snapshot" -C . -s migrations -m folder > before
    echo '-- remark' >> folder/1_a.sql
    echo 'select 1;' > folder/3_c.sql
    "$BIN/schema-snapshot" -C . -s migrations -m folder > after
    run "$BIN/schema-diff" --against before -f text after
    code 0
    [ "$output" = 'migrations: added 3_c.sql; edited 1_a.sql' ]
    rm folder/2_b.sql
    "$BIN/schema-snapshot" -C . -s migrations -m folder > later
    "$BIN/schema-diff" --against after -f json later > changes || [ $? -eq 1 ]
    jq -e '.migrations == {added: [], edited: [], removed: ["2_b.sql"]} and (has("sources") | not)' changes
    # of one that was not made from files nothing is known
    "$BIN/schema-diff" --against old -f json later > changes || [ $? -eq 1 ]
    jq -e 'has("migrations") | not' changes
}

@test "database and migrations disagree under headings" {
    sed 's/"source":"live"/"source":"migrations"/' new > files
    run "$BIN/schema-diff" --against files -f text old
    code 1
    [ "${lines[0]}" = '1 difference between database and migrations: 1 safe' ]
    [ "${lines[1]}" = 'in the database, made by no migration:' ]
    [[ "${lines[2]}" == '  + table public.b'* ]]
    run "$BIN/schema-diff" --against old -f text files
    [ "${lines[1]}" = 'in the database, made by no migration:' ]
    [[ "${lines[2]}" == '  - table public.b'* ]]
    sed 's/"source":"live"/"source":"shadow"/' old > files
    sed 's/"source":"live"/"source":"supabase"/' new > stack
    run "$BIN/schema-diff" --against files -f text stack
    [ "${lines[1]}" = 'in the migrations, not in the database:' ]
    sed 's/"source":"live"/"source":"supabase"/' commented > stack
    run "$BIN/schema-diff" --against files -f text stack
    [ "${lines[1]}" = 'in both, but not the same (migrations -> database):' ]
    "$BIN/schema-diff" --against files -f json stack > changes || [ $? -eq 1 ]
    jq -e '.sources == {from: "shadow", to: "supabase"}' changes
}

# repository: two commits of supabase/migrations, by two people, and a snapshot that is kept.
repository() {
    git init -q .
    git config user.email a@example.com
    mkdir -p supabase/migrations
    echo 'create table public.orders (id int primary key, total int);' > supabase/migrations/20250101000000_a.sql
    cp old kept.json
    git add -A
    GIT_COMMITTER_DATE='2025-01-01T10:00:00Z' git -c user.name=Ann commit -qm one
    echo 'alter table public.orders alter column total type numeric;' > supabase/migrations/20250102000000_b.sql
    cp new kept.json
    git add -A
    GIT_COMMITTER_DATE='2025-01-02T10:00:00Z' git -c user.name=Bob commit -qm two
}

@test "a side may be what a git repository has" {
    repository
    run "$BIN/schema-diff" -a git:HEAD~1:supabase/migrations -f text supabase/migrations
    code 1
    [ "${lines[0]}" = '1 change: 1 breaking' ]
    [ "${lines[1]}" = 'migrations: added 20250102000000_b.sql' ]
    run "$BIN/schema-diff" -a git:HEAD:supabase/migrations/ -f text git:HEAD:supabase/migrations
    code 0
    [ -z "$output" ]
    run "$BIN/schema-diff" -a git:HEAD~1:supabase/migrations/20250101000000_a.sql -f text \
        git:HEAD:supabase/migrations/20250101000000_a.sql
    code 0
    run "$BIN/schema-diff" -a git:HEAD~1:kept.json -f text git:HEAD:kept.json
    code 1
    [[ "$output" == *'  - table public.b removed  data-loss'* ]]
    run "$BIN/schema-diff" -a "git:HEAD^{/one}:kept.json" -f text new
    code 1
    # from where we are, and by the project
    cd supabase
    run "$BIN/schema-diff" -a git:HEAD:./migrations -f text migrations
    code 0
    run "$BIN/schema-diff" -a git:HEAD:../supabase/migrations -f text migrations
    code 0
    cd /
    run "$BIN/schema-diff" -C "$BATS_TEST_TMPDIR" -a git:HEAD:supabase/migrations -f text \
        "$BATS_TEST_TMPDIR/supabase/migrations"
    code 0
}

@test "what the repository has not is 65 in one line, and no name becomes an option" {
    repository
    while read -r side message; do
        run "$BIN/schema-diff" -a "$side" old
        code 65
        [ "$output" = "schema-diff: cannot read '$side': $message" ] || { echo "$output" && false; }
    done << 'END'
git:nowhere:kept.json there is no revision 'nowhere'
git:HEAD:nothing.json there is no 'nothing.json' in revision 'HEAD'
git:HEAD:a/../kept.json there is no 'a/../kept.json' in revision 'HEAD'
git:--output=x:kept.json there is no revision '--output=x'
git:HEAD:--output=x there is no '--output=x' in revision 'HEAD'
git:--upload-pack=id:x there is no revision '--upload-pack=id'
END
    [ ! -e x ]
    for side in git: git:HEAD git::kept.json git:HEAD:; do
        run "$BIN/schema-diff" -a "$side" old
        code 64
    done
    run "$BIN/schema-diff" -a git:HEAD:text old
    code 65
    mkdir -p supabase/other
    echo 'hello' > supabase/other/notes.txt
    git add -A
    git -c user.name=Ann commit -qm three
    run "$BIN/schema-diff" -a git:HEAD:supabase/other old
    code 65
    [ "$output" = "schema-diff: no migration files in 'git:HEAD:supabase/other'" ]
    cd /
    run "$BIN/schema-diff" -a git:HEAD:x "$BATS_TEST_TMPDIR/old"
    code 65
    [ "${#lines[@]}" -eq 1 ]
    cd "$BATS_TEST_TMPDIR"
    mkdir alone
    cp "$BIN/schema-diff" alone/
    PATH=/nowhere run alone/schema-diff -a git:HEAD:kept.json old
    code 71
}

@test "a folder that git wrote out is gone afterwards, whatever happened, and leads nowhere else" {
    repository
    mkdir tmp
    export TMPDIR=$BATS_TEST_TMPDIR/tmp
    run "$BIN/schema-diff" -a git:HEAD~1:supabase/migrations -f text supabase/migrations
    code 1
    [ -z "$(ls tmp)" ]
    printf 'create table a\0 (id int);\n' > supabase/migrations/20250103000000_c.sql
    git add -A
    git -c user.name=Ann commit -qm three
    run "$BIN/schema-diff" -a git:HEAD:supabase/migrations old
    code 65
    [[ "$output" != *"$TMPDIR"* ]]
    [ -z "$(ls tmp)" ]
    # a link
    ln -sf /etc/passwd supabase/migrations/20250103000000_c.sql
    git add -A
    git -c user.name=Ann commit -qm four
    run "$BIN/schema-diff" -a git:HEAD:supabase/migrations old
    code 65
    [ "$output" = "schema-diff: cannot read 'git:HEAD:supabase/migrations': '20250103000000_c.sql' is a symbolic link" ]
    [ -z "$(ls tmp)" ]
    # a tree that no git program would make: its file is named ..
    blob=$(echo 'select 1;' | git hash-object -w --stdin)
    # shellcheck disable=SC2001 # every two digits
    tree=$(printf '100644 ..\0%b' "$(echo "$blob" | sed 's/../\\x&/g')" |
        git hash-object -t tree -w --literally --stdin)
    commit=$(git -c user.name=Ann commit-tree -m evil "$(printf '040000 tree %s\tfolder\n' "$tree" | git mktree)")
    run "$BIN/schema-diff" -a "git:$commit:folder" old
    code 65
    [ -z "$(ls tmp)" ]
    # and when a signal ends it meanwhile
    mkdir slow
    cp "$BIN/schema-diff" slow/
    printf '#!/bin/sh\nsleep 20\n' > slow/schema-snapshot
    chmod +x slow/schema-snapshot
    git checkout -q HEAD~2 -- supabase/migrations
    slow/schema-diff -a git:HEAD~2:supabase/migrations old &
    pid=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -z "$(ls tmp)" ] || break
        sleep 0.2
    done
    [ -n "$(ls tmp)" ]
    kill -TERM $pid
    status=0
    wait $pid || status=$?
    [ "$status" -eq 143 ]
    [ -z "$(ls tmp)" ]
}

@test "a side may be a backup" {
    mkdir -p project/supabase
    echo '{}' > project/supabase/monitor-config.json
    run "$BIN/schema-diff" -C project -a backup:latest old
    code 65
    [ "$output" = "schema-diff: there is no backup 'latest' (see 'backup-rotate list schema-versions')" ]
    first=$("$BIN/backup-rotate" -C project add schema-versions old)
    "$BIN/backup-rotate" -C project add schema-versions commented > /dev/null
    run "$BIN/schema-diff" -C project -a "backup:$first" -f text new
    code 1
    [[ "$output" == *'  - table public.b removed  data-loss'* ]]
    run "$BIN/schema-diff" -C project -a backup:latest -f text commented
    code 0
    run "$BIN/schema-diff" -C project -a backup:1 -f text backup:2
    code 1
    [ "${lines[0]}" = '1 change: 1 safe' ]
    run "$BIN/schema-diff" -C project -a backup:7 old
    code 65
    run "$BIN/schema-diff" -C project -a old cache
    code 65
    [[ "$output" == *"cache/snapshot.json' yet" ]]
}

@test "a URL is asked for, and shows no password" {
    for url in postgres://u:hunter2@localhost/x 'postgresql://localhost/x?password=hunter2' \
        'postgres://localhost/x?user=a&pass%77ord=hunter2'; do
        run "$BIN/schema-diff" -a "$url" old
        code 64
        [[ "$output" != *hunter2* ]]
        [[ "$output" == *"env(NAME)"* ]]
    done
    run "$BIN/schema-diff" -a postgres://u@127.0.0.1:1/x old
    code 69
    [ "$output" = "schema-diff: cannot connect to '127.0.0.1:1/x': Connection refused" ]
    THERE=postgres://u:hunter2@127.0.0.1:1/x run "$BIN/schema-diff" -a 'env(THERE)' old
    code 69
    [[ "$output" != *hunter2* ]]
    run "$BIN/schema-diff" -a https://example.com/a.json old
    code 64
    # what the reader is given: nothing of the URL in its arguments
    mkdir fake
    cp "$BIN/schema-diff" fake/
    # shellcheck disable=SC2016 # for the program
    printf '#!/bin/sh\necho "$@" > args\necho "$SCHEMA_DIFF_DATABASE_URL" > url\ncat old\n' > fake/schema-snapshot
    chmod +x fake/schema-snapshot
    run fake/schema-diff -a 'postgres://u@h:5/x?sslmode=require' -f text new
    code 1
    [ "$(cat args)" = '--quiet --source=live --db-url=env(SCHEMA_DIFF_DATABASE_URL)' ]
    [ "$(cat url)" = 'postgresql://u@h:5/x?sslmode=require' ]
}

@test "rules come from the command line, then from the configuration" {
    mkdir -p project/supabase
    echo '{ "diff": { "ignore": ["kind=table op=removed", "field=comment"] } }' > project/supabase/monitor-config.json
    run "$BIN/schema-diff" -C project -a old -f text new
    code 0
    [ "$output" = 'no changes (1 ignored)' ]
    run "$BIN/schema-diff" -C project -a old -f text --ignore '!name=b' new
    code 1
    run "$BIN/schema-diff" -C project -a old commented
    code 0
    echo "$output" | jq -e '.ignored == 1 and .summary.total == 0'
    # with what is wrong named: 64, 78
    run "$BIN/schema-diff" -a old --ignore 'kind=table,view' new
    code 64
    [[ "$output" == "schema-diff: --ignore: column 1: there is no kind 'table,view'"* ]] || { echo "$output" && false; }
    run "$BIN/schema-diff" -a old --ignore 'name=a' --ignore 'nmae=a' new
    code 64
    echo '{ "diff": { "ignore": ["field=comment", "kind=colum"] } }' > project/supabase/monitor-config.json
    run "$BIN/schema-diff" -C project -a old new
    code 78
    [ "$output" = "schema-diff: supabase/monitor-config.json: diff.ignore[1]: column 1: there is no kind 'colum'" ]
}

@test "a rule whose last day is over is told, unless quiet" {
    run "$BIN/schema-diff" -a old -f text --ignore 'kind=table until=2020-01-31' new
    code 1
    [ "${lines[0]}" = "schema-diff: --ignore: the rule 'kind=table until=2020-01-31' is over and ignores nothing" ]
    [ "${lines[1]}" = '1 change: 1 breaking' ]
    run "$BIN/schema-diff" -q -a old -f text --ignore 'kind=table until=2020-01-31' new
    [ "${lines[0]}" = '1 change: 1 breaking' ]
    run "$BIN/schema-diff" -a old -f text --ignore 'class=data-loss' new
    code 0
    run "$BIN/schema-diff" -a old -f text --ignore 'kind=table until=2999-12-31' new
    code 0
}

@test "the exit status may be another program's" {
    # style, then the status of nothing, safe, risky, breaking, trouble, a wrong command line
    # shellcheck disable=SC2034 # by name
    while read -r style nothing safe risky breaking trouble usage; do
        for name in old:nothing commented:safe risky:risky new:breaking missing:trouble; do
            run "$BIN/schema-diff" -a old --exit-code-style "$style" "${name%:*}"
            wanted=${name#*:}
            [ "$status" -eq "${!wanted}" ] || { echo "$style $name: $status" && false; }
        done
        run "$BIN/schema-diff" -a old --no-such "--exit-code-style=$style" new
        code "$usage"
    done << 'END'
sysexits  0 1 1 1 65 64
diff      0 1 1 1 2  2
terraform 0 2 2 2 1  1
nagios    0 0 1 2 3  3
END
    run "$BIN/schema-diff" -a old --exit-code-style nagios new
    [ "$output" = 'SCHEMA CRITICAL - 1 change, 1 breaking: table public.b removed | changes=1 breaking=1 risky=0 safe=0 ignored=0' ]
    run "$BIN/schema-diff" -a old --exit-code-style nagios --fail-on any commented
    code 1
    run "$BIN/schema-diff" -a old --exit-code-style nagios -f text new
    code 2
    [[ "$output" == *'  - table public.b removed  data-loss'* ]]
    run "$BIN/schema-diff" -a old --exit-code-style nagios -f json new
    code 3
    "$BIN/schema-diff" -a old --exit-code-style nagios missing 2> /dev/null > out || [ $? -eq 3 ]
    [ "$(cat out)" = "SCHEMA UNKNOWN - cannot open 'missing': No such file or directory" ]
    run "$BIN/schema-diff" --exit-code-style diff --help
    code 0
}

@test "a version number follows the changes" {
    while read -r file word next; do
        run "$BIN/schema-diff" -a old --bump "$file"
        code 0
        [ "$output" = "$word" ]
        run "$BIN/schema-diff" -a old --bump 1.2.3 "$file"
        code 0
        [ "$output" = "$next" ]
        run "$BIN/schema-diff" -a old --bump=v1.2.3 "$file"
        [ "$output" = "v$next" ]
    done << 'END'
old       none  1.2.3
commented patch 1.2.4
risky     minor 1.3.0
new       major 2.0.0
END
    run "$BIN/schema-diff" -a old --bump 1.2.3 --fail-on breaking new
    code 1
    [ "$output" = 2.0.0 ]
    run "$BIN/schema-diff" -a old --bump=1.2 new
    code 64
}

@test "every known change of an object, from the repository" {
    repository
    run "$BIN/schema-diff" --history public.orders.total -f text
    code 0
    # shellcheck disable=SC2001 # of each line
    [ "$(echo "$output" | sed 's/  [0-9a-f]\{10\} /  COMMIT /')" = "$(printf '%s\n' \
        '2025-01-01T10:00:00.000Z  added     column public.orders.total with public.orders  20250101000000_a.sql  COMMIT Ann' \
        '2025-01-02T10:00:00.000Z  changed   column public.orders.total  type: integer -> numeric  20250102000000_b.sql  COMMIT Bob')" ] ||
        { echo "$output" && false; }
    run "$BIN/schema-diff" --history=public.orders -f json
    code 0
    echo "$output" | jq -e --arg commit "$(git rev-parse HEAD)" '.format == "history/1" and .id == "public.orders"
        and (.events | length == 2) and .events[1].commit == $commit and .events[1].author == "Bob"
        and .events[1].fields == [{"name":"type","old":"integer","new":"numeric"}]'
    # of a document that is kept
    run "$BIN/schema-diff" --history -a kept.json -f text public.b
    code 0
    [[ "$output" == "2025-01-01T10:00:00.000Z  added     table public.b"*"2025-01-02T10:00:00.000Z  removed   table public.b  "* ]] ||
        { echo "$output" && false; }
    # of an older revision
    run "$BIN/schema-diff" --history -a git:HEAD~1:kept.json -f text public.b
    [ "${#lines[@]}" -eq 1 ]
    # what one branch did is told once
    git checkout -q -b side HEAD~1
    echo 'create table public.aside (id int);' > supabase/migrations/20250101000001_c.sql
    git add -A
    GIT_COMMITTER_DATE='2025-01-03T10:00:00Z' git -c user.name=Cy commit -qm side
    git checkout -q -
    git -c user.name=Ann merge -q -m merge side
    run "$BIN/schema-diff" --history -f text public.aside
    code 0
    [ "${#lines[@]}" -eq 1 ]
    [[ "$output" == *" Cy" ]]
    run "$BIN/schema-diff" --history -f text public.orders.total
    [ "${#lines[@]}" -eq 2 ]
    # a revision that cannot be read is passed over, and said
    printf 'create table a\0 (id int);\n' > supabase/migrations/20250104000000_d.sql
    git add -A
    git -c user.name=Ann commit -qm broken
    run "$BIN/schema-diff" --history -f text public.orders.total
    code 0
    [[ "${lines[0]}" == "schema-diff: passed over: "*"20250104000000_d.sql"* ]] || { echo "$output" && false; }
    [ "${#lines[@]}" -eq 3 ]
}

# stamped FILE TIME: the same document, read at that time.
stamped() {
    sed "s/\"source\":\"live\"/\"source\":\"live\",\"time\":\"$2\"/" "$1"
}

@test "every known change of an object, from backups and cache" {
    mkdir -p project/supabase project/.schema/cache
    echo '{}' > project/supabase/monitor-config.json
    run "$BIN/schema-diff" -C project --history public.b
    code 65
    stamped old 2025-02-01T00:00:00.000Z > first
    stamped commented 2025-02-02T00:00:00.000Z > second
    stamped new 2025-02-03T00:00:00.000Z > project/.schema/cache/snapshot.json
    "$BIN/backup-rotate" -C project add schema-versions first > /dev/null
    "$BIN/backup-rotate" -C project add schema-versions second > /dev/null
    run "$BIN/schema-diff" -C project --history -f text
    code 0
    [ "$output" = "$(printf '%s\n' '2025-02-02T00:00:00.000Z  changed   table public.a  comment: none -> x' \
        '2025-02-03T00:00:00.000Z  removed   table public.b' \
        '2025-02-03T00:00:00.000Z  changed   table public.a  comment: x -> none')" ] || { echo "$output" && false; }
    run "$BIN/schema-diff" -C project --history public.nothing -f text
    code 0
    [ "$output" = "schema-diff: no change of 'public.nothing' is known from 3 versions" ]
    run "$BIN/schema-diff" -C project --history public.a public.b
    code 64
    run "$BIN/schema-diff" -C project --history --bump
    code 64
}

@test "every format is 0 with nothing, 1 with something, and nothing on stderr; from pipes, too" {
    [ "$(formats | wc -w)" -ge 8 ]
    for format in $(formats); do
        for new in old new; do
            status=0
            "$BIN/schema-diff" --against old -f "$format" "$new" > out 2> said || status=$?
            [ "$status" -eq "$([ $new = new ] && echo 1 || echo 0)" ] || { echo "$format: $status" && false; }
            [ ! -s said ] || { cat said && false; }
            [ -s out ] || [ "$new" = old ]
            cat "$new" | "$BIN/schema-diff" --against <(cat old) -f "$format" - > piped || true
            cmp out piped
        done
    done
}

@test "every format tells of the first snapshot and of the short form that nothing changed" {
    mkdir -p project/supabase
    echo '{}' > project/supabase/monitor-config.json
    short old > brief
    for format in $(formats); do
        run "$BIN/schema-diff" -q -C project -f "$format" new
        code 0
        [ "$format" != sql ] && [ "$format" != unified ] || continue # which need the whole documents
        run "$BIN/schema-diff" --against old -f "$format" brief
        code 0
        run "$BIN/schema-diff" --against brief -f "$format" old
        code 0
    done
}

@test "a comment is no longer than GitHub takes, and says what was left out" {
    tables=()
    for i in $(seq 1000 2999); do
        tables+=("{\"comment\":\"$i\",\"id\":\"public.a$i\",\"kind\":\"table\",\"name\":\"a$i\",\"schema\":\"public\"},")
    done
    snapshot '"tables":[' "${tables[@]}" '{"id":"public.b","kind":"table","name":"b","schema":"public"}' '],' > many
    run "$BIN/schema-diff" --against many -f markdown nothing
    code 1
    [ "${#output}" -le 65536 ]
    [ "${#output}" -gt 60000 ]
    told=$(grep -c '^| removed.* | table' <<< "$output")
    [[ "$output" == *"Left out, since the text would be too long: $((2001 - told)) changes and the old and new values of $told more."* ]] ||
        { tail -n 3 <<< "$output" && false; }
}

@test "on a terminal it is a tree in colour, as wide as that; NO_COLOR, or another locale, is without" {
    command -v script > /dev/null || skip "no script(1) here"
    script --version 2> /dev/null | grep -q util-linux || skip "another script(1)"
    snapshot '"tables":[' '{"columns":[{"name":"c","type":"text"}],"id":"public.a","kind":"table","name":"a","schema":"public"},' \
        '{"id":"public.b","kind":"table","name":"b","schema":"public"}' '],' > wide
    tty() {
        env LC_ALL=C.UTF-8 TERM=xterm COLUMNS=60 "$@" script -qec "$BIN/schema-diff --against wide old" /dev/null < /dev/null | tr -d '\r'
    }
    tty > coloured
    grep -q "$(printf '\033')" coloured
    tty NO_COLOR=1 > plain
    cat > want << 'END'
1 change: 1 breaking

breaking:
  table public.a
  └─ - column c removed  data-loss
         type: text
         the column's values are gone and every use of it
         fails
END
    diff -u want plain
    [ "$(sed "s/$(printf '\033')\[[0-9;]*m//g" coloured)" = "$(cat plain)" ]
    tty LC_ALL=C NO_COLOR=1 > ascii
    run grep -q '[^ -~]' ascii
    code 1
}
