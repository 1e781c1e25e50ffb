-- Tables of the platform, in the schemas of $4, that have policies, or triggers that call a function of the
-- user's: nothing else of them is the user's. Not covered: members of extensions.
select c.oid as _oid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) as id,
       n.nspname::text as schema,
       c.relname::text as name
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f', 'v')
  and c.oid = any (array(
          select d.objid
          from pg_catalog.pg_depend d
          where d.refclassid = 'pg_catalog.pg_namespace'::regclass
            and d.refobjid = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($4)))
            and d.classid = 'pg_catalog.pg_class'::regclass))
  and (exists (select from pg_catalog.pg_policy p where p.polrelid = c.oid)
       or exists (select
                  from pg_catalog.pg_trigger t
                  join pg_catalog.pg_proc f on f.oid = t.tgfoid
                  join pg_catalog.pg_namespace fn on fn.oid = f.pronamespace
                  where t.tgrelid = c.oid and not t.tgisinternal and fn.nspname <> all ($4)))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
