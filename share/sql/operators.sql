-- Operators of the schemas in $1. Not covered: members of extensions.
select o.oid as _oid,
       least(pg_catalog.age(o.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%s(%s, %s)', n.nspname, o.oprname,
                         case when o.oprleft = 0 then 'NONE' else pg_catalog.format_type(o.oprleft, null) end,
                         case when o.oprright = 0 then 'NONE' else pg_catalog.format_type(o.oprright, null) end) as id,
       n.nspname::text as schema,
       o.oprname::text as name,
       case when o.oprresult <> 0 then pg_catalog.format_type(o.oprresult, null) end as result,
       nullif(o.oprcode, 0)::regprocedure::text as function,
       nullif(o.oprcom, 0)::regoperator::text as commutator,
       nullif(o.oprnegate, 0)::regoperator::text as negator,
       nullif(o.oprrest, 0)::regproc::text as restriction_estimator,
       nullif(o.oprjoin, 0)::regproc::text as join_estimator,
       o.oprcanhash as hashes,
       o.oprcanmerge as merges,
       pg_catalog.pg_get_userbyid(o.oprowner)::text as _owner,
       d.description as comment
from pg_catalog.pg_operator o
join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_operator'::regclass and d.objoid = o.oid and d.objsubid = 0
where n.nspname = any ($1)
  and o.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_operator'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%s(%s, %s)', n.nspname, o.oprname,
                           case when o.oprleft = 0 then 'NONE' else pg_catalog.format_type(o.oprleft, null) end,
                           case when o.oprright = 0 then 'NONE' else pg_catalog.format_type(o.oprright, null) end) collate "C"
