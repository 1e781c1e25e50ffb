-- What only a superuser may read: how subscriptions connect.
select s.oid as _parent,
       s.subconninfo as connection
from pg_catalog.pg_subscription s
where s.subdbid = (select b.oid from pg_catalog.pg_database b where b.datname = pg_catalog.current_database())
order by s.oid
