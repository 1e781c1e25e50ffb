-- Access methods that are not the server's own. Not covered: members of extensions.
select m.oid as _oid,
       least(pg_catalog.age(m.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.quote_ident(m.amname) as id,
       m.amname::text as name,
       case m.amtype when 'i' then 'index' else 'table' end as type,
       m.amhandler::regproc::text as handler,
       d.description as comment
from pg_catalog.pg_am m
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_am'::regclass and d.objoid = m.oid and d.objsubid = 0
where m.oid >= 16384
  and m.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_am'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.quote_ident(m.amname) collate "C"
