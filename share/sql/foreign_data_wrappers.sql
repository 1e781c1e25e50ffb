-- Foreign-data wrappers. Not covered: members of extensions.
select f.oid as _oid,
       least(pg_catalog.age(f.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.quote_ident(f.fdwname) as id,
       f.fdwname::text as name,
       nullif(f.fdwhandler, 0)::regproc::text as handler,
       nullif(f.fdwvalidator, 0)::regproc::text as validator,
       f.fdwoptions as options,
       pg_catalog.pg_get_userbyid(f.fdwowner)::text as _owner,
       f.fdwacl as _acl,
       d.description as comment
from pg_catalog.pg_foreign_data_wrapper f
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_foreign_data_wrapper'::regclass and d.objoid = f.oid and d.objsubid = 0
where f.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.quote_ident(f.fdwname) collate "C"
