#!/bin/sh
# snapshot.sh [N...]: a full live snapshot beside pg_dump --schema-only, on N tables (default 10 100 1000).
# Needs BIN (a release build's bin) and SOURCE, as tests/CMakeLists.txt sets them for tests.
set -eu
. "$SOURCE/tests/pg/cluster"
cluster_start
[ $# -gt 0 ] || set -- 10 100 1000
for tables in "$@"; do
    cluster_database "bench_$tables"
    "$SOURCE/tests/bench/gen-schema.sh" "$tables" >"$WORK/schema.sql"
    PGOPTIONS='-c client_min_messages=error' sql "bench_$tables" -1 -f "$WORK/schema.sql"
    sql "bench_$tables" -c 'vacuum analyze'
    echo "$tables tables"
    PGDATABASE=bench_$tables python3 "$SOURCE/tests/bench/measure.py" 5 \
        "pg_dump -s=$SERVER_BIN/pg_dump -s bench_$tables" \
        "schema-snapshot=$BIN/schema-snapshot -s live -C $WORK"
done
