#!/bin/sh
# What types are written of among the members of extensions: a server of any version tells it, and from migrations it
# is known of what comes with PostgreSQL 15, wherever the extension is put. Their types are those of what is no member.
#
#   members.sh [VERSION]...    else 15 and 18, or with LONG set all of them

set -u
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
BREAKS='plperl|plpython|pltcl|^plpgsql$|^adminpack$'

wrong() {
    echo "$version: $*" >&2
    failed=$((failed + 1))
}

members() {
    sed -n '/^"members":/,/^\],$/p' "$1"
}

# Members of all kinds that are not plain, beside the same that are nobody's members: the types are the same.
odd_members() {
    cat >"$ROWS/odd.sql" <<'END'
create extension hstore schema pg_catalog;
create table parent (id int primary key, twice int generated always as (id * 2) stored, unique (id, twice));
create table child (id int primary key references parent, label text not null default 'x');
create table none ();
create view of_child as select id, label from child;
create view of_none as select;
create materialized view kept as select * from child;
create view written as select id + 1 as next from parent;
create function write() returns trigger language plpgsql as 'begin return new; end';
create trigger write instead of insert on written for each row execute function write();
create type empty as enum ();
create type nothing as ();
create type span as range (subtype = float8);
create type stretch as range (subtype = float8%s);
END
    if [ "$version" -ge 14 ]; then multirange=', multirange_type_name = "Many"'; else multirange=''; fi
    for name in own brought_odd; do
        cluster_database "$name"
        # shellcheck disable=SC2059  # the statements
        printf "$(cat "$ROWS/odd.sql")" "$multirange" | sql "$name" -f - >/dev/null 2>"$ROWS/said" || wrong "odd members: $(cat "$ROWS/said")"
    done
    for member in 'table parent' 'table child' 'table none' 'view of_child' 'view of_none' 'materialized view kept' \
        'view written' 'type empty' 'type nothing' 'type span' 'type stretch'; do
        sql brought_odd -c "alter extension hstore add $member" >/dev/null 2>"$ROWS/said" || wrong "$member: $(cat "$ROWS/said")"
    done
    sql brought_odd -c 'create view behind as select * from of_child' >/dev/null
    sql own -c 'create view behind as select * from of_child' >/dev/null
    for name in own brought_odd; do
        "$BIN/schema-snapshot" -q -s live --db-url "dbname=$name" -o "$ROWS/$name.json" || wrong "no snapshot of odd members"
        "$BIN/gen-ts-types" --compat cli3 "$ROWS/$name.json" >"$ROWS/$name.ts" || wrong "no types of odd members"
    done
    grep -q '"stretch"\|label: string$' "$ROWS/own.ts" || wrong "the types have no odd members"
    # Of version 13, which has no multiranges, types of ranges that are nobody's members make some up.
    [ "$version" -ge 14 ] || return 0
    diff "$ROWS/own.ts" "$ROWS/brought_odd.ts" >"$ROWS/differs" || wrong "members have other types: $(head -n 9 "$ROWS/differs")"
}

board() {
    version=$1
    failed=0
    ROWS=$WORK/rows.$version
    mkdir "$ROWS" "$ROWS/migrations" && cluster_project "$ROWS.project" && cd "$ROWS.project" || return 1
    cluster_use "$version"
    cluster_database brought
    export PGDATABASE=brought
    {
        echo 'create schema "Other One";'
        sql brought -At -c "select name from pg_available_extensions where name !~ '$BREAKS' order by name collate \"C\"" |
            awk '{ printf "create extension if not exists \"%s\" schema %s cascade;\n", $1, NR % 3 ? "public" : "\"Other One\"" }'
    } >"$ROWS/migrations/01.sql"
    sql brought -f "$ROWS/migrations/01.sql" >/dev/null 2>"$ROWS/said" || wrong "extensions: $(head -n 3 "$ROWS/said")"
    "$BIN/schema-snapshot" -q -s live -o "$ROWS/live.json" || wrong "no snapshot"
    "$BIN/gen-ts-types" -n 'public,Other One' "$ROWS/live.json" >"$ROWS/types.ts" || wrong "no types"
    for name in gen_salt show_trgm each pg_stat_statements tablefunc_crosstab_3; do
        grep -q "^ *$name: " "$ROWS/types.ts" || wrong "the types have no $name"
    done
    echo "$version: $(members "$ROWS/live.json" | grep -c '"extension":') members of $(grep -c '^create ext' "$ROWS/migrations/01.sql") extensions"
    odd_members
    [ "$version" = 15 ] || return "$failed"
    "$BIN/schema-snapshot" -q -s migrations -m "$ROWS/migrations" -o "$ROWS/replay.json" || wrong "no snapshot of migrations"
    members "$ROWS/live.json" >"$ROWS/live.members"
    members "$ROWS/replay.json" | diff "$ROWS/live.members" - >"$ROWS/differs" ||
        wrong "migrations do not have what the server has: $(head -n 4 "$ROWS/differs" | cut -c 1-300)"
    return "$failed"
}

# shellcheck disable=SC2046  # lists of words
[ $# -gt 0 ] || set -- $(servers ${LONG:+13 14} 15 ${LONG:+16 17} 18)
clusters_start "$@"
both board "$@" || fail "members of extensions are not told"
