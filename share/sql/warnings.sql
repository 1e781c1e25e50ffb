-- What is amiss with the server that no object shows: collations made with another version of their library
-- than the host has now, so that indexes on them may be out of order.
select pg_catalog.format('collation %I.%I was made with version %s of its library, which is at %s now', n.nspname,
                         c.collname, c.collversion, a.version) as warning
from pg_catalog.pg_collation c
join pg_catalog.pg_namespace n on n.oid = c.collnamespace
cross join lateral (select pg_catalog.pg_collation_actual_version(c.oid) as version) a
where c.oid >= 16384
  and c.collversion is not null
  and c.collversion <> a.version
order by 1
