-- Text search parsers of the schemas in $1. Not covered: members of extensions.
select p.oid as _oid,
       least(pg_catalog.age(p.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, p.prsname) as id,
       n.nspname::text as schema,
       p.prsname::text as name,
       p.prsstart::regproc::text as start,
       p.prstoken::regproc::text as token,
       p.prsend::regproc::text as end,
       nullif(p.prsheadline, 0)::regproc::text as headline,
       p.prslextype::regproc::text as lexeme_types,
       d.description as comment
from pg_catalog.pg_ts_parser p
join pg_catalog.pg_namespace n on n.oid = p.prsnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_ts_parser'::regclass and d.objoid = p.oid and d.objsubid = 0
where n.nspname = any ($1)
  and p.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_ts_parser'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, p.prsname) collate "C"
