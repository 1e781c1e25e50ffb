#!/bin/sh
# Pairs of schemas written by somebody else, one concept each: what schema-diff says of them against what
# pg_dump says, and the statements of --format sql proved on a server; pairs/pairs.py tells how. The pairs in
# pairs/ always, and of the whole corpus, where it is, one in sixteen, with LONG all.
#
#   pairs.sh [DIRECTORY]...    only these pairs
# SQL=0 leaves the statements out.

set -u
# shellcheck disable=SC2034  # what the cluster is told
MEMORY=2 CLUSTER_OPTIONS='-c autovacuum=off -c full_page_writes=off -c max_wal_size=64MB -c min_wal_size=32MB -c shared_buffers=64MB'
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
CORPUS=$SOURCE/../shared/cases/diff

[ $# -gt 0 ] || {
    number=0
    for pair in "$SOURCE"/tests/pg/pairs/*/a.sql "$CORPUS"/*/a.sql; do
        number=$((number + 1))
        case $pair in
        "$CORPUS"/*) [ -n "${LONG:-}" ] || [ $((number % 16)) -eq 0 ] || continue ;;
        esac
        [ ! -f "$pair" ] || set -- "$@" "${pair%/a.sql}"
    done
}

# Two of the system's server, whose pg_dump is here, and one for what only a newer one can load.
SYSTEM=$("$SYSTEM_BIN/postgres" -V | sed 's/.*) \([0-9]*\).*/\1/')
cluster_start
CLUSTER=$WORK/cluster.second
cluster_start
printf '%s\n' "$@" >"$WORK/pairs"
new=no
for pair in "$@"; do
    ! grep -qE '"minVersion": *1[6-9]' "$pair/meta.json" || new=yes
done
set -- --server "$SYSTEM=$WORK/cluster" --server "$SYSTEM=$CLUSTER"
if [ "$SYSTEM" -lt 18 ] && [ "$new" = yes ] && server_bin 18 >/dev/null; then
    clusters_start 18
    set -- --server "18=$CLUSTER" "$@"
fi
[ -n "${SQL:-}" ] || ! "$BIN/schema-diff" --help | grep -q '\bsql\b' || SQL=1
[ "${SQL:-0}" = 0 ] || set -- --sql "$@"
cluster_project "$WORK/project" && cd "$WORK/project" || exit 1
# What keeps the key by which secrets are compared.
export TMPDIR="$WORK/project"
python3 "$SOURCE/tests/pg/pairs/pairs.py" "$@" <"$WORK/pairs" || fail "pairs"
