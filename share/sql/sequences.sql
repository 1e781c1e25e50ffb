-- Sequences of the schemas in $1 (only those in $2 unless it is null), those of serial and identity columns
-- among them. last_value is data, not schema. An unlogged table's own sequence is unlogged since version 15,
-- which is not told. Not covered: members of extensions.
select c.oid as _oid,
       least(pg_catalog.age(c.xmin), pg_catalog.age(s.xmin), pg_catalog.age(o.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, c.relname) as id,
       n.nspname::text as schema,
       c.relname::text as name,
       pg_catalog.format_type(s.seqtypid, null) as data_type,
       s.seqstart as start,
       s.seqincrement as increment,
       s.seqmin as minimum,
       s.seqmax as maximum,
       s.seqcache as cache,
       s.seqcycle as cycle,
       c.relpersistence = 'u' and oc.relpersistence is distinct from 'u' as unlogged,
       case when o.refobjid is not null
            then pg_catalog.format('%I.%I.%I',
                                   (select n.nspname from pg_catalog.pg_namespace n where n.oid = oc.relnamespace),
                                   oc.relname,
                                   (select a.attname
                                    from pg_catalog.pg_attribute a
                                    where a.attrelid = o.refobjid and a.attnum = o.refobjsubid)) end as owned_by,
       o.deptype = 'i' as identity,
       pg_catalog.pg_get_userbyid(c.relowner)::text as _owner,
       c.relacl as _acl,
       d.description as comment
from pg_catalog.pg_sequence s
join pg_catalog.pg_class c on c.oid = s.seqrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join (pg_catalog.pg_depend o join pg_catalog.pg_class oc on oc.oid = o.refobjid)
    on o.classid = 'pg_catalog.pg_class'::regclass and o.objid = c.oid and o.objsubid = 0
   and o.refclassid = 'pg_catalog.pg_class'::regclass and o.refobjsubid > 0
   and o.deptype in ('a', 'i')
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
where n.nspname = any ($1)
  and c.relpersistence <> 't'
  and ($2 is null or c.oid = any ($2))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
