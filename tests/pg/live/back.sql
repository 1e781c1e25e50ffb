-- The schema of forth.sql by another history: other order, detours, things added and dropped.
set client_min_messages = error;
set search_path = '';
create schema other;
create schema shop;
drop schema other;
-- Capitals, which not every language sorts in front.
create table shop."Zebra" (a integer);
create type shop."Zebras" as enum ('a');
create type shop."Zoo" as (a integer);
create domain shop."Zero" as integer check (value > 0);
create sequence shop."Zip";
create view shop."Zoom" as select 1 as a;
create function shop."Zap"() returns integer language sql as 'select 1';
create schema "Zoo";
create table shop.orders (id bigint primary key, item bigint, quantity integer);
create function shop.tr() returns trigger language plpgsql as 'begin return new; end';
create function shop.f(text) returns text language sql as 'select $1';
create function shop.f(integer) returns integer language sql as 'select 2';
create domain shop.price as numeric(10, 2);
alter domain shop.price add constraint small check (value < 1000);
alter domain shop.price add constraint positive check (value > 0);
create type shop.size as enum ('l');
alter type shop.size add value 's' before 'l';
alter type shop.size add value 'm' after 's';
create type shop.box as (h integer);
drop type shop.box;
create type shop.box as (w integer);
alter type shop.box add attribute h integer;
alter table shop.orders drop column quantity;
alter table shop.orders add column box shop.box;
alter table shop.orders add column quantity integer default 2;
alter table shop.orders alter column quantity set default 1;
create table shop.things (
    gone integer,
    id bigint generated always as identity,
    maker bigint,
    size shop.size default 'l',
    price shop.price,
    name text,
    made timestamptz,
    wait interval,
    ratio float8,
    bytes bytea
);
alter table shop.things drop column gone;
alter table shop.things rename to items;
alter sequence shop.things_id_seq rename to items_id_seq;
create index items_maker on shop.items (maker);
alter table shop.items alter column name type varchar(80), alter column name set not null;
alter table shop.items add constraint dear check (price < 500);
create index items_name on shop.items (lower(name));
alter table shop.items add primary key (id);
create table shop.makers (name text, id bigint generated always as identity);
drop table shop.makers;
create table shop.makers (id bigint generated always as identity, name text);
alter table shop.makers add constraint makers_name_key unique (name);
alter table shop.makers add primary key (id);
alter table shop.makers alter column name set not null;
alter table shop.items add foreign key (maker) references shop.makers (id);
alter table shop.items alter column maker set not null;
alter table shop.items alter column size set not null;
alter table shop.items alter column size set default 'm';
alter table shop.items alter column made set default '2025-01-02 03:04:05+00';
alter table shop.items alter column wait set default '1 day 2 hours';
alter table shop.items alter column ratio set default 0.1;
alter table shop.items alter column bytes set default '\x0102';
alter table shop.orders add foreign key (item) references shop.items (id);
comment on column shop.items.name is 'another';
comment on column shop.items.name is 'its name';
comment on table shop.items is 'what is sold';
comment on table shop.orders is 'forgotten';
comment on table shop.orders is null;
create trigger two before update on shop.items for each row execute function shop.tr();
create trigger one before insert on shop.items for each row execute function shop.tr();
create policy b on shop.items for insert to authenticated with check (price > 1);
create policy a on shop.items for select to authenticated using (false);
alter policy a on shop.items to authenticated, anon using (true);
alter table shop.items enable row level security;
create view shop.cheap as select id, name from shop.items where price < 6;
create or replace view shop.cheap as select id, name from shop.items where price < 5;
create or replace function shop.f(integer) returns integer language sql as 'select $1';
