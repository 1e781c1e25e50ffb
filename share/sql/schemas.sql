-- Schemas in $1, with comments (the one PostgreSQL itself gives to public is none).
select pg_catalog.quote_ident(n.nspname) as id,
       n.nspname::text as name,
       nullif(d.description, case n.nspname when 'public' then 'standard public schema' end) as comment
from pg_catalog.pg_namespace n
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_namespace'::regclass and d.objoid = n.oid and d.objsubid = 0
where n.nspname = any ($1)
order by pg_catalog.quote_ident(n.nspname) collate "C"
