-- Roles with what they may, are set to and belong to. Left out: the server's own (pg_*), the bootstrap
-- superuser, and the roles that a hosting platform makes ($5, patterns). member_of: "admin" may pass it on;
-- what version 16 can say of a membership only where it is not what older ones mean by it.
select r.oid as _oid,
       pg_catalog.quote_ident(r.rolname) as id,
       r.rolname::text as name,
       r.rolsuper as superuser,
       r.rolcreaterole as createrole,
       r.rolcreatedb as createdb,
       r.rolcanlogin as login,
       r.rolinherit as inherit,
       r.rolreplication as replication,
       r.rolbypassrls as bypass_rls,
       case when r.rolconnlimit >= 0 then r.rolconnlimit end as connection_limit,
       pg_catalog.to_char(r.rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as valid_until,
       array(select case when s.setdatabase <> 0 then 'in this database: ' else '' end || u.setting
             from pg_catalog.pg_db_role_setting s
             cross join lateral pg_catalog.unnest(s.setconfig) u (setting)
             where s.setrole = r.oid
               and s.setdatabase in (0, (select b.oid
                                         from pg_catalog.pg_database b
                                         where b.datname = pg_catalog.current_database()))
             order by s.setdatabase <> 0, u.setting collate "C") as settings,
       (select pg_catalog.json_object_agg(g.rolname, g.options)
        from (select g.rolname,
                     array_remove(array[case when pg_catalog.bool_or(m.admin_option) then 'admin' end,
                                        case when pg_catalog.bool_or(m.inherit_option) and not r.rolinherit then 'inherit'
                                             when not pg_catalog.bool_or(m.inherit_option) and r.rolinherit then 'no inherit' end,
                                        case when not pg_catalog.bool_or(m.set_option) then 'no set' end], null) as options
              from (select r.rolinherit as inherit_option, true as set_option) older
              cross join lateral (select m.roleid, m.admin_option, inherit_option, set_option
                                  from pg_catalog.pg_auth_members m
                                  where m.member = r.oid) m
              join pg_catalog.pg_roles g on g.oid = m.roleid
              group by g.rolname) g) as member_of,
       d.description as comment
from pg_catalog.pg_roles r
left join pg_catalog.pg_shdescription d
    on d.classoid = 'pg_catalog.pg_authid'::regclass and d.objoid = r.oid
where r.oid <> 10
  and r.rolname !~ '^pg_'
  and not exists (select from pg_catalog.unnest($5) p (pattern) where r.rolname like p.pattern)
order by pg_catalog.quote_ident(r.rolname) collate "C"
