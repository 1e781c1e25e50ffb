-- Roles with what they may, are set to and belong to. Left out: the server's own (pg_*) and the bootstrap
-- superuser. Of a role that a hosting platform makes ($5, patterns) only what a user did to it is told:
-- settings other than Supabase's own, and membership in a user's roles. member_of: "admin" may pass it on;
-- what version 16 can say of a membership only where it is not what older ones mean by it.
select r.oid as _oid,
       pg_catalog.quote_ident(r.rolname) as id,
       r.rolname::text as name,
       r.rolsuper and not r.is_platform as superuser,
       r.rolcreaterole and not r.is_platform as createrole,
       r.rolcreatedb and not r.is_platform as createdb,
       r.rolcanlogin and not r.is_platform as login,
       r.rolinherit and not r.is_platform as inherit,
       r.rolreplication and not r.is_platform as replication,
       r.rolbypassrls and not r.is_platform as bypass_rls,
       case when r.rolconnlimit >= 0 and not r.is_platform then r.rolconnlimit end as connection_limit,
       case when not r.is_platform then pg_catalog.to_char(r.rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end as valid_until,
       x.settings,
       m.member_of,
       case when not r.is_platform then d.description end as comment
from (select r.*, exists (select from pg_catalog.unnest($5) p (pattern) where r.rolname like p.pattern) as is_platform
      from pg_catalog.pg_roles r
      where r.oid <> 10 and r.rolname !~ '^pg_') r
cross join lateral (
    select array(select case when s.setdatabase <> 0 then 'in this database: ' else '' end || u.setting
                 from pg_catalog.pg_db_role_setting s
                 cross join lateral pg_catalog.unnest(s.setconfig) u (setting)
                 where s.setrole = r.oid
                   and s.setdatabase in (0, (select b.oid
                                             from pg_catalog.pg_database b
                                             where b.datname = pg_catalog.current_database()))
                   and not (r.is_platform
                            and (u.setting in ('statement_timeout=3s', 'statement_timeout=8s', 'lock_timeout=8s',
                                               'log_statement=none', 'statement_timeout=2min')
                                 or u.setting ~ '^(search_path|session_preload_libraries|idle_in_transaction_session_timeout|default_transaction_read_only)=' ))
                 order by s.setdatabase <> 0, u.setting collate "C") as settings) x
cross join lateral (
    select (select pg_catalog.json_object_agg(g.rolname, g.options)
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
                  where not (r.is_platform
                             and (g.rolname ~ '^pg_'
                                  or exists (select from pg_catalog.unnest($5) p (pattern) where g.rolname like p.pattern)))
                  group by g.rolname) g) as member_of) m
left join pg_catalog.pg_shdescription d
    on d.classoid = 'pg_catalog.pg_authid'::regclass and d.objoid = r.oid
where not r.is_platform or x.settings <> '{}' or m.member_of is not null
order by pg_catalog.quote_ident(r.rolname) collate "C"
