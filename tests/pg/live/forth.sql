-- A schema made in one way; back.sql makes the same in another.
set client_min_messages = error;
create schema shop;
create type shop.size as enum ('s', 'm', 'l');
create type shop.box as (w integer, h integer);
create domain shop.price as numeric(10, 2) constraint positive check (value > 0) constraint small check (value < 1000);
create table shop.makers (id bigint generated always as identity primary key, name text not null unique);
create table shop.items (
    id bigint generated always as identity primary key,
    maker bigint not null references shop.makers (id),
    size shop.size not null default 'm',
    price shop.price,
    name character varying(80) not null,
    made timestamp with time zone default '2025-01-02 03:04:05+00',
    wait interval default '1 day 2 hours',
    ratio double precision default 0.1,
    bytes bytea default '\x0102',
    constraint dear check (price < 500)
);
create table shop.orders (id bigint primary key, item bigint references shop.items (id), box shop.box, quantity integer default 1);
create index items_name on shop.items (lower(name));
create index items_maker on shop.items (maker);
create function shop.f(integer) returns integer language sql as 'select $1';
create function shop.f(text) returns text language sql as 'select $1';
create function shop.tr() returns trigger language plpgsql as 'begin return new; end';
create view shop.cheap as select id, name from shop.items where price < 5;
alter table shop.items enable row level security;
create policy a on shop.items for select to anon, authenticated using (true);
create policy b on shop.items for insert to authenticated with check (price > 1);
create trigger one before insert on shop.items for each row execute function shop.tr();
create trigger two before update on shop.items for each row execute function shop.tr();
comment on table shop.items is 'what is sold';
comment on column shop.items.name is 'its name';
-- Capitals, which not every language sorts in front.
create table shop."Zebra" (a integer);
create type shop."Zebras" as enum ('a');
create type shop."Zoo" as (a integer);
create domain shop."Zero" as integer check (value > 0);
create sequence shop."Zip";
create view shop."Zoom" as select 1 as a;
create function shop."Zap"() returns integer language sql as 'select 1';
create schema "Zoo";
