-- Views and materialized views of the schemas in $1 (only those in $2 unless it is null). insertable and
-- updatable say what pg_relation_is_updatable does, triggers and rules counted. Not deparsed where it is in
-- $3, which has every view that reads a locked table. Not covered: whether a materialized view is
-- populated (data), members of extensions.
select c.oid as _oid,
       least(pg_catalog.age(c.xmin), pg_catalog.age(r.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I', n.nspname, c.relname) as id,
       n.nspname::text as schema,
       c.relname::text as name,
       c.relkind = 'm' as materialized,
       case when c.oid <> all ($3) then pg_catalog.pg_get_viewdef(c.oid) end as definition,
       c.reloptions as options,
       u.events & 8 = 8 as insertable,
       u.events & 4 = 4 as updatable,
       (select am.amname::text
        from pg_catalog.pg_am am
        where am.oid = c.relam and am.amname <> 'heap') as access_method,
       (select s.spcname::text from pg_catalog.pg_tablespace s where s.oid = c.reltablespace) as tablespace,
       k.relname::text as cluster_on,
       pg_catalog.pg_get_userbyid(c.relowner)::text as _owner,
       c.relacl as _acl,
       case when c.oid = any ($3)
            then case c.relkind when 'm' then array['definition']
                      else array['definition', 'insertable', 'updatable'] end end as inexact,
       d.description as comment
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
left join (pg_catalog.pg_index ki join pg_catalog.pg_class k on k.oid = ki.indexrelid)
    on ki.indrelid = c.oid and ki.indisclustered
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
left join lateral (select pg_catalog.pg_relation_is_updatable(c.oid, true) as events
                   where c.relkind = 'v' and c.oid <> all ($3)
                   offset 0) u on true
where c.relkind in ('v', 'm')
  and c.relpersistence <> 't'
  and n.nspname = any ($1)
  and ($2 is null or c.oid = any ($2))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
