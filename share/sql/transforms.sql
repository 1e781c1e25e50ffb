-- Transforms. Not covered: members of extensions.
select t.oid as _oid,
       least(pg_catalog.age(t.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('FOR %s LANGUAGE %I', pg_catalog.format_type(t.trftype, null), l.lanname) as id,
       nullif(t.trffromsql, 0)::regprocedure::text as from_sql,
       nullif(t.trftosql, 0)::regprocedure::text as to_sql,
       d.description as comment
from pg_catalog.pg_transform t
join pg_catalog.pg_language l on l.oid = t.trflang
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_transform'::regclass and d.objoid = t.oid and d.objsubid = 0
where t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_transform'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('FOR %s LANGUAGE %I', pg_catalog.format_type(t.trftype, null), l.lanname) collate "C"
