-- Base types of the schemas in $1, shell types among them. Not covered: array types, members of
-- extensions.
select t.oid as _oid,
       least(pg_catalog.age(t.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, t.typname) as id,
       n.nspname::text as schema,
       t.typname::text as name,
       not t.typisdefined as shell,
       nullif(t.typinput, 0)::regproc::text as input,
       nullif(t.typoutput, 0)::regproc::text as output,
       nullif(t.typreceive, 0)::regproc::text as receive,
       nullif(t.typsend, 0)::regproc::text as send,
       nullif(t.typmodin, 0)::regproc::text as modifier_input,
       nullif(t.typmodout, 0)::regproc::text as modifier_output,
       nullif(t.typanalyze, 0)::regproc::text as analyze,
       nullif(nullif(t.subscript, '-'), '') as subscript,
       t.typlen as length,
       t.typbyval as by_value,
       t.typalign::text as alignment,
       t.typstorage::text as storage,
       t.typcategory::text as category,
       t.typispreferred as preferred,
       t.typdefault as default,
       case when t.typelem <> 0 then pg_catalog.format_type(t.typelem, null) end as element,
       t.typdelim::text as delimiter,
       t.typcollation <> 0 as collatable,
       pg_catalog.pg_get_userbyid(t.typowner)::text as _owner,
       t.typacl as _acl,
       d.description as comment
from (select ''::text as typsubscript) older
cross join lateral (select t.*, t.xmin, typsubscript::text as subscript from pg_catalog.pg_type t) t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_type'::regclass and d.objoid = t.oid and d.objsubid = 0
where (t.typtype = 'b' and not exists (select from pg_catalog.pg_type e where e.typarray = t.oid)
       or t.typtype = 'p' and not t.typisdefined)
  and n.nspname = any ($1)
  and t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_type'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, t.typname) collate "C"
