-- Roles come and go.
grant select on t to early;
create role early;
grant select on t to early;
do $$ begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'guarded') then create role guarded; end if;
end $$;
do $$ begin create role caught; exception when duplicate_object then null; end $$;
grant select on t to guarded, caught;
alter role guarded rename to renamed;
grant insert on t to renamed;
grant insert on t to guarded;
revoke select on t from caught;
drop role caught;
grant insert on t to caught;
create role "Quoted Two";
grant select on t to "Quoted Two";
create role "a name so long that the server cuts it when it has read sixty-three letters";
grant select on t to "a name so long that the server cuts it when it has read sixty-three letters and more";
