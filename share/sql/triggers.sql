-- Triggers of the relations of the schemas in $1 (only of those in $2 unless it is null), and of the platform's
-- in the schemas of $4 those that call a function of the user's. Left out: those
-- that carry out constraints and those a partition has from its parent's, unless they are switched
-- otherwise than there. Not deparsed where $3 has the table.
select t.tgrelid as _parent,
       t.oid as _oid,
       least(pg_catalog.age(t.xmin), pg_catalog.age(d.xmin)) as _age,
       t.tgname::text as name,
       case when t.tgqual is null or t.tgrelid <> all ($3) then pg_catalog.pg_get_triggerdef(t.oid) end as definition,
       pg_catalog.format('%I.%I()', fn.nspname, f.proname) as function,
       case t.tgenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end
           as firing,
       case when t.tgqual is not null and t.tgrelid = any ($3) then array['definition'] end as inexact,
       d.description as comment
from pg_catalog.pg_trigger t
join pg_catalog.pg_class c on c.oid = t.tgrelid
join pg_catalog.pg_proc f on f.oid = t.tgfoid
join pg_catalog.pg_namespace fn on fn.oid = f.pronamespace
left join pg_catalog.pg_trigger p on p.oid = t.tgparentid and t.tgparentid <> 0
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_trigger'::regclass and d.objoid = t.oid and d.objsubid = 0
where not t.tgisinternal
  and (t.tgparentid = 0 or t.tgenabled <> p.tgenabled)
  and c.relpersistence <> 't'
  and ($2 is null
       or t.tgrelid = any (array(
              select u.oid from pg_catalog.unnest($2) u (oid)
              union all
              select d.objid
              from pg_catalog.pg_depend d
              where d.refclassid = 'pg_catalog.pg_namespace'::regclass
                and d.refobjid = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($4)))
                and d.classid = 'pg_catalog.pg_class'::regclass)))
  and (c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
       or c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($4)))
          and fn.nspname <> all ($4))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by t.tgrelid, t.tgname
