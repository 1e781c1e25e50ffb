-- Buckets of Supabase's storage: who may read them without asking, and what they take.
select pg_catalog.quote_ident(b.id) as id,
       b.name,
       (j ->> 'public')::bool as public,
       (j ->> 'file_size_limit')::int8 as file_size_limit,
       case when j ->> 'allowed_mime_types' is not null
            then array(select t.v from pg_catalog.jsonb_array_elements_text(j -> 'allowed_mime_types') t (v) order by t.v collate "C") end as allowed_mime_types,
       nullif(j ->> 'type', 'STANDARD') as type
from storage.buckets b
cross join lateral pg_catalog.to_jsonb(b) j
order by pg_catalog.quote_ident(b.id) collate "C"
