#!/bin/sh
# The documentation of a schema is the same bytes in every form, whether a server was asked or the files were run
# in one of our own, and whoever runs it again; and tests/cases/docs/clinic/snapshot.json is what its
# schema.sql makes. UPDATE=1 writes that.
set -eu

# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
cluster_start
export XDG_CACHE_HOME="$WORK/cache" XDG_CONFIG_HOME="$WORK/config" XDG_RUNTIME_DIR="$WORK/run"
mkdir -m 711 "$WORK/run"
cluster_project "$WORK/project" && cd "$WORK/project"
case=$SOURCE/tests/cases/docs/clinic
status=0

mkdir migrations
cp "$case/schema.sql" migrations/0001_clinic.sql
cluster_database clinic
PGOPTIONS='-c client_min_messages=error' sql clinic -o "$WORK/log" -f "$case/schema.sql"
"$BIN/schema-snapshot" -q -s live --db-url dbname=clinic -o live.json
"$BIN/schema-snapshot" -q -s shadow --server-bin "$SERVER_BIN" --migrations migrations -o shadow.json

# Without when and where it was read, and who is who there.
sed -e '2s/.*/"meta":{"source":"live"},/' -e '/^"transactions":\[$/,/^\],$/d' -e '/^"lineage":\[$/,/^\],$/d' live.json >bare.json
if [ -n "${UPDATE:-}" ]; then
    cp bare.json "$case/snapshot.json"
else
    diff "$case/snapshot.json" bare.json | cut -c1-500
    cmp -s "$case/snapshot.json" bare.json || { echo 'clinic/snapshot.json is not what its schema.sql makes'; status=1; }
fi

for form in markdown dbml dot json; do
    "$BIN/gen-schema-docs" -f "$form" live.json >one
    "$BIN/gen-schema-docs" -f "$form" shadow.json >two
    "$BIN/gen-schema-docs" -f "$form" live.json >three
    cmp one two || { echo "$form: live and shadow differ"; diff one two | cut -c1-300 | head -20; status=1; }
    cmp one three || { echo "$form: two runs differ"; status=1; }
done
for split in schema table; do
    "$BIN/gen-schema-docs" --split "$split" -o pages live.json
    "$BIN/gen-schema-docs" --split "$split" --check pages shadow.json || status=1
done
exit $status
