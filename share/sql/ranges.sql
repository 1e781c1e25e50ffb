-- Range types of the schemas in $1. multirange is named only when it is not the name that the server
-- would have chosen (version 14 and later; older ones have none). Not covered: members of extensions.
select t.oid as _oid,
       least(pg_catalog.age(r.xmin), pg_catalog.age(t.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, t.typname) as id,
       n.nspname::text as schema,
       t.typname::text as name,
       pg_catalog.format_type(r.rngsubtype, null) as subtype,
       case when not oc.opcdefault or oc.opcintype <> r.rngsubtype
            then (select pg_catalog.format('%I.%I', x.nspname, oc.opcname)
                  from pg_catalog.pg_namespace x
                  where x.oid = oc.opcnamespace) end as subtype_operator_class,
       case when r.rngcollation <> 0 and r.rngcollation <> s.typcollation
            then (select pg_catalog.format('%I.%I', x.nspname, c.collname)
                  from pg_catalog.pg_collation c
                  join pg_catalog.pg_namespace x on x.oid = c.collnamespace
                  where c.oid = r.rngcollation) end as collation,
       nullif(r.rngcanonical, 0)::regproc::text as canonical,
       nullif(r.rngsubdiff, 0)::regproc::text as subtype_diff,
       (select pg_catalog.format('%I.%I', x.nspname, m.typname)
        from pg_catalog.pg_type m
        join pg_catalog.pg_namespace x on x.oid = m.typnamespace
        where m.oid = r.rngmultitypid
          -- A long one is cut, to 52 bytes before "_multirange".
          and not (m.typnamespace = t.typnamespace and pg_catalog.octet_length(t.typname::text) > 52
                   and t.typname not like '%range%' and m.typname like '%\_multirange'
                   and pg_catalog.starts_with(t.typname::text, pg_catalog.left(m.typname::text, -11)))
          and (m.typnamespace, m.typname) <>
              (t.typnamespace, (case when t.typname like '%range%'
                                     then pg_catalog.regexp_replace(t.typname, 'range', 'multirange')
                                     else pg_catalog.concat(t.typname, '_multirange') end)::name)) as multirange,
       pg_catalog.pg_get_userbyid(t.typowner)::text as _owner,
       t.typacl as _acl,
       d.description as comment
from (select 0::oid as rngmultitypid) older
cross join lateral (select r.xmin, r.rngtypid, r.rngsubtype, r.rngcollation, r.rngsubopc, r.rngcanonical, r.rngsubdiff,
                           rngmultitypid
                    from pg_catalog.pg_range r) r
join pg_catalog.pg_type t on t.oid = r.rngtypid
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_type s on s.oid = r.rngsubtype
join pg_catalog.pg_opclass oc on oc.oid = r.rngsubopc
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_type'::regclass and d.objoid = t.oid and d.objsubid = 0
where n.nspname = any ($1)
  and t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_type'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, t.typname) collate "C"
