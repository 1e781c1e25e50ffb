-- Per relation that is no catalog's one number pair that moves when anything of it is written: itself, its
-- columns, defaults, constraints, indexes, triggers, policies, rules, parents and comments, and the column that
-- a sequence is of; composite types among them, whose names stand in other texts. As in fingerprint.sql they are
-- counts and sums of ages. listed: whether the document has it; 0 stands for the functions that it has not.
with part as (
    select c.oid, 1 as rows, pg_catalog.age(c.xmin) as ages
    from pg_catalog.pg_class c
    where c.oid >= 16384 and c.relkind in ('r', 'p', 'f', 'v', 'm', 'c', 'S')
    union all
    select i.indrelid, 2 * count(*), sum(pg_catalog.age(i.xmin)::int8 + pg_catalog.age(c.xmin))
    from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
    where i.indexrelid >= 16384 group by i.indrelid
    union all
    select i.indrelid, a.rows, a.ages
    from pg_catalog.pg_index i
    cross join lateral (select count(*) as rows, sum(pg_catalog.age(a.xmin)) as ages
                        from pg_catalog.pg_attribute a
                        where a.attrelid = i.indexrelid and a.attstattarget >= 0) a
    where i.indexprs is not null and i.indexrelid >= 16384 and a.rows > 0
    union all
    select h.oid, count(*), sum(pg_catalog.age(t.xmin))
    from pg_catalog.pg_class t join pg_catalog.pg_class h on h.reltoastrelid = t.oid
    where t.relkind = 't' and t.reloptions is not null group by h.oid
    union all
    select a.attrelid, count(*), sum(pg_catalog.age(a.xmin))
    from pg_catalog.pg_attribute a where a.attrelid >= 16384 and a.attnum > 0 group by a.attrelid
    union all
    select k.conrelid, count(*), sum(pg_catalog.age(k.xmin))
    from pg_catalog.pg_constraint k where k.conrelid >= 16384 group by k.conrelid
    union all
    select e.adrelid, count(*), sum(pg_catalog.age(e.xmin))
    from pg_catalog.pg_attrdef e group by e.adrelid
    union all
    select t.tgrelid, count(*), sum(pg_catalog.age(t.xmin))
    from pg_catalog.pg_trigger t group by t.tgrelid
    union all
    select r.ev_class, count(*), sum(pg_catalog.age(r.xmin))
    from pg_catalog.pg_rewrite r where r.ev_class >= 16384 group by r.ev_class
    union all
    select p.polrelid, count(*), sum(pg_catalog.age(p.xmin))
    from pg_catalog.pg_policy p group by p.polrelid
    union all
    select h.inhrelid, 1, pg_catalog.age(h.xmin)
    from pg_catalog.pg_inherits h
    union all
    select s.seqrelid, 1, pg_catalog.age(s.xmin)
    from pg_catalog.pg_sequence s
    union all
    select d.objid, 1, pg_catalog.age(d.xmin)
    from pg_catalog.pg_sequence s join pg_catalog.pg_depend d on d.objid = s.seqrelid
    where d.classid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0 and d.deptype in ('a', 'i')
    union all
    select p.partrelid, 1, pg_catalog.age(p.xmin)
    from pg_catalog.pg_partitioned_table p
    union all
    select f.ftrelid, 1, pg_catalog.age(f.xmin)
    from pg_catalog.pg_foreign_table f
    union all
    select case d.classoid
               when 'pg_catalog.pg_constraint'::regclass
                   then (select k.conrelid from pg_catalog.pg_constraint k where k.oid = d.objoid)
               when 'pg_catalog.pg_trigger'::regclass
                   then (select t.tgrelid from pg_catalog.pg_trigger t where t.oid = d.objoid)
               when 'pg_catalog.pg_policy'::regclass
                   then (select p.polrelid from pg_catalog.pg_policy p where p.oid = d.objoid)
               when 'pg_catalog.pg_rewrite'::regclass
                   then (select r.ev_class from pg_catalog.pg_rewrite r where r.oid = d.objoid)
               when 'pg_catalog.pg_class'::regclass
                   then coalesce((select i.indrelid from pg_catalog.pg_index i where i.indexrelid = d.objoid), d.objoid)
           end,
           1, pg_catalog.age(d.xmin)
    from pg_catalog.pg_description d
    where d.objoid >= 16384
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
