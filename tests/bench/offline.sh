#!/bin/sh
# offline.sh DIR: the migrations in DIR replayed, and run in a shadow database (warm): all of them, with nothing new,
# and with one file that is new each time; beside them what a live snapshot of the same schema costs, and, when PGLITE names a directory whose node_modules
# have it, PGlite running the same files after share/supabase's.
# Needs BIN (a release build's bin) and SOURCE, as tests/CMakeLists.txt sets them for tests. RUNS chooses how many.
set -eu
. "$SOURCE/tests/pg/cluster"
folder=$(cd "$1" && pwd)
cluster_start
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
find "$folder" -name '*.sql' | wc -l | xargs printf '%s files\n'
python3 "$SOURCE/tests/bench/measure.py" "${RUNS:-9}" "$@" \
    --before "shadow, all=sh -c 'rm -rf $WORK/cache/schema-monitor/shadow/stage-*'" \
    --before "shadow, one file more=sh -c 'date \"+create table t%s%N ();\" >$WORK/more/99999999999999_more.sql'"
