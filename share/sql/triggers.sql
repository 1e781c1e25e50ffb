-- Triggers of the relations of kind $2 (relkind) in the schemas in $1. Left out: those that carry out
-- constraints and those a partition has from its parent's.
select pg_catalog.format('%I.%I', n.nspname, c.relname) as parent,
       t.tgname::text as name,
       pg_catalog.pg_get_triggerdef(t.oid) as definition,
       pg_catalog.format('%I.%I()', fn.nspname, f.proname) as function,
       case t.tgenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end
           as firing,
       d.description as comment
from pg_catalog.pg_trigger t
join pg_catalog.pg_class c on c.oid = t.tgrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_proc f on f.oid = t.tgfoid
join pg_catalog.pg_namespace fn on fn.oid = f.pronamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_trigger'::regclass and d.objoid = t.oid and d.objsubid = 0
where not t.tgisinternal
  and t.tgparentid = 0
  and c.relkind::text = any ($2)
  and c.relpersistence <> 't'
  and n.nspname = any ($1)
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C", t.tgname
