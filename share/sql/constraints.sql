-- Constraints of the tables of the schemas in $1 (only of those in $2 unless it is null): primary key,
-- unique, foreign key, check, exclusion, and those not-null constraints of version 18 that say more than
-- not_null of the column. What a partition or child has from its parent is the parent's. A name of the
-- form that the server gives to a not-null constraint says nothing. Not covered: constraint triggers (see
-- triggers.sql). Not deparsed where $3 has the table: checks and exclusions. The definition of a key is put
-- together from _keys (source/constraint.h), which costs the server next to nothing.
select k.conrelid as _parent,
       k.oid as _oid,
       least(pg_catalog.age(k.xmin), pg_catalog.age(d.xmin), pg_catalog.age(xd.xmin)) as _age,
       k.conname::text as name,
       case k.contype when 'p' then 'primary key' when 'u' then 'unique' when 'f' then 'foreign key'
                      when 'c' then 'check' when 'n' then 'not null' else 'exclusion' end as type,
       k.conkey as columns,
       case when not k.is_key and (k.contype not in ('c', 'x') or k.conrelid <> all ($3))
            then pg_catalog.pg_get_constraintdef(k.oid) end as definition,
       case when k.is_key
            then pg_catalog.concat_ws('|',
                     case k.contype when 'p' then 'PRIMARY KEY' when 'f' then 'FOREIGN KEY'
                                    else case when i.not_distinct then 'UNIQUE NULLS NOT DISTINCT'
                                              else 'UNIQUE' end end,
                     pg_catalog.concat(case k.confmatchtype when 'f' then ' MATCH FULL' when 'p' then ' MATCH PARTIAL' end,
                                       case k.confupdtype when 'r' then ' ON UPDATE RESTRICT'
                                                          when 'c' then ' ON UPDATE CASCADE'
                                                          when 'n' then ' ON UPDATE SET NULL'
                                                          when 'd' then ' ON UPDATE SET DEFAULT' end,
                                       case k.confdeltype when 'r' then ' ON DELETE RESTRICT'
                                                          when 'c' then ' ON DELETE CASCADE'
                                                          when 'n' then ' ON DELETE SET NULL'
                                                          when 'd' then ' ON DELETE SET DEFAULT' end),
                     coalesce(pg_catalog.array_to_string(
                                  case when k.contype = 'f' then k.set_columns else i.included end, ' '), ''),
                     pg_catalog.concat(case when k.condeferrable then ' DEFERRABLE' end,
                                       case when k.condeferred then ' INITIALLY DEFERRED' end,
                                       case when not k.enforced then ' NOT ENFORCED'
                                            when not k.convalidated then ' NOT VALID' end)) end as _keys,
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
from (select null::int2[] as confdelsetcols, true as conenforced, false as conperiod,
             false as indnullsnotdistinct) older
cross join lateral (select k.xmin, k.oid, k.conname, k.contype, k.conrelid, k.conindid, k.conparentid, k.confrelid,
                           k.conkey, k.confkey, k.confmatchtype, k.confupdtype, k.confdeltype, k.condeferrable,
                           k.condeferred, k.convalidated, k.conislocal, k.connoinherit, confdelsetcols as set_columns,
                           conenforced as enforced,
                           k.contype in ('p', 'u', 'f') and not conperiod as is_key
                    from pg_catalog.pg_constraint k) k
join pg_catalog.pg_class c on c.oid = k.conrelid
left join lateral (select (i.indkey::int2[])[i.indnkeyatts:] as included, indnullsnotdistinct as not_distinct
                   from pg_catalog.pg_index i
                   where i.indexrelid = k.conindid and k.contype in ('p', 'u')
                   offset 0) i on true
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
