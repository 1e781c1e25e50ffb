-- The database itself, without its name: what it is set to, who may use it. Its owner is in meta. Settings
-- of a role in this database are the role's.
select b.oid as _oid,
       least(pg_catalog.age(b.xmin), pg_catalog.age(s.xmin), pg_catalog.age(d.xmin)) as _age,
       'database' as id,
       s.setconfig as settings,
       case when b.datconnlimit >= 0 then b.datconnlimit end as connection_limit,
       b.datacl as _acl,
       pg_catalog.pg_get_userbyid(b.datdba)::text as _owner,
       d.description as comment
from pg_catalog.pg_database b
left join pg_catalog.pg_db_role_setting s on s.setdatabase = b.oid and s.setrole = 0
left join pg_catalog.pg_shdescription d
    on d.classoid = 'pg_catalog.pg_database'::regclass and d.objoid = b.oid
where b.datname = pg_catalog.current_database()
  and (s.setconfig is not null or b.datconnlimit >= 0 or b.datacl is not null or d.description is not null)
