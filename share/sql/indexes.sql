-- Indexes of the tables and materialized views of the schemas in $1 (only of those in $2 unless it is
-- null). Left out: indexes that back a constraint (constraints.sql) and those a partition has from its
-- parent's. The definition of a plain one is put together from _keys (source/index.h), which takes a sixth
-- of the server's time and no lock: a btree or hash index on columns alone, with operator classes of the
-- server's own; it may be unique and partial.
select i.indrelid as _parent,
       i.indexrelid as _oid,
       least(pg_catalog.age(i.xmin), pg_catalog.age(ic.xmin), pg_catalog.age(d.xmin)) as _age,
       ic.relname::text as name,
       case when e.is_plain then null
            when i.indrelid <> all ($3) then pg_catalog.pg_get_indexdef(i.indexrelid) end as definition,
       case when e.is_plain and i.indrelid <> all ($3)
            then pg_catalog.concat_ws('|', i.indclass, i.indcollation, i.indoption,
                                      case when i.not_distinct then ' NULLS NOT DISTINCT' end) end as _keys,
       i.indisunique as unique,
       (select m.amname::text from pg_catalog.pg_am m where m.oid = ic.relam) as method,
       (i.indkey::int2[])[0:i.indnkeyatts - 1] as columns,
       case when i.indrelid <> all ($3) then pg_catalog.pg_get_expr(i.indpred, i.indrelid) end as predicate,
       not i.indisvalid as invalid,
       (select s.spcname::text from pg_catalog.pg_tablespace s where s.oid = ic.reltablespace) as tablespace,
       case when i.indexprs is not null
            then (select pg_catalog.array_agg(coalesce(nullif(a.attstattarget, -1)::text, '') order by a.attnum)
                  from pg_catalog.pg_attribute a
                  where a.attrelid = i.indexrelid
                  having count(nullif(a.attstattarget, -1)) > 0) end as statistics,
       case when i.indrelid = any ($3)
            then array_remove(array['definition', case when i.indpred is not null then 'predicate' end], null) end as inexact,
       d.description as comment
from (select false as indnullsnotdistinct) older
cross join lateral (select i.xmin, i.indexrelid, i.indrelid, i.indclass, i.indcollation, i.indoption, i.indisunique,
                           i.indkey, i.indnkeyatts, i.indnatts, i.indpred, i.indexprs, i.indisvalid,
                           indnullsnotdistinct as not_distinct
                    from pg_catalog.pg_index i) i
join pg_catalog.pg_class ic on ic.oid = i.indexrelid
join pg_catalog.pg_class c on c.oid = i.indrelid
left join pg_catalog.pg_constraint k
    on k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = ic.oid and d.objsubid = 0
cross join lateral (select i.indexprs is null and ic.reloptions is null
                           and i.indnatts = i.indnkeyatts and ic.relkind = 'i'
                           and ic.relam in (403, 405) and 16384 > all (i.indclass::oid[]) as is_plain) e
where c.relkind in ('r', 'p', 'f', 'm')
  and c.relpersistence <> 't'
  and not ic.relispartition
  and k.oid is null
  and c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
  and ($2 is null or c.oid = any ($2))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by i.indrelid, ic.relname
