# notify against a receiver on loopback (listener.py).
# shellcheck disable=SC2030,SC2031 # every test is a subshell of its own, as it should be

setup() {
    NOTIFY="$BIN/notify"
    PROJECT="$BATS_TEST_TMPDIR/project"
    HOOK="$BATS_TEST_TMPDIR/hook"
    OUTBOX="$PROJECT/.schema/outbox"
    mkdir -p "$PROJECT/supabase" "$HOOK" "$BATS_TEST_TMPDIR/home"
    export HOME="$BATS_TEST_TMPDIR/home"
    unset DBUS_SESSION_BUS_ADDRESS HOOK_URL HOOK_SECRET
    configure '{"type":"webhook","url":"env(HOOK_URL)"}'
    cd "$PROJECT" || exit
}

teardown() {
    if [ -n "${LISTENER:-}" ]; then
        kill "$LISTENER"
        wait "$LISTENER" || true
    fi
}

# configure OPS [MORE]: the channel "ops", and more members of the configuration; no other channels.
configure() {
    cat >"$PROJECT/supabase/monitor-config.json" <<END
{"project": {"name": "shop"}, "channels": {"ops": $1},
 "notifications": {"push": false, "memory": false}${2:+, $2}}
END
}

listen() {
    "$SOURCE/tests/cli/listener.py" "$HOOK" "$@" 3>&- &
    LISTENER=$!
    until_true test -s "$HOOK/port"
    PORT=$(cat "$HOOK/port")
    export HOOK_URL="http://127.0.0.1:$PORT/hook"
}

until_true() {
    for _ in $(seq 200); do
        if "$@"; then return 0; fi
        sleep 0.05
    done
    return 1
}

answer() { printf '%s\n' "$@" >>"$HOOK/answers"; }
requests() { if [ -e "$HOOK/requests" ]; then wc -l <"$HOOK/requests"; else echo 0; fi; }
has_requests() { [ "$(requests)" -ge "$1" ]; }
request() { sed -n "$1p" "$HOOK/requests" | jq -r "$2"; }
jobs_in() { find "$OUTBOX/$1" -type f 2>/dev/null | wc -l; }
send() { "$NOTIFY" send -t schema.changed -s warning -m "column public.orders.total removed" "$@"; }
history() { jq -r "$1" "$PROJECT/logs/notifications/history.jsonl"; }
# As if the wait of every job were over.
due() { sed -i 's/^"next_try":"[^"]*"/"next_try":"2020-01-01T00:00:00.000Z"/' "$OUTBOX"/new/*.json; }
changes() {
    cat <<'END'
{"format":"changes/1",
"changes":[{"affects":["readers"],"fields":[],"id":"public.orders.total","kind":"column","op":"removed","severity":"breaking","why":"a column that is gone breaks its readers"}],
"from":"sha256:aa",
"summary":{"added":0,"breaking":1,"changed":0,"kinds":{"column":1},"removed":1,"renamed":0,"risky":0,"safe":0,"total":1},
"to":"sha256:bb"}
END
}

# ---- delivery ----
@test "changes become one schema.changed event that is posted and recorded" {
    listen
    changes | "$NOTIFY" changes - --run R1
    [ "$(requests)" -eq 1 ]
    [ "$(request 1 .method)" = POST ]
    [ "$(request 1 .path)" = /hook ]
    [ "$(request 1 '.headers["content-type"]')" = application/json ]
    [[ "$(request 1 '.headers["user-agent"]')" == schema-monitor/* ]]
    [ "$(request 1 '.headers["webhook-signature"]')" = null ]
    [ "$(request 1 '.body | fromjson | .format')" = event/1 ]
    [ "$(request 1 '.body | fromjson | .type')" = schema.changed ]
    [ "$(request 1 '.body | fromjson | .severity')" = warning ]
    [ "$(request 1 '.body | fromjson | .project')" = shop ]
    [ "$(request 1 '.body | fromjson | .data.changes[0].id')" = public.orders.total ]
    [ "$(request 1 '.headers["webhook-id"]')" = "$(request 1 '.body | fromjson | .id')" ]
    [ "$(history .outcome | paste -sd' ')" = "queued delivered" ]
    [ "$(history 'select(.channel == "ops") | "\(.code) \(.attempt)"')" = "200 1" ]
    [ "$(jobs_in new)" -eq 0 ]
}

@test "no differences make no event" {
    run "$NOTIFY" changes <<'END'
{"format":"changes/1","changes":[],"summary":{"total":0},"to":"sha256:bb"}
END
    [ "$status" -eq 0 ]
    [ ! -e logs ]
}

@test "the signature is what openssl makes of id, timestamp and body" {
    listen
    configure '{"type":"webhook","url":"env(HOOK_URL)","secret":"env(HOOK_SECRET)"}'
    export HOOK_SECRET="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    send --run R1
    key=$(printf %s MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | base64 -d | od -An -tx1 | tr -d ' \n')
    request 1 '.headers["webhook-id"] + "." + .headers["webhook-timestamp"] + "." + .body' |
        head -c -1 >"$HOOK/signed"
    want=$(openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary <"$HOOK/signed" | base64)
    [ "$(request 1 '.headers["webhook-signature"]')" = "v1,$want" ]
}

@test "a failed delivery is tried again under the same id" {
    listen
    answer '{"status": 500, "body": "try later"}'
    run send --run R1
    [ "$status" -eq 0 ]
    [[ "$output" == *"1 to be tried again: channel 'ops': http://127.0.0.1:$PORT answered 500: try later"* ]]
    [ "$(jobs_in new)" -eq 1 ]
    "$NOTIFY" drain
    [ "$(requests)" -eq 1 ]
    due
    "$NOTIFY" drain
    [ "$(requests)" -eq 2 ]
    [ "$(request 1 '.headers["webhook-id"]')" = "$(request 2 '.headers["webhook-id"]')" ]
    [ "$(request 1 .body)" = "$(request 2 .body)" ]
    [ "$(history .outcome | paste -sd' ')" = "queued failed delivered" ]
    [ "$(jobs_in new)" -eq 0 ]
}

@test "after ten attempts a job is a dead letter" {
    export HOOK_URL=http://127.0.0.1:9/
    send --run R1 --queue-only
    for _ in 1 2 3 4 5 6 7 8 9; do
        due
        "$NOTIFY" -q drain
    done
    [ "$(jobs_in new)" -eq 1 ]
    due
    run "$NOTIFY" drain
    [[ "$output" == *"1 given up: channel 'ops': given up after 10 attempts: http://127.0.0.1:9"* ]]
    [ "$(jobs_in new)" -eq 0 ]
    [ "$(jobs_in dead)" -eq 1 ]
    [ "$(history 'select(.outcome == "dead") | .attempt')" = 10 ]
}

@test "Retry-After is waited for, in both forms" {
    listen
    date=$(LC_ALL=C TZ=GMT date -d '+2 hours' '+%a, %d %b %Y %H:%M:%S GMT')
    answer '{"status": 429, "headers": {"Retry-After": "3600"}}' \
        "{\"status\": 503, \"headers\": {\"Retry-After\": \"$date\"}}"
    send --run R1 -q
    [[ "$(jq -r .next_try "$OUTBOX"/new/*)" > "$(date -u -d '+58 minutes' +%FT%T)" ]]
    [[ "$(jq -r .next_try "$OUTBOX"/new/*)" < "$(date -u -d '+62 minutes' +%FT%T)" ]]
    due
    "$NOTIFY" drain -q
    [[ "$(jq -r .next_try "$OUTBOX"/new/*)" > "$(date -u -d '+118 minutes' +%FT%T)" ]]
    [[ "$(jq -r .next_try "$OUTBOX"/new/*)" < "$(date -u -d '+122 minutes' +%FT%T)" ]]
}

@test "a receiver that asks for time gets no other job meanwhile" {
    listen
    answer '{"status": 503, "headers": {"Retry-After": "600"}}'
    send --run R1 --queue-only
    send --run R2 --queue-only
    "$NOTIFY" -q drain
    [ "$(requests)" -eq 1 ]
    [ "$(jobs_in new)" -eq 2 ]
    [ "$(jq -r .attempts "$OUTBOX"/new/* | sort | paste -sd' ')" = "0 1" ]
}

@test "a redirect is refused" {
    listen
    answer "{\"status\": 302, \"headers\": {\"Location\": \"http://127.0.0.1:$PORT/other\"}}"
    run send --run R1
    [ "$status" -eq 0 ]
    [[ "$output" == *"answered 302 (redirect refused)"* ]]
    [ "$(requests)" -eq 1 ]
    [ "$(jobs_in new)" -eq 1 ]
}

@test "410 and other 4xx are dead letters at once" {
    listen
    answer '{"status": 410}' '{"status": 404}'
    run send --run R1
    [ "$status" -eq 0 ]
    [[ "$output" == *"1 given up: channel 'ops': "*"answered 410 (gone for good)"* ]]
    send --run R2 -q
    [ "$(jobs_in new)" -eq 0 ]
    [ "$(jobs_in dead)" -eq 2 ]
    [ "$(history 'select(.outcome == "dead") | .code' | paste -sd' ')" = "410 404" ]
    [ "$("$NOTIFY" status --json)" = '{"dead":2,"pending":0}' ]
}

@test "a large answer is not read to its end and does not matter" {
    listen
    answer '{"status": 200, "size": 3000000}' '{"status": 500, "size": 3000000}'
    send --run R1
    [ "$(history 'select(.channel) | .outcome')" = delivered ]
    send --run R2 -q
    [ "$(history 'select(.outcome == "failed") | .error | length < 400')" = true ]
}

@test "what a receiver answers is shown without control characters" {
    listen
    answer '{"status": 500, "body": "one\u001b[2J\ntwo\u202e\u0000three"}'
    run send --run R1
    [[ "$output" == *"answered 500: one"* ]]
    [[ "$output" != *$'\e'* ]]
    [[ "$output" != *$'\u202e'* ]]
}

# ---- at least once, and no more often than needed ----
@test "a killed sender sends again, under the same id" {
    listen
    answer '{"delay": 3}'
    send --run R1 --queue-only
    "$NOTIFY" drain 3>&- &
    sender=$!
    until_true has_requests 1
    kill -9 "$sender"
    wait "$sender" || true
    [ "$(jobs_in new)" -eq 1 ]
    "$NOTIFY" drain
    [ "$(requests)" -eq 2 ]
    [ "$(request 1 '.headers["webhook-id"]')" = "$(request 2 '.headers["webhook-id"]')" ]
    [ "$(jobs_in new)" -eq 0 ]
}

@test "killed at any write, sync, rename or removal and run again, it delivers under one id" {
    strace -qq -o /dev/null true || skip "strace cannot trace here"
    export ASAN_OPTIONS=detect_leaks=0 # the leak checker cannot run under strace
    listen
    killed=0
    for call in write fsync rename unlink; do
        for count in $(seq 30); do
            rm -rf .schema logs "$HOOK/requests"
            strace -f -qq -o /dev/null -e "trace=$call" -e "inject=$call:signal=KILL:when=$count" \
                "$NOTIFY" send -t sync.complete -s info -m "in step" --run R1 2>/dev/null && break
            killed=$((killed + 1))
            "$NOTIFY" send -t sync.complete -s info -m "in step" --run R1
            [ "$("$NOTIFY" status --json)" = '{"dead":0,"pending":0}' ]
            [ "$(requests)" -ge 1 ]
            [ "$(jq -r '.headers["webhook-id"]' "$HOOK/requests" | sort -u | wc -l)" -eq 1 ]
            [ "$(history 'select(.outcome == "queued") | .event' | wc -l)" -eq 1 ]
        done
    done
    [ "$killed" -ge 10 ]
}

@test "a job that a kill left behind its delivery is not sent again" {
    listen
    send --run R1 --queue-only
    cp -r "$OUTBOX/new" "$HOOK/kept"
    "$NOTIFY" drain
    cp "$HOOK/kept"/* "$OUTBOX/new/"
    "$NOTIFY" drain
    [ "$(requests)" -eq 1 ]
    [ "$(jobs_in new)" -eq 0 ]
}

@test "the same run announces once, whether its job waits, is delivered or dead" {
    listen
    changes | "$NOTIFY" changes --run R1 --queue-only
    changes | "$NOTIFY" changes --run R1 --queue-only
    [ "$(jobs_in new)" -eq 1 ]
    [ "$(history .outcome)" = queued ]
    changes | "$NOTIFY" changes --run R1
    changes | "$NOTIFY" changes --run R1
    [ "$(requests)" -eq 1 ]
    answer '{"status": 410}'
    changes | "$NOTIFY" changes --run R2 -q
    changes | "$NOTIFY" changes --run R2 -q
    [ "$(requests)" -eq 2 ]
    [ "$(history 'select(.outcome == "queued") | .event' | sort -u | wc -l)" -eq 2 ]
}

@test "without --run the hashes of the changes name the event" {
    listen
    changes | "$NOTIFY" changes
    changes | "$NOTIFY" changes
    [ "$(requests)" -eq 1 ]
}

@test "one process sends, and sends what is queued meanwhile" {
    listen
    answer '{"delay": 2}'
    send --run R1 3>&- &
    sender=$!
    until_true has_requests 1
    start=$SECONDS
    run send --run R2
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    run "$NOTIFY" drain
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ $((SECONDS - start)) -lt 2 ]
    wait "$sender"
    [ "$(requests)" -eq 2 ]
    [ "$(jobs_in new)" -eq 0 ]
}

@test "a file in the outbox that is no job is put away and does not stop the others" {
    listen
    send --run R1 --queue-only
    cp "$OUTBOX"/new/*.ops.json "$HOOK/other"
    echo '{"format":"job/1"' >"$OUTBOX/new/0.ops.json"
    cp "$HOOK/other" "$OUTBOX/new/1.ops.json"
    "$NOTIFY" -q drain
    [ "$(requests)" -eq 1 ]
    [ "$(jobs_in new)" -eq 0 ]
    [ "$(jobs_in dead)" -eq 2 ]
}

@test "a job of a channel that is configured no more is a dead letter" {
    send --run R1 --queue-only
    echo '{"notifications": {"push": false, "memory": false}}' >supabase/monitor-config.json
    run "$NOTIFY" drain
    [ "$status" -eq 0 ]
    [[ "$output" == *"no channel 'ops' is configured any more"* ]]
    [ "$(jobs_in dead)" -eq 1 ]
}

@test "outbox, jobs and history are their owner's alone" {
    send --run R1 --queue-only
    [ "$(stat -c %a "$OUTBOX" "$OUTBOX"/new "$OUTBOX"/tmp "$OUTBOX"/dead | sort -u)" = 700 ]
    [ "$(stat -c %a "$OUTBOX"/new/* logs/notifications/history.jsonl | sort -u)" = 600 ]
    [ "$(find "$OUTBOX/tmp" -type f | wc -l)" -eq 0 ]
}

@test "what killed writers left behind goes after an hour" {
    send --run R1 --queue-only
    touch -d '61 minutes ago' "$OUTBOX/tmp/01KAPV4S5Y4PE1M58QJ7ZJ5V0C" \
        "$OUTBOX/tmp/01KAPV4S5Y4PE1M58QJ7ZJ5V0D.tmp-999999-0"
    touch -d '59 minutes ago' "$OUTBOX/tmp/01KAPV4S5Y4PE1M58QJ7ZJ5V0E.tmp-999999-0"
    "$NOTIFY" -q drain
    [ "$(ls "$OUTBOX/tmp")" = 01KAPV4S5Y4PE1M58QJ7ZJ5V0E.tmp-999999-0 ]
}

# ---- secrets ----
@test "no secret is ever written anywhere" {
    listen
    configure '{"type":"webhook","url":"env(HOOK_URL)","secret":"env(HOOK_SECRET)"}' \
        '"history": {"notifications": 100}'
    export HOOK_SECRET="whsec_c3dvcmRmaXNoLXNlY3JldC1rZXktb2YtMzItYnl0ZXM="
    base="$HOOK_URL"
    said="$BATS_TEST_TMPDIR/said"
    try() {
        export HOOK_URL="$1"
        { send --run "$2" && "$NOTIFY" test; "$NOTIFY" log; "$NOTIFY" status; } >>"$said" 2>&1 || true
    }
    answer '{"status": 404, "echo": true}' '{"status": 500, "echo": true}'
    try "${base/127/robot:PASSWORD-1@127}/SECRET-PATH-1/T0?token=SECRET-QUERY-1" R1
    answer '{"status": 302, "echo": true}' '{"status": 410, "echo": true}'
    try "$base/SECRET-PATH-1?token=SECRET-QUERY-1" R2
    try "http://u:PASSWORD-1@127.0.0.1:9/SECRET-PATH-1" R3
    try "https://127.0.0.1:$PORT/SECRET-PATH-1" R4
    try "https://nowhere.invalid/SECRET-PATH-1" R5
    try "http://169.254.169.254/SECRET-PATH-1" R6
    try "SECRET-PATH-1 is no url" R7
    try "ftp://h/SECRET-PATH-1" R8
    export HOOK_SECRET="whsec_%%PASSWORD-1"
    try "$base" R9
    grep -q 'answered 404: .*\*\*\*' "$said"
    grep -q 'whsec_ and base64' "$said"
    run grep -rFe PASSWORD-1 -e SECRET-PATH-1 -e SECRET-QUERY-1 -e c3dvcmRmaXNo -e swordfish \
        -e whsec_c "$PROJECT" "$said"
    [ "$status" -eq 1 ]
}

@test "a variable that is not set fails the delivery and is named" {
    run send --run R1
    [ "$status" -eq 0 ]
    [[ "$output" == *"channel 'ops': variable 'HOOK_URL' is not set"* ]]
    [ "$(jobs_in new)" -eq 1 ]
    listen
    due
    "$NOTIFY" drain
    [ "$(requests)" -eq 1 ]
}

@test "a variable may come from .env" {
    listen
    echo "HOOK_URL=$HOOK_URL" >.env
    unset HOOK_URL
    send --run R1
    [ "$(requests)" -eq 1 ]
}

# ---- the network ----
@test "link-local and metadata addresses are refused in every form" {
    for host in 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 '[::ffff:169.254.169.254]' \
        '[fe80::1]' 0.0.0.0 100.100.100.200; do
        export HOOK_URL="https://$host/"
        run "$NOTIFY" test ops
        [ "$status" -eq 1 ]
        [[ "$output" == *"is refused (link-local, metadata"* ]] || { echo "$host: $output"; false; }
    done
}

@test "plain http is for loopback only, however it is written" {
    listen
    export HOOK_URL="http://10.11.12.13/"
    run "$NOTIFY" test ops
    [ "$status" -eq 1 ]
    [[ "$output" == *"plain http to 10.11.12.13 is refused (loopback only)"* ]]
    for host in localhost 127.1 2130706433; do
        export HOOK_URL="http://$host:$PORT/"
        "$NOTIFY" test ops
    done
    [ "$(requests)" -eq 3 ]
}

@test "a certificate that nobody vouches for is refused" {
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$HOOK/key" -out "$HOOK/certificate" -days 2 \
        -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
    listen "$HOOK/certificate" "$HOOK/key"
    export HOOK_URL="https://localhost:$PORT/"
    run "$NOTIFY" test ops
    [ "$status" -eq 1 ]
    [[ "$output" == *"failed: https://localhost:$PORT: SSL peer certificate"* ]]
    [ "$(requests)" -eq 0 ]
}

@test "proxies and .netrc of the environment are not used" {
    listen
    export http_proxy=http://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9
    echo "machine 127.0.0.1 login robot password hunter2" >"$HOME/.netrc"
    chmod 600 "$HOME/.netrc"
    send --run R1
    [ "$(requests)" -eq 1 ]
    [ "$(request 1 .headers.authorization)" = null ]
}

@test "a receiver that does not answer in time is tried again" {
    listen
    configure '{"type":"webhook","url":"env(HOOK_URL)","timeout":300}'
    answer '{"delay": 2}'
    run send --run R1
    [ "$status" -eq 0 ]
    [[ "$output" == *"Timeout was reached"* ]]
    [ "$(jobs_in new)" -eq 1 ]
}

# ---- what is sent where ----
@test "a channel gets events of its severity and above" {
    listen
    configure '{"type":"webhook","url":"env(HOOK_URL)","minSeverity":"error"}'
    send --run R1
    [ "$(requests)" -eq 0 ]
    [ "$(history '"\(.outcome): \(.error)"')" = "skipped: no channel takes it" ]
    "$NOTIFY" send -t monitor.error -s critical -m "down" --run R2
    [ "$(requests)" -eq 1 ]
}

@test "with notifications off the history is kept and nothing is queued or sent" {
    listen
    send --run R1 --queue-only
    configure '{"type":"webhook","url":"env(HOOK_URL)"}' '"monitoring": {"enableNotifications": false}'
    send --run R2
    "$NOTIFY" drain
    [ "$(requests)" -eq 0 ]
    [ "$(jobs_in new)" -eq 1 ]
    [ "$(history .outcome | paste -sd' ')" = "queued skipped" ]
}

@test "send carries data along" {
    listen
    echo '{"table": "orders"}' >data.json
    send --run R1 --data data.json
    [ "$(request 1 '.body | fromjson | .data.table')" = orders ]
    send --run R2 --data - <data.json
    [ "$(requests)" -eq 2 ]
    run send --run R3 --data - <<<'[1]'
    [ "$status" -eq 65 ]
}

@test "an event/1 document is announced as it is" {
    listen
    send --run R1
    request 1 .body >event.json
    echo '{"notifications": {"push": false, "memory": true}}' >supabase/monitor-config.json
    "$NOTIFY" event event.json
    [ "$("$NOTIFY" list --json)" = "$(jq -cS . event.json)" ]
}

@test "the memory channel keeps events and list finds them by type and time" {
    echo '{"notifications": {"push": false, "memory": true}}' >supabase/monitor-config.json
    send --run R1
    "$NOTIFY" send -t monitor.error -s error -m "no answer" --run R2
    "$NOTIFY" send -t monitor.recovered -s success -m "again there" --run R3
    [ "$("$NOTIFY" list --json | jq -r .type | paste -sd' ')" = \
        "schema.changed monitor.error monitor.recovered" ]
    [ "$("$NOTIFY" list --type 'monitor.*' --since 1h --json | wc -l)" -eq 2 ]
    [ "$("$NOTIFY" list --since 2999-01-01 --json | wc -l)" -eq 0 ]
    [[ "$("$NOTIFY" list -t monitor.error)" == *"  error  monitor.error  no answer" ]]
    run "$NOTIFY" list --since yesterday
    [ "$status" -eq 64 ]
}

@test "the desktop channel hands text to notify-send behind --" {
    echo '{"project": {"name": "shop"}, "notifications": {"memory": false}}' >supabase/monitor-config.json
    mkdir programs
    cat >programs/notify-send <<END
#!/bin/sh
printf '[%s]' "\$@" >"$HOOK/shown"
END
    chmod +x programs/notify-send
    export PATH="$PROJECT/programs:$PATH" DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent
    "$NOTIFY" send -t schema.changed -s warning -m '--help <b>' --run R1
    [ "$(cat "$HOOK/shown")" = \
        "[--app-name][Schema Monitor][--urgency][normal][--][shop: schema.changed][--help &lt;b&gt;]" ]
    [ "$(history 'select(.channel) | .outcome')" = delivered ]
}

@test "no desktop session or no program is skipped with the reason and no error" {
    echo '{"notifications": {"memory": false}}' >supabase/monitor-config.json
    mkdir programs
    ln -s "$(type -P true)" programs/notify-send
    run env PATH="$PROJECT/programs" "$NOTIFY" test
    [ "$status" -eq 0 ]
    if [ ! -e "/run/user/$(id -u)/bus" ]; then
        [ "$output" = "desktop: skipped: no desktop session" ]
    fi
    rm programs/notify-send
    run env PATH="$PROJECT/programs" "$NOTIFY" test
    [ "$status" -eq 0 ]
    [[ "$output" == "desktop: skipped: "*"installed" ]]
    printf '#!/bin/sh\necho no daemon >&2; exit 1\n' >programs/notify-send
    chmod +x programs/notify-send
    run env PATH="$PROJECT/programs:$PATH" DBUS_SESSION_BUS_ADDRESS=unix:path=/x "$NOTIFY" test
    [ "$status" -eq 0 ]
    [ "$output" = "desktop: skipped: notify-send failed: no daemon" ]
}

# ---- the other commands ----
@test "test says per channel what came of it" {
    listen
    configure '{"type":"webhook","url":"env(HOOK_URL)"},
               "mail-gateway": {"type":"webhook","url":"env(OTHER_URL)"}'
    run "$NOTIFY" test
    [ "$status" -eq 1 ]
    [[ "${lines[0]}" == "ops: delivered (200, "*" ms)" ]]
    [[ "${lines[1]}" == "mail-gateway: failed: variable 'OTHER_URL' is not set"* ]]
    run "$NOTIFY" test ops
    [ "$status" -eq 0 ]
    run "$NOTIFY" test opps
    [ "$status" -eq 64 ]
    [[ "$output" == *"did you mean 'ops'?"* ]]
    [ "$(jobs_in new)" -eq 0 ]
}

@test "replay announces a dead event again under its id, and knows what is kept nowhere" {
    listen
    answer '{"status": 410}'
    send --run R1 -q
    id=$(history 'select(.outcome == "dead") | .event')
    "$NOTIFY" replay "$id"
    [ "$(requests)" -eq 2 ]
    [ "$(request 2 '.headers["webhook-id"]')" = "$id" ]
    [ "$(jobs_in dead)" -eq 0 ]
    run "$NOTIFY" replay "$id"
    [ "$status" -eq 65 ]
    [[ "$output" == *"event '$id' is kept nowhere"* ]]
    run "$NOTIFY" replay nonsense
    [ "$status" -eq 64 ]
}

@test "replay sends a delivered event again from the memory channel's store" {
    listen
    configure '{"type":"webhook","url":"env(HOOK_URL)"}'
    sed -i 's/"memory": false/"memory": true/' supabase/monitor-config.json
    send --run R1
    id=$("$NOTIFY" list --json | jq -r .id)
    "$NOTIFY" replay "$id"
    [ "$(requests)" -eq 2 ]
    [ "$("$NOTIFY" list --json | wc -l)" -eq 1 ]
}

@test "log shows the newest lines for people and programs" {
    send --run R1 -q
    send --run R2 -q
    [ "$("$NOTIFY" log | wc -l)" -eq 4 ]
    [ "$("$NOTIFY" log -n 1 | wc -l)" -eq 1 ]
    [ "$("$NOTIFY" log -n 1 --json | jq -r .outcome)" = failed ]
    run "$NOTIFY" log --json
    [ "$(echo "${lines[0]}" | jq -r 'keys | join(" ")')" = "event outcome severity summary time type" ]
}

@test "status counts what waits and since when" {
    [ "$("$NOTIFY" status --json)" = '{"dead":0,"pending":0}' ]
    [ "$("$NOTIFY" status)" = "0 pending, 0 dead" ]
    send --run R1 --queue-only
    queued=$(jq -r .queued "$OUTBOX"/new/*)
    send --run R2 --queue-only
    [ "$("$NOTIFY" status --json)" = "{\"dead\":0,\"oldest\":\"$queued\",\"pending\":2}" ]
}

# ---- bad input ----
@test "a cut document is refused with its place" {
    for verb in changes event; do
        run "$NOTIFY" "$verb" <<<'{"format":'
        [ "$status" -eq 65 ]
        [[ "$output" == *"'-':"* ]]
        run "$NOTIFY" "$verb" </dev/null
        [ "$status" -eq 65 ]
    done
    run "$NOTIFY" event <<<'{"format":"changes/1"}'
    [ "$status" -eq 65 ]
}

@test "an event whose id is none of ours goes nowhere" {
    listen
    send --run R1
    for id in '../../x' 'X\r\nevil: 1' 0QVEHJAFEK6J8TNQBMNRHT575; do
        run "$NOTIFY" event <<<"$(request 1 .body | sed "s|\"id\":\"[^\"]*\"|\"id\":\"$id\"|")"
        [ "$status" -eq 65 ]
    done
    [ "$(requests)" -eq 1 ]
}

@test "a channel of an unknown type or a taken name is a configuration error" {
    configure '{"type":"carrier-pigeon","url":"env(HOOK_URL)"}'
    run send --run R1
    [ "$status" -eq 78 ]
    [[ "$output" == *monitor-config.json*channels.ops.type* ]]
    configure '{"type":"webhook","url":"env(HOOK_URL)"}, "memory": {"type":"webhook","url":"env(HOOK_URL)"}'
    run send --run R1
    [ "$status" -eq 78 ]
    [[ "$output" == *monitor-config.json*channels.memory* ]]
}

@test "what is missing on the command line is a usage error" {
    for arguments in "" "send" "send -t schema.changed -s info" "replay" "drain now" "log 5" "tset"; do
        # shellcheck disable=SC2086 # several words
        run "$NOTIFY" $arguments
        [ "$status" -eq 64 ] || { echo "$arguments: $status $output"; false; }
    done
    run "$NOTIFY" send -t schema.eaten -s info -m x
    [ "$status" -eq 64 ]
    run "$NOTIFY" send -t schema.changed -s loud -m x
    [ "$status" -eq 64 ]
}

@test "a full disk under stdout is said" {
    send --run R1 -q
    run bash -c '"$0" log >/dev/full' "$NOTIFY"
    [ "$status" -eq 74 ]
}
