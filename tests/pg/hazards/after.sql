-- What the statement left there. Indexes others use as soon as they are built.
insert into pg_temp.there
select c.oid, c.relkind, c.relfilenode
from pg_catalog.pg_class c
join pg_catalog.pg_index i on i.indexrelid = c.oid
where i.indrelid in (select relation from pg_temp.there)
  and c.oid not in (select relation from pg_temp.there);
update pg_temp.there set file = c.relfilenode
from pg_catalog.pg_class c where c.oid = there.relation;
