-- Operator classes of the schemas in $1. Not covered: members of extensions.
select c.oid as _oid,
       least(pg_catalog.age(c.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I USING %I', n.nspname, c.opcname, m.amname) as id,
       n.nspname::text as schema,
       c.opcname::text as name,
       m.amname::text as method,
       (select pg_catalog.format('%I.%I', fn.nspname, f.opfname)
        from pg_catalog.pg_opfamily f
        join pg_catalog.pg_namespace fn on fn.oid = f.opfnamespace
        where f.oid = c.opcfamily) as family,
       pg_catalog.format_type(c.opcintype, null) as type,
       c.opcdefault as is_default,
       case when c.opckeytype <> 0 then pg_catalog.format_type(c.opckeytype, null) end as storage,
       array(select pg_catalog.format('OPERATOR %s %s', o.amopstrategy, o.amopopr::regoperator)
                    || case when o.amopsortfamily <> 0
                            then (select pg_catalog.format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
                                  from pg_catalog.pg_opfamily s
                                  join pg_catalog.pg_namespace sn on sn.oid = s.opfnamespace
                                  where s.oid = o.amopsortfamily) else '' end
             from pg_catalog.pg_depend x
             join pg_catalog.pg_amop o on o.oid = x.objid
             where x.classid = 'pg_catalog.pg_amop'::regclass and x.refobjid = c.oid
               and x.refclassid = 'pg_catalog.pg_opclass'::regclass and x.deptype = 'i'
             order by o.amopstrategy, o.amopopr::regoperator::text collate "C") as operators,
       array(select pg_catalog.format('FUNCTION %s (%s, %s) %s', p.amprocnum,
                                      pg_catalog.format_type(p.amproclefttype, null),
                                      pg_catalog.format_type(p.amprocrighttype, null), p.amproc::regprocedure)
             from pg_catalog.pg_depend x
             join pg_catalog.pg_amproc p on p.oid = x.objid
             where x.classid = 'pg_catalog.pg_amproc'::regclass and x.refobjid = c.oid
               and x.refclassid = 'pg_catalog.pg_opclass'::regclass and x.deptype = 'i'
             order by p.amprocnum, pg_catalog.format_type(p.amproclefttype, null) collate "C",
                      pg_catalog.format_type(p.amprocrighttype, null) collate "C") as functions,
       pg_catalog.pg_get_userbyid(c.opcowner)::text as _owner,
       d.description as comment
from pg_catalog.pg_opclass c
join pg_catalog.pg_namespace n on n.oid = c.opcnamespace
join pg_catalog.pg_am m on m.oid = c.opcmethod
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_opclass'::regclass and d.objoid = c.oid and d.objsubid = 0
where n.nspname = any ($1)
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_opclass'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I USING %I', n.nspname, c.opcname, m.amname) collate "C"
