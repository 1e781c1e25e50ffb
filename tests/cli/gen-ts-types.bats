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
    [ "${#lines[@]}" -eq 2 ]
    [ "${lines[0]}" = '1 difference: 1 breaking' ]
    [[ ${lines[1]} == 'breaking: table public.users, column status: another type: string -> Database["public"]["Enums"]["status"]'* ]]
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
    run types --merge a --check b "$SNAPSHOT"
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

@test "--check says when only layout or helper types differ" {
    types "$SNAPSHOT" | sed 's/^ *//; s/: string$/: string;/' >database.ts
    run types --check database.ts "$SNAPSHOT"
    [ "$status" -eq 1 ]
    [ "$output" = 'the types are the same; the layout of the file differs' ]
    types "$SNAPSHOT" | sed '/^type Part</,/^  : never/d' >database.ts
    run types --check database.ts "$SNAPSHOT"
    [ "$status" -eq 1 ]
    [ "$output" = 'the types are the same; the helper types at the end of the file differ' ]
}

@test "--check names the line of what cannot be read, and lists lines" {
    types "$SNAPSHOT" | sed '11s/.*/}}/' >database.ts
    run types --check database.ts "$SNAPSHOT"
    [ "$status" -eq 1 ]
    [[ ${lines[0]} == "'database.ts' cannot be read as generated types, so its lines are compared: line 12: "* ]]
    [[ $output == *'- '*'}}'* ]]
}

@test "overrides and brands come from the configuration" {
    mkdir supabase
    cp "$SOURCE/tests/cases/merge/overrides/config.json" supabase/monitor-config.json
    types "$SOURCE/tests/cases/merge/base.json" >out
    [ "$(head -n 1 out)" = 'import type { Settings } from "../settings"' ]
    [ "$(grep -c '^ *settings?*: Settings | null$' out)" -eq 3 ]
    [ "$(grep -c '^ *data?*: string | { raw: string } | null$' out)" -eq 6 ]
    [ "$(grep -c '^ *user_id?*: (*string & { readonly __brand: "UserId" })*' out)" -eq 6 ]
    grep -q '^          id: number & { readonly __brand: "OrdersId" }$' out
    # shellcheck disable=SC2016 # a template of TypeScript
    grep -qF 'Returns: `${number}`' out
}

@test "tags in comments count where the project says so" {
    mkdir supabase
    echo '{}' >supabase/monitor-config.json
    types "$SOURCE/tests/cases/merge/new.json" >out
    lacks out __brand
    echo '{ "types": { "commentTags": true } }' >supabase/monitor-config.json
    types "$SOURCE/tests/cases/merge/new.json" >out 2>notes
    grep -q '^          settings: import("../settings").Settings | null$' out
    [ "$(grep -c '__brand: "UserId"' out)" -eq 9 ]
    lacks out evil
    [ "$(cat notes)" = "gen-ts-types: public.orders.id: the comment's @brand is left out: it is no name of letters and digits" ]
}

@test "an override that is no type, import or name is refused, and nothing is written" {
    mkdir supabase
    for value in \
        '"overrides": { "a.b.c": { "type": "string; export const evil = 1" } }' \
        '"overrides": { "a.b.c": { "type": "string /* open" } }' \
        '"overrides": { "a.b.c": { "type": "string } & {" } }' \
        '"overrides": { "a.b.c": { "type": "string", "import": "import { run } from \"x\"" } }' \
        '"overrides": { "a.b.c": { "type": "string", "import": "import type { A from \"x\"" } }' \
        '"overrides": { "a.b.c": { "type": "string", "import": "import type { A } from \"x\"; run()" } }' \
        '"overrides": { "a.b.c.d": { "type": "string" } }' \
        '"overrides": { "a.\"b": { "type": "string" } }' \
        '"overrides": { "a..b": { "type": "string" } }' \
        '"overrides": { "a.b.c": { } }' \
        '"brand": { "a.b.c": { "name": "a\"b" } }' \
        '"brand": { "uuid": { } }'; do
        echo "{ \"types\": { $value } }" >supabase/monitor-config.json
        run types -o database.ts "$SNAPSHOT"
        [ "$status" -eq 78 ] || { echo "$value: $status"; return 1; }
        [ "${#lines[@]}" -eq 1 ]
        [ ! -e database.ts ]
    done
}

@test "the override that says most wins" {
    mkdir supabase
    echo '{ "types": { "overrides": {
        "*.*.*": { "type": "1" }, "public.*.settings": { "type": "2" }, "public.users.sett*": { "type": "3" },
        "bigint": { "type": "4" } } } }' >supabase/monitor-config.json
    types "$SOURCE/tests/cases/merge/base.json" >out
    grep -q '^          settings: 3 | null$' out
    grep -q '^          name: 1$' out
    grep -q '^          id: 1$' out
}

@test "an edited file is not replaced where there is nowhere to keep it" {
    types --merge database.ts "$SNAPSHOT"
    sed 's/status?*: .*/status: "mine"/' database.ts >edited
    cp edited database.ts
    run types --merge database.ts "$SNAPSHOT"
    [ "$status" -eq 65 ]
    [[ $output == *"--project"* ]]
    cmp edited database.ts
    [ ! -e backups ]
    types -C . --merge database.ts "$SNAPSHOT"
    "$BIN/backup-rotate" -C . restore types newest --to restored.ts
    cmp edited restored.ts
    "$BIN/backup-rotate" -C . list types | grep -q 'pinned: edited by hand'
}

@test "--check holds a merged file to what merging makes of it" {
    types --merge database.ts "$SNAPSHOT"
    { printf '// <custom a>\nimport "a"\n// </custom>\n'; sed 's/^ *//' database.ts; } >laid-out.ts
    types --check laid-out.ts "$SNAPSHOT"
    cp laid-out.ts before
    types --merge laid-out.ts "$SNAPSHOT"
    cmp before laid-out.ts
    run types --check laid-out.ts -n tenant "$SNAPSHOT"
    [ "$status" -eq 1 ]
    [[ $output == *'breaking: schema public: removed'* ]]
    lacks <(echo "$output") 'import'
    echo '// <custom b>' >>database.ts
    run types --check database.ts "$SNAPSHOT"
    [ "$status" -eq 65 ]
}

@test "a control character in a name does not reach the terminal by --check" {
    types -n '*' "$SOURCE/tests/cases/types/unicode-cli2/snapshot.json" >database.ts
    printf 'evil \033[31m line\n' >>database.ts
    run types -n '*' --check database.ts "$SOURCE/tests/cases/types/unicode-cli2/snapshot.json"
    [ "$status" -eq 1 ]
    [[ $output != *$'\033'* ]]
    printf 'export type Database = {\n  a: \033[31m\n}\n' >database.ts
    run types --check database.ts "$SNAPSHOT"
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
        [[ $output == *"--unknowns excludes --output, --check and --merge"* ]]
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

@test "a role that the snapshot does not have is bad input, and those there are are named" {
    run types --as-role nobody "$SOURCE/tests/cases/types/as-role-reader/snapshot.json"
    [ "$status" -eq 65 ]
    [ "$output" = "gen-ts-types: the snapshot has no role 'nobody', only 'editor', 'member', 'postgres', 'reader'" ]
    run types -o file.ts --as-role '' "$SNAPSHOT"
    [ "$status" -eq 0 ]
}

@test "what a snapshot does not tell about a role is said" {
    run types -o file.ts --as-role postgres "$SOURCE/tests/cases/types/as-role-reader/snapshot.json"
    [ "$status" -eq 0 ]
    [[ "$output" == *"does not say what 'postgres' is"* ]]
    [[ "$output" == *"'public.mine'"* ]]
    run types -q -o file.ts --as-role postgres "$SOURCE/tests/cases/types/as-role-reader/snapshot.json"
    [ -z "$output" ]
}

@test "the project says role, language and splitting, the command line goes before it" {
    mkdir supabase
    echo '{"types": {"asRole": "reader", "lang": "zod"}}' >supabase/monitor-config.json
    types "$SOURCE/tests/cases/types/as-role-reader/snapshot.json" 2>said >out.ts
    grep -q '^import { z } from "zod"$' out.ts
    lacks out.ts audit:
    types --as-role '' --lang typescript "$SOURCE/tests/cases/types/as-role-reader/snapshot.json" >out.ts
    grep -q '^      audit: {$' out.ts
    echo '{"types": {"split": true}}' >supabase/monitor-config.json
    types "$SNAPSHOT" >out.ts
    types -o database.ts "$SNAPSHOT"
    [ -e database/public/users.ts ]
    types --check database.ts "$SNAPSHOT"
    echo '{"types": {"split": 1}}' >supabase/monitor-config.json
    run types "$SNAPSHOT"
    [ "$status" -eq 78 ]
}

@test "--split needs a file or directory and typescript" {
    run types --split "$SNAPSHOT"
    [ "$status" -eq 64 ]
    run types --split --lang zod -o out "$SNAPSHOT"
    [ "$status" -eq 64 ]
    [ -z "$(ls)" ]
}

@test "--split leaves alone what did not change, and removes its own files of what is gone" {
    types -n '*' --split -o types "$SNAPSHOT"
    [ -e types/index.ts ]
    [ -e types/public/users.ts ]
    [ -e types/tenant/users.ts ]
    find types -name '*.ts' -exec touch -t 202001010000 {} +
    touch -t 202101010000 later
    echo 'export const mine = 1' >types/tenant/mine.ts
    types -n '*' --split -o types/ "$SNAPSHOT"
    [ "$(find types -type f -newer later)" = types/tenant/mine.ts ]
    types -n public --split -o types "$SNAPSHOT"
    [ "$(ls types/tenant)" = mine.ts ]
    [ types/index.ts -nt later ]
}

@test "--split replaces nothing that it did not write" {
    mkdir -p types/public
    echo 'mine' >types/public/users.ts
    run types --split -o types "$SNAPSHOT"
    [ "$status" -eq 73 ]
    [[ "$output" == *"'types/public/users.ts'"* ]]
    [ "$(find types -type f)" = types/public/users.ts ]
    [ "$(cat types/public/users.ts)" = mine ]
}

@test "--split --check tells which file is stale" {
    types --split -o types "$SNAPSHOT"
    types --split --check types "$SNAPSHOT"
    sed -i.bak 's/string/number/' types/public/users.ts
    mkdir types/empty
    run types --split --check types "$SNAPSHOT"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "'types/public/users.ts':" ]
    [ -d types/empty ]
    rm types/public/users.ts
    run types --split --check types "$SNAPSHOT"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "there is no 'types/public/users.ts'" ]
}

@test "names of files stay in their directory" {
    types -n '*' --split -o types "$SOURCE/tests/cases/types/hostile/snapshot.json"
    [ "$(ls)" = types ]
    [ -z "$(find types -name '*[!a-z0-9_+.-]*')" ]
    [ -z "$(find types -mindepth 3 -not -name '*.ts')" ]
}

# ---- the official CLI ----

# fake TYPES: a program of its name in PATH, which notes how it was called and says what the real one does.
fake() {
    mkdir -p bin supabase
    cp "$1" said.ts
    cat >bin/supabase <<EOF
#!/bin/sh
case \$* in
--version) echo "\${FAKE_VERSION:-3.1.0}" && exit ;;
esac
printf '%s\n' "\$@" >"$PWD/arguments"
printf '%s\n' "\$PGPASSWORD" "\$SUPABASE_ACCESS_TOKEN" >"$PWD/secrets"
echo "Target: custom Postgres" >&2
[ -z "\$FAKE_SAYS" ] || { echo "\$FAKE_SAYS secret-key" >&2; exit 1; }
echo "Connected without TLS"
echo
cat "$PWD/said.ts"
echo "Generated TypeScript is unformatted." >&2
EOF
    chmod +x bin/supabase
    export PATH="$PWD/bin:$PATH" DATABASE_URL='postgresql://me:p%40ss%2F1@db.test:6543/app'
}

@test "--engine official writes what the official CLI writes, and no password is among its arguments" {
    fake "$SOURCE/tests/cli/official.ts"
    types --engine official -n public,tenant >types.ts 2>said
    cmp "$SOURCE/tests/cli/official.ts" types.ts
    [ ! -s said ]
    printf '%s\n' gen types --lang=typescript '--remote=postgresql://me@db.test:6543/app' --schema public,tenant |
        cmp - arguments
    [ "$(head -n 1 secrets)" = 'p@ss/1' ]
    FAKE_VERSION='2.40.7' types --engine official -o older.ts
    grep -qx -e '--db-url=postgresql://me@db.test:6543/app' arguments
    cmp types.ts older.ts
}

@test "--engine official asks the linked project or the local stack, as the sources are in order" {
    fake "$SOURCE/tests/cli/official.ts"
    unset DATABASE_URL
    run types --engine official
    [ "$status" -eq 69 ]
    [[ $output == *"needs a database, and there is none"* ]]
    [ ! -e arguments ]
    touch supabase/config.toml
    types --engine official >/dev/null
    printf '%s\n' gen types --lang=typescript --schema public | cmp - arguments
    mkdir supabase/.temp
    echo abcdefghijklmnopqrst >supabase/.temp/project-ref
    echo SUPABASE_ACCESS_TOKEN=sbp_1 >.env
    types --engine official >/dev/null
    grep -qx -e --remote arguments
    [ "$(tail -n 1 secrets)" = sbp_1 ]
    FAKE_VERSION=2.1.0 types --engine official >/dev/null
    grep -qx -e --linked arguments
    echo '{"source":{"order":["live"]}}' >supabase/monitor-config.json
    run types --engine official
    [ "$status" -eq 69 ]
}

@test "the official types go the way of ours: replaced, checked, merged, overridden" {
    fake "$SOURCE/tests/cli/official.ts"
    echo '{"types":{"engine":"official","overrides":{"public.users.data":{"type":"Data | Other","import":"import type { Data, Other } from \"./data\""},"jsonb":{"type":"X"}},"brand":{"public.users.id":{"name":"UserId"}}}}' \
        >supabase/monitor-config.json
    types -o types.ts 2>said
    grep -q "'jsonb' is a type of PostgreSQL" said
    [ "$(head -n 1 types.ts)" = 'import type { Data, Other } from "./data"' ]
    [ "$(grep -c '"data"?\{0,1\}: Data | Other | null' types.ts)" = 3 ]
    [ "$(grep -c 'string & { readonly __brand: "UserId" }' types.ts)" = 3 ]
    grep -q '"total"?: never' types.ts
    types -q --check types.ts
    printf '// <custom mine>\nexport type Mine = 1\n// </custom>\n' >>types.ts
    types -q --merge types.ts
    types -q --check types.ts
    grep -q 'export type Mine = 1' types.ts
    sed 's/"email": string/"email": number/' said.ts >other.ts
    mv other.ts said.ts
    run types -q --check types.ts
    [ "$status" -eq 1 ]
    [[ $output == *"table public.users, column email"* ]]
}

@test "an official CLI that is not there, fails or writes something else changes nothing" {
    fake "$SOURCE/tests/cli/official.ts"
    types --engine official -o types.ts
    cp types.ts before
    FAKE_SAYS='password authentication failed' run types --engine official -o types.ts
    [ "$status" -eq 69 ]
    [ "$output" = "gen-ts-types: 'supabase gen types' failed: the database refused the password" ]
    FAKE_SAYS='something else' run types --engine official -o types.ts
    [ "$status" -eq 69 ]
    [ "$output" = "gen-ts-types: 'supabase gen types' failed with exit code 1" ]
    head -n 20 "$SOURCE/tests/cli/official.ts" >said.ts
    run types --engine official -o types.ts
    [ "$status" -eq 69 ]
    [[ $output == *"no whole file of types: line 20: "* ]]
    echo nothing >said.ts
    run types --engine official -o types.ts
    [ "$status" -eq 69 ]
    [[ $output == *"the official CLI wrote no types" ]]
    rm bin/supabase
    PATH=/usr/bin:/bin run types --engine official -o types.ts
    [ "$status" -eq 69 ]
    [[ $output == *"is not installed" ]]
    DATABASE_URL='host=db.test' run types --engine official -o types.ts
    [ "$status" -eq 69 ]
    cmp before types.ts
}

@test "--engine official excludes what only our own types have" {
    fake "$SOURCE/tests/cli/official.ts"
    for option in --precise --bigint --jsdoc --utilities --no-one-to-one --no-partitions --split \
        '--compat cli2' '--as-role anon' '--lang zod' '--include a' '--unknowns text' "$SNAPSHOT"; do
        # shellcheck disable=SC2086 # options and what they are given
        run types --engine official $option
        [ "$status" -eq 64 ]
    done
    run types --engine official -n '*'
    [ "$status" -eq 64 ]
    [ ! -e arguments ]
}
