-- What a snapshot's meta says of the server, and in the same round trip whether anything can have changed:
-- "snapshot" tells which transactions are done, "counters" how often the catalogs were written to (null where
-- that is not to be trusted: standbys, servers before 15, counting switched off). $1 is a snapshot, $2 are
-- counters as they were; when one of them is so still, _fingerprint (see fingerprint.sql) is null. $3 are
-- sections, each with the relation in $4 and its column in $5 that reading it takes: _unread are those that
-- this role may not read, _absent those that this database has not.
with temporary as materialized (
    select array(select c.oid from pg_catalog.pg_class c where c.relpersistence = 't') as relations,
           array(select n.oid from pg_catalog.pg_namespace n where n.nspname ~ '^pg_(toast_)?temp_') as schemas
), now as materialized (
    select pg_catalog.pg_is_in_recovery() as recovery,
           pg_catalog.pg_current_snapshot()::text as snapshot,
           case when pg_catalog.current_setting('server_version_num')::int between 150000 and 189999
                     and not pg_catalog.pg_is_in_recovery()
                     and pg_catalog.current_setting('track_counts') = 'on'
                then (select pg_catalog.concat_ws(' ', pg_catalog.pg_postmaster_start_time() at time zone 'UTC',
                             pg_catalog.pg_stat_get_db_stat_reset_time(b.oid) at time zone 'UTC',
                             (select pg_catalog.string_agg(
                                         (pg_catalog.pg_stat_get_tuples_inserted(r.c)
                                          + pg_catalog.pg_stat_get_tuples_updated(r.c)
                                          + pg_catalog.pg_stat_get_tuples_deleted(r.c))::text, ' ' order by r.place)
                              from pg_catalog.unnest(array['pg_aggregate', 'pg_am', 'pg_amop', 'pg_amproc',
                                                      'pg_attrdef', 'pg_attribute', 'pg_auth_members',
                                                      'pg_authid', 'pg_cast', 'pg_class',
                                                      'pg_collation', 'pg_constraint', 'pg_conversion',
                                                      'pg_db_role_setting', 'pg_default_acl',
                                                      'pg_depend', 'pg_description', 'pg_enum',
                                                      'pg_event_trigger', 'pg_extension',
                                                      'pg_foreign_data_wrapper', 'pg_foreign_server',
                                                      'pg_foreign_table', 'pg_index', 'pg_inherits',
                                                      'pg_init_privs', 'pg_language', 'pg_namespace',
                                                      'pg_opclass', 'pg_operator', 'pg_opfamily',
                                                      'pg_parameter_acl', 'pg_partitioned_table',
                                                      'pg_policy', 'pg_proc', 'pg_publication',
                                                      'pg_publication_namespace', 'pg_publication_rel',
                                                      'pg_range', 'pg_rewrite', 'pg_seclabel',
                                                      'pg_sequence', 'pg_shdescription',
                                                      'pg_shseclabel', 'pg_statistic_ext',
                                                      'pg_subscription', 'pg_tablespace',
                                                      'pg_transform', 'pg_trigger', 'pg_ts_config',
                                                      'pg_ts_config_map', 'pg_ts_dict', 'pg_ts_parser',
                                                      'pg_ts_template', 'pg_type', 'pg_user_mapping'])
                                   with ordinality u (name, place)
                              cross join lateral (select pg_catalog.to_regclass('pg_catalog.' || u.name) as c,
                                                         u.place) r
                              where r.c is not null))
                      from pg_catalog.pg_database b
                      where b.datname = pg_catalog.current_database()) end as counters
)
select pg_catalog.current_setting('server_version_num')::int as server_version_num,
       pg_catalog.current_setting('server_version') as server_version,
       (select s.system_identifier::text from pg_catalog.pg_control_system() s) as system_identifier,
       b.datname::text as database,
       b.oid::int8 as database_oid,
       pg_catalog.pg_get_userbyid(b.datdba)::text as owner,
       current_user::text as role,
       pg_catalog.current_setting('is_superuser') = 'on' as _superuser,
       now.recovery as standby,
       now.snapshot as _snapshot,
       now.counters as _counters,
       pg_catalog.age('3'::xid) as _reference,
       pg_catalog.current_setting('track_commit_timestamp') = 'on' as _dated,
       (select pg_catalog.array_agg(n.nspname::text order by n.nspname)
        from pg_catalog.pg_namespace n
        where n.nspname !~ '^pg_' and n.nspname <> 'information_schema') as _schemas,
       array(select n.section
             from (select u.section, pg_catalog.to_regclass(u.relation) as relation, u.relation_column
                   from rows from (pg_catalog.unnest($3), pg_catalog.unnest($4), pg_catalog.unnest($5))
                        as u (section, relation, relation_column)) n
             where n.relation is not null
               and not (pg_catalog.has_column_privilege(n.relation, n.relation_column, 'select')
                        and pg_catalog.has_schema_privilege((select c.relnamespace from pg_catalog.pg_class c where c.oid = n.relation), 'usage'))) as _unread,
       array(select u.section
             from rows from (pg_catalog.unnest($3), pg_catalog.unnest($4)) as u (section, relation)
             where pg_catalog.to_regclass(u.relation) is null) as _absent,
       case when $1 = now.snapshot and not now.recovery or $2 = now.counters then null
            else (select pg_catalog.string_agg(pg_catalog.format('%s:%s:%s:%s', f.catalog, f.rows, f.counted, coalesce(f.ages, 0)), ','
                              order by f.catalog collate "C")
from (
      select 'pg_aggregate' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_aggregate x
      union all
      select 'pg_am' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_am x
      union all
      select 'pg_amop' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_amop x
      union all
      select 'pg_amproc' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_amproc x
      union all
      select 'pg_attrdef' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_attrdef x
      where x.adrelid <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_attribute' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_attribute x
      where x.attrelid <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_auth_members' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_auth_members x
      union all
      select 'pg_cast' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_cast x
      union all
      select 'pg_class' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_class x
      where x.relpersistence <> 't'
      union all
      select 'pg_collation' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_collation x
      union all
      select 'pg_constraint' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_constraint x
      where x.connamespace <> all ((select t.schemas from temporary t)::oid[])
      union all
      select 'pg_conversion' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_conversion x
      union all
      select 'pg_database' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_database x
      where x.datname = pg_catalog.current_database()
      union all
      select 'pg_db_role_setting' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_db_role_setting x
      union all
      select 'pg_default_acl' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_default_acl x
      union all
      select 'pg_depend' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_depend x
      where (x.deptype in ('e', 'x') or x.classid = 1259 and x.deptype in ('a', 'i'))
        and (x.classid <> 1259 or x.objid <> all ((select t.relations from temporary t)::oid[]))
      union all
      select 'pg_description' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_description x
      where x.classoid <> 1259 or x.objoid <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_enum' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_enum x
      union all
      select 'pg_event_trigger' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_event_trigger x
      union all
      select 'pg_extension' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_extension x
      union all
      select 'pg_foreign_data_wrapper' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_foreign_data_wrapper x
      union all
      select 'pg_foreign_server' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_foreign_server x
      union all
      select 'pg_foreign_table' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_foreign_table x
      union all
      select 'pg_index' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_index x
      where x.indrelid <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_inherits' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_inherits x
      where x.inhrelid <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_init_privs' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_init_privs x
      union all
      select 'pg_language' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_language x
      union all
      select 'pg_namespace' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_namespace x
      where x.nspname !~ '^pg_(toast_)?temp_'
      union all
      select 'pg_opclass' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_opclass x
      union all
      select 'pg_operator' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_operator x
      union all
      select 'pg_opfamily' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_opfamily x
      union all
      select 'pg_partitioned_table' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_partitioned_table x
      where x.partrelid <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_policy' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_policy x
      where x.polrelid <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_proc' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_proc x
      where x.pronamespace <> all ((select t.schemas from temporary t)::oid[])
      union all
      select 'pg_publication' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_publication x
      union all
      select 'pg_publication_rel' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_publication_rel x
      union all
      select 'pg_range' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_range x
      union all
      select 'pg_rewrite' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_rewrite x
      where x.ev_class <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_seclabel' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_seclabel x
      union all
      select 'pg_sequence' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_sequence x
      where x.seqrelid <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_shdescription' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_shdescription x
      union all
      select 'pg_shseclabel' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_shseclabel x
      union all
      select 'pg_statistic_ext' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_statistic_ext x
      where x.stxrelid <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_tablespace' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_tablespace x
      union all
      select 'pg_transform' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_transform x
      union all
      select 'pg_trigger' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_trigger x
      where x.tgrelid <> all ((select t.relations from temporary t)::oid[])
      union all
      select 'pg_ts_config' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_ts_config x
      union all
      select 'pg_ts_config_map' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_ts_config_map x
      union all
      select 'pg_ts_dict' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_ts_dict x
      union all
      select 'pg_ts_parser' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_ts_parser x
      union all
      select 'pg_ts_template' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_ts_template x
      union all
      select 'pg_type' as catalog, count(*) as rows, count(nullif(pg_catalog.age(x.xmin), 2147483647)) as counted,
             sum(nullif(pg_catalog.age(x.xmin), 2147483647)) as ages
      from pg_catalog.pg_type x
      where x.typnamespace <> all ((select t.schemas from temporary t)::oid[])
      union all
      select 'pg_roles', count(*), 0, sum(pg_catalog.hashtext(x::text)) from pg_catalog.pg_roles x
      union all
      select 'pg_user_mappings', count(*), 0, sum(pg_catalog.hashtext(x::text)) from pg_catalog.pg_user_mappings x
      union all
      select 'pg_subscription', pg_catalog.split_part(t.state, ':', 1)::int8, 0, pg_catalog.split_part(t.state, ':', 2)::int8
      from (select pg_catalog.substring(pg_catalog.query_to_xml(pg_catalog.format(
                'select pg_catalog.concat_ws('':'', count(*), coalesce(sum(pg_catalog.hashtext(row(%s)::text)), 0)) as t
                 from pg_catalog.pg_subscription x',
                (select pg_catalog.string_agg(pg_catalog.format('x.%I', a.attname), ', ' order by a.attnum)
                 from pg_catalog.pg_attribute a
                 where a.attrelid = 'pg_catalog.pg_subscription'::regclass
                   and a.attnum > 0
                   and not a.attisdropped
                   and pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'select'))), false, true, '')::text,
                '<t>(.*)</t>') as state) t
      union all
      select c.relname::text, pg_catalog.split_part(t.state, ':', 1)::int8, pg_catalog.split_part(t.state, ':', 2)::int8,
             pg_catalog.split_part(t.state, ':', 3)::int8
      from pg_catalog.pg_class c
      cross join lateral (
          select pg_catalog.substring(pg_catalog.query_to_xml(pg_catalog.format(
              'select pg_catalog.concat_ws('':'', count(*), count(nullif(pg_catalog.age(x.xmin), 2147483647)),
                      coalesce(sum(nullif(pg_catalog.age(x.xmin), 2147483647)), 0)) as t
               from pg_catalog.%I x', c.relname), false, true, '')::text, '<t>(.*)</t>') as state
          offset 0) t
      where c.relnamespace = 11
        and c.relkind = 'r'
        and c.oid < 16384
        and pg_catalog.has_table_privilege(c.oid, 'select')
        and c.relname <> all (array['pg_aggregate', 'pg_am', 'pg_amop', 'pg_amproc', 'pg_attrdef',
                                    'pg_attribute', 'pg_auth_members', 'pg_authid', 'pg_cast',
                                    'pg_class', 'pg_collation', 'pg_constraint', 'pg_conversion',
                                    'pg_database', 'pg_db_role_setting', 'pg_default_acl', 'pg_depend',
                                    'pg_description', 'pg_enum', 'pg_event_trigger', 'pg_extension',
                                    'pg_foreign_data_wrapper', 'pg_foreign_server', 'pg_foreign_table',
                                    'pg_index', 'pg_inherits', 'pg_init_privs', 'pg_language',
                                    'pg_largeobject', 'pg_largeobject_metadata', 'pg_namespace',
                                    'pg_opclass', 'pg_operator', 'pg_opfamily', 'pg_partitioned_table',
                                    'pg_policy', 'pg_proc', 'pg_publication', 'pg_publication_rel',
                                    'pg_range', 'pg_replication_origin', 'pg_rewrite', 'pg_seclabel',
                                    'pg_sequence', 'pg_shdepend', 'pg_shdescription', 'pg_shseclabel',
                                    'pg_statistic', 'pg_statistic_ext', 'pg_statistic_ext_data',
                                    'pg_subscription', 'pg_subscription_rel', 'pg_tablespace', 'pg_transform',
                                    'pg_trigger', 'pg_ts_config', 'pg_ts_config_map', 'pg_ts_dict',
                                    'pg_ts_parser', 'pg_ts_template', 'pg_type', 'pg_user_mapping'])
) f) end as _fingerprint
from pg_catalog.pg_database b
cross join now
where b.datname = pg_catalog.current_database()
