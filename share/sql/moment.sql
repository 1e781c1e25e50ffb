-- The moment that a transaction sees, and the schemas there are then.
select pg_catalog.pg_current_snapshot()::text as snapshot,
       pg_catalog.age('3'::xid) as reference,
       array(select n.nspname::text
        from pg_catalog.pg_namespace n
        where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        order by n.nspname) as schemas
