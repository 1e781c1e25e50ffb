-- Relations whose text may name one of $2: views; tables by their policies, checks, defaults, indexes, triggers,
-- foreign keys, the types of their columns, and as children of it; and those that use a function which takes or
-- gives its rows. And views on such views, to the end: whether they can be updated hangs on those beneath.
-- Each is looked up by itself, for they are few: joins would read whole catalogs at every step.
with recursive reached (oid) as (
    select u.oid from pg_catalog.unnest($2) u (oid)
    union
    select case d.classid
               when 'pg_catalog.pg_rewrite'::regclass
                   then (select r.ev_class from pg_catalog.pg_rewrite r where r.oid = d.objid)
               when 'pg_catalog.pg_policy'::regclass
                   then (select p.polrelid from pg_catalog.pg_policy p where p.oid = d.objid)
               when 'pg_catalog.pg_constraint'::regclass
                   then (select k.conrelid from pg_catalog.pg_constraint k where k.oid = d.objid)
               when 'pg_catalog.pg_attrdef'::regclass
                   then (select e.adrelid from pg_catalog.pg_attrdef e where e.oid = d.objid)
               when 'pg_catalog.pg_trigger'::regclass
                   then (select t.tgrelid from pg_catalog.pg_trigger t where t.oid = d.objid)
               when 'pg_catalog.pg_class'::regclass
                   then coalesce((select i.indrelid from pg_catalog.pg_index i where i.indexrelid = d.objid), d.objid)
           end
    from reached x
    cross join lateral (
        select 'pg_catalog.pg_class'::regclass::oid as classid, x.oid as objid
        union all
        select 'pg_catalog.pg_type'::regclass, y.oid
        from pg_catalog.pg_class c
        join pg_catalog.pg_type y on y.oid = c.reltype
        where c.oid = x.oid
        union all
        select 'pg_catalog.pg_type'::regclass, y.typarray
        from pg_catalog.pg_class c
        join pg_catalog.pg_type y on y.oid = c.reltype
        where c.oid = x.oid
        offset 0
    ) o
    cross join lateral (
        select d.classid, d.objid
        from pg_catalog.pg_depend d
        where d.refclassid = o.classid and d.refobjid = o.objid
        union all
        select d.classid, d.objid
        from pg_catalog.pg_depend f
        join pg_catalog.pg_depend d on d.refclassid = f.classid and d.refobjid = f.objid
        where f.refclassid = o.classid and f.refobjid = o.objid and f.classid = 'pg_catalog.pg_proc'::regclass
        offset 0
    ) d
    where x.oid = any ($2)
       or (select c.relkind from pg_catalog.pg_class c where c.oid = x.oid) = 'v'
)
select x.oid as _oid
from reached x
where x.oid is not null
