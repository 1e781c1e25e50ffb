-- Event triggers. Left out: members of extensions, and those whose function is in a schema that Supabase
-- makes ($4).
select e.oid as _oid,
       least(pg_catalog.age(e.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.quote_ident(e.evtname) as id,
       e.evtname::text as name,
       e.evtevent::text as event,
       e.evttags as tags,
       pg_catalog.format('%I.%I()', n.nspname, p.proname) as function,
       case e.evtenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end as firing,
       pg_catalog.pg_get_userbyid(e.evtowner)::text as _owner,
       d.description as comment
from pg_catalog.pg_event_trigger e
join pg_catalog.pg_proc p on p.oid = e.evtfoid
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_event_trigger'::regclass and d.objoid = e.oid and d.objsubid = 0
where n.nspname <> all ($4)
  and e.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_event_trigger'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.quote_ident(e.evtname) collate "C"
