-- The shortest look, as a simple query, for which the server does least: what look.sql has in "snapshot" and
-- "counters", in pieces, a row for each catalog. The parameters, the database's oid as it was known and an array
-- of catalogs, are put in as texts. The file of pg_class tells the database's oid as it is.
set local search_path = '';
set local statement_timeout = '60s';
set local lock_timeout = '200ms';
set local timezone = 'UTC';
set local datestyle = 'ISO';
select pg_catalog.pg_current_snapshot() as snapshot,
       pg_catalog.pg_postmaster_start_time() as started,
       pg_catalog.pg_stat_get_bgwriter_stat_reset_time() as statistics_started,
       pg_catalog.pg_stat_get_db_stat_reset_time($1) as reset,
       pg_catalog.pg_relation_filepath(1259) as path,
       pg_catalog.current_setting('track_counts') as counts,
       current_user as role,
       pg_catalog.pg_stat_get_tuples_inserted(u.catalog) as inserted,
       pg_catalog.pg_stat_get_tuples_updated(u.catalog) as updated,
       pg_catalog.pg_stat_get_tuples_deleted(u.catalog) as deleted
from pg_catalog.unnest('$2'::oid[]) u (catalog)
