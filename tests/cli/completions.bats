# The bash completion, asked as bash asks it.

setup() {
    PATH=$BIN:$PATH
    cd "$BATS_TEST_TMPDIR" || return
    mkdir -p folder
    touch file.json
    # shellcheck source=/dev/null
    . "$SOURCE/share/completions/schema-monitor.bash"
}

# completed WORD...: what bash would offer for the last word.
completed() {
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _schema_monitor "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[*]}"
}

needs() {
    [ -x "$BIN/$1" ] || skip "$1 was not built"
}

@test "commands complete until one is given" {
    needs schema
    [ "$(completed schema sto)" = "stop" ]
    [ "$(completed schema -C folder stat)" = "status" ]
    [[ $(completed schema "") == *"check"*"start"* ]]
    [ "$(completed schema check sto)" = "" ]
}

@test "options complete anywhere" {
    needs schema
    [ "$(completed schema --pro)" = "--project" ]
    [ "$(completed schema check --vers)" = "--version" ]
    needs schema-diff
    [ "$(completed schema-diff --agai)" = "--against" ]
}

@test "a value completes as its kind" {
    needs schema
    [ "$(completed schema --project f)" = "folder" ]
    [ "$(completed schema -C f)" = "folder" ]
    needs schema-diff
    [ "$(completed schema-diff --against "fi")" = "file.json" ]
    [ "$(completed schema-diff --fail-on f)" = "" ]
    [ "$(completed schema-diff --format ma)" = "markdown" ]
    [ "$(completed schema-diff -f j)" = "json jsonpatch" ]
    [ "$(completed schema-diff "fi")" = "file.json" ]
}

@test "every program that people run is registered" {
    for file in "$SOURCE"/man/*.1; do
        name=$(basename "$file" .1)
        [ -x "$BIN/$name" ] || continue
        complete -p "$name"
    done
}
