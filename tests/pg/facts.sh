#!/bin/sh
# The safety net: a server that has a catalog and a column of a catalog which this suite does not know, as
# the next version will. What changes there is a change.
# shellcheck source=tests/pg/cluster

set -u
CLUSTER_OPTIONS='-c allow_system_table_mods=on'
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
mkdir "$WORK/project" && cd "$WORK/project" || exit 1

snapshot() {
    PGDATABASE=future "$BIN/schema-snapshot" -s live --exact "$@"
}

# changed OLD NEW WANTED: the changes are these, "op id" a line.
changed() {
    "$BIN/schema-diff" --against "$1" -f json "$2" | jq -r '.changes[] | "\(.op) \(.id)"' >"$WORK/got"
    printf '%s\n' "$3" | diff - "$WORK/got" >&2 || fail "what changed from $1 to $2"
}

cluster_start
cluster_database future
sql future <<'END' || fail "the schema"
create table public.t (a integer);
alter table public.t enable row level security;
create policy one on public.t using (true);
create policy two on public.t using (true);
create policy three on public.t using (true);
END
snapshot >"$WORK/before.json" || fail "the snapshot of a server like any other"
jq -e 'has("facts") | not' "$WORK/before.json" >/dev/null || fail "a known server has facts"

sql future <<'END' || fail "the catalogs to come"
create table pg_catalog.pg_property_graph (oid oid, pgname name, pgdefinition text);
insert into pg_catalog.pg_property_graph values (20000, 'roads', 'a <&> b');
alter table pg_catalog.pg_policy add column polmood text;
update pg_catalog.pg_policy set polmood = 'loud' where polname = 'two';
END
snapshot --if-changed "$WORK/before.json" >"$WORK/after.json" || fail "the snapshot of the server to come"
changed "$WORK/before.json" "$WORK/after.json" 'added pg_policy policy two on public.t
added pg_property_graph 20000,roads'
! grep -q 'loud\|<&>' "$WORK/after.json" || fail "the value of what is not known is told"

sql future -c "update pg_catalog.pg_property_graph set pgdefinition = 'a'"
snapshot --if-changed "$WORK/after.json" >"$WORK/last.json" || fail "a change in a catalog to come"
changed "$WORK/after.json" "$WORK/last.json" 'changed pg_property_graph 20000,roads'
snapshot --if-changed "$WORK/last.json" | grep -q '"unchanged":true' || fail "a catalog to come is always new"
