#!/bin/sh
# No change is made up. Each case of noise/cases.sql is one schema, come to be in two ways or touched by what changes
# nothing: schema-diff must be silent about it, on servers of each version, from one version to the next, and when the
# schema is dumped and restored, into a newer server too. So must it be about the real projects of ../shared/corpus,
# between live, shadow and migrations besides; what a source could not know exactly is counted as uncertain.
#
#   noise.sh [VERSION]...    else 13, 15 and 18. ONLY=WORD: cases and projects whose name has it. All projects with LONG,
# else one.

set -u
# shellcheck disable=SC2034  # what the cluster is told
MEMORY=4 CLUSTER_OPTIONS='-c autovacuum=off -c full_page_writes=off -c max_wal_size=64MB -c min_wal_size=32MB -c shared_buffers=64MB'
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C PGOPTIONS='-c client_min_messages=error'
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
SHARED=$SOURCE/../shared
cluster_project "$WORK/project" && cd "$WORK/project" || exit 1
export XDG_CACHE_HOME="$WORK/cache"

compared=0 wrong=0 restorations=0
told() {
    wrong=$((wrong + 1))
    echo "FAILED: $1" >&2
    [ -z "${2:-}" ] || head -n 12 "$2" | cut -c 1-600 >&2
}

# silent NAME OLD NEW [KIND]: nothing changed between the two documents, but for rights on what an extension has in one of
# its versions only, and for that kind.
silent() {
    compared=$((compared + 1))
    "$BIN/schema-diff" -a "$2" -f text "$3" >"$WORK/text" 2>&1 && return
    others=$("$BIN/schema-diff" -a "$2" -f json "$3" 2>/dev/null |
        jq --arg but "${4:-}" '[.changes[] | select(.kind != "privileges" and .kind != $but)] | length')
    [ "$others" != 0 ] || return
    told "$1" "$WORK/text"
}

# snapshot DATABASE FILE [ARGUMENT]...
snapshot() {
    snapshot_of=$1 snapshot_file=$2
    shift 2
    PGDATABASE=$snapshot_of "$BIN/schema-snapshot" -q -s live -o "$snapshot_file" "$@" 2>"$WORK/said" || told "the snapshot of $snapshot_of" "$WORK/said"
}

# All names in quotes: some of them are words of a newer server's.
dump() {
    pg_dump -s --quote-all-identifiers "$1"
}

gone() {
    for database in "$@"; do
        echo "drop database if exists \"$database\" with (force);"
    done | sql postgres 2>/dev/null
}

# restored NAME FILE: the dump, taken from version $3, is made a database on version $4 and its snapshot FILE. Until version
# 15 everybody may create in public, which a snapshot takes for granted and a newer server for a right that was given.
restored() {
    cluster_use "$4"
    cluster_database restored
    if ! sql restored -o /dev/null -f "$WORK/dump.sql" 2>"$WORK/said"; then
        # A stand-in for an extension that this server lacks is nothing that a dump brings along.
        grep -q 'extension .* is not available' "$WORK/said" || told "restoring $1" "$WORK/said"
        gone restored
        return
    fi
    restorations=$((restorations + 1))
    [ "$3" -ge 15 ] || [ "$4" -lt 15 ] || sql restored -c 'revoke create on schema public from public'
    snapshot restored "$WORK/other"
    # Settings of the database are in no dump.
    silent "$1, of $3 restored on $4" "$2" "$WORK/other" database
    gone restored
}

# shellcheck disable=SC2046  # a list of words
[ $# -gt 0 ] || set -- $(servers 13 15 18)
clusters_start "$@"
dumper=$("$SYSTEM_BIN/pg_dump" --version | sed 's/.*) \([0-9]*\).*/\1/')
for newest in "$@"; do :; done

# ---- the cases ----

mkdir "$WORK/cases"
awk -v to="$WORK/cases" '
    /^--- (again|or)$/ { part = $2; next }
    /^--- / { n++; part = "first"; print substr($0, 5) > (to "/" n ".name"); next }
    { print > (n ? to "/" n "." part : to "/base") }' "$SOURCE/tests/pg/noise/cases.sql"
count=$(find "$WORK/cases" -name '*.name' | wc -l)

# runs DATABASE FILE WHAT
runs() {
    sql "$1" -o /dev/null -f "$2" 2>"$WORK/said" || told "$3 does not run" "$WORK/said"
}

for version in "$@"; do
    cluster_use "$version"
    sql postgres -c 'create role noise_one' -c 'create role noise_two'
done
for version in "$@"; do
    cluster_use "$version"
    cluster_database base
    runs base "$WORK/cases/base" "$version: what stands before the cases"
    n=0
    while [ "$n" -lt "$count" ]; do
        n=$((n + 1)) case=$WORK/cases/$n
        name="$version: $(cat "$case.name")"
        case $name in *"${ONLY:-}"*) ;; *) continue ;; esac
        sql postgres -c 'create database one template base' -c 'create database two template base'
        runs one "$case.first" "$name"
        snapshot one "$case.$version"
        [ "$version" -gt "$dumper" ] || dump one >"$WORK/dump.sql" || told "pg_dump of $name"
        if [ -f "$case.or" ]; then
            runs two "$case.or" "$name, or"
            snapshot two "$WORK/other"
        else
            runs one "$case.again" "$name, again"
            snapshot one "$WORK/other"
        fi
        silent "$name" "$case.$version" "$WORK/other"
        if [ -n "${previous:-}" ] && [ -f "$case.$previous" ]; then
            silent "$name, beside $previous" "$case.$previous" "$case.$version"
        fi
        if [ "$version" -le "$dumper" ]; then
            restored "$name" "$case.$version" "$version" "$version"
            [ "$version" = "$newest" ] || restored "$name" "$case.$version" "$version" "$newest"
            cluster_use "$version"
        fi
        gone one two
    done
    previous=$version
done
echo "$compared comparisons of $count cases"

# ---- real projects ----

# project NAME PATH OPTIONS
project() {
    before=$wrong oldest='' loaded=''
    base=''
    [ ! -f "$2.prelude.sql" ] || base=--base=$2.prelude.sql
    for version in $versions; do
        cluster_use "$version"
        cluster_database "$1"
        # shellcheck disable=SC2086  # options
        if "$SHARED/tools/load-corpus.sh" -q $3 "$2" "host=$PGHOST user=postgres dbname=$1" >"$WORK/said" 2>&1; then
            snapshot "$1" "$WORK/$version.json"
            [ -z "$oldest" ] || silent "$1: $oldest beside $version" "$WORK/$oldest.json" "$WORK/$version.json"
            oldest=${oldest:-$version} loaded="$loaded $version"
        else
            echo "$1 does not load on $version: $(head -n 1 "$WORK/said")"
        fi
    done
    [ -n "$oldest" ] || return
    for version in $loaded; do
        [ "$version" -le "$dumper" ] || continue
        cluster_use "$version"
        dump "$1" >"$WORK/dump.sql" || told "pg_dump of $1"
        restored "$1" "$WORK/$version.json" "$version" "$version"
        [ "$version" = "$newest" ] || restored "$1" "$WORK/$version.json" "$version" "$newest"
    done
    # The version that the parser of the migrations is of, or is next to.
    cluster_use "$version"
    # shellcheck disable=SC2086  # nothing, or an option
    "$BIN/schema-snapshot" -q -s migrations -m "$2" $base -o "$WORK/replay.json" 2>"$WORK/said" || told "$1: replay" "$WORK/said"
    # shellcheck disable=SC2086  # nothing, or an option
    "$BIN/schema-snapshot" -q -s shadow --server-bin "$SERVER_BIN" -m "$2" $base -o "$WORK/shadow.json" 2>"$WORK/said" || told "$1: shadow" "$WORK/said"
    silent "$1: live $version beside shadow" "$WORK/$version.json" "$WORK/shadow.json"
    silent "$1: live $version beside migrations" "$WORK/$version.json" "$WORK/replay.json"
    silent "$1: migrations beside live $version" "$WORK/replay.json" "$WORK/$version.json"
    silent "$1: migrations beside shadow" "$WORK/replay.json" "$WORK/shadow.json"
    uncertain=$("$BIN/schema-diff" -a "$WORK/$version.json" -f json "$WORK/replay.json" 2>/dev/null | jq '.uncertain // 0')
    echo "$1: on$loaded, $((wrong - before)) false, $uncertain uncertain from migrations"
}

# Roles are the cluster's, and the next project knows nothing of these.
cleared() {
    for version in $versions; do
        cluster_use "$version"
        gone "$1"
        for role in $(sql postgres -At -c "select quote_ident(rolname) from pg_roles where oid >= 16384"); do
            sql postgres -c "drop role $role"
        done
    done
}

if [ -d "$SHARED/corpus" ] && [ -x "$SHARED/tools/load-corpus.sh" ]; then
    cat "$SOURCE/share/supabase/extensions.sql" "$SOURCE/share/supabase/shim.sql" >"$WORK/shim.sql"
    export SHIM="$WORK/shim.sql"
    versions=$*
    some=basejump
    [ -z "${LONG:-}" ] || some=''
    cleared base
    for path in "$SHARED"/corpus/*; do
        name=${path##*/}
        case $name in *.sql | *.md) continue ;; *"${ONLY:-$some}"*) ;; *) continue ;; esac
        # Those that make the roles of a hosting platform themselves, or need none.
        case $name in supabase-storage | [!s]* | sample-*) options=-n ;; *) options='' ;; esac
        case $name in dump-*) path=$path/structure.sql ;; esac
        project "$name" "$path" "$options"
        cleared "$name"
    done
fi

echo "$compared comparisons, $restorations of them of what was restored; $wrong wrong"
[ "$wrong" -eq 0 ] || fail "$wrong changes that are none"
