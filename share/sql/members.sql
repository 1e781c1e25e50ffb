-- What types are written of among the members of extensions, in the schemas in $1: functions that PostgREST can call,
-- since the arguments have names or are one body; enums, domains, composite types, tables, foreign tables, views; and
-- ranges, whose multiranges' constructors are such functions.
-- Of each what its section has of it, less what no type shows (checks, indexes, policies, rights). Defaults are told
-- only where there are no columns in them, which cannot be shown without the table. Whether a view can be written, and
-- its query where it reads a relation, is not asked where it is in $3.
with members as materialized (
    select d.classid, d.objid, coalesce(nullif(t.typrelid, 0), d.objid) as relation, e.extname::text as extension
    from pg_catalog.pg_depend d
    join pg_catalog.pg_extension e on e.oid = d.refobjid
    left join pg_catalog.pg_type t on d.classid = 'pg_catalog.pg_type'::regclass and t.oid = d.objid
    where d.refclassid = 'pg_catalog.pg_extension'::regclass and d.deptype = 'e' and e.extname <> 'plpgsql'
), scope as materialized (
    select n.oid, n.nspname::text as name from pg_catalog.pg_namespace n where n.nspname = any ($1)
), columns as (
    select m.extension, c.oid, c.relname::text as name, c.relkind, n.name as schema,
           coalesce(jsonb_agg(jsonb_build_object(
               'name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
               'not_null', a.attnotnull and c.relkind in ('r', 'p', 'f'),
               'default', case when a.attgenerated = '' then pg_catalog.pg_get_expr(e.adbin, 0) end,
               'comment', case when c.relkind in ('v', 'm') then pg_catalog.col_description(c.oid, a.attnum) end,
               'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end,
               'generated', case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end,
               'updatable', c.relkind = 'v' and c.oid <> all ($3) and pg_catalog.pg_column_is_updatable(c.oid, a.attnum, false))
               order by a.attnum) filter (where a.attnum > 0), '[]') as list
    from members m
    join pg_catalog.pg_class c on c.oid = m.relation
    join scope n on n.oid = c.relnamespace
    left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_catalog.pg_attrdef e on e.adrelid = c.oid and e.adnum = a.attnum
    where m.classid = case c.relkind when 'c' then 'pg_catalog.pg_type'::regclass else 'pg_catalog.pg_class'::regclass end
      and c.relkind in ('r', 'p', 'f', 'v', 'm', 'c')
    group by m.extension, c.oid, c.relname, c.relkind, n.name
), objects as (
    select m.extension, 'enums' as section, t.oid, n.name as schema, t.typname::text as name,
           jsonb_build_object('labels', (select jsonb_agg(l.enumlabel order by l.enumsortorder)
                                         from pg_catalog.pg_enum l where l.enumtypid = t.oid)) as more
    from members m
    join pg_catalog.pg_type t on t.oid = m.objid
    join scope n on n.oid = t.typnamespace
    where m.classid = 'pg_catalog.pg_type'::regclass and t.typtype = 'e'
    union all
    select m.extension, 'domains', t.oid, n.name, t.typname::text,
           jsonb_build_object('base_type', pg_catalog.format_type(t.typbasetype, t.typtypmod), 'not_null', t.typnotnull)
    from members m
    join pg_catalog.pg_type t on t.oid = m.objid
    join scope n on n.oid = t.typnamespace
    where m.classid = 'pg_catalog.pg_type'::regclass and t.typtype = 'd'
    union all
    select m.extension, 'ranges', t.oid, n.name, t.typname::text,
           jsonb_build_object('multirange', pg_catalog.format('%I.%I', mn.nspname, mt.typname))
    from (select 0::oid as rngmultitypid) older
    cross join lateral (select r.rngtypid, rngmultitypid from pg_catalog.pg_range r) r
    join members m on m.classid = 'pg_catalog.pg_type'::regclass and m.objid = r.rngtypid
    join pg_catalog.pg_type t on t.oid = r.rngtypid
    join scope n on n.oid = t.typnamespace
    join pg_catalog.pg_type mt on mt.oid = r.rngmultitypid
    join pg_catalog.pg_namespace mn on mn.oid = mt.typnamespace
    union all
    select c.extension, 'composites', c.oid, c.schema, c.name, jsonb_build_object('attributes', c.list)
    from columns c
    where c.relkind = 'c'
    union all
    select c.extension, case when c.relkind in ('v', 'm') then 'views' else 'tables' end, c.oid, c.schema, c.name,
           jsonb_build_object(
               'columns', c.list,
               'constraints', (select jsonb_agg(jsonb_build_object(
                                          'name', k.conname,
                                          'type', case k.contype when 'p' then 'primary key' when 'u' then 'unique' else 'foreign key' end,
                                          'columns', (select jsonb_agg(a.attname order by x.place)
                                                      from pg_catalog.unnest(k.conkey) with ordinality as x (number, place)
                                                      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.number),
                                          'references', case k.contype when 'f' then k.confrelid::regclass::text end,
                                          'reference_columns', (select jsonb_agg(a.attname order by x.place)
                                                                from pg_catalog.unnest(k.confkey) with ordinality as x (number, place)
                                                                join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.number))
                                          order by k.conname collate "C")
                               from pg_catalog.pg_constraint k
                               where k.conrelid = c.oid and k.contype in ('p', 'u', 'f') and k.conparentid = 0),
               'definition', case when c.oid <> all ($3) and exists (
                                       select
                                       from pg_catalog.pg_rewrite r
                                       join pg_catalog.pg_depend d
                                           on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
                                          and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> c.oid
                                       where r.ev_class = c.oid and c.relkind in ('v', 'm'))
                             then pg_catalog.pg_get_viewdef(c.oid) end,
               'triggers', (select jsonb_agg(jsonb_build_object('name', t.tgname, 'definition', pg_catalog.pg_get_triggerdef(t.oid))
                                             order by t.tgname collate "C")
                            from pg_catalog.pg_trigger t
                            where t.tgrelid = c.oid and c.relkind = 'v' and not t.tgisinternal and t.tgqual is null),
               'kind', case c.relkind when 'f' then 'foreign table' when 'p' then 'partitioned table' when 'r' then 'table' end,
               'materialized', c.relkind = 'm',
               'insertable', c.relkind = 'v' and c.oid <> all ($3) and pg_catalog.pg_relation_is_updatable(c.oid, true) & 8 = 8,
               'updatable', c.relkind = 'v' and c.oid <> all ($3) and pg_catalog.pg_relation_is_updatable(c.oid, true) & 4 = 4)
    from columns c
    where c.relkind <> 'c'
    union all
    select m.extension, 'functions', p.oid, n.name, p.proname::text,
           jsonb_build_object(
               'kind', 'function',
               'arguments', pg_catalog.pg_get_function_arguments(p.oid),
               'argument_names', u.names, 'argument_types', u.types, 'argument_modes', u.modes,
               'default_count', nullif(p.pronargdefaults, 0),
               'returns', pg_catalog.pg_get_function_result(p.oid),
               'return_type', pg_catalog.format_type(p.prorettype, null),
               'returns_set', p.proretset,
               'rows', case when p.proretset then p.prorows::int8 end)
    from members m
    join pg_catalog.pg_proc p on p.oid = m.objid
    join scope n on n.oid = p.pronamespace
    cross join lateral (
        select coalesce(jsonb_agg(a.name order by a.place), '[]') as names,
               coalesce(jsonb_agg(pg_catalog.format_type(a.type, null) order by a.place), '[]') as types,
               coalesce(jsonb_agg(a.mode order by a.place), '[]') as modes,
               coalesce(bool_and(a.name <> '' or a.mode in ('out', 'table') or t.typrelid <> 0
                                 or t.oid in ('json'::regtype, 'jsonb'::regtype, 'text'::regtype)), true) as callable
        from (select x.type, x.place, coalesce(p.proargnames[x.place], '') as name,
                     case p.proargmodes[x.place] when 'o' then 'out' when 'b' then 'inout' when 'v' then 'variadic'
                                                 when 't' then 'table' else 'in' end as mode
              from pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as x (type, place)) a
        join pg_catalog.pg_type t on t.oid = a.type) u
    where m.classid = 'pg_catalog.pg_proc'::regclass
      and p.prokind = 'f'
      and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
      and u.callable
)
select o.extension, o.section, o.id, o.object::text as object
from (select x.extension, x.section,
             pg_catalog.format('%I.%I', x.schema, x.name) || coalesce('(' || pg_catalog.oidvectortypes(p.proargtypes) || ')', '') as id,
             jsonb_build_object('schema', x.schema, 'name', x.name) || x.more as object
      from objects x
      left join pg_catalog.pg_proc p on x.section = 'functions' and p.oid = x.oid) o
order by o.section collate "C", o.id collate "C"
