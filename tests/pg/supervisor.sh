#!/bin/sh
# start, ready, status, a request, stop: nothing is left behind; a killed part comes back.
set -eu
. "$SOURCE/tests/pg/cluster"
PATH=$BIN:$PATH
for shell in dash 'busybox ash' bash; do
    rm -rf "$WORK/shop"
    cp -R "$SOURCE/share/examples/shop" "$WORK/shop"
    cd "$WORK/shop"
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat >supabase/monitor-config.json <<EOF
{ "monitoring": { "interval": 2000 }, "dashboard": { "port": $port }, "notifications": { "push": false },
  "source": { "order": ["migrations"] }, "validation": { "enabled": false } }
EOF
    trap 'schema stop >/dev/null 2>&1; cluster_stop' EXIT
    # shellcheck disable=SC2086  # 'busybox ash' is two words
    $shell "$BIN/schema" start >"$WORK/out" || fail "$shell: start"
    grep -q '^monitor *running' "$WORK/out" || fail "$shell: start returned before it was ready"
    curl -sf "http://localhost:$port/readyz" >/dev/null || fail "$shell: the dashboard is not ready"
    schema start | grep -q 'already running' || fail "$shell: a second start"

    runs=$(wc -l <.schema/runs.jsonl)
    echo check >.schema/requests
    sleep 1
    [ "$(wc -l <.schema/runs.jsonl)" -gt "$runs" ] || fail "$shell: a request was not carried out"
    sleep 3
    [ "$(wc -l <.schema/runs.jsonl)" -gt $((runs + 1)) ] || fail "$shell: the interval was not kept"

    kill -KILL "$("$LIBEXEC/schema-project" holder dashboard)"
    tries=0
    until curl -sf "http://localhost:$port/healthz" >/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || fail "$shell: the dashboard did not come back"
        sleep 0.1
    done

    echo 'alter table public.orders add column noted text;' >supabase/migrations/20990101000000_noted.sql
    tries=0
    until grep -q noted src/types/database.ts; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || fail "$shell: a new migration was not noticed"
        sleep 0.1
    done

    # shellcheck disable=SC2086
    $shell "$BIN/schema" stop >/dev/null || fail "$shell: stop"
    ! pgrep -f "$WORK/shop" >/dev/null || fail "$shell: a process is left behind"
    for pid in $(pgrep -f 'loop-in-place|dash-serve -C' || :); do
        [ "$(readlink "/proc/$pid/cwd")" != "$WORK/shop" ] || fail "$shell: process $pid is left behind"
    done
    ! curl -s "http://localhost:$port/" >/dev/null || fail "$shell: the port is still served"
    [ -z "$(find . -name '*.tmp-*')" ] || fail "$shell: a half-written file is left"
    schema status | grep -q '^monitor *stopped' || fail "$shell: status after stop"
done
