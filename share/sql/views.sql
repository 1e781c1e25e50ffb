-- Views and materialized views of the schemas in $1. insertable and updatable say what
-- pg_relation_is_updatable does, triggers and rules counted. Not covered: whether a materialized view
-- is populated (data), members of extensions.
select pg_catalog.format('%I.%I', n.nspname, c.relname) as id,
       n.nspname::text as schema,
       c.relname::text as name,
       c.relkind = 'm' as materialized,
       pg_catalog.pg_get_viewdef(c.oid) as definition,
       c.reloptions as options,
       pg_catalog.pg_relation_is_updatable(c.oid, true) & 8 = 8 as insertable,
       pg_catalog.pg_relation_is_updatable(c.oid, true) & 4 = 4 as updatable,
       d.description as comment
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
where c.relkind in ('v', 'm')
  and c.relpersistence <> 't'
  and n.nspname = any ($1)
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
