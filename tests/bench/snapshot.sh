#!/bin/sh
# snapshot.sh [N...]: live snapshots beside pg_dump --schema-only and a bare query, on N tables (default 10 100
# 1000): in full; when nothing changed, by the server's counts of writes and by the fingerprint; after one change.
# Needs BIN (a release build's bin) and SOURCE, as tests/CMakeLists.txt sets them for tests. RUNS chooses how many.
set -eu
# shellcheck disable=SC2034  # what the cluster is told
CLUSTER_OPTIONS='-c autovacuum=off'
. "$SOURCE/tests/pg/cluster"
cluster_start
[ $# -gt 0 ] || set -- 10 100 1000
cd "$WORK"
for tables in "$@"; do
    cluster_database "bench_$tables"
    "$SOURCE/tests/bench/gen-schema.sh" "$tables" >"$WORK/schema.sql"
    PGOPTIONS='-c client_min_messages=error' sql "bench_$tables" -1 -f "$WORK/schema.sql"
    sql "bench_$tables" -c 'vacuum analyze' -c checkpoint
    # Counts of writes are sure to be told after ten seconds.
    sleep 10
    export PGDATABASE="bench_$tables"
    "$BIN/schema-snapshot" -s live -o old
    table=$(sql "$PGDATABASE" -At -c "select attrelid::regclass from pg_attribute
        where attname = 'quantity' order by attrelid offset $tables / 2 limit 1")
    runs=${RUNS:-$([ "$tables" -gt 1000 ] && echo 3 || echo 9)}
    echo "$tables tables"
    python3 "$SOURCE/tests/bench/measure.py" "$runs" \
        "pg_dump -s=$SYSTEM_BIN/pg_dump -s" \
        "select 1=$SYSTEM_BIN/psql -X -A -t -c 'select 1'" \
        "in full=$BIN/schema-snapshot -s live" \
        "no change=$BIN/schema-snapshot -s live --if-changed old" \
        "no change, --exact=$BIN/schema-snapshot -s live --if-changed old --exact"
    python3 "$SOURCE/tests/bench/measure.py" "$runs" \
        "in full=$BIN/schema-snapshot -s live" \
        "one change=$BIN/schema-snapshot -s live --if-changed old" \
        --before "one change=$SYSTEM_BIN/psql -X -q -c 'alter table $table alter column quantity set default 77'"
done
