#!/bin/sh
# diff.sh [N...]: one change among N tables (default 10 100 1000 10000). Two snapshots, made once, compared by
# schema-diff and by diff -u; then, up to 1,000 tables, from two databases to what differs, beside pg-delta and migra.
# Needs BIN (a release build's bin) and SOURCE, as tests/CMakeLists.txt sets them for tests, and for the others PEERS, a
# directory where npm has installed @pgkit/migra and @supabase/pg-delta. RUNS chooses how many.
set -eu
port=$((20000 + $$ % 20000))
# shellcheck disable=SC2034  # what the cluster is told
CLUSTER_OPTIONS="-c autovacuum=off -c listen_addresses=127.0.0.1 -c port=$port"
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
cluster_start
export PGPORT="$port" PGOPTIONS='-c client_min_messages=error'
modules=${PEERS:-/nowhere}/node_modules
sizes=${*:-10 100 1000 10000}
cluster_project "$WORK/project" && cd "$WORK/project"
# All by a shell, of which diff -u has need: a difference is no failure here.
echo 'diff -u old new >udiff || [ $? = 1 ]' >by_diff
echo "$BIN/schema-diff -a old --fail-on none -f json new >changes" >by_us
for tables in $sizes; do
    for change in none default; do
        sql postgres -c "drop database if exists bench_$change"
        cluster_database "bench_$change"
        "$SOURCE/tests/bench/gen-schema.sh" "$tables" "$change" >"$WORK/schema.sql"
        sql "bench_$change" -1 -o /dev/null -f "$WORK/schema.sql"
        sql "bench_$change" -c 'vacuum analyze' -c checkpoint
    done
    PGDATABASE=bench_none "$BIN/schema-snapshot" -q -s live -o old
    PGDATABASE=bench_default "$BIN/schema-snapshot" -q -s live -o new
    sh by_us
    echo "$tables tables, $(wc -c <new) bytes, $(jq .summary.total changes) change"
    python3 "$SOURCE/tests/bench/measure.py" "${RUNS:-9}" "diff -u=sh by_diff" "schema-diff=sh by_us"
    if [ "$tables" -gt 1000 ] || [ ! -d "$modules" ]; then
        continue
    fi
    export from=postgresql://postgres:x@127.0.0.1:$port/bench_none to=postgresql://postgres:x@127.0.0.1:$port/bench_default
    {
        echo "$BIN/schema-snapshot -q -s live --db-url 'env(from)' -o from && $BIN/schema-snapshot -q -s live --db-url 'env(to)' |"
        echo "    $BIN/schema-diff -a from --fail-on none -f json >changes"
    } >two_of_ours
    # As it is used: the old side is kept, and what has not changed since is not read again.
    echo "PGDATABASE=bench_default $BIN/schema-snapshot -q -s live --if-changed kept | $BIN/schema-diff -a kept --fail-on none -f json >changes" >since
    PGDATABASE=bench_default "$BIN/schema-snapshot" -q -s live -o kept
    table=$(sql bench_default -At -c "select attrelid::regclass from pg_attribute
        where attname = 'quantity' order by attrelid offset $tables / 2 limit 1")
    set -- "two snapshots, schema-diff=sh two_of_ours" "a change since, schema-diff=sh since" \
        --before "a change since, schema-diff=$SYSTEM_BIN/psql -X -q -d bench_default -c 'alter table $table alter column quantity set default 77'"
    [ ! -f "$modules/.bin/pgdelta" ] || {
        echo "node $modules/.bin/pgdelta diff --source $from --desired $to >delta 2>&1 || [ \$? = 1 ]" >by_delta
        set -- "$@" "pg-delta=sh by_delta"
    }
    [ ! -f "$modules/.bin/migra" ] || {
        echo "node $modules/.bin/migra run $from $to --unsafe --with-privileges >migra || [ \$? -le 3 ]" >by_migra
        set -- "$@" "migra=sh by_migra"
    }
    python3 "$SOURCE/tests/bench/measure.py" "${PEER_RUNS:-2}" "$@"
    for what in delta migra; do
        [ ! -f "$what" ] || echo "$what says: $(grep . "$what" | tail -n 1 | cut -c 1-100)"
    done
done
