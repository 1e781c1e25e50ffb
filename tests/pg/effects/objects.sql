-- What mutate.py chooses from: "kind|name|parts".
select case when c.relkind = 'r' then 'table' else 'view' end || '|' || c.oid::regclass || '|'
       || (select string_agg(a.attname, ',' order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0)
from pg_class c
where c.relnamespace::regnamespace::text in ('public', 's1', 's2') and c.relkind in ('r', 'v')
union all
select 'policy|' || polrelid::regclass || '|' || polname from pg_policy
union all
select 'function|' || oid::regprocedure || '|' from pg_proc where pronamespace::regnamespace::text in ('public', 's1', 's2')
order by 1
