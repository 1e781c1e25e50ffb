-- The database itself, without its name: what it is set to, who may use it. Its owner is in meta. Settings
-- of a role in this database are the role's. Left out in a Supabase project: what the
-- platform sets, and initdb's comment on database postgres.
select b.oid as _oid,
       least(pg_catalog.age(b.xmin), pg_catalog.age(s.xmin), pg_catalog.age(d.xmin)) as _age,
       'database' as id,
       x.settings,
       case when b.datconnlimit >= 0 then b.datconnlimit end as connection_limit,
       b.datacl as _acl,
       pg_catalog.pg_get_userbyid(b.datdba)::text as _owner,
       d.description as comment
from pg_catalog.pg_database b
left join pg_catalog.pg_db_role_setting s on s.setdatabase = b.oid and s.setrole = 0
cross join lateral (
    select array(select u.setting
                 from pg_catalog.unnest(s.setconfig) u (setting)
                 where not (exists (select from pg_catalog.pg_roles r where r.rolname = 'supabase_admin')
                            and (u.setting = 'search_path="$user", public, extensions'
                                 or u.setting like 'app.settings.jwt\_%'))) as settings) x
left join pg_catalog.pg_shdescription d
    on d.classoid = 'pg_catalog.pg_database'::regclass and d.objoid = b.oid
   and d.description <> 'default administrative connection database'
where b.datname = pg_catalog.current_database()
  and (x.settings <> '{}' or b.datconnlimit >= 0 or b.datacl is not null or d.description is not null)
