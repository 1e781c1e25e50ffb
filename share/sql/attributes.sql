-- Attributes of the composite types of the schemas in $1, in order.
select a.attrelid as _parent,
       a.attnum as _number,
       least(pg_catalog.age(a.xmin), pg_catalog.age(d.xmin)) as _age,
       a.attname::text as name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
       case when a.attcollation <> t.typcollation
            then pg_catalog.format('%I.%I', on_.nspname, o.collname) end as collation,
       d.description as comment
from pg_catalog.pg_class c
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_collation o on o.oid = a.attcollation
left join pg_catalog.pg_namespace on_ on on_.oid = o.collnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = c.oid and d.objsubid = a.attnum
where c.relkind = 'c'
  and c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
  and c.reltype not in (select x.objid
                        from pg_catalog.pg_depend x
                        where x.classid = 'pg_catalog.pg_type'::regclass
                          and x.refclassid = 'pg_catalog.pg_extension'::regclass
                          and x.deptype = 'e')
order by a.attrelid, a.attnum
