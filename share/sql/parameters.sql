-- Rights to set configuration parameters, of version 15 and later.
select p.oid as _oid,
       pg_catalog.age(p.xmin) as _age,
       p.parname as id,
       p.parname as name,
       p.paracl as _acl,
       pg_catalog.pg_get_userbyid(10)::text as _owner,
       true as _owner_built_in
from pg_catalog.pg_parameter_acl p
order by p.parname collate "C"
