-- Enum types of the schemas in $1, labels in their sort order. Not covered: members of extensions.
select t.oid as _oid,
       least(pg_catalog.age(t.xmin), pg_catalog.age(d.xmin),
             (select min(pg_catalog.age(e.xmin)) from pg_catalog.pg_enum e where e.enumtypid = t.oid)) as _age,
       pg_catalog.format('%I.%I', n.nspname, t.typname) as id,
       n.nspname::text as schema,
       t.typname::text as name,
       array(select e.enumlabel::text
             from pg_catalog.pg_enum e
             where e.enumtypid = t.oid
             order by e.enumsortorder) as labels,
       pg_catalog.pg_get_userbyid(t.typowner)::text as _owner,
       t.typacl as _acl,
       d.description as comment
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_type'::regclass and d.objoid = t.oid and d.objsubid = 0
where t.typtype = 'e'
  and n.nspname = any ($1)
  and t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_type'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, t.typname) collate "C"
