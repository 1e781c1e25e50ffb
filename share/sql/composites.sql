-- Composite types of the schemas in $1; attributes.sql has what they are made of. Not covered: row
-- types of tables and views, members of extensions.
select c.oid as _oid,
       least(pg_catalog.age(c.xmin), pg_catalog.age(t.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, c.relname) as id,
       n.nspname::text as schema,
       c.relname::text as name,
       pg_catalog.pg_get_userbyid(t.typowner)::text as _owner,
       t.typacl as _acl,
       d.description as comment
from pg_catalog.pg_class c
join pg_catalog.pg_type t on t.oid = c.reltype
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_type'::regclass and d.objoid = t.oid and d.objsubid = 0
where c.relkind = 'c'
  and n.nspname = any ($1)
  and t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_type'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
