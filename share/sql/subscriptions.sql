-- Subscriptions of this database. The connection is a secret and for superusers only (secrets.sql), as is
-- xmin.
select s.oid as _oid,
       pg_catalog.quote_ident(s.subname) as id,
       s.subname::text as name,
       s.subenabled as enabled,
       s.subslotname::text as slot,
       s.subsynccommit as synchronous_commit,
       s.subpublications as publications,
       s.subbinary as binary,
       case s.substream when 't' then 'on' when 'true' then 'on' when 'p' then 'parallel' end as streaming,
       s.subtwophasestate in ('p', 'e') as two_phase,
       s.subdisableonerr as disable_on_error,
       nullif(nullif(s.suborigin, 'any'), '') as origin,
       s.subfailover as failover,
       s.subrunasowner as run_as_owner,
       not s.subpasswordrequired as password_not_required,
       pg_catalog.pg_get_userbyid(s.subowner)::text as _owner,
       d.description as comment
from (select false as subbinary,
              ''::text as substream,
              ''::text as subtwophasestate,
              false as subdisableonerr,
              ''::text as suborigin,
              false as subfailover,
              false as subrunasowner,
              true as subpasswordrequired) older
cross join lateral (select s.oid, s.subname, s.subenabled, s.subslotname, s.subsynccommit, s.subpublications,
                           s.subowner, subbinary, substream::text as substream,
                           subtwophasestate::text as subtwophasestate, subdisableonerr, suborigin::text as suborigin,
                           subfailover, subrunasowner, subpasswordrequired
                    from pg_catalog.pg_subscription s
                    where s.subdbid = (select b.oid
                                       from pg_catalog.pg_database b
                                       where b.datname = pg_catalog.current_database())) s
left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_subscription'::regclass and d.objoid = s.oid and d.objsubid = 0
order by pg_catalog.quote_ident(s.subname) collate "C"
