-- What there is to change: names as they stand in the catalogs, as one JSON document. Temporary things and those of extensions are left out.
with own as (
    select oid, nspname as name from pg_catalog.pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
), relation as (
    select c.*, own.name as schema from pg_catalog.pg_class c join own on own.oid = c.relnamespace
    where not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.classid = 1259 and d.deptype = 'e')
)
select pg_catalog.json_build_object(
'path', pg_catalog.current_schemas(false),
'schemas', (select pg_catalog.json_agg(name order by name) from own),
'relations', (select pg_catalog.json_agg(pg_catalog.json_build_object(
    'schema', c.schema, 'name', c.relname, 'kind', c.relkind, 'part', c.relispartition,
    'strategy', (select partstrat from pg_catalog.pg_partitioned_table p where p.partrelid = c.oid),
    'key', (select a.attname from pg_catalog.pg_partitioned_table p join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
            where p.partrelid = c.oid),
    'parents', (select pg_catalog.json_agg(pg_catalog.json_build_object('schema', pn.nspname, 'name', p.relname, 'kind', p.relkind) order by i.inhseqno)
                from pg_catalog.pg_inherits i join pg_catalog.pg_class p on p.oid = i.inhparent
                join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = c.oid),
    'owned', exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.classid = 1259 and d.refobjsubid > 0 and d.deptype in ('a', 'i')),
    'table', (select pg_catalog.json_build_object('schema', tn.nspname, 'name', t.relname) from pg_catalog.pg_index x
              join pg_catalog.pg_class t on t.oid = x.indrelid join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace where x.indexrelid = c.oid),
    'unique', (select x.indisunique and x.indpred is null and x.indexprs is null from pg_catalog.pg_index x where x.indexrelid = c.oid),
    'columns', (select pg_catalog.json_agg(pg_catalog.json_build_object(
            'name', a.attname, 'type', pg_catalog.format_type(a.atttypid, null), 'full', pg_catalog.format_type(a.atttypid, a.atttypmod),
            'kind', t.typtype, 'category', t.typcategory, 'not_null', a.attnotnull, 'has_default', a.atthasdef,
            'generated', a.attgenerated, 'identity', a.attidentity, 'inherited', a.attinhcount > 0) order by a.attnum)
        from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    'constraints', (select pg_catalog.json_agg(pg_catalog.json_build_object('name', k.conname, 'type', k.contype, 'valid', k.convalidated,
            'inherited', k.coninhcount > 0) order by k.conname)
        from pg_catalog.pg_constraint k where k.conrelid = c.oid and k.contype <> 't'),
    'triggers', (select pg_catalog.json_agg(g.tgname order by g.tgname) from pg_catalog.pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal),
    'policies', (select pg_catalog.json_agg(p.polname order by p.polname) from pg_catalog.pg_policy p where p.polrelid = c.oid),
    'rules', (select pg_catalog.json_agg(r.rulename order by r.rulename) from pg_catalog.pg_rewrite r
              where r.ev_class = c.oid and r.rulename <> '_RETURN')) order by c.schema, c.relname) from relation c where c.relkind <> 't'),
'types', (select pg_catalog.json_agg(pg_catalog.json_build_object('schema', own.name, 'name', t.typname, 'kind', t.typtype,
        'base', pg_catalog.format_type(t.typbasetype, null), 'category', t.typcategory,
        'labels', (select pg_catalog.json_agg(e.enumlabel order by e.enumsortorder) from pg_catalog.pg_enum e where e.enumtypid = t.oid),
        'attributes', (select pg_catalog.json_agg(a.attname order by a.attnum) from pg_catalog.pg_attribute a
                       where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
        'constraints', (select pg_catalog.json_agg(k.conname order by k.conname) from pg_catalog.pg_constraint k where k.contypid = t.oid))
        order by own.name, t.typname)
    from pg_catalog.pg_type t join own on own.oid = t.typnamespace
    where t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and exists (select from pg_catalog.pg_class c where c.oid = t.typrelid and c.relkind = 'c')),
'routines', (select pg_catalog.json_agg(pg_catalog.json_build_object('schema', own.name, 'name', p.proname, 'kind', p.prokind,
        'args', pg_catalog.oidvectortypes(p.proargtypes), 'returns', pg_catalog.format_type(p.prorettype, null), 'set', p.proretset)
        order by own.name, p.proname, pg_catalog.oidvectortypes(p.proargtypes))
    from pg_catalog.pg_proc p join own on own.oid = p.pronamespace),
'operators', (select pg_catalog.json_agg(pg_catalog.json_build_object('schema', own.name, 'name', o.oprname,
        'left', pg_catalog.format_type(nullif(o.oprleft, 0), null), 'right', pg_catalog.format_type(o.oprright, null)) order by own.name, o.oprname)
    from pg_catalog.pg_operator o join own on own.oid = o.oprnamespace),
'casts', (select pg_catalog.json_agg(pg_catalog.json_build_object('source', pg_catalog.format_type(castsource, null),
        'target', pg_catalog.format_type(casttarget, null)) order by oid) from pg_catalog.pg_cast where oid >= 16384),
'collations', (select pg_catalog.json_agg(pg_catalog.json_build_object('schema', own.name, 'name', c.collname) order by own.name, c.collname)
    from pg_catalog.pg_collation c join own on own.oid = c.collnamespace),
'statistics', (select pg_catalog.json_agg(pg_catalog.json_build_object('schema', own.name, 'name', s.stxname) order by own.name, s.stxname)
    from pg_catalog.pg_statistic_ext s join own on own.oid = s.stxnamespace),
'dictionaries', (select pg_catalog.json_agg(pg_catalog.json_build_object('schema', own.name, 'name', d.dictname) order by own.name, d.dictname)
    from pg_catalog.pg_ts_dict d join own on own.oid = d.dictnamespace),
'configurations', (select pg_catalog.json_agg(pg_catalog.json_build_object('schema', own.name, 'name', d.cfgname) order by own.name, d.cfgname)
    from pg_catalog.pg_ts_config d join own on own.oid = d.cfgnamespace),
'publications', (select pg_catalog.json_agg(pubname order by pubname) from pg_catalog.pg_publication),
'event_triggers', (select pg_catalog.json_agg(evtname order by evtname) from pg_catalog.pg_event_trigger)
)
