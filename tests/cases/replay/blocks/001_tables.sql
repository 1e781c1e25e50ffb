-- Blocks that decide by what there is, and by what they were given.
create schema app;
create table app.orders (id int primary key, state text not null, total numeric(10, 2));
create table app.items (id bigint generated always as identity, order_id int references app.orders);
create type app.color as enum ('red', 'green');
create role app_reader;
create table public.tenants (id int primary key, slug text);

do $$
begin
    if not exists (select 1 from pg_roles where rolname = 'app_writer') then
        create role app_writer nologin;
    end if;
    if exists (select from information_schema.columns
               where table_schema = 'app' and table_name = 'orders' and column_name = 'state') then
        alter table app.orders rename column state to status;
    else
        alter table app.orders add column status text;
    end if;
    if to_regclass('app.nothing') is null and to_regclass('app.orders') is not null then
        alter table app.orders add column checked boolean default false;
    elsif 1 = 1 then
        drop table app.orders cascade;
    end if;
    if not exists (select 1 from pg_enum e join pg_type t on t.oid = e.enumtypid
                   where t.typname = 'color' and e.enumlabel = 'blue') then
        alter type app.color add value 'blue';
    end if;
end
$$;

-- A list, and names made of it.
do $do$
declare
    name text;
    names constant text[] := array['north', 'south', 'East side'];
    place int := 0;
begin
    foreach name in array names loop
        place := place + 1;
        continue when name = 'south';
        execute format('create table app.%I (id int default %s, label text default %L)', 'region_' || name, place, name);
        execute 'comment on table app.' || quote_ident('region_' || name) || ' is ' || quote_literal('It''s ' || name);
    end loop;
    for i in reverse 3 .. 1 loop
        exit when i = 1;
        execute format('create table app.part_%s (like app.orders including defaults)', i);
    end loop;
    for name in select unnest(array['a', 'b']) loop
        execute format('create index %I on app.items (order_id)', 'items_' || name);
    end loop;
    while place > 1 loop
        place := place - 1;
        execute 'alter table app.items add column extra_' || place || ' int';
    end loop;
    case place
        when 1, 2 then create table app.one_or_two ();
        else create table app.others ();
    end case;
end
$do$;

-- What the catalogs list.
alter table app.orders enable row level security;
create policy first on app.orders for select using (true);
create policy second on app.orders for update using (id > 0);
create policy other on app.items using (true);
do $$
declare
    r record;
begin
    for r in select policyname, tablename from pg_policies where schemaname = 'app' and tablename = 'orders' loop
        execute format('drop policy %I on app.%I', r.policyname, r.tablename);
    end loop;
    for r in (select c.relname, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = 'app' and c.relkind = 'r' and c.relname like 'region%' order by 1) loop
        execute format('alter table %I.%I enable row level security', r.nspname, r.relname);
        execute format('grant select on %I.%I to app_reader', r.nspname, r.relname);
    end loop;
    for r in select conname, conrelid::regclass as owner from pg_constraint
             where contype = 'f' and confrelid = 'app.orders'::regclass loop
        execute 'alter table ' || r.owner || ' drop constraint ' || quote_ident(r.conname);
    end loop;
end
$$;

-- Tables that nothing filled have no rows, those that something did may have some.
do $$
declare
    t record;
    n int;
begin
    for t in select id, slug from public.tenants loop
        execute format('create schema %I', t.slug);
    end loop;
    select count(*) into n from public.tenants;
    if n = 0 then
        alter table public.tenants add column made_at timestamptz not null default now();
    end if;
    if exists (select 1 from public.tenants where slug is null) then
        raise exception 'no slug';
    end if;
end
$$;
insert into public.tenants values (1, 'one');
do $$
begin
    if exists (select 1 from public.tenants where slug is null) then
        raise exception 'no slug';
    end if;
    update public.tenants set slug = 'two';
end
$$;
