-- Columns of the tables, views and materialized views of the schemas in $1 (only of those in $2 unless it
-- is null), in order. "default" of a generated column is its expression. A partition of version 17 has its
-- parent's identity, which is the parent's alone here. Not deparsed where $3 has the table: expressions
-- that name its columns.
select a.attrelid as _parent,
       a.attnum as _number,
       least(pg_catalog.age(a.xmin), pg_catalog.age(e.xmin), pg_catalog.age(d.xmin)) as _age,
       a.attname::text as name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
       case when a.attcollation <> t.typcollation
            then (select pg_catalog.format('%I.%I', n.nspname, o.collname)
                  from pg_catalog.pg_collation o
                  join pg_catalog.pg_namespace n on n.oid = o.collnamespace
                  where o.oid = a.attcollation) end as collation,
       a.attnotnull and c.relkind in ('r', 'p', 'f') as not_null,
       case when a.attgenerated = '' then pg_catalog.pg_get_expr(e.adbin, 0)
            when a.attrelid <> all ($3) then pg_catalog.pg_get_expr(e.adbin, e.adrelid) end as default,
       case when not c.relispartition
            then case a.attidentity when 'a' then 'always' when 'd' then 'by default' end end as identity,
       case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end as generated,
       case when c.relkind <> 'v' and a.attstorage <> t.typstorage
            then case a.attstorage when 'p' then 'plain' when 'e' then 'external'
                                   when 'm' then 'main' else 'extended' end end as storage,
       case a.compression when 'p' then 'pglz' when 'l' then 'lz4' end as compression,
       nullif(a.attstattarget, -1) as statistics,
       a.attoptions as options,
       a.attfdwoptions as foreign_options,
       not a.attislocal and not c.relispartition as inherited,
       case when c.relkind = 'v' and v.events & 20 = 20
            then pg_catalog.pg_column_is_updatable(c.oid, a.attnum, false) end as updatable,
       a.attacl as _acl,
       case when a.attrelid = any ($3)
            then case when a.attgenerated <> '' then array['default']
                      when c.relkind = 'v' then array['updatable'] end end as inexact,
       d.description as comment
from (select ''::"char" as attcompression) older
cross join lateral (select a.xmin, a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attcollation,
                           a.attnotnull, a.attidentity, a.attgenerated, a.attstorage, a.attstattarget,
                           a.attoptions, a.attfdwoptions, a.attislocal, a.attacl,
                           attcompression as compression
                    from pg_catalog.pg_attribute a
                    where a.attnum > 0 and not a.attisdropped) a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_type t on t.oid = a.atttypid
left join (select v.oid, pg_catalog.pg_relation_is_updatable(v.oid, false) as events
           from pg_catalog.pg_class v
           where v.relkind = 'v'
             and v.oid <> all ($3)
             and v.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
             and ($2 is null or v.oid = any ($2))
           offset 0) v on v.oid = c.oid
left join pg_catalog.pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = a.attrelid and d.objsubid = a.attnum
where c.relkind in ('r', 'p', 'f', 'v', 'm')
  and c.relpersistence <> 't'
  and c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
  and ($2 is null or c.oid = any ($2))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by a.attrelid, a.attnum
