-- Queues of pgmq.
select pg_catalog.quote_ident(q.queue_name) as id,
       q.queue_name::text as name,
       q.is_partitioned as partitioned,
       q.is_unlogged as unlogged
from pgmq.meta q
order by pg_catalog.quote_ident(q.queue_name) collate "C"
