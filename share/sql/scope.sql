-- Names of the schemas that are not the server's own; which of them are watched is decided by
-- model/scope. Not covered: temporary schemas.
select n.nspname::text as name
from pg_catalog.pg_namespace n
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
order by n.nspname
