-- Row security policies of the tables of the schemas in $1.
select pg_catalog.format('%I.%I', n.nspname, c.relname) as parent,
       p.polname::text as name,
       case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                     when 'd' then 'delete' else 'all' end as command,
       not p.polpermissive as restrictive,
       case when p.polroles = '{0}' then array['public']
            else array(select r.rolname::text
                       from pg_catalog.pg_roles r
                       where r.oid = any (p.polroles)
                       order by r.rolname) end as roles,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using,
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check,
       d.description as comment
from pg_catalog.pg_policy p
join pg_catalog.pg_class c on c.oid = p.polrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_policy'::regclass and d.objoid = p.oid and d.objsubid = 0
where n.nspname = any ($1)
  and c.relkind in ('r', 'p', 'f')
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C", p.polname
