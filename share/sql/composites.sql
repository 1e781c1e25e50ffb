-- Composite types of the schemas in $1; attributes.sql has what they are made of. Not covered: row
-- types of tables and views, members of extensions.
select pg_catalog.format('%I.%I', n.nspname, c.relname) as id,
       n.nspname::text as schema,
       c.relname::text as name,
       d.description as comment
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_type'::regclass and d.objoid = c.reltype and d.objsubid = 0
where c.relkind = 'c'
  and n.nspname = any ($1)
  and c.reltype not in (select x.objid
                        from pg_catalog.pg_depend x
                        where x.classid = 'pg_catalog.pg_type'::regclass
                          and x.refclassid = 'pg_catalog.pg_extension'::regclass
                          and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
