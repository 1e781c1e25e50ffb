#!/bin/sh
# official.sh [FIRST [LAST]]: gen-ts-types beside the official generators, on the random schemas of these seeds
# (random.py; 1 to 300 if none are given): the same bytes but for the helper types. OFFICIAL is a directory whose
# node_modules have what package.json names; scripts/test --long makes it. Says how many seeds there were, how often an
# official one failed, and what differs; KEEP is a directory for the files.
# Needs BIN (a build's bin) and SOURCE, as tests/CMakeLists.txt sets them for tests.
set -eu
# What the official ones reach is an address.
port=$((20000 + $$ % 20000))
# shellcheck disable=SC2034  # what the cluster is told
CLUSTER_OPTIONS="-c listen_addresses=127.0.0.1 -c port=$port"
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
HERE=$SOURCE/tests/official
export OFFICIAL="${OFFICIAL:-$BUILD/official}"
cluster_start
export PGPORT="$port"
cluster_project "$WORK/project" && cd "$WORK/project"
KEEP=${KEEP:-$WORK/files}
mkdir -p "$KEEP" "$WORK/home"
mkfifo "$WORK/ask" "$WORK/answer"
NODE_NO_WARNINGS=1 node "$HERE/meta.mjs" <"$WORK/ask" >"$WORK/answer" &
exec 3>"$WORK/ask" 4<"$WORK/answer"
echo '{"semi":false,"printWidth":80}' >"$WORK/oxfmtrc.json"

strip() {
    sed '/^type DatabaseWithoutInternals/,/^export const Constants/{/^export const Constants/!d;}' "$1"
}

# same DIALECT SEED: what is ours and what is theirs.
same() {
    strip "$KEEP/$2.$1.ours.ts" >"$WORK/ours"
    strip "$KEEP/$2.$1.theirs.ts" | diff -u --label "theirs, $1, seed $2" --label ours - "$WORK/ours" >"$KEEP/$2.$1.diff" && return 0
    differ=$((differ + 1))
    [ "$differ" -gt 5 ] || head -n 40 "$KEEP/$2.$1.diff"
    return 0
}

seeds=0 differ=0 crashed=0
for seed in $(seq "${1:-1}" "${2:-300}"); do
    seeds=$((seeds + 1))
    python3 "$HERE/random.py" "$seed" >"$KEEP/$seed.sql"
    cluster_database "s$seed"
    psql -X -q -d "s$seed" -f "$KEEP/$seed.sql" >"$WORK/said" 2>&1 || true
    schemas=$(psql -X -At -d "s$seed" -c "select string_agg(nspname, ',' order by nspname) from pg_namespace
        where nspname !~ '^pg_' and nspname <> 'information_schema'")
    url=postgresql://postgres:x@127.0.0.1:$port/s$seed
    "$BIN/schema-snapshot" -q -s live --db-url "dbname=s$seed" -o "$KEEP/$seed.json"
    for dialect in cli2 cli3; do
        "$BIN/gen-ts-types" --compat $dialect -n "$schemas" -o "$KEEP/$seed.$dialect.ours.ts" "$KEEP/$seed.json"
    done
    printf '%s\t%s\t%s\n' "$url" "$schemas" "$KEEP/$seed.cli2.theirs.ts" >&3
    read -r answer <&4
    case $answer in
    ok) same cli2 "$seed" ;;
    *)
        crashed=$((crashed + 1))
        echo "seed $seed: postgres-meta: $answer"
        ;;
    esac
    if HOME=$WORK/home "$OFFICIAL/node_modules/.bin/supabase" gen types --remote="$url" --schema "$schemas" \
        2>"$WORK/said" | sed -n '/^export type Json/,$p' >"$KEEP/$seed.cli3.theirs.ts" &&
        [ -s "$KEEP/$seed.cli3.theirs.ts" ] &&
        "$OFFICIAL/node_modules/.bin/oxfmt" -c "$WORK/oxfmtrc.json" "$KEEP/$seed.cli3.theirs.ts" >>"$WORK/said" 2>&1; then
        same cli3 "$seed"
    else
        crashed=$((crashed + 1))
        echo "seed $seed: supabase: $(tail -n 1 "$WORK/said")"
    fi
    psql -X -q -d postgres -c "drop database \"s$seed\" with (force)" 2>/dev/null || true
done
exec 3>&-
echo "$seeds seeds, $((2 * seeds - crashed)) compared, $crashed times an official one failed, $differ differ"
[ "$differ" = 0 ]
