-- Default privileges: global ones and those of the schemas in $1. A global entry stands for the built-in
-- default of its kind, one of a schema adds to that. Left out: those of roles that are Supabase's own.
select d.oid as _oid,
       pg_catalog.age(d.xmin) as _age,
       pg_catalog.format('%I ON %s%s', r.rolname, k.objects,
                         case when n.oid is not null then pg_catalog.format(' IN %I', n.nspname) else '' end) as id,
       r.rolname::text as role,
       n.nspname::text as schema,
       k.objects,
       d.defaclacl as _acl,
       case when n.oid is null then pg_catalog.acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end,
                                                          d.defaclrole)
            else '{}'::pg_catalog.aclitem[] end as _acl_default,
       case d.defaclobjtype when 'S' then 's' else d.defaclobjtype::text end as _acl_kind,
       r.rolname::text as _owner,
       true as _owner_built_in
from pg_catalog.pg_default_acl d
join pg_catalog.pg_roles r on r.oid = d.defaclrole
left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
cross join lateral (select case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences'
                                                when 'f' then 'functions' when 'T' then 'types'
                                                when 'n' then 'schemas' else 'large objects' end as objects) k
where (n.oid is null or n.nspname = any ($1))
  and r.rolname <> all (array['supabase_admin', 'supabase_auth_admin', 'supabase_storage_admin',
                              'supabase_functions_admin', 'supabase_realtime_admin', 'supabase_etl_admin'])
order by pg_catalog.format('%I ON %s%s', r.rolname, k.objects,
                           case when n.oid is not null then pg_catalog.format(' IN %I', n.nspname) else '' end) collate "C"
