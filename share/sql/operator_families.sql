-- Operator families of the schemas in $1, with the operators and functions that are loose in them (those of
-- a class are the class's). Not covered: members of extensions.
select f.oid as _oid,
       least(pg_catalog.age(f.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.format('%I.%I USING %I', n.nspname, f.opfname, m.amname) as id,
       n.nspname::text as schema,
       f.opfname::text as name,
       m.amname::text as method,
       array(select pg_catalog.format('OPERATOR %s %s', o.amopstrategy, o.amopopr::regoperator)
                    || case when o.amopsortfamily <> 0
                            then (select pg_catalog.format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
                                  from pg_catalog.pg_opfamily s
                                  join pg_catalog.pg_namespace sn on sn.oid = s.opfnamespace
                                  where s.oid = o.amopsortfamily) else '' end
             from pg_catalog.pg_amop o
             where o.amopfamily = f.oid
               and not exists (select
                               from pg_catalog.pg_depend x
                               where x.classid = 'pg_catalog.pg_amop'::regclass and x.objid = o.oid
                                 and x.refclassid = 'pg_catalog.pg_opclass'::regclass and x.deptype = 'i')
             order by o.amopstrategy, o.amopopr::regoperator::text collate "C") as operators,
       array(select pg_catalog.format('FUNCTION %s (%s, %s) %s', p.amprocnum,
                                      pg_catalog.format_type(p.amproclefttype, null),
                                      pg_catalog.format_type(p.amprocrighttype, null), p.amproc::regprocedure)
             from pg_catalog.pg_amproc p
             where p.amprocfamily = f.oid
               and not exists (select
                               from pg_catalog.pg_depend x
                               where x.classid = 'pg_catalog.pg_amproc'::regclass and x.objid = p.oid
                                 and x.refclassid = 'pg_catalog.pg_opclass'::regclass and x.deptype = 'i')
             order by p.amprocnum, pg_catalog.format_type(p.amproclefttype, null) collate "C",
                      pg_catalog.format_type(p.amprocrighttype, null) collate "C") as functions,
       pg_catalog.pg_get_userbyid(f.opfowner)::text as _owner,
       d.description as comment
from pg_catalog.pg_opfamily f
join pg_catalog.pg_namespace n on n.oid = f.opfnamespace
join pg_catalog.pg_am m on m.oid = f.opfmethod
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_opfamily'::regclass and d.objoid = f.oid and d.objsubid = 0
where n.nspname = any ($1)
  and f.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_opfamily'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by pg_catalog.format('%I.%I USING %I', n.nspname, f.opfname, m.amname) collate "C"
