-- How much is not listed, by rule: members of extensions, relations and functions in schemas that Supabase
-- makes ($4), large objects (data).
select (select count(*)
        from pg_catalog.pg_depend x
        where x.refclassid = 'pg_catalog.pg_extension'::regclass and x.deptype = 'e') as extension_members,
       (select count(*)
        from pg_catalog.pg_class c
        where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
          and c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($4))))
       + (select count(*)
          from pg_catalog.pg_proc p
          where p.pronamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($4))))
           as platform_objects,
       (select count(*) from pg_catalog.pg_largeobject_metadata) as large_objects
