-- Tablespaces that are not the server's own. Where they lie is a matter of the host.
select t.oid as _oid,
       least(pg_catalog.age(t.xmin), pg_catalog.age(d.xmin)) as _age,
       pg_catalog.quote_ident(t.spcname) as id,
       t.spcname::text as name,
       t.spcoptions as options,
       t.spcacl as _acl,
       pg_catalog.pg_get_userbyid(t.spcowner)::text as _owner,
       d.description as comment
from pg_catalog.pg_tablespace t
left join pg_catalog.pg_shdescription d
    on d.classoid = 'pg_catalog.pg_tablespace'::regclass and d.objoid = t.oid
where t.oid >= 16384
order by pg_catalog.quote_ident(t.spcname) collate "C"
