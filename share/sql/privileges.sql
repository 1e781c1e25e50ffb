-- Rights on what initdb or an extension made, where they differ from the ones it was made with: in
-- pg_catalog and information_schema (whose views everybody may read, which pg_init_privs does not say), of
-- the server's own languages, and of members of extensions in the schemas of $1.
select i.type || ' ' || i.identity as id,
       i.type as kind,
       i.identity as name,
       o.acl as _acl,
       b.acl as _acl_default,
       o.kind::text as _acl_kind,
       pg_catalog.pg_get_userbyid(o.owner)::text as _owner,
       true as _owner_built_in
from (select 'pg_catalog.pg_class'::regclass as classid, c.oid, 0 as subid, c.relacl as acl, c.relowner as owner,
             c.relnamespace as namespace, case c.relkind when 'S' then 's'::"char" else 'r'::"char" end as kind
      from pg_catalog.pg_class c
      where c.relkind in ('r', 'v', 'm', 'S', 'f', 'p') and c.relpersistence <> 't'
      union all
      select 'pg_catalog.pg_class'::regclass, a.attrelid, a.attnum, a.attacl, c.relowner, c.relnamespace, 'c'
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_class c on c.oid = a.attrelid
      where a.attacl is not null
        and a.attrelid < 16384
      union all
      select 'pg_catalog.pg_class'::regclass, a.attrelid, a.attnum, a.attacl, c.relowner, c.relnamespace, 'c'
      from pg_catalog.pg_depend x
      join pg_catalog.pg_class c on c.oid = x.objid
      join pg_catalog.pg_attribute a on a.attrelid = c.oid
      where x.classid = 'pg_catalog.pg_class'::regclass
        and x.refclassid = 'pg_catalog.pg_extension'::regclass
        and x.deptype = 'e'
        and x.objid >= 16384
        and a.attacl is not null
      union all
      select 'pg_catalog.pg_proc'::regclass, p.oid, 0, p.proacl, p.proowner, p.pronamespace, 'f'
      from pg_catalog.pg_proc p
      union all
      select 'pg_catalog.pg_type'::regclass, t.oid, 0, t.typacl, t.typowner, t.typnamespace, 'T'
      from pg_catalog.pg_type t
      where t.typelem = 0 and t.typrelid = 0
      union all
      select 'pg_catalog.pg_namespace'::regclass, n.oid, 0, n.nspacl, n.nspowner, n.oid, 'n'
      from pg_catalog.pg_namespace n
      where n.nspname in ('pg_catalog', 'information_schema')
      union all
      select 'pg_catalog.pg_language'::regclass, l.oid, 0, l.lanacl, l.lanowner, 11, 'l'
      from pg_catalog.pg_language l) o
left join pg_catalog.pg_init_privs p on p.classoid = o.classid and p.objoid = o.oid and p.objsubid = o.subid
cross join lateral pg_catalog.pg_identify_object(o.classid, o.oid, o.subid) i
cross join lateral (select case when p.objoid is not null then p.initprivs
                                when o.namespace = (select n.oid from pg_catalog.pg_namespace n where n.nspname = 'information_schema') and i.type in ('view', 'table')
                                     and o.kind = 'r' and i.identity !~ E'\\._'
                                then pg_catalog.acldefault('r', o.owner)
                                     || pg_catalog.makeaclitem(0, o.owner, 'SELECT', false)
                                when o.kind = 'n' and i.identity = 'information_schema'
                                then pg_catalog.acldefault('n', o.owner)
                                     || pg_catalog.makeaclitem(0, o.owner, 'USAGE', false)
                                when o.kind = 'c' then '{}'
                                else pg_catalog.acldefault(o.kind, o.owner) end as acl) b
cross join lateral (select coalesce(o.acl, case o.kind when 'c' then '{}'
                                                else pg_catalog.acldefault(o.kind, o.owner) end) as acl) h
where o.acl is distinct from p.initprivs
  and not (h.acl @> b.acl and h.acl <@ b.acl)
  and (o.acl is not null or p.initprivs is not null)
  and (o.oid < 16384 and o.namespace = any (array(select n.oid
                                                  from pg_catalog.pg_namespace n
                                                  where n.nspname in ('pg_catalog', 'information_schema')))
       or o.namespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
          and exists (select
                      from pg_catalog.pg_depend x
                      where x.classid = o.classid and x.objid = o.oid
                        and x.refclassid = 'pg_catalog.pg_extension'::regclass and x.deptype = 'e'))
order by i.type || ' ' || i.identity collate "C"
