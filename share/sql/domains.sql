-- Domains of the schemas in $1; their checks are in domain_constraints.sql. Not covered: members of
-- extensions.
select t.oid as _oid,
       least(pg_catalog.age(t.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, t.typname) as id,
       n.nspname::text as schema,
       t.typname::text as name,
       pg_catalog.format_type(t.typbasetype, t.typtypmod) as base_type,
       case when t.typcollation <> b.typcollation
            then pg_catalog.format('%I.%I', cn.nspname, c.collname) end as collation,
       t.typnotnull as not_null,
       pg_catalog.pg_get_expr(t.typdefaultbin, 0) as default,
       pg_catalog.pg_get_userbyid(t.typowner)::text as _owner,
       t.typacl as _acl,
       d.description as comment
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_type b on b.oid = t.typbasetype
left join pg_catalog.pg_collation c on c.oid = t.typcollation
left join pg_catalog.pg_namespace cn on cn.oid = c.collnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_type'::regclass and d.objoid = t.oid and d.objsubid = 0
where t.typtype = 'd'
  and n.nspname = any ($1)
  and t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_type'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, t.typname) collate "C"
