-- Text search dictionaries of the schemas in $1. Not covered: members of extensions.
select t.oid as _oid,
       least(pg_catalog.age(t.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, t.dictname) as id,
       n.nspname::text as schema,
       t.dictname::text as name,
       (select pg_catalog.format('%I.%I', pn.nspname, p.tmplname)
        from pg_catalog.pg_ts_template p
        join pg_catalog.pg_namespace pn on pn.oid = p.tmplnamespace
        where p.oid = t.dicttemplate) as template,
       t.dictinitoption as options,
       pg_catalog.pg_get_userbyid(t.dictowner)::text as _owner,
       d.description as comment
from pg_catalog.pg_ts_dict t
join pg_catalog.pg_namespace n on n.oid = t.dictnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_ts_dict'::regclass and d.objoid = t.oid and d.objsubid = 0
where n.nspname = any ($1)
  and t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_ts_dict'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, t.dictname) collate "C"
