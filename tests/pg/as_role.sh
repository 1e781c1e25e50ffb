#!/bin/sh
# What the types of a role allow is what it can do: random schemas with roles, memberships, owners, grants, revokes and
# policies (as_role/random.py), where for each role every column is read, inserted and changed and every function
# called under SET ROLE (as_role/try.sql), and what came off is compared with the types (as_role/claims.py).
#
#   as_role.sh [FIRST LAST]    the seeds; else 1 to 12, or with LONG set 1 to 200

set -eu
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
HERE=$SOURCE/tests/pg/as_role
roles='r1 r2 r3 r4 r5 r6'

cluster_start
cluster_project "$WORK/project" && cd "$WORK/project"
major=$("$SERVER_BIN/postgres" -V | sed 's/.*) \([0-9]*\).*/\1/')
seeds=${LONG:+200}
seeds=${seeds:-12}
allowed=0 refused=0 wrong=0
for seed in $(seq "${1:-1}" "${2:-${seeds}}"); do
    cluster_database "a$seed"
    python3 "$HERE/random.py" "$seed" "$major" >"$WORK/schema.sql"
    PGOPTIONS='-c client_min_messages=error' sql "a$seed" -f "$WORK/schema.sql" >"$WORK/said" 2>&1 || fail "seed $seed: $(cat "$WORK/said")"
    psql -X -At -d "a$seed" -f "$HERE/try.sql" >"$WORK/tried"
    # The types list a relation that allows anything; they do not say what can be deleted or left to its default.
    {
        grep -v -e '|delete|' -e '|default|' "$WORK/tried" || :
        awk -F '|' '$3 != "call" { print $1 "|" $2 "|listed|" }' "$WORK/tried"
    } | sort -u >"$WORK/can"
    "$BIN/schema-snapshot" -q -s live -k types --db-url "dbname=a$seed" -o "$WORK/snapshot"
    for role in $roles; do
        "$BIN/gen-ts-types" -q -n public,s1,s2 --as-role "$role" "$WORK/snapshot" | python3 "$HERE/claims.py" "$role"
    done | sort -u | sed '/^$/d' >"$WORK/said"
    "$BIN/gen-ts-types" -q -n public,s1,s2 "$WORK/snapshot" | python3 "$HERE/claims.py" all >"$WORK/all"
    allowed=$((allowed + $(wc -l <"$WORK/said")))
    refused=$((refused + 6 * $(wc -l <"$WORK/all") - $(wc -l <"$WORK/said")))
    if ! diff "$WORK/can" "$WORK/said" >"$WORK/differences"; then
        wrong=$((wrong + 1))
        echo "seed $seed: < what the role can do, > what the types say"
        cat "$WORK/differences"
    fi
    psql -X -q -d postgres -c "drop database \"a$seed\" with (force)" -c 'drop role r1, r2, r3, r4, r5, r6'
done
echo "$allowed things that a role can do, $refused that it cannot, $wrong seeds with a difference"
[ "$allowed" -ge 100 ] || fail "too little is allowed to tell"
[ "$refused" -ge 100 ] || fail "too little is refused to tell"
[ "$wrong" -eq 0 ] || fail "the types of a role are not what it can do"
