-- Conversions between encodings in the schemas of $1. Not covered: members of extensions.
select c.oid as _oid,
       least(pg_catalog.age(c.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, c.conname) as id,
       n.nspname::text as schema,
       c.conname::text as name,
       pg_catalog.pg_encoding_to_char(c.conforencoding)::text as source,
       pg_catalog.pg_encoding_to_char(c.contoencoding)::text as target,
       c.conproc::regproc::text as function,
       c.condefault as is_default,
       pg_catalog.pg_get_userbyid(c.conowner)::text as _owner,
       d.description as comment
from pg_catalog.pg_conversion c
join pg_catalog.pg_namespace n on n.oid = c.connamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_conversion'::regclass and d.objoid = c.oid and d.objsubid = 0
where n.nspname = any ($1)
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_conversion'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.conname) collate "C"
