-- Functions, procedures, aggregates and window functions of the schemas in $1, for version 14 and
-- later. body is prosrc, or the server's text of an SQL-standard body. Not covered: members of
-- extensions, the constructors that come with a range type; how an aggregate works inside; the library of a C function.
select pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
                         pg_catalog.oidvectortypes(p.proargtypes)) as id,
       n.nspname::text as schema,
       p.proname::text as name,
       case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' when 'w' then 'window'
                      else 'function' end as kind,
       pg_catalog.pg_get_function_arguments(p.oid) as arguments,
       array(select coalesce(p.proargnames[u.place], '')
             from pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]))
                  with ordinality as u (type, place)
             order by u.place) as argument_names,
       array(select pg_catalog.format_type(u.type, null)
             from pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]))
                  with ordinality as u (type, place)
             order by u.place) as argument_types,
       array(select case p.proargmodes[u.place]
                         when 'o' then 'out' when 'b' then 'inout' when 'v' then 'variadic'
                         when 't' then 'table' else 'in' end
             from pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]))
                  with ordinality as u (type, place)
             order by u.place) as argument_modes,
       nullif(p.pronargdefaults, 0) as default_count,
       pg_catalog.pg_get_function_result(p.oid) as returns,
       case when p.prokind <> 'p' then pg_catalog.format_type(p.prorettype, null) end as return_type,
       p.proretset as returns_set,
       case when p.proretset then p.prorows::int8 end as rows,
       l.lanname::text as language,
       case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end
           as volatility,
       p.proisstrict as strict,
       p.prosecdef as security_definer,
       p.proleakproof as leakproof,
       case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end
           as parallel,
       p.procost::text as cost,
       p.proconfig as config,
       case when p.prosqlbody is null then p.prosrc
            else pg_catalog.pg_get_function_sqlbody(p.oid) end as body,
       d.description as comment
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
join pg_catalog.pg_language l on l.oid = p.prolang
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_proc'::regclass and d.objoid = p.oid and d.objsubid = 0
where n.nspname = any ($1)
  and p.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_proc'::regclass
                      and (x.refclassid, x.deptype) in (('pg_catalog.pg_extension'::regclass, 'e'),
                                                        ('pg_catalog.pg_type'::regclass, 'i')))
order by pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
                           pg_catalog.oidvectortypes(p.proargtypes)) collate "C"
