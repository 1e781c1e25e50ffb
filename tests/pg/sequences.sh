#!/bin/sh
# Random sequences of DDL: what is replayed from their files must be what a server has that ran them, or be said to be uncertain
# (uncertain.jq); sequences/sequences.py tells how. A failure names its seed and shows the few statements that are enough for it.
#
#   sequences.sh [--seed N] [--keep DIRECTORY] [--store DIRECTORY]
# What is stored there is judged again as it is, and no server asked: after a change of the replay, in a twentieth of the time.
# COUNT=N sequences, else 80, with LONG 5,000.

set -u
# shellcheck disable=SC2034  # what the cluster is told
MEMORY=2 CLUSTER_OPTIONS='-c autovacuum=off -c full_page_writes=off -c max_wal_size=64MB -c min_wal_size=32MB -c shared_buffers=64MB'
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$SOURCE/tests/pg/mutations"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE

cluster_start
set -- "$@" --server "$CLUSTER"
# Roles are the whole cluster's: a worker has one of its own.
CLUSTER=$WORK/cluster.second
cluster_start
set -- "$@" --server "$CLUSTER"
cluster_project "$WORK/project" || exit 1
[ -z "${LONG:-}" ] || COUNT=${COUNT:-5000}
TMPDIR=$WORK/project python3 "$SOURCE/tests/pg/sequences/sequences.py" --count "${COUNT:-80}" "$@" || fail "sequences"
