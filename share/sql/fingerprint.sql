-- The state of the catalogs in one text: per catalog how many rows it has that a transaction with a number of
-- its own wrote, and the sums of these transactions' ages and of their squares (source/probe.h makes sums of
-- transaction numbers of them, which any row that is written or deleted moves); of what only superusers may read its public form, by
-- content. The marks stand for what source/catalogs.c lists. Not in it: temporary objects. A catalog that is
-- not listed is read all the same.
with temporary as materialized (
    select array(select c.oid from pg_catalog.pg_class c where c.relpersistence = 't') as relations,
           array(select n.oid from pg_catalog.pg_namespace n where n.nspname ~ '^pg_(toast_)?temp_') as schemas
)
select pg_catalog.string_agg(f.catalog || ':' || f.state, ',' order by f.catalog collate "C") as fingerprint
from (
    select null::text, null::text where false /*parts*/
    union all
    select 'pg_subscription', t.state
    from (select pg_catalog.substring(pg_catalog.query_to_xml(pg_catalog.format(
              'select pg_catalog.concat_ws(''='', count(*), coalesce(sum(pg_catalog.hashtext(row(%s)::text)), 0)) as t
               from pg_catalog.pg_subscription x',
              (select pg_catalog.string_agg(pg_catalog.format('x.%I', a.attname), ', ' order by a.attnum)
               from pg_catalog.pg_attribute a
               where a.attrelid = 'pg_catalog.pg_subscription'::regclass
                 and a.attnum > 0
                 and not a.attisdropped
                 and pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'select'))), false, true, '')::text,
              '<t>(.*)</t>') as state) t
    union all
    select c.relname::text, t.state
    from (select c.oid, c.relname
          from pg_catalog.pg_class c
          where c.relnamespace = 11
            and c.relkind = 'r'
            and c.relname <> all (array[]::name[] /*names*/)
          offset 0) c
    cross join lateral (
        select pg_catalog.substring(pg_catalog.query_to_xml(pg_catalog.format(
            'select pg_catalog.concat_ws('':'', count(*), coalesce(sum(pg_catalog.age(x.xmin)), 0),
                 coalesce(sum(pg_catalog.age(x.xmin)::int8 * pg_catalog.age(x.xmin)), 0)) as t
             from pg_catalog.%I x where x.xmin <> ''1''', c.relname), false, true, '')::text, '<t>(.*)</t>') as state
        offset 0) t
    where pg_catalog.has_table_privilege(c.oid, 'select')
) f (catalog, state)
