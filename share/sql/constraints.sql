-- Constraints of the tables of the schemas in $1: primary key, unique, foreign key, check,
-- exclusion. What a partition or child has from its parent is the parent's. Not covered: constraint
-- triggers (see triggers.sql), not-null constraints of version 18 (see not_null of the column).
select pg_catalog.format('%I.%I', n.nspname, c.relname) as parent,
       k.conname::text as name,
       case k.contype when 'p' then 'primary key' when 'u' then 'unique' when 'f' then 'foreign key'
                      when 'c' then 'check' else 'exclusion' end as type,
       array(select coalesce(a.attname::text, '')
             from pg_catalog.unnest(k.conkey) with ordinality as u (attnum, place)
             left join pg_catalog.pg_attribute a
                 on a.attrelid = k.conrelid and a.attnum = u.attnum and u.attnum <> 0
             order by u.place) as columns,
       pg_catalog.pg_get_constraintdef(k.oid) as definition,
       case when k.contype = 'f' then pg_catalog.format('%I.%I', fn.nspname, fc.relname) end
           as references,
       array(select a.attname::text
             from pg_catalog.unnest(k.confkey) with ordinality as u (attnum, place)
             join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.attnum
             order by u.place) as reference_columns,
       k.condeferrable as deferrable,
       k.condeferred as initially_deferred,
       not k.convalidated as not_valid,
       d.description as comment
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_class fc on fc.oid = k.confrelid
left join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_constraint'::regclass and d.objoid = k.oid and d.objsubid = 0
where k.contype in ('p', 'u', 'f', 'c', 'x')
  and k.conparentid = 0
  and (k.conislocal or k.contype <> 'c')
  and c.relkind in ('r', 'p', 'f')
  and c.relpersistence <> 't'
  and n.nspname = any ($1)
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C", k.conname
