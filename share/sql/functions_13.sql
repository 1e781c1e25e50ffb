-- Functions, procedures, aggregates and window functions of the schemas in $1, for version 13, which
-- has no SQL-standard bodies. Not covered: members of extensions, the constructors that come with a range
-- type. A procedure says IN as later versions do.
select p.oid as _oid,
       least(pg_catalog.age(p.xmin), pg_catalog.age(a.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
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
       nullif(p.prosupport, 0)::regproc::text as support,
       array(select pg_catalog.format_type(u.type, null)
             from pg_catalog.unnest(p.protrftypes) with ordinality as u (type, place)
             order by u.place) as transforms,
       p.probin as library,
       nullif(a.aggkind, 'n')::text as aggregate_kind,
       nullif(a.aggnumdirectargs, 0) as aggregate_direct_arguments,
       nullif(a.aggtransfn, 0)::regproc::text as aggregate_transition,
       nullif(a.aggfinalfn, 0)::regproc::text as aggregate_final,
       nullif(a.aggcombinefn, 0)::regproc::text as aggregate_combine,
       nullif(a.aggserialfn, 0)::regproc::text as aggregate_serialize,
       nullif(a.aggdeserialfn, 0)::regproc::text as aggregate_deserialize,
       nullif(a.aggmtransfn, 0)::regproc::text as aggregate_moving_transition,
       nullif(a.aggminvtransfn, 0)::regproc::text as aggregate_moving_inverse,
       nullif(a.aggmfinalfn, 0)::regproc::text as aggregate_moving_final,
       a.aggfinalextra as aggregate_final_extra,
       a.aggmfinalextra as aggregate_moving_final_extra,
       a.aggfinalmodify::text as aggregate_final_modify,
       a.aggmfinalmodify::text as aggregate_moving_final_modify,
       nullif(a.aggsortop, 0)::regoperator::text as aggregate_sort_operator,
       case when a.aggtranstype <> 0 then pg_catalog.format_type(a.aggtranstype, null) end as aggregate_state,
       nullif(a.aggtransspace, 0) as aggregate_state_size,
       case when a.aggmtranstype <> 0 then pg_catalog.format_type(a.aggmtranstype, null) end
           as aggregate_moving_state,
       nullif(a.aggmtransspace, 0) as aggregate_moving_state_size,
       a.agginitval as aggregate_initial,
       a.aggminitval as aggregate_moving_initial,
       pg_catalog.pg_get_userbyid(p.proowner)::text as _owner,
       p.proacl as _acl,
       p.prosrc as body,
       d.description as comment
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
join pg_catalog.pg_language l on l.oid = p.prolang
left join pg_catalog.pg_aggregate a on a.aggfnoid = p.oid
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
