-- Relations whose text may name one of $2: views; tables by their policies, checks, defaults, indexes, triggers,
-- foreign keys, the types of their columns, and as children of it.
select distinct coalesce(r.ev_class, p.polrelid, k.conrelid, e.adrelid, i.indrelid, t.tgrelid,
                         case when d.classid = 'pg_catalog.pg_class'::regclass then d.objid end) as _oid
from pg_catalog.pg_depend d
left join pg_catalog.pg_rewrite r on d.classid = 'pg_catalog.pg_rewrite'::regclass and r.oid = d.objid
left join pg_catalog.pg_policy p on d.classid = 'pg_catalog.pg_policy'::regclass and p.oid = d.objid
left join pg_catalog.pg_constraint k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid
left join pg_catalog.pg_attrdef e on d.classid = 'pg_catalog.pg_attrdef'::regclass and e.oid = d.objid
left join pg_catalog.pg_index i on d.classid = 'pg_catalog.pg_class'::regclass and i.indexrelid = d.objid
left join pg_catalog.pg_trigger t on d.classid = 'pg_catalog.pg_trigger'::regclass and t.oid = d.objid
where d.refclassid in ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_type'::regclass)
  and (d.refobjid = any ($2) or d.refobjid in (select c.reltype from pg_catalog.pg_class c where c.oid = any ($2)))
