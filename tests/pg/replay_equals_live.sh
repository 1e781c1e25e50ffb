#!/bin/sh
# Migrations replayed must equal migrations applied: the hash of the snapshot from the files alone is
# that of the snapshot from a server that ran them. The example project, and the cases of
# tests/cases/replay that a server can run.
set -eu

# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
cluster_start
status=0

hash_of() {
    sed -n 's/^"hash":"\(sha256:[0-9a-f]*\)"}$/\1/p' "$1"
}

# compare NAME DIRECTORY DATABASE: all of it, and what types are made of.
compare() {
    compare_kinds "$@" '' && cp "$WORK/live.json" "$WORK/whole.json"
    compare_kinds "$@" -ktypes
    "$BIN/gen-ts-types" -n '*' "$WORK/whole.json" >"$WORK/whole.ts"
    "$BIN/gen-ts-types" -n '*' "$WORK/live.json" | diff "$WORK/whole.ts" - || {
        echo "$1: the types of -k types are not those of all"
        status=1
    }
}

# compare_kinds NAME DIRECTORY DATABASE OPTION
compare_kinds() {
    # shellcheck disable=SC2086  # nothing, or an option
    "$BIN/schema-snapshot" -s live $4 --db-url "dbname=$3" -o "$WORK/live.json"
    # shellcheck disable=SC2086
    "$BIN/schema-snapshot" -s migrations $4 --migrations "$2" -o "$WORK/replay.json"
    if [ -z "$(hash_of "$WORK/live.json")" ] ||
        [ "$(hash_of "$WORK/live.json")" != "$(hash_of "$WORK/replay.json")" ]; then
        echo "$1: the replay is not what the server has"
        diff "$WORK/live.json" "$WORK/replay.json" | cut -c1-2000
        status=1
    fi
}

load() {
    for file in $(find "$2" -name '*.sql' ! -name '*down.sql' | sort -V); do
        PGOPTIONS='-c client_min_messages=error' sql "$1" -o /dev/null -f "$file"
    done
}

case_of() {
    cluster_database "$1"
    [ "$1" != project ] || cluster_shim "$1"
    load "$1" "$SOURCE/tests/cases/replay/$1"
    compare "$1" "$SOURCE/tests/cases/replay/$1" "$1"
    # Roles are the cluster's, and the next case knows nothing of these.
    sql postgres -c "drop database \"$1\"" \
        -c "do \$\$ declare name text; begin
            for name in select rolname from pg_roles where rolname like 'app\\_%' loop
                execute format('drop role %I', name);
            end loop; end \$\$"
}

# Before there are Supabase's roles, which are the whole cluster's.
case_of own_platform
cluster_database shop
cluster_shim shop
load shop "$SOURCE/share/examples/shop/supabase/migrations"
compare shop "$SOURCE/share/examples/shop/supabase/migrations" shop
for case in passes everything gone rights kinds blocks copies undone names project; do
    case_of "$case"
done
exit $status
