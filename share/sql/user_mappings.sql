-- User mappings. Their options are secrets: only that they changed is told, and only to a role that may see
-- them (pg_user_mapping itself is for superusers; xmin is not to be had).
select m.umid as _oid,
       pg_catalog.format('%I FOR %s', m.srvname,
                         case when m.umuser = 0 then 'PUBLIC' else pg_catalog.quote_ident(m.usename) end) as id,
       m.srvname::text as server,
       case when m.umuser = 0 then 'public' else m.usename::text end as role,
       nullif(array(select u.o from pg_catalog.unnest(m.umoptions) u (o) order by u.o collate "C"), '{}') as _secret_options
from pg_catalog.pg_user_mappings m
order by pg_catalog.format('%I FOR %s', m.srvname,
                           case when m.umuser = 0 then 'PUBLIC' else pg_catalog.quote_ident(m.usename) end) collate "C"
