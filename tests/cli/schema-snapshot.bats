# schema-snapshot without a server: what is refused before anything is read. With one: pg/live.
# shellcheck disable=SC2030,SC2031 # every test is a subshell of its own, as it should be

setup() {
    project=$BATS_TEST_TMPDIR/project
    mkdir -p "$project/supabase"
    cd "$project" || return
    config '{}'
    unset DATABASE_URL SUPABASE_DB_URL PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD \
        PGSERVICE PGPASSFILE NODE_ENV
    export HOME=$BATS_TEST_TMPDIR
}

config() {
    printf '%s\n' "$1" > supabase/monitor-config.json
}

code() {
    [ "$status" -eq "$1" ] || { echo "status $status: $output" && false; }
}

says() {
    [[ "$output" == *"$1"* ]] || { echo "$output" && false; }
}

# A port of the loopback that nobody listens on: one that was free a moment ago.
closed_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

@test "nothing configured and no migrations is 69 and says both" {
    run "$BIN/schema-snapshot"
    code 69
    [ "${#lines[@]}" -eq 1 ]
    says "no database is configured"
    says "there are no migrations at"
}

@test "live with nothing configured is 69" {
    run "$BIN/schema-snapshot" -s live
    code 69
    says "no database is configured"
    [[ "$output" != *migrations* ]]
}

@test "a server that is down is 69 and named without the password" {
    port=$(closed_port)
    DATABASE_URL=postgresql://me:hunter2@127.0.0.1:$port/shop run "$BIN/schema-snapshot" -s live
    code 69
    [ "${#lines[@]}" -eq 1 ]
    says "cannot connect to '127.0.0.1:$port/shop'"
    [[ "$output" != *hunter2* ]]
    run "$BIN/schema-snapshot" -s live --db-url "host=127.0.0.1 port=$port dbname=shop"
    code 69
}

@test "a host that has no address is 69" {
    run "$BIN/schema-snapshot" -s live --db-url postgresql://me@no-such-host.invalid/shop
    code 69
    says no-such-host.invalid
}

@test "a socket that is not there is 69" {
    PGHOST=$BATS_TEST_TMPDIR/nowhere run "$BIN/schema-snapshot" -s live
    code 69
}

@test "a password on the command line is refused and not repeated" {
    for url in postgresql://me:hunter2@127.0.0.1/shop 'postgresql://127.0.0.1/shop?password=hunter2' \
        'host=127.0.0.1 password=hunter2' 'postgresql://127.0.0.1/shop?sslpassword=hunter2'; do
        run "$BIN/schema-snapshot" --db-url "$url"
        code 64
        says "a password in --db-url is seen by every user of this machine"
        [[ "$output" != *hunter2* ]] || { echo "$output" && false; }
    done
}

@test "a URL that cannot be read is refused and not repeated" {
    DATABASE_URL='postgresql://me:hun%zzter2@127.0.0.1/shop' run "$BIN/schema-snapshot" -s live
    code 78
    says "the database URL cannot be read"
    [[ "$output" != *ter2* ]]
    run "$BIN/schema-snapshot" -s live --db-url 'postgresql://me:hun%zzter2@127.0.0.1/shop'
    code 64
    [[ "$output" != *ter2* ]]
    SUPABASE_DB_URL='no such keyword=hunter2' run "$BIN/schema-snapshot" -s live
    code 78
    [[ "$output" != *hunter2* ]]
}

@test "env(NAME) takes the URL from the environment and from .env" {
    port=$(closed_port)
    SHOP_URL=postgresql://me:hunter2@127.0.0.1:$port/one run "$BIN/schema-snapshot" -s live --db-url 'env(SHOP_URL)'
    code 69
    says "127.0.0.1:$port/one"
    echo "SHOP_URL=postgresql://me:hunter2@127.0.0.1:$port/two" > .env
    run "$BIN/schema-snapshot" -s live --db-url 'env(SHOP_URL)'
    code 69
    says "127.0.0.1:$port/two"
    [[ "$output" != *hunter2* ]]
    run "$BIN/schema-snapshot" -s live --db-url 'env(UNSET_URL)'
    code 78
    says UNSET_URL
}

@test "the configuration's URL goes before SUPABASE_DB_URL, that before PG variables" {
    port=$(closed_port)
    export PGHOST=127.0.0.1 PGPORT=$port PGDATABASE=third
    run "$BIN/schema-snapshot" -s live
    code 69
    says "127.0.0.1:$port/third"
    export SUPABASE_DB_URL=postgresql://127.0.0.1:$port/second
    run "$BIN/schema-snapshot" -s live
    says "127.0.0.1:$port/second"
    export DATABASE_URL=postgresql://127.0.0.1:$port/first
    run "$BIN/schema-snapshot" -s live
    says "127.0.0.1:$port/first"
    config '{ "source": { "databaseUrl": "env(MINE)" } }'
    MINE=postgresql://127.0.0.1:$port/mine run "$BIN/schema-snapshot" -s live
    says "127.0.0.1:$port/mine"
    run "$BIN/schema-snapshot" -s live --db-url "postgresql://127.0.0.1:$port/asked"
    says "127.0.0.1:$port/asked"
}

@test "PG variables may stand in .env" {
    port=$(closed_port)
    printf 'PGHOST=127.0.0.1\nPGPORT=%s\nPGPASSWORD=hunter2\nPGDATABASE=shop\n' "$port" > .env
    run "$BIN/schema-snapshot" -s live
    code 69
    says "127.0.0.1:$port/shop"
    [[ "$output" != *hunter2* ]]
}

@test "a configuration that is wrong is 78 and named" {
    config '{ "source": { "ordre": ["live"] } }'
    run "$BIN/schema-snapshot"
    code 78
    says monitor-config.json
    says ordre
    config '{ "source": '
    run "$BIN/schema-snapshot"
    code 78
    config '{ "source": { "order": ["file"] } }'
    run "$BIN/schema-snapshot"
    code 78
}

@test "a command line that is wrong is 64" {
    for arguments in '--source file' '--no-such' 'argument' '--db-url' '--pretty=yes' '-s'; do
        # shellcheck disable=SC2086 # words
        run "$BIN/schema-snapshot" $arguments
        code 64
        [ "${#lines[@]}" -eq 1 ]
    done
    run "$BIN/schema-snapshot" --source file
    says "--source cannot be 'file': it is one of auto, live, supabase, shadow, migrations, offline"
}

@test "a failure writes nothing to stdout and leaves -o as it was" {
    echo before > snapshot.json
    status=0
    "$BIN/schema-snapshot" -s live -o snapshot.json > stdout 2> said || status=$?
    [ "$status" -eq 69 ]
    [ ! -s stdout ]
    [ "$(cat snapshot.json)" = before ]
    [ "$(find . -name 'snapshot.json*' | wc -l)" -eq 1 ]
    status=0
    "$BIN/schema-snapshot" -s live > stdout 2> said || status=$?
    [ "$status" -eq 69 ]
    [ ! -s stdout ]
}

@test "a project that is not there is said" {
    run "$BIN/schema-snapshot" -C "$BATS_TEST_TMPDIR/missing"
    [ "$status" -ge 64 ]
    says missing
}

@test "an error that is repeated cannot move the cursor" {
    run "$BIN/schema-snapshot" -s live --db-url "postgresql://me@no-such-host.invalid/a%1B%5B2Jb"
    code 69
    [[ "$output" != *$'\033'* ]]
}

@test "a password with a bare special character gets into no message" {
    for url in 'postgresql://u:p@ssTOPSECRET@127.0.0.1:1/db' 'postgresql://u:p@ss:TOPSECRET@127.0.0.1:1/db' \
        'postgresql://u:123/TOPSECRET@127.0.0.1:1/db' 'postgresql://u:pa/TOPSECRET@127.0.0.1:1/db'; do
        run env DATABASE_URL="$url" "$BIN/schema-snapshot" -s live -C "$BATS_TEST_TMPDIR"
        [ "$status" = 78 ]
        [[ $output == *percent-encoded* && $output != *TOPSECRET* ]]
    done
}

# ---- the migrations source: what folders may hold ----

# migration NAME TEXT: a file of the project's folder.
migration() {
    mkdir -p "$(dirname "supabase/migrations/$1")"
    printf '%b' "$2" > "supabase/migrations/$1"
}

# replay ARGUMENT...: the snapshot in "document", what is said in "output".
replay() {
    status=0
    timeout 60 "$BIN/schema-snapshot" -s migrations "$@" > document 2> said || status=$?
    output=$(cat said)
}

tables() {
    [ "$(jq -r '[.tables[]?.id] | join(" ")' document)" = "$1" ] || { jq .tables document && false; }
}

@test "a migration that is no SQL, a FIFO and links out are named, and nothing hangs" {
    migration 1_a.sql 'create table a ();'
    migration 2_b.go 'package b'
    migration 9_z.sql 'create table z ();'
    mkdir db && mv supabase/migrations db/migrations
    mkfifo db/migrations/3_c.sql
    ln -s /etc/passwd db/migrations/4_d.sql
    ln -s . db/migrations/self
    ln -s 6_f.sql db/migrations/5_e.sql
    ln -s 5_e.sql db/migrations/6_f.sql
    replay -m db/migrations
    code 0
    says "2_b.go: is no SQL: its effect is not known"
    says "3_c.sql: is a FIFO"
    says "4_d.sql: is a symbolic link out of the folder"
    says "5_e.sql: is a symbolic link that goes in a circle"
    says "self: is a symbolic link to a folder"
    [[ "$output" != *root* ]]
    tables "public.a public.z"
    [ "$(jq '.meta.warnings | length' document)" -eq 6 ]
    replay -m db/migrations/3_c.sql
    code 65
    [ ! -s document ]
}

@test "bytes that are no UTF-8 are told and stop nothing" {
    migration 1_a.sql '-- caf\xe9\ncreate table\xa0a (b text default \x27\xe9\xc3\xa9\x27);\n'
    replay
    code 0
    says "1_a.sql:1: not UTF-8 from byte 0xE9 on: read as Windows-1252"
    [ "$(jq -r '.tables[0].columns[0].default' document)" = "'éé'::text" ]
    migration 1_a.sql 'create table a ();\ncreate \x00table b ();'
    replay
    code 65
    says "has a NUL byte at line 2, column 8"
    migration 1_a.sql '\xff\xfec\x00'
    replay
    code 65
    says "is UTF-16"
    [ ! -s document ]
}

@test "text that has no end is told, in large files too" {
    migration 1_a.sql 'create table a ();\n/* open\ncreate table never ();\n'
    migration 2_b.sql 'create table b ();\ncopy b from stdin;\n1\ncreate table never ();\n'
    migration 3_c.sql 'create table c ();\ninsert into c values (\x27x);\ncreate table never ();\n'
    replay
    code 0
    says "1_a.sql:2: '/* open' is a comment without an end"
    says "2_b.sql:3: '1' and all that follows are rows of a COPY"
    says "3_c.sql:2: not parsed, column 23: unterminated quoted string"
    tables "public.a public.b public.c"
    { echo 'create table d ();' && head -c 1500000 /dev/zero | tr '\0' '\n' &&
        printf "insert into d values ('x);\ncreate table never ();\n"; } > supabase/migrations/4_d.sql
    replay
    says "4_d.sql:1500002: not parsed, column 23: a quote without an end"
    tables "public.a public.b public.c public.d"
}

@test "comments within comments cost no more than others" {
    { echo 'create table a ();' && head -c 2000000 /dev/zero | sed 's|\x00|/*|g' &&
        head -c 2000000 /dev/zero | sed 's|\x00|*/|g' && echo 'create table b ();'; } > 1.sql
    replay -m 1.sql
    code 0
    tables "public.a public.b"
}

@test "what is temporary is not of the schema" {
    migration 1_a.sql 'create table a ();\ncreate table pg_temp.b ();\nset search_path = pg_temp, public;\ncreate table c (id serial);\ncreate function d() returns int language sql as $$select 1$$;\ncreate table public.e ();\n'
    replay
    code 0
    [ -z "$output" ]
    tables "public.a public.e"
    [ "$(jq -c '[.functions, .sequences]' document)" = '[null,null]' ]
}

@test "names that are no text are shown as what they are" {
    migration $'1_\xff\n.sql' 'create tabel a;create table b ();'
    replay
    code 0
    says '1_\xff\x0a.sql:1: not parsed'
    [ "$(jq -r .meta.migrations document)" = '1_\xff\x0a.sql' ]
}

@test "templates and variables that nobody fills in cost their statement only" {
    migration 1_a.sql 'create table a ();\ncreate table {{ .Schema }}.b ();\ncreate table :"s".c ();\n\\ir x.sql\ncreate table d ();\n'
    replay
    code 0
    says "1_a.sql:2: '{{ .Schema }}' is a template that nobody fills in"
    says "1_a.sql:3: ':\"s\"' is a variable of psql"
    says "1_a.sql:4: '\\ir x.sql' is not followed"
    tables "public.a public.d"
}

@test "files without numbers run in the order of what they need" {
    mkdir sql
    echo 'create view a as select * from b;' > sql/a.sql
    echo 'create table b (c app.kind, d int references e);' > sql/b.sql
    echo "create schema app; create type app.kind as enum ('x');" > sql/z.sql
    echo 'create table e (id int primary key, b int references f);' > sql/e.sql
    echo 'create table f (id int primary key, e int references e);' > sql/f.sql
    replay -m sql
    code 0
    says "e.sql, f.sql: need each other, and stay in the order of their names"
    [[ "$output" != *a.sql:* && "$output" != *b.sql:* ]]
    [ "$(jq -r '.meta.layout + " " + .meta.order' document)" = "plain need" ]
}

@test "a base is run before the migrations" {
    migration 2_a.sql 'alter table made_by_hand add b int;'
    replay
    code 0
    says "2_a.sql:1: "
    printf -- "--\n-- A dump\n--\n\\\\restrict x\nSELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.made_by_hand (a integer);\nALTER TABLE public.made_by_hand OWNER TO somebody;\n-- Data\nCOPY public.made_by_hand (a) FROM stdin;\n1\n\\\\.\n\\\\unrestrict x\n" > base.sql
    replay --base base.sql
    code 0
    tables public.made_by_hand
    [ "$(jq -r '[.tables[0].columns[].name] | join(" ")' document)" = "a b" ]
    [ "$(jq -r .meta.base document)" = base.sql ]
    config '{ "source": { "base": "base.sql" } }'
    replay
    code 0
    tables public.made_by_hand
    replay --base nothing.sql
    code 65
    says "no migration files in 'nothing.sql' (the base)"
    # a snapshot is made again before them, and nothing is lost of it
    "$BIN/schema-snapshot" -q -s migrations > snapshot.json
    mkdir later
    echo 'create view public.later as select a from public.made_by_hand;' > later/1_later.sql
    "$BIN/schema-snapshot" -q -s migrations -m later --base snapshot.json > document
    [ "$(jq -c .tables document)" = "$(jq -c .tables snapshot.json)" ]
    [ "$(jq -r '.views[].id' document)" = public.later ]
    [ "$(jq -r .meta.base document)" = snapshot.json ]
    head -c 300 snapshot.json > cut.json
    replay --base cut.json
    code 65
    says "cut.json"
    sed 's|snapshot/1|snapshot/9|' snapshot.json > newer.json
    replay --base newer.json
    code 65
    says "newer.json"
    mkfifo fifo.json
    replay --base fifo.json
    code 65
    says "'fifo.json' is neither a file nor a folder"
}

@test "every statement without effect is a warning, up to a thousand and their number" {
    migration 1_a.sql "$(for i in $(seq 1500); do printf 'alter table t%s add a int;\\n' "$i"; done)"
    replay
    code 0
    [ "$(jq '.meta.warnings | length' document)" -eq 1001 ]
    [ "$(jq -r '.meta.warnings[999]' document | cut -d : -f 1,2)" = 1_a.sql:1000 ]
    [ "$(jq -r '.meta.warnings[1000]' document)" = "and 500 more like these" ]
}

@test "text that is no SQL at all is 65" {
    migration 1_a.sql 'this is\nnothing;\n'
    replay
    code 65
    says "there is no SQL in"
    says "1_a.sql:1: not parsed"
    [ ! -s document ]
}

# ---- the supabase source; with a database that answers: pg/drift ----

# cli TEXT: what "supabase" does.
cli() {
    mkdir -p "$BATS_TEST_TMPDIR/cli"
    printf '#!/bin/sh\n%s\n' "$1" > "$BATS_TEST_TMPDIR/cli/supabase"
    chmod +x "$BATS_TEST_TMPDIR/cli/supabase"
    [[ $PATH == "$BATS_TEST_TMPDIR"* ]] || PATH=$BATS_TEST_TMPDIR/cli:$PATH
    : > supabase/config.toml
}

# unserved SENTENCE: -s supabase is 69 and exactly this; of auto it is a part.
unserved() {
    run "$BIN/schema-snapshot" -s supabase
    code 69
    [ "$output" = "schema-snapshot: $1" ] || { echo "$output" && false; }
    run "$BIN/schema-snapshot"
    code 69
    says "$1; there are no migrations at"
}

@test "supabase: which of project, CLI, Docker and stack is not there is one sentence" {
    PATH=/usr/bin:/bin
    ! command -v supabase
    unserved 'there is no supabase/config.toml'
    : > supabase/config.toml
    unserved 'the Supabase CLI is not installed'
    cli 'echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?" >&2; exit 1'
    unserved 'Docker is not running, which the local Supabase stack needs'
    cli 'echo "failed to inspect container health: Error response from daemon: No such container: supabase_db_x" >&2; exit 1'
    unserved 'the local Supabase stack is not running (supabase start)'
    mkdir -p supabase/.temp
    printf abcdefghijklmnopqrst > supabase/.temp/project-ref
    unserved 'the local Supabase stack is not running (supabase start) and the linked project needs SUPABASE_DB_PASSWORD'
}

@test "supabase: a CLI that fails or says something else is told, what it says is not" {
    cli 'echo hunter2; exit 3'
    unserved "'supabase status' failed with exit code 3"
    cli 'echo hunter2'
    unserved "'supabase status' told of no database"
    cli 'echo "{\"DB_URL\": 5}"; echo "[]"; echo "{"'
    unserved "'supabase status' told of no database"
    cli 'printf "{\"DB_URL\":\"host=/tmp password=hunter2\"}"'
    unserved "'supabase status' told of no database"
    cli 'printf "{\"DB_URL\":\"postgresql://a\\\\nb\"}"'
    unserved "'supabase status' told of no database"
    cli 'head -c 10000000 /dev/zero | tr "\\0" "{"'
    unserved "'supabase status' told of no database"
    cli 'yes "{\"a\":" | head -c 10000000'
    unserved "'supabase status' told of no database"
    cli 'kill -KILL $$'
    unserved "'supabase status' was killed"
}

@test "supabase: a CLI that hangs has ten seconds" {
    cli 'sleep 60 & sleep 60'
    SECONDS=0
    run "$BIN/schema-snapshot" -s supabase
    code 69
    [ "$output" = "schema-snapshot: 'supabase status' did not answer in 10 seconds" ]
    [ "$SECONDS" -le 14 ]
    ! pgrep -f "$BATS_TEST_TMPDIR/cli/supabase"
}

@test "supabase: where migrations are, they serve without a word" {
    mkdir supabase/migrations
    echo 'create table notes (id int);' > supabase/migrations/1_notes.sql
    cli 'exit 1'
    "$BIN/schema-snapshot" > snapshot 2> said
    [ ! -s said ]
    sed -n 2p snapshot | grep '"source":"migrations"'
    run grep '"fallback"' snapshot
    code 1
}

@test "supabase: a URL that does not answer is named without its password, and the migrations say so" {
    port=$(closed_port)
    cli "echo '{\"DB_URL\":\"postgresql://postgres:hunter2@127.0.0.1:$port/postgres\"}'"
    run "$BIN/schema-snapshot" -s supabase
    code 69
    says "cannot connect to '127.0.0.1:$port/postgres'"
    [[ "$output" != *hunter2* ]]
    mkdir supabase/migrations
    echo 'create table notes (id int);' > supabase/migrations/1_notes.sql
    "$BIN/schema-snapshot" > snapshot 2> said
    grep "read from migrations: cannot connect to '127.0.0.1:$port/postgres'" said
    grep '"fallback":"cannot connect' snapshot
    run grep hunter2 said snapshot
    code 1
}

@test "supabase: the linked project's password goes to hosts of Supabase only" {
    mkdir supabase/.temp
    printf abcdefghijklmnopqrst > supabase/.temp/project-ref
    export SUPABASE_DB_PASSWORD=hunter2
    for url in 'postgresql://postgres.abcdefghijklmnopqrst:[YOUR-PASSWORD]@evil.example:6543/postgres' \
        'postgresql://postgres@evil.example/?x=.pooler.supabase.com' \
        'postgresql://postgres@evil.example%2f.pooler.supabase.com/postgres' \
        'postgresql://postgres@127.0.0.1:5432/postgres' 'host=evil.example' 'postgresql://'; do
        printf '%s' "$url" > supabase/.temp/pooler-url
        run "$BIN/schema-snapshot" -s supabase
        code 69
        [ "$output" = 'schema-snapshot: supabase/.temp does not hold what the Supabase CLI writes there (supabase link)' ] ||
            { echo "$output" && false; }
    done
    rm supabase/.temp/pooler-url
    printf 'evil.example/' > supabase/.temp/project-ref
    run "$BIN/schema-snapshot" -s supabase
    code 69
    says 'supabase link'
}

@test "only what is asked for is written, whatever the source" {
    mkdir supabase/migrations
    echo 'create type public.e as enum (); create table public.t (a int primary key, b int); create index on public.t (b);' \
        >supabase/migrations/1_t.sql
    "$BIN/schema-snapshot" -s migrations -k enums,tables >some
    jq -e 'has("enums") and has("tables") and (has("schemas") | not) and .tables[0].indexes != null' some
    jq -e '.meta.kinds == ["enums", "tables"]' some
    "$BIN/schema-snapshot" -s migrations -k constraints,tables,constraints >some
    jq -e '.meta.kinds == ["constraints", "tables"]' some
    jq -e '.tables[0] | has("constraints") and (has("columns") or has("indexes") | not)' some
    "$BIN/schema-snapshot" -s migrations | "$BIN/gen-ts-types" >whole.ts
    "$BIN/schema-snapshot" -s migrations -k types | "$BIN/gen-ts-types" | cmp whole.ts -
    run "$BIN/schema-snapshot" -s migrations -k table
    code 64
    says "'table' is no section of a snapshot (see snapshot(5))"
    run "$BIN/schema-snapshot" -s migrations -k enums,columns
    code 64
    says "'columns' are nested in objects of sections not asked for"
}

@test "a document made from other files is whole, though the schema is the same" {
    mkdir supabase/migrations
    echo 'create table notes (id int);' > supabase/migrations/1_notes.sql
    "$BIN/schema-snapshot" -s migrations -o known
    sed -n 2p known | grep '"history":\["1_notes.sql [0-9a-f]\{16\}"\]'
    "$BIN/schema-snapshot" -s migrations --if-changed known | grep '"unchanged":true'
    echo 'select 1;' > supabase/migrations/2_seed.sql
    "$BIN/schema-snapshot" -s migrations --if-changed known > new
    grep '"public.notes"' new
    "$BIN/schema-snapshot" -s migrations --if-changed known -o known
    sed -n 2p known | grep '"2_seed.sql '
    [ "$(tail -n 1 known)" = "$(tail -n 1 new)" ]
}
