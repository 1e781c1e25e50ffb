-- Tables of publications: of the schemas in $1, for what Supabase makes, else all. Columns and row filters
-- since version 15. Not deparsed where $3 has the table.
select r.prpubid as _parent,
       r.oid as _oid,
       pg_catalog.age(r.xmin) as _age,
       pg_catalog.format('%I.%I', n.nspname, c.relname) as name,
       array(select a.attname::text
             from pg_catalog.unnest(r.columns) u (attnum)
             join pg_catalog.pg_attribute a on a.attrelid = r.prrelid and a.attnum = u.attnum
             order by a.attnum) as columns,
       case when r.prrelid <> all ($3) then pg_catalog.pg_get_expr(r.filter, r.prrelid) end as where,
       case when r.prrelid = any ($3) and r.filter is not null then array['where'] end as inexact
from (select null::int2[] as prattrs, null::pg_node_tree as prqual) older
cross join lateral (select r.xmin, r.oid, r.prpubid, r.prrelid, prattrs::int2[] as columns, prqual as filter
                    from pg_catalog.pg_publication_rel r) r
join pg_catalog.pg_publication p on p.oid = r.prpubid
join pg_catalog.pg_class c on c.oid = r.prrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1)
   or p.pubname not in ('supabase_realtime', 'supabase_realtime_messages_publication')
order by r.prpubid, pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
