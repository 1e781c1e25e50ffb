-- Checks of the domains of the schemas in $1. Not covered: the not-null constraints that version 17
-- lists beside typnotnull.
select c.contypid as _parent,
       c.oid as _oid,
       least(pg_catalog.age(c.xmin), pg_catalog.age(d.xmin)) as _age,
       c.conname::text as name,
       pg_catalog.pg_get_constraintdef(c.oid) as definition,
       not c.convalidated as not_valid,
       d.description as comment
from pg_catalog.pg_constraint c
join pg_catalog.pg_type t on t.oid = c.contypid
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_constraint'::regclass and d.objoid = c.oid and d.objsubid = 0
where c.contype = 'c'
  and t.typnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
  and t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_type'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by c.contypid, c.conname
