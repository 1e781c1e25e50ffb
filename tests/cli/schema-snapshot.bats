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
    says "--source cannot be 'file': it is one of auto, live, shadow, migrations"
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
