#!/bin/sh
# The same schema has the same hash, however it came to be and however it is read: on servers of each version,
# with its statements in another order, dumped and restored, through a transaction pooler, on a standby, by a
# role without rights, in a session set to everything else.
#
# With LONG set also the corpora of ../shared on each version, where there are any; else a few on two.

set -u
# shellcheck disable=SC2034  # what the cluster is told
MEMORY=4 CLUSTER_OPTIONS='-c autovacuum=off -c max_wal_size=64MB -c min_wal_size=32MB -c shared_buffers=64MB'
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
HERE=$SOURCE/tests/pg/sources
cluster_project "$WORK/project" && cd "$WORK/project" || exit 1

failed=0
wrong() {
    echo "FAILED: $*" >&2
    failed=$((failed + 1))
}

# snapshot DATABASE ARGUMENT...
snapshot() {
    snapshot_of=$1
    shift
    PGDATABASE=$snapshot_of "$BIN/schema-snapshot" -s live "$@"
}

# equal NAME FILE OTHER: the same schema, by its hash; else the differences are shown.
equal() {
    compared=$((compared + 1))
    [ -s "$3" ] || {
        wrong "$1: no snapshot"
        return
    }
    [ "$(tail -n 1 "$2")" = "$(tail -n 1 "$3")" ] && return
    wrong "$1: another hash"
    "$BIN/schema-diff" --against "$2" -f text "$3" >"$WORK/diff" 2>&1
    head -n 40 "$WORK/diff" | cut -c 1-400 >&2
}

compared=0
# shellcheck disable=SC2046  # a list of words
set -- $(servers 13 14 15 16 17 18)
clusters_start "$@"

# ---- servers of each version ----

for version in "$@"; do
    cluster_use "$version"
    sql postgres -f "$HERE/roles.sql" || fail "roles.sql"
    cluster_database rich
    PGOPTIONS='-c client_min_messages=error' sql rich -f "$HERE/rich.sql" || fail "rich.sql on $version"
    snapshot rich -o "$WORK/rich.$version" || wrong "the snapshot of $version"
done
for version in "$@"; do
    [ "$version" = "$1" ] || equal "$version beside $1" "$WORK/rich.$1" "$WORK/rich.$version"
done
# It is as rich as it says: something of nearly every kind.
for section in schemas extensions enums domains composites ranges collations sequences tables views statistics functions \
    operators operator_families operator_classes casts conversions text_search_dictionaries text_search_configurations \
    languages access_methods foreign_data_wrappers servers user_mappings event_triggers publications default_privileges \
    privileges roles; do
    grep -q "^\"$section\":\[" "$WORK/rich.$1" || wrong "rich.sql gives no $section"
done

# ---- its statements in another order ----

# backwards FROM: a paragraph is run when all it needs is there: from the last to the first, until all have been.
backwards() {
    awk -v RS='' '!/^--/ { text[++n] = $0 }
        END { for (i = n; i > 0; i--) printf "%s\001", text[i] }' "$HERE/rich.sql" >"$WORK/rest"
    rounds=0
    while [ -s "$WORK/rest" ] && [ "$rounds" -lt 12 ]; do
        rounds=$((rounds + 1))
        awk -v RS='\001' '{ printf "\\warn paragraph %d\n%s\n", NR, $0 }' "$WORK/rest" |
            PGOPTIONS='-c client_min_messages=error' psql -X -q -d "$1" -o /dev/null 2>"$WORK/said"
        awk '/^paragraph / { n = $2 } /ERROR:/ { failed[n] } END { for (n in failed) print n }' "$WORK/said" >"$WORK/again"
        awk 'NR == FNR { wanted[$1]; next } FNR in wanted { printf "%s\001", $0 }' \
            "$WORK/again" RS='\001' "$WORK/rest" >"$WORK/next"
        mv "$WORK/next" "$WORK/rest"
    done
    [ ! -s "$WORK/rest" ] || wrong "backwards: some paragraphs never run: $(tail -n 3 "$WORK/said")"
}

for version in "$@"; do
    cluster_use "$version"
    cluster_database back
    backwards back
    snapshot back -o "$WORK/back.$version" || wrong "the snapshot of $version backwards"
    equal "$version backwards" "$WORK/rich.$version" "$WORK/back.$version"
done

# ---- dumped and restored ----

dumper=$("$SYSTEM_BIN/pg_dump" --version | sed 's/.*) \([0-9]*\).*/\1/')
for version in "$@"; do
    [ "$version" -le "$dumper" ] || continue
    cluster_use "$version"
    cluster_database restored
    pg_dump -s rich >"$WORK/dump.sql" || wrong "pg_dump of $version"
    PGOPTIONS='-c client_min_messages=error' sql restored -o /dev/null -f "$WORK/dump.sql" || wrong "restoring on $version"
    snapshot restored -o "$WORK/restored.$version" || wrong "the snapshot of $version restored"
    equal "$version restored" "$WORK/rich.$version" "$WORK/restored.$version"
done

# ---- by a role without rights, in odd sessions ----

for version in "$@"; do
    cluster_use "$version"
    PGUSER=stranger snapshot rich -o "$WORK/stranger.$version" || wrong "a role without rights on $version"
    # What it may not read it says, and no one takes it for dropped.
    if [ "$(sed -n 's/.*"unread":\[\([^]]*\)\].*/\1/p' "$WORK/stranger.$version")" ]; then
        "$BIN/schema-diff" --against "$WORK/rich.$version" -f text "$WORK/stranger.$version" >"$WORK/diff" ||
            wrong "$version: a role without rights reads another schema: $(head -n 5 "$WORK/diff")"
        echo "$version: unread without rights: $(sed -n 's/.*"unread":\[\([^]]*\)\].*/\1/p' "$WORK/stranger.$version")"
    else
        equal "$version by a role without rights" "$WORK/rich.$version" "$WORK/stranger.$version"
    fi
done

# A schema that wants to be asked instead of pg_catalog.
evil="create schema evil;
    create function evil.pg_get_viewdef(oid) returns text language sql as 'select ''evil''';
    create function evil.pg_get_viewdef(oid, boolean) returns text language sql as 'select ''evil''';
    create function evil.format_type(oid, integer) returns text language sql as 'select ''evil''';
    create function evil.eq(name, name) returns boolean language sql as 'select true';
    create operator evil.= (leftarg = name, rightarg = name, function = evil.eq);
    create table evil.pg_class (oid oid, relname name);
    create view evil.pg_namespace as select 1 as oid;"
settings='-c search_path=evil,pg_catalog,library -c datestyle=SQL,DMY -c intervalstyle=sql_standard -c timezone=Asia/Tokyo
    -c extra_float_digits=-5 -c quote_all_identifiers=on -c bytea_output=escape -c standard_conforming_strings=off
    -c row_security=off -c enable_seqscan=off -c transform_null_equals=on -c array_nulls=off -c xmlbinary=hex
    -c default_transaction_isolation=serializable -c lc_messages=C -c client_encoding=LATIN1 -c escape_string_warning=off
    -c check_function_bodies=off -c from_collapse_limit=1 -c force_parallel_mode=off
    -c max_parallel_workers_per_gather=0 -c work_mem=64kB -c temp_buffers=800kB -c synchronize_seqscans=on'
for version in "$@"; do
    cluster_use "$version"
    sql rich -c "$evil" || wrong "the evil schema"
    [ "$version" -lt 16 ] || settings=$(echo "$settings" | sed 's/-c force_parallel_mode=off/-c debug_parallel_query=on/')
    # Without settings of its own a session has the evil schema in its snapshot, and with them the same.
    rm -f "$WORK/plain" "$WORK/odd"
    snapshot rich -o "$WORK/plain" || wrong "with an evil schema"
    PGOPTIONS=$(echo "$settings" | tr -s '\n ' '  ') snapshot rich -o "$WORK/odd" || wrong "an odd session on $version"
    equal "$version in an odd session" "$WORK/plain" "$WORK/odd"
    sql rich -c 'drop schema evil cascade' 2>/dev/null
    snapshot rich -o "$WORK/odd" && equal "$version without the evil schema again" "$WORK/rich.$version" "$WORK/odd"
done

# ---- through a pooler ----

bouncer=''
bouncer_stop() {
    [ -z "$bouncer" ] || kill "$(cat "$bouncer")" 2>/dev/null
    bouncer=''
}
trap 'bouncer_stop; cluster_stop' EXIT

pooled() {
    mkdir "$WORK/bouncer"
    cat >"$WORK/bouncer/ini" <<END
[databases]
* = host=$PGHOST port=$PGPORT user=postgres
[pgbouncer]
unix_socket_dir = $WORK/bouncer
listen_port = 6432
listen_addr =
auth_type = any
pool_mode = transaction
default_pool_size = 2
logfile = $WORK/bouncer/log
pidfile = $WORK/bouncer/pid
END
    [ "$(id -u)" != 0 ] || chown -R postgres "$WORK/bouncer"
    as_postgres pgbouncer -q "$WORK/bouncer/ini" >/dev/null 2>&1 &
    bouncer=$WORK/bouncer/pid
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -S "$WORK/bouncer/.s.PGSQL.6432" ] && break
        sleep 0.1
    done
    direct=$PGHOST
    export PGHOST="$WORK/bouncer" PGPORT=6432
    # More of them than the pool has sessions, so that they get each other's.
    readers=''
    for n in 1 2 3 4 5; do
        snapshot rich -o "$WORK/pooled.$n" &
        readers="$readers $!"
    done
    # shellcheck disable=SC2086  # a list of words
    wait $readers
    snapshot rich --if-changed "$WORK/pooled.1" -o "$WORK/pooled.short"
    left=$(sql rich -At -c "show search_path" -c "show statement_timeout" -c "show lock_timeout" | paste -s -d ' ')
    export PGHOST="$direct" PGPORT=5432
    for n in 1 2 3 4 5 short; do
        equal "$1 through a pooler ($n)" "$WORK/rich.$1" "$WORK/pooled.$n"
    done
    grep -q '"unchanged":true' "$WORK/pooled.short" || wrong "$1: nothing changed, but through a pooler it is read again"
    [ "$left" = "\"\$user\", public 0 0" ] || wrong "$1: settings are left in the pooler's session: $left"
    bouncer_stop
    rm -rf "$WORK/bouncer"
}

if command -v pgbouncer >/dev/null; then
    for version in "$@"; do
        cluster_use "$version"
        pooled "$version"
    done
else
    echo "no pgbouncer on this machine: not tested with it" >&2
fi

# ---- on a standby ----

standby() {
    pg_basebackup -D "$WORK/copy" -R -c fast >"$WORK/said" 2>&1 || {
        wrong "pg_basebackup: $(cat "$WORK/said")"
        return
    }
    mkdir "$WORK/cluster.standby"
    mv "$WORK/copy" "$WORK/cluster.standby/data"
    [ "$(id -u)" != 0 ] || chown -R postgres "$WORK/cluster.standby"
    rm -f "$WORK/cluster.standby/data/postmaster.pid"
    as_postgres "$SERVER_BIN/pg_ctl" -D "$WORK/cluster.standby/data" -l "$WORK/cluster.standby/log" -w start \
        -o "-c listen_addresses='' -c unix_socket_directories=$WORK/cluster.standby -c fsync=off -c max_locks_per_transaction=512 -c wal_level=logical" \
        >"$WORK/said" 2>&1 || {
        wrong "the standby does not start: $(cat "$WORK/said" "$WORK/cluster.standby/log")"
        return
    }
    primary=$PGHOST
    PGHOST=$WORK/cluster.standby snapshot rich -o "$WORK/standby" || wrong "a standby"
    equal "on a standby" "$WORK/rich.$1" "$WORK/standby"
    # A standby has its primary's objects, not others that are alike.
    "$BIN/schema-diff" --against "$WORK/rich.$1" -f text "$WORK/standby" || wrong "a standby differs from its primary"
    PGHOST=$WORK/cluster.standby snapshot rich --if-changed "$WORK/standby" -o "$WORK/short" || wrong "a standby, again"
    grep -q '"unchanged":true' "$WORK/short" || wrong "on a standby nothing changed, but it is read again"
    sql rich -c 'alter table library.nothing add column something integer'
    position=$(sql rich -At -c 'select pg_current_wal_lsn()')
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ "$(PGHOST=$WORK/cluster.standby sql rich -At -c "select pg_last_wal_replay_lsn() >= '$position'")" != t ] || break
        sleep 0.1
    done
    PGHOST=$WORK/cluster.standby snapshot rich --if-changed "$WORK/standby" -o "$WORK/new"
    "$BIN/schema-diff" --against "$WORK/standby" -f text "$WORK/new" | grep -q 'column something added' ||
        wrong "a change is not seen on a standby"
    PGHOST=$primary
    sql rich -c 'alter table library.nothing drop column something'
    cluster_end standby
}

case " $* " in
*" $dumper "*)
    cluster_use "$dumper"
    standby "$dumper"
    ;;
esac

# ---- real projects ----

# alike NAME FILE OTHER: equal, but for rights on what an extension has in one of its versions only, and for roles that
# another corpus has left on those servers on which it got far enough.
alike() {
    others=$("$BIN/schema-diff" --against "$2" -f json "$3" 2>/dev/null | jq '[.changes[] | select(.kind != "privileges" and .kind != "role")] | length')
    [ "$others" = 0 ] || equal "$@"
}

# corpus NAME OPTIONS: loads it into a database on each of the versions.
corpus() {
    for version in $versions; do
        cluster_use "$version"
        cluster_database "$1"
        # shellcheck disable=SC2086  # options
        "$SHARED/tools/load-corpus.sh" -q $2 "$path" "host=$PGHOST user=postgres dbname=$1" >"$WORK/said" 2>&1 || {
            # Some need a newer server.
            echo "$version: $1 does not load: $(head -n 1 "$WORK/said")"
            sql postgres -c "drop database \"$1\" with (force)"
            continue
        }
        snapshot "$1" -o "$WORK/corpus.$version" || wrong "$1 on $version"
        [ -z "$first" ] || alike "$1 on $version beside $first" "$WORK/corpus.$first" "$WORK/corpus.$version"
        first=${first:-$version}
        loaded=$((loaded + 1))
        sql postgres -c "drop database \"$1\" with (force)"
    done
}

SHARED=$SOURCE/../shared
loaded=0
few=$(servers 13 15 18 2>/dev/null)
if [ -d "$SHARED/corpus" ] && [ -x "$SHARED/tools/load-corpus.sh" ]; then
    # Roles of another corpus would be in the snapshot of the next one, and must be on each server.
    for path in "$SHARED"/corpus/*; do
        name=${path##*/}
        first=''
        versions="$*"
        case $name in *.sql | *.md) continue ;; esac
        [ -n "${LONG:-}" ] || case $name in
        supabase-basejump | dump-danbooru | sample-graphile*) versions=$few ;;
        *) continue ;;
        esac
        case $name in supabase-storage | [!s]* | sample-*) options=-n ;; *) options='' ;; esac
        case $name in dump-*) path=$path/structure.sql ;; esac
        corpus "$name" "$options"
    done
    echo "$loaded corpora loaded"
fi

echo "$compared snapshots compared"
[ "$failed" -eq 0 ] || fail "$failed in all"
