#!/bin/sh
# official.sh [FIRST [LAST] | corpus]: gen-ts-types beside the official generators, on the random schemas of these
# seeds (random.py), or on the real ones of ../shared/corpus; if nothing is asked for on 300 seeds and the real ones.
# They must write the same bytes but for the helper types. OFFICIAL is a directory whose node_modules have what
# package.json names; scripts/test --long makes it. Says how many files were compared, how often an official one failed,
# and what differs; KEEP is a directory for the files.
# Needs BIN (a build's bin) and SOURCE, as tests/CMakeLists.txt sets them for tests.
set -eu
# What the official ones reach is an address.
port=$((20000 + $$ % 20000))
# shellcheck disable=SC2034  # what the cluster is told
CLUSTER_OPTIONS="-c listen_addresses=127.0.0.1 -c port=$port"
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
HERE=$SOURCE/tests/official
SHARED=$SOURCE/../shared
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

# same DIALECT NAME: what is ours and what is theirs.
same() {
    compared=$((compared + 1))
    strip "$KEEP/$2.$1.ours.ts" >"$WORK/ours"
    strip "$KEEP/$2.$1.theirs.ts" | diff -u --label "theirs, $1, $2" --label ours - "$WORK/ours" >"$KEEP/$2.$1.diff" && return 0
    differ=$((differ + 1))
    [ "$differ" -gt 5 ] || head -n 40 "$KEEP/$2.$1.diff"
    return 0
}

# compare NAME: all schemas of the database of that name that are not the platform's, by all generators; then it is dropped.
compare() {
    "$BIN/schema-snapshot" -q -s live --db-url "dbname=$1" -o "$KEEP/$1.json"
    schemas=$(jq -r '[.schemas[].name] | join(",")' "$KEEP/$1.json")
    url=postgresql://postgres:x@127.0.0.1:$port/$1
    # One dialect is made of all, the other of what types are made of.
    "$BIN/gen-ts-types" --compat cli2 -n "$schemas" -o "$KEEP/$1.cli2.ours.ts" "$KEEP/$1.json"
    "$BIN/schema-snapshot" -q -s live -k types --db-url "dbname=$1" |
        "$BIN/gen-ts-types" --compat cli3 -n "$schemas" -o "$KEEP/$1.cli3.ours.ts"
    printf '%s\t%s\t%s\n' "$url" "$schemas" "$KEEP/$1.cli2.theirs.ts" >&3
    read -r answer <&4
    case $answer in
    ok) same cli2 "$1" ;;
    *)
        crashed=$((crashed + 1))
        echo "$1: postgres-meta: $answer"
        ;;
    esac
    if HOME=$WORK/home "$OFFICIAL/node_modules/.bin/supabase" gen types --remote="$url" --schema "$schemas" \
        2>"$WORK/said" | sed -n '/^export type Json/,$p' >"$KEEP/$1.cli3.theirs.ts" &&
        [ -s "$KEEP/$1.cli3.theirs.ts" ] &&
        "$OFFICIAL/node_modules/.bin/oxfmt" -c "$WORK/oxfmtrc.json" "$KEEP/$1.cli3.theirs.ts" >>"$WORK/said" 2>&1; then
        same cli3 "$1"
    else
        crashed=$((crashed + 1))
        echo "$1: supabase: $(tail -n 1 "$WORK/said")"
    fi
    psql -X -q -d postgres -c "drop database \"$1\" with (force)" 2>/dev/null || true
}

random_schemas() {
    for seed in $(seq "$1" "$2"); do
        python3 "$HERE/random.py" "$seed" >"$KEEP/s$seed.sql"
        cluster_database "s$seed"
        psql -X -q -d "s$seed" -f "$KEEP/s$seed.sql" >"$WORK/said" 2>&1 || true
        compare "s$seed"
    done
}

# The real projects of ../shared/corpus, where there are any.
real_schemas() {
    cat "$SOURCE/share/supabase/extensions.sql" "$SOURCE/share/supabase/shim.sql" >"$WORK/shim.sql"
    export SHIM="$WORK/shim.sql"
    for path in "$SHARED"/corpus/*; do
        name=${path##*/}
        options=''
        # Those that make the roles of a hosting platform themselves, or need none.
        case $name in
        *.sql | *.md) continue ;;
        supabase-storage | [!s]* | sample-*) options=-n ;;
        esac
        case $name in dump-*) path=$path/structure.sql ;; esac
        cluster_database "$name"
        # shellcheck disable=SC2086  # nothing, or an option
        "$SHARED/tools/load-corpus.sh" -q $options "$path" "host=$PGHOST port=$port user=postgres dbname=$name" >"$WORK/said" 2>&1 || {
            echo "$name does not load: $(head -n 1 "$WORK/said")"
            continue
        }
        compare "$name"
        for role in $(sql postgres -At -c "select quote_ident(rolname) from pg_roles where oid >= 16384"); do
            sql postgres -c "drop role $role"
        done
    done
}

compared=0 differ=0 crashed=0
case ${1:-} in
corpus) real_schemas ;;
[0-9]*) random_schemas "$1" "${2:-$1}" ;;
*)
    random_schemas 1 300
    real_schemas
    ;;
esac
exec 3>&-
echo "$compared files compared, $crashed times an official one failed, $differ differ"
[ "$differ" = 0 ]
