# Every command that writes a catalog, in its forms, one after the other in one database: after each the schema is
# another one. The format is that of properties/changes.sql. :database is the database, :yard an empty directory.

-- CREATE SCHEMA
create schema plant;

-- CREATE SCHEMA with elements
create schema field create table crop (id integer primary key, name text) create view crops as select id from crop;

-- COMMENT ON SCHEMA
comment on schema plant is 'grows';

-- ALTER SCHEMA RENAME
alter schema field rename to meadow;

-- ALTER SCHEMA OWNER
alter schema meadow owner to farmer;

-- GRANT ON SCHEMA
grant usage on schema plant to farmer;

-- REVOKE ON SCHEMA
revoke usage on schema plant from farmer;

-- CREATE TYPE enum
create type plant.colour as enum ('red', 'green');

-- ALTER TYPE ADD VALUE
alter type plant.colour add value 'blue';

-- ALTER TYPE ADD VALUE BEFORE
alter type plant.colour add value 'pink' before 'green';

-- ALTER TYPE RENAME VALUE
alter type plant.colour rename value 'pink' to 'rose';

-- CREATE TYPE composite
create type plant.pair as (a integer, b text);

-- ALTER TYPE ADD ATTRIBUTE
alter type plant.pair add attribute c date;

-- ALTER TYPE ALTER ATTRIBUTE
alter type plant.pair alter attribute c type timestamptz;

-- ALTER TYPE RENAME ATTRIBUTE
alter type plant.pair rename attribute c to d;

-- ALTER TYPE DROP ATTRIBUTE
alter type plant.pair drop attribute d;

-- CREATE TYPE range
create type plant.span as range (subtype = integer);

-- CREATE TYPE shell
create type plant.shell;

-- CREATE FUNCTION for a base type: in
create function plant.shell_in(cstring) returns plant.shell language internal immutable strict as 'textin';

-- CREATE FUNCTION for a base type: out
create function plant.shell_out(plant.shell) returns cstring language internal immutable strict as 'textout';

-- CREATE TYPE base
create type plant.shell (input = plant.shell_in, output = plant.shell_out, like = text);

-- ALTER TYPE SET
alter type plant.shell set (storage = external);

-- ALTER TYPE RENAME
alter type plant.span rename to reach;

-- ALTER TYPE OWNER
alter type plant.colour owner to farmer;

-- ALTER TYPE SET SCHEMA
alter type plant.reach set schema meadow;

-- GRANT ON TYPE
grant usage on type plant.pair to farmer;

-- COMMENT ON TYPE
comment on type plant.colour is 'of leaves';

-- COMMENT ON a composite's COLUMN
comment on column plant.pair.a is 'the first';

-- DROP TYPE
drop type meadow.reach;

-- CREATE DOMAIN
create domain plant.size as integer check (value > 0);

-- ALTER DOMAIN SET DEFAULT
alter domain plant.size set default 1;

-- ALTER DOMAIN DROP DEFAULT
alter domain plant.size drop default;

-- ALTER DOMAIN SET NOT NULL
alter domain plant.size set not null;

-- ALTER DOMAIN DROP NOT NULL
alter domain plant.size drop not null;

-- ALTER DOMAIN ADD CONSTRAINT NOT VALID
alter domain plant.size add constraint tall check (value < 100) not valid;

-- ALTER DOMAIN VALIDATE CONSTRAINT
alter domain plant.size validate constraint tall;

-- ALTER DOMAIN RENAME CONSTRAINT
alter domain plant.size rename constraint tall to high;

-- COMMENT ON a domain's CONSTRAINT
comment on constraint high on domain plant.size is 'below the roof';

-- ALTER DOMAIN DROP CONSTRAINT
alter domain plant.size drop constraint high;

-- ALTER DOMAIN RENAME
alter domain plant.size rename to height;

-- DROP DOMAIN
drop domain plant.height;

-- CREATE SEQUENCE
create sequence plant.counter;

-- ALTER SEQUENCE
alter sequence plant.counter increment 2 maxvalue 1000 cycle;

-- ALTER SEQUENCE AS
alter sequence plant.counter as smallint;

-- ALTER SEQUENCE SET UNLOGGED (15+)
alter sequence plant.counter set unlogged;

-- ALTER SEQUENCE RENAME
alter sequence plant.counter rename to number;

-- GRANT ON SEQUENCE
grant select on sequence plant.number to farmer;

-- CREATE TABLE
create table plant.tree (id integer, name text, tall numeric(5, 1), near integer[], colour plant.colour);

-- CREATE TABLE with everything
create table plant.leaf (id bigint generated always as identity primary key, tree_id integer, weight real default 1 check (weight > 0),
    twice real generated always as (weight * 2) stored, code varchar(8) collate "C" unique deferrable, "Odd Name" text) with (fillfactor = 70);

-- CREATE TABLE LIKE
create table plant.twig (like plant.tree including all);

-- CREATE TABLE INHERITS
create table plant.oak (acorns integer) inherits (plant.tree);

-- CREATE TABLE OF
create table plant.pairs of plant.pair (a with options default 1);

-- CREATE TABLE AS
create table plant.copy as select id, name from plant.tree;

-- SELECT INTO
select id into plant.other from plant.tree;

-- CREATE UNLOGGED TABLE
create unlogged table plant.quick (id integer);

-- ALTER TABLE SET LOGGED
alter table plant.quick set logged;

-- ALTER TABLE ADD COLUMN
alter table plant.tree add column planted date;

-- ALTER TABLE ADD COLUMN with a default
alter table plant.tree add column alive boolean default true not null;

-- ALTER TABLE DROP COLUMN
alter table plant.tree drop column planted;

-- ALTER TABLE RENAME COLUMN
alter table plant.tree rename column tall to height;

-- ALTER TABLE ALTER COLUMN TYPE
alter table plant.tree alter column height type numeric(6, 2);

-- ALTER TABLE ALTER COLUMN TYPE, only its length
alter table plant.leaf alter column code type varchar(9);

-- ALTER TABLE ALTER COLUMN SET DEFAULT
alter table plant.tree alter column name set default 'nameless';

-- ALTER TABLE ALTER COLUMN DROP DEFAULT
alter table plant.tree alter column name drop default;

-- ALTER TABLE ALTER COLUMN SET NOT NULL
alter table plant.tree alter column name set not null;

-- ALTER TABLE ALTER COLUMN DROP NOT NULL
alter table plant.tree alter column name drop not null;

-- ALTER TABLE ALTER COLUMN SET STATISTICS
alter table plant.tree alter column name set statistics 7;

-- ALTER TABLE ALTER COLUMN SET (n_distinct)
alter table plant.tree alter column name set (n_distinct = -0.5);

-- ALTER TABLE ALTER COLUMN RESET
alter table plant.tree alter column name reset (n_distinct);

-- ALTER TABLE ALTER COLUMN SET STORAGE
alter table plant.tree alter column name set storage main;

-- ALTER TABLE ALTER COLUMN SET COMPRESSION (14+)
alter table plant.tree alter column name set compression pglz;

-- ALTER TABLE ALTER COLUMN ADD GENERATED
alter table plant.copy alter column id set not null, alter column id add generated by default as identity;

-- ALTER TABLE ALTER COLUMN SET GENERATED
alter table plant.copy alter column id set generated always;

-- ALTER TABLE ALTER COLUMN's sequence
alter table plant.copy alter column id set start with 7 set increment by 3;

-- ALTER TABLE ALTER COLUMN DROP IDENTITY
alter table plant.copy alter column id drop identity;

-- ALTER TABLE ALTER COLUMN SET EXPRESSION (17+)
alter table plant.leaf alter column twice set expression as (weight * 3);

-- ALTER TABLE ALTER COLUMN DROP EXPRESSION
alter table plant.leaf alter column twice drop expression;

-- ALTER TABLE ADD PRIMARY KEY
alter table plant.tree add primary key (id);

-- ALTER TABLE ADD FOREIGN KEY
alter table plant.leaf add constraint of_tree foreign key (tree_id) references plant.tree;

-- ALTER TABLE ALTER CONSTRAINT
alter table plant.leaf alter constraint of_tree deferrable initially deferred;

-- ALTER TABLE ADD CHECK NOT VALID
alter table plant.tree add constraint long check (length(name) > 1) not valid;

-- ALTER TABLE VALIDATE CONSTRAINT
alter table plant.tree validate constraint long;

-- ALTER TABLE RENAME CONSTRAINT
alter table plant.tree rename constraint long to longer;

-- ALTER TABLE DROP CONSTRAINT
alter table plant.tree drop constraint longer;

-- ALTER TABLE ADD NOT NULL, named (18+)
alter table plant.tree add constraint has_name not null name;

-- ALTER TABLE ADD CHECK NOT ENFORCED (18+)
alter table plant.tree add constraint perhaps check (height > 0) not enforced;

-- ALTER TABLE ADD EXCLUDE
alter table plant.other add constraint alone exclude using btree (id with =);

-- CREATE INDEX
create index leaf_weight on plant.leaf (weight desc) where weight > 2;

-- CREATE INDEX CONCURRENTLY
create index concurrently tree_lower on plant.tree (lower(name));

-- ALTER TABLE ADD UNIQUE USING INDEX
create unique index copy_id on plant.copy (id);
alter table plant.copy add constraint copy_once unique using index copy_id;

-- ALTER INDEX SET
alter index plant.leaf_weight set (fillfactor = 60);

-- ALTER INDEX ALTER COLUMN SET STATISTICS
alter index plant.tree_lower alter column 1 set statistics 9;

-- ALTER INDEX RENAME
alter index plant.leaf_weight rename to leaf_heavy;

-- ALTER INDEX SET TABLESPACE
alter index plant.leaf_heavy set tablespace barn;

-- COMMENT ON INDEX
comment on index plant.leaf_heavy is 'for the heavy';

-- DROP INDEX
drop index plant.tree_lower;

-- ALTER TABLE CLUSTER ON
alter table plant.tree cluster on tree_pkey;

-- ALTER TABLE SET WITHOUT CLUSTER
alter table plant.tree set without cluster;

-- ALTER TABLE SET
alter table plant.tree set (fillfactor = 80, toast.autovacuum_enabled = false);

-- ALTER TABLE RESET
alter table plant.tree reset (fillfactor);

-- ALTER TABLE SET TABLESPACE
alter table plant.quick set tablespace barn;

-- ALTER TABLE SET ACCESS METHOD (15+)
create access method pile type table handler heap_tableam_handler;
alter table plant.quick set access method pile;

-- ALTER TABLE REPLICA IDENTITY
alter table plant.tree replica identity full;

-- ALTER TABLE INHERIT
create table plant.elm (like plant.tree including constraints);
alter table plant.elm inherit plant.tree;

-- ALTER TABLE NO INHERIT
alter table plant.elm no inherit plant.tree;

-- ALTER TABLE NOT OF
alter table plant.pairs not of;

-- ALTER TABLE OF
alter table plant.pairs of plant.pair;

-- ALTER TABLE ENABLE ROW LEVEL SECURITY
alter table plant.tree enable row level security;

-- ALTER TABLE FORCE ROW LEVEL SECURITY
alter table plant.tree force row level security;

-- ALTER TABLE OWNER
alter table plant.copy owner to farmer;

-- ALTER TABLE RENAME
alter table plant.copy rename to clone;

-- ALTER TABLE SET SCHEMA
alter table plant.clone set schema meadow;

-- GRANT ON TABLE
grant select, insert on plant.tree to farmer with grant option;

-- REVOKE GRANT OPTION
revoke grant option for select on plant.tree from farmer;

-- GRANT ON ALL TABLES
grant references on all tables in schema plant to farmer;

-- GRANT of columns
grant update (name) on plant.tree to farmer;

-- REVOKE of columns
revoke update (name) on plant.tree from farmer;

-- COMMENT ON TABLE
comment on table plant.tree is 'wood';

-- COMMENT ON COLUMN
comment on column plant.tree.name is 'in Latin';

-- COMMENT ON CONSTRAINT
comment on constraint of_tree on plant.leaf is 'grows there';

-- COMMENT taken away
comment on table plant.tree is null;

-- CREATE TABLE PARTITION BY
create table plant.season (at date not null, yield integer) partition by range (at);

-- CREATE TABLE PARTITION OF
create table plant.spring partition of plant.season for values from ('2024-03-01') to ('2024-06-01');

-- CREATE TABLE PARTITION OF, default
create table plant.rest partition of plant.season default partition by list (yield);

-- CREATE INDEX on a partitioned table
create index season_yield on plant.season (yield);

-- CREATE INDEX ONLY
create index season_at on only plant.season (at);

-- ALTER INDEX ATTACH PARTITION
create index spring_at on plant.spring (at);
create index rest_at on plant.rest (at);
alter index plant.season_at attach partition plant.spring_at;
alter index plant.season_at attach partition plant.rest_at;

-- ALTER TABLE DETACH PARTITION
alter table plant.season detach partition plant.spring;

-- ALTER TABLE ATTACH PARTITION
alter table plant.season attach partition plant.spring for values from ('2024-03-01') to ('2024-05-01');

-- ALTER TABLE DETACH PARTITION CONCURRENTLY (14+)
drop table plant.rest;
alter table plant.season detach partition plant.spring concurrently;

-- CREATE VIEW
create view plant.tall as select id, name from plant.tree where height > 10;

-- CREATE OR REPLACE VIEW
create or replace view plant.tall as select id, name from plant.tree where height > 20;

-- CREATE RECURSIVE VIEW
create recursive view plant.ten (n) as values (1) union all select n + 1 from ten where n < 10;

-- ALTER VIEW SET
alter view plant.tall set (security_barrier = true);

-- ALTER VIEW ALTER COLUMN SET DEFAULT
alter view plant.tall alter column name set default 'x';

-- ALTER VIEW RENAME COLUMN
alter view plant.tall rename column name to title;

-- ALTER VIEW RENAME
alter view plant.tall rename to high;

-- ALTER VIEW OWNER
alter view plant.high owner to farmer;

-- COMMENT ON VIEW
comment on view plant.high is 'seen from far';

-- CREATE MATERIALIZED VIEW
create materialized view plant.sum as select count(*) as n from plant.tree with no data;

-- CREATE INDEX on a materialized view
create unique index sum_n on plant.sum (n);

-- ALTER MATERIALIZED VIEW SET
alter materialized view plant.sum set (autovacuum_enabled = false);

-- ALTER MATERIALIZED VIEW RENAME
alter materialized view plant.sum rename to total;

-- DROP VIEW
drop view plant.ten;

-- CREATE FUNCTION
create function plant.grow(n integer, by integer default 1) returns integer language sql as 'select n + by';

-- CREATE OR REPLACE FUNCTION
create or replace function plant.grow(n integer, by integer default 1) returns integer language sql as 'select n + by * 2';

-- CREATE FUNCTION with a parsed body (14+)
create function plant.born() returns date language sql return current_date;

-- CREATE FUNCTION RETURNS TABLE
create function plant.list() returns table (id integer, name text) language sql as 'select id, name from plant.tree';

-- CREATE FUNCTION of a trigger
create function plant.mark() returns trigger language plpgsql as 'begin return new; end';

-- CREATE FUNCTION of an event trigger
create function plant.heard() returns event_trigger language plpgsql as 'begin end';

-- ALTER FUNCTION
alter function plant.grow(integer, integer) immutable strict security definer leakproof cost 7 parallel safe;

-- ALTER FUNCTION SET
alter function plant.grow(integer, integer) set work_mem = '8MB';

-- ALTER FUNCTION RESET ALL
alter function plant.grow(integer, integer) reset all;

-- ALTER FUNCTION RENAME
alter function plant.list() rename to listed;

-- ALTER FUNCTION SET SCHEMA
alter function plant.listed() set schema meadow;

-- ALTER FUNCTION OWNER
alter function plant.grow(integer, integer) owner to farmer;

-- ALTER FUNCTION DEPENDS ON EXTENSION
create extension pg_trgm schema plant;
alter function plant.grow(integer, integer) depends on extension pg_trgm;

-- GRANT ON FUNCTION
grant execute on function plant.grow(integer, integer) to farmer, breeder;

-- REVOKE ON FUNCTION
revoke execute on function plant.grow(integer, integer) from public;

-- COMMENT ON FUNCTION
comment on function plant.grow(integer, integer) is 'bigger';

-- CREATE PROCEDURE
create procedure plant.water(n integer) language sql as 'select n';

-- ALTER PROCEDURE
alter procedure plant.water(integer) security definer;

-- ALTER ROUTINE
alter routine plant.water(integer) rename to pour;

-- CREATE AGGREGATE
create aggregate plant.most(integer) (sfunc = int4larger, stype = integer);

-- ALTER AGGREGATE
alter aggregate plant.most(integer) owner to farmer;

-- COMMENT ON AGGREGATE
comment on aggregate plant.most(integer) is 'the largest';

-- CREATE TRIGGER
create trigger first before insert on plant.tree for each row execute function plant.mark();

-- CREATE CONSTRAINT TRIGGER
create constraint trigger last after insert on plant.tree deferrable for each row execute function plant.mark();

-- ALTER TRIGGER
alter trigger first on plant.tree rename to one;

-- ALTER TABLE DISABLE TRIGGER
alter table plant.tree disable trigger one;

-- ALTER TABLE ENABLE ALWAYS TRIGGER
alter table plant.tree enable always trigger one;

-- COMMENT ON TRIGGER
comment on trigger one on plant.tree is 'marks';

-- DROP TRIGGER
drop trigger last on plant.tree;

-- CREATE RULE on a table
create rule quiet as on update to plant.other do instead nothing;

-- ALTER RULE
alter rule quiet on plant.other rename to silent;

-- ALTER TABLE DISABLE RULE
alter table plant.other disable rule silent;

-- COMMENT ON RULE
comment on rule silent on plant.other is 'as it was';

-- DROP RULE
drop rule silent on plant.other;

-- CREATE POLICY
create policy own on plant.tree for select to farmer using (id > 1);

-- ALTER POLICY
alter policy own on plant.tree to public using (id > 2);

-- ALTER POLICY RENAME
alter policy own on plant.tree rename to mine;

-- COMMENT ON POLICY
comment on policy mine on plant.tree is 'not yours';

-- DROP POLICY
drop policy mine on plant.tree;

-- CREATE EVENT TRIGGER
create event trigger ear on ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE') execute function plant.heard();

-- ALTER EVENT TRIGGER
alter event trigger ear enable replica;

-- ALTER EVENT TRIGGER RENAME
alter event trigger ear rename to ears;

-- COMMENT ON EVENT TRIGGER
comment on event trigger ears is 'listens';

-- DROP EVENT TRIGGER
drop event trigger ears;

-- CREATE STATISTICS
create statistics plant.both (dependencies) on id, name from plant.tree;

-- ALTER STATISTICS SET STATISTICS
alter statistics plant.both set statistics 11;

-- ALTER STATISTICS RENAME
alter statistics plant.both rename to two;

-- CREATE STATISTICS on an expression (14+)
create statistics plant.lowered on lower(name) from plant.tree;

-- COMMENT ON STATISTICS
comment on statistics plant.two is 'go together';

-- DROP STATISTICS
drop statistics plant.two;

-- CREATE EXTENSION
create extension hstore schema plant version '1.6';

-- ALTER EXTENSION UPDATE
alter extension hstore update;

-- ALTER EXTENSION SET SCHEMA
alter extension hstore set schema meadow;

-- CREATE FUNCTION for an extension
create function plant.taken() returns integer language sql as 'select 1';

-- ALTER EXTENSION ADD
alter extension hstore add function plant.taken();

-- ALTER EXTENSION DROP
alter extension hstore drop function plant.taken();

-- COMMENT ON EXTENSION
comment on extension hstore is 'pairs';

-- DROP EXTENSION
drop extension hstore;

-- CREATE COLLATION
create collation plant.plain from "C";

-- CREATE COLLATION of ICU
create collation plant.german (provider = icu, locale = 'de-u-co-phonebk');

-- ALTER COLLATION
alter collation plant.plain rename to simple;

-- COMMENT ON COLLATION
comment on collation plant.german is 'as in the telephone book';

-- DROP COLLATION
drop collation plant.german;

-- CREATE OPERATOR
create operator plant.<<<< (leftarg = integer, rightarg = integer, function = int4lt, commutator = operator(plant.>>>>), restrict = scalarltsel);

-- ALTER OPERATOR
alter operator plant.<<<< (integer, integer) set (restrict = none);

-- COMMENT ON OPERATOR
comment on operator plant.<<<< (integer, integer) is 'much less';

-- CREATE OPERATOR FAMILY
create operator family plant.family using btree;

-- CREATE OPERATOR CLASS
create operator class plant.class for type integer using btree family plant.family as operator 1 <, operator 3 =, function 1 btint4cmp(integer, integer);

-- ALTER OPERATOR FAMILY ADD
alter operator family plant.family using btree add operator 1 < (integer, bigint);

-- ALTER OPERATOR FAMILY DROP
alter operator family plant.family using btree drop operator 1 (integer, bigint);

-- ALTER OPERATOR CLASS
alter operator class plant.class using btree rename to sort;

-- COMMENT ON OPERATOR CLASS
comment on operator class plant.sort using btree is 'by number';

-- COMMENT ON OPERATOR FAMILY
comment on operator family plant.family using btree is 'of numbers';

-- DROP OPERATOR CLASS
drop operator class plant.sort using btree;

-- DROP OPERATOR FAMILY
drop operator family plant.family using btree;

-- DROP OPERATOR
drop operator plant.<<<< (integer, integer);

-- CREATE CAST
create cast (plant.colour as integer) with inout;

-- COMMENT ON CAST
comment on cast (plant.colour as integer) is 'never works';

-- DROP CAST
drop cast (plant.colour as integer);

-- CREATE CONVERSION
create conversion plant.latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;

-- ALTER CONVERSION
alter conversion plant.latin rename to west;

-- COMMENT ON CONVERSION
comment on conversion plant.west is 'old';

-- DROP CONVERSION
drop conversion plant.west;

-- CREATE TRANSFORM
create transform for integer language sql (from sql with function prsd_lextype(internal), to sql with function int4recv(internal));

-- COMMENT ON TRANSFORM
comment on transform for integer language sql is 'odd';

-- DROP TRANSFORM
drop transform for integer language sql;

-- CREATE LANGUAGE
create trusted language talk handler plpgsql_call_handler inline plpgsql_inline_handler validator plpgsql_validator;

-- ALTER LANGUAGE
alter language talk rename to speech;

-- GRANT ON LANGUAGE
grant usage on language speech to farmer;

-- COMMENT ON LANGUAGE
comment on language speech is 'spoken';

-- DROP LANGUAGE
drop language speech;

-- CREATE ACCESS METHOD
create access method pile2 type table handler heap_tableam_handler;

-- COMMENT ON ACCESS METHOD
comment on access method pile2 is 'heaped';

-- DROP ACCESS METHOD
drop access method pile2;

-- CREATE TEXT SEARCH PARSER
create text search parser plant.cut (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

-- ALTER TEXT SEARCH PARSER
alter text search parser plant.cut rename to slice;

-- COMMENT ON TEXT SEARCH PARSER
comment on text search parser plant.slice is 'thin';

-- CREATE TEXT SEARCH TEMPLATE
create text search template plant.mould (lexize = dsimple_lexize, init = dsimple_init);

-- CREATE TEXT SEARCH DICTIONARY
create text search dictionary plant.words (template = pg_catalog.simple);

-- ALTER TEXT SEARCH DICTIONARY
alter text search dictionary plant.words (accept = false);

-- CREATE TEXT SEARCH CONFIGURATION
create text search configuration plant.search (copy = pg_catalog.english);

-- ALTER TEXT SEARCH CONFIGURATION ALTER MAPPING
alter text search configuration plant.search alter mapping for word with plant.words;

-- ALTER TEXT SEARCH CONFIGURATION ALTER MAPPING REPLACE
alter text search configuration plant.search alter mapping replace english_stem with plant.words;

-- ALTER TEXT SEARCH CONFIGURATION DROP MAPPING
alter text search configuration plant.search drop mapping for url;

-- COMMENT ON TEXT SEARCH CONFIGURATION
comment on text search configuration plant.search is 'finds';

-- DROP TEXT SEARCH CONFIGURATION
drop text search configuration plant.search;

-- DROP TEXT SEARCH DICTIONARY
drop text search dictionary plant.words;

-- DROP TEXT SEARCH TEMPLATE
drop text search template plant.mould;

-- DROP TEXT SEARCH PARSER
drop text search parser plant.slice;

-- CREATE FOREIGN DATA WRAPPER
create foreign data wrapper abroad options (a '1');

-- ALTER FOREIGN DATA WRAPPER
alter foreign data wrapper abroad options (set a '2', add b '3');

-- GRANT ON FOREIGN DATA WRAPPER
grant usage on foreign data wrapper abroad to farmer;

-- COMMENT ON FOREIGN DATA WRAPPER
comment on foreign data wrapper abroad is 'far';

-- CREATE SERVER
create server inn type 't' version '1' foreign data wrapper abroad options (host 'h');

-- ALTER SERVER
alter server inn version '2' options (set host 'i');

-- GRANT ON SERVER
grant usage on foreign server inn to farmer;

-- COMMENT ON SERVER
comment on server inn is 'on the way';

-- CREATE USER MAPPING
create user mapping for farmer server inn options (u 'a', password 'b');

-- ALTER USER MAPPING
alter user mapping for farmer server inn options (set u 'c');

-- ALTER USER MAPPING, only its secret
alter user mapping for farmer server inn options (set password 'd');

-- CREATE FOREIGN TABLE
create foreign table plant.distant (id integer options (o '1') not null) server inn options (t 'x');

-- ALTER FOREIGN TABLE
alter foreign table plant.distant add column more text, options (set t 'y');

-- ALTER FOREIGN TABLE ALTER COLUMN OPTIONS
alter foreign table plant.distant alter column id options (set o '2');

-- DROP FOREIGN TABLE
drop foreign table plant.distant;

-- DROP USER MAPPING
drop user mapping for farmer server inn;

-- DROP SERVER
drop server inn;

-- DROP FOREIGN DATA WRAPPER
drop foreign data wrapper abroad;

-- CREATE PUBLICATION
create publication paper for table plant.tree;

-- ALTER PUBLICATION ADD TABLE
alter publication paper add table plant.other;

-- ALTER PUBLICATION DROP TABLE
alter publication paper drop table plant.other;

-- ALTER PUBLICATION SET
alter publication paper set (publish = 'insert, delete');

-- ALTER PUBLICATION ADD TABLES IN SCHEMA (15+)
alter publication paper add tables in schema meadow;

-- ALTER PUBLICATION SET TABLE with columns (15+)
alter publication paper set table plant.tree (id, name) where (id > 3);

-- ALTER PUBLICATION RENAME
alter publication paper rename to gazette;

-- COMMENT ON PUBLICATION
comment on publication gazette is 'weekly';

-- CREATE SUBSCRIPTION
create subscription mail connection 'host=/nonexistent dbname=x' publication p with (connect = false);

-- ALTER SUBSCRIPTION SET
alter subscription mail set (slot_name = none, synchronous_commit = off);

-- ALTER SUBSCRIPTION SET PUBLICATION
alter subscription mail set publication p, q with (refresh = false);

-- ALTER SUBSCRIPTION CONNECTION
alter subscription mail connection 'host=/nonexistent dbname=y';

-- COMMENT ON SUBSCRIPTION
comment on subscription mail is 'daily';

-- DROP SUBSCRIPTION
drop subscription mail;

-- DROP PUBLICATION
drop publication gazette;

-- ALTER DEFAULT PRIVILEGES
alter default privileges for role farmer grant select on tables to breeder;

-- ALTER DEFAULT PRIVILEGES IN SCHEMA
alter default privileges in schema plant grant usage on sequences to breeder;

-- ALTER DEFAULT PRIVILEGES REVOKE
alter default privileges for role farmer revoke select on tables from breeder;

-- GRANT on a built-in object
grant execute on function pg_stat_reset() to farmer;

-- REVOKE on a built-in object
revoke execute on function pg_stat_reset() from farmer;

-- ALTER DATABASE SET
alter database :database set work_mem = '7MB';

-- ALTER DATABASE RESET
alter database :database reset work_mem;

-- ALTER DATABASE CONNECTION LIMIT
alter database :database connection limit 90;

-- ALTER DATABASE OWNER
alter database :database owner to farmer;

-- GRANT ON DATABASE
grant create on database :database to breeder;

-- COMMENT ON DATABASE
comment on database :database is 'a garden';

-- CREATE ROLE
create role hand;

-- ALTER ROLE
alter role hand createdb login connection limit 2;

-- ALTER ROLE SET
alter role hand set work_mem = '6MB';

-- ALTER ROLE IN DATABASE SET
alter role hand in database :database set work_mem = '5MB';

-- ALTER ROLE RESET ALL
alter role hand reset all;

-- ALTER ROLE RENAME
alter role hand rename to helper;

-- CREATE GROUP
create group all_hands;

-- ALTER GROUP
alter group all_hands add user helper;

-- GRANT a role
grant farmer to helper with admin option;

-- REVOKE ADMIN OPTION
revoke admin option for farmer from helper;

-- COMMENT ON ROLE
comment on role helper is 'helps';

-- GRANT ON PARAMETER (15+)
grant set on parameter log_statement to helper;

-- REVOKE ON PARAMETER (15+)
revoke set on parameter log_statement from helper;

-- ALTER TABLESPACE
alter tablespace barn set (seq_page_cost = 2);

-- GRANT ON TABLESPACE
grant create on tablespace barn to helper;

-- COMMENT ON TABLESPACE
comment on tablespace barn is 'dry';

-- REASSIGN OWNED
reassign owned by farmer to breeder;

-- DROP OWNED
drop owned by helper;

-- DROP ROLE
drop role helper;

-- DROP FUNCTION
drop function plant.taken();

-- DROP PROCEDURE
drop procedure plant.pour(integer);

-- DROP AGGREGATE
drop aggregate plant.most(integer);

-- DROP MATERIALIZED VIEW
drop materialized view plant.total;

-- DROP SEQUENCE
drop sequence plant.number;

-- DROP TABLE
drop table plant.quick;

-- a table made again in one transaction
begin;
drop table plant.other;
create table plant.other (id integer);
commit;

-- a column dropped and added in one transaction
begin;
alter table plant.other drop column id;
alter table plant.other add column id integer;
commit;

-- a commit after a savepoint was rolled back
begin;
savepoint s;
create table plant.never (id integer);
rollback to s;
alter table plant.other add column more integer;
commit;

-- DO
do $$ begin execute 'create table plant.done (id integer)'; end $$;

-- DROP SCHEMA CASCADE
drop schema plant cascade;

# Of what is not read (forest.sql), and what is read shows it.

-- ALTER FUNCTION RENAME of a default, a check and a policy
alter function wild.count() rename to counting;

-- ALTER FUNCTION RENAME of a trigger
alter function wild.guard() rename to guarding;

-- ALTER SEQUENCE RENAME of a default
alter sequence wild.numbers rename to figures;

-- ALTER TABLE RENAME COLUMN beneath a view
alter table wild.animal rename name to called;

-- ALTER TABLE RENAME COLUMN of a foreign key
alter table wild.animal rename id to number;

-- ALTER TABLE RENAME of a foreign key
alter table wild.animal rename to beast;

-- DISABLE TRIGGER of a foreign key
alter table wild.beast disable trigger all;

-- CREATE RULE beneath a view
create rule seeing as on insert to wild.seen do instead nothing;

-- CREATE OR REPLACE VIEW beneath a view
drop rule seeing on wild.seen;
create or replace view wild.seen as select number as id from wild.beast;

# Of what lies more than one step below what shows it.

-- CREATE RULE three views down
create rule taming as on insert to public.tame_once do instead nothing;

-- DROP RULE three views down
drop rule taming on public.tame_once;

-- CREATE OR REPLACE VIEW three views down
create or replace view public.tame_once as select name from public.tame;

-- ALTER TABLE RENAME of an array's elements
alter table public.tame rename to tamed;

# Members of an extension, which are not read either.

-- ALTER EXTENSION ADD TABLE
create extension citext schema meadow;
alter extension citext add table public.stray;

-- ALTER EXTENSION ADD VIEW
alter extension citext add view public.strays;

-- ALTER EXTENSION ADD FUNCTION
alter extension citext add function public.herd_size(integer);

-- ALTER FUNCTION RENAME of a member
alter function public.herd_size(integer) rename to herd_length;

-- FOREIGN KEY to a member
alter table public.herd add foreign key (id) references public.stray;

-- COMMENT that looks like a type's lost name
comment on table public.herd is '???';
