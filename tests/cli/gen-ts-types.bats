# gen-ts-types on the command line; what it writes is tested by cases/types.sh.
# shellcheck disable=SC2030,SC2031 # every test is a subshell of its own, as it should be

setup() {
    SNAPSHOT=$SOURCE/tests/cases/types/tenants-cli3/snapshot.json
    cd "$BATS_TEST_TMPDIR" || exit
    mkdir project
    cd project || exit
    set -o pipefail
}

# lacks FILE PATTERN
lacks() {
    if grep "$2" "$1"; then
        return 1
    fi
}

types() {
    "$BIN/gen-ts-types" "$@"
}

@test "stdin, - and a file are the same" {
    types "$SNAPSHOT" >from-file
    types <"$SNAPSHOT" >from-stdin
    types - <"$SNAPSHOT" >from-dash
    cmp from-file from-stdin
    cmp from-file from-dash
    grep -q '^  public: {$' from-file
    lacks from-file '^  tenant: {$'
}

@test "a file is made with its directories, and left alone when nothing changed" {
    types -o src/types/database.ts "$SNAPSHOT" >output
    [ ! -s output ]
    touch -t 202001010000 src/types/database.ts
    touch -t 202101010000 later
    types -o src/types/database.ts "$SNAPSHOT"
    [ ! src/types/database.ts -nt later ]
    types -n tenant -o src/types/database.ts "$SNAPSHOT"
    grep -q '^  tenant: {$' src/types/database.ts
}

@test "a failed run leaves the file as it was" {
    types -o database.ts "$SNAPSHOT"
    cp database.ts before
    head -n 10 "$SNAPSHOT" >cut.json
    run types -o database.ts cut.json
    [ "$status" -eq 65 ]
    cmp before database.ts
    [ "$(ls)" = "$(printf 'before\ncut.json\ndatabase.ts')" ]
}

@test "--check is quiet and 0 on a fresh file" {
    types -o database.ts "$SNAPSHOT"
    run types --check database.ts "$SNAPSHOT"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "--check names what differs and exits 1" {
    types "$SNAPSHOT" | sed 's/^\(          status[?]*:\) .*/\1 string/' >database.ts
    run types --check database.ts "$SNAPSHOT"
    [ "$status" -eq 1 ]
    [[ $output == *'- public.Tables.users.Row: status: string'* ]]
    [[ $output == *'+ public.Tables.users.Row: status: Database["public"]["Enums"]["status"]'* ]]
    [ "$(printf '%s\n' "${lines[@]}" | grep -c '^[-+] public.Tables.users.')" -eq "${#lines[@]}" ]
}

@test "--check on a file that is not there is a finding" {
    run types --check nowhere.ts "$SNAPSHOT"
    [ "$status" -eq 1 ]
    [ "$output" = "there is no 'nowhere.ts'" ]
}

@test "the project's configuration says which schemas and which dialect" {
    mkdir supabase
    echo '{ "types": { "schemas": ["tenant", "nowhere"], "compat": "cli2" } }' >supabase/monitor-config.json
    types "$SNAPSHOT" >out
    grep -q '^  tenant: {$' out
    lacks out '^  public: {$'
    lacks out ComputedFields
    types -n public --compat cli3 "$SNAPSHOT" >out
    grep -q '^  public: {$' out
    grep -q ComputedFields out
    cd /
    types -C "$BATS_TEST_TMPDIR/project" "$SNAPSHOT" >"$BATS_TEST_TMPDIR/out"
    grep -q '^  tenant: {$' "$BATS_TEST_TMPDIR/out"
}

@test "* is every schema of the snapshot" {
    types -n '*' "$SNAPSHOT" >out
    [ "$(grep -cE '^  ("Odd Schema"|internal|public|tenant): \{$' out)" -eq 8 ]
}

@test "--output and --check exclude each other, and a dialect must be known" {
    run types -o a --check b "$SNAPSHOT"
    [ "$status" -eq 64 ]
    run types --compat cli9 "$SNAPSHOT"
    [ "$status" -eq 64 ]
}

@test "the short form of an unchanged snapshot is refused" {
    { head -n 1 "$SNAPSHOT"
      echo '"meta":{"source":"live","unchanged":true},'
      tail -n 1 "$SNAPSHOT"; } >short.json
    run types short.json
    [ "$status" -eq 65 ]
}

@test "a control character in a name does not reach the terminal by --check" {
    types -n '*' "$SOURCE/tests/cases/types/unicode-cli2/snapshot.json" >database.ts
    printf 'evil \033[31m line\n' >>database.ts
    run types -n '*' --check database.ts "$SOURCE/tests/cases/types/unicode-cli2/snapshot.json"
    [ "$status" -eq 1 ]
    [[ $output != *$'\033'* ]]
}

@test "the configuration asks for better types as the options do" {
    PRECISE=$SOURCE/tests/cases/types/precise/snapshot.json
    mkdir supabase
    for key in precise bigint jsdoc utilities; do
        echo '{}' >supabase/monitor-config.json
        types "$PRECISE" >plain
        types --$key "$PRECISE" >by-option
        echo "{ \"types\": { \"$key\": true } }" >supabase/monitor-config.json
        types "$PRECISE" >by-configuration
        types -n public --compat cli3 "$PRECISE" >by-configuration-too
        cmp by-option by-configuration
        cmp by-option by-configuration-too
        [ $key = jsdoc ] || ! cmp -s plain by-option
    done
    echo '{ "types": { "precise": "yes" } }' >supabase/monitor-config.json
    run types "$PRECISE"
    [ "$status" -eq 78 ]
    [[ $output == *types.precise* ]]
}

@test "--unknowns writes no types, finds nothing wrong, and goes with no file" {
    PRECISE=$SOURCE/tests/cases/types/precise/snapshot.json
    types --unknowns text "$PRECISE" >text
    grep -q '^column public.things.ip: inet: not known to the official generator; told by --precise$' text
    types --unknowns json "$PRECISE" | jq -e 'length == '"$(wc -l <text)"' and all(.[]; .kind and .object and .reason)'
    types --unknowns json -n nowhere "$PRECISE" | jq -e '. == []'
    for other in -o --check; do
        run types --unknowns text $other file "$PRECISE"
        [ "$status" -eq 64 ]
        [[ $output == *"--unknowns excludes --output and --check"* ]]
    done
    run types --unknowns xml "$PRECISE"
    [ "$status" -eq 64 ]
    [ ! -e file ]
}

@test "a view whose query is not known, and an extension in a schema that is written, are told" {
    {
        printf '{"format":"snapshot/1",\n"meta":{"source":"migrations"},\n'
        cat <<'SECTIONS' | tee sections
"schemas":[
{"id":"public","name":"public"}
],
"extensions":[
{"id":"pg_trgm","name":"pg_trgm","schema":"public","version":"1.6"}
],
"views":[
{"columns":[{"name":"a","type":"integer"}],"id":"public.v","name":"v","schema":"public"}
],
SECTIONS
        printf '"hash":"sha256:%s"}\n' "$(sha256sum sections | cut -d ' ' -f 1)"
    } >told.json
    types --unknowns text told.json >text
    grep -q '^view public.v: its query is not in the snapshot' text
    grep -q '^extension pg_trgm: ' text
    [ "$(wc -l <text)" -eq 2 ]
}
