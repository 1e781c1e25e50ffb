-- How much is not listed, by rule: members of extensions, relations and functions in schemas that Supabase
-- makes ($4), large objects (data).
select (select count(*)
        from pg_catalog.pg_depend x
        where x.refclassid = 'pg_catalog.pg_extension'::regclass and x.deptype = 'e') as extension_members,
       (select count(*)
        from pg_catalog.pg_depend d
        left join pg_catalog.pg_class c on d.classid = 'pg_catalog.pg_class'::regclass and c.oid = d.objid
        where d.refclassid = 'pg_catalog.pg_namespace'::regclass
          and d.refobjid = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($4)))
          and (c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') or d.classid = 'pg_catalog.pg_proc'::regclass))
           as platform_objects,
       (select count(*) from pg_catalog.pg_largeobject_metadata) as large_objects
