-- Migrations that Supabase's CLI has applied, newest first, and the transactions that did. Of more than
-- 10,000 the oldest are left out.
select m.version::text as version,
       pg_catalog.to_jsonb(m) ->> 'name' as name,
       pg_catalog.age(m.xmin) as _age
from supabase_migrations.schema_migrations m
order by m.version desc
limit 10000
