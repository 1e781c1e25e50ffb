-- Tables of the schemas in $1: plain, partitioned and foreign ones, partitions among them; only those in
-- $2 unless it is null. What is nested in them is in columns, constraints, indexes, policies, triggers and
-- rules. What would have to wait for the lock on a table in $3 is inexact. Not covered: members of
-- extensions, temporary tables.
select c.oid as _oid,
       least(pg_catalog.age(c.xmin), pg_catalog.age(d.xmin), pg_catalog.age(t.xmin), pg_catalog.age(f.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, c.relname) as id,
       n.nspname::text as schema,
       c.relname::text as name,
       case c.relkind when 'p' then 'partitioned table' when 'f' then 'foreign table'
                      else 'table' end as kind,
       c.relpersistence = 'u' as unlogged,
       case when c.relkind = 'p' and c.oid <> all ($3) then pg_catalog.pg_get_partkeydef(c.oid) end as partition_key,
       case when c.relispartition then p.parents[1] end as partition_of,
       case when c.oid <> all ($3) then pg_catalog.pg_get_expr(c.relpartbound, c.oid) end as partition_bound,
       p.detach_pending,
       case when not c.relispartition then p.parents end as inherits,
       c.reloptions as options,
       t.reloptions as toast_options,
       c.relrowsecurity as row_security,
       c.relforcerowsecurity as force_row_security,
       case case when c.relkind <> 'f' then c.relreplident end
            when 'f' then 'full' when 'n' then 'nothing'
            when 'i' then (select pg_catalog.format('index %I', ic.relname)
                           from pg_catalog.pg_index i
                           join pg_catalog.pg_class ic on ic.oid = i.indexrelid
                           where i.indrelid = c.oid and i.indisreplident) end as replica_identity,
       (select am.amname::text
        from pg_catalog.pg_am am
        where am.oid = c.relam and am.amname <> 'heap') as access_method,
       (select s.spcname::text from pg_catalog.pg_tablespace s where s.oid = c.reltablespace) as tablespace,
       k.relname::text as cluster_on,
       case when c.reloftype <> 0 then pg_catalog.format_type(c.reloftype, null) end as of_type,
       (select s.srvname::text from pg_catalog.pg_foreign_server s where s.oid = f.ftserver) as server,
       f.ftoptions as foreign_options,
       pg_catalog.pg_get_userbyid(c.relowner)::text as _owner,
       c.relacl as _acl,
       case when c.oid = any ($3)
            then array_remove(array[case when c.relpartbound is not null then 'partition_bound' end,
                                    case when c.relkind = 'p' then 'partition_key' end], null) end as inexact,
       d.description as comment
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join (select i.inhrelid,
                  pg_catalog.array_agg(pg_catalog.format('%I.%I', pn.nspname, pc.relname)
                                       order by i.inhseqno) as parents,
                  pg_catalog.bool_or(i.detach_pending) as detach_pending
           from (select false as inhdetachpending) older
           cross join lateral (select i.inhrelid, i.inhparent, i.inhseqno, inhdetachpending as detach_pending
                               from pg_catalog.pg_inherits i) i
           join pg_catalog.pg_class pc on pc.oid = i.inhparent
           join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
           group by i.inhrelid) p on p.inhrelid = c.oid
left join pg_catalog.pg_class t on t.oid = c.reltoastrelid and c.reltoastrelid <> 0 and t.reloptions is not null
left join (pg_catalog.pg_index ki join pg_catalog.pg_class k on k.oid = ki.indexrelid)
    on ki.indrelid = c.oid and ki.indisclustered
left join pg_catalog.pg_foreign_table f on f.ftrelid = c.oid
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
where c.relkind in ('r', 'p', 'f')
  and c.relpersistence <> 't'
  and n.nspname = any ($1)
  and ($2 is null or c.oid = any ($2))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
