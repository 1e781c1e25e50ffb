-- Per relation that is no catalog's how many rows the catalogs have of it that can be deleted with nothing else
-- of it written (indexes, constraints, triggers, rules, policies, parents, comments), and whether anything of it
-- was written by transaction $6 or a later one; composite types among them, whose names stand in other texts.
-- With a count of the moment that $6 is of, both together tell every change since. $6 null: nothing is. listed:
-- whether the document has it; 0 stands for the functions that it has not, the server's own among them. $2:
-- relations to keep to, without the functions then; null: all.
with own as materialized (
    select array(
        select i.indexrelid from pg_catalog.pg_index i where i.indrelid = any ($2)
        union all select k.oid from pg_catalog.pg_constraint k where k.conrelid = any ($2)
        union all select t.oid from pg_catalog.pg_trigger t where t.tgrelid = any ($2)
        union all select r.oid from pg_catalog.pg_rewrite r where r.ev_class = any ($2)
        union all select p.oid from pg_catalog.pg_policy p where p.polrelid = any ($2)
        union all select u.oid from pg_catalog.unnest($2) u (oid)) as oids
),
part (relation, removable, written) as (
    select i.indrelid, 1, pg_catalog.age(i.xmin) <= pg_catalog.age($6)
    from pg_catalog.pg_index i
    where i.indexrelid >= 16384 and ($2 is null or i.indrelid = any ($2))
    union all
    select k.conrelid, 1, pg_catalog.age(k.xmin) <= pg_catalog.age($6)
    from pg_catalog.pg_constraint k
    where k.conrelid >= 16384 and ($2 is null or k.conrelid = any ($2))
    union all
    select t.tgrelid, 1, pg_catalog.age(t.xmin) <= pg_catalog.age($6)
    from pg_catalog.pg_trigger t
    where $2 is null or t.tgrelid = any ($2)
    union all
    select r.ev_class, 1, pg_catalog.age(r.xmin) <= pg_catalog.age($6)
    from pg_catalog.pg_rewrite r
    where r.ev_class >= 16384 and ($2 is null or r.ev_class = any ($2))
    union all
    select p.polrelid, 1, pg_catalog.age(p.xmin) <= pg_catalog.age($6)
    from pg_catalog.pg_policy p
    where $2 is null or p.polrelid = any ($2)
    union all
    select h.inhrelid, 1, pg_catalog.age(h.xmin) <= pg_catalog.age($6)
    from pg_catalog.pg_inherits h
    where $2 is null or h.inhrelid = any ($2)
    union all
    select case d.classid
               when 'pg_catalog.pg_constraint'::regclass
                   then (select k.conrelid from pg_catalog.pg_constraint k where k.oid = d.objid)
               when 'pg_catalog.pg_trigger'::regclass
                   then (select t.tgrelid from pg_catalog.pg_trigger t where t.oid = d.objid)
               when 'pg_catalog.pg_policy'::regclass
                   then (select p.polrelid from pg_catalog.pg_policy p where p.oid = d.objid)
               when 'pg_catalog.pg_rewrite'::regclass
                   then (select r.ev_class from pg_catalog.pg_rewrite r where r.oid = d.objid)
               when 'pg_catalog.pg_class'::regclass
                   then coalesce((select i.indrelid from pg_catalog.pg_index i where i.indexrelid = d.objid), d.objid)
           end, 1, d.written
    from (select d.classoid as classid, d.objoid as objid, pg_catalog.age(d.xmin) <= pg_catalog.age($6) as written
          from pg_catalog.pg_description d
          where d.objoid >= 16384 and ($2 is null or d.objoid = any ((select o.oids from own o)::oid[]))) d
    union all
    select coalesce(i.indrelid, h.oid, c.oid), 0, true
    from pg_catalog.pg_class c
    left join pg_catalog.pg_index i on i.indexrelid = c.oid
    left join pg_catalog.pg_class h on h.reltoastrelid = c.oid and c.relkind = 't'
    where pg_catalog.age(c.xmin) <= pg_catalog.age($6) and ($2 is null or c.oid = any ($2))
    union all
    select coalesce(i.indrelid, a.attrelid), 0, true
    from pg_catalog.pg_attribute a
    left join pg_catalog.pg_index i on i.indexrelid = a.attrelid
    where pg_catalog.age(a.xmin) <= pg_catalog.age($6) and a.attnum > 0 and ($2 is null or a.attrelid = any ($2))
    union all
    select e.adrelid, 0, true
    from pg_catalog.pg_attrdef e
    where pg_catalog.age(e.xmin) <= pg_catalog.age($6) and ($2 is null or e.adrelid = any ($2))
    union all
    select s.seqrelid, 0, true
    from pg_catalog.pg_sequence s
    where pg_catalog.age(s.xmin) <= pg_catalog.age($6) and ($2 is null or s.seqrelid = any ($2))
    union all
    select p.partrelid, 0, true
    from pg_catalog.pg_partitioned_table p
    where pg_catalog.age(p.xmin) <= pg_catalog.age($6) and ($2 is null or p.partrelid = any ($2))
    union all
    select f.ftrelid, 0, true
    from pg_catalog.pg_foreign_table f
    where pg_catalog.age(f.xmin) <= pg_catalog.age($6) and ($2 is null or f.ftrelid = any ($2))
)
select c.oid as _parent,
       coalesce(p.removable, 0) as removable,
       coalesce(p.written, false) as written,
       c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
           and c.oid not in (select x.objid
                             from pg_catalog.pg_depend x
                             where x.classid = 'pg_catalog.pg_class'::regclass
                               and x.refclassid = 'pg_catalog.pg_extension'::regclass
                               and x.deptype = 'e') as listed
from pg_catalog.pg_class c
left join (select p.relation, sum(p.removable) as removable, pg_catalog.bool_or(p.written) as written
           from part p
           group by p.relation) p on p.relation = c.oid
where c.relkind in ('r', 'p', 'f', 'v', 'm', 'c', 'S')
  and c.relpersistence <> 't'
  and c.oid >= 16384
  and ($2 is null or c.oid = any ($2))
union all
select 0, count(*), coalesce(pg_catalog.bool_or(pg_catalog.age(f.xmin) <= pg_catalog.age($6)), false), false
from pg_catalog.pg_proc f
where (f.oid in (select d.objid
                 from pg_catalog.pg_type y
                 join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_type'::regclass and d.refobjid = y.oid
                 where y.typtype in ('r', 'm') and y.oid >= 16384
                   and d.classid = 'pg_catalog.pg_proc'::regclass and d.deptype = 'i')
       or f.pronamespace <> all (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
       or f.oid in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_proc'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e'))
having $2 is null
order by 1
