# dash-serve over real sockets; dash-requests.py sends what no client would.
# shellcheck disable=SC2030,SC2031 # every test is a subshell of its own, as it should be

setup() {
    SERVE="$BIN/dash-serve"
    PROJECT="$BATS_TEST_TMPDIR/project"
    mkdir -p "$PROJECT/supabase" "$PROJECT/.schema"
    chmod 700 "$PROJECT/.schema"
    configure '{"project":{"name":"shop"}}'
}

teardown() {
    if [ -n "${SERVER:-}" ]; then
        kill "$SERVER" 2>/dev/null || true
        wait "$SERVER" || true
    fi
    [ -z "${READER:-}" ] || kill "$READER"
}

configure() {
    printf '%s\n' "$1" >"$PROJECT/supabase/monitor-config.json"
}

serve() {
    "$SERVE" -C "$PROJECT" --port 0 "$@" 2>"$BATS_TEST_TMPDIR/said" 3>&- &
    SERVER=$!
    for _ in $(seq 100); do
        PORT=$(sed -n 's/.*listening on http:\/\/localhost://p' "$BATS_TEST_TMPDIR/said")
        [ -z "$PORT" ] || break
        sleep 0.05
    done
    [ -n "$PORT" ]
    URL="http://localhost:$PORT"
    TOKEN=$(cat "$PROJECT/.schema/dashboard.token")
}

requests() {
    "$SOURCE/tests/cli/dash-requests.py" "$1" "$PORT" "$TOKEN" "${@:2}"
}

act() {
    curl -s -o "$BATS_TEST_TMPDIR/answer" -w '%{http_code}' -H "Authorization: Bearer $TOKEN" \
        -H "Origin: $URL" -H 'Content-Type: application/json' -d '{"action":"check"}' "$URL/api/v1/actions"
}

# A status whose last check ended SECONDS ago.
put_status() {
    printf '{"format":"status/1",\n"interval_ms":1000,"last_check":{"id":"01KAPV4S5Y4PE1M58QJ7ZJ5V0C","result":"ok","time":"%s"},"objects":{"tables":3},"project":"shop","state":"ok"}\n' \
        "$(date -u -d "-$1 seconds" +%Y-%m-%dT%H:%M:%S.000Z)" >"$PROJECT/.schema/status.json"
}

@test "every raw request gets the answer it should, with all headers" {
    serve
    run requests table
    echo "$output"
    [ "$status" -eq 0 ]
    kill -0 "$SERVER"
}

@test "sockets: tickets once, sixteen at most, bad frames closed" {
    serve
    run requests sockets
    echo "$output"
    [ "$status" -eq 0 ]
    kill -0 "$SERVER"
}

@test "a signal ends it cleanly within a second, open connections or not" {
    serve
    run requests stop "$SERVER"
    echo "$output"
    [ "$status" -eq 0 ]
    status=0
    wait "$SERVER" || status=$?
    [ "$status" -eq 0 ]
    SERVER=
    [ "$(cat "$BATS_TEST_TMPDIR/said")" = "dash-serve: listening on $URL" ]
}

@test "a port in use is 69 and one line that says what to do" {
    serve
    run "$SERVE" -C "$PROJECT" --port "$PORT"
    [ "$status" -eq 69 ]
    [ "$output" = "dash-serve: port $PORT is in use (another dash-serve? choose by --port or dashboard.port)" ]
}

@test "only localhost is listened on" {
    configure '{"dashboard":{"host":"0.0.0.0"}}'
    run "$SERVE" -C "$PROJECT" --port 0
    [ "$status" -eq 78 ]
    [[ $output == *"must be one of 'localhost', '127.0.0.1'"* ]]
}

@test "a port beyond the last one is 64" {
    run "$SERVE" -C "$PROJECT" --port 65536
    [ "$status" -eq 64 ]
}

@test "a dashboard that does not start with the supervisor can be started by hand" {
    configure '{"dashboard":{"enabled":false}}'
    serve
    curl -sf "$URL/healthz"
}

@test "the token file is made private, kept, and refused when others can read it" {
    serve
    [ "$(stat -c %a "$PROJECT/.schema/dashboard.token")" = 600 ]
    kill "$SERVER"
    wait "$SERVER"
    before=$TOKEN
    serve
    [ "$TOKEN" = "$before" ]
    chmod 644 "$PROJECT/.schema/dashboard.token"
    run "$SERVE" -C "$PROJECT" --port 0
    [ "$status" -eq 77 ]
    [[ $output != *"$TOKEN"* ]]
}

@test "assets are compressed, known ones are not sent again, and all are within the budget" {
    serve
    total=0
    for name in "" app.js style.css icon.svg; do
        curl -s -D "$BATS_TEST_TMPDIR/head" -o "$BATS_TEST_TMPDIR/body" -H 'Accept-Encoding: gzip' "$URL/$name"
        grep -qi '^cache-control: no-cache' "$BATS_TEST_TMPDIR/head"
        total=$((total + $(stat -c %s "$BATS_TEST_TMPDIR/body")))
        tag=$(sed -n 's/^ETag: \(.*\)\r$/\1/p' "$BATS_TEST_TMPDIR/head")
        [ "$(curl -s -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" -H 'Accept-Encoding: gzip' "$URL/$name")" = 304 ]
        [ "$(curl -s -o /dev/null -w '%{http_code}' -H 'If-None-Match: "0"' "$URL/$name")" = 200 ]
    done
    echo "$total bytes"
    [ "$total" -le 61440 ]
    curl -s --compressed "$URL/app.js" | cmp - "$SOURCE/share/dash/app.js"
    curl -s "$URL/app.js" | cmp - "$SOURCE/share/dash/app.js"
}

@test "a status is not sent again until it changes" {
    put_status 1
    serve
    tag=$(curl -s -D - -o /dev/null "$URL/api/v1/status" | sed -n 's/^ETag: \(.*\)\r$/\1/p')
    sleep 0.1
    [ "$(curl -s -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" "$URL/api/v1/status")" = 304 ]
    put_status 0
    [ "$(curl -s -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" "$URL/api/v1/status")" = 200 ]
}

@test "it is ready while the last check is recent" {
    serve
    [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/readyz")" = 503 ]
    put_status 5
    [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/readyz")" = 200 ]
    [ "$(curl -s "$URL/api/v1/status" | jq -c '[.stale, .can_act, (.age_ms > 4000)]')" = '[false,false,true]' ]
    put_status 40
    [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/readyz")" = 503 ]
    [ "$(curl -s "$URL/healthz")" = '{"health":"ok"}' ]
}

@test "the metrics tell what the files tell" {
    put_status 5
    serve
    curl -s "$URL/metrics" >"$BATS_TEST_TMPDIR/metrics"
    grep -qx 'schema_up{project="shop"} 1' "$BATS_TEST_TMPDIR/metrics"
    grep -qx 'schema_objects{project="shop",kind="tables"} 3' "$BATS_TEST_TMPDIR/metrics"
    [ "$(tail -n 1 "$BATS_TEST_TMPDIR/metrics")" = "# EOF" ]
    put_status 500
    curl -s "$URL/metrics" | grep -qx 'schema_up{project="shop"} 0'
}

@test "an action reaches the supervisor's FIFO, at most six a minute" {
    serve
    [ "$(act)" = 503 ]
    grep -q "no supervisor is running" "$BATS_TEST_TMPDIR/answer"
    mkfifo -m 600 "$PROJECT/.schema/requests"
    cat <>"$PROJECT/.schema/requests" >"$BATS_TEST_TMPDIR/words" 3>&- &
    READER=$!
    sleep 0.2
    for _ in 2 3 4 5 6; do
        [ "$(act)" = 202 ]
        [ "$(cat "$BATS_TEST_TMPDIR/answer")" = '{"accepted":"check"}' ]
    done
    [ "$(act)" = 429 ]
    sleep 0.2
    [ "$(sort "$BATS_TEST_TMPDIR/words" | uniq -c | tr -s ' ')" = " 5 check" ]
}

@test "with --require-token nothing of the project is told without it" {
    put_status 1
    serve --require-token
    for path in status changes runs validation notifications backups live; do
        [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/api/v1/$path")" = 401 ]
        [ "$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $TOKEN" "$URL/api/v1/$path")" = 200 ]
    done
    [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/metrics")" = 401 ]
    [ "$(curl -s -o /dev/null -w '%{http_code}' -H 'Sec-Fetch-Site: same-origin' "$URL/api/v1/session")" = 403 ]
    [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/")" = 200 ]
}

@test "damaged state files make an answer, not a failure" {
    mkdir -p "$PROJECT/logs/validation" "$PROJECT/logs/notifications" "$PROJECT/.schema/memory" "$PROJECT/backups/types"
    for name in .schema/status.json .schema/runs.jsonl .schema/memory/events.jsonl logs/validation/history.jsonl \
        logs/notifications/history.jsonl backups/types/manifest.jsonl; do
        printf '{"id":[],"type":7,"cut' >"$PROJECT/$name"
        printf '{"id":{},"time":3,"size":"x","type":"schema.changed","data":[1]}\n[]\n\377\n' >>"$PROJECT/$name"
    done
    serve
    for path in api/v1/status api/v1/changes api/v1/runs api/v1/validation api/v1/notifications api/v1/backups metrics; do
        [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/$path")" = 200 ]
    done
}
