#!/bin/sh
# No column of a view that the types say is never NULL holds a NULL: random schemas whose views nest joins, subqueries
# and WITH (tests/official/random.py), random rows in their tables. Left out are domains that are NOT NULL, whose columns
# the official generator takes for never NULL even behind an outer join, and comments that say "@notNull".
#
#   nullability.sh [FIRST LAST]    the seeds; else 1 to 25, or with LONG set 1 to 300

set -eu
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
HERE=$SOURCE/tests/pg/nullability

cluster_start
cluster_project "$WORK/project" && cd "$WORK/project"
seeds=${LONG:+300}
seeds=${seeds:-25}
columns=0 rows=0 wrong=0
for seed in $(seq "${1:-1}" "${2:-${seeds}}"); do
    cluster_database "s$seed"
    python3 "$SOURCE/tests/official/random.py" "$seed" 30 | sed 's/^\(create domain .*\) not null;$/\1;/; s/@notNull/@other/' >"$WORK/schema.sql"
    psql -X -q -d "s$seed" -f "$WORK/schema.sql" >"$WORK/said" 2>&1 || true
    psql -X -q -d "s$seed" -f "$HERE/fill.sql" >"$WORK/said" 2>&1 || fail "rows: $(cat "$WORK/said")"
    "$BIN/schema-snapshot" -q -s live --db-url "dbname=s$seed" -o "$WORK/snapshot"
    "$BIN/gen-ts-types" -n '*' "$WORK/snapshot" | python3 "$HERE/claims.py" >"$WORK/claims.sql"
    # What takes too long, or fails, is asked for nothing.
    PGOPTIONS='-c statement_timeout=1s' psql -X -At -d "s$seed" -f "$WORK/claims.sql" >"$WORK/answers" 2>"$WORK/said" || true
    while IFS='|' read -r view never count nulls; do
        columns=$((columns + (count > 0 ? never : 0)))
        rows=$((rows + count))
        [ -z "$nulls" ] && continue
        wrong=$((wrong + 1))
        echo "seed $seed: '$view' has a NULL in $nulls"
    done <"$WORK/answers"
    psql -X -q -d postgres -c "drop database \"s$seed\" with (force)" 2>/dev/null || true
done
echo "$columns columns that are said to be never NULL, $rows rows, $wrong views with a NULL in one"
[ "$columns" -ge 100 ] || fail "too few columns to tell"
[ "$wrong" -eq 0 ] || fail "a column that is said to be never NULL holds a NULL"
