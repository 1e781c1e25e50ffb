#!/bin/sh
# What types are written of among the members of extensions: a server of any version tells it, and from migrations it
# is known of what comes with PostgreSQL 15, wherever the extension is put.
#
#   members.sh [VERSION]...    else 15 and 18, or with LONG set all of them

set -u
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
BREAKS='plperl|plpython|pltcl|^plpgsql$|^adminpack$'

wrong() {
    echo "$version: $*" >&2
    failed=$((failed + 1))
}

members() {
    sed -n '/^"members":/,/^\],$/p' "$1"
}

board() {
    version=$1
    failed=0
    ROWS=$WORK/rows.$version
    mkdir "$ROWS" "$ROWS/migrations" && cluster_project "$ROWS.project" && cd "$ROWS.project" || return 1
    cluster_use "$version"
    cluster_database brought
    export PGDATABASE=brought
    {
        echo 'create schema "Other One";'
        sql brought -At -c "select name from pg_available_extensions where name !~ '$BREAKS' order by name collate \"C\"" |
            awk '{ printf "create extension if not exists \"%s\" schema %s cascade;\n", $1, NR % 3 ? "public" : "\"Other One\"" }'
    } >"$ROWS/migrations/01.sql"
    sql brought -f "$ROWS/migrations/01.sql" >/dev/null 2>"$ROWS/said" || wrong "extensions: $(head -n 3 "$ROWS/said")"
    "$BIN/schema-snapshot" -q -s live -o "$ROWS/live.json" || wrong "no snapshot"
    "$BIN/gen-ts-types" -n 'public,Other One' "$ROWS/live.json" >"$ROWS/types.ts" || wrong "no types"
    for name in gen_salt show_trgm each pg_stat_statements tablefunc_crosstab_3; do
        grep -q "^ *$name: " "$ROWS/types.ts" || wrong "the types have no $name"
    done
    echo "$version: $(members "$ROWS/live.json" | grep -c '"extension":') members of $(grep -c '^create ext' "$ROWS/migrations/01.sql") extensions"
    [ "$version" = 15 ] || return "$failed"
    "$BIN/schema-snapshot" -q -s migrations -m "$ROWS/migrations" -o "$ROWS/replay.json" || wrong "no snapshot of migrations"
    members "$ROWS/live.json" >"$ROWS/live.members"
    members "$ROWS/replay.json" | diff "$ROWS/live.members" - >"$ROWS/differs" ||
        wrong "migrations do not have what the server has: $(head -n 4 "$ROWS/differs" | cut -c 1-300)"
    return "$failed"
}

# shellcheck disable=SC2046  # lists of words
[ $# -gt 0 ] || set -- $(servers ${LONG:+13 14} 15 ${LONG:+16 17} 18)
clusters_start "$@"
both board "$@" || fail "members of extensions are not told"
