# What every tool promises, whatever it does: the tables below say how to reach each one. The tools
# are those of tools/*.c that were built, and the supervisor; a new tool is covered as it appears.
# shellcheck disable=SC2030,SC2031,SC2089,SC2090 # every test is a subshell of its own, as it should be

# Readers of a document: name, document, arguments. OLD is a whole snapshot.
readers() {
    cat << 'END'
schema-diff     snapshot --against OLD
schema-diff     snapshot --against OLD --format text
gen-ts-types    snapshot
gen-schema-docs snapshot
notify          changes  changes --queue-only
notify          event    event --queue-only
END
}

# Writers of stdout: name, document on stdin or -, arguments. What they say fits in any buffer, so
# only a check at the end can see that it did not arrive.
writers() {
    cat << 'END'
schema-snapshot -        --source migrations
schema-diff     other    --against OLD
schema-diff     other    --against OLD --format text
gen-ts-types    snapshot
gen-schema-docs snapshot
validate-run    -        --plan
validate-run    -        --json
backup-rotate   -        list types --json
END
}

setup() {
    version=$(sed -n 's/^project(.* VERSION \([0-9.]*\) .*/\1/p' "$SOURCE/CMakeLists.txt")
    documents=$BATS_TEST_TMPDIR/documents
    project=$BATS_TEST_TMPDIR/project
    mkdir -p "$documents" "$project/supabase/migrations"
    # A validation step, so that there is something to say.
    cat > "$project/supabase/monitor-config.json" << 'END'
{ "notifications": { "push": false },
  "validation": { "steps": [{ "name": "nothing", "command": ["true"] }] } }
END
    echo 'create table public.t (id integer primary key);' \
        > "$project/supabase/migrations/20250101000000_t.sql"
    snapshot public > "$documents/snapshot"
    snapshot shop > "$documents/other"
    printf '%s\n' '{"format":"changes/1",' '"changes":[],' '"from":"sha256:1",' \
        '"summary":{"added":0,"breaking":0,"changed":0,"kinds":{},"removed":0,"renamed":0,"risky":0,"safe":0,"total":0},' \
        '"to":"sha256:2"}' > "$documents/changes"
    printf '%s\n' '{"format":"event/1",' '"id":"01JZZZZZZZZZZZZZZZZZZZZZZZ",' '"project":"shop",' \
        '"severity":"info",' '"summary":"nothing happened",' \
        '"timestamp":"2025-01-01T00:00:00.000Z",' '"type":"schema.changed"}' > "$documents/event"
    unset DATABASE_URL SUPABASE_DB_URL PGHOST PGSERVICE DBUS_SESSION_BUS_ADDRESS
    cd "$project" || return
    failures=
}

# snapshot NAME: a snapshot/1 of one schema.
snapshot() {
    local section="\"schemas\":[
{\"id\":\"$1\",\"name\":\"$1\"}
],
"
    printf '{"format":"snapshot/1",\n"meta":{"source":"migrations"},\n%s"hash":"sha256:%s"}\n' "$section" \
        "$(printf '%s' "$section" | sha256sum | cut -d ' ' -f 1)"
}

# The path of a tool's program, or nothing when it was not built.
program() {
    local path
    for path in "$BIN/$1" "$LIBEXEC/$1"; do
        [ ! -x "$path" ] || { echo "$path" && return; }
    done
}

# Every tool that was built, by name.
tools() {
    local file name
    for file in "$SOURCE"/tools/*.c "$SOURCE"/scripts/schema; do
        name=$(basename "$file" .c)
        [ -z "$(program "$name")" ] || echo "$name"
    done
}

failed() {
    failures="$failures$1
"
}

finish() {
    [ "${count:-0}" -gt 0 ] || failed "no tool was tried"
    [ -z "$failures" ] || printf '%s' "$failures"
    [ -z "$failures" ]
}

# try WANTED NAME ARGUMENT...: runs it with "$input" as stdin and stdout to "$to", else to "$output";
# its stderr is in "$said", its status "$status". WANTED is a pattern of statuses.
try() {
    local wanted=$1 name=$2
    shift 2
    local argument arguments=()
    for argument; do
        [ "$argument" != OLD ] || argument=$documents/snapshot
        arguments+=("$argument")
    done
    said=$BATS_TEST_TMPDIR/said
    output=${to:-$BATS_TEST_TMPDIR/output}
    status=0
    timeout 60 "$(program "$name")" "${arguments[@]}" < "${input:-/dev/null}" \
        > "$output" 2> "$said" || status=$?
    count=$((${count:-0} + 1))
    # shellcheck disable=SC2254 # a pattern
    case $status in
    $wanted) ! grep -q 'Sanitizer\|runtime error' "$said" && return ;;
    esac
    failed "$name $*: status $status, not $wanted: $(head -c 500 "$said")"
    return 1
}

@test "--help is 0 and on stdout" {
    for name in $(tools); do
        try 0 "$name" --help || continue
        [ -s "$output" ] || failed "$name --help: says nothing"
        [ ! -s "$said" ] || failed "$name --help: speaks on stderr"
    done
    finish
}

@test "--version is 0 and the name and version" {
    for name in $(tools); do
        try 0 "$name" --version || continue
        [ "$(cat "$output")" = "$name $version" ] || failed "$name --version: $(cat "$output")"
    done
    finish
}

@test "an unknown option is 64 and one line on stderr" {
    for name in $(tools); do
        for option in --no-such-option -_; do
            try 64 "$name" "$option" || continue
            [ "$(wc -l < "$said")" -eq 1 ] || failed "$name $option: $(wc -l < "$said") lines"
            case $(cat "$said") in
            "$name: "*) ;;
            *) failed "$name $option: does not begin with its name" ;;
            esac
            [ ! -s "$output" ] || failed "$name $option: speaks on stdout"
        done
    done
    finish
}

@test "a whole document is accepted" {
    while read -r name document arguments; do
        [ -n "$(program "$name")" ] || continue
        input=$documents/$document
        # shellcheck disable=SC2086 # words
        try '[01]' "$name" $arguments || true
    done < <(readers)
    finish
}

@test "an empty document is 65 and one line on stderr" {
    while read -r name document arguments; do
        [ -n "$(program "$name")" ] || continue
        # shellcheck disable=SC2086 # words
        try 65 "$name" $arguments || continue
        [ "$(wc -l < "$said")" -eq 1 ] || failed "$name $arguments: $(wc -l < "$said") lines"
        [ ! -s "$output" ] || failed "$name $arguments: wrote something nonetheless"
    done < <(readers)
    finish
}

@test "a document cut anywhere is 65" {
    while read -r name document arguments; do
        [ -n "$(program "$name")" ] || continue
        size=$(wc -c < "$documents/$document")
        # Behind the first byte, inside, behind the last line but one, and without the last brace.
        for cut in 1 $((size / 3)) $((size / 2)) \
            $((size - $(tail -n 1 "$documents/$document" | wc -c))) $((size - 2)); do
            input=$BATS_TEST_TMPDIR/cut
            head -c "$cut" "$documents/$document" > "$input"
            # shellcheck disable=SC2086 # words
            try 65 "$name" $arguments || failed "  (cut after $cut of $size bytes)"
        done
    done < <(readers)
    finish
}

@test "an altered snapshot is 65" {
    sed 's/"name":"public"/"name":"pablic"/' "$documents/snapshot" > "$documents/altered"
    while read -r name document arguments; do
        [ -n "$(program "$name")" ] && [ "$document" = snapshot ] || continue
        input=$documents/altered
        # shellcheck disable=SC2086 # words
        try 65 "$name" $arguments || true
    done < <(readers)
    finish
}

@test "a full disk is 74" {
    [ -c /dev/full ] || skip "no /dev/full here"
    to=/dev/full
    for name in $(tools); do
        try 74 "$name" --help || true
        try 74 "$name" --version || true
    done
    while read -r name document arguments; do
        [ -n "$(program "$name")" ] || continue
        input=
        [ "$document" = - ] || input=$documents/$document
        # shellcheck disable=SC2086 # words
        try 74 "$name" $arguments || true
    done < <(writers)
    finish
}

# The closed stream is put in place by the shell that starts the tool.
closed() {
    local redirection=$1 path=$2
    shift 2
    sh -c 'input=$1; shift; exec "$@" < "${input:-/dev/null}" '"$redirection" \
        closed "${input:-}" timeout 60 "$path" "$@"
}

@test "a closed stdout, stdin or stderr is no crash" {
    while read -r name document arguments; do
        path=$(program "$name")
        [ -n "$path" ] || continue
        arguments=${arguments//OLD/$documents/snapshot}
        input=
        [ "$document" = - ] || input=$documents/$document
        for redirection in '>&-' '<&-' '2>&-' '<&- >&- 2>&-'; do
            status=0
            # shellcheck disable=SC2086 # words
            closed "$redirection" "$path" $arguments > "$BATS_TEST_TMPDIR/output" \
                2> "$BATS_TEST_TMPDIR/said" || status=$?
            count=$((${count:-0} + 1))
            [ "$status" -lt 124 ] && ! grep -q 'Sanitizer\|runtime error' "$BATS_TEST_TMPDIR/said" ||
                failed "$name $arguments $redirection: status $status: $(head -c 500 "$BATS_TEST_TMPDIR/said")"
        done
    done < <(
        writers
        for name in $(tools); do
            printf '%s - --help\n%s - --no-such-option\n' "$name" "$name"
        done
    )
    finish
}

@test "a reader that goes away is no noise" {
    for name in $(tools); do
        said=$BATS_TEST_TMPDIR/said
        "$(program "$name")" --help 2> "$said" | true
        count=$((${count:-0} + 1))
        [ ! -s "$said" ] || failed "$name --help | true: $(head -c 500 "$said")"
    done
    finish
}
