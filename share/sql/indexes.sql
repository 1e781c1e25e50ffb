-- Indexes of the relations of kind $2 (relkind) in the schemas in $1. Left out: indexes that back a
-- constraint (constraints.sql) and those a partition has from its parent's.
select pg_catalog.format('%I.%I', n.nspname, c.relname) as parent,
       ic.relname::text as name,
       pg_catalog.pg_get_indexdef(i.indexrelid) as definition,
       i.indisunique as unique,
       m.amname::text as method,
       array(select coalesce(a.attname::text, '')
             from pg_catalog.unnest(i.indkey::int2[]) with ordinality as u (attnum, place)
             left join pg_catalog.pg_attribute a
                 on a.attrelid = i.indrelid and a.attnum = u.attnum and u.attnum <> 0
             where u.place <= i.indnkeyatts
             order by u.place) as columns,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) as predicate,
       not i.indisvalid as invalid,
       d.description as comment
from pg_catalog.pg_index i
join pg_catalog.pg_class ic on ic.oid = i.indexrelid
join pg_catalog.pg_am m on m.oid = ic.relam
join pg_catalog.pg_class c on c.oid = i.indrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = ic.oid and d.objsubid = 0
where c.relkind::text = any ($2)
  and c.relpersistence <> 't'
  and n.nspname = any ($1)
  and not ic.relispartition
  and not exists (select
                  from pg_catalog.pg_constraint k
                  where k.conindid = i.indexrelid and k.conrelid = i.indrelid
                    and k.contype in ('p', 'u', 'x'))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C", ic.relname
