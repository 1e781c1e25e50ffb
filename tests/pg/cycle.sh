#!/bin/sh
# One change in a live database reaches everything that should know of it: the terminal, a webhook,
# the history, the backups, the types, the docs. A cycle killed anywhere goes on under the same id.
set -eu
. "$SOURCE/tests/pg/cluster"
PATH=$BIN:$PATH

cluster_start
cluster_database shop
cluster_shim shop
cluster_load shop "$SOURCE/share/examples/shop/supabase/migrations"

cp -R "$SOURCE/share/examples/shop" "$WORK/shop"
cd "$WORK/shop"
mkdir "$WORK/hooks"
python3 "$SOURCE/tests/cli/listener.py" "$WORK/hooks" >/dev/null 2>&1 &
listener=$!
until [ -s "$WORK/hooks/port" ]; do sleep 0.1; done
cat >supabase/monitor-config.json <<EOF
{
  // the seed configuration, and a webhook
  "monitoring": { "enabled": true, "interval": 300000 /* ms */, "autoTypeGeneration": true, "enableNotifications": true },
  "dashboard": { "enabled": true, "port": 3001, "host": "localhost" },
  "notifications": { "push": true, "memory": true },
  "channels": { "team": { "type": "webhook", "url": "env(TEAM_HOOK_URL)" } },
  "validation": { "steps": [{ "name": "there", "command": ["test", "-s", "src/types/database.ts"] }] },
}
EOF
cat >.env <<EOF
DATABASE_URL=postgresql://postgres@/shop?host=$PGHOST
TEAM_HOOK_URL=http://127.0.0.1:$(cat "$WORK/hooks/port")/hook/s3cret
EOF
unset PGHOST PGPORT PGUSER PGDATABASE
change() { sql shop -h "$CLUSTER" -U postgres -c "$1"; }

check() {
    expected=$1
    status=0
    schema check >"$WORK/out" 2>"$WORK/err" || status=$?
    [ "$status" = "$expected" ] || {
        cat "$WORK/out" "$WORK/err" >&2
        fail "schema check: $status instead of $expected"
    }
}

check 0
grep -q 'first snapshot' "$WORK/out" || fail 'the first snapshot is not called that'
check 0
grep -q 'no change' "$WORK/out" || fail 'an unchanged schema is not called that'
[ ! -e backups/schema-versions/manifest.jsonl ] || fail 'a backup without a change'
cp src/types/database.ts "$WORK/types.before"

change 'alter table orders add column gift_note text not null'
check 1
grep -q '+ column gift_note added' "$WORK/out" || fail 'the terminal does not tell'
grep -q 'gift_note: string' src/types/database.ts || fail 'the types were not written'
grep -q 'gift_note' docs/database-schema.md || fail 'the docs were not written'
grep -q '"type":"schema.changed"' logs/notifications/history.jsonl || fail 'the history does not tell'
backup-rotate list schema-versions --json | jq -e 'length == 1' >/dev/null ||
    backup-rotate list schema-versions --json | jq -es 'length == 1' >/dev/null ||
    fail 'not one backup of the schema'
backup-rotate restore types newest --to "$WORK/types.restored" --outside >/dev/null
cmp "$WORK/types.before" "$WORK/types.restored" || fail 'the old types are not in the backup'
tail -n 1 logs/validation/history.jsonl | jq -e '.result == "passed" and .passed == 1' >/dev/null ||
    fail 'validation did not run'
tail -n 1 .schema/runs.jsonl | jq -e '.result == "changed" and .changes == 1' >/dev/null ||
    fail 'the run is not in the history'
schema status --json | jq -e '.last_change.severity == "breaking"' >/dev/null || fail 'status does not tell'
grep -rlq gift_note "$WORK/hooks" || fail 'the webhook was not called'
! grep -rl s3cret .schema logs backups "$WORK/out" "$WORK/err" || fail 'a secret got out'
check 0

# Killed at every step of a changed cycle: the next one ends in the same state, under the same id.
for tool in notify backup-rotate gen-ts-types gen-schema-docs validate-run; do
    change "alter table orders add column \"killed $tool\" text"
    mkdir -p "$WORK/bin"
    # shellcheck disable=SC2016  # the parent of that program, not ours
    printf '#!/bin/sh\nkill -9 $PPID\n' >"$WORK/bin/$tool"
    chmod +x "$WORK/bin/$tool"
    cp "$BIN/schema" "$WORK/bin/schema"
    sed -i "s|^PATH=.*|PATH=$WORK/bin:$BIN:\$PATH|; s|^helper=.*|helper=$LIBEXEC/schema-project|" "$WORK/bin/schema"
    "$WORK/bin/schema" check >/dev/null 2>&1 && fail "$tool did not kill the cycle"
    rm "$WORK/bin/$tool"
    before=$(jq -r .id .schema/run/pending.json)
    check 1
    tail -n 1 .schema/runs.jsonl | jq -e --arg id "$before" '.id == $id' >/dev/null ||
        fail "after $tool was killed the cycle has another id"
    grep -q "killed $tool" src/types/database.ts || fail "types missing after $tool was killed"
    check 0
done
jq -r 'select(.type == "schema.changed" and .outcome == "queued") | .event' logs/notifications/history.jsonl |
    sort | uniq -d | grep . && fail 'an event was announced twice'
backup-rotate verify || fail 'the backups are damaged'

# What goes wrong is one line and one code, and leaves the cache alone.
cp .schema/cache/snapshot.json "$WORK/cache"
sed -i "s|^DATABASE_URL=.*|DATABASE_URL=postgresql://postgres:hunter2@127.0.0.1:1/shop|" .env
check 69
grep -q "127.0.0.1:1/shop" "$WORK/err" || fail 'the message does not name the database'
[ "$(wc -l <"$WORK/err")" = 1 ] || fail 'more than one line on stderr'
! grep -r hunter2 .schema logs "$WORK/err" || fail 'the password got out'
cmp -s "$WORK/cache" .schema/cache/snapshot.json || fail 'the cache was touched'
schema status --json | jq -e '.state == "failed"' >/dev/null || fail 'status does not tell of the failure'
check 69
[ "$(jq -r 'select(.type == "database.unreachable" and .outcome == "queued") | .event' logs/notifications/history.jsonl | wc -l)" = 1 ] ||
    fail 'a lasting failure was announced more than once'
sed -i "s|^DATABASE_URL=.*|DATABASE_URL=postgresql://postgres@/shop?host=$CLUSTER|" .env
check 0
grep -q '"type":"database.recovered"' logs/notifications/history.jsonl || fail 'the recovery was not announced'

head -c 2000 "$WORK/cache" >.schema/cache/snapshot.json
check 65
grep -q "cache/snapshot.json.*remove" "$WORK/err" || fail 'no remedy for a broken cache'
rm .schema/cache/snapshot.json
check 0
kill "$listener" 2>/dev/null || :
