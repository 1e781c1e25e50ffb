#!/usr/bin/env bats
# The supervisor without a database: commands, bad input, one line and one code for each.

setup() {
    PATH=$BIN:$PATH
    project=$BATS_TEST_TMPDIR/project
    mkdir -p "$project/supabase/migrations"
    cd "$project"
    echo 'create table notes (id bigint primary key, body text not null);' >supabase/migrations/1_notes.sql
    echo '{ "notifications": { "push": false }, "source": { "order": ["migrations"] } }' >supabase/monitor-config.json
    unset DATABASE_URL SUPABASE_DB_URL PGHOST PGDATABASE PGSERVICE PGHOSTADDR
}

teardown() {
    schema stop >/dev/null 2>&1 || :
}

one_line() {
    [ "${#lines[@]}" = 1 ] || { printf '%s\n' "$output"; false; }
}

# As somebody whom permissions bind, when we are root.
unprivileged() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}

@test "help and version are on stdout, a full disk is 74" {
    run schema --help
    [ "$status" = 0 ]
    [[ $output == Usage:* ]]
    run schema --version
    [ "$status" = 0 ]
    [[ $output == "schema "[0-9]* ]]
    run sh -c 'schema --help >/dev/full'
    [ "$status" = 74 ]
    run sh -c 'schema --version >/dev/full'
    [ "$status" = 74 ]
}

@test "a wrong command line is 64 and one line" {
    for arguments in '' 'frobnicate' '--frobnicate' 'check twice' '-C'; do
        # shellcheck disable=SC2086
        run schema $arguments
        [ "$status" = 64 ]
        one_line
    done
}

@test "migrations without a database: first snapshot, no change, a change" {
    run schema check
    [ "$status" = 0 ]
    [[ $output == *'first snapshot'* ]]
    grep -q 'body: string' src/types/database.ts
    run schema check
    [ "$status" = 0 ]
    [[ $output == *'no change'* ]]
    echo 'alter table notes drop column body;' >supabase/migrations/2_drop.sql
    run schema check
    [ "$status" = 1 ]
    [[ $output == *'table public.notes'*'- column body removed'* ]]
    run schema status
    [ "$status" = 0 ]
    [[ $output == *'1 breaking'* ]]
}

@test "types and docs that are gone are written again without a change" {
    schema -q check
    rm src/types/database.ts docs/database-schema.md
    run schema -q check
    [ "$status" = 0 ]
    [ -s src/types/database.ts ]
    [ -s docs/database-schema.md ]
}

@test "documentation split into pages is kept in a directory, and made again when it is gone" {
    printf '{"docs": {"split": "table"}}' >supabase/monitor-config.json
    run schema check
    [ "$status" = 0 ]
    [[ $output == *'docs        docs/database-schema'* ]]
    [ -s docs/database-schema/README.md ] && [ -s docs/database-schema/table.public.notes.md ]
    [ ! -e docs/database-schema.md ]
    rm -r docs
    schema -q check
    [ -s docs/database-schema/README.md ]
    echo 'drop table notes; create table remarks (id int);' >supabase/migrations/2_drop.sql
    run schema -q check
    [ "$status" = 1 ]
    [ ! -e docs/database-schema/table.public.notes.md ] && [ -s docs/database-schema/table.public.remarks.md ]
}

@test "types that somebody edited are backed up before they are replaced" {
    schema -q check
    echo '// mine' >>src/types/database.ts
    run schema types
    [ "$status" = 0 ]
    ! grep -q mine src/types/database.ts
    run backup-rotate restore types newest --to kept.ts
    [ "$status" = 0 ]
    grep -q mine kept.ts
}

@test "custom parts of the types are kept where the configuration says so, and where there are some" {
    schema -q check
    printf '// <custom ours>\nexport type Ours = 1\n// </custom>\n' >>src/types/database.ts
    echo 'alter table notes add column later text;' >supabase/migrations/2_later.sql
    run schema check
    [ "$status" = 1 ]
    grep -q later src/types/database.ts
    grep -q '^export type Ours = 1$' src/types/database.ts
    grep -q '^// gen-ts-types sha256:' src/types/database.ts
    # Once merged, always.
    cp src/types/database.ts before.ts
    run schema types
    [ "$status" = 0 ]
    cmp src/types/database.ts before.ts
    rm src/types/database.ts
    echo '{ "notifications": { "push": false }, "source": { "order": ["migrations"] }, "types": { "merge": true } }' \
        >supabase/monitor-config.json
    run schema types
    [ "$status" = 0 ]
    grep -q '^// gen-ts-types sha256:' src/types/database.ts
}

@test "an edit outside of the custom parts is kept for good and told" {
    echo '{ "notifications": { "push": false }, "source": { "order": ["migrations"] }, "types": { "merge": true } }' \
        >supabase/monitor-config.json
    schema -q check
    sed 's/body: string/body: "mine"/' src/types/database.ts >edited.ts
    cp edited.ts src/types/database.ts
    run schema types
    [ "$status" = 0 ]
    [[ $output == *"was edited outside of its custom regions"*"table public.notes, column body"* ]]
    ! grep -q mine src/types/database.ts
    backup-rotate restore types newest --to kept.ts
    cmp edited.ts kept.ts
    backup-rotate list types | grep -q 'pinned: edited by hand'
    jq -e 'select(.event.type == "types.updated" and .event.severity == "warning")' logs/notifications/history.jsonl ||
        grep -h 'edited outside' logs/notifications/history.jsonl
}

@test "quiet says nothing" {
    run schema -q check
    [ "$status" = 0 ]
    [ -z "$output" ]
    SCHEMA_QUIET=true run schema check
    [ -z "$output" ]
}

@test "the seed configuration is read and obeyed" {
    cat >supabase/monitor-config.json <<'EOF'
{
  "monitoring": { "enabled": true, "interval": 300000 /* ms */, "autoTypeGeneration": true, "enableNotifications": true },
  "dashboard": { "enabled": true, "port": 3001, "host": "localhost" },
  "notifications": { "push": true, "memory": true }
}
EOF
    run schema -q check
    [ "$status" = 0 ]
    [ -s src/types/database.ts ]
    grep -q schema.baseline .schema/memory/events.jsonl
    run "$LIBEXEC/schema-project" url
    [ "$output" = 'http://localhost:3001' ]
    sed -i 's/"autoTypeGeneration": true/"autoTypeGeneration": false/; s/"memory": true/"memory": false/' supabase/monitor-config.json
    rm -r src .schema
    run schema -q check
    [ "$status" = 0 ]
    [ ! -e src/types/database.ts ]
    [ ! -e .schema/memory/events.jsonl ]
}

@test "no project: 78 and the remedy" {
    mkdir "$BATS_TEST_TMPDIR/empty"
    run schema -C "$BATS_TEST_TMPDIR/empty" check
    [ "$status" = 78 ]
    one_line
    [[ $output == *'schema init'* ]]
    [ -z "$(ls -A "$BATS_TEST_TMPDIR/empty")" ]
}

@test "neither database nor migrations: 69 and both named" {
    rm -r supabase/migrations
    echo '{}' >supabase/monitor-config.json
    run schema check
    [ "$status" = 69 ]
    one_line
    [[ $output == *'DATABASE_URL'* && $output == *'supabase/migrations'* ]]
}

@test "a broken configuration names line and column" {
    printf '{\n  "monitoring": { "intervall": 5000 }\n}\n' >supabase/monitor-config.json
    run schema check
    [ "$status" = 78 ]
    one_line
    [[ $output == *monitor-config.json*:2:19:*monitoring.interval* ]]
    printf '{\n  "monitoring": {\n' >supabase/monitor-config.json
    run schema check
    [ "$status" = 78 ]
    one_line
    [[ $output == *monitor-config.json*:3:* ]]
}

@test "an unreadable cache: 65, the file and the remedy" {
    schema -q check
    echo '{"format":"snapshot/2",' >.schema/cache/snapshot.json
    run schema check
    [ "$status" = 65 ]
    one_line
    [[ $output == *cache/snapshot.json* && $output == *snapshot/2* && $output == *remove* ]]
    rm .schema/cache/snapshot.json
    run schema -q check
    [ "$status" = 0 ]
}

@test "a directory that cannot be written: 77, nothing changed" {
    chmod 755 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" "$BATS_TEST_TMPDIR" "$project" supabase supabase/migrations
    unprivileged test -x "$BIN/schema" || skip 'the build is out of reach of other users'
    before=$(find . | sort)
    run unprivileged "$BIN/schema" -C "$project" check
    [ "$status" = 77 ]
    one_line
    [ "$before" = "$(find . | sort)" ]
}

@test "a state directory that cannot be made: 73" {
    echo in the way >.schema
    run schema check
    [ "$status" = 73 ]
    one_line
    [[ $output == *.schema* ]]
    [ "$(cat .schema)" = 'in the way' ]
}

@test "a taken port: the dashboard says which, 69" {
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    python3 -m http.server --bind 127.0.0.1 "$port" >/dev/null 2>&1 3>&- &
    server=$!
    until curl -s -o /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
    printf '{ "dashboard": { "port": %s } }' "$port" >supabase/monitor-config.json
    run schema dashboard
    kill "$server"
    [ "$status" = 69 ]
    one_line
    [[ $output == *"$port"* ]]
}

@test "two checks at once do not meet" {
    "$LIBEXEC/schema-project" exec --lock cycle -- sh -c 'sleep 2' 3>&- &
    sleep 0.3
    start=$(date +%s)
    run schema -q check
    [ "$status" = 0 ]
    [ $(($(date +%s) - start)) -ge 1 ]
}

@test "init makes a project and keeps what is there" {
    mkdir "$BATS_TEST_TMPDIR/new"
    cd "$BATS_TEST_TMPDIR/new"
    printf '{\n\t"name": "x",\n\t"scripts": {\n\t\t"schema:check": "mine",\n\t\t"test": "t"\n\t}\n}\n' >package.json
    run schema init
    [ "$status" = 0 ]
    [ "$(jq -r '.scripts["schema:start"]' package.json)" = 'schema start' ]
    [ "$(jq -r '.scripts["schema:check"]' package.json)" = mine ]
    [ "$(jq -r '.scripts.test' package.json)" = t ]
    grep -q $'^\t\t"schema:stop"' package.json
    grep -qx '/.schema/' .gitignore
    cp package.json before.json
    run schema init
    [ "$status" = 0 ]
    cmp package.json before.json
    [ "$(grep -c schema .gitignore)" = 1 ]
}

@test "it runs under dash, busybox ash and bash alike" {
    for shell in dash 'busybox ash' bash; do
        # shellcheck disable=SC2086
        run $shell "$BIN/schema" -q check
        [ "$status" = 0 ]
        [ -z "$output" ]
    done
}

@test "it is found through a symbolic link" {
    ln -s "$BIN/schema" "$BATS_TEST_TMPDIR/linked"
    run "$BATS_TEST_TMPDIR/linked" --version
    [ "$status" = 0 ]
}

@test "a change that cannot be announced is not accepted, and announced later" {
    schema -q check
    echo 'alter table notes add column later text;' >supabase/migrations/2_later.sql
    rm -rf .schema/outbox
    echo 'in the way' >.schema/outbox
    run schema -q check
    [ "$status" = 74 ]
    [[ $output == *'could not be announced'* ]]
    rm .schema/outbox
    run schema -q check
    [ "$status" = 1 ]
    [ "$(grep -c schema.changed .schema/memory/events.jsonl)" = 1 ]
    run schema -q check
    [ "$status" = 0 ]
}

@test "types that could not be written are written by the next check" {
    schema -q check
    echo 'alter table notes add column later text;' >supabase/migrations/2_later.sql
    mv src/types/database.ts kept.ts
    mkdir -p src/types/database.ts/in-the-way
    run schema -q check
    [ "$status" = 1 ]
    rm -r src/types/database.ts
    mv kept.ts src/types/database.ts
    ! grep -q later src/types/database.ts
    run schema -q check
    [ "$status" = 0 ]
    grep -q later src/types/database.ts
    [ "$(schema status --json | jq -r .types.result)" = written ]
}

@test "a run killed between accepting and saying so is finished by the next" {
    schema -q check
    echo 'alter table notes add column later text;' >supabase/migrations/2_later.sql
    mv .schema/status.json kept.json
    mkdir .schema/status.json
    run schema -q check
    [ "$status" -gt 1 ]
    rmdir .schema/status.json
    mv kept.json .schema/status.json
    run schema -q check
    [ "$status" = 1 ]
    [ "$(jq -r .result .schema/runs.jsonl | tail -n 1)" = changed ]
    [[ $(schema status --json | jq -r .last_change.summary) == *'public.notes.later added'* ]]
    run schema -q check
    [ "$status" = 0 ]
}

@test "after the database was read, migrations do not stand in for it" {
    schema -q check
    echo '{ "notifications": { "push": false } }' >supabase/monitor-config.json
    sed -i 's/"source":"migrations"/"source":"live"/' .schema/status.json
    cp src/types/database.ts before.ts
    echo 'alter table notes add column unapplied text;' >supabase/migrations/2_unapplied.sql
    for command in check types; do
        run schema -q "$command"
        [ "$status" = 69 ]
        [[ $output == *DATABASE_URL* ]]
        DATABASE_URL=postgresql://u:pw@127.0.0.1:1/x run schema -q "$command"
        [ "$status" = 69 ]
        [[ $output == *127.0.0.1:1/x* ]]
        cmp src/types/database.ts before.ts
    done
    echo '{ "notifications": { "push": false }, "source": { "order": ["migrations"] } }' >supabase/monitor-config.json
    run schema -q check
    [ "$status" = 1 ]
}

@test "what could not be replayed is named" {
    echo 'create tabel broken (' >supabase/migrations/2_broken.sql
    run schema check
    [ "$status" = 0 ]
    [[ $output == *'2_broken.sql:1'* ]]
    run schema status
    [[ $output == *'1 statement not replayed'* ]]
}

@test "stop works when the configuration is broken" {
    printf '{ "dashboard": { "enabled": false }, "notifications": { "push": false } }' >supabase/monitor-config.json
    schema -q start
    echo '{' >supabase/monitor-config.json
    run schema stop
    [ "$status" = 0 ]
    [ "$output" = stopped ]
}

@test "a supervisor whose state was taken away ends by itself" {
    printf '{ "dashboard": { "enabled": false }, "notifications": { "push": false } }' >supabase/monitor-config.json
    schema -q start
    pid=$("$LIBEXEC/schema-project" holder supervisor)
    rm -rf .schema
    tries=0
    while kill -0 "$pid" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 50 ]
        sleep 0.1
    done
}

@test "stop ends a cycle whose supervisor was killed" {
    cat >supabase/monitor-config.json <<'EOF'
{ "dashboard": { "enabled": false }, "notifications": { "push": false },
  "validation": { "steps": [{ "name": "slow", "command": ["sleep", "61.25"] }] } }
EOF
    schema -q start 3>&- &
    tries=0
    until [ -s .schema/run/child ] && "$LIBEXEC/schema-project" holder cycle >/dev/null && [ -e .schema/run/validation ]; do
        tries=$((tries + 1))
        [ $tries -lt 100 ]
        sleep 0.1
    done
    kill -9 "$("$LIBEXEC/schema-project" holder supervisor)"
    run schema stop
    [ "$status" = 0 ]
    ! "$LIBEXEC/schema-project" holder cycle
    ! pgrep -f 'sleep 61.25'
}

@test "a reader that goes away does not end the cycle" {
    schema -q check
    echo 'alter table notes add column later text;' >supabase/migrations/2_later.sql
    schema check | true
    tries=0
    until [ "$(jq -r .result .schema/runs.jsonl | tail -n 1)" = changed ]; do
        tries=$((tries + 1))
        [ $tries -lt 50 ]
        sleep 0.1
    done
}

@test "generated files go only where their kind belongs" {
    echo '{ "docs": { "output": ".env" } }' >supabase/monitor-config.json
    run schema check
    [ "$status" = 78 ]
    [[ $output == *'docs.output'*'.md'* ]]
    echo '{ "types": { "output": "-x.ts" }, "source": { "order": ["migrations"] } }' >supabase/monitor-config.json
    run schema -q check
    [ "$status" = 0 ]
    [ -s ./-x.ts ]
}

# told PATTERN: waits until watch has said it.
told() {
    tries=0
    until grep -q "$1" watched; do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || { cat watched; return 1; }
        sleep 0.1
    done
}

# watching [SIGNAL]: ends the watch by it, as a terminal would.
watching() {
    # A program in the background of a script ignores INT, and its children too.
    python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])' "$@" schema watch >watched 2>&1 3>&- &
    watcher=$!
    told 'start: first snapshot'
}

unwatched() {
    kill -s "$1" "$watcher"
    ended=0
    wait "$watcher" || ended=$?
    [ "$ended" = 0 ] || { echo "$ended"; cat watched; false; }
    for pid in $(pgrep -f 'watch-in-place|schema-project follow|cycle-in-place' || :); do
        [ "$(readlink "/proc/$pid/cwd")" != "$project" ] || { ps -fp "$pid"; false; }
    done
    [ -z "$(find .schema -name 'followed*' -o -name '*.tmp-*')" ]
}

@test "watch: a migration that is added, edited or removed is a line" {
    watching
    echo 'alter table notes drop column body;' >supabase/migrations/2_drop.sql
    told '^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]  added 2_drop.sql: 1 change, 1 breaking: .*(2_drop.sql)$'
    [ "$(schema status --json | jq -r .state)" = changed ]
    ! grep -q body src/types/database.ts
    echo 'alter table notes add column n int;' >>supabase/migrations/2_drop.sql
    told 'edited 2_drop.sql: 1 change: column public.notes.n added (2_drop.sql)$'
    rm supabase/migrations/2_drop.sql
    told 'removed 2_drop.sql: 2 changes'
    grep -q body src/types/database.ts
    unwatched TERM
}

@test "watch: editors' files and files that stay the same are nothing, a burst is one line" {
    watching
    : >supabase/migrations/.2_x.sql.swp
    : >'supabase/migrations/#2_x.sql#'
    : >supabase/migrations/2_x.sql~
    touch supabase/migrations/1_notes.sql
    cp supabase/migrations/1_notes.sql kept
    mv kept supabase/migrations/1_notes.sql
    sleep 1
    for n in 2 3 4 5 6; do
        echo "create table t$n (id int);" >supabase/migrations/${n}_t.sql
        sleep 0.05
    done
    told 'added 2_t.sql, added 3_t.sql, added 4_t.sql and 2 more: 5 changes'
    mkdir supabase/migrations/7_deep
    echo 'create table t7 (id int);' >supabase/migrations/7_deep/up.sql
    told 'added 7_deep/up.sql: 1 change'
    [ "$(grep -c '^..:..:..  ' watched)" = 3 ] || { cat watched; false; }
    unwatched TERM
}

@test "watch: what a folder did while the check ran, or while it was away, is not missed" {
    watching
    mv supabase/migrations supabase/away
    told 'removed 1_notes.sql: the check failed'
    echo 'create table later (id int);' >supabase/away/2_later.sql
    mv supabase/away supabase/migrations
    told 'added 1_notes.sql, added 2_later.sql: 1 change'
    echo 'create tabel broken (' >supabase/migrations/3_broken.sql
    told '3_broken.sql:1: '
    unwatched TERM
}

@test "watch: Ctrl-C ends it at once, a second one at a time is 75" {
    watching
    run schema watch
    [ "$status" = 75 ]
    one_line
    unwatched INT
    for shell in dash 'busybox ash' bash; do
        rm -rf .schema watched # what the last one said
        # shellcheck disable=SC2086
        $shell "$BIN/schema" watch >watched 2>&1 3>&- &
        watcher=$!
        told 'start: first snapshot'
        unwatched TERM
    done
}

@test "the same schema by other files is told once" {
    schema -q check
    echo 'select 1;' >supabase/migrations/2_seed.sql
    run schema check
    [ "$status" = 0 ]
    [ "$output" = 'no change; migrations: added 2_seed.sql' ]
    run schema check
    [ "$output" = 'no change' ]
    echo 'alter table notes add column n int;' >supabase/migrations/3_n.sql
    run schema check
    [ "$status" = 1 ]
    [ "${lines[1]}" = 'migrations: added 3_n.sql' ]
    jq -e '.data.migrations.added == ["3_n.sql"]' <(tail -n 1 .schema/memory/events.jsonl) ||
        jq -es 'any(.[]; .data.migrations.added == ["3_n.sql"])' .schema/memory/events.jsonl
}
