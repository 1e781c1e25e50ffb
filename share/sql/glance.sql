-- The shortest look: the snapshot and the counts of writes of the catalogs in $1, as look.sql has them, and
-- whose they are. The server's start tells one server from another; a crash that it survives, and that may
-- take transactions away, begins its statistics anew.
select pg_catalog.concat(pg_catalog.pg_current_snapshot(), ' ', s.start) as snapshot,
       pg_catalog.concat_ws(' ', s.start, coalesce(pg_catalog.pg_stat_get_db_stat_reset_time(b.oid)::text, '-'),
                            (select sum(pg_catalog.pg_stat_get_tuples_inserted(u.catalog)
                                        + pg_catalog.pg_stat_get_tuples_updated(u.catalog)
                                        + pg_catalog.pg_stat_get_tuples_deleted(u.catalog))
                             from pg_catalog.unnest($1) u (catalog))) as counters,
       current_user::text as role,
       b.oid::text as database_oid,
       pg_catalog.current_setting('server_version_num') as server_version_num,
       pg_catalog.current_setting('track_counts') = 'on' and not pg_catalog.pg_is_in_recovery() as counts
from pg_catalog.pg_database b
cross join (select pg_catalog.concat_ws(' ', pg_catalog.pg_postmaster_start_time(),
                                        pg_catalog.pg_stat_get_bgwriter_stat_reset_time()) as start) s
where b.datname = pg_catalog.current_database()
