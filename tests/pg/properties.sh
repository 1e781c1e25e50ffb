#!/bin/sh
# Every property of a schema, on servers of each version: properties/changes.sql changes one at a time in a
# database of its own, made from properties/base.sql, and schema-diff must find exactly what it names there.
# The snapshot after the change is asked with --if-changed, so that none may take the change for none.
#
#   properties.sh [VERSION]...    else 15 and 18, or with LONG set all of them
# KEEP=FILE keeps what was found, in the form of changes.sql.

set -u
# shellcheck disable=SC2034  # what the cluster is told
MEMORY=4 CLUSTER_OPTIONS='-c autovacuum=off -c full_page_writes=off -c max_wal_size=64MB -c min_wal_size=32MB -c shared_buffers=64MB'
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
HERE=$SOURCE/tests/pg/properties
# So many databases are there at a time.
BATCH=24
cluster_project "$WORK/project" && cd "$WORK/project" || exit 1

snapshot() {
    "$BIN/schema-snapshot" -s live "$@"
}

before() {
    PGDATABASE=p$1 snapshot -o "$ROWS/$1.old" 2>"$ROWS/$1.said"
}

# What it says of a row that is wrong is one line, so that two may say something at once.
after() {
    PGDATABASE=p$1 snapshot --if-changed "$ROWS/$1.old" -o "$ROWS/$1.new" 2>"$ROWS/$1.said" || {
        echo "$1	snapshot: $(head -n 1 "$ROWS/$1.said")" >>"$ROWS/wrong"
        return 0
    }
    "$BIN/schema-diff" --against "$ROWS/$1.old" -f json "$ROWS/$1.new" >"$ROWS/$1.diff" 2>"$ROWS/$1.said"
    [ $? -le 1 ] || echo "$1	diff: $(head -n 1 "$ROWS/$1.said")" >>"$ROWS/wrong"
}

# apply NUMBER...: those rows, on a database each. What the whole cluster shares changes in the others too,
# so rows with an undo come alone.
apply() {
    for row in "$@"; do
        echo "create database p$row template base $strategy;"
    done | psql -X -q -v ON_ERROR_STOP=1 -d postgres || return 1
    each_of_two before "$@" || return 1
    {
        for row in "$@"; do
            printf '\\connect p%s\n\\set database p%s\n\\warn row %s\n' "$row" "$row" "$row"
            cat "$ROWS/$row.sql"
            echo ';'
            # Its counts of writes are to be seen by who comes next; before 15 a snapshot does not look at them.
            [ "$version" -lt 15 ] || echo 'select pg_stat_force_next_flush();'
        done
    } >"$ROWS/batch.sql"
    PGOPTIONS='-c client_min_messages=error' psql -X -q -d postgres -o /dev/null -f "$ROWS/batch.sql" 2>>"$ROWS/errors"
    each_of_two after "$@"
    for row in "$@"; do
        [ ! -f "$ROWS/$row.undo" ] || sed "s/:database/p$row/g" "$ROWS/$row.undo" |
            sql "p$row" -o /dev/null || echo "$row	cannot be undone" >>"$ROWS/wrong"
        echo "drop database p$row with (force);"
    done | psql -X -q -d postgres 2>/dev/null
}

# What was found, "ROW<tab>OP KIND ID: FIELDS" in order, of others "ROW<tab>CLASS ID". The name in its new form is
# no field of its own.
found() {
    find "$ROWS" -name '*.diff' -size +0 -exec jq -r --arg what "$1" '
        (input_filename | sub(".*/"; "") | sub("\\.diff$"; "")) as $row | .changes[] |
        .op as $op | if $what != "" then "\($row)\t\(.class) \(.id)" else "\($row)\t\($op) \(.kind) \(.id)" +
        (if $op == "added" or $op == "removed" then ""
         else [.fields[]?.name | select($op != "renamed" or (. != "id" and . != "name" and . != "schema"))] | sort |
            if . == [] then "" else ": " + join(",") end
         end) end' {} + | sort
}

# judge WHAT: each row's wanted changes and found ones; prints the line of the scoreboard. A server too old for a
# statement of others is no failure.
judge() {
    found "$1" >"$ROWS/found"
    while read -r row _; do
        sed "s/^/$row	/" "$ROWS/$row.want"
    done <"$ROWS/names" >"$ROWS/wanted"
    grep -l '"unchanged":true' "$ROWS"/*.new | sed 's|.*/||; s|\.new$||' >"$ROWS/short"
    # Only who reads the schema counts what is left out of it.
    grep -l '^"meta":.*"left_out":' "$ROWS"/*.new | sed 's|.*/||; s|\.new$||' >"$ROWS/read"
    awk -F '\t' -v version="$version" -v what="$1" -v keep="${KEEP:+$KEEP.$version}" '
        FILENAME ~ /names$/ {
            n = $0; sub(/ .*/, "", n); name[n] = substr($0, length(n) + 2); order[++rows] = n; next
        }
        FILENAME ~ /wanted$/ { wanted[$1, $2]; want[$1, ++wants[$1]] = $2; next }
        FILENAME ~ /found$/ {
            any = $2; sub(/: .*/, "", any)
            found[$1]++; list[$1] = list[$1] "\n--= " $2
            if (($1, $2) in wanted) { met[$1]++; is_met[$1, $2] }
            else if (($1, any ": *") in wanted) { met[$1]++; is_met[$1, any ": *"] }
            else more[$1] = more[$1] "\n    found   " $2
            next
        }
        FILENAME ~ /short$/ { short[$1]; next }
        FILENAME ~ /read$/ { reread[$1]; next }
        FILENAME ~ /wrong$/ { wrong[$1] = wrong[$1] "\n    " $2; next }
        FILENAME ~ /errors$/ {
            if (what && /(syntax error|unrecognized parameter|unrecognized option|not supported|is not a table)/) absent[n]
            if ($0 ~ /^(psql:[^ ]* )?row [0-9]+$/) { n = $0; sub(/.* /, "", n) }
            else if (/ERROR:|FATAL:/ && name[n] !~ /: a build that failed$/) wrong[n] = wrong[n] "\n    " $0
            next
        }
        END {
            for (i = 1; i <= rows; i++) {
                n = order[i]
                if (keep) printf "-- %s%s\n", name[n], found[n] ? list[n] : "\n--= nothing" >keep
                if (n in absent) { not_here++; continue }
                good = !(n in wrong) && ((n, "*") in wanted ? found[n] > 0 : met[n] == wants[n] && found[n] == wants[n])
                if (wants[n]) { changes++; seen += good }
                else { quiet++; noise += found[n] > 0; again += n in reread }
                if (!good) {
                    bad++
                    missing = ""
                    for (k = 1; k <= wants[n]; k++)
                        if (!((n, want[n, k]) in is_met)) missing = missing "\n    wanted  " want[n, k]
                    printf "%s: %s%s%s%s%s\n", version, name[n], wrong[n], missing, more[n],
                        wants[n] && (n in short) ? "\n    taken for unchanged" : "" >"/dev/stderr"
                }
            }
            printf "%s%s: %d/%d seen, %d noise of %d (%d of them read again)%s\n", version, what, seen, changes, noise, quiet, again, not_here ? ", " not_here " not on this server" : ""
            exit bad > 0
        }' "$ROWS/names" "$ROWS/wanted" "$ROWS/found" "$ROWS/short" "$ROWS/read" "$ROWS/wrong" "$ROWS/errors"
}

# each: all rows of "$ROWS/names".
each() {
    : >"$ROWS/wrong"
    : >"$ROWS/errors"
    set --
    while read -r number _; do
        if [ -f "$ROWS/$number.undo" ]; then
            apply "$number"
            continue
        fi
        set -- "$@" "$number"
        [ $# -lt "$BATCH" ] || {
            apply "$@"
            set --
        }
    done <"$ROWS/names"
    [ $# -eq 0 ] || apply "$@"
}

# board VERSION: all rows on a server of this version.
board() {
    version=$1
    strategy=''
    [ "$version" -lt 15 ] || strategy='strategy file_copy'
    ROWS=$WORK/rows.$version
    mkdir "$ROWS"
    cluster_use "$version"
    as_postgres mkdir "$CLUSTER/yard" "$CLUSTER/space"
    sql postgres -v yard="$CLUSTER/yard" -f "$HERE/shared.sql" || return 1
    cluster_database base
    sql base -f "$HERE/base.sql" || return 1
    good=0
    # Where both boards are played, one server for each will do, or with LONG every server for both.
    if [ -n "${LONG:-}" ] || [ "$version" != 15 ] || [ ! -d "$OTHERS" ]; then
        awk -v version="$version" -v to="$ROWS" -f "$HERE/rows.awk" "$HERE/changes.sql" >"$ROWS/names"
        each
        judge '' || good=1
    fi
    [ ! -d "$OTHERS" ] || { [ -z "${LONG:-}" ] && [ "$version" != 15 ]; } || others || good=1
    return $good
}

# others: changes written by somebody else, and of what class they are to be (classes.tsv).
others() {
    ROWS=$WORK/others.$version
    mkdir "$ROWS"
    sql postgres -c 'drop database base' -c 'create role mut_r1' -c 'create role mut_r2' -c 'create role mut_grp' \
        -c "create tablespace mut_ts location '$CLUSTER/space'"
    cluster_database base
    sed "$([ "$version" -ge 15 ] || echo 's/with (security_invoker=true)//')" "$OTHERS/mut-base.sql" |
        PGOPTIONS='-c client_min_messages=error' sql base || return 1
    awk -F '\t' -v to="$ROWS" -v version="$version" 'FILENAME ~ /classes\.tsv$/ { wanted[$1] = $2; next } {
        gsub(/CURDB/, ":database", $2)
        print FNR, $1
        print $2 ";" >(to "/" FNR ".sql")
        printf "" >(to "/" FNR ".want")
        if (version >= 15 || $1 !~ /^view: option drop/) {
            count = split(wanted[$1], each, "; ")
            for (i = 1; i <= count; i++) print each[i] >(to "/" FNR ".want")
        }
        # What the whole cluster shares.
        if ($1 ~ /^role: attr/) print "alter role mut_r2 nocreatedb;" >(to "/" FNR ".undo")
        if ($1 ~ /^role: conf/) print "alter role mut_r2 reset work_mem;" >(to "/" FNR ".undo")
        if ($1 ~ /^role: memb/) print "revoke mut_r1 from mut_r2;" >(to "/" FNR ".undo")
        if ($1 ~ /^parameter/ && version > 14) print "revoke set on parameter log_min_messages from mut_r1;" >(to "/" FNR ".undo")
        if ($1 ~ /^subscription/) print "alter subscription sub set (slot_name = none); drop subscription sub;" >(to "/" FNR ".undo")
        close(to "/" FNR ".sql"); close(to "/" FNR ".want"); close(to "/" FNR ".undo")
    }' "$HERE/classes.tsv" "$OTHERS/mutations.tsv" >"$ROWS/names"
    each
    judge ' of others'
}

OTHERS=$SOURCE/../shared/cases/mutations
# shellcheck disable=SC2046  # lists of words
[ $# -gt 0 ] || set -- $(servers ${LONG:+13 14} 15 ${LONG:+16 17} 18)
clusters_start "$@"
both board "$@" || fail "not every property is seen"
