-- Columns of tables that foreign keys of the schemas in $1 (only of the tables in $2 unless it is null)
-- refer to and that are not read themselves.
select a.attrelid as _parent,
       a.attnum as _number,
       a.attname::text as name
from pg_catalog.pg_attribute a
where a.attnum > 0
  and not a.attisdropped
  and a.attrelid in (select k.confrelid
                     from pg_catalog.pg_constraint k
                     join pg_catalog.pg_class c on c.oid = k.conrelid
                     join pg_catalog.pg_class f on f.oid = k.confrelid
                     where k.contype = 'f'
                       and c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
                       and ($2 is null or c.oid = any ($2))
                       and (f.relnamespace <> all (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
                            or coalesce(f.oid <> all ($2), false)
                            or f.oid in (select x.objid
                                         from pg_catalog.pg_depend x
                                         where x.classid = 'pg_catalog.pg_class'::regclass
                                           and x.refclassid = 'pg_catalog.pg_extension'::regclass
                                           and x.deptype = 'e')))
order by a.attrelid, a.attnum
