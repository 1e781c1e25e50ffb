-- Checks of the domains of the schemas in $1. Not covered: the not-null constraints that version 17
-- lists beside typnotnull.
select pg_catalog.format('%I.%I', n.nspname, t.typname) as parent,
       c.conname::text as name,
       pg_catalog.pg_get_constraintdef(c.oid) as definition,
       not c.convalidated as not_valid,
       d.description as comment
from pg_catalog.pg_constraint c
join pg_catalog.pg_type t on t.oid = c.contypid
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_constraint'::regclass and d.objoid = c.oid and d.objsubid = 0
where c.contype = 'c'
  and n.nspname = any ($1)
  and t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_type'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, t.typname) collate "C", c.conname
