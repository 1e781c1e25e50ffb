# One property of base.sql each, and all the changes that schema-diff must find for it: no more, no less.
#
#   -- NAME                  with (15+), (-14) or (14-16) at its end: only on servers of these versions
#   --= OP KIND ID: FIELDS   a change, one a line; after [15+] only on these versions; fields as sorted, with
#                            commas; of what is added, removed or replaced as it was, none
#   --= nothing              what is no change
#   --< SQL                  takes the change back: what the whole cluster shares
#   the statements
#
# :database is the database's own name, :yard the name of a tablespace.

# ---- schemas ----

-- schema created
--= added schema pier
create schema pier;

-- schema dropped
--= removed default privileges postgres ON tables IN depot
--= removed schema depot
drop schema depot;

-- schema renamed
--= renamed default privileges postgres ON tables IN shed
--= renamed schema shed
alter schema depot rename to shed;

-- schema's owner
--= changed schema depot: owner
alter schema depot owner to keeper;

-- schema granted
--= changed schema harbour: grants
grant create on schema harbour to clerk;

-- schema's comment
--= changed schema harbour: comment
comment on schema harbour is 'where ships are';

-- schema public closed to use
--= changed schema public: revokes
revoke usage on schema public from public;

-- schema public opened to create (15+)
--= changed schema public: grants
grant create on schema public to public;

-- schema public closed to create (-14)
--= changed schema public: revokes
revoke create on schema public from public;

-- schema public's owner
--= changed schema public: owner
alter schema public owner to keeper;

-- schema public's comment
--= changed schema public: comment
comment on schema public is 'ours';

# ---- tables ----

-- table created
--= added table harbour.anchor
create table harbour.anchor (id integer);

-- table dropped
--= removed table harbour.buoy
drop table harbour.buoy;

-- table renamed
--= renamed table harbour."float"
alter table harbour.buoy rename to float;

-- table moved to another schema
--= renamed table depot.buoy
alter table harbour.buoy set schema depot;

-- table dropped and made again
--= replaced table harbour.buoy
drop table harbour.buoy;
create table harbour.buoy (id integer, size integer, reach integer);

-- table dropped and made again otherwise
--= replaced table harbour.buoy
--= added column harbour.buoy.height
drop table harbour.buoy;
create table harbour.buoy (id integer, size integer, reach integer, height integer);

-- table's owner
--= changed table harbour.ship: owner
--= changed sequence harbour.ship_berth_no_seq: owner
--= changed sequence harbour.ship_id_seq: owner
alter table harbour.ship owner to mate;

-- table unlogged
--= changed table harbour.buoy: unlogged
alter table harbour.buoy set unlogged;

-- table's options
--= changed table harbour.ship: options
alter table harbour.ship set (autovacuum_enabled = false);

-- table's options for its toast
--= changed table harbour.ship: toast_options
alter table harbour.ship set (toast.autovacuum_enabled = false);

-- table's access method (15+)
--= changed table harbour.buoy: access_method
alter table harbour.buoy set access method stack;

-- table made with an access method (-14)
--= replaced table harbour.buoy: access_method
drop table harbour.buoy;
create table harbour.buoy (id integer, size integer, reach integer) using stack;

-- table's tablespace
--= changed table harbour.ship: tablespace
alter table harbour.ship set tablespace yard;

-- table's replica identity full
--= changed table harbour.ship: replica_identity
alter table harbour.ship replica identity full;

-- table's replica identity nothing
--= changed table harbour.ship: replica_identity
alter table harbour.ship replica identity nothing;

-- table's replica identity an index
--= changed table harbour.slot: replica_identity
alter table harbour.slot replica identity using index slot_n;

-- table clustered
--= changed table harbour.ship: cluster_on
alter table harbour.ship cluster on ship_draught;

-- table's parent added
--= changed table harbour.buoy: inherits
alter table harbour.buoy inherit harbour.thing;

-- table's parent removed
--= changed column harbour.crane.id: inherited
--= changed column harbour.crane.size: inherited
--= changed table harbour.crane: inherits
alter table harbour.crane no inherit harbour.thing;

-- table of a type
--= added table harbour.spot
create table harbour.spot of harbour.place;

-- table made one of a type
--= added composite type harbour.two
--= changed table harbour.slot: of_type
create type harbour.two as (n integer, room integer);
alter table harbour.slot of harbour.two;

-- table's comment
--= changed table harbour.ship: comment
comment on table harbour.ship is 'what swims';

-- table's comment dropped
--= changed table harbour.ship: comment
comment on table harbour.ship is null;

-- table granted
--= changed table harbour.ship: grants
grant insert on harbour.ship to clerk;

-- table granted with grant option
--= changed table harbour.ship: grants
grant select on harbour.ship to clerk with grant option;

-- table granted to everybody
--= changed table harbour.visit: grants
grant select on harbour.visit to public;

-- table's grant of all
--= changed table harbour.visit: grants
grant all on harbour.visit to clerk;

-- table revoked
--= changed table harbour.ship: grants
revoke select on harbour.ship from clerk;

-- table revoked from its owner
--= changed table harbour.buoy: revokes
revoke insert on harbour.buoy from postgres;

-- table's right to maintain (17+)
--= changed table harbour.buoy: grants
grant maintain on harbour.buoy to clerk;

-- row security on
--= changed table harbour.visit: row_security
alter table harbour.visit enable row level security;

-- row security off
--= changed table harbour.ship: row_security
alter table harbour.ship disable row level security;

-- row security for the owner too
--= changed table harbour.ship: force_row_security
alter table harbour.ship force row level security;

# ---- columns ----

-- column added
--= added column harbour.ship.mast
alter table harbour.ship add column mast integer;

-- column dropped
--= removed column harbour.ship.notes
alter table harbour.ship drop column notes;

-- column renamed
--= renamed column harbour.ship.remarks
alter table harbour.ship rename column notes to remarks;

-- column renamed that a view shows
--= renamed column harbour.thing.number
--= renamed column harbour.crane.number
alter table harbour.thing rename column id to number;

-- column's type
--= changed column harbour.ship.ports: type
alter table harbour.ship alter column ports type bigint[];

-- column's length
--= changed column harbour.ship.flag: type
alter table harbour.ship alter column flag type varchar(20);

-- column's precision
--= changed column harbour.ship.tonnage: type
alter table harbour.ship alter column tonnage type numeric(12, 3);

-- column's fraction of a second
--= changed column harbour.ship.seen: type
alter table harbour.ship alter column seen type timestamptz(6);

-- column not null
--= changed column harbour.ship.name: not_null
alter table harbour.ship alter column name set not null;

-- column nullable again
--= changed column harbour.slot.n: not_null
alter table harbour.slot alter column n drop not null;

-- column's default
--= changed column harbour.ship.name: default
alter table harbour.ship alter column name set default 'nameless';

-- column's other default
--= changed column harbour.ship.draught: default
alter table harbour.ship alter column draught set default 2;

-- column's default dropped
--= changed column harbour.ship.draught: default
alter table harbour.ship alter column draught drop default;

-- column's collation
--= changed column harbour.ship.notes: collation
alter table harbour.ship alter column notes type text collate harbour.folded;

-- column made identity
--= changed column harbour.slot.n: identity
--= added sequence harbour.slot_n_seq
alter table harbour.slot alter column n add generated always as identity;

-- column's identity always
--= changed column harbour.ship.id: identity
alter table harbour.ship alter column id set generated always;

-- column's identity counts otherwise
--= changed sequence harbour.ship_id_seq: increment
alter table harbour.ship alter column id set increment by 5;

-- column's identity dropped
--= changed column harbour.ship.id: identity
--= removed sequence harbour.ship_id_seq
alter table harbour.ship alter column id drop identity;

-- column no longer generated
--= changed column harbour.ship.doubled: default,generated
alter table harbour.ship alter column doubled drop expression;

-- column generated otherwise (17+)
--= changed column harbour.ship.doubled: default
alter table harbour.ship alter column doubled set expression as (draught * 3);

-- column virtual (18+)
--= added column harbour.buoy.far
alter table harbour.buoy add column far integer generated always as (reach * 2) virtual;

-- column's storage
--= changed column harbour.ship.log: storage
alter table harbour.ship alter column log set storage external;

-- column's compression (14+)
--= changed column harbour.ship.log: compression
alter table harbour.ship alter column log set compression pglz;

-- column's statistics
--= changed column harbour.ship.draught: statistics
alter table harbour.ship alter column draught set statistics 500;

-- column's options
--= changed column harbour.ship.draught: options
alter table harbour.ship alter column draught set (n_distinct = 5);

-- column granted
--= changed column harbour.ship.name: grants
grant update (name) on harbour.ship to clerk;

-- column revoked
--= changed column harbour.ship.draught: grants
revoke update (draught) on harbour.ship from clerk;

-- column's comment
--= changed column harbour.ship.name: comment
comment on column harbour.ship.name is 'as painted';

-- column dropped and added: last now
--= replaced column harbour.buoy.size
alter table harbour.buoy drop column size;
alter table harbour.buoy add column size integer;

-- column dropped and added where it was
--= replaced column harbour.buoy.reach
alter table harbour.buoy drop column reach;
alter table harbour.buoy add column reach integer;

-- columns of a child its own
--= changed column harbour.crane.id: inherited
--= changed column harbour.crane.size: inherited
alter table harbour.crane no inherit harbour.thing;
alter table harbour.crane inherit harbour.thing;

# ---- constraints ----

-- primary key added
--= added constraint harbour.thing.thing_pkey
--= changed column harbour.crane.id: not_null
--= changed column harbour.thing.id: not_null
alter table harbour.thing add primary key (id);

-- primary key dropped
--= removed constraint harbour.visit.visit_pkey
alter table harbour.visit drop constraint visit_pkey;

-- foreign key's action
--= changed constraint harbour.visit.of_ship: definition
alter table harbour.visit drop constraint of_ship;
alter table harbour.visit add constraint of_ship foreign key (ship_id) references harbour.ship (id) on delete set null;

-- foreign key deferrable
--= changed constraint harbour.visit.of_ship: deferrable,definition,initially_deferred
alter table harbour.visit alter constraint of_ship deferrable initially deferred;

-- foreign key matches in full
--= changed constraint harbour.visit.of_ship: definition
alter table harbour.visit drop constraint of_ship;
alter table harbour.visit add constraint of_ship foreign key (ship_id) references harbour.ship (id) match full on delete cascade;

-- foreign key's triggers off
--= changed constraint harbour.visit.of_ship: disabled
alter table harbour.visit disable trigger all;
alter table harbour.visit enable trigger late;

-- foreign key not enforced (18+)
--= changed constraint harbour.visit.of_ship: definition,not_valid
alter table harbour.visit alter constraint of_ship not enforced;

-- constraint validated
--= changed constraint harbour.visit.fee_due: definition,not_valid
alter table harbour.visit validate constraint fee_due;

-- check's expression
--= changed constraint harbour.ship.crew_aboard: definition
alter table harbour.ship drop constraint crew_aboard;
alter table harbour.ship add constraint crew_aboard check (crew > 1);

-- check dropped
--= removed constraint harbour.ship.crew_aboard
alter table harbour.ship drop constraint crew_aboard;

-- check not inherited
--= changed constraint harbour.ship.crew_aboard: definition
alter table harbour.ship drop constraint crew_aboard;
alter table harbour.ship add constraint crew_aboard check (crew > 0) no inherit;

-- check not enforced (18+)
--= added constraint harbour.buoy.floats
alter table harbour.buoy add constraint floats check (size > 0) not enforced;

-- check inherited
--= added constraint harbour.thing.sized
alter table harbour.thing add constraint sized check (size > 0);

-- exclusion dropped
--= removed constraint harbour.visit.no_overlap
alter table harbour.visit drop constraint no_overlap;

-- exclusion's operator
--= changed constraint harbour.visit.no_overlap: definition
alter table harbour.visit drop constraint no_overlap;
alter table harbour.visit add constraint no_overlap exclude using gist (days with -|-);

-- unique takes nulls as equal (15+)
--= changed constraint harbour.visit.one_berth: definition
alter table harbour.visit drop constraint one_berth;
alter table harbour.visit add constraint one_berth unique nulls not distinct (berth);

-- unique's index options
--= changed constraint harbour.visit.one_berth: index_options
alter index harbour.one_berth set (fillfactor = 60);

-- unique's tablespace
--= changed constraint harbour.visit.one_berth: index_tablespace
alter index harbour.one_berth set tablespace yard;

-- unique's index comment
--= changed constraint harbour.visit.one_berth: index_comment
comment on index harbour.one_berth is 'looked up here';

-- unique from an index
--= added constraint harbour.slot.slot_n
--= removed index harbour.slot.slot_n
alter table harbour.slot add constraint slot_n unique using index slot_n;

-- temporal key (18+)
--= added constraint harbour.visit.stays
--= added extension btree_gist
create extension btree_gist;
alter table harbour.visit add constraint stays unique (berth, days without overlaps);

-- constraint renamed
--= renamed constraint harbour.visit.single_berth
alter table harbour.visit rename constraint one_berth to single_berth;

-- constraint's comment
--= changed constraint harbour.visit.one_berth: comment
comment on constraint one_berth on harbour.visit is 'no room for two';

-- not null validated later (18+)
--= added constraint harbour.ship.named
--= changed column harbour.ship.name: not_null
alter table harbour.ship add constraint named not null name not valid;

# ---- indexes ----

-- index created
--= added index harbour.ship.ship_flag
create index ship_flag on harbour.ship (flag);

-- index dropped
--= removed index harbour.ship.ship_draught
drop index harbour.ship_draught;

-- index renamed
--= renamed index harbour.ship.ship_depth
alter index harbour.ship_draught rename to ship_depth;

-- index unique
--= changed index harbour.ship.ship_draught: definition,unique
drop index harbour.ship_draught;
create unique index ship_draught on harbour.ship (draught);

-- index's predicate
--= changed index harbour.ship.ship_deep: definition,predicate
drop index harbour.ship_deep;
create index ship_deep on harbour.ship (name) where draught > 2;

-- index's expression
--= changed index harbour.ship.ship_lower: definition
drop index harbour.ship_lower;
create index ship_lower on harbour.ship (upper(name));

-- index's covered columns
--= changed index harbour.ship.ship_cover: definition
drop index harbour.ship_cover;
create index ship_cover on harbour.ship (draught) include (name, flag);

-- index's method
--= changed index harbour.ship.ship_draught: definition,method
drop index harbour.ship_draught;
create index ship_draught on harbour.ship using hash (draught);

-- index's operator class
--= changed index harbour.ship.ship_prefix: definition
drop index harbour.ship_prefix;
create index ship_prefix on harbour.ship (name);

-- index's order
--= changed index harbour.ship.ship_down: definition
drop index harbour.ship_down;
create index ship_down on harbour.ship (draught desc);

-- index's collation
--= changed index harbour.ship.ship_prefix: definition
drop index harbour.ship_prefix;
create index ship_prefix on harbour.ship (name collate "C" text_pattern_ops);

-- index's columns in another order
--= changed index harbour.slot.slot_two: columns,definition
drop index harbour.slot_two;
create index slot_two on harbour.slot (room, n);

-- index's options
--= changed index harbour.ship.ship_loose: definition
alter index harbour.ship_loose set (fillfactor = 80);

-- index takes nulls as equal (15+)
--= changed index harbour.visit.visit_fee: definition
drop index harbour.visit_fee;
create unique index visit_fee on harbour.visit (fee) nulls not distinct;

-- index's statistics of an expression
--= changed index harbour.ship.ship_lower: statistics
alter index harbour.ship_lower alter column 1 set statistics 300;

-- index's tablespace
--= changed index harbour.ship.ship_draught: tablespace
alter index harbour.ship_draught set tablespace yard;

-- index's comment
--= changed index harbour.ship.ship_draught: comment
comment on index harbour.ship_draught is 'for the deep ones';

-- index invalid
--= changed index harbour.ship.ship_draught: invalid
update pg_index set indisvalid = false where indexrelid = 'harbour.ship_draught'::regclass;

-- index left invalid: a build that failed
--= added index harbour.slot.slot_room
insert into harbour.slot values (1, 1), (2, 1);
\o /dev/null
create unique index concurrently slot_room on harbour.slot (room);

-- index of partitions dropped
--= removed index harbour.tide.tide_level
drop index harbour.tide_level;

-- index on one partition
--= added index harbour.tide_2020.tide_2020_station
create index tide_2020_station on harbour.tide_2020 (station);

-- index of a materialized view dropped
--= removed index harbour.tally.tally_id
drop index harbour.tally_id;

# ---- partitions ----

-- partition added
--= added table harbour.tide_2021
create table harbour.tide_2021 partition of harbour.tide for values from ('2021-01-01') to ('2022-01-01');

-- partition attached as default
--= changed table harbour.tide_rest: partition_bound,partition_of
alter table harbour.tide attach partition harbour.tide_rest default;

-- partition detached
--= changed table harbour.tide_2020: partition_bound,partition_of
--= added index harbour.tide_2020.tide_2020_level_idx
alter table harbour.tide detach partition harbour.tide_2020;

-- partition's bound
--= changed table harbour.tide_2020: partition_bound
alter table harbour.tide detach partition harbour.tide_2020;
alter table harbour.tide attach partition harbour.tide_2020 for values from ('2020-01-01') to ('2020-06-01');

-- partition's own default
--= changed column harbour.tide_2020.level: default
alter table only harbour.tide_2020 alter column level set default 7;

-- partition key
--= added table harbour.by_hash
create table harbour.by_hash (n integer) partition by hash (n);

# ---- sequences ----

-- sequence created
--= added sequence harbour.receipt
create sequence harbour.receipt;

-- sequence dropped
--= removed sequence harbour.spare
drop sequence harbour.spare;

-- sequence renamed
--= renamed sequence harbour.other
alter sequence harbour.spare rename to other;

-- sequence made again
--= replaced sequence harbour.spare
drop sequence harbour.spare;
create sequence harbour.spare;

-- sequence's step, cache, cycle
--= changed sequence harbour.ticket: cache,cycle,increment
alter sequence harbour.ticket increment 3 cache 20 cycle;

-- sequence's start
--= changed sequence harbour.ticket: start
alter sequence harbour.ticket start 10;

-- sequence's bounds
--= changed sequence harbour.ticket: maximum,minimum
alter sequence harbour.ticket minvalue -5 maxvalue 99;

-- sequence owned by a column
--= changed sequence harbour.spare: owned_by
alter sequence harbour.spare owned by harbour.ship.draught;

-- sequence's type
--= changed sequence harbour.ticket: data_type,maximum
alter sequence harbour.ticket as integer;

-- sequence unlogged (15+)
--= changed sequence harbour.ticket: unlogged
alter sequence harbour.ticket set unlogged;

-- sequence's owner
--= changed sequence harbour.ticket: owner
alter sequence harbour.ticket owner to keeper;

-- sequence granted
--= changed sequence harbour.ticket: grants
grant usage on sequence harbour.ticket to clerk;

-- sequence's comment
--= changed sequence harbour.ticket: comment
comment on sequence harbour.ticket is 'torn off';

# ---- views ----

-- view created
--= added view harbour.all_ships
create view harbour.all_ships as select id from harbour.ship;

-- view dropped
--= removed view harbour.sight
drop view harbour.sight;

-- view's query
--= changed view harbour.sight: definition
create or replace view harbour.sight as select id, draught from harbour.ship where draught > 5;

-- view's further column
--= added view column harbour.sight.name
--= changed view harbour.sight: definition
create or replace view harbour.sight as select id, draught, name from harbour.ship;

-- view's column renamed
--= renamed view column harbour.sight.depth
alter view harbour.sight rename column draught to depth;

-- view renamed
--= renamed view harbour.outlook
alter view harbour.sight rename to outlook;

-- view made again
--= replaced view harbour.sight
drop view harbour.sight;
create view harbour.sight as select id, draught from harbour.ship;

-- view as its invoker (15+)
--= changed view harbour.sight: options
alter view harbour.sight set (security_invoker = true);

-- view no longer as its invoker (15+)
--= changed view harbour.invoked: options
alter view harbour.invoked reset (security_invoker);

-- view no longer a barrier
--= changed view harbour.guarded: options
alter view harbour.guarded reset (security_barrier);

-- view's check option
--= changed view harbour.sight: options
alter view harbour.sight set (check_option = local);

-- view column's default
--= changed view column harbour.sight.draught: default
alter view harbour.sight alter column draught set default 5;

-- view's owner
--= changed view harbour.sight: owner
alter view harbour.sight owner to keeper;

-- view granted
--= changed view harbour.sight: grants
grant select on harbour.sight to clerk;

-- view column granted
--= changed view column harbour.sight.id: grants
grant select (id) on harbour.sight to clerk;

-- view's comment
--= changed view harbour.sight: comment
comment on view harbour.sight is 'from the tower';

-- view column's comment
--= changed view column harbour.sight.id: comment
comment on column harbour.sight.id is 'of the ship';

-- view's trigger
--= added trigger harbour.sight.instead
create trigger instead instead of insert on harbour.sight for each row execute function harbour.touch();

-- view's rule
--= added rule harbour.sight.no_delete
create rule no_delete as on delete to harbour.sight do instead nothing;

-- materialized view's query
--= replaced view harbour.tally: definition
drop materialized view harbour.tally;
create materialized view harbour.tally as select id, draught + 1 as draught from harbour.ship;
create unique index tally_id on harbour.tally (id);

-- materialized view's options
--= changed view harbour.tally: options
alter materialized view harbour.tally set (autovacuum_enabled = false);

-- materialized view's tablespace
--= changed view harbour.tally: tablespace
alter materialized view harbour.tally set tablespace yard;

-- materialized view's access method (15+)
--= changed view harbour.tally: access_method
alter materialized view harbour.tally set access method stack;

-- materialized view clustered
--= changed view harbour.tally: cluster_on
alter materialized view harbour.tally cluster on tally_id;

-- materialized view's column statistics
--= changed view column harbour.tally.id: statistics
alter materialized view harbour.tally alter column id set statistics 7;

-- materialized view granted
--= changed view harbour.tally: grants
grant select on harbour.tally to clerk;

# ---- functions ----

-- function created beside one of its name
--= added function harbour.same(text)
create function harbour.same(n text) returns text language sql as 'select n';

-- function dropped
--= removed function harbour.many(integer)
drop function harbour.many(integer);

-- function renamed
--= renamed function harbour.several(integer)
alter function harbour.many(integer) rename to several;

-- function moved to another schema
--= renamed function depot.many(integer)
alter function harbour.many(integer) set schema depot;

-- function made again
--= replaced function harbour.many(integer)
drop function harbour.many(integer);
create function harbour.many(n integer) returns setof integer language sql as 'select generate_series(1, n)';

-- function's body
--= changed function harbour.same(integer): body
create or replace function harbour.same(n integer) returns integer language sql immutable as 'select n + 1';

-- function's parsed body (14+)
--= changed function harbour.modern(integer): body
create or replace function harbour.modern(n integer) returns integer language sql begin atomic select n + 2; end;

-- function's volatility
--= changed function harbour.same(integer): volatility
alter function harbour.same(integer) volatile;

-- function with its owner's rights
--= changed function harbour.same(integer): security_definer
alter function harbour.same(integer) security definer;

-- function leakproof, parallel, cost
--= changed function harbour.same(integer): cost,leakproof,parallel
alter function harbour.same(integer) leakproof parallel safe cost 500;

-- function's settings
--= changed function harbour.same(integer): config
alter function harbour.same(integer) set search_path = '';

-- function strict
--= changed function harbour.same(integer): strict
alter function harbour.same(integer) strict;

-- function's rows
--= changed function harbour.many(integer): rows
alter function harbour.many(integer) rows 7;

-- function's support
--= changed function harbour.many(integer): support
alter function harbour.many(integer) support generate_series_int4_support;

-- function's argument default
--= changed function harbour.same(integer): arguments,default_count
create or replace function harbour.same(n integer default 5) returns integer language sql immutable as 'select n';

-- function's transforms
--= changed function harbour.many(integer): transforms
create or replace function harbour.many(n integer) returns setof integer transform for type integer language sql as 'select generate_series(1, n)';

-- function's library
--= added function harbour.from_library(text)
create function harbour.from_library(text) returns integer language c as '$libdir/citext', 'citext_hash';

-- function's owner
--= changed function harbour.same(integer): owner
alter function harbour.same(integer) owner to keeper;

-- function revoked from everybody
--= changed function harbour.same(integer): revokes
revoke execute on function harbour.same(integer) from public;

-- function granted
--= changed function harbour.many(integer): grants
grant execute on function harbour.many(integer) to clerk;

-- function's comment
--= changed function harbour.same(integer): comment
comment on function harbour.same(integer) is 'nothing new';

-- procedure's body
--= changed function harbour.close_day(): body
create or replace procedure harbour.close_day() language sql as 'select 2';

-- aggregate's first state
--= changed function harbour.total(integer): aggregate_initial
create or replace aggregate harbour.total(integer) (sfunc = int4pl, stype = integer, initcond = '5');

-- aggregate's final function
--= changed function harbour.total(integer): aggregate_final
create or replace aggregate harbour.total(integer) (sfunc = int4pl, stype = integer, finalfunc = int4abs, initcond = '0');

-- aggregate in parallel
--= changed function harbour.total(integer): aggregate_combine,parallel
create or replace aggregate harbour.total(integer) (sfunc = int4pl, stype = integer, initcond = '0', combinefunc = int4pl, parallel = safe);

-- aggregate's comment
--= changed function harbour.total(integer): comment
comment on aggregate harbour.total(integer) is 'the sum';

# ---- triggers, rules, policies, event triggers ----

-- trigger created
--= added trigger harbour.ship.farewell
create trigger farewell before delete on harbour.ship for each row execute function harbour.touch();

-- trigger dropped
--= removed trigger harbour.ship.stamp
drop trigger stamp on harbour.ship;

-- trigger renamed
--= renamed trigger harbour.ship.mark
alter trigger stamp on harbour.ship rename to mark;

-- trigger's condition
--= changed trigger harbour.ship.stamp: definition
drop trigger stamp on harbour.ship;
create trigger stamp before update on harbour.ship for each row when (new.draught > 1) execute function harbour.touch();

-- trigger's columns
--= changed trigger harbour.ship.stamp: definition
drop trigger stamp on harbour.ship;
create trigger stamp before update of draught on harbour.ship for each row execute function harbour.touch();

-- trigger's transition table
--= changed trigger harbour.ship.sweep: definition
drop trigger sweep on harbour.ship;
create trigger sweep after insert on harbour.ship referencing new table as fresh for each statement execute function harbour.touch();

-- trigger's arguments
--= changed trigger harbour.ship.sweep: definition
drop trigger sweep on harbour.ship;
create trigger sweep after insert on harbour.ship for each statement execute function harbour.touch('x');

-- trigger deferred
--= changed trigger harbour.visit.late: definition
drop trigger late on harbour.visit;
create constraint trigger late after insert on harbour.visit deferrable initially deferred for each row execute function harbour.touch();

-- trigger disabled
--= changed trigger harbour.ship.stamp: firing
alter table harbour.ship disable trigger stamp;

-- trigger on a replica only
--= changed trigger harbour.ship.stamp: firing
alter table harbour.ship enable replica trigger stamp;

-- trigger always
--= changed trigger harbour.ship.stamp: firing
alter table harbour.ship enable always trigger stamp;

-- trigger's comment
--= changed trigger harbour.ship.stamp: comment
comment on trigger stamp on harbour.ship is 'the time';

-- rule changed
--= changed rule harbour.visit.keep: definition
create or replace rule keep as on delete to harbour.visit do instead nothing;

-- rule created
--= added rule harbour.visit.tell
create rule tell as on update to harbour.visit do also notify visits;

-- rule renamed
--= renamed rule harbour.visit.hold
alter rule keep on harbour.visit rename to hold;

-- rule disabled
--= changed rule harbour.visit.keep: firing
alter table harbour.visit disable rule keep;

-- rule's comment
--= changed rule harbour.visit.keep: comment
comment on rule keep on harbour.visit is 'nothing goes';

-- policy created
--= added policy harbour.ship.open
create policy open on harbour.ship using (true);

-- policy dropped
--= removed policy harbour.ship.shallow
drop policy shallow on harbour.ship;

-- policy's condition
--= changed policy harbour.ship.shallow: using
alter policy shallow on harbour.ship using (draught > 2);

-- policy's roles
--= changed policy harbour.ship.shallow: roles
alter policy shallow on harbour.ship to clerk;

-- policy's check and command
--= changed policy harbour.ship.shallow: check,command
drop policy shallow on harbour.ship;
create policy shallow on harbour.ship for all to public using (draught > 1) with check (draught > 9);

-- policy restrictive
--= changed policy harbour.ship.shallow: restrictive
drop policy shallow on harbour.ship;
create policy shallow on harbour.ship as restrictive for select to public using (draught > 1);

-- policy renamed
--= renamed policy harbour.ship.flat
alter policy shallow on harbour.ship rename to flat;

-- policy's comment
--= changed policy harbour.ship.shallow: comment
comment on policy shallow on harbour.ship is 'only the deep';

-- event trigger disabled
--= changed event trigger notice: firing
alter event trigger notice disable;

-- event trigger's tags
--= replaced event trigger notice: tags
drop event trigger notice;
create event trigger notice on ddl_command_end when tag in ('CREATE TABLE') execute function harbour.noticed();

-- event trigger's event
--= replaced event trigger notice: event
drop event trigger notice;
create event trigger notice on sql_drop execute function harbour.noticed();

-- event trigger renamed
--= renamed event trigger watch
alter event trigger notice rename to watch;

-- event trigger's owner
--= changed event trigger notice: owner
--= changed role mate: superuser
--< alter event trigger notice owner to postgres; alter role mate nosuperuser
alter role mate superuser;
alter event trigger notice owner to mate;

-- event trigger's comment
--= changed event trigger notice: comment
comment on event trigger notice is 'heard';

# ---- types ----

-- enum created
--= added enum harbour.sort
create type harbour.sort as enum ('a');

-- enum's further value
--= changed enum harbour.state: labels
alter type harbour.state add value 'gone';

-- enum's value in between
--= changed enum harbour.state: labels
alter type harbour.state add value 'waiting' before 'loading';

-- enum's value renamed
--= changed enum harbour.state: labels
alter type harbour.state rename value 'moored' to 'fast';

-- enum's owner
--= changed enum harbour.state: owner
alter type harbour.state owner to keeper;

-- enum revoked
--= changed enum harbour.state: revokes
revoke usage on type harbour.state from public;

-- enum's comment
--= changed enum harbour.state: comment
comment on type harbour.state is 'what it does';

-- enum renamed
--= renamed enum harbour.condition
--= renamed cast text AS harbour.condition
alter type harbour.state rename to condition;

-- composite type's further attribute
--= added attribute harbour.place.side
alter type harbour.place add attribute side integer;

-- composite type's attribute dropped
--= removed attribute harbour.place.note
alter type harbour.place drop attribute note;

-- composite type's attribute renamed
--= renamed attribute harbour.place.remark
alter type harbour.place rename attribute note to remark;

-- composite type's attribute of another type
--= changed attribute harbour.place.pier: type
alter type harbour.place alter attribute pier type bigint;

-- composite type's owner
--= changed composite type harbour.place: owner
alter type harbour.place owner to keeper;

-- composite type granted
--= changed composite type harbour.place: grants
grant usage on type harbour.place to clerk;

-- composite type's comment
--= changed composite type harbour.place: comment
comment on type harbour.place is 'along the quay';

-- range type created
--= added range type harbour.span
create type harbour.span as range (subtype = integer);

-- range type of another subtype
--= replaced range type harbour.depth: subtype
drop type harbour.depth;
create type harbour.depth as range (subtype = numeric);

-- range type's difference
--= replaced range type harbour.depth: subtype_diff
drop type harbour.depth;
create type harbour.depth as range (subtype = float8, subtype_diff = float8mi);

-- range type's owner
--= changed range type harbour.depth: owner
alter type harbour.depth owner to keeper;

-- range type's comment
--= changed range type harbour.depth: comment
comment on type harbour.depth is 'below';

-- domain's further check
--= added domain constraint harbour.code.short
alter domain harbour.code add constraint short check (length(value) < 10);

-- domain's check not valid
--= added domain constraint harbour.code.short
alter domain harbour.code add constraint short check (length(value) < 10) not valid;

-- domain's check dropped
--= removed domain constraint harbour.code.code_filled
alter domain harbour.code drop constraint code_filled;

-- domain's check renamed
--= renamed domain constraint harbour.code.not_blank
alter domain harbour.code rename constraint code_filled to not_blank;

-- domain's check comment
--= changed domain constraint harbour.code.code_filled: comment
comment on constraint code_filled on domain harbour.code is 'say something';

-- domain's default
--= changed domain harbour.weight: default
alter domain harbour.weight set default 5;

-- domain not null
--= changed domain harbour.weight: not_null
alter domain harbour.weight set not null;

-- domain's owner
--= changed domain harbour.weight: owner
alter domain harbour.weight owner to keeper;

-- domain revoked
--= changed domain harbour.weight: revokes
revoke usage on domain harbour.weight from public;

-- domain's comment
--= changed domain harbour.weight: comment
comment on domain harbour.weight is 'in tons';

-- base type begun
--= added base type harbour.sketch
create type harbour.sketch;

-- base type finished
--= changed base type harbour.outline: *
--= added function harbour.outline_in(cstring)
--= added function harbour.outline_out(harbour.outline)
create function harbour.outline_in(cstring) returns harbour.outline language internal immutable strict as 'textin';
create function harbour.outline_out(harbour.outline) returns cstring language internal immutable strict as 'textout';
create type harbour.outline (input = harbour.outline_in, output = harbour.outline_out, like = text, category = 'S');

-- base type's storage
--= changed base type harbour.token: storage
alter type harbour.token set (storage = external);

-- base type's owner
--= changed base type harbour.token: owner
alter type harbour.token owner to keeper;

-- base type's comment
--= changed base type harbour.token: comment
comment on type harbour.token is 'opaque';

# ---- extensions, collations, languages ----

-- extension created
--= added extension pg_trgm
create extension pg_trgm;

-- extension dropped
--= removed extension citext
drop extension citext;

-- extension's schema
--= changed extension citext: schema
alter extension citext set schema depot;

-- extension's comment
--= changed extension citext: comment
comment on extension citext is 'any case';

-- extension's version
--= changed extension citext: version
update pg_extension set extversion = '1.5.9' where extname = 'citext';

-- extension takes a member
--= removed table harbour.buoy
alter extension citext add table harbour.buoy;

-- extension's function revoked
--= added privileges function harbour.citext_eq(harbour.citext,harbour.citext)
revoke execute on function harbour.citext_eq(harbour.citext, harbour.citext) from public;

-- collation created
--= added collation harbour.plain
create collation harbour.plain from "C";

-- collation's locale
--= replaced collation harbour.folded: locale
drop collation harbour.folded;
create collation harbour.folded (provider = icu, locale = 'de', deterministic = false);

-- collation deterministic
--= replaced collation harbour.folded: deterministic
drop collation harbour.folded;
create collation harbour.folded (provider = icu, locale = 'und-u-ks-level2');

-- collation's owner
--= changed collation harbour.folded: owner
alter collation harbour.folded owner to keeper;

-- collation's comment
--= changed collation harbour.folded: comment
comment on collation harbour.folded is 'a is A';

-- language created
--= added language tongue
create language tongue handler plpgsql_call_handler;

-- language trusted
--= replaced language harbour_talk: trusted
drop language harbour_talk;
create trusted language harbour_talk handler plpgsql_call_handler;

-- language's comment
--= changed language harbour_talk: comment
comment on language harbour_talk is 'shouted';

-- language revoked
--= added privileges language plpgsql
revoke usage on language plpgsql from public;

-- language granted
--= added privileges language plpgsql
grant usage on language plpgsql to clerk;

# ---- text search ----

-- text search parser created
--= added text search parser harbour.marks
create text search parser harbour.marks (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

-- text search parser's headline
--= replaced text search parser harbour.words: headline
drop text search parser harbour.words;
create text search parser harbour.words (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

-- text search template dropped
--= removed text search template harbour.plain
drop text search template harbour.plain;

-- text search template's comment
--= changed text search template harbour.plain: comment
comment on text search template harbour.plain is 'as it is';

-- text search dictionary's options
--= changed text search dictionary harbour.stems: options
alter text search dictionary harbour.stems (stopwords = 'english');

-- text search dictionary renamed
--= renamed text search dictionary harbour.roots
alter text search dictionary harbour.stems rename to roots;

-- text search configuration's mapping dropped
--= changed text search configuration harbour.manifest: mappings
alter text search configuration harbour.manifest drop mapping for word;

-- text search configuration's mapping changed
--= changed text search configuration harbour.manifest: mappings
alter text search configuration harbour.manifest alter mapping for asciiword with harbour.stems, pg_catalog.simple;

-- text search configuration's owner
--= changed text search configuration harbour.manifest: owner
alter text search configuration harbour.manifest owner to keeper;

# ---- operators, casts and what goes with them ----

-- operator created
--= added operator harbour.!==(integer, integer)
create operator harbour.!== (leftarg = integer, rightarg = integer, function = int4ne);

-- operator's estimate
--= changed operator harbour.===(integer, integer): restriction_estimator
alter operator harbour.=== (integer, integer) set (restrict = eqsel);

-- operator hashes and merges
--= replaced operator harbour.===(integer, integer): hashes,merges
drop operator harbour.=== (integer, integer);
create operator harbour.=== (leftarg = integer, rightarg = integer, function = int4eq, hashes, merges);

-- operator's owner
--= changed operator harbour.===(integer, integer): owner
alter operator harbour.=== (integer, integer) owner to keeper;

-- operator's comment
--= changed operator harbour.===(integer, integer): comment
comment on operator harbour.=== (integer, integer) is 'really';

-- operator family's further operator
--= changed operator family harbour.numbers USING btree: operators
alter operator family harbour.numbers using btree add operator 1 < (integer, bigint);

-- operator family dropped
--= removed operator class harbour.number USING btree
--= removed operator family harbour.numbers USING btree
drop operator family harbour.numbers using btree cascade;

-- operator class dropped
--= removed operator class harbour.number USING btree
drop operator class harbour.number using btree;

-- operator class's owner
--= changed operator class harbour.number USING btree: owner
alter operator class harbour.number using btree owner to keeper;

-- cast dropped
--= removed cast text AS harbour.state
drop cast (text as harbour.state);

-- cast explicit
--= replaced cast text AS harbour.state: context
drop cast (text as harbour.state);
create cast (text as harbour.state) with inout;

-- cast's comment
--= changed cast text AS harbour.state: comment
comment on cast (text as harbour.state) is 'by name';

-- conversion dropped
--= removed conversion harbour.latin
drop conversion harbour.latin;

-- conversion the default
--= replaced conversion harbour.latin: is_default
drop conversion harbour.latin;
create default conversion harbour.latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;

-- conversion's owner
--= changed conversion harbour.latin: owner
alter conversion harbour.latin owner to keeper;

-- transform dropped
--= removed transform FOR integer LANGUAGE sql
drop transform for integer language sql;

-- transform's functions
--= changed transform FOR integer LANGUAGE sql: to_sql
create or replace transform for integer language sql (from sql with function prsd_lextype(internal));

-- access method dropped
--= removed access method stack
drop access method stack;

-- access method's comment
--= changed access method stack: comment
comment on access method stack is 'as heap';

# ---- foreign data ----

-- foreign-data wrapper's options
--= changed foreign-data wrapper far: options
alter foreign data wrapper far options (add k 'v');

-- foreign-data wrapper's validator
--= changed foreign-data wrapper far: validator
alter foreign data wrapper far options (drop debug);
alter foreign data wrapper far options (add debug 'off');
alter foreign data wrapper far validator postgresql_fdw_validator;

-- foreign-data wrapper granted
--= changed foreign-data wrapper far: grants
grant usage on foreign data wrapper far to clerk;

-- server's options
--= changed server tower: options
alter server tower options (set host 'i');

-- server's version
--= changed server tower: version
alter server tower version '2';

-- server's type
--= added server mast
create server mast type 'radio' foreign data wrapper far;

-- server granted
--= changed server tower: grants
grant usage on foreign server tower to clerk;

-- server's owner
--= changed foreign-data wrapper far: grants
--= changed server tower: owner
grant usage on foreign data wrapper far to keeper;
alter server tower owner to keeper;

-- user mapping's options
--= changed user mapping tower FOR postgres: options
alter user mapping for current_user server tower options (set u 'y');

-- user mapping's password
--= changed user mapping tower FOR postgres: options
alter user mapping for current_user server tower options (set password 'two');

-- user mapping for everybody
--= added user mapping tower FOR PUBLIC
create user mapping for public server tower;

-- foreign table's options
--= changed table harbour.cable: foreign_options
alter foreign table harbour.cable options (set t 'y');

-- foreign column's options
--= changed column harbour.cable.id: foreign_options
alter foreign table harbour.cable alter column id options (set o '2');

-- foreign table on another server
--= added server mast
--= replaced table harbour.cable: server
create server mast foreign data wrapper far;
drop foreign table harbour.cable;
create foreign table harbour.cable (id integer options (o '1')) server mast options (t 'x');

# ---- statistics objects, publications, subscriptions ----

-- statistics object created
--= added statistics object harbour.more
create statistics harbour.more on draught, name from harbour.ship;

-- statistics object's kinds
--= replaced statistics object harbour.related: definition
drop statistics harbour.related;
create statistics harbour.related (ndistinct) on draught, crew from harbour.ship;

-- statistics object's target
--= changed statistics object harbour.related: target
alter statistics harbour.related set statistics 900;

-- statistics object's owner
--= changed statistics object harbour.related: owner
alter statistics harbour.related owner to keeper;

-- statistics object's comment
--= changed statistics object harbour.related: comment
comment on statistics harbour.related is 'deep ones carry many';

-- publication's further table
--= added publication table news.harbour.visit
alter publication news add table harbour.visit;

-- publication's columns and rows (15+)
--= changed publication table news.harbour.ship: columns,where
alter table harbour.ship replica identity default;
alter publication news set table harbour.ship (id, draught) where (draught > 1);

-- publication's schemas (15+)
--= changed publication news: schemas
alter publication news add tables in schema depot;

-- publication's events
--= changed publication news: delete,truncate,update
alter publication news set (publish = 'insert');

-- publication through the root
--= changed publication news: via_root
alter publication news set (publish_via_partition_root = true);

-- publication of generated columns (18+)
--= changed publication news: generated_columns
alter publication news set (publish_generated_columns = stored);

-- publication of all tables
--= added publication everything
create publication everything for all tables;

-- publication's owner
--= changed publication news: owner
alter publication news owner to keeper;

-- publication renamed
--= renamed publication gazette
alter publication news rename to gazette;

-- publication's comment
--= changed publication news: comment
comment on publication news is 'read aloud';

-- subscription created
--= added subscription feed
--< alter subscription feed set (slot_name = none); drop subscription feed
create subscription feed connection 'host=/nonexistent dbname=x password=hidden' publication p with (connect = false);

# ---- rights ----

-- default privileges of a role
--= added default privileges mate ON functions
--< alter default privileges for role mate revoke execute on functions from clerk
alter default privileges for role mate grant execute on functions to clerk;

-- default privileges in a schema taken back
--= removed default privileges postgres ON tables IN depot
alter default privileges in schema depot revoke select on tables from clerk;

-- default privileges in a schema widened
--= changed default privileges postgres ON tables IN depot: grants
alter default privileges in schema depot grant insert on tables to clerk;

-- default privileges withheld from everybody
--= added default privileges postgres ON functions
alter default privileges revoke execute on functions from public;

-- right on a catalog
--= added privileges table pg_catalog.pg_authid
grant select on pg_authid to clerk;

-- right on a built-in function
--= added privileges function pg_catalog.pg_stat_reset()
grant execute on function pg_stat_reset() to clerk;

-- right on a built-in type
--= added privileges type integer
revoke usage on type pg_catalog.int4 from public;

-- right on the database
--= added database database
grant create on database :database to clerk;

-- right on the database taken from everybody
--= added database database
revoke temporary on database :database from public;

-- right on a parameter (15+)
--= added parameter log_min_messages
--< revoke set on parameter log_min_messages from clerk
grant set on parameter log_min_messages to clerk;

-- right on a tablespace
--= changed tablespace yard: grants
--< revoke create on tablespace yard from clerk
grant create on tablespace yard to clerk;

-- right on a large object
--= nothing
select lo_create(40000);
grant select on large object 40000 to clerk;

# ---- database, roles, tablespaces ----

-- database's settings
--= added database database
alter database :database set work_mem = '9MB';

-- role's settings in this database
--= changed role mate: settings
alter role mate in database :database set work_mem = '9MB';

-- database's owner: relative to whom the owners of all else are told
--= *
alter database :database owner to keeper;

-- database's limit of connections
--= added database database
alter database :database connection limit 7;

-- database's comment
--= added database database
comment on database :database is 'the harbour';

-- role created
--= added role pilot
--< drop role pilot
create role pilot;

-- role renamed
--= renamed role stoker
--< alter role stoker rename to crew
alter role crew rename to stoker;

-- role may create databases
--= changed role mate: createdb
--< alter role mate nocreatedb
alter role mate createdb;

-- role may create roles
--= changed role mate: createrole
--< alter role mate nocreaterole
alter role mate createrole;

-- role superuser
--= changed role mate: superuser
--< alter role mate nosuperuser
alter role mate superuser;

-- role bypasses row security
--= changed role mate: bypass_rls
--< alter role mate nobypassrls
alter role mate bypassrls;

-- role replicates
--= changed role mate: replication
--< alter role mate noreplication
alter role mate replication;

-- role may log in
--= changed role crew: login
--< alter role crew nologin
alter role crew login;

-- role does not inherit
--= changed role mate: inherit
--< alter role mate inherit
alter role mate noinherit;

-- role's limit of connections
--= changed role mate: connection_limit
--< alter role mate connection limit -1
alter role mate connection limit 3;

-- role valid until
--= changed role mate: valid_until
--< alter role mate valid until 'infinity'
alter role mate valid until '2030-01-01';

-- role's settings
--= changed role mate: settings
--< alter role mate reset work_mem
alter role mate set work_mem = '9MB';

-- role a member
--= changed role mate: member_of
--< revoke crew from mate
grant crew to mate;

-- role a member with admin option
--= changed role mate: member_of
--< revoke crew from mate
grant crew to mate with admin option;

-- role a member that may not become it (16+)
--= changed role mate: member_of
--< revoke crew from mate
grant crew to mate with inherit false, set false;

-- role's comment
--= changed role mate: comment
--< comment on role mate is null
comment on role mate is 'second';

-- tablespace's options
--= changed tablespace yard: options
--< alter tablespace yard reset (random_page_cost)
alter tablespace yard set (random_page_cost = 2);

-- tablespace's owner
--= changed tablespace yard: owner
--< alter tablespace yard owner to postgres
alter tablespace yard owner to keeper;

-- tablespace's comment
--= changed tablespace yard: comment
--< comment on tablespace yard is null
comment on tablespace yard is 'behind';

# ---- no changes ----

-- reindexed
--= nothing
reindex table harbour.ship;

-- vacuumed and analyzed
--= nothing
insert into harbour.ship (name, draught) select 'x', n from generate_series(1, 50) n;
vacuum analyze harbour.ship;

-- vacuumed in full
--= nothing
vacuum full harbour.ship;

-- clustered
--= nothing
cluster harbour.slot using slot_n;
alter table harbour.slot set without cluster;

-- truncated
--= nothing
truncate harbour.visit;

-- refreshed
--= nothing
refresh materialized view harbour.tally;

-- sequence moved on
--= nothing
select nextval('harbour.ticket'), setval('harbour.spare', 100);

-- view made again over the old one, with other blanks
--= nothing
create or replace view harbour.sight as select id,
    draught   from harbour.ship;

-- function made again over the old one
--= nothing
create or replace function harbour.same(n integer) returns integer language sql immutable as 'select n';

-- right granted again
--= nothing
grant select on harbour.ship to clerk;

-- right of the owner written out
--= nothing
grant all on harbour.buoy to postgres;

-- right taken and given
--= nothing
revoke select on harbour.ship from clerk;
grant select on harbour.ship to clerk;

-- right granted by another grantor
--= nothing
set role keeper;
grant select on harbour.ship to clerk;
reset role;

-- column added and dropped
--= nothing
alter table harbour.buoy add extra integer;
alter table harbour.buoy drop extra;

-- index dropped and made again
--= nothing
drop index harbour.ship_draught;
create index ship_draught on harbour.ship (draught);

-- constraint dropped and made again
--= nothing
alter table harbour.ship drop constraint crew_aboard;
alter table harbour.ship add constraint crew_aboard check (crew > 0);

-- policy dropped and made again
--= nothing
drop policy shallow on harbour.ship;
create policy shallow on harbour.ship for select to public using (draught > 1);

-- trigger dropped and made again
--= nothing
drop trigger stamp on harbour.ship;
create trigger stamp before update on harbour.ship for each row execute function harbour.touch();

-- row security off and on
--= nothing
alter table harbour.ship disable row level security;
alter table harbour.ship enable row level security;

-- temporary table
--= nothing
create temporary table passing (id integer primary key);

-- rolled back
--= nothing
begin;
create table harbour.never (id integer);
alter table harbour.ship add column never integer;
rollback;

-- large object
--= nothing
select lo_create(987654);

-- unlogged and back
--= nothing
alter table harbour.buoy set unlogged;
alter table harbour.buoy set logged;
