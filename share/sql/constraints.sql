-- Constraints of the tables of the schemas in $1 (only of those in $2 unless it is null): primary key,
-- unique, foreign key, check, exclusion, and those not-null constraints of version 18 that say more than
-- not_null of the column. What a partition or child has from its parent is the parent's. A name of the
-- form that the server gives to a not-null constraint says nothing. Not covered: constraint triggers (see
-- triggers.sql). Not deparsed where $3 has the table: checks and exclusions.
select k.conrelid as _parent,
       k.oid as _oid,
       least(pg_catalog.age(k.xmin), pg_catalog.age(d.xmin), pg_catalog.age(xd.xmin)) as _age,
       k.conname::text as name,
       case k.contype when 'p' then 'primary key' when 'u' then 'unique' when 'f' then 'foreign key'
                      when 'c' then 'check' when 'n' then 'not null' else 'exclusion' end as type,
       k.conkey as columns,
       case when k.contype not in ('c', 'x') or k.conrelid <> all ($3)
            then pg_catalog.pg_get_constraintdef(k.oid) end as definition,
       case when k.contype = 'f' then k.confrelid end::regclass::text as references,
       k.confrelid as _references,
       k.confkey as reference_columns,
       k.condeferrable as deferrable,
       k.condeferred as initially_deferred,
       not k.convalidated as not_valid,
       k.oid = any (array(select g.tgconstraint
                          from pg_catalog.pg_trigger g
                          where g.tgisinternal and g.tgenabled <> 'O')) as disabled,
       case when k.contype in ('p', 'u', 'x') then x.reloptions end as index_options,
       case when k.contype in ('p', 'u', 'x')
            then (select s.spcname::text
                  from pg_catalog.pg_tablespace s
                  where s.oid = x.reltablespace) end as index_tablespace,
       xd.description as index_comment,
       case when k.contype in ('c', 'x') and k.conrelid = any ($3) then array['definition'] end as inexact,
       d.description as comment
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
left join pg_catalog.pg_class x on x.oid = k.conindid and (x.reloptions is not null or x.reltablespace <> 0)
left join pg_catalog.pg_description xd
    on k.contype in ('p', 'u', 'x')
   and xd.classoid = 'pg_catalog.pg_class'::regclass and xd.objoid = k.conindid and xd.objsubid = 0
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_constraint'::regclass and d.objoid = k.oid and d.objsubid = 0
where (k.contype in ('p', 'u', 'f', 'c', 'x')
       or k.contype = 'n' and (k.conname !~ '_not_null[0-9]*$' or not k.convalidated or k.connoinherit
                               or d.description is not null))
  and k.conparentid = 0
  and (k.conislocal or k.contype not in ('c', 'n'))
  and c.relkind in ('r', 'p', 'f')
  and c.relpersistence <> 't'
  and c.relnamespace = any (array(select n.oid from pg_catalog.pg_namespace n where n.nspname = any ($1)))
  and ($2 is null or c.oid = any ($2))
  and c.oid not in (select x.objid
                    from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass
                      and x.refclassid = 'pg_catalog.pg_extension'::regclass
                      and x.deptype = 'e')
order by k.conrelid, k.conname
