#!/bin/sh
# No half state: while another session renames columns, tables, functions and types, and drops and makes views
# and policies, every document that schema-snapshot writes is one of the states there were; it may say "try again"
# (75). And a table that another session has locked for its DDL keeps nobody waiting: the snapshot tells by whom it
# is held and has all the rest.
#
#   torn.sh [VERSION]...    else 15 and 18, or with LONG set all of them

set -u
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
HERE=$SOURCE/tests/pg/torn
RENAMES=2000

wrong() {
    echo "$version: $*" >&2
    failed=$((failed + 1))
}

snapshot() {
    "$BIN/schema-snapshot" -s live "$@"
}

# The schema of a document without the numbers in its names; then each name with its numbers.
state() {
    sed -n '3,$p' "$1" | sed '/^"members":/,$d; /^"transactions":/,$d; /^"lineage":/,$d; /^"hash":/d'
}
names='width saw plank brief stuff'
bare() {
    state "$1" | sed -E 's/\b(width|saw|plank|brief|stuff)_[0-9]+/\1_N/g; s/SELECT [0-9]+ AS brief/SELECT N AS brief/; s/\(id <> [0-9]+\)/(id <> N)/'
}
numbers() {
    for name in $names; do
        state "$1" | grep -oE "\\b${name}_[0-9]+" | sort -u
    done
}

# renames: RENAMES changes, in bursts; in between there is time to read a state.
renames() {
    awk -v renames="$RENAMES" 'BEGIN {
        srand(7)
        for (i = 1; i <= renames; i++) {
            k = i % 6; n = int(i / 6); m = n + 1
            if (k == 0) printf "alter table yard.plank_%d rename column width_%d to width_%d;\n", plank, width, ++width - 0
            else if (k == 1) printf "alter function yard.saw_%d(integer) rename to saw_%d;\n", saw, ++saw
            else if (k == 2) printf "alter table yard.plank_%d rename to plank_%d;\n", plank, ++plank
            else if (k == 3) { printf "begin; drop view yard.brief_%d; create view yard.brief_%d as select %d as brief_%d, id from yard.nail; ", brief, brief + 1, brief + 1, brief + 1
                printf "drop policy brief_%d on yard.nail; create policy brief_%d on yard.nail using (id <> %d or \047brief_%d\047 = \047x\047); commit;\n", brief, brief + 1, brief + 1, brief + 1; brief++ }
            else if (k == 4) printf "alter type yard.stuff_%d rename to stuff_%d;\n", stuff, ++stuff
            else { printf "begin; alter table yard.plank_%d rename column width_%d to width_%d; ", plank, width, width + 1
                printf "alter table yard.plank_%d rename to plank_%d; commit;\n", plank, plank + 1; width++; plank++ }
            if (i % 20 == 0) printf "select pg_sleep(%.3f);\n", 0.05 + rand() * 0.35
            else if (rand() < 0.3) printf "select pg_sleep(%.4f);\n", rand() * 0.02
        }
    }' >"$ROWS/renames.sql"
    PGOPTIONS='-c client_min_messages=error' sql yard -o /dev/null -f "$ROWS/renames.sql" || echo failed >"$ROWS/renames.failed"
    touch "$ROWS/over"
}

torn() {
    snapshot -o "$ROWS/calm" || return 1
    bare "$ROWS/calm" >"$ROWS/bare"
    [ "$(numbers "$ROWS/calm" | wc -l)" -eq 5 ] || wrong "schema.sql has not one number for each name"
    renames &
    renamer=$!
    good=0 later=0 busy=0 halves=0 states=0 before=''
    while [ ! -f "$ROWS/over" ]; do
        snapshot -o "$ROWS/new" 2>"$ROWS/said"
        case $? in
        0) ;;
        75)
            later=$((later + 1))
            continue
            ;;
        *)
            wrong "while names change: $(cat "$ROWS/said")"
            continue
            ;;
        esac
        if grep -q '^"meta":.*"busy":' "$ROWS/new"; then
            busy=$((busy + 1))
            # What was not held is whole; what was keeps to one number a name.
        elif ! bare "$ROWS/new" | cmp -s - "$ROWS/bare"; then
            halves=$((halves + 1))
            cp "$ROWS/new" "$ROWS/half.$halves"
            wrong "a document is none of the states: $(bare "$ROWS/new" | diff "$ROWS/bare" - | head -n 4 | cut -c 1-300)"
            continue
        fi
        numbers "$ROWS/new" >"$ROWS/numbers"
        if [ "$(wc -l <"$ROWS/numbers")" -ne 5 ]; then
            halves=$((halves + 1))
            wrong "torn: $(paste -s -d ' ' "$ROWS/numbers")"
            continue
        fi
        good=$((good + 1))
        [ "$(cat "$ROWS/numbers")" = "$before" ] || states=$((states + 1))
        before=$(cat "$ROWS/numbers")
    done
    wait "$renamer"
    [ ! -f "$ROWS/renames.failed" ] || wrong "the renames fail"
    [ "$good" -ge 10 ] || wrong "only $good documents while names change"
    snapshot -o "$ROWS/after" || wrong "after the renames"
    bare "$ROWS/after" | cmp -s - "$ROWS/bare" || wrong "after the renames it is another schema"
    echo "$version: $RENAMES renames, $good documents of $states states ($busy with something held), $later times \"try again\", $halves torn"
}

# hold STATEMENTS: a session that has run them and waits, until let_go STATEMENTS.
hold() {
    rm -f "$ROWS/pipe" "$ROWS/ready"
    mkfifo "$ROWS/pipe"
    PGAPPNAME=holder psql -X -q -o /dev/null -d "$PGDATABASE" <"$ROWS/pipe" 2>"$ROWS/held" &
    holder=$!
    exec 3>"$ROWS/pipe"
    echo "$1" >&3
    printf '\\! touch %s\n' "$ROWS/ready" >&3
    until [ -f "$ROWS/ready" ]; do sleep 0.02; done
}

let_go() {
    echo "$1" >&3
    exec 3>&-
    wait "$holder"
}

# others FILE: what neither is the held table nor has it in its texts.
others() {
    state "$1" | sed 's/},\{0,1\}$/}/' | grep -v '"id":"yard\.\(door\|doors\|door_both\|kept\|wall\)"'
}

line_of() {
    grep -F "\"id\":\"$1\"," "$2" | grep '"columns":\[{' | head -n 1 | sed 's/,$//'
}

milliseconds() {
    echo $(($(date +%s%N) / 1000000))
}

# held_snapshot FILE ARGUMENT...: in two seconds, and it names who holds what.
held_snapshot() {
    into=$1
    shift
    began=$(milliseconds)
    snapshot -o "$into" "$@" 2>"$ROWS/said" || wrong "a table is held: $(cat "$ROWS/said")"
    took=$(($(milliseconds) - began))
    slowest=$((took > slowest ? took : slowest))
    [ "$took" -le 2000 ] || wrong "a held table keeps it waiting for $took ms"
}

held() {
    slowest=0
    rm -f "$ROWS"/*
    sql postgres -c 'create database held'
    export PGDATABASE=held
    sql held -f "$HERE/held.sql" || return 1
    snapshot -o "$ROWS/old" || return 1

    # Not committed: no change, nothing lost, nothing waited for.
    hold 'begin; alter table yard.door add column knob text;'
    held_snapshot "$ROWS/new"
    jq -e '.meta.busy | length > 0 and all(.id and .by) and any(.id == "yard.door" or (.id | startswith("yard.")))' \
        "$ROWS/new" >/dev/null 2>&1 || wrong "meta.busy does not tell what is held: $(sed -n 2p "$ROWS/new" | head -c 600)"
    grep -q 'yard\.' "$ROWS/said" || wrong "nothing is said of what is held"
    grep -qE "$(sql postgres -At -c "select pid from pg_stat_activity where application_name = 'holder'")|holder|postgres" "$ROWS/said" ||
        wrong "it is not said who holds it: $(cat "$ROWS/said")"
    "$BIN/schema-diff" --against "$ROWS/old" -f text "$ROWS/new" >"$ROWS/diff" ||
        wrong "what is not committed is a change: $(head -n 6 "$ROWS/diff")"
    others "$ROWS/old" >"$ROWS/rest.old"
    others "$ROWS/new" | cmp -s - "$ROWS/rest.old" || wrong "what nobody holds is not the same"

    # What is provably the same is taken from the file.
    sql held -c 'alter table yard.wall add column height integer'
    held_snapshot "$ROWS/known" --if-changed "$ROWS/old"
    [ "$(line_of yard.door "$ROWS/old")" = "$(line_of yard.door "$ROWS/known")" ] ||
        wrong "the held table's line is not that of the file: $(line_of yard.door "$ROWS/known" | head -c 400)"
    "$BIN/schema-diff" --against "$ROWS/old" -f json "$ROWS/known" |
        jq -e '[.changes[].id] == ["yard.wall.height"]' >/dev/null || wrong "not just the other table's change is seen"
    let_go 'commit;'
    snapshot --if-changed "$ROWS/known" -o "$ROWS/then" || wrong "after the commit"
    "$BIN/schema-diff" --against "$ROWS/known" -f json "$ROWS/then" |
        jq -e '[.changes[].id] == ["yard.door.knob"]' >/dev/null || wrong "what was committed is not seen"

    # What changed before it was held is no more provably the same, and does not hide.
    sql held -c 'alter table yard.door alter column width set default 7' -c 'alter table yard.door rename column knob to handle'
    hold 'begin; lock table yard.door in access exclusive mode;'
    held_snapshot "$ROWS/new" --if-changed "$ROWS/then"
    ! grep -q '"unchanged":true' "$ROWS/new" || wrong "a change is hidden by a lock"
    grep -q '"handle"' "$ROWS/new" || wrong "the catalogs' own columns are not read of what is held"
    let_go 'rollback;'
    snapshot --if-changed "$ROWS/new" -o "$ROWS/last" || wrong "let go again"
    snapshot -o "$ROWS/full" || wrong "let go again, in full"
    # What was inexact is read again, though no catalog has changed since.
    [ "$(state "$ROWS/full")" = "$(state "$ROWS/last")" ] || grep -q '"unchanged":true' "$ROWS/last" &&
        [ "$(tail -n 1 "$ROWS/last")" != "$(tail -n 1 "$ROWS/full")" ] && wrong "what could not be read while it was held stays inexact"

    # Held when it first reads and let go while it waits for a catalog: what it left alone is not inexact without a
    # word of who held it.
    sql held -o /dev/null -c 'begin' -c 'lock table yard.door in access exclusive mode' -c 'select pg_sleep(0.45)' -c 'commit' &
    sql held -o /dev/null -c 'select pg_sleep(0.2)' -c 'begin' -c 'lock table pg_catalog.pg_description in access exclusive mode' \
        -c 'select pg_sleep(0.4)' -c 'commit' &
    sleep 0.1
    snapshot -o "$ROWS/new" 2>"$ROWS/said" || wrong "a table, then a catalog is held: $(cat "$ROWS/said")"
    wait
    grep -q '"inexact":' "$ROWS/new" && ! grep -q '^"meta":.*"busy":' "$ROWS/new" &&
        wrong "something is inexact and nobody is said to have held it"

    # Every sort of DDL that locks.
    while IFS='|' read -r name statements; do
        hold "begin; $statements"
        held_snapshot "$ROWS/new"
        "$BIN/schema-diff" --against "$ROWS/full" -f text "$ROWS/new" >"$ROWS/diff" ||
            wrong "$name, not committed, is a change: $(head -n 6 "$ROWS/diff")"
        let_go 'rollback;'
    done <<'END'
DROP TABLE|drop table yard.door cascade;
RENAME|alter table yard.door rename column width to breadth;
ALTER TYPE|alter table yard.door alter column height type bigint;
TRUNCATE|truncate yard.door cascade;
DROP VIEW|drop view yard.doors;
CREATE OR REPLACE VIEW|create or replace view yard.doors as select id, width, 1 as more from yard.door;
DROP INDEX|drop index yard.door_wide;
CREATE TRIGGER|create trigger t before insert on yard.door for each row execute function yard.mark();
CREATE POLICY|create policy p on yard.door using (true);
DROP FUNCTION|drop function yard.mark() cascade;
REFRESH|refresh materialized view yard.kept;
VACUUM's lock|lock table yard.door in share update exclusive mode;
a catalog's lock|lock table pg_catalog.pg_description in share row exclusive mode;
END
    echo "$version: held tables: at most $slowest ms"
}

board() {
    version=$1
    failed=0
    ROWS=$WORK/rows.$version
    mkdir "$ROWS" && cluster_project "$ROWS.project" && cd "$ROWS.project" || return 1
    cluster_use "$version"
    cluster_database yard
    export PGDATABASE=yard
    sql yard -f "$HERE/schema.sql" || return 1
    torn
    held
    [ "$failed" -eq 0 ]
}

# shellcheck disable=SC2046  # lists of words
[ $# -gt 0 ] || set -- $(servers ${LONG:+13 14} 15 ${LONG:+16 17} 18)
clusters_start "$@"
both board "$@" || fail "torn documents, or something is waited for"
