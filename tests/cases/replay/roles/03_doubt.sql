-- From here on any role may be there.
do $$ begin
    if exists (select from pg_settings where name = 'unheard_of') then create role maybe; end if;
end $$;
grant select on t to maybe;
