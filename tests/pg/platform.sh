#!/bin/sh
# A database as Supabase makes it: what is the platform's is left out and counted, what is the user's on it is
# told, and what only exists as rows of tables is told when it is asked for.
# shellcheck source=tests/pg/cluster

set -u
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
mkdir "$WORK/project" && cd "$WORK/project" || exit 1

snapshot() {
    PGDATABASE=app "$BIN/schema-snapshot" -s live "$@"
}

cluster_start
cluster_database app
cluster_shim app
snapshot >"$WORK/before.json" || fail "the snapshot of an empty project"
jq -e '[.schemas[].id] == ["public"] and (has("tables") or has("functions") or has("roles") or has("platform_tables")
    or has("database") or has("extensions") or has("event_triggers") or has("publications") | not)' \
    "$WORK/before.json" >/dev/null || fail "something of the platform is listed: $(jq -c 'del(.meta, .lineage)' "$WORK/before.json")"
jq -e '.meta.left_out.platform_objects > 10' "$WORK/before.json" >/dev/null || fail "what is left out is not counted"

sql app <<'END' || fail "the user's part"
create policy own on storage.objects for select using (owner = auth.uid());
create function public.welcome() returns trigger language plpgsql as 'begin return new; end';
create trigger welcome after insert on auth.users for each row execute function public.welcome();
create role app_reader;
grant app_reader to authenticator;
alter role authenticator set pgrst.db_schemas = 'public, api';
alter role anon set statement_timeout = '5s';
alter role authenticator set pgrst.jwt_secret = 'open sesame';
create table public.t (id integer);
alter publication supabase_realtime add table public.t;
insert into storage.buckets (id, name, public) values ('pictures', 'pictures', true);
END
snapshot --exact --if-changed "$WORK/before.json" >"$WORK/after.json" || fail "the snapshot of a project"
"$BIN/schema-diff" --against "$WORK/before.json" -f json "$WORK/after.json" |
    jq -r '.changes[] | "\(.op) \(.kind) \(.id)"' | LC_ALL=C sort >"$WORK/got"
LC_ALL=C sort >"$WORK/want" <<'END'
added function public.welcome()
added policy storage.objects.own
added publication supabase_realtime
added role anon
added role app_reader
added role authenticator
added table public.t
added trigger auth.users.welcome
END
diff "$WORK/want" "$WORK/got" >&2 || fail "what is the user's"
jq -e '.roles[] | select(.id == "authenticator")
    | .settings == ["pgrst.db_schemas=public, api", "pgrst.jwt_secret=[redacted]"] and .member_of == {"app_reader": []}' \
    "$WORK/after.json" >/dev/null || fail "the settings of a role: $(jq -c '.roles' "$WORK/after.json")"
! grep -q sesame "$WORK/after.json" || fail "a secret is told"
jq -e '[.publications[] | select(.id == "supabase_realtime").tables[].name] == ["public.t"]' "$WORK/after.json" >/dev/null ||
    fail "the table that is sent"

# Rows that are schema, when asked for; and not when this role may not read them.
snapshot -k +buckets >"$WORK/buckets.json" || fail "-k +buckets"
jq -e '.buckets == [{"id": "pictures", "name": "pictures", "public": true}] and has("tables")' "$WORK/buckets.json" >/dev/null ||
    fail "the buckets: $(jq -c .buckets "$WORK/buckets.json")"
sql app -c 'update storage.buckets set public = false'
snapshot -k +buckets --if-changed "$WORK/buckets.json" |
    "$BIN/schema-diff" --against "$WORK/buckets.json" -f json |
    jq -e '[.changes[] | [.op, .kind, .id, .fields[].name]] == [["changed", "storage bucket", "pictures", "public"]]' \
        >/dev/null || fail "a bucket that is no longer public"
sql app -c 'create role stranger login'
PGUSER=stranger snapshot -k buckets >"$WORK/stranger.json" || fail "buckets that may not be read"
jq -e '.meta.unread == ["buckets"] and (has("buckets") | not)' "$WORK/stranger.json" >/dev/null ||
    fail "what could not be read is not said"
"$BIN/schema-diff" --against "$WORK/buckets.json" -f json "$WORK/stranger.json" |
    jq -e '[.changes[] | select(.kind == "storage bucket")] == []' >/dev/null || fail "what could not be read is gone"
snapshot -k nothing 2>"$WORK/said" && fail "a kind that is none"
grep -q "'nothing' is no section" "$WORK/said" || fail "a kind that is none: $(cat "$WORK/said")"
