-- Storage and all kinds of objects that no table is made of.
create table wide (
    id int, t text, n numeric(10, 2), j jsonb compression pglz, b bytea, arr int[],
    constraint wide_pkey primary key (id) with (fillfactor = 70),
    constraint wide_t unique (t)
) with (fillfactor = 80, toast.autovacuum_enabled = false);
alter table wide alter t set storage external, alter n set storage plain, alter j set storage main,
    alter b set storage extended, alter id set storage plain;
alter table wide alter t set statistics 500, alter n set (n_distinct = -0.5), alter j set statistics 0;
alter table wide alter j set statistics -1, alter b set compression pglz, alter j set compression default;
alter table wide set (autovacuum_enabled = off, toast.autovacuum_vacuum_threshold = 10);
alter table wide reset (fillfactor);
alter table wide replica identity using index wide_pkey;
alter table wide cluster on wide_t;
create index wide_lower on wide (lower(t), id) with (fillfactor = 60);
alter index wide_lower alter column 1 set statistics 1000;
alter index wide_lower set (fillfactor = 65);
alter index wide_t set (fillfactor = 50);
comment on index wide_pkey is 'of the key';
comment on constraint wide_pkey on wide is 'the key';
create table full_identity (id int);
alter table full_identity replica identity full;
create table no_identity (id int);
alter table no_identity replica identity nothing;
create table gone_identity (id int not null);
create unique index gone_index on gone_identity (id);
alter table gone_identity replica identity using index gone_index;
drop index gone_index;
create unlogged table fast (id serial, x bigint generated always as identity);
create unlogged table was_fast (id serial);
alter table was_fast set logged;
create unlogged sequence fast_counter;
create table mother (a int, b text, check (a > 0));
alter table mother alter b set storage external;
create table daughter (c int) inherits (mother);
create table son (a int, b text);
alter table son add constraint mother_a_check check (a > 0);
alter table son inherit mother;
create table left_home (d int) inherits (mother);
alter table left_home no inherit mother;
create type row_type as (a int, b text);
create table typed of row_type;
create table parts (id int, at date) partition by range (at);
create table part_1 partition of parts for values from ('2020-01-01') to ('2021-01-01');
create table part_2 partition of parts for values from ('2021-01-01') to ('2022-01-01');
alter table parts detach partition part_2;
create table child_key (id int primary key, w int references wide (id));
alter table child_key disable trigger all;

create rule nothing as on insert to full_identity do instead nothing;
create rule where_nothing as on update to full_identity where new.id > old.id do nothing;
alter table full_identity disable rule where_nothing;
comment on rule nothing on full_identity is 'no rows';
create view counted as select count(*) as n from wide;
create rule counted_insert as on insert to counted do instead nothing;
alter view counted alter n set default 5;

create statistics few on id, t from wide;
create statistics one (ndistinct) on t, id from wide;
create statistics two (mcv, dependencies) on n, id, t from wide;
create statistics expr on (lower(t)), id from wide;
create statistics single on (id + 1) from wide;
alter statistics few set statistics 77;
comment on statistics few is 'some';
create statistics dropped on id, b from wide;
alter table wide drop column b;

create function diff(a float8, b float8) returns float8 language sql immutable as 'select a - b';
create type span as range (subtype = float8, subtype_diff = diff, multirange_type_name = spans);
create type span_of_text as range (subtype = text, collation = "C");
create domain small as int;
create type small_range as range (subtype = small);
comment on type span is 'a span';
create collation german (provider = icu, locale = 'de', deterministic = false);
create collation c_like from "C";
create collation posix_like (locale = 'POSIX');
comment on collation german is 'german';

create function eq(a row_type, b row_type) returns boolean language sql immutable as 'select true';
create function ne(a row_type, b row_type) returns boolean language sql immutable as 'select true';
create operator === (leftarg = row_type, rightarg = row_type, function = eq, commutator = ===,
    negator = !==, restrict = eqsel, join = eqjoinsel, hashes, merges);
create operator !== (leftarg = row_type, rightarg = row_type, function = ne, negator = ===);
create operator @@@ (rightarg = text, function = length);
comment on operator === (row_type, row_type) is 'alike';
create function to_text(row_type) returns text language sql as 'select ''''';
create cast (row_type as text) with function to_text(row_type) as assignment;
create cast (row_type as jsonb) with inout;
comment on cast (row_type as text) is 'as text';

create function add(a int, b int) returns int language sql immutable as 'select a + b';
create aggregate total (int) (sfunc = add, stype = int, initcond = '0', combinefunc = add, parallel = safe);
create aggregate plain_total (int) (sfunc = int4pl, stype = int);
create aggregate ordered (order by int) (sfunc = array_append, stype = int[], finalfunc = cardinality);
create function supported(text) returns boolean language sql immutable as 'select true';
alter function total(int) owner to postgres;

create publication all_of_it for all tables with (publish = 'insert, update');
create publication some_of_it for table wide (id, t) where (id > 5), mother;
create publication schemas_of_it for tables in schema public with (publish_via_partition_root = true);
alter publication some_of_it add table only left_home;
alter publication some_of_it drop table mother;
comment on publication some_of_it is 'some';

create function on_ddl() returns event_trigger language plpgsql as 'begin end';
create event trigger ddl on ddl_command_end when tag in ('CREATE TABLE', 'drop table') execute function on_ddl();
create event trigger all_ddl on sql_drop execute function on_ddl();
alter event trigger all_ddl disable;
comment on event trigger ddl is 'watch';

create text search dictionary plain (template = simple, stopwords = english, accept = false);
create text search configuration words (copy = english);
alter text search configuration words alter mapping for word, asciiword with plain, english_stem;
alter text search configuration words drop mapping for email, url;
create text search configuration empty (parser = default);
alter text search configuration empty add mapping for word with simple;
comment on text search configuration words is 'words';
comment on text search dictionary plain is 'plain';

create foreign data wrapper wrap options (debug 'true');
create server far type 'x' version '1' foreign data wrapper wrap options (host 'h', password 'p', dbname 'd');
alter server far options (set host 'h2', drop dbname, add port '5');
create user mapping for public server far options (user 'u', password 'p');
create user mapping for current_user server far;
create foreign table far_table (id int options (column_name 'x'), t text) server far options (table_name 'y');
alter foreign table far_table options (add schema_name 's');
alter foreign table far_table alter t options (add column_name 'tt');
grant usage on foreign server far to public;
comment on server far is 'far';
comment on foreign data wrapper wrap is 'wrap';
create extension citext;
comment on extension citext is 'data type for case-insensitive character strings';
create extension hstore;
comment on extension hstore is 'pairs';
create function hook(token text default 'sk_live_0123456789abcdef') returns text language sql
    as 'select ''postgres://user:password@host/db''';
