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

SYSTEM=$("$SYSTEM_BIN/postgres" -V | sed 's/.*) \([0-9]*\).*/\1/')
cluster_start
set -- "$@" --server "$SYSTEM=$CLUSTER"
# Roles are the whole cluster's: a worker has one of its own.
CLUSTER=$WORK/cluster.second
cluster_start
set -- "$@" --server "$SYSTEM=$CLUSTER"
[ -n "${SQL:-}" ] || ! "$BIN/schema-diff" --help | grep -q '\bsql\b' || SQL=1
[ "${SQL:-0}" = 0 ] || set -- "$@" --sql
# What keeps the key by which secrets are compared.
cluster_project "$WORK/project" || exit 1
[ -z "${LONG:-}" ] || ROUNDS=${ROUNDS:-5000}
TMPDIR=$WORK/project python3 "$SOURCE/tests/pg/mutations/mutate.py" --rounds "${ROUNDS:-40}" "$@" || fail "mutations"
