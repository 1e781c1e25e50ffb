-- Files of this folder whose kinds of object this database has none of: they need not be run. An object that
-- initdb did not make has an oid of 16384 or more. exported: where there is much to read, what lets another
-- session see what this one sees. vast: even for a part of it that is worth while. $1 are sections, each with the
-- relation in $2 and its column in $3 that reading it takes: unread are those that this role may not read, absent
-- those that this database has not.
select array_remove(array[
    case when not exists (select from pg_catalog.pg_extension x where x.oid >= 16384) then 'extensions.sql' end,
    case when not exists (select from pg_catalog.pg_extension x where x.oid >= 16384) then 'members.sql' end,
    case when not t.enums then 'enums.sql' end,
    case when not t.domains then 'domains.sql' end,
    case when not exists (select from pg_catalog.pg_constraint x where x.contypid >= 16384)
         then 'domain_constraints.sql' end,
    case when not c.composites then 'composites.sql' end,
    case when not c.composites then 'attributes.sql' end,
    case when not exists (select from pg_catalog.pg_range x where x.rngtypid >= 16384) then 'ranges.sql' end,
    case when not t.base_types then 'base_types.sql' end,
    case when not exists (select from pg_catalog.pg_collation x where x.oid >= 16384) then 'collations.sql' end,
    case when not exists (select from pg_catalog.pg_collation x where x.oid >= 16384) then 'warnings.sql' end,
    case when not exists (select from pg_catalog.pg_policy x) then 'policies.sql' end,
    case when not exists (select from pg_catalog.pg_trigger x) then 'triggers.sql' end,
    case when not exists (select from pg_catalog.pg_rewrite x where x.oid >= 16384 and x.rulename <> '_RETURN')
         then 'rules.sql' end,
    case when not exists (select from pg_catalog.pg_statistic_ext x) then 'statistics.sql' end,
    case when not exists (select from pg_catalog.pg_operator x where x.oid >= 16384) then 'operators.sql' end,
    case when not exists (select from pg_catalog.pg_opfamily x where x.oid >= 16384)
         then 'operator_families.sql' end,
    case when not exists (select from pg_catalog.pg_opclass x where x.oid >= 16384)
         then 'operator_classes.sql' end,
    case when not exists (select from pg_catalog.pg_cast x where x.oid >= 16384) then 'casts.sql' end,
    case when not exists (select from pg_catalog.pg_conversion x where x.oid >= 16384) then 'conversions.sql' end,
    case when not exists (select from pg_catalog.pg_ts_parser x where x.oid >= 16384)
         then 'text_search_parsers.sql' end,
    case when not exists (select from pg_catalog.pg_ts_template x where x.oid >= 16384)
         then 'text_search_templates.sql' end,
    case when not exists (select from pg_catalog.pg_ts_dict x where x.oid >= 16384)
         then 'text_search_dictionaries.sql' end,
    case when not exists (select from pg_catalog.pg_ts_config x where x.oid >= 16384)
         then 'text_search_configurations.sql' end,
    case when not exists (select from pg_catalog.pg_language x where x.oid >= 16384) then 'languages.sql' end,
    case when not exists (select from pg_catalog.pg_transform x) then 'transforms.sql' end,
    case when not exists (select from pg_catalog.pg_am x where x.oid >= 16384) then 'access_methods.sql' end,
    case when not exists (select from pg_catalog.pg_foreign_data_wrapper x)
         then 'foreign_data_wrappers.sql' end,
    case when not exists (select from pg_catalog.pg_foreign_server x) then 'servers.sql' end,
    case when not exists (select from pg_catalog.pg_foreign_server x) then 'user_mappings.sql' end,
    case when not exists (select from pg_catalog.pg_event_trigger x) then 'event_triggers.sql' end,
    case when not exists (select from pg_catalog.pg_publication x) then 'publications.sql' end,
    case when not exists (select from pg_catalog.pg_publication x) then 'publications_15.sql' end,
    case when not exists (select from pg_catalog.pg_publication_rel x) then 'publication_tables.sql' end,
    case when not exists (select from pg_catalog.pg_default_acl x) then 'default_privileges.sql' end,
    case when not exists (select from pg_catalog.pg_seclabel x)
              and not exists (select from pg_catalog.pg_shseclabel x) then 'security_labels.sql' end,
    case when not exists (select from pg_catalog.pg_tablespace x where x.oid >= 16384) then 'tablespaces.sql' end
], null) as files,
       case when pg_catalog.pg_relation_size('pg_catalog.pg_attribute'::regclass) >= 2097152
            then pg_catalog.pg_export_snapshot() end as exported,
       pg_catalog.pg_relation_size('pg_catalog.pg_attribute'::regclass) >= 16777216 as vast,
       array(select n.section
             from (select u.section, (select c.oid
                            from pg_catalog.pg_class c
                            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                            where n.nspname = pg_catalog.split_part(u.relation, '.', 1)
                              and c.relname = pg_catalog.split_part(u.relation, '.', 2)) as relation, u.relation_column
                   from rows from (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3))
                        as u (section, relation, relation_column)) n
             where n.relation is not null
               and not (pg_catalog.has_column_privilege(n.relation, n.relation_column, 'select')
                        and not pg_catalog.row_security_active(n.relation)
                        and pg_catalog.has_schema_privilege((select c.relnamespace from pg_catalog.pg_class c where c.oid = n.relation), 'usage'))) as unread,
       array(select u.section
             from rows from (pg_catalog.unnest($1), pg_catalog.unnest($2)) as u (section, relation)
             where (select c.oid
                            from pg_catalog.pg_class c
                            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                            where n.nspname = pg_catalog.split_part(u.relation, '.', 1)
                              and c.relname = pg_catalog.split_part(u.relation, '.', 2)) is null) as absent
from (select exists (select from pg_catalog.pg_class x where x.oid >= 16384 and x.relkind = 'c') as composites offset 0) c
cross join (select coalesce(pg_catalog.bool_or(x.typtype = 'd'), false) as domains,
                   coalesce(pg_catalog.bool_or(x.typtype = 'e'), false) as enums,
                   coalesce(pg_catalog.bool_or(x.typtype in ('b', 'p')), false) as base_types
            from pg_catalog.pg_type x
            where x.oid >= 16384 and (x.typtype in ('d', 'e') or x.typtype in ('b', 'p') and x.typinput <> 'pg_catalog.array_in'::regproc)) t
