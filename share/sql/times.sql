-- When the transactions in $1 (text, 32 bits) were committed, where the server keeps that.
select pg_catalog.to_char(pg_catalog.pg_xact_commit_timestamp(u.number::xid) at time zone 'UTC',
                          'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as time
from pg_catalog.unnest($1) with ordinality as u (number, place)
order by u.place
