-- Functions and procedures that migrations make and call.
create function public.add_stamp(what regclass, name text default 'stamp') returns void language plpgsql as $$
begin
    execute format('alter table %s add column %I timestamptz', what, name);
end
$$;
select public.add_stamp('app.items'), public.add_stamp('app.orders', 'second stamp');

create procedure app.make_log(inout name text) language plpgsql as $$
<<outer_block>>
declare
    full_name text := 'log_' || name;
begin
    <<inner_block>>
    begin
        if full_name is distinct from 'log_none' then
            execute format('create table app.%I (line text)', outer_block.full_name);
            exit inner_block;
        end if;
        create table app.never ();
    end;
    name := full_name;
end
$$;
call app.make_log('first');
call app.make_log('none');

create function pg_temp.index_it(tab text, col text) returns boolean language plpgsql as $$
begin
    if exists (select 1 from pg_indexes where schemaname = 'app' and indexname = tab || '_' || col) then
        return false;
    end if;
    execute 'create index ' || tab || '_' || col || ' on app.' || tab || ' (' || col || ')';
    return true;
end
$$;
do $$
begin
    if not pg_temp.index_it('orders', 'status') then
        raise exception 'was there';
    end if;
    perform pg_temp.index_it('orders', 'status');
    if pg_temp.index_it('orders', 'status') then
        create table app.never ();
    end if;
end
$$;

create function app.names() returns text[] language sql immutable as $$ select array['x', 'y'] $$;
create function app.twice(n text) returns text language sql as $$ select n || '_' || $1 $$;
do $$
declare
    n text;
    c cursor for select relname from pg_class where relname = 'tenants' and relnamespace = 'public'::regnamespace;
begin
    foreach n in array app.names() loop
        execute format('create sequence app.%I start %s', app.twice(n), length(n) + 6);
    end loop;
    for r in c loop
        execute format('create view app.%I as select id from public.%I', r.relname || '_view', r.relname);
    end loop;
end
$$;

-- What fails is caught.
do $$
begin
    create table app.orders ();
exception
    when duplicate_table then
        create table app.orders_again ();
end
$$;
do $$
begin
    begin
        alter table app.unknown_table add column a int;
    exception when undefined_table then
        raise notice 'none';
    end;
    begin
        create type app.color as enum ('black');
    exception when others then null;
    end;
    create table app.after_all (c app.color default 'red');
exception when undefined_column then
    drop table app.orders;
end
$$;

-- What is asked of the server itself.
do $$
declare
    n int;
begin
    if current_setting('server_version_num')::int >= 90600 then
        create table app.new_enough ();
    else
        create table app.too_old ();
    end if;
    if coalesce(current_setting('app.flavor', true), '') = '' then
        create table app.plain ();
    end if;
    execute format('alter database %I set app.flavor to ''sweet''', current_database());
    execute 'grant usage on schema app to ' || quote_ident('app_reader');
    execute 'select $1 + $2' into n using 5, 2;
    execute format('create table app.%I (n int check (n < %s))', 'up_to_' || n, n);
end
$$;

-- A trigger's function is not run by what changes no row.
create function app.on_tenant() returns trigger language plpgsql as $$
begin
    execute format('create table app.%I ()', 'tenant_' || new.id);
    return new;
end
$$;
create table app.empty (id int);
create trigger make_tables after insert on app.empty for each row execute function app.on_tenant();
update app.empty set id = 1;
delete from app.empty;
insert into app.empty select id from app.items where false;
select pg_notify('a', 'b'), set_config('app.other', '1', false);
do language plpgsql 'begin if current_setting(''app.unset'', true) is not null then drop schema app cascade; end if; end';
