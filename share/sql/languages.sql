-- Procedural languages that are not the server's own. Not covered: members of extensions.
select l.oid as _oid,
       least(pg_catalog.age(l.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.quote_ident(l.lanname) as id,
       l.lanname::text as name,
       l.lanpltrusted as trusted,
       nullif(l.lanplcallfoid, 0)::regproc::text as handler,
       nullif(l.laninline, 0)::regproc::text as inline_handler,
       nullif(l.lanvalidator, 0)::regproc::text as validator,
       pg_catalog.pg_get_userbyid(l.lanowner)::text as _owner,
       l.lanacl as _acl,
       d.description as comment
from pg_catalog.pg_language l
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_language'::regclass and d.objoid = l.oid and d.objsubid = 0
where l.oid >= 16384
  and l.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_language'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.quote_ident(l.lanname) collate "C"
