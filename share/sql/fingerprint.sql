-- The state of the catalogs in one text (source/probe.h). The marks stand for the base, as an xid, and for what
-- source/catalogs.c lists; a catalog that is not listed is read all the same. Not in it: catalogs without rows, and
-- temporary objects, which are few where there are any. What stands in query_to_xml() is planned and run only where
-- it is reached.
with since as materialized (
    select pg_catalog.age('/*since*/'::xid) as age
),
schemas as materialized (
    select array(select n.oid from pg_catalog.pg_namespace n where n.nspname ~ '^pg_(toast_)?temp_') as oids
),
depends as materialized (
    select d.classid, d.objid
    from pg_catalog.pg_depend d
    where d.refclassid = 'pg_catalog.pg_namespace'::regclass
      and d.refobjid = any ((select s.oids from schemas s)::oid[])
),
temporary as materialized (
    select (select s.oids from schemas s) as schemas,
           array(select d.objid from depends d where d.classid = 'pg_catalog.pg_proc'::regclass) as functions,
           case when exists (select from depends)
                then pg_catalog.substring(pg_catalog.query_to_xml(
                         'select array(select c.oid from pg_catalog.pg_class c where c.relpersistence = ''t'')::text as t',
                         false, true, '')::text, '<t>(.*)</t>')::oid[]
                else '{}' end as relations
)
select pg_catalog.string_agg(
           f.catalog || ':' || coalesce(f.state, f.rows || ':' || case when f.ages is null then '' else (
               select pg_catalog.string_agg(t.number || '=' || t.rows || coalesce('@' || t.relations, ''), ';'
                                            order by t.number)
               from (select (select s.age from since s)::int8 - u.age, count(*),
                            case when count(*) <= 400
                                 then pg_catalog.string_agg(distinct u.relation::text, '+'
                                                            order by u.relation::text) end
                     from rows from (pg_catalog.unnest(f.ages), pg_catalog.unnest(f.relations)) u (age, relation)
                     group by 1) t (number, rows, relations)) end), ','
           order by f.catalog collate "C") as fingerprint
from (
    select null::text, null::text, null::int8, null::int4[], null::oid[] where false /*parts*/
    union all
    select 'pg_subscription', t.state, null, null, null
    from (select case when pg_catalog.pg_relation_size('pg_catalog.pg_subscription'::regclass) = 0 then '0'
                 else pg_catalog.substring(pg_catalog.query_to_xml(pg_catalog.format(
              'select pg_catalog.concat(count(*), ''='' || sum(pg_catalog.hashtext(row(%s)::text))) as t
               from pg_catalog.pg_subscription x',
              (select pg_catalog.string_agg(pg_catalog.format('x.%I', a.attname), ', ' order by a.attnum)
               from pg_catalog.pg_attribute a
               where a.attrelid = 'pg_catalog.pg_subscription'::regclass
                 and a.attnum > 0
                 and not a.attisdropped
                 and pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'select'))), false, true, '')::text,
              '<t>(.*)</t>') end as state) t
    union all
    select 'pg_user_mappings', case when pg_catalog.pg_relation_size('pg_catalog.pg_user_mapping'::regclass) = 0
                                    then '0'
                                    else pg_catalog.substring(pg_catalog.query_to_xml(
                                             'select pg_catalog.concat(count(*), ''='' ||
                                                  sum(pg_catalog.hashtext(x::text))) as t
                                              from pg_catalog.pg_user_mappings x', false, true, '')::text,
                                             '<t>(.*)</t>') end, null, null, null
    union all
    select c.name, t.state, null, null, null
    from (select c.oid, c.relname::text as name
          from pg_catalog.pg_class c
          where c.relnamespace = 11
            and c.relkind = 'r'
            and c.relname <> all (array[]::name[] /*names*/)
          offset 0) c
    cross join lateral (
        select pg_catalog.substring(pg_catalog.query_to_xml(pg_catalog.format(
            'select sum(t.rows) || '':'' || coalesce(pg_catalog.string_agg(t.number || ''='' || t.rows, '';''
                        order by t.number) filter (where t.number is not null), '''') as t
             from (select case when pg_catalog.age(x.xmin) <= %1$s and pg_catalog.age(x.xmin) >= 0
                               then %1$s - pg_catalog.age(x.xmin)::int8 end, count(*)
                   from pg_catalog.%2$I x
                   group by 1) t (number, rows)', (select s.age from since s), c.name),
            false, true, '')::text, '<t>(.*)</t>') as state
        offset 0) t
    where pg_catalog.pg_relation_size(c.oid) > 0
      and pg_catalog.has_table_privilege(c.oid, 'select')
) f (catalog, state, rows, ages, relations)
where f.state is not null
   or f.rows > 0
   or f.ages is not null
