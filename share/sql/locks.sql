-- Who holds a lock that deparsing waits for, on which relations of this database; and which relations and
-- functions would have to wait with them, because their text reads one that is locked. One that was made by the
-- transaction that holds it has no name yet. A prepared transaction has no process.
with locked as materialized (
    select l.relation as oid, l.pid, l.virtualtransaction as holder
    from pg_catalog.pg_locks l
    where l.locktype = 'relation'
      and l.mode = 'AccessExclusiveLock'
      and l.granted
      and l.database = (select b.oid from pg_catalog.pg_database b where b.datname = pg_catalog.current_database())
      and l.relation >= 16384
      and l.pid is distinct from pg_catalog.pg_backend_pid()
), involved as (
    select l.oid, l.pid, l.holder from locked l
    union
    select i.indrelid, l.pid, l.holder from locked l join pg_catalog.pg_index i on i.indexrelid = l.oid
), reached as (
    select coalesce(r.ev_class, p.polrelid, k.conrelid, e.adrelid, i.indrelid, t.tgrelid,
                    case when d.classid in ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_proc'::regclass) then d.objid end) as oid,
           l.pid, l.holder
    from involved l
    join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = l.oid
    left join pg_catalog.pg_rewrite r on d.classid = 'pg_catalog.pg_rewrite'::regclass and r.oid = d.objid
    left join pg_catalog.pg_policy p on d.classid = 'pg_catalog.pg_policy'::regclass and p.oid = d.objid
    left join pg_catalog.pg_constraint k
        on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid and k.contype <> 'f'
    left join pg_catalog.pg_attrdef e on d.classid = 'pg_catalog.pg_attrdef'::regclass and e.oid = d.objid
    left join pg_catalog.pg_index i on d.classid = 'pg_catalog.pg_class'::regclass and i.indexrelid = d.objid
    left join pg_catalog.pg_trigger t on d.classid = 'pg_catalog.pg_trigger'::regclass and t.oid = d.objid
    union
    select l.oid, l.pid, l.holder from involved l
)
select distinct x.oid as _oid,
       c.relname is not null and exists (select from involved l where l.oid = x.oid) as locked,
       case when c.oid is not null then pg_catalog.format('%I.%I', n.nspname, c.relname) end as id,
       pg_catalog.concat_ws(', ', 'process ' || x.pid, 'prepared transaction ' || p.gid,
                            'role ' || coalesce(a.usename, p.owner), nullif(a.application_name, ''),
                            'since ' || pg_catalog.to_char(coalesce(a.xact_start, p.prepared) at time zone 'UTC',
                                                           'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as by
from reached x
left join pg_catalog.pg_class c on c.oid = x.oid
left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_stat_activity a on a.pid = x.pid
left join pg_catalog.pg_prepared_xacts p
    on x.pid is null
   and p.transaction = any (array(select l.transactionid
                                  from pg_catalog.pg_locks l
                                  where l.locktype = 'transactionid' and l.pid is null and l.virtualtransaction = x.holder))
where x.oid is not null
order by 1, 4
