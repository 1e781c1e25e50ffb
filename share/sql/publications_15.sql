-- Publications of version 15 and later, which may name schemas; publication_tables.sql has their tables. Left
-- out: what Supabase makes and no table of the schemas in $1 is in.
select p.oid as _oid,
       least(pg_catalog.age(p.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.quote_ident(p.pubname) as id,
       p.pubname::text as name,
       p.puballtables as all_tables,
       p.pubinsert as insert,
       p.pubupdate as update,
       p.pubdelete as delete,
       p.pubtruncate as truncate,
       p.pubviaroot as via_root,
       case j ->> 'pubgencols' when 's' then 'stored' end as generated_columns,
       s.schemas,
       pg_catalog.pg_get_userbyid(p.pubowner)::text as _owner,
       d.description as comment
from pg_catalog.pg_publication p
cross join lateral pg_catalog.to_jsonb(p) j
cross join lateral (select array(select n.nspname::text
                                  from pg_catalog.pg_publication_namespace x
                                  join pg_catalog.pg_namespace n on n.oid = x.pnnspid
                                  where x.pnpubid = p.oid
                                  order by n.nspname) as schemas) s
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_publication'::regclass and d.objoid = p.oid and d.objsubid = 0
where p.pubname not in ('supabase_realtime', 'supabase_realtime_messages_publication')
   or exists (select
              from pg_catalog.pg_publication_rel r
              join pg_catalog.pg_class c on c.oid = r.prrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              where r.prpubid = p.oid and n.nspname = any ($1))
order by pg_catalog.quote_ident(p.pubname) collate "C"
