-- Rules of the relations of the schemas in $1 (only of those in $2 unless it is null), the queries of
-- views apart. Not deparsed where $3 has the relation.
select r.ev_class as _parent,
       r.oid as _oid,
       least(pg_catalog.age(r.xmin), pg_catalog.age(d.xmin)) as _age,
       r.rulename::text as name,
       case when r.ev_class <> all ($3) then pg_catalog.pg_get_ruledef(r.oid) end as definition,
       case r.ev_enabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end
           as firing,
       case when r.ev_class = any ($3) then array['definition'] end as inexact,
       d.description as comment
from pg_catalog.pg_rewrite r
join pg_catalog.pg_class c on c.oid = r.ev_class
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_rewrite'::regclass and d.objoid = r.oid and d.objsubid = 0
where (r.rulename <> '_RETURN' or c.relkind not in ('v', 'm'))
  and c.relpersistence <> 't'
  and c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
  and ($2 is null or c.oid = any ($2))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by r.ev_class, r.rulename
