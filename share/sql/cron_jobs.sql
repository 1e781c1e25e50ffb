-- Jobs of pg_cron in this database.
select coalesce(pg_catalog.quote_ident(nullif(j ->> 'jobname', '')), 'job ' || (j ->> 'jobid')) as id,
       j ->> 'jobname' as name,
       j ->> 'schedule' as schedule,
       j ->> 'command' as command,
       j ->> 'username' as role,
       (j ->> 'active')::bool as active
from cron.job b
cross join lateral pg_catalog.to_jsonb(b) j
where j ->> 'database' = pg_catalog.current_database()
order by coalesce(pg_catalog.quote_ident(nullif(j ->> 'jobname', '')), 'job ' || (j ->> 'jobid')) collate "C"
