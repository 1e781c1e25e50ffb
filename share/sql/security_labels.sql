-- Security labels of the objects of this database.
select pg_catalog.format('%s %s BY %I', s.objtype, s.objname, s.provider) as id,
       s.objtype as kind,
       s.objname as object,
       s.provider as provider,
       s.label as label
from pg_catalog.pg_seclabels s
order by pg_catalog.format('%s %s BY %I', s.objtype, s.objname, s.provider) collate "C"
