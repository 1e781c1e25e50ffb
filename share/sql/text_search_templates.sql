-- Text search templates of the schemas in $1. Not covered: members of extensions.
select t.oid as _oid,
       least(pg_catalog.age(t.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, t.tmplname) as id,
       n.nspname::text as schema,
       t.tmplname::text as name,
       nullif(t.tmplinit, 0)::regproc::text as init,
       t.tmpllexize::regproc::text as lexize,
       d.description as comment
from pg_catalog.pg_ts_template t
join pg_catalog.pg_namespace n on n.oid = t.tmplnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_ts_template'::regclass and d.objoid = t.oid and d.objsubid = 0
where n.nspname = any ($1)
  and t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_ts_template'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, t.tmplname) collate "C"
