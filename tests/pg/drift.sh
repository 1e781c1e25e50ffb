#!/bin/sh
# What a database and its migrations folder disagree about: drift, pending and applied migrations, and the
# database that the Supabase CLI (here a program of its name) tells of.
set -eu

# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
cluster_start
unset DATABASE_URL SUPABASE_DB_URL SUPABASE_DB_PASSWORD PGPASSWORD
PATH=$BIN:$PATH
ours=$PATH
cp -R "$SOURCE/share/examples/shop" "$WORK/shop"
cd "$WORK/shop"
echo '{ "notifications": { "push": false }, "validation": { "enabled": false } }' >supabase/monitor-config.json
cluster_database shop
cluster_shim shop
cluster_load shop supabase/migrations
export PGDATABASE=shop

# ---- drift ----

# drift STATUS [OPTION]...: of the database against the folder, into $WORK/text and $WORK/json.
drift() {
    wanted=$1
    shift
    schema-snapshot -q -s live "$@" -o "$WORK/live.json"
    for format in text json; do
        got=0
        schema-diff -a supabase/migrations -f $format "$WORK/live.json" >"$WORK/$format" 2>"$WORK/said" || got=$?
        [ $got = "$wanted" ] || fail "drift -f $format: $got instead of $wanted: $(cat "$WORK/said" "$WORK/$format")"
    done
}

drift 0
[ ! -s "$WORK/text" ] || fail "equal, yet: $(cat "$WORK/text")"

index=$(grep -ho 'create index [a-z_]*' supabase/migrations/*.sql | head -n 1 | cut -d ' ' -f 3)
sql shop -c 'create table by_hand (id int)' -c 'alter table reviews alter column rating set default 5' \
    -c "drop index $index"
drift 1
sed -n 's/:$/:/p' "$WORK/text" | grep -v '^ ' >"$WORK/headings"
printf '%s\n' 'in the database, made by no migration:' 'in the migrations, not in the database:' \
    'in both, but not the same (migrations -> database):' | diff - "$WORK/headings" || fail "$(cat "$WORK/text")"
grep -q '^[0-9]* differences between database and migrations' "$WORK/text" || fail "no first line"
sed -n '/by no migration/,/not in the database/p' "$WORK/text" | grep -q '+ table public.by_hand  risky' ||
    fail "the table made by hand is not told: $(cat "$WORK/text")"
sed -n '/not in the database/,/not the same/p' "$WORK/text" | grep -q "^ *- index .*$index  " ||
    fail "the lost index is not told: $(cat "$WORK/text")"
jq -e '.sources == {from: "migrations", to: "live"} and (has("migrations") | not)
    and any(.changes[]; .op == "added" and .id == "public.by_hand")' "$WORK/json" >/dev/null || fail "$(cat "$WORK/json")"

# The other way round, and what one side does not know is no difference.
got=0
schema-snapshot -s migrations | schema-diff -a "$WORK/live.json" -f text >"$WORK/text" || got=$?
[ $got = 1 ] || fail "the other way round: $got"
sed -n '/by no migration/,/not in the database/p' "$WORK/text" | grep -q -- '- table public.by_hand  ' ||
    fail "the other way round: $(cat "$WORK/text")"

# Only these schemas, on both sides.
sql shop -c 'create schema aside' -c 'create table aside.one (id int)'
drift 1 -n aside
jq -e '[.changes[].id] | sort == ["aside", "aside.one"]' "$WORK/json" >/dev/null || fail "-n: $(cat "$WORK/text")"
sql shop -c 'drop schema aside cascade' -c 'drop table by_hand'

# A single file.
cat supabase/migrations/*.sql >"$WORK/all.sql"
got=0
schema-snapshot -s live | schema-diff -a "$WORK/all.sql" -f json >"$WORK/json" || got=$?
[ $got = 1 ] || fail "a single file: $got"
jq -e 'all(.changes[]; .id | contains("by_hand") | not)' "$WORK/json" >/dev/null || fail "a single file"

# ---- a database by its URL, on either side ----

url="postgresql:///shop?host=$PGHOST&user=$PGUSER"
schema-snapshot -q -s live -o "$WORK/live.json"
schema-diff -a "$url" -f text "$WORK/live.json" || fail "a database is not itself: $?"
THERE=$url schema-diff -a 'env(THERE)' -f text "$WORK/live.json" || fail "env(NAME): $?"
schema-diff -a "$WORK/live.json" -f text "$url" || fail "a URL as the new side: $?"
got=0
schema-diff -a supabase/migrations -f json "$url" >"$WORK/json" || got=$?
[ $got = 1 ] || fail "a URL against the folder: $got"
jq -e '.sources == {from: "migrations", to: "live"}' "$WORK/json" >/dev/null || fail "not told where from"
# Only the schemas that the other side was asked for.
sql shop -c 'create schema aside' -c 'create table aside.one (id int)'
schema-snapshot -q -s live -n aside -o "$WORK/aside.json"
schema-diff -a "$url" -f text "$WORK/aside.json" || fail "other schemas were compared: $?"
sql shop -c 'drop schema aside cascade'
# A password stays out of sight, and out of the arguments.
got=0
THERE="postgresql://guest:hunter2@/shop?host=$PGHOST" schema-diff -a 'env(THERE)' "$WORK/live.json" >"$WORK/said" 2>&1 || got=$?
[ $got -gt 1 ] || fail "a role that is gone: $got"
! grep -q hunter2 "$WORK/said" || fail "the password is shown: $(cat "$WORK/said")"

# ---- what the migrations cannot tell ----

cluster_database vague
mkdir "$WORK/vague"
cat >"$WORK/vague/1_a.sql" <<'END'
create table public.a (id int, at timestamptz default now());
create view public.v as select id, unknown_to_us.f(at) as f from public.a;
END
cat >"$WORK/before.sql" <<'END'
create schema unknown_to_us;
create function unknown_to_us.f(timestamptz) returns text language sql immutable as $$select $1::text$$;
create operator public.### (leftarg = int, rightarg = int, function = int4pl);
END
sql vague -f "$WORK/before.sql" -f "$WORK/vague/1_a.sql"
got=0
schema-snapshot -s live --db-url dbname=vague -N unknown_to_us |
    schema-diff -a "$WORK/vague" -f json >"$WORK/json" 2>"$WORK/said" || got=$?
unread=$(schema-snapshot -q -s migrations -m "$WORK/vague" | sed -n 2p | sed 's/^"meta"://; s/,$//' | jq -r '.unread[]')
for section in $unread; do
    jq -e --arg kind "${section%s}" 'all(.changes[]; .kind != $kind)' "$WORK/json" >/dev/null ||
        fail "an unread section shows: $section"
done
[ -s "$WORK/said" ] || fail "nothing is said of what is not known exactly"
jq -e 'all(.changes[]; .id != "public.v.f")' "$WORK/json" >/dev/null || fail "a doubt shows as a difference: $(cat "$WORK/json")"

# ---- pending and applied ----

status() {
    schema status | sed -n 's/^migrations *//p'
}

sql shop -c 'drop schema if exists supabase_migrations cascade' 2>/dev/null
schema -q check || [ $? = 1 ]
status | grep -q '^9 files; the database shows no list' || fail "without a table: $(status)"
schema status --json | jq -e '.migrations == {files: 9}' >/dev/null || fail "without a table: json"
sql shop -c 'create schema supabase_migrations' -c "create table supabase_migrations.schema_migrations
    (version text primary key, statements text[], name text)"
sql shop -c 'create table moved (id int)' # so that all is read
schema -q check || [ $? = 1 ]
status | grep -q '^9 pending: 20250106091500_profiles.sql, .* and 6 more (read ' || fail "an empty table: $(status)"
for file in supabase/migrations/*.sql; do
    version=${file##*/} version=${version%%_*}
    sql shop -c "insert into supabase_migrations.schema_migrations (version) values ('$version')"
done
# They made no object, so no catalog tells of them: whoever asks is told all the same.
schema -q check
status | grep -q '^none pending, 9 applied' || fail "all applied: $(status)"
echo 'insert into products select 1;' >supabase/migrations/20990101000000_seed.sql
echo 'not one of them' >supabase/migrations/notes.sql
sql shop -c "insert into supabase_migrations.schema_migrations (version) values ('20200101000000')"
status | grep -q '^1 pending: 20990101000000_seed.sql (read ' || fail "one pending: $(status)"
schema -q check
status | grep -q '^1 pending: 20990101000000_seed.sql; 1 applied without a file: 20200101000000 (read ' ||
    fail "one of each: $(status)"
schema status --json | jq -e '.migrations | .files == 10 and .applied == 10 and .pending == 1 and .missing == 1
    and .pending_files == ["20990101000000_seed.sql"] and .missing_versions == ["20200101000000"]' >/dev/null ||
    fail "one of each: json"
rm supabase/migrations/20990101000000_seed.sql supabase/migrations/notes.sql

# ---- the Supabase CLI ----

mkdir "$WORK/cli"
: >supabase/config.toml
# Its URL has a password, which nobody may see; the server asks for none.
cat >"$WORK/cli/supabase" <<END
#!/bin/sh
[ "\$*" = 'status -o json' ] && [ "\$(pwd -P)" = "$(pwd -P)" ] || exit 2
echo 'Stopped services: [supabase_imgproxy_shop]' >&2
echo '{ "ANON_KEY": "eyJ", "DB_URL": "postgresql://postgres:hunter2@/shop?host=$PGHOST" }'
echo 'A new version of Supabase CLI is available' >&2
END
chmod +x "$WORK/cli/supabase"
socket=$PGHOST
unset PGHOST PGDATABASE PGUSER PGPORT
PATH=$WORK/cli:$ours
rm -rf .schema
schema-snapshot -s supabase -o "$WORK/supabase.json" 2>"$WORK/said" || fail "-s supabase: $(cat "$WORK/said")"
[ ! -s "$WORK/said" ] || fail "-s supabase speaks: $(cat "$WORK/said")"
! grep -q hunter2 "$WORK/supabase.json" || fail "the document has the password"
PGHOST=$socket PGUSER=postgres schema-snapshot -s live --db-url dbname=shop -o "$WORK/live.json"
[ "$(tail -n 1 "$WORK/live.json")" = "$(tail -n 1 "$WORK/supabase.json")" ] || fail "supabase is not live"
sed -n 2p "$WORK/supabase.json" | grep -q '"source":"supabase"' || fail "the document does not say where from"
schema-snapshot --if-changed "$WORK/supabase.json" | grep -q '"unchanged":true' || fail "no short form"
got=0
schema-diff -a supabase/migrations -f text "$WORK/supabase.json" >"$WORK/text" || got=$?
grep -q 'in the database, made by no migration' "$WORK/text" || fail "drift of the stack: $got"

# It serves where no database is configured; and the migrations do not stand in for it afterwards.
schema -q check
schema status --json | jq -e '.source == "supabase"' >/dev/null || fail "the check did not read it"
PATH=$ours
got=0
schema -q check 2>"$WORK/said" || got=$?
[ $got = 69 ] || fail "without the CLI: $got"
grep -q 'supabase start' "$WORK/said" || fail "without the CLI: $(cat "$WORK/said")"
# A stack that is told of and does not answer: the migrations serve, and say why.
printf '#!/bin/sh\necho "{\\"DB_URL\\":\\"postgresql://postgres:hunter2@127.0.0.1:1/postgres\\"}"\n' >"$WORK/cli/supabase"
PATH=$WORK/cli:$ours
schema-snapshot -o "$WORK/fallen.json" 2>"$WORK/said" || fail "no fallback: $(cat "$WORK/said")"
grep -q "read from migrations: cannot connect to '127.0.0.1:1/postgres'" "$WORK/said" || fail "$(cat "$WORK/said")"
sed -n 2p "$WORK/fallen.json" | grep -q '"fallback":"cannot connect' || fail "meta does not say why"
! grep -q hunter2 "$WORK/said" "$WORK/fallen.json" || fail "the password is shown"
