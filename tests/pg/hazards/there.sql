-- Before the first statement: the relations that others may be using.
create temporary table there as
    select c.oid as relation, c.relkind as kind, c.relfilenode as file
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm', 'v', 'f', 'S', 'i', 'I')
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema';
create temporary table seen (number int, lock text, writes text, reads boolean, builds boolean);
