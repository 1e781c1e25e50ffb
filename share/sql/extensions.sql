-- Installed extensions, wherever they are; $1 is not asked. version is left out where it is the one that comes
-- with this release of PostgreSQL ("shipped": since which release which version). Left out: plpgsql, which
-- comes with every database, those that come with every Supabase project, and a comment that is the
-- extension's own.
with shipped (name, since, version) as (values
        ('adminpack', 13, '2.1'), ('amcheck', 13, '1.2'), ('amcheck', 14, '1.3'), ('amcheck', 17, '1.4'),
        ('amcheck', 18, '1.5'), ('autoinc', 13, '1.0'), ('bloom', 13, '1.0'), ('bool_plperl', 13, '1.0'),
        ('bool_plperlu', 13, '1.0'), ('btree_gin', 13, '1.3'), ('btree_gist', 13, '1.5'),
        ('btree_gist', 14, '1.6'), ('btree_gist', 15, '1.7'), ('btree_gist', 18, '1.8'),
        ('citext', 13, '1.6'), ('citext', 18, '1.8'), ('cube', 13, '1.4'), ('cube', 14, '1.5'),
        ('dblink', 13, '1.2'), ('dict_int', 13, '1.0'), ('dict_xsyn', 13, '1.0'),
        ('earthdistance', 13, '1.1'), ('earthdistance', 16, '1.2'), ('file_fdw', 13, '1.0'),
        ('fuzzystrmatch', 13, '1.1'), ('fuzzystrmatch', 16, '1.2'), ('hstore', 13, '1.7'),
        ('hstore', 14, '1.8'), ('hstore_plperl', 13, '1.0'), ('hstore_plperlu', 13, '1.0'),
        ('hstore_plpython2u', 13, '1.0'), ('hstore_plpython3u', 13, '1.0'),
        ('hstore_plpythonu', 13, '1.0'), ('insert_username', 13, '1.0'), ('intagg', 13, '1.1'),
        ('intarray', 13, '1.3'), ('intarray', 14, '1.5'), ('isn', 13, '1.2'), ('isn', 18, '1.3'),
        ('jsonb_plperl', 13, '1.0'), ('jsonb_plperlu', 13, '1.0'), ('jsonb_plpython2u', 13, '1.0'),
        ('jsonb_plpython3u', 13, '1.0'), ('jsonb_plpythonu', 13, '1.0'), ('lo', 13, '1.1'),
        ('lo', 18, '1.2'), ('ltree', 13, '1.2'), ('ltree', 17, '1.3'), ('ltree_plpython2u', 13, '1.0'),
        ('ltree_plpython3u', 13, '1.0'), ('ltree_plpythonu', 13, '1.0'), ('moddatetime', 13, '1.0'),
        ('old_snapshot', 14, '1.0'), ('pageinspect', 13, '1.8'), ('pageinspect', 14, '1.9'),
        ('pageinspect', 15, '1.11'), ('pageinspect', 16, '1.12'), ('pageinspect', 18, '1.13'),
        ('pg_buffercache', 13, '1.3'), ('pg_buffercache', 16, '1.4'), ('pg_buffercache', 17, '1.5'),
        ('pg_buffercache', 18, '1.6'), ('pg_freespacemap', 13, '1.2'), ('pg_freespacemap', 18, '1.3'),
        ('pg_logicalinspect', 18, '1.0'), ('pg_prewarm', 13, '1.2'), ('pg_stat_statements', 13, '1.8'),
        ('pg_stat_statements', 14, '1.9'), ('pg_stat_statements', 15, '1.10'),
        ('pg_stat_statements', 17, '1.11'), ('pg_stat_statements', 18, '1.12'),
        ('pg_surgery', 14, '1.0'), ('pg_trgm', 13, '1.5'), ('pg_trgm', 14, '1.6'),
        ('pg_visibility', 13, '1.2'), ('pg_walinspect', 15, '1.0'), ('pg_walinspect', 16, '1.1'),
        ('pgcrypto', 13, '1.3'), ('pgcrypto', 18, '1.4'), ('pgrowlocks', 13, '1.2'),
        ('pgstattuple', 13, '1.5'), ('plperl', 13, '1.0'), ('plperlu', 13, '1.0'),
        ('plpgsql', 13, '1.0'), ('plpython3u', 13, '1.0'), ('pltcl', 13, '1.0'), ('pltclu', 13, '1.0'),
        ('postgres_fdw', 13, '1.0'), ('postgres_fdw', 14, '1.1'), ('postgres_fdw', 18, '1.2'),
        ('refint', 13, '1.0'), ('seg', 13, '1.3'), ('seg', 14, '1.4'), ('sslinfo', 13, '1.2'),
        ('tablefunc', 13, '1.0'), ('tcn', 13, '1.0'), ('tsm_system_rows', 13, '1.0'),
        ('tsm_system_time', 13, '1.0'), ('unaccent', 13, '1.1'), ('uuid-ossp', 13, '1.1'),
        ('xml2', 13, '1.1'), ('xml2', 18, '1.2')
)
select e.oid as _oid,
       least(pg_catalog.age(e.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.quote_ident(e.extname) as id,
       e.extname::text as name,
       n.nspname::text as schema,
       nullif(e.extversion, (select s.version
                             from shipped s
                             where s.name = e.extname
                               and s.since <= pg_catalog.current_setting('server_version_num')::int / 10000
                             order by s.since desc
                             limit 1)) as version,
       pg_catalog.pg_get_userbyid(e.extowner)::text as _owner,
       case when d.description is not null
            then nullif(d.description, (select a.comment
                                        from pg_catalog.pg_available_extensions() a
                                        where a.name = e.extname)) end as comment
from pg_catalog.pg_extension e
join pg_catalog.pg_namespace n on n.oid = e.extnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_extension'::regclass and d.objoid = e.oid and d.objsubid = 0
where e.extname <> 'plpgsql'
  and not (e.extname in ('pg_graphql', 'pg_stat_statements', 'pgcrypto', 'supabase_vault', 'uuid-ossp')
           and n.nspname in ('extensions', 'graphql', 'vault'))
order by pg_catalog.quote_ident(e.extname) collate "C"
