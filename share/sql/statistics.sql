-- Extended statistics objects of the schemas in $1. Not deparsed where $3 has the table.
select s.oid as _oid,
       least(pg_catalog.age(s.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, s.stxname) as id,
       n.nspname::text as schema,
       s.stxname::text as name,
       s.stxrelid::regclass as table,
       case when s.stxrelid <> all ($3) then pg_catalog.pg_get_statisticsobjdef(s.oid) end as definition,
       nullif(s.stxstattarget, -1) as target,
       pg_catalog.pg_get_userbyid(s.stxowner)::text as _owner,
       case when s.stxrelid = any ($3) then array['definition'] end as inexact,
       d.description as comment
from pg_catalog.pg_statistic_ext s
join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_statistic_ext'::regclass and d.objoid = s.oid and d.objsubid = 0
where n.nspname = any ($1)
order by pg_catalog.format('%I.%I', n.nspname, s.stxname) collate "C"
