#!/bin/sh
# offline.sh DIR: the migrations in DIR replayed, and run in a shadow database (warm): all of them, with nothing new,
# and with one file that is new each time; beside them, when PGLITE names a directory whose node_modules have it, PGlite running
# the same files after share/supabase's, and when CLI names one whose node_modules have Supabase's command line, its `db diff`
# from a database with nothing but the platform's own to one that ran the files (by itself it would start both in Docker).
# Needs BIN (a release build's bin) and SOURCE, as tests/CMakeLists.txt sets them for tests. RUNS chooses how many.
set -eu
port=$((20000 + $$ % 20000))
# shellcheck disable=SC2034  # what the cluster is told
CLUSTER_OPTIONS="-c listen_addresses=127.0.0.1 -c port=$port"
. "$SOURCE/tests/pg/cluster"
folder=$(cd "$1" && pwd)
cluster_start
export PGPORT="$port"
export XDG_CACHE_HOME="$WORK/cache"
cluster_project "$WORK/project" && cd "$WORK/project"
cp -R "$folder" "$WORK/more"
shadow="$BIN/schema-snapshot -s shadow --server-bin $SERVER_BIN"
$shadow -m "$folder" -o shadow.json
set -- "shadow, all=$shadow -m $folder" \
    "shadow, nothing new=$shadow -m $folder" \
    "shadow, one file more=$shadow -m $WORK/more" \
    "shadow, no file=$shadow -m $WORK/none" \
    "replay=$BIN/schema-snapshot -s migrations -m $folder"
mkdir "$WORK/none" && echo 'select 1;' >"$WORK/none/1.sql"
if [ -n "${PGLITE:-}" ]; then
    files=$(find "$folder" -name '*.sql' | sort | tr '\n' ' ')
    set -- "$@" "PGlite=node $SOURCE/tests/bench/pglite.mjs $SOURCE/share/supabase/extensions.sql \
$SOURCE/share/supabase/shim.sql $files"
fi
# The loader of ../shared/corpus makes stubs of what the server has no files of, as a shadow does.
cli=${CLI:-/nowhere}/node_modules/.bin/supabase
if [ -x "$cli" ]; then
    cluster_database bare
    cluster_shim bare
    cluster_database migrated
    cat "$SOURCE/share/supabase/extensions.sql" "$SOURCE/share/supabase/shim.sql" >"$WORK/shim.sql"
    SHIM=$WORK/shim.sql PGOPTIONS='-c client_min_messages=error' "$SOURCE/../shared/tools/load-corpus.sh" -q "$folder" \
        "host=$PGHOST port=$port user=postgres dbname=migrated"
    url=postgresql://postgres:x@127.0.0.1:$port
    mkdir "$WORK/home" "$WORK/cli"
    printf '%s\n' "cd '$WORK/cli' && HOME='$WORK/home' NO_COLOR=1 '$cli' db diff --from '$url/bare?sslmode=disable' \\" \
        "    --to '$url/migrated?sslmode=disable' >'$WORK/cli.sql' 2>'$WORK/cli.said' || { tail -n 3 '$WORK/cli.said' >&2; exit 1; }" >by_cli
    set -- "$@" "supabase db diff=sh by_cli"
fi
find "$folder" -name '*.sql' | wc -l | xargs printf '%s files\n'
python3 "$SOURCE/tests/bench/measure.py" "${RUNS:-9}" "$@" \
    --before "shadow, all=sh -c 'rm -rf $WORK/cache/schema-monitor/shadow/stage-*'" \
    --before "shadow, one file more=sh -c 'date \"+create table t%s%N ();\" >$WORK/more/99999999999999_more.sql'"
[ ! -f "$WORK/cli.sql" ] || echo "supabase db diff writes $(wc -l <"$WORK/cli.sql") lines"
