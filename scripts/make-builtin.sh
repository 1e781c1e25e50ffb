#!/bin/sh
# Writes lib/replay/builtin.inc: what a fresh PostgreSQL 15 knows of types, functions, operators,
# casts and operator classes, as rows for lib/replay/builtin.c. For development only; run
# it with PGHOST and PGUSER naming a new, empty cluster:
#
#     scripts/make-builtin.sh >lib/replay/builtin.inc && clang-format -i lib/replay/builtin.inc
set -eu

query() {
    psql -XAtq -v ON_ERROR_STOP=1 -d template1 -c "$1"
}

echo "/* Made by scripts/make-builtin.sh from PostgreSQL $(query 'show server_version'); not to be edited. */"
echo "/* clang-format off */"
echo "static const BuiltinType types[] = {"
query "
select format('{%s, \"%s\", %s, ''%s'', ''%s'', %s, %s, %s, %s},', t.oid, t.typname,
  case when format_type(t.oid, null) <> t.typname then '\"' || replace(format_type(t.oid, null), '\"', '\\\"') || '\"' else 'NULL' end,
  t.typtype, t.typcategory, t.typispreferred::int,
  case when t.typsubscript = 'array_subscript_handler'::regproc or t.typelem <> 0 and t.typlen > 0 then t.typelem else 0 end,
  t.typarray, t.typcollation)
from pg_type t
where t.typnamespace = 'pg_catalog'::regnamespace and t.typrelid = 0
  and not exists (select from pg_type e where e.typarray = t.oid and e.typrelid <> 0)
order by t.oid"
echo "};"
echo "static const unsigned short arguments[] = {"
query "
select string_agg(a::text, ', ' order by n) || ','
from pg_proc p, unnest(p.proargtypes::oid[]) with ordinality x(a, n)
where p.pronamespace = 'pg_catalog'::regnamespace and not 2281 = any (p.proargtypes::oid[])
group by p.oid order by p.proname collate \"C\", p.oid"
echo "};"
echo "static const BuiltinFunction functions[] = {"
query "
select format('{%s, \"%s\", %s, %s, %s, ''%s'', %s, %s, %s, %s, %s, %s},', p.oid, p.proname, p.prorettype,
  p.pronargs, coalesce(sum(p.pronargs) over (order by p.proname collate \"C\", p.oid rows between unbounded preceding and 1 preceding), 0),
  case when p.prokind = 'a' then (select case a.aggkind when 'n' then 'a' else a.aggkind end from pg_aggregate a where a.aggfnoid = p.oid) else p.prokind end,
  p.proretset::int, p.pronargdefaults, p.provariadic,
  coalesce((select aggnumdirectargs from pg_aggregate a where a.aggfnoid = p.oid), 0),
  case when p.proargnames is null then 'NULL' else '\"' || array_to_string(p.proargnames, ',') || '\"' end,
  case when p.proallargtypes is null then 'NULL' else '\"' ||
    (select string_agg(m::text || t::text, ',' order by n) from unnest(p.proallargtypes, p.proargmodes) with ordinality x(t, m, n)) || '\"' end)
from pg_proc p
where p.pronamespace = 'pg_catalog'::regnamespace and not 2281 = any (p.proargtypes::oid[])
order by p.proname collate \"C\", p.oid"
echo "};"
echo "static const BuiltinOperator operators[] = {"
query "
select format('{\"%s\", %s, %s, %s},', oprname, oprleft, oprright, oprresult)
from pg_operator where oprnamespace = 'pg_catalog'::regnamespace order by oprname collate \"C\", oid"
echo "};"
echo "static const BuiltinCast casts[] = {"
query "
select format('{%s, %s, %s, ''%s'', ''%s''},', castsource, casttarget, castfunc, castcontext, castmethod)
from pg_cast where castsource < 10000 and casttarget < 10000 order by castsource, casttarget"
echo "};"
echo "static const BuiltinClass classes[] = {"
query "
select format('{\"%s\", \"%s\", %s, %s},', a.amname, c.opcname, c.opcintype, c.opcdefault::int)
from pg_opclass c join pg_am a on a.oid = c.opcmethod order by a.amname, c.opcname"
echo "};"
echo "/* clang-format on */"
