#!/bin/sh
# What schema-diff says that roles can do now, or no longer, is what they can: random schemas (as_role/random.py) of which
# some rights, owners, memberships, schemas, policies and views change (effects/mutate.py), where before and after each role
# tries everything under SET ROLE (as_role/try.sql). What is said must come off, what comes off otherwise than before must
# be said (effects/judge.py); of views some of it cannot be decided and is not said.
#
#   effects.sh [FIRST LAST]    the seeds; else 1 to 25, or with LONG set 1 to 300

set -eu
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
HERE=$SOURCE/tests/pg

cluster_start
cluster_project "$WORK/project" && cd "$WORK/project"
seeds=${LONG:+300}
seeds=${seeds:-25}
sentences=0 claims=0 differences=0 untold=0 wrong=0
for seed in $(seq "${1:-1}" "${2:-${seeds}}"); do
    cluster_database "e$seed"
    python3 "$HERE/as_role/random.py" "$seed" >"$WORK/schema.sql"
    PGOPTIONS='-c client_min_messages=error' sql "e$seed" -f "$WORK/schema.sql" >"$WORK/said" 2>&1 || fail "seed $seed: $(cat "$WORK/said")"
    psql -X -At -d "e$seed" -f "$HERE/effects/objects.sql" >"$WORK/objects"
    python3 "$HERE/effects/mutate.py" "$seed" <"$WORK/objects" >"$WORK/change.sql"
    psql -X -At -d "e$seed" -f "$HERE/as_role/try.sql" >"$WORK/before"
    "$BIN/schema-snapshot" -q -s live --db-url "dbname=e$seed" -o "$WORK/old"
    PGOPTIONS='-c client_min_messages=error' psql -X -q -d "e$seed" -f "$WORK/change.sql" >"$WORK/said" 2>&1 || :
    psql -X -At -d "e$seed" -f "$HERE/as_role/try.sql" >"$WORK/after"
    psql -X -At -d "e$seed" -f "$HERE/effects/objects.sql" >"$WORK/objects"
    "$BIN/schema-snapshot" -q -s live --db-url "dbname=e$seed" -o "$WORK/new"
    "$BIN/schema-diff" --against "$WORK/old" -f json "$WORK/new" >"$WORK/changes" || [ $? -eq 1 ]
    python3 "$HERE/effects/judge.py" "$WORK/changes" "$WORK/before" "$WORK/after" "$WORK/objects" >"$WORK/judged"
    if [ "$(wc -l <"$WORK/judged")" -gt 1 ]; then
        wrong=$((wrong + 1))
        echo "seed $seed:"
        cat "$WORK/change.sql"
        sed '$d' "$WORK/judged"
    fi
    # shellcheck disable=SC2046 # four numbers
    set -- $(tail -n 1 "$WORK/judged") "$@"
    sentences=$((sentences + $1)) claims=$((claims + $2)) differences=$((differences + $3)) untold=$((untold + $4))
    shift 4
    psql -X -q -d postgres -c "drop database \"e$seed\" with (force)" -c 'drop role r1, r2, r3, r4, r5, r6'
done
echo "$sentences sentences of $claims things, $differences that came off otherwise, $untold of views not told, $wrong seeds wrong"
[ "$wrong" -eq 0 ] || fail "what is said of roles is not what they can do"
[ "$claims" -ge 100 ] || fail "too little is said to tell"
[ $((untold * 5)) -le "$differences" ] || fail "too little is told of views"
