-- Secrets of Supabase's vault: their names and what they are for, never what they are.
select coalesce(pg_catalog.quote_ident(s.name), 'secret ' || s.id) as id,
       s.name,
       s.description as comment
from vault.secrets s
order by coalesce(pg_catalog.quote_ident(s.name), 'secret ' || s.id) collate "C"
