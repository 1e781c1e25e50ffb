-- A table that is held, with all that the server's own functions have to look at to tell what it is.
set client_min_messages = warning;
create schema yard;
create function yard.mark() returns trigger language plpgsql as 'begin return new; end';
create table yard.door (id bigint primary key, width integer default 3 constraint wide check (width > 0), height integer);
create index door_wide on yard.door (width) where height > 2;
create trigger marks before update on yard.door for each row when (new.width > 1) execute function yard.mark();
alter table yard.door enable row level security;
create policy low on yard.door using (height < 9);
create statistics yard.door_both on width, height from yard.door;
create view yard.doors as select id, width from yard.door where height > 1;
create materialized view yard.kept as select id from yard.door;
create table yard.wall (id integer primary key, door bigint references yard.door, thick integer default 4, check (thick > 0));
create view yard.walls as select id, thick from yard.wall where thick > 2;
