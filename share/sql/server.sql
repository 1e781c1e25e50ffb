-- Where a snapshot comes from, for its meta.
select pg_catalog.current_setting('server_version_num')::int as server_version_num,
       pg_catalog.current_setting('server_version') as server_version,
       pg_catalog.current_database()::text as database,
       current_user::text as role
