#!/bin/sh
# types.sh [N...]: a snapshot and its types beside pg_dump --schema-only and, up to 1,000 tables, the official generators,
# on N tables (default 10 100 1000 10000). The official ones write the same bytes (tests/official).
# Needs BIN (a release build's bin) and SOURCE, as tests/CMakeLists.txt sets them for tests, and OFFICIAL, a directory
# whose node_modules have what tests/official/package.json names ($BUILD/official, as scripts/test --long makes it).
set -eu
port=$((20000 + $$ % 20000))
# shellcheck disable=SC2034  # what the cluster is told
CLUSTER_OPTIONS="-c autovacuum=off -c listen_addresses=127.0.0.1 -c port=$port"
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
cluster_start
export PGPORT="$port"
modules=${OFFICIAL:-$BUILD/official}/node_modules
sizes=${*:-10 100 1000 10000}
cluster_project "$WORK/project" && cd "$WORK/project"
mkdir "$WORK/home"
schemas=app,audit,public
for tables in $sizes; do
    cluster_database "bench_$tables"
    "$SOURCE/tests/bench/gen-schema.sh" "$tables" >"$WORK/schema.sql"
    PGOPTIONS='-c client_min_messages=error' sql "bench_$tables" -1 -f "$WORK/schema.sql"
    sql "bench_$tables" -c 'vacuum analyze' -c checkpoint
    export PGDATABASE="bench_$tables"
    url=postgresql://postgres:x@127.0.0.1:$port/$PGDATABASE
    "$BIN/schema-snapshot" -s live -o old
    echo "$BIN/schema-snapshot -s live | $BIN/gen-ts-types -n $schemas -o types.ts" >ours
    # As the official ones, it reads what types are made of and no more.
    echo "$BIN/schema-snapshot -s live -k types | $BIN/gen-ts-types -n $schemas -o types.ts" >alone
    set -- \
        "pg_dump -s=$SYSTEM_BIN/pg_dump -s" \
        "snapshot and types=sh ours" \
        "what types need, and they=sh alone" \
        "types of a snapshot=$BIN/gen-ts-types -n $schemas old"
    if [ "$tables" -le 1000 ] && [ -d "$modules" ]; then
        {
            echo "export PG_META_GENERATE_TYPES=typescript PG_META_DB_URL=$url"
            echo "export PG_META_GENERATE_TYPES_INCLUDED_SCHEMAS=$schemas PG_META_GENERATE_TYPES_DETECT_ONE_TO_ONE_RELATIONSHIPS=true"
            echo "exec node $modules/@supabase/postgres-meta/dist/server/server.js"
        } >meta
        echo "HOME=$WORK/home exec $modules/.bin/supabase gen types --remote=$url --schema $schemas" >cli
        set -- "$@" "postgres-meta 0.99=sh meta" "supabase 3.1=sh cli"
    fi
    echo "$tables tables"
    python3 "$SOURCE/tests/bench/measure.py" "${RUNS:-3}" "$@"
done
