#!/bin/sh
# No change is ever taken for none: after each statement of fingerprint/ddl.sql schema-snapshot --if-changed
# answers with a document in which schema-diff finds something, both when it may trust the server's counts of
# writes and with --exact. And after each of fingerprint/quiet.sql it either says that nothing changed or gives a
# document in which nothing did: those false alarms are counted. What is read in part, because little changed, is what
# is read in full.
#
#   fingerprint.sh [VERSION]...    else 18, or with LONG set all of them

set -u
# shellcheck disable=SC2034  # what the cluster is told
MEMORY=4 CLUSTER_OPTIONS='-c autovacuum=off -c max_wal_size=64MB -c min_wal_size=32MB -c shared_buffers=64MB'
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
HERE=$SOURCE/tests/pg/fingerprint
cluster_project "$WORK/project" && cd "$WORK/project" || exit 1

wrong() {
    echo "$version: $*" >&2
    failed=$((failed + 1))
}

# All but one schema, on which the others lean.
snapshot() {
    "$BIN/schema-snapshot" -s live -N wild "$@"
}

# same OLD NEW: schema-diff finds nothing.
same() {
    "$BIN/schema-diff" --against "$1" -f text "$2" >"$ROWS/diff" 2>&1
}

is_short() {
    grep -q '"unchanged":true' "$1"
}

# Counts of writes are seen by others when their session is idle or gone; 15 and later can be asked not to wait.
execute() {
    {
        cat "$ROWS/$number.sql"
        [ "$version" -lt 15 ] || printf ';\nselect pg_stat_force_next_flush();\n'
    } | PGOPTIONS='-c client_min_messages=error' sql "$PGDATABASE" -v database="$PGDATABASE" -o /dev/null
}

# deep NUMBER: is more to be asked after this one? After one in six, with LONG after each.
deep() {
    [ -n "${LONG:-}" ] || [ $(($1 % 6)) -eq 0 ]
}

# whole FILE: all of it but meta, where the counts of what was done are.
whole() {
    sed 2d "$1"
}

ddl() {
    snapshot -o old || return 1
    while read -r number name; do
        execute </dev/null || {
            wrong "$name: the statement fails"
            continue
        }
        steps=$((steps + 1))
        moved=yes
        deep $steps && modes='default --exact' || modes=default
        for mode in $modes; do
            [ "$mode" != default ] || mode=''
            # shellcheck disable=SC2086  # none or one
            snapshot --if-changed old -o new $mode 2>"$ROWS/said" || {
                wrong "$name: $(cat "$ROWS/said")"
                continue 2
            }
            if is_short new; then
                wrong "$name: taken for no change${mode:+, even with $mode}"
                moved=no
            elif same old new; then
                wrong "$name: read, and no change is found${mode:+ with $mode}"
                moved=no
            fi
        done
        ! grep -q '^"meta":.*"partial":[1-9]' new || partly=$((partly + 1))
        # Where few objects changed only they were read; it is the same as reading all.
        deep $steps || is_short new || {
            mv new old
            [ "$moved" = no ] || seen=$((seen + 1))
            continue
        }
        snapshot -o all || wrong "$name: no snapshot"
        whole all >all.whole
        is_short new || whole new | cmp -s - all.whole ||
            wrong "$name: read in part it is another: $(whole new | diff all.whole - | head -n 4 | cut -c 1-300)"
        [ "$moved" = no ] || seen=$((seen + 1))
        mv all old
    done <"$ROWS/names"
}

quiet() {
    snapshot -o old || return 1
    while read -r number name; do
        execute </dev/null || {
            wrong "$name: the statement fails"
            continue
        }
        calm "$name"
    done <"$ROWS/names"
}

# calm NAME: what was just done is no change. That the schema was read, to find none, shows in meta: only who reads
# counts what is left out.
calm() {
    silent=$((silent + 1))
    alarm=''
    deep $silent && modes='default --exact' || modes=default
    for mode in $modes; do
        [ "$mode" != default ] || mode=''
        # shellcheck disable=SC2086  # none or one
        snapshot --if-changed old -o new $mode 2>"$ROWS/said" || wrong "$1: $(cat "$ROWS/said")"
        same old new || wrong "$1: a change is found: $(cat "$ROWS/diff")"
        grep -q '^"meta":.*"left_out":' new || continue
        alarm=yes
        [ ! -f "$ROWS/$number.unchanged" ] || wrong "$1: read again${mode:+ with $mode}"
    done
    [ -n "$alarm" ] || return 0
    echo "$1" >>"$ROWS/alarms"
    snapshot -o old || wrong "$1: no snapshot afterwards"
}

# Sessions that hold something while the snapshot is made.
held() {
    number=held
    while IFS='|' read -r name statements; do
        mkfifo "$ROWS/pipe"
        psql -X -q -o /dev/null <"$ROWS/pipe" 2>"$ROWS/said" &
        exec 3>"$ROWS/pipe"
        echo "$statements" >&3
        printf '\\! touch %s\n' "$ROWS/ready" >&3
        until [ -f "$ROWS/ready" ]; do sleep 0.02; done
        calm "$name, held by another session"
        exec 3>&-
        wait $!
        calm "$name, let go"
        rm -f "$ROWS/pipe" "$ROWS/ready"
    done <<'END'
a temporary table|create temporary table passing (id integer primary key, name text);
a table not committed|begin; create table harbour.uncommitted (id integer);
a lock|begin; lock table harbour.ship in share row exclusive mode;
a snapshot|begin isolation level repeatable read; select 1 from harbour.ship;
LISTEN and an advisory lock|listen tide; select pg_advisory_lock(7);
END
}

board() {
    version=$1
    failed=0 steps=0 seen=0 partly=0 silent=0
    ROWS=$WORK/rows.$version
    mkdir "$ROWS" && cluster_project "$ROWS/own" && cd "$ROWS/own" || return 1
    : >"$ROWS/alarms"
    cluster_use "$version"
    as_postgres mkdir "$CLUSTER/yard" "$CLUSTER/barn"
    sql postgres -c 'create role farmer' -c 'create role breeder' \
        -c "create tablespace barn location '$CLUSTER/barn'" || return 1
    sql postgres -v yard="$CLUSTER/yard" -f "$SOURCE/tests/pg/properties/shared.sql" || return 1
    cluster_database garden
    # Enough that a few changes are a small part.
    sql garden -o /dev/null -f "$HERE/forest.sql" || return 1
    cluster_database harbour
    sql harbour -f "$SOURCE/tests/pg/properties/base.sql" || return 1

    awk -v version="$version" -v to="$ROWS" -f "$SOURCE/tests/pg/properties/rows.awk" "$HERE/ddl.sql" >"$ROWS/names"
    export PGDATABASE=garden
    ddl
    rm -f "$ROWS"/[0-9]*
    awk -v version="$version" -v to="$ROWS" -f "$SOURCE/tests/pg/properties/rows.awk" "$HERE/quiet.sql" >"$ROWS/names"
    # What of it must not be read again.
    sed -n 's/^-- \(.*\)/\1/p; /^--= unchanged/p' "$HERE/quiet.sql" | sed -n 'N; /\n--= unchanged$/P; D' >"$ROWS/must"
    while read -r number name; do
        ! grep -qxF "$name" "$ROWS/must" || touch "$ROWS/$number.unchanged"
    done <"$ROWS/names"
    export PGDATABASE=harbour
    quiet
    held
    [ "$partly" -ge $((steps / 2)) ] || wrong "only $partly of $steps changes are read in part"
    echo "$version: $seen/$steps statements seen, $partly read in part; $silent quiet ones, $(wc -l <"$ROWS/alarms") false alarms: $(paste -s -d ';' "$ROWS/alarms")"
    [ "$failed" -eq 0 ]
}

# shellcheck disable=SC2046  # lists of words
[ $# -gt 0 ] || set -- $(servers ${LONG:+13 14 15 16 17} 18)
clusters_start "$@"
both board "$@" || fail "a change is taken for none, or the other way round"
