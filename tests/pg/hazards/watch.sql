-- After a statement, in its transaction: the strongest lock on what was there before, from where others
-- who read or write wait or see less; whose rows were written anew, or read under such a lock; and whether
-- an index was built of a table that was there.
with locks (rank, mode, name) as (
    values (4, 'ShareUpdateExclusiveLock', 'SHARE UPDATE EXCLUSIVE'), (5, 'ShareLock', 'SHARE'),
           (6, 'ShareRowExclusiveLock', 'SHARE ROW EXCLUSIVE'), (7, 'ExclusiveLock', 'EXCLUSIVE'),
           (8, 'AccessExclusiveLock', 'ACCESS EXCLUSIVE')
), strongest as (
    select locks.name
    from pg_catalog.pg_locks l
    join pg_temp.there t on t.relation = l.relation
    join locks using (mode)
    where l.pid = pg_catalog.pg_backend_pid() and l.locktype = 'relation'
    order by locks.rank desc
    limit 1
)
insert into pg_temp.seen
select :number,
       coalesce((select name from strongest), ''),
       case when exists (select from pg_temp.there t join pg_catalog.pg_class c on c.oid = t.relation
                         where t.kind in ('r', 'm') and c.relfilenode <> t.file) then 't' else 'f' end,
       exists (select from strongest)
           and (select coalesce(sum(pg_catalog.pg_stat_get_xact_tuples_returned(relation)), 0) > :reads
                from pg_temp.there where kind in ('r', 'm')),
       exists (select from pg_catalog.pg_index i
               join pg_temp.there t on t.relation = i.indrelid
               join pg_catalog.pg_class c on c.oid = i.indexrelid
               where t.kind in ('r', 'm')
                 and not exists (select from pg_temp.there own where own.kind = 'i' and own.file = c.relfilenode));
