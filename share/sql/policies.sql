-- Row security policies of the tables of the schemas in $1 (only of those in $2 unless it is null), and of the
-- platform's in the schemas of $4, for they are the user's. Not deparsed where $3 has the table.
select p.polrelid as _parent,
       p.oid as _oid,
       least(pg_catalog.age(p.xmin), pg_catalog.age(d.xmin)) as _age,
       p.polname::text as name,
       case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                     when 'd' then 'delete' else 'all' end as command,
       not p.polpermissive as restrictive,
       case when p.polroles = '{0}' then array['public']
            else array(select r.rolname::text
                       from pg_catalog.pg_roles r
                       where r.oid = any (p.polroles)
                       order by r.rolname) end as roles,
       case when p.polrelid <> all ($3) then pg_catalog.pg_get_expr(p.polqual, p.polrelid) end as using,
       case when p.polrelid <> all ($3) then pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) end as check,
       case when p.polrelid = any ($3)
            then array_remove(array[case when p.polwithcheck is not null then 'check' end,
                                    case when p.polqual is not null then 'using' end], null) end as inexact,
       d.description as comment
from pg_catalog.pg_policy p
join pg_catalog.pg_class c on c.oid = p.polrelid
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_policy'::regclass and d.objoid = p.oid and d.objsubid = 0
where ($2 is null
       or p.polrelid = any (array(
              select u.oid from pg_catalog.unnest($2) u (oid)
              union all
              select d.objid
              from pg_catalog.pg_depend d
              where d.refclassid = 'pg_catalog.pg_namespace'::regclass
                and d.refobjid = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($4)))
                and d.classid = 'pg_catalog.pg_class'::regclass)))
  and (c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
       or c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($4))))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by p.polrelid, p.polname
