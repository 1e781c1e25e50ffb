-- Text search configurations of the schemas in $1, with what becomes of each type of token. Not covered:
-- members of extensions.
select t.oid as _oid,
       least(pg_catalog.age(t.xmin), pg_catalog.age(d.xmin),
             (select min(pg_catalog.age(m.xmin)) from pg_catalog.pg_ts_config_map m where m.mapcfg = t.oid)) as _age,
       pg_catalog.format('%I.%I', n.nspname, t.cfgname) as id,
       n.nspname::text as schema,
       t.cfgname::text as name,
       (select pg_catalog.format('%I.%I', pn.nspname, p.prsname)
        from pg_catalog.pg_ts_parser p
        join pg_catalog.pg_namespace pn on pn.oid = p.prsnamespace
        where p.oid = t.cfgparser) as parser,
       array(select pg_catalog.format('%I WITH %s', k.alias,
                        pg_catalog.string_agg(pg_catalog.format('%I.%I', dn.nspname, i.dictname), ', '
                                              order by m.mapseqno))
             from pg_catalog.pg_ts_config_map m
             join pg_catalog.pg_ts_dict i on i.oid = m.mapdict
             join pg_catalog.pg_namespace dn on dn.oid = i.dictnamespace
             join pg_catalog.ts_token_type(t.cfgparser) k on k.tokid = m.maptokentype
             where m.mapcfg = t.oid
             group by k.alias
             order by k.alias collate "C") as mappings,
       pg_catalog.pg_get_userbyid(t.cfgowner)::text as _owner,
       d.description as comment
from pg_catalog.pg_ts_config t
join pg_catalog.pg_namespace n on n.oid = t.cfgnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_ts_config'::regclass and d.objoid = t.oid and d.objsubid = 0
where n.nspname = any ($1)
  and t.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_ts_config'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, t.cfgname) collate "C"
