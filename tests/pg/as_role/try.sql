-- What each role can do, by trying it: a line "role|object|what|column" for all that comes off, where something was
-- read, inserted, changed or deleted. Everything is undone.
\set QUIET on
create temporary table came_off (role text, object text, what text, part text);
do $$
declare
    attempt record;
    affected bigint;
begin
    for attempt in
        with role as (select rolname as name from pg_roles where rolname ~ '^r[0-9]'),
             relation as (select c.oid, format('%I.%I', n.nspname, c.relname) as id, c.relkind
                          from pg_class c join pg_namespace n on n.oid = c.relnamespace
                          where n.nspname in ('public', 's1', 's2') and c.relkind in ('r', 'v', 'm')),
             part as (select r.id, r.relkind, a.attname as name,
                             case when a.atttypid = 'int'::regtype then '7' else '''seven''' end as value
                      from relation r join pg_attribute a on a.attrelid = r.oid
                      where a.attnum > 0 and not a.attisdropped)
        select role.name as role, p.id as object, s.what, p.name as part, s.statement
        from role, part p, lateral (values
            ('select', format('select count(%I) from %s having count(%I) > 0', p.name, p.id, p.name)),
            ('insert', format('insert into %s (%I) values (%s)', p.id, p.name, p.value)),
            ('update', format('update %s set %I = %s', p.id, p.name, p.value))) s (what, statement)
        union all
        select role.name, r.id, 'delete', '', format('delete from %s', r.id)
        from role, relation r
        union all
        -- A right on a column that takes no value is one to leave it to its default.
        select role.name, r.id, 'default', '', format('insert into %s default values', r.id)
        from role, relation r
        where r.relkind = 'r'
        union all
        select role.name, p.id, 'default', p.name, format('update %s set %I = default', p.id, p.name)
        from role, part p
        where p.relkind = 'r'
        union all
        select role.name, format('%I.%I', n.nspname, p.proname), 'call', pg_get_function_identity_arguments(p.oid),
               format('select %I.%I(%s)', n.nspname, p.proname,
                      (select string_agg('null::' || format_type(t, null), ', ')
                       from unnest(p.proargtypes) t))
        from role, pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in ('public', 's1', 's2')
    loop
        begin
            execute format('set local role %I', attempt.role);
            execute attempt.statement;
            get diagnostics affected = row_count;
            raise exception using errcode = case when affected > 0 then 'UYES0' else 'UNO00' end;
        exception
            when sqlstate 'UYES0' then
                insert into came_off values (attempt.role, attempt.object, attempt.what, attempt.part);
            -- Nothing to do, not permitted, never written, no such way to write.
            when sqlstate 'UNO00' or insufficient_privilege or generated_always
                 or object_not_in_prerequisite_state or feature_not_supported or wrong_object_type then
                null;
            when others then
                -- A server of before 14 calls it an error of syntax to write what is generated.
                continue when sqlerrm like 'cannot insert into column %' or sqlerrm like 'column % can only be updated to DEFAULT';
                insert into came_off values (attempt.role, attempt.object, 'FAILED ' || attempt.statement, sqlerrm);
        end;
    end loop;
end $$;
select role || '|' || object || '|' || what || '|' || part from came_off;
