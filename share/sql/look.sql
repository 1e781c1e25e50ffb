-- What a snapshot's meta says of the server, and in the same round trip whether anything can have changed:
-- "snapshot" tells which transactions are done, "counters" how often the catalogs of $3 were written to (null
-- where that is not to be trusted: standbys, servers before 15, counting switched off). $1 is a snapshot, $2 are
-- counters as they were; when one of them is so still, _fingerprint is null. $4 is the text of fingerprint.sql,
-- given as a text so that it costs nothing when it is not asked for, or null; $5 is the snapshot that it is told
-- from, and $6 are the catalogs of $3 as they were then, or null: _fingerprint is empty when the server was
-- started since.
with now as materialized (
    select pg_catalog.pg_is_in_recovery() as recovery,
           pg_catalog.concat(pg_catalog.pg_current_snapshot(), ' ', s.start) as snapshot,
           case when pg_catalog.current_setting('server_version_num')::int between 150000 and 189999
                     and not pg_catalog.pg_is_in_recovery()
                     and pg_catalog.current_setting('track_counts') = 'on'
                then (select pg_catalog.concat_ws(' ', s.start,
                             coalesce(pg_catalog.pg_stat_get_db_stat_reset_time(b.oid)::text, '-'),
                             (select sum(pg_catalog.pg_stat_get_tuples_inserted(u.catalog)
                                         + pg_catalog.pg_stat_get_tuples_updated(u.catalog)
                                         + pg_catalog.pg_stat_get_tuples_deleted(u.catalog))
                              from pg_catalog.unnest(c.catalogs) u (catalog)))
                      from pg_catalog.pg_database b
                      where b.datname = pg_catalog.current_database()) end as counters,
           c.catalogs
    from (select pg_catalog.concat_ws(' ', pg_catalog.pg_postmaster_start_time(),
                                      pg_catalog.pg_stat_get_bgwriter_stat_reset_time()) as start) s
    cross join lateral (
        select case when $6 is not null and pg_catalog.substring($5, ' (.*)') = s.start then $6
                    else array(select pg_catalog.to_regclass('pg_catalog.' || u.name)::oid
                               from pg_catalog.unnest($3) u (name)
                               where pg_catalog.to_regclass('pg_catalog.' || u.name) is not null)
               end as catalogs
        offset 0) c
)
select pg_catalog.current_setting('server_version_num')::int as server_version_num,
       pg_catalog.current_setting('server_version') as server_version,
       (select s.system_identifier::text from pg_catalog.pg_control_system() s) as system_identifier,
       b.datname::text as database,
       b.oid::int8 as database_oid,
       pg_catalog.pg_get_userbyid(b.datdba)::text as owner,
       current_user::text as role,
       now.recovery as standby,
       case when exists (select from pg_catalog.pg_roles r where r.rolname = 'supabase_admin')
            then 'supabase' end as platform,
       now.snapshot as _snapshot,
       now.counters as _counters,
       now.catalogs::text as _catalogs,
       pg_catalog.age('3'::xid) as _reference,
       pg_catalog.current_setting('track_commit_timestamp') = 'on' as _dated,
       array(select n.nspname::text
        from pg_catalog.pg_namespace n
        where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        order by n.nspname) as _schemas,
       case when $4 is null or $1 = now.snapshot and not now.recovery or $2 = now.counters then null
            when pg_catalog.substring($5, ' .*') is distinct from pg_catalog.substring(now.snapshot, ' .*')
            then ''
            else (pg_catalog.regexp_match(
                      pg_catalog.query_to_xml($4, false, true, '')::text, '<fingerprint>(.*)</fingerprint>'))[1]
            end as _fingerprint
from pg_catalog.pg_database b
cross join now
where b.datname = pg_catalog.current_database()
