#!/bin/sh
# Strikes schema-snapshot -s live while it reads: the connection is lost at each message of the server, each
# allocation fails, each call that writes fails or is the last before a kill; and it runs under valgrind. After each
# the exit code is one that is documented, the error one line, FILE and FILE.probe what they were or wholly new, a
# document what an undisturbed run writes, and the same command succeeds again.
#
#   snapshot.sh [lost | memory | calls | valgrind]...    else all; with LONG set at every point, else at some
#
# Needs python3, strace, valgrind, jq and a compiler.
set -eu

# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
export LC_ALL=C PGSSLMODE=disable PGGSSENCMODE=disable

# The catalogs of "shop" are read by one connection, those of "wide" by two.
prepare() {
    CLUSTER_OPTIONS='-c autovacuum=off' cluster_start
    cluster_database shop
    cluster_shim shop
    cluster_load shop "$SOURCE/share/examples/shop/supabase/migrations"
    sql postgres -c 'create database wide template shop'
    # What is dropped leaves room in pg_attribute, by whose size a schema is large.
    sql wide -c "do \$\$ begin for i in 1..10 loop execute 'create table much (' || (select string_agg('a' || n || ' int', ',')
        from generate_series(1, 1500) n) || ')'; drop table much; end loop; end \$\$"
    mkdir "$WORK/proxy"
    # Without sanitizers, for what brings an allocator of its own.
    plain=$BUILD/plain/bin/schema-snapshot
    {
        cmake -S "$SOURCE" -B "$BUILD/plain" -DCMAKE_BUILD_TYPE=Debug -DBUILD_TESTING=OFF &&
            cmake --build "$BUILD/plain" --target schema-snapshot
    } >"$WORK/cmake" 2>&1 || fail "the tool cannot be built: $(tail -n 20 "$WORK/cmake")"
}

# What the modes begin with, in template.MODE.DATABASE, and what they must end with.
#   full       all is read, to a file
#   stdout     the same to the standard output
#   unchanged  --if-changed a document that holds, whatever the counters say
#   counted    the same, by the counters
#   partial    --if-changed a document, since which one table was altered
arguments() {
    case $1 in
    full) echo "-o $work/out" ;;
    stdout) ;;
    unchanged) echo "--if-changed $work/known --exact -o $work/out" ;;
    counted | partial) echo "--if-changed $work/known -o $work/out" ;;
    esac
}

take() {
    # shellcheck disable=SC2046  # a list of words without blanks
    env -C "$work" "$@" -s live $(arguments "$mode")
}

templates() {
    work=$WORK/run
    for database in shop wide; do
        export PGDATABASE=$database
        rm -rf "$work"
        mkdir -p "$work/.schema" "$work/supabase"
        echo '{}' >"$work/supabase/monitor-config.json"
        mode=full
        take "$plain"
        mv "$work/out" "$work/known"
        echo old >"$work/out"
        cp -R "$work" "$WORK/template.partial.$database"
        sql "$database" -c 'alter table public.products add column struck text'
        rm "$work/known"
        take "$plain"
        cp "$work/out" "$WORK/whole.$database"
        echo old >"$work/out"
        cp -R "$work" "$WORK/template.full.$database"
        cp -R "$work" "$WORK/template.stdout.$database"
        cp "$WORK/whole.$database" "$work/known"
        mode=unchanged
        sql "$database" -o /dev/null -c 'select pg_current_xact_id()'
        take "$plain"
        [ -f "$work/known.probe" ] || fail "an unchanged schema leaves no new probe"
        grep -q '"unchanged":true' "$work/out" || fail "unchanged is not told"
        cp "$work/out" "$WORK/short.$database"
        sql "$database" -o /dev/null -c 'select pg_current_xact_id()'
        echo old >"$work/out"
        cp -R "$work" "$WORK/template.unchanged.$database"
        cp -R "$work" "$WORK/template.counted.$database"
    done
    export PGDATABASE=shop
    mode=partial
    begin
    take "$plain"
    grep -q '"partial":1' "$work/out" || fail "the partial reading is none"
}

begin() {
    rm -rf "$work"
    cp -R "$WORK/template.$mode.$PGDATABASE" "$work"
}

# What does not depend on the time; nor on the key of secrets, where it is said that it could not be read.
lasting() {
    key='"secret_key":"",?'
    ! is_keyless || key='"secret_key":"[^"]*",?'
    sed -E '2 { s/"probe":\{("[a-z_]*":("[^"]*"|[0-9]+),?)*\},?//; s/"time":"[^"]*",?//; s/'"$key"'//; s/,\}/}/ }' "$1"
}

is_keyless() {
    grep -q ': whether secrets changed is not told$' "$WORK/errors" 2>/dev/null
}

is_document() {
    lasting "$work/out" >"$WORK/lasting"
    for is in "$WORK/whole.$PGDATABASE" "$WORK/short.$PGDATABASE"; do
        lasting "$is" | cmp -s - "$WORK/lasting" && return 0
    done
    return 1
}

is_probe() {
    ! cmp -s "$work/known.probe" "$WORK/template.$mode.$PGDATABASE/known.probe" || return 0
    [ "$(jq -r '.format + .hash' "$work/known.probe")" = "probe/1$(jq -r .hash "$work/known")" ]
}

# What stands now in the directory of the run; a killed one may leave what the next one takes away.
check() {
    before=$WORK/template.$mode.$PGDATABASE
    [ ! -f "$work/known" ] || cmp -s "$work/known" "$before/known" || fail "$1: the known document is another"
    [ ! -f "$work/known.probe" ] || is_probe || fail "$1: the probe is half"
    if [ "$status" -eq 0 ]; then
        is_document || fail "$1: another document"
    elif [ "$mode" = stdout ]; then
        [ ! -s "$work/out" ] || fail "$1: something was written to stdout"
    elif [ "${may_be_new:-}" ] && is_document; then
        :
    else
        cmp -s "$work/out" "$before/out" || fail "$1: the output is half"
    fi
    [ "${may_leave:-}" ] || [ -z "$(find "$work" -name '*.tmp-*')" ] || fail "$1: left $(find "$work" -name '*.tmp-*')"
}

# The same again, undisturbed.
again() {
    status=0
    take "$1" >"$WORK/stdout" 2>"$WORK/errors" || fail "$2: again: $(cat "$WORK/errors")"
    [ "$mode" != stdout ] || mv "$WORK/stdout" "$work/out"
    may_leave='' check "$2, again"
    [ ! -s "$WORK/errors" ] || fail "$2, again: $(cat "$WORK/errors")"
}

# told WHAT CODE...: the exit code is one of these, and the failure one line.
told() {
    what=$1
    shift
    case " $* " in
    *" $status "*) ;;
    *) fail "$what: status $status: $(head -c 2000 "$WORK/errors")" ;;
    esac
    lines=$(wc -l <"$WORK/errors")
    ! is_keyless || lines=$((lines - 1))
    wanted=1
    [ "$status" -ne 0 ] || wanted=0
    # libpg_query keeps the standard error to itself while it parses.
    [ "$part" != memory ] || [ "$status" -ne 71 ] || [ "$lines" -ne 0 ] || wanted=0
    [ "$status" -eq 137 ] || [ "$lines" -eq "$wanted" ] || fail "$what: status $status with $lines lines: $(head -c 2000 "$WORK/errors")"
    echo "$part $mode $PGDATABASE: status $status: $(sed -E 's/[0-9]+/N/g' "$WORK/errors")" >>"$WORK/tally"
    strikes=$((strikes + 1))
}

run() {
    status=0
    rm -f "$WORK/struck"
    timeout 60 env -C "$work" "$@" >"$WORK/stdout" 2>"$WORK/errors" || status=$?
    [ "$mode" != stdout ] || mv "$WORK/stdout" "$work/out"
}

# every STEP LIST...: of the numbers, in a short run, one in STEP.
every() {
    step=$1
    shift
    [ -z "${LONG:-}" ] || step=1
    echo "$@" | tr ' ' '\n' | awk -v step="$step" 'NF && (NR + int(step / 2)) % step == 0'
}

# ---- the connection is lost ----

# plan CONNECTION POINT PART HOW
plan() {
    rm -f "$WORK/proxy/struck" "$WORK/proxy"/messages.*
    plans=$((plans + 1))
    echo "$plans $*" >"$WORK/proxy/plan"
}

take_by_proxy() {
    # shellcheck disable=SC2046  # a list of words without blanks
    run PGHOST=127.0.0.1 PGPORT="$(cat "$WORK/proxy/port")" ASAN_OPTIONS=exitcode=99 \
        "$BIN/schema-snapshot" -s live $(arguments "$mode")
}

wait_for() {
    waiting=200
    while [ "$waiting" -gt 0 ] && [ ! -s "$1" ]; do
        sleep 0.05
        waiting=$((waiting - 1))
    done
    [ -s "$1" ] || fail "there is no $1"
}

# lose CONNECTION POINT PART HOW
lose() {
    what="$mode of $PGDATABASE, connection $1 lost at message $2 ($3, $4)"
    # On a busy machine another connection may be the first to be there.
    for _ in 1 2 3 4 5; do
        begin
        plan "$@"
        take_by_proxy
        [ ! -f "$WORK/proxy/struck" ] || break
    done
    [ -f "$WORK/proxy/struck" ] || fail "$what: was not struck"
    told "$what" 0 69 75
    # Only what the server was told to end, or the second connection, may be missed.
    [ "$status" -ne 0 ] || [ "$1" = 2 ] || [ "$4" = terminate ] || fail "$what: succeeds all the same"
    check "$what"
    if [ -z "${LONG:-}" ] || [ $((strikes % 10)) -eq 0 ]; then
        again "$BIN/schema-snapshot" "$what"
    fi
}

# The points of a connection: all, or those whose message is of a type (C: a statement's end, D: a row).
points() {
    awk -v type="$2" '{ for (i = 1; i <= length($0); i++) if (type == "" || substr($0, i, 1) == type) print i - 1 }' \
        "$WORK/messages.$1"
}

# lose_all CONNECTION STEP
lose_all() {
    how=close
    # What is written to the standard output is the same reading.
    if [ "${LONG:-}" ] && [ "$mode" != stdout ]; then
        for point in $(points "$1" ''); do
            for piece in before within; do
                for how in close reset; do
                    lose "$1" "$point" "$piece" "$how"
                done
            done
        done
    else
        # shellcheck disable=SC2046  # numbers
        for point in 0 $(every "$2" $(points "$1" C)); do
            lose "$1" "$point" before "$how"
            [ "$how" = close ] && how=reset || how=close
        done
        # shellcheck disable=SC2046
        for point in $(every "$2" $(points "$1" D)); do
            lose "$1" "$point" within "$how"
            [ "$how" = close ] && how=reset || how=close
        done
    fi
    # shellcheck disable=SC2046
    for point in $(every $(($2 * 4)) $(points "$1" C)); do
        lose "$1" "$point" before terminate
    done
}

lost() {
    part=lost
    plans=0
    plan 0 0 before close
    python3 "$SOURCE/tests/fault/proxy.py" "$WORK/proxy" "$CLUSTER/.s.PGSQL.5432" 2>"$WORK/proxy/errors" &
    proxy=$!
    trap 'kill "$proxy" 2>/dev/null || true; cluster_stop' EXIT
    wait_for "$WORK/proxy/port"
    for PGDATABASE in shop wide; do
        for mode in full stdout unchanged counted partial; do
            [ "$PGDATABASE" = shop ] || [ "$mode" = full ] || continue
            begin
            plan 0 0 before close
            take_by_proxy
            [ "$status" -eq 0 ] || fail "$mode through the proxy: $(cat "$WORK/errors")"
            check "$mode through the proxy"
            for connection in 1 2; do
                [ "$connection" = 1 ] || [ "$PGDATABASE" = wide ] || continue
                wait_for "$WORK/proxy/messages.$connection"
                cp "$WORK/proxy/messages.$connection" "$WORK"
                echo "$mode of $PGDATABASE, connection $connection: $(($(wc -c <"$WORK/messages.$connection"))) points"
            done
            case $mode in
            full) step=5 ;;
            partial) step=7 ;;
            stdout) step=15 ;;
            *) step=2 ;;
            esac
            lose_all 1 "$step"
            [ "$PGDATABASE" = shop ] || lose_all 2 2
        done
    done
    kill "$proxy"
    [ ! -s "$WORK/proxy/errors" ] || fail "the proxy: $(cat "$WORK/proxy/errors")"
    PGDATABASE=shop
}

# ---- memory ----

# exhaust N [on]: false when there are not so many allocations; their number varies a little.
exhaust() {
    begin
    # shellcheck disable=SC2046
    run LD_PRELOAD="$WORK/oom.so" OOM_REPORT="$WORK/struck" OOM_AT="$1" ${2:+OOM_ON=1} \
        "$plain" -s live $(arguments "$mode")
    [ -f "$WORK/struck" ] || [ "$1" -gt $((count - 50)) ] || fail "$mode without the allocation $*: $(cat "$WORK/errors")"
    [ -f "$WORK/struck" ] || return 1
    told "$mode without the allocation $*" 0 69 71
    may_leave=1 check "$mode without the allocation $*"
    [ $(($1 % 10)) -ne 0 ] || again "$plain" "$mode without the allocation $*"
}

memory() {
    part=memory
    cc -std=c17 -D_XOPEN_SOURCE=700 -Wall -Wextra -Werror -O2 -fPIC -shared -o "$WORK/oom.so" "$SOURCE/tests/fault/oom.c"
    # The beginning closely, and in a short run the many alike that follow sparsely.
    sparse=20 sparser=5
    [ -z "${LONG:-}" ] || sparse=1000000 sparser=100
    for mode in full unchanged partial; do
        exhaust_all "$sparse"
    done
    # With two connections the order is another each time.
    PGDATABASE=wide mode=full
    exhaust_all "$sparser"
    PGDATABASE=shop
}

# exhaust_all SPARSE: the distance between two grows by one in as many; but the last are all made to fail.
exhaust_all() {
    begin
    # shellcheck disable=SC2046
    run LD_PRELOAD="$WORK/oom.so" OOM_REPORT="$WORK/count" "$plain" -s live $(arguments "$mode")
    [ "$status" -eq 0 ] || fail "$mode: $(cat "$WORK/errors")"
    count=$(cat "$WORK/count")
    echo "$mode of $PGDATABASE: $count allocations"
    nth=1
    while [ "$nth" -le "$count" ]; do
        exhaust "$nth" || break
        # Who ended there and then has no use for what follows.
        [ "$(cat "$WORK/errors")" = 'out of memory' ] || exhaust "$nth" on || break
        next=$((nth + 1 + nth / $1))
        [ "$nth" -ge $((count - 12)) ] || [ "$next" -le $((count - 12)) ] || next=$((count - 12))
        [ "$nth" -lt $((count - 12)) ] || next=$((nth + 1))
        nth=$next
    done
}

# ---- calls ----

# strike CALLS NTH FAULT
strike() {
    begin
    # shellcheck disable=SC2046
    run ASAN_OPTIONS=detect_leaks=0:exitcode=99 strace -f -qq -y -o "$WORK/trace" -e trace="$1" \
        -e inject="$1:$3:when=$2" "$BIN/schema-snapshot" -s live $(arguments "$mode")
    what="$mode with $1 $2 $3"
    ! grep -q ': Success$' "$WORK/errors" || fail "$what: says not why: $(cat "$WORK/errors")"
    grep -q -e INJECTED -e 'killed by SIGKILL' "$WORK/trace" || fail "$what: was not struck"
    # 78: the configuration, or .env, could not be read.
    told "$what" 0 71 73 74 78 137
    # What fails only after the new file took its place.
    may_new=1
    [ "$status" -eq 137 ] && leave=1 || leave=''
    case $1 in *unlink*) leave=1 ;; esac
    may_be_new=$may_new may_leave=$leave check "$what"
    again "$BIN/schema-snapshot" "$what"
}

calls() {
    part=calls
    for mode in full unchanged partial; do
        for kind in write fsync '?rename,?renameat,?renameat2' '?unlink,?unlinkat' ftruncate pwrite64 openat \
            '?fchmod' close; do
            begin
            # shellcheck disable=SC2046
            run ASAN_OPTIONS=detect_leaks=0 strace -f -qq -y -o "$WORK/trace" -e trace="$kind" \
                "$BIN/schema-snapshot" -s live $(arguments "$mode")
            # Those that have to do with our files.
            grep -E '^[0-9]+ +[a-z0-9]+\(' "$WORK/trace" >"$WORK/calls" || :
            ours=$(awk '/\/run\/|\/tmp\/|TMPFILE|deleted/ { print NR }' "$WORK/calls")
            for fault in error=ENOSPC error=EIO signal=KILL; do
                # shellcheck disable=SC2086
                for nth in $(every 8 $ours); do
                    strike "$kind" "$nth" "$fault"
                done
            done
        done
    done
}

# ---- valgrind ----

grind() {
    part=valgrind
    for mode in full unchanged partial; do
        grind_once
    done
    PGDATABASE=wide mode=full
    grind_once
    PGDATABASE=shop
}

grind_once() {
    begin
    # shellcheck disable=SC2046
    run valgrind --log-file="$WORK/valgrind" --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
        "$plain" -s live $(arguments "$mode")
    [ "$status" -ne 99 ] || fail "$mode of $PGDATABASE under valgrind: $(cat "$WORK/valgrind")"
    told "$mode of $PGDATABASE under valgrind" 0
    check "$mode of $PGDATABASE under valgrind"
    sed -nE "s/^==[0-9]+== +((definitely|indirectly|possibly) lost|still reachable|ERROR SUMMARY)/$mode of $PGDATABASE: \1/p" \
        "$WORK/valgrind"
}

prepare
templates
strikes=0
[ $# -gt 0 ] || set -- lost memory calls valgrind
for part in "$@"; do
    began=$(date +%s)
    had=$strikes
    case $part in
    valgrind) grind ;;
    lost | memory | calls) "$part" ;;
    *) fail "'$part' is no part of this test" ;;
    esac
    [ "$strikes" -gt "$had" ] || fail "$part: nothing was struck"
    echo "$part: $((strikes - had)) in $(($(date +%s) - began)) s"
done
sort "$WORK/tally" | uniq -c | sort -k1,1nr | head -n "${SHOW:-0}"
