#!/bin/sh
# gen-ts-types --lang on rows of a real server: zod, of version 4 and of version 3, and a JSON Schema validator take all
# that row_to_json gives, and refuse it with a column left out or with a value of another type (lang/check.mjs).

set -eu
# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
unset DATABASE_URL SUPABASE_DB_URL PGPASSWORD PGSERVICE
HERE=$SOURCE/tests/pg/lang
modules=$BUILD/npm/node_modules
for package in zod ajv typescript; do
    [ -d "$modules/$package" ] || fail "needs the packages of tests/package.json in $BUILD/npm"
done

cluster_start
cluster_project "$WORK/project" && cd "$WORK/project"
ln -s "$modules" node_modules
echo '{"type":"module"}' >package.json
cp "$HERE/check.mjs" .
cluster_database lang
sql lang -f "$HERE/schema.sql"
"$BIN/schema-snapshot" -q -s live --db-url dbname=lang -o snapshot
"$BIN/gen-ts-types" --lang zod -o types.ts snapshot
"$BIN/gen-ts-types" --lang json-schema -o types.json snapshot
"$modules/.bin/tsc" --target es2022 --module nodenext --moduleResolution nodenext --skipLibCheck types.ts
sed 's/from "zod"/from "zod\/v3"/' types.js >types3.js
psql -X -At -d lang >rows <<'END'
select format($q$select json_build_object('place', array['public', %L, %L], 'row', row_to_json("a row")) from %I "a row";$q$,
              case when relkind = 'r' then 'Tables' else 'Views' end, relname, relname)
from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm')
\gexec
END
node check.mjs ./types.js types.json <rows
node check.mjs ./types3.js types.json <rows
