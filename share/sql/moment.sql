-- The moment that a transaction sees, and the schemas there are then.
select pg_catalog.pg_current_snapshot()::text as snapshot,
       pg_catalog.age('3'::xid) as reference,
       (select pg_catalog.array_agg(n.nspname::text order by n.nspname)
        from pg_catalog.pg_namespace n
        where n.nspname !~ '^pg_' and n.nspname <> 'information_schema') as schemas
