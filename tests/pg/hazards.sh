#!/bin/sh
# What schema-diff says that a statement locks and risks is what the server does: the cases of
# cases/hazards, each statement in a transaction on a table with rows. Of the relations that were there
# before, the strongest lock is the one that is told, and none is where none is told; every row is written
# anew, or read, and an index built, exactly where that is told; and what is to run outside a transaction is
# refused in one. With LONG set on the oldest and the newest server too.

set -u
BIN=${BIN:?} SOURCE=${SOURCE:?} BUILD=${BUILD:?}
MEMORY=1
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
# shellcheck source=tests/cases/hazards/read
. "$SOURCE/tests/cases/hazards/read"

reads="select coalesce(sum(pg_catalog.pg_stat_get_xact_tuples_returned(relation)), 0) as reads
    from pg_temp.there where kind in ('r', 'm')"

# watched NUMBER "COMMENT | STATEMENT": as psql is to run it.
watched() {
    comment=${2%% | *} statement=${2#* | }
    case $comment in
    *'outside a transaction'*)
        # A label can be added in one, but not be used there.
        case $statement in
        *' ADD VALUE '*) echo '\set refused true' ;;
        *)
            printf '%s\n' '\set ON_ERROR_STOP off' 'begin;' "$statement;" '\set refused :ERROR' 'rollback;' \
                '\set ON_ERROR_STOP on'
            ;;
        esac
        printf '%s;\n' "$statement"
        cat "$SOURCE/tests/pg/hazards/after.sql"
        printf "insert into pg_temp.seen values (%s, 'outside', :'refused', false, false);\n" "$1"
        ;;
    *)
        printf 'begin;\n%s \\gset\n%s;\n\\set number %s\n' "$reads" "$statement" "$1"
        cat "$SOURCE/tests/pg/hazards/watch.sql" "$SOURCE/tests/pg/hazards/after.sql"
        echo 'commit;'
        ;;
    esac
}

# run VERSION CASE MODE [OPTION]: each statement that does otherwise than is told, or what fails.
run() {
    version=$1 case=$2 mode=$3
    shift 3
    hazard_script "$case" "$@" >"$case/sql" || {
        echo "$version, $(cat "$case/name"), $mode: no SQL"
        return
    }
    hazard_lines <"$case/sql" >"$case/told"
    {
        printf '\\set ON_ERROR_STOP on\nset client_min_messages = error;\n'
        cat "$case/old.sql" "$SOURCE/tests/pg/hazards/there.sql"
        printf "set check_function_bodies = off;\nset search_path = '';\n"
        number=0
        while read -r line; do
            number=$((number + 1))
            watched "$number" "$line"
        done <"$case/told"
        echo 'table pg_temp.seen;'
    } >"$case/run.sql"
    psql -X -q -d postgres -c "drop database if exists hazards" -c "create database hazards" 2>/dev/null
    psql -X -q -A -t -F '|' -d hazards -f "$case/run.sql" >"$case/seen" 2>"$case/errors" || {
        echo "$version, $(cat "$case/name"), $mode: $(grep -v 'cannot run inside a transaction' "$case/errors")"
        return
    }
    awk -v of="$version, $(cat "$case/name"), $mode" '
        function told(text) { return index(comment, text) > 0 }
        function wrong(text) { print of ": " text ": " line[number] }
        BEGIN { FS = "|" }
        NR == FNR { line[FNR] = $0; next }
        {
            number = $1
            comment = line[number]
            sub(/ \| .*/, "", comment)
            if ($2 == "outside") {
                if ($3 != "true") wrong("it runs in a transaction")
                next
            }
            lock = ""
            if (comment ~ / lock/) { lock = comment; sub(/ lock.*/, "", lock) }
            if (lock != $2) wrong("the lock is " ($2 == "" ? "none" : $2))
            if (told("writes every row") != ($3 == "t")) wrong($3 == "t" ? "rows are written" : "no row is written")
            if ((told("reads every row") || told("writes every row") || told("builds an index")) != ($4 == "t"))
                wrong($4 == "t" ? "rows are read" : "no row is read")
            if (!told("writes every row") && told("builds an index") != ($5 == "t"))
                wrong($5 == "t" ? "an index is built" : "no index is built")
        }' "$case/told" "$case/seen"
}

check_version() {
    cluster_use "$1"
    hazard_cases "$WORK/cases.$1"
    for case in "$WORK/cases.$1"/*; do
        run "$1" "$case" plain
        run "$1" "$case" online --online
    done >"$WORK/wrong.$1" 2>&1
    cat "$WORK/wrong.$1"
    [ ! -s "$WORK/wrong.$1" ]
}

if [ -n "${LONG:-}" ]; then
    wanted=$(servers 13 15 18)
else
    wanted=$(servers 15)
fi
# shellcheck disable=SC2086 # words
clusters_start $wanted
# shellcheck disable=SC2086
both check_version $wanted || fail "what is told is not what the server does"
