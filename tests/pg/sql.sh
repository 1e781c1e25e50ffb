#!/bin/sh
# The SQL that schema-diff writes is what it says: applied to a database of the old schema it makes the new one, and the
# way back the old one; the same from nothing. The pairs (sql/cases.sql) are those on which it would be easy to go
# wrong: circles, hostile names, types under values, heirs of tables. Only the order of columns may differ, which no
# statement changes.
set -u

# shellcheck disable=SC2034  # what the cluster is told
MEMORY=1 CLUSTER_OPTIONS='-c autovacuum=off -c shared_buffers=64MB'
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
cluster_start
cluster_project "$WORK/project" && cd "$WORK/project" || exit 1
export PGOPTIONS='-c client_min_messages=error'

failed=0 applied=0
wrong() {
    echo "FAILED: $*" >&2
    failed=$((failed + 1))
}

# Cases become files: NAME.old.sql and NAME.new.sql, their names in NAMES.
mkdir "$WORK/cases"
awk -v to="$WORK/cases/" '
    /^-- case: / { name = substr($0, 10); side = 0; print name > (to "NAMES"); printf "" > (to name ".old.sql"); printf "" > (to name ".new.sql"); next }
    /^-- (old|new):/ { side = $2; next }
    name && side != "new:" { print > (to name ".old.sql") }
    name && side != "old:" { print > (to name ".new.sql") }' "$SOURCE/tests/pg/sql/cases.sql"

fresh() {
    sql postgres -c "drop database if exists \"$1\" with (force)"
    cluster_database "$1"
}

snapshot() {
    PGDATABASE=$1 "$BIN/schema-snapshot" -q -s live -o "$2" || wrong "$case: the snapshot of $1"
}

but_order() {
    jq -S 'del(.meta, .lineage, .members, .transactions, .hash)
        | if .tables then .tables |= map(.columns |= sort_by(.name)) else . end
        | if .composites then .composites |= map(.attributes |= sort_by(.name)) else . end' "$1"
}

# becomes DATABASE OLD NEW: applies the SQL from one to the other.
becomes() {
    "$BIN/schema-diff" -q -a "$WORK/$2.json" --format sql "$WORK/$3.json" >"$WORK/plan.sql" 2>"$WORK/said"
    if [ $? -gt 1 ] || [ -s "$WORK/said" ]; then
        wrong "$case: $2 to $3: $(head -n 3 "$WORK/said")"
    elif ! sql "$1" -o /dev/null -f "$WORK/plan.sql" 2>"$WORK/said"; then
        wrong "$case: $2 to $3: $(head -n 3 "$WORK/said" | cut -c 1-300)"
    else
        snapshot "$1" "$WORK/got.json"
        applied=$((applied + 1))
        [ "$(tail -n 1 "$WORK/got.json")" = "$(tail -n 1 "$WORK/$3.json")" ] ||
            [ "$(but_order "$WORK/got.json")" = "$(but_order "$WORK/$3.json")" ] || {
            wrong "$case: $2 to $3 is not what it should be"
            "$BIN/schema-diff" -q -a "$WORK/got.json" --format text "$WORK/$3.json" | head -n 10 | cut -c 1-200 >&2
        }
    fi
}

fresh a
case=nothing
snapshot a "$WORK/nothing.json"
while read -r case; do
    fresh b
    sql b -f "$WORK/cases/$case.new.sql" || wrong "$case: new does not load"
    snapshot b "$WORK/new.json"
    sql postgres -c "drop database b with (force)"
    # Roles are the cluster's.
    for role in $(sql postgres -At -c "select oid from pg_roles where oid >= 16384"); do
        sql postgres -c "do \$\$ begin execute format('drop role %I', (select rolname from pg_roles where oid = $role)); end \$\$"
    done
    if [ "${case%-only-forth}" = "$case" ]; then
        fresh a
        becomes a nothing new
        becomes a new nothing
    fi
    fresh a
    sql a -f "$WORK/cases/$case.old.sql" || wrong "$case: old does not load"
    snapshot a "$WORK/old.json"
    becomes a old new
    [ "${case%-only-forth}" != "$case" ] || becomes a new old
    sql postgres -c "drop database a with (force)"
    for role in $(sql postgres -At -c "select oid from pg_roles where oid >= 16384"); do
        sql postgres -c "do \$\$ begin execute format('drop role %I', (select rolname from pg_roles where oid = $role)); end \$\$"
    done
done <"$WORK/cases/NAMES"

echo "$applied migrations applied"
[ "$applied" -gt 100 ] || wrong "too few were tried"
[ "$failed" -eq 0 ] || fail "$failed in all"
