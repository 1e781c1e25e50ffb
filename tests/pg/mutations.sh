#!/bin/sh
# Random schemas, changed at random one thing at a time: schema-diff finds exactly what was done, and the
# statements of --format sql do it and undo it; mutations/mutate.py tells how. A failure names its seed.
#
#   mutations.sh [--seed N]
# ROUNDS=N mutations, else 40, with LONG 5,000; SQL=0 leaves the statements out.

set -u
# shellcheck disable=SC2034  # what the cluster is told
MEMORY=2 CLUSTER_OPTIONS='-c autovacuum=off -c full_page_writes=off -c max_wal_size=64MB -c min_wal_size=32MB -c shared_buffers=64MB'
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE

finish() {
    for pool in "$WORK"/pool.*; do
        [ ! -f "$pool/pid" ] || kill "$(cat "$pool/pid")"
    done
    cluster_stop
}
trap finish EXIT

# pooled NAME: sets SOCKETS, where that cluster is reached: with a pooler, whose backends know the catalogs already,
# a snapshot takes the server half as long.
pooled() {
    SOCKETS=$CLUSTER
    command -v pgbouncer >/dev/null || return 0
    SOCKETS=$WORK/pool.$1
    mkdir "$SOCKETS"
    printf '"postgres" ""\n' >"$SOCKETS/users"
    cat >"$SOCKETS/ini" <<END
[databases]
* = host=$CLUSTER
[pgbouncer]
listen_addr =
listen_port = $PGPORT
unix_socket_dir = $SOCKETS
auth_type = trust
auth_file = $SOCKETS/users
pool_mode = session
default_pool_size = 4
ignore_startup_parameters = options
logfile = $SOCKETS/log
pidfile = $SOCKETS/pid
END
    [ "$(id -u)" != 0 ] || chown -R postgres "$SOCKETS"
    as_postgres pgbouncer -q -d "$SOCKETS/ini" || fail "pgbouncer: $(cat "$SOCKETS/log")"
}

SYSTEM=$("$SYSTEM_BIN/postgres" -V | sed 's/.*) \([0-9]*\).*/\1/')
cluster_start
pooled first
set -- "$@" --server "$SYSTEM=$SOCKETS"
# Roles are the whole cluster's: a worker has one of its own.
CLUSTER=$WORK/cluster.second
cluster_start
pooled second
set -- "$@" --server "$SYSTEM=$SOCKETS"
[ -n "${SQL:-}" ] || ! "$BIN/schema-diff" --help | grep -q '\bsql\b' || SQL=1
[ "${SQL:-0}" = 0 ] || set -- "$@" --sql
# What keeps the key by which secrets are compared.
cluster_project "$WORK/project" || exit 1
[ -z "${LONG:-}" ] || ROUNDS=${ROUNDS:-5000}
TMPDIR=$WORK/project python3 "$SOURCE/tests/pg/mutations/mutate.py" --rounds "${ROUNDS:-40}" "$@" || fail "mutations"
