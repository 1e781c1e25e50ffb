-- Installed extensions, wherever they are; $1 is not asked. Left out: plpgsql, which comes with every
-- database, and those that come with every Supabase project.
select pg_catalog.quote_ident(e.extname) as id,
       e.extname::text as name,
       n.nspname::text as schema,
       e.extversion as version
from pg_catalog.pg_extension e
join pg_catalog.pg_namespace n on n.oid = e.extnamespace
where e.extname <> 'plpgsql'
  and not (e.extname in ('pg_graphql', 'pg_stat_statements', 'pgcrypto', 'supabase_vault', 'uuid-ossp')
           and n.nspname in ('extensions', 'graphql', 'vault'))
order by pg_catalog.quote_ident(e.extname) collate "C"
