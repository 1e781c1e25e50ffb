-- Tables of the schemas in $1: plain, partitioned and foreign ones, partitions among them. What is
-- nested in them is in columns, constraints, indexes, policies and triggers. Not covered: members of
-- extensions, temporary tables.
select pg_catalog.format('%I.%I', n.nspname, c.relname) as id,
       n.nspname::text as schema,
       c.relname::text as name,
       case c.relkind when 'p' then 'partitioned table' when 'f' then 'foreign table'
                      else 'table' end as kind,
       c.relpersistence = 'u' as unlogged,
       case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) end as partition_key,
       case when c.relispartition then p.parents[1] end as partition_of,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid) as partition_bound,
       case when not c.relispartition then p.parents end as inherits,
       c.reloptions as options,
       c.relrowsecurity as row_security,
       c.relforcerowsecurity as force_row_security,
       d.description as comment
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join (select i.inhrelid,
                  pg_catalog.array_agg(pg_catalog.format('%I.%I', pn.nspname, pc.relname)
                                       order by i.inhseqno) as parents
           from pg_catalog.pg_inherits i
           join pg_catalog.pg_class pc on pc.oid = i.inhparent
           join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
           group by i.inhrelid) p on p.inhrelid = c.oid
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
where c.relkind in ('r', 'p', 'f')
  and c.relpersistence <> 't'
  and n.nspname = any ($1)
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
