-- Relations whose text may name one of $2, or one that reads such a one: views; tables by their policies,
-- checks, defaults, indexes, triggers, foreign keys, the types of their columns, and as children of it.
with recursive reached (oid) as (
    select u.oid from pg_catalog.unnest($2) u (oid)
    union
    select coalesce(r.ev_class, p.polrelid, k.conrelid, e.adrelid, i.indrelid, t.tgrelid,
                    case when d.classid = 'pg_catalog.pg_class'::regclass then d.objid end)
    from reached x
    cross join lateral (
        select d.classid, d.objid
        from pg_catalog.pg_depend d
        where d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = x.oid
        union all
        select d.classid, d.objid
        from pg_catalog.pg_type y
        join pg_catalog.pg_depend d
            on d.refclassid = 'pg_catalog.pg_type'::regclass and d.refobjid in (y.oid, y.typarray)
        where y.typrelid = x.oid and y.typrelid <> 0
    ) d
    left join pg_catalog.pg_rewrite r on d.classid = 'pg_catalog.pg_rewrite'::regclass and r.oid = d.objid
    left join pg_catalog.pg_policy p on d.classid = 'pg_catalog.pg_policy'::regclass and p.oid = d.objid
    left join pg_catalog.pg_constraint k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid
    left join pg_catalog.pg_attrdef e on d.classid = 'pg_catalog.pg_attrdef'::regclass and e.oid = d.objid
    left join pg_catalog.pg_index i on d.classid = 'pg_catalog.pg_class'::regclass and i.indexrelid = d.objid
    left join pg_catalog.pg_trigger t on d.classid = 'pg_catalog.pg_trigger'::regclass and t.oid = d.objid
)
select x.oid as _oid
from reached x
where x.oid is not null
