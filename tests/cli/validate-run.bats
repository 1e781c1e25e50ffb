# validate-run on projects made for each test.
# shellcheck disable=SC2030,SC2031 # every test is a subshell of its own, as it should be

setup() {
    PROJECT="$BATS_TEST_TMPDIR/project"
    mkdir -p "$PROJECT/supabase"
    cd "$PROJECT" || exit
    set -o pipefail
    unset SCHEMA_SKIP
    steps ''
}

# steps LIST: validation.steps of the configuration.
steps() {
    echo "{ \"validation\": { \"steps\": [$1] } }" >supabase/monitor-config.json
}

# sh_step NAME SCRIPT [MORE]: one step that runs a shell script.
sh_step() {
    jq -cn --arg name "$1" --arg script "$2" "{name: \$name, command: [\"sh\", \"-c\", \$script]} + {${3:-}}"
}

validate() {
    "$BIN/validate-run" "$@"
}

report() {
    cat logs/validation/*.json
}

# is_gone PID: it ends within two seconds.
is_gone() {
    for _ in $(seq 40); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.05
    done
    return 1
}

code() {
    [ "$status" -eq "$1" ] || { echo "status $status: $output"; false; }
}

@test "a passing step is silent, a failing one is shown" {
    steps "$(sh_step good 'echo not shown'), $(sh_step bad 'echo shown; exit 3')"
    run validate
    code 1
    [[ "$output" == *"✓ good"* && "$output" == *"✗ bad  exit 3"* ]]
    [[ "$output" == *"    shown"* && "$output" != *"not shown"* ]]
    report | jq -e '.format == "report/1" and .result == "failed" and .summary.passed == 1 and
        .summary.failed == 1 and .steps[1].exit_code == 3 and .steps[1].output == "shown\n"'
}

@test "the report and the history are kept, readable by their owner alone" {
    steps "$(sh_step good true)"
    validate --run R7 >/dev/null
    [ "$(stat -c %a logs/validation/*.json)" = 600 ]
    [ "$(stat -c %a logs/validation)" = 700 ]
    jq -e '.result == "passed" and .passed == 1 and .run == "R7"' logs/validation/history.jsonl
    [ "$(report | jq -r .id).json" = "$(basename logs/validation/*.json)" ]
}

@test "--json writes the report that is kept" {
    steps "$(sh_step good true)"
    validate --json >out.json
    cmp out.json logs/validation/*.json
}

@test "only the newest reports are kept, and nothing else is removed" {
    steps "$(sh_step good true)"
    sed -i 's/}$/, "history": { "validation": 3 } }/' supabase/monitor-config.json
    mkdir -p logs/validation
    touch logs/validation/notes.json logs/validation/01ARZ3NDEKTSV4RRFFQ69G5FAV.json
    for _ in 1 2 3 4; do validate >/dev/null; done
    [ "$(find logs/validation -name '*.json' | wc -l)" -eq 4 ]
    [ -e logs/validation/notes.json ]
    [ ! -e logs/validation/01ARZ3NDEKTSV4RRFFQ69G5FAV.json ]
}

@test "a step over its time is stopped with everything it started" {
    steps "$(sh_step slow "trap '' TERM; sleep 300 & echo \$! >>pids; (sleep 300 & echo \$! >>pids; wait)" 'timeout: 300')"
    run validate
    code 1
    [[ "$output" == *"timeout"* ]]
    report | jq -e '.steps[0].status == "timeout" and .steps[0].duration_ms < 10000'
    while read -r pid; do is_gone "$pid"; done <pids
}

@test "one that leaves its session is found" {
    [ "$(uname)" = Linux ] || skip "Linux only"
    steps "$(sh_step escape 'setsid sh -c "echo \$\$ >pid; exec sleep 300" & sleep 0.3')"
    validate >/dev/null
    is_gone "$(cat pid)"
}

@test "a child that keeps the pipe open does not hang the run" {
    steps "$(sh_step holder 'sleep 300 & echo done')"
    SECONDS=0
    validate >/dev/null
    [ "$SECONDS" -lt 10 ]
}

@test "ten megabytes of output are capped in the middle" {
    steps "$(sh_step loud 'echo first; head -c 10485760 /dev/zero | tr "\\0" x; echo last; exit 1')"
    run validate
    code 1
    report | jq -e '.steps[0] | (.output | length) == 1048576 and .output_skipped == 9437195 and
        (.output | startswith("first\n")) and (.output | endswith("last\n"))'
}

@test "binary output gives a valid report" {
    steps "$(sh_step binary 'head -c 4096 /dev/urandom; printf "\\000\\377\\300\\200end"; exit 1')"
    run validate
    code 1
    report | jq -e '.steps[0].output | endswith("end")'
    report | python3 -c 'import json,sys; json.loads(sys.stdin.buffer.read().decode("utf-8"))'
    [[ "$output" != *$'\033'* ]]
}

@test "steps see the allowed environment and nothing else" {
    steps "$(sh_step env env)"
    DATABASE_URL=postgres://u:hunter22@h/d SUPABASE_SERVICE_ROLE_KEY=abcdefgh NODE_AUTH_TOKEN=tokentoken \
        NODE_ENV=test RANDOM_THING=1 LC_ALL=C validate --json >out.json
    jq -r '.steps[0].output' out.json >seen
    grep -qx NODE_ENV=test seen
    grep -qx LC_ALL=C seen
    grep -q ^PATH= seen
    ! grep -e DATABASE_URL -e SERVICE_ROLE -e NODE_AUTH -e RANDOM_THING seen
}

@test "a named variable is seen, from .env too, and its value is masked" {
    echo 'API_SECRET=verysecretvalue' >.env
    steps "$(sh_step env 'test "$API_SECRET" = verysecretvalue && echo "it is $API_SECRET"; cat .env; exit 1' 'environment: ["API_SECRET"]')"
    run validate
    code 1
    [[ "$output" == *"it is ***"* ]]
    ! grep -r verysecretvalue logs
}

@test "what a step requires and is not there skips it, or fails it" {
    steps "$(sh_step one true 'requires: ["no-such-thing"]'), $(sh_step two true 'requires: ["supabase", "sh"]')"
    run validate
    code 0
    [[ "$output" == *"– one  skipped: requires 'no-such-thing'"* && "$output" == *"✓ two"* ]]
    steps "$(sh_step one true 'requires: ["no-such-thing"], required: true')"
    run validate
    code 1
}

@test "a command that is not there is an error, not a pass" {
    steps '{"name": "gone", "command": ["no-such-program-here"]}'
    run validate
    code 1
    report | jq -e '.steps[0].status == "error"'
}

@test "steps are found in package.json, by lock file and order" {
    echo '{"scripts":{"build":"b","lint":"l","type-check":"t","test":"echo \"Error: no test specified\" && exit 1"}}' >package.json
    touch pnpm-lock.yaml
    validate --plan --json >plan.json
    jq -e '[.steps[].command | join(" ")] == ["pnpm run type-check","pnpm run lint","pnpm run test","pnpm run build"]' plan.json
    jq -e '.steps[2].skip | contains("not a test")' plan.json
    [ ! -e logs ]
}

@test "tsc is a step when it is installed" {
    touch tsconfig.json
    run validate --plan
    [[ "$output" == "no steps"* ]]
    mkdir -p node_modules/typescript
    run validate --plan
    [[ "$output" == "tsc: npx --no-install tsc --noEmit"* ]]
}

@test "nothing to run is said, and is no failure" {
    run validate
    code 0
    [[ "$output" == "no steps"* ]]
    report | jq -e '.result == "skipped" and .steps == []'
}

@test "what is chosen by hand is recorded" {
    steps "$(sh_step one true), $(sh_step two false), $(sh_step three false)"
    SCHEMA_SKIP=three run validate --skip two
    code 0
    report | jq -e '.selection == {"skip": ["two"], "SCHEMA_SKIP": "three"} and .summary.skipped == 2'
    rm -r logs
    run validate --only one
    code 0
    run validate --only oen
    code 64
    [[ "$output" == *"did you mean 'one'"* ]]
}

@test "steps run side by side" {
    steps "$(for n in 1 2 3 4; do sh_step "s$n" 'sleep 0.5'; done | paste -sd,)"
    validate -j 4 --json >out.json
    jq -e '.duration_ms < 1500' out.json
    validate -j 1 --json >out.json
    jq -e '.duration_ms >= 2000' out.json
}

@test "an interrupted run stops its steps and says so" {
    steps "$(sh_step slow 'echo $$ >pid; exec sleep 300'), $(sh_step next true)"
    "$BIN/validate-run" -j 1 >out 2>errors 3>&- &
    runner=$!
    for _ in $(seq 100); do [ -s pid ] && break; sleep 0.05; done
    kill -TERM "$runner"
    wait "$runner" && status=0 || status=$?
    [ "$status" -eq 75 ]
    is_gone "$(cat pid)"
    report | jq -e '.result == "error" and .steps[0].status == "error" and .steps[1].status == "skipped"'
}

@test "a killed runner leaves no step behind" {
    [ "$(uname)" = Linux ] || skip "Linux only"
    steps "$(sh_step slow 'echo $$ >pid; exec sleep 300')"
    "$BIN/validate-run" >out 2>&1 3>&- &
    runner=$!
    for _ in $(seq 100); do [ -s pid ] && break; sleep 0.05; done
    kill -KILL "$runner"
    wait "$runner" || true
    is_gone "$(cat pid)"
}

@test "bad steps are refused by name" {
    while IFS='|' read -r step word; do
        steps "$step"
        run validate
        code 78
        [[ "$output" == *"$word"* ]] || { echo "$step: $output"; false; }
    done <<'END'
{"name": "x", "comand": ["true"]}|command
{"name": "x"}|command
{"command": ["true"]}|name
{"name": "x", "command": []}|command
{"name": "x", "command": "rm -rf /"}|command
{"name": "x", "command": ["true"], "timeout": 0}|timeout
{"name": "x", "command": ["true"], "directory": "../up"}|directory
{"name": "x", "command": ["true"], "environment": ["A=B"]}|environment
{"name": "x", "command": ["true"]}, {"name": "x", "command": ["true"]}|x
END
}

@test "JUnit is well formed and says the same" {
    steps "$(sh_step good true), $(sh_step 'b<a>&d"' 'printf "<x>&\\001]]>"; exit 2'), $(sh_step gone true 'requires: ["nothing"]')"
    run validate --junit out.xml
    code 1
    python3 - <<'END'
import xml.etree.ElementTree as tree
suite = tree.parse("out.xml").getroot()[0]
assert suite.get("tests") == "3" and suite.get("failures") == "1" and suite.get("skipped") == "1"
bad = suite[1]
assert bad.get("name") == 'b<a>&d"' and bad[0].tag == "failure"
assert bad[0].text == "<x>&\ufffd]]>", repr(bad[0].text)
END
}

@test "a full disk is an I/O error, not a pass" {
    steps "$(sh_step good true)"
    run bash -c '"$BIN/validate-run" --json >/dev/full'
    code 74
}
