-- Schemas in $1. The schema public starts with rights and an owner that differ between versions: its
-- rights are told by how they differ from those, its built-in owner is none.
select n.oid as _oid,
       least(pg_catalog.age(n.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.quote_ident(n.nspname) as id,
       n.nspname::text as name,
       pg_catalog.pg_get_userbyid(n.nspowner)::text as _owner,
       n.nspname = 'public' and n.nspowner in (10, 6171) as _owner_built_in,
       n.nspacl as _acl,
       (select p.initprivs
        from pg_catalog.pg_init_privs p
        where p.classoid = 'pg_catalog.pg_namespace'::regclass and p.objoid = n.oid and p.objsubid = 0) as _acl_default,
       nullif(d.description, case n.nspname when 'public' then 'standard public schema' end) as comment
from pg_catalog.pg_namespace n
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_namespace'::regclass and d.objoid = n.oid and d.objsubid = 0
where n.nspname = any ($1)
order by pg_catalog.quote_ident(n.nspname) collate "C"
