-- Casts that are not the server's own. They are in no schema: $1 is not asked. Not covered: members of
-- extensions, casts that come with a range type.
select c.oid as _oid,
       least(pg_catalog.age(c.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%s AS %s', pg_catalog.format_type(c.castsource, null),
                         pg_catalog.format_type(c.casttarget, null)) as id,
       nullif(c.castfunc, 0)::regprocedure::text as function,
       case c.castmethod when 'i' then 'inout' when 'b' then 'binary' else 'function' end as method,
       case c.castcontext when 'a' then 'assignment' when 'i' then 'implicit' else 'explicit' end as context,
       d.description as comment
from pg_catalog.pg_cast c
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_cast'::regclass and d.objoid = c.oid and d.objsubid = 0
where c.oid >= 16384
  and not exists (select
                  from pg_catalog.pg_depend x
                  where x.classid = 'pg_catalog.pg_cast'::regclass and x.objid = c.oid and x.deptype = 'i')
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_cast'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%s AS %s', pg_catalog.format_type(c.castsource, null),
                           pg_catalog.format_type(c.casttarget, null)) collate "C"
