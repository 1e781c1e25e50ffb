#!/bin/sh
# What one type is said to be to another (tests/unit/model_typechange.tsv) is what servers do: each row is written anew,
# or none, as is told; of values at the edges all come back as they were where the type is said to hold them, and some do
# not where it is said to be narrower. On the oldest and the newest server.

set -eu
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"

# changes VERSION: what is otherwise.
changes() {
    cluster_use "$1"
    {
        cat "$SOURCE/tests/pg/typechange/values.sql"
        echo 'copy told from stdin;'
        awk -F '\t' '!/^#/' "$SOURCE/tests/unit/model_typechange.tsv"
        echo '\.'
        cat "$SOURCE/tests/pg/typechange/try.sql"
    } >"$WORK/$1.sql"
    psql -X -q -A -t -v ON_ERROR_STOP=1 -d postgres -f "$WORK/$1.sql" | sed "s/^/$1: /"
}

wanted=$(servers 13 18)
# shellcheck disable=SC2086 # words
clusters_start $wanted
# shellcheck disable=SC2086
both changes $wanted >"$WORK/wrong" || fail "$(cat "$WORK/wrong")"
[ ! -s "$WORK/wrong" ] || fail "$(cat "$WORK/wrong")"
