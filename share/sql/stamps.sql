-- Per relation that is no catalog's one number pair that moves when anything of it is written: itself, its
-- columns, defaults, constraints, indexes, triggers, policies, rules, parents and comments; composite types and
-- sequences among them, whose names stand in other texts. As in fingerprint.sql they are counts and sums of
-- ages. listed: whether the document has it; 0 stands for the functions that it has not.
with part as (
    select c.oid, count(*) as rows, sum(pg_catalog.age(c.xmin)) as ages
    from pg_catalog.pg_class c group by c.oid
    union all
    select i.indrelid, 2 * count(*), sum(pg_catalog.age(i.xmin)) + sum(pg_catalog.age(c.xmin))
    from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid group by i.indrelid
    union all
    select i.indrelid, count(*), sum(pg_catalog.age(a.xmin))
    from pg_catalog.pg_attribute a join pg_catalog.pg_index i on i.indexrelid = a.attrelid
    where a.attstattarget >= 0 and a.attrelid >= 16384 and a.attnum > 0 group by i.indrelid
    union all
    select h.oid, count(*), sum(pg_catalog.age(t.xmin))
    from pg_catalog.pg_class t join pg_catalog.pg_class h on h.reltoastrelid = t.oid
    where t.relkind = 't' and t.reloptions is not null group by h.oid
    union all
    select a.attrelid, count(*), sum(pg_catalog.age(a.xmin))
    from pg_catalog.pg_attribute a group by a.attrelid
    union all
    select k.conrelid, count(*), sum(pg_catalog.age(k.xmin))
    from pg_catalog.pg_constraint k group by k.conrelid
    union all
    select e.adrelid, count(*), sum(pg_catalog.age(e.xmin))
    from pg_catalog.pg_attrdef e group by e.adrelid
    union all
    select t.tgrelid, count(*), sum(pg_catalog.age(t.xmin))
    from pg_catalog.pg_trigger t group by t.tgrelid
    union all
    select r.ev_class, count(*), sum(pg_catalog.age(r.xmin))
    from pg_catalog.pg_rewrite r group by r.ev_class
    union all
    select p.polrelid, count(*), sum(pg_catalog.age(p.xmin))
    from pg_catalog.pg_policy p group by p.polrelid
    union all
    select h.inhrelid, count(*), sum(pg_catalog.age(h.xmin))
    from pg_catalog.pg_inherits h group by h.inhrelid
    union all
    select p.partrelid, count(*), sum(pg_catalog.age(p.xmin))
    from pg_catalog.pg_partitioned_table p group by p.partrelid
    union all
    select f.ftrelid, count(*), sum(pg_catalog.age(f.xmin))
    from pg_catalog.pg_foreign_table f group by f.ftrelid
    union all
    select coalesce(k.conrelid, t.tgrelid, p.polrelid, r.ev_class, i.indrelid, d.objoid),
           count(*), sum(pg_catalog.age(d.xmin))
    from pg_catalog.pg_description d
    left join pg_catalog.pg_constraint k
        on d.classoid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objoid
    left join pg_catalog.pg_trigger t on d.classoid = 'pg_catalog.pg_trigger'::regclass and t.oid = d.objoid
    left join pg_catalog.pg_policy p on d.classoid = 'pg_catalog.pg_policy'::regclass and p.oid = d.objoid
    left join pg_catalog.pg_rewrite r on d.classoid = 'pg_catalog.pg_rewrite'::regclass and r.oid = d.objoid
    left join pg_catalog.pg_index i on d.classoid = 'pg_catalog.pg_class'::regclass and i.indexrelid = d.objoid
    where d.classoid in ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_constraint'::regclass,
                         'pg_catalog.pg_trigger'::regclass, 'pg_catalog.pg_policy'::regclass,
                         'pg_catalog.pg_rewrite'::regclass)
    group by 1
)
select p.oid as _parent,
       sum(p.rows)::int8 as rows,
       sum(p.ages)::int8 as ages,
       c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
           and c.oid not in (select x.objid
                             from pg_catalog.pg_depend x
                             where x.classid = 'pg_catalog.pg_class'::regclass
                               and x.refclassid = 'pg_catalog.pg_extension'::regclass
                               and x.deptype = 'e') as listed
from pg_catalog.pg_class c
join part p on p.oid = c.oid
where c.relkind in ('r', 'p', 'f', 'v', 'm', 'c', 'S')
  and c.relpersistence <> 't'
  and c.oid >= 16384
group by p.oid, c.oid, c.relnamespace
union all
select 0, count(*), sum(pg_catalog.age(f.xmin))::int8, false
from pg_catalog.pg_proc f
where f.oid >= 16384
  and (f.pronamespace <> all (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
       or f.oid in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_proc'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e'))
order by 1
