-- Collations of the schemas in $1, with their encoding where it is not the database's. Not covered: members of extensions; the version of the library that
-- a collation was made with (a matter of the host: see meta.warnings).
select c.oid as _oid,
       least(pg_catalog.age(c.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, c.collname)
           || case when c.collencoding not in (-1, pg_catalog.pg_char_to_encoding(pg_catalog.getdatabaseencoding()))
                   then ' for ' || pg_catalog.pg_encoding_to_char(c.collencoding) else '' end as id,
       n.nspname::text as schema,
       c.collname::text as name,
       case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' when 'd' then 'default' else 'libc' end as provider,
       c.collisdeterministic as deterministic,
       coalesce(j ->> 'colllocale', j ->> 'colliculocale',
                case c.collprovider when 'i' then j ->> 'collcollate' end) as locale,
       case when c.collprovider <> 'i' then j ->> 'collcollate' end as lc_collate,
       case when c.collprovider <> 'i' then j ->> 'collctype' end as lc_ctype,
       j ->> 'collicurules' as rules,
       pg_catalog.pg_get_userbyid(c.collowner)::text as _owner,
       d.description as comment
from pg_catalog.pg_collation c
cross join lateral pg_catalog.to_jsonb(c) j
join pg_catalog.pg_namespace n on n.oid = c.collnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_collation'::regclass and d.objoid = c.oid and d.objsubid = 0
where n.nspname = any ($1)
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_collation'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.collname)
             || case when c.collencoding not in (-1, pg_catalog.pg_char_to_encoding(pg_catalog.getdatabaseencoding()))
                     then ' for ' || pg_catalog.pg_encoding_to_char(c.collencoding) else '' end collate "C"
