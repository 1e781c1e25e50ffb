# What leaves the schema as it is. The format is that of properties/changes.sql, the schema properties/base.sql.
# After "--= unchanged" nothing may be read again; after the others it may, to find no change.

-- nothing at all
--= unchanged
select 1;

-- INSERT, UPDATE, DELETE
--= unchanged
insert into harbour.ship (name, draught) select 'x' || n, n from generate_series(1, 200) n;
update harbour.ship set name = 'y' where draught > 100;
delete from harbour.ship where draught > 150;

-- COPY
--= unchanged
copy harbour.thing (id) from program 'seq 10';

-- nextval, setval
--= unchanged
select nextval('harbour.ticket'), setval('harbour.spare', 100);

-- ANALYZE
--= unchanged
analyze harbour.ship;

-- ANALYZE of all
analyze;

-- VACUUM
vacuum harbour.ship;

-- VACUUM FREEZE
vacuum freeze harbour.ship;

-- VACUUM of catalogs
vacuum pg_catalog.pg_class;
vacuum pg_catalog.pg_attribute;

-- VACUUM FREEZE of all
vacuum freeze;

-- VACUUM FULL
vacuum full harbour.ship;

-- VACUUM FULL of a catalog
vacuum full pg_catalog.pg_description;

-- CLUSTER
cluster harbour.slot using slot_n;
alter table harbour.slot set without cluster;

-- REINDEX TABLE
reindex table harbour.ship;

-- REINDEX TABLE CONCURRENTLY
reindex table concurrently harbour.ship;

-- REINDEX of a catalog
reindex table pg_catalog.pg_class;

-- TRUNCATE
truncate harbour.visit;

-- TRUNCATE RESTART IDENTITY
truncate harbour.ship restart identity cascade;

-- REFRESH MATERIALIZED VIEW
refresh materialized view harbour.tally;

-- REFRESH MATERIALIZED VIEW CONCURRENTLY
refresh materialized view concurrently harbour.tally;

-- CREATE TEMPORARY TABLE
--= unchanged
create temporary table passing (id integer primary key, name text default 'x');

-- CREATE TEMPORARY VIEW, SEQUENCE, FUNCTION
create temporary view shown as select 1 as n;
create temporary sequence counted;
create function pg_temp.counted() returns integer language sql as 'select 1';

-- rolled back: CREATE
--= unchanged
begin;
create table harbour.never (id integer);
rollback;

-- rolled back: ALTER, DROP, GRANT, COMMENT
--= unchanged
begin;
alter table harbour.ship add column never integer;
drop view harbour.sight;
grant insert on harbour.thing to clerk;
comment on schema harbour is 'never';
rollback;

-- failed
do $$ begin create table harbour.never (id integer); raise division_by_zero; exception when division_by_zero then null; end $$;

-- GRANT again
grant select on harbour.ship to clerk;

-- REVOKE of what nobody has
revoke insert on harbour.ship from clerk;

-- GRANT ALL to the owner
grant all on harbour.buoy to postgres;

-- CREATE OR REPLACE FUNCTION, the same
create or replace function harbour.same(n integer) returns integer language sql immutable as 'select n';

-- CREATE OR REPLACE VIEW, the same
create or replace view harbour.sight as select id, draught from harbour.ship;

-- COMMENT, the same
comment on table harbour.ship is 'what floats';

-- SET NOT NULL again
alter table harbour.slot alter column n set not null;

-- SET DEFAULT, the same
alter table harbour.ship alter column draught set default 1;

-- ENABLE ROW LEVEL SECURITY again
alter table harbour.ship enable row level security;

-- IF NOT EXISTS, IF EXISTS
--= unchanged
create table if not exists harbour.ship (id integer);
create schema if not exists harbour;
drop table if exists harbour.never;
alter table harbour.ship add column if not exists name text;

-- a column added and dropped
alter table harbour.buoy add extra integer;
alter table harbour.buoy drop extra;

-- a table created and dropped
create table harbour.brief (id integer);
drop table harbour.brief;

-- NOT NULL dropped and set
alter table harbour.slot alter column n drop not null;
alter table harbour.slot alter column n set not null;

-- a policy dropped and made again
drop policy shallow on harbour.ship;
create policy shallow on harbour.ship for select to public using (draught > 1);

-- a role created and dropped
create role fleeting;
drop role fleeting;

-- advisory locks
--= unchanged
select pg_advisory_lock(1), pg_advisory_unlock(1);

-- LISTEN, NOTIFY
--= unchanged
listen tide;
notify tide, 'high';

-- PREPARE, DECLARE
--= unchanged
prepare p as select * from harbour.ship;
begin;
declare c cursor for select * from harbour.ship;
commit;

-- LOCK
--= unchanged
begin;
lock table harbour.ship in access exclusive mode;
commit;

-- SET, DISCARD
--= unchanged
set work_mem = '5MB';
discard all;

-- large objects
select lo_create(4711);
select lo_unlink(4711);

-- CHECKPOINT
--= unchanged
checkpoint;

-- pg_stat_reset
select pg_stat_reset();

-- another database
create database elsewhere template template0;

-- a table of another database
\connect elsewhere
create table public.there (id integer);

-- another database dropped
drop database elsewhere;
