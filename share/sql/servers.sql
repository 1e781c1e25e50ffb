-- Foreign servers. Not covered: members of extensions.
select s.oid as _oid,
       least(pg_catalog.age(s.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.quote_ident(s.srvname) as id,
       s.srvname::text as name,
       (select w.fdwname::text from pg_catalog.pg_foreign_data_wrapper w where w.oid = s.srvfdw) as wrapper,
       s.srvtype as type,
       s.srvversion as version,
       s.srvoptions as options,
       pg_catalog.pg_get_userbyid(s.srvowner)::text as _owner,
       s.srvacl as _acl,
       d.description as comment
from pg_catalog.pg_foreign_server s
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_foreign_server'::regclass and d.objoid = s.oid and d.objsubid = 0
where s.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_foreign_server'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.quote_ident(s.srvname) collate "C"
