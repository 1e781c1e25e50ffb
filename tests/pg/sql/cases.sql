-- Pairs of schemas: "-- case:", what both begin with, "-- old:" and "-- new:". Each is turned into the other and back, and
-- made from nothing, by the SQL that schema-diff writes; one whose name ends in "-only-forth" only turned into the other.

-- case: fn-rowtype-default
-- old:
create table t(id int);
-- new:
create table t(id int);
create function f(t) returns int language sql as 'select 1';
create function g() returns t language plpgsql as 'declare r t; begin return r; end';
create function h() returns setof t language sql as 'select * from public.t';
alter table t add c int default (f(null::t)), add d int check (f(null::t)>0 or d > 0);

-- case: enum-removal
-- old:
create type e as enum('a','b','c','d');
create table t(id int primary key, x e default 'b', y e[] default '{a,b}'::e[], z e not null default 'a', check (x <> 'd'), g text generated always as (case when x='b'::e then 'B' else 'o' end) stored);
create index i on t(x) where x = 'a';
create index i2 on t using gin(y);
create view v as select x, y from t where x='a';
create function f(e) returns e language sql as 'select $1';
create function f2(e[]) returns e language sql begin atomic select $1[1]; end;
create domain d as e check (value <> 'd');
create table t2(d d, q d[]);
create type c as (x e, y int);
create table t3(c c);
create function trg() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update of x on t for each row when (old.x = 'a') execute function trg();
create policy p on t using (x = 'a');
create materialized view mv as select x, count(*) n from t group by x; create unique index on mv(x);
-- new:
create type e as enum('a','b','q');
create table t(id int primary key, x e default 'b', y e[] default '{a,b}'::e[], z e not null default 'a', check (x <> 'q'), g text generated always as (case when x='b'::e then 'B' else 'o' end) stored);
create index i on t(x) where x = 'a';
create index i2 on t using gin(y);
create view v as select x, y from t where x='a';
create function f(e) returns e language sql as 'select $1';
create function f2(e[]) returns e language sql begin atomic select $1[1]; end;
create domain d as e check (value <> 'q');
create table t2(d d, q d[]);
create type c as (x e, y int);
create table t3(c c);
create function trg() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update of x on t for each row when (old.x = 'a') execute function trg();
create policy p on t using (x = 'a');
create materialized view mv as select x, count(*) n from t group by x; create unique index on mv(x);

-- case: partitions
-- old:
-- new:
create table p(a int, b text, c date not null default now()) partition by range(c);
create table p1(c date not null, b text, a int); alter table p attach partition p1 for values from ('2020-01-01') to ('2021-01-01');
create table p2 partition of p for values from ('2021-01-01') to ('2022-01-01') partition by list(a);
create table p2a(x int, c date not null, b text, a int); alter table p2a drop column x; alter table p2 attach partition p2a for values in (1,2);
create table p2b partition of p2 default;
create index on p(a); create unique index on p1(b);
alter table p add primary key (c, a);
alter table p add constraint fk foreign key (c,a) references p;
create trigger x after insert on p for each row execute function suppress_redundant_updates_trigger();
alter table p1 alter b set default 'x';

-- case: part-change
-- old:
create table p(a int, b text, c date not null) partition by range(c);
create table p1 partition of p for values from ('2020-01-01') to ('2021-01-01');
create table p2 partition of p for values from ('2021-01-01') to ('2022-01-01');
create index pi on p(a);
-- new:
create table p(a bigint, b text not null, c date not null) partition by range(c);
create table p1 partition of p for values from ('2020-01-01') to ('2021-06-01');
create table p2 partition of p for values from ('2021-06-01') to ('2022-01-01');
create index pi on p(a,b);

-- case: part-to-plain
-- old:
create table p(a int, c date not null) partition by range(c);
create table p1 partition of p for values from ('2020-01-01') to ('2021-01-01');
create index on p(a);
-- new:
create table p(a int, c date not null);
create table p1 (a int, c date not null);
create index on p1(a);

-- case: inherit
-- old:
create table base(id int not null default 1, name text default 'x', check (id > 0));
create table c1(extra int) inherits(base);
alter table c1 alter name set default 'y';
create table c2(name text default 'z', id int not null) ;
alter table c2 add constraint base_id_check check (id > 0); alter table c2 inherit base;
-- new:
create table base(id int not null default 1, name text default 'x', more int, check (id > 0), check (more > 0) no inherit);
create table c1(extra int) inherits(base);
alter table c1 alter name set default 'y';
create table c2(name text default 'z', id int not null) ;

-- case: identity-serial
-- old:
create table t(a serial, b int generated always as identity, c bigint generated by default as identity (start 5), d int default 3, e smallserial);
-- new:
create table t(a int generated always as identity, b serial, c int generated always as identity (start 6 increment 2), d int generated by default as identity, e bigserial);

-- case: renamed-away
-- old:
create table a(id int primary key); create sequence s; create view v as select 1 x; create table d(s int); create type ty as enum ('a'); create table uses(e ty);
create index i on a(id);
-- new:
create table base(id int primary key); create view a as select * from base; create table s(id int); create table v(x int); create table i(id int);
create domain ty as text; create table uses(e ty); create materialized view d as select 1;

-- case: generated-changed
-- old:
create table t(a int, b int, c int generated always as (a+b) stored, d text);
create index on t(c);
create view v as select c from t;
-- new:
create table t(a bigint, b numeric, c numeric generated always as (a*b) stored, d int);
create index on t(c);
create view v as select c from t;

-- case: gen-to-plain
-- old:
create table t(a int, c int generated always as (a+1) stored, e int not null default 4, f int);
-- new:
create table t(a int, c int default 4, e int generated always as (a*2) stored, f int generated always as (a*3) stored);

-- case: base-type
-- old:
-- new:
create type x;
create function xin(cstring) returns x language internal immutable strict as 'int4in';
create function xout(x) returns cstring language internal immutable strict as 'int4out';
create type x (input=xin, output=xout, like=int4);
comment on type x is 'hello'; comment on function xin(cstring) is 'in';
create table t(a x, b x[]);
create function xeq(x,x) returns boolean language internal immutable strict as 'int4eq';
create operator = (leftarg=x,rightarg=x,function=xeq, commutator = =, hashes, merges, restrict=eqsel, join=eqjoinsel);
create function xcmp(x,x) returns int language internal immutable strict as 'btint4cmp';
create function xlt(x,x) returns boolean language internal immutable strict as 'int4lt';
create function xle(x,x) returns boolean language internal immutable strict as 'int4le';
create function xgt(x,x) returns boolean language internal immutable strict as 'int4gt';
create function xge(x,x) returns boolean language internal immutable strict as 'int4ge';
create operator < (leftarg=x,rightarg=x,function=xlt, commutator = >, negator = >=);
create operator > (leftarg=x,rightarg=x,function=xgt, commutator = <, negator = <=);
create operator <= (leftarg=x,rightarg=x,function=xle, commutator = >=, negator = >);
create operator >= (leftarg=x,rightarg=x,function=xge, commutator = <=, negator = <);
create operator class xops default for type x using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 xcmp(x,x);
create index on t(a);
create cast (x as int) without function as assignment;

-- case: shell-type
-- old:
create type sh;
-- new:
create type sh2; comment on type sh2 is 'x';

-- case: base-type-change
-- old:
create type x;
create function xin(cstring) returns x language internal immutable strict as 'int4in';
create function xout(x) returns cstring language internal immutable strict as 'int4out';
create type x (input=xin, output=xout, like=int4);
create table t(a x, b int);
-- new:
create type x;
create function xin(cstring) returns x language internal immutable strict as 'int4in';
create function xout(x) returns cstring language internal immutable strict as 'int4out';
create type x (input=xin, output=xout, like=int4, category='Z', delimiter=';');
create table t(a x, b int);

-- case: base-type-alterable
-- old:
create type x;
create function xin(cstring) returns x language internal immutable strict as 'textin';
create function xout(x) returns cstring language internal immutable strict as 'textout';
create type x (input=xin, output=xout, like=text);
create table t(a x, b int);
-- new:
create type x;
create function xin(cstring) returns x language internal immutable strict as 'textin';
create function xout(x) returns cstring language internal immutable strict as 'textout';
create function xsend(x) returns bytea language internal immutable strict as 'textsend';
create type x (input=xin, output=xout, send=xsend, like=text, storage=external);
create table t(a x, b int);

-- case: rules-events
-- old:
create table t(a int, b int); create table log(x int);
create rule r as on insert to t do also insert into log values (new.a);
create function ev() returns event_trigger language plpgsql as 'begin end';
create event trigger et on ddl_command_end when tag in ('CREATE TABLE','DROP TABLE') execute function ev();
-- new:
create table t(a int, b bigint); create table log(x bigint, y int);
create rule r as on insert to t do also insert into log values (new.b);
create rule r2 as on delete to t do instead nothing;
alter table t disable rule r2;
create function ev() returns event_trigger language plpgsql as 'begin null; end';
create event trigger et on ddl_command_start execute function ev(); alter event trigger et enable always;

-- case: publications
-- old:
create table t(a int primary key, b int, c text); create table u(a int primary key); create schema s2;
create publication p for table t (a, b) where (b > 1), u;
create publication p2 for tables in schema s2, public;
-- new:
create table t(a int primary key, b bigint, c text); create table u(a int primary key, z int); create schema s2;
create publication p for table t (a, c) where (c <> 'x;"');
create publication p2 for tables in schema s2, table u where (z = 2) ;
create publication p3 for all tables with (publish='insert');

-- case: stats-mapping
-- old:
create table t(a int, b int); create statistics st (dependencies) on a, b from t; alter statistics st set statistics 50;
create foreign data wrapper w; create server s foreign data wrapper w options (host 'x'); create user mapping for public server s options (u 'a''b');
create foreign table ft(a int options (o 'x')) server s options (t 'q');
-- new:
create table t(a int, b bigint); create statistics st on (a+b), b from t; 
create foreign data wrapper w options (z 'y'); create server s version '2' foreign data wrapper w options (port '3'); create user mapping for current_user server s options (u 'x\y');
create foreign table ft(a bigint options (o2 'x') not null, b text) server s options (t 'q2', "Weird Opt" 'v');

-- case: rights
create role r1; create role r2; create role "Ro""le";
-- old:
alter default privileges grant select on tables to r1;
create table t(a int, b int);
grant select(a), update(b) on t to r2;
grant insert on t to r2 with grant option;
create function f() returns int language sql as 'select 1';
revoke execute on function f() from public;
-- new:
alter default privileges grant select on tables to r1;
alter default privileges grant execute on functions to r2; alter default privileges revoke execute on functions from public;
alter default privileges for role r1 in schema public grant usage on sequences to r2 with grant option;
create table t(a int, b int); revoke select on t from r1;
grant select(b) on t to r2 with grant option; grant all on t to "Ro""le";
create table n(a int); alter table n owner to r1; grant select on n to r2;
create sequence sq; grant usage on sequence sq to r2;
create function f() returns int language sql as 'select 1'; alter function f() owner to r2;
create function g() returns int language sql as 'select 1'; grant execute on function g() to public;
create type e as enum ('a'); revoke usage on type e from public; grant usage on type e to r1 with grant option;
create schema s authorization r1; grant create on schema s to r2;

-- case: domains
-- old:
create domain d as text check (value <> 'x'); create domain d2 as d not null default 'q';
create table t(a d, b d2[]); create type ct as (q d);
create function f(d) returns d2 language sql as 'select ''x''::d2';
-- new:
create domain d as varchar(20) check (length(value) > 1); create domain d2 as d default 'z' check (value <> 'y');
create table t(a d, b d2[]); create type ct as (q d, r d2);
create function f(d) returns d2 language sql as 'select ''x''::d2';

-- case: composite
-- old:
create type c as (a int, b text); create table t(x c, y c[]); create view v as select (x).a from t; create function f(c) returns int language sql as 'select $1.a';
create table ty of c;
-- new:
create type c as (a bigint, z int, b text); create table t(x c, y c[]); create view v as select (x).a from t; create function f(c) returns int language sql as 'select 1';
create table ty of c (a with options not null default 3);

-- case: opfamily
-- old:
create operator family fam using btree;
alter operator family fam using btree add operator 1 < (int4,int8), function 1 btint48cmp(int4,int8);
-- new:
create operator family fam using btree;
alter operator family fam using btree add operator 1 < (int4,int8), operator 2 <= (int4,int8), function 1 btint48cmp(int4,int8);
create operator family fam2 using hash;
create function hsh(int) returns int language sql immutable as 'select $1';
create operator class oc for type int using hash family fam2 as operator 1 =, function 1 hsh(int);
create operator class oc2 for type int using hash as operator 1 =, function 1 hsh(int);
create table tt(a int); create index on tt using hash(a oc);

-- case: ranges
-- old:
create type r as range(subtype=int); create table t(a r, b int, exclude using gist (a with &&));
-- new:
create function rd(float8,float8) returns float8 language sql immutable as 'select $1-$2';
create type r as range(subtype=float8, subtype_diff=rd, multirange_type_name=mr_x); create table t(a r, b int, m mr_x, exclude using gist (a with &&));

-- case: agg
-- old:
create function sf(int,int) returns int language sql as 'select 1';
create aggregate ag(int)(sfunc=sf, stype=int);
create view v as select ag(1) x;
-- new:
create function sf(int,int) returns int language sql as 'select 2';
create aggregate ag(int)(sfunc=sf, stype=int, initcond='0', parallel=safe);

create view v as select ag(1) x;

-- case: fn-sig
-- old:
create function f(a int, b int default 3) returns int language sql as 'select 1';
create table t(x int default f(1), y int check (f(y) > 0), z int generated always as (1) stored);
create view v as select f(2) q;
create function g() returns int language sql begin atomic select f(1,2); end;
-- new:
create function f(a int, c int default 4, d int default 5) returns bigint language sql as 'select 1';
create table t(x int default f(1), y int check (f(y) > 0), z int generated always as (1) stored);
create view v as select f(2) q;
create function g() returns bigint language sql begin atomic select f(1,2); end;

-- case: fn-ret-cols
-- old:
create function f() returns table(a int) language sql as 'select 1'; create view v as select * from f();
create function o(out x int, out y int) language sql as 'select 1,2';
-- new:
create function f() returns table(a int, b text) language sql as 'select 1, ''x'''; create view v as select * from f();
create function o(out x int, out y text) language sql as 'select 1,''2''';

-- case: hostile
-- old:
-- new:
create schema "s;drop table ""x""; --";
create role "r'x""; drop role postgres; --"; create role "R%s$$";
create type "s;drop table ""x""; --"."e'$$" as enum ('a''b', '$$', E'x\ny', '%s', '\n', '"');
create table "s;drop table ""x""; --"."t
newline" (
 "c'; drop" int default 1, "C'; DROP" text default E'a\\b''$$ $function$', "naïve ü 漢字" "s;drop table ""x""; --"."e'$$" default '%s',
 "select" int generated always as identity, "a.b" int, "[brackets]" int[], "{name:i}" text, "[x? y]" text check ("[x? y]" <> '{name}'), 
 "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz1" int primary key,
 unique ("c'; drop", "a.b"));
comment on table "s;drop table ""x""; --"."t
newline" is E'back\\slash ''q'' $$ {id} [x] \n line\r\n % \t \\''; drop table x; --';
comment on column "s;drop table ""x""; --"."t
newline"."a.b" is '';
grant select ("a.b") on "s;drop table ""x""; --"."t
newline" to "r'x""; drop role postgres; --" with grant option;
create function "s;drop table ""x""; --"."f$$;"("a b" text default E'\\x''', "out" int default 3) returns text language plpgsql as $$begin return '$function$' || '$function0$' || E'\\'; end $$;
create function "s;drop table ""x""; --".f2() returns text language sql as 'select ''$$''::text -- $'; 
create function "s;drop table ""x""; --".f3() returns text language sql set "my.var" = 'x''; drop table y; --' as 'select ''$$$function$$function0$$function1$''::text -- $';
create function "s;drop table ""x""; --".f4() returns text language sql set search_path = "s;drop table ""x""; --", "$user", 'a b' set datestyle='ISO, DMY' as 'select 1::text -- $';
alter function "s;drop table ""x""; --".f2() owner to "R%s$$";
create view "s;drop table ""x""; --"."v w" as select "c'; drop" as "A ""b""", '$$'::text as "[q]", 'x' || E'\\' as "{name}" from "s;drop table ""x""; --"."t
newline";
create index "i;""x" on "s;drop table ""x""; --"."t
newline" ("c'; drop", lower("{name:i}")) where "{name:i}" <> '{x}[y] WHERE ';
create policy "p'; drop" on "s;drop table ""x""; --"."t
newline" for select to "r'x""; drop role postgres; --" using ("a.b" > 1 and "{name:i}" = ''';--');
create trigger "tr""g" before insert on "s;drop table ""x""; --"."t
newline" for each row when (new."a.b" > 1) execute function suppress_redundant_updates_trigger('a''b', E'\\x', '$$');
create domain "s;drop table ""x""; --"."D" as text default E'\\''' check (value <> E'\n' );
create foreign data wrapper "w;" options ("a;" 'b''c'); create server "s'""" version 'a''b' foreign data wrapper "w;" options ("ho st" E'\\x');
create publication "pu;b'" for table "s;drop table ""x""; --"."t
newline" where ("a.b" > 3);
alter role "R%s$$" set "my.x" = 'a''b\c'; alter role "R%s$$" set search_path='';
comment on role "R%s$$" is 'x''y';
create sequence "s;drop table ""x""; --"."Se Q" start -5 minvalue -10 increment -1;
create statistics "s;drop table ""x""; --"."st'" on "a.b", "c'; drop" from "s;drop table ""x""; --"."t
newline";
create operator "s;drop table ""x""; --".@#@ (leftarg=text, rightarg=int, function="s;drop table ""x""; --"."f$$;") ;

-- case: names-differ-by-case
-- old:
create table t(a int, "A" int); create table "T"(a int); create view "tt" as select * from t; create view "Tt" as select * from "T";
-- new:
create table t(a bigint, "A" int); create table "T"("A" text, a int); create view "tt" as select * from "T"; create view "Tt" as select * from t;

-- case: long-type-names
-- old:
create type "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz1" as enum('a','b'); create type "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz2" as enum('a','b');
create table t(x "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz1", y "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz2"[]);
create type "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢" as enum('a','b'); create table u(x "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢");
create table "漢字漢字漢字漢字漢字漢字漢字漢字漢__old"(); 
-- new:
create type "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz1" as enum('a'); create type "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz2" as enum('a');
create table t(x "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz1", y "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz2"[]);
create type "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢" as enum('a'); create table u(x "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢");
create table "漢字漢字漢字漢字漢字漢字漢字漢字漢__old"();

-- case: part-addcol
-- old:
create table p(a int, b text) partition by list(a); create table p1 partition of p for values in (1); create table p2 partition of p for values in (2) partition by list(b); create table p2a partition of p2 for values in ('x');
create table base(a int, b int); create table c(x int) inherits(base);
-- new:
create table p(a int, c int not null default 3, g int generated always as (a+1) stored, d date) partition by list(a); create table p1 partition of p for values in (1); create table p2 partition of p for values in (2) partition by list(c); create table p2a partition of p2 for values in (7);
alter table only p1 alter c set default 4; alter table p2 alter d set default now();
create table base(a text default 'q', y int default 1); create table c(x int) inherits(base); alter table c alter y drop default;

-- case: part-addcol2
-- old:
create table p(a int, b text) partition by list(a); create table p1 partition of p for values in (1); create table p2 partition of p for values in (2) partition by list(a); create table p2a partition of p2 for values in (2);
create view v as select a, b from p1;
-- new:
create table p(a int, b varchar(20), c int not null default 3, g int generated always as (a+1) stored, d date) partition by list(a); create table p1 partition of p for values in (1); create table p2 partition of p for values in (2) partition by list(a); create table p2a partition of p2 for values in (2);
alter table only p1 alter c set default 4; alter table p2 alter d set default now(); alter table p1 alter d set not null;
create view v as select a, b from p1; create index on p(b); alter table p add unique (a, c);

-- case: detach-pk
-- old:
create table p(a int primary key, b text) partition by list(a); create table p1 partition of p for values in (1); create index on p(b); create table r(x int references p);
-- new:
create table p(a int primary key, b text) partition by list(a); create table p1(a int primary key, b text); create index on p1(b); create index on p(b); create table r(x int references p);

-- case: type-kind-change
-- old:
create type e as enum('a','b'); create domain d as text; create table t(x e, y e[], z d); create function f(e) returns d language sql as 'select ''x''::d'; create view v as select x from t;
-- new:
create domain e as text check (value in ('a','b')); create type d as enum ('q'); create table t(x e, y e[], z d); create function f(e) returns d language sql as 'select null::d'; create view v as select x from t;

-- case: swap
-- old:
create table a(x int); create table b(y text); create view va as select * from a; create view vb as select * from b;
create function f(a) returns int language sql as 'select 1'; create index ix on a(x); create index iy on b(y);
-- new:
create view a as select 1 as x; create table b(y text, x int); create view va as select * from a; create table vb(x int); create view vc as select * from vb;
create function f(a) returns int language sql as 'select 1'; create index ix on b(x); create materialized view mm as select y from b; create unique index iy on mm(y);

-- case: enum-more
-- old:
create type e as enum('a','b'); create type f as enum('x','y');
create table t(k e, v e default 'a', unique (k), check (v in ('a','b'))); create table p(k e, v f) partition by list(k); create table p1 partition of p for values in ('a');
create function df() returns e language sql immutable as 'select ''b''::public.e'; alter table t add column w e default df();
create aggregate mx(e) (sfunc=enum_larger, stype=e); create cast (e as f) with inout;
-- new:
create type e as enum('b','a','c'); create type f as enum('y');
create table t(k e, v e default 'a', unique (k), check (v in ('a','b'))); create table p(k e, v f) partition by list(k); create table p1 partition of p for values in ('a');
create function df() returns e language sql immutable as 'select ''b''::public.e'; alter table t add column w e default df();
create aggregate mx(e) (sfunc=enum_larger, stype=e); create cast (e as f) with inout;


-- case: names-with-quotes-in-them
-- old:
create schema "quo""te";
-- new:
create schema "quo""te";
create table "quo""te".t(a int generated always as identity);
grant usage on sequence "quo""te".t_a_seq to public;
create sequence "quo""te".s; create table "quo""te"."o""wner"(a int default nextval('"quo""te".s')); alter sequence "quo""te".s owned by "quo""te"."o""wner".a;

-- case: equal-exclusions
-- old:
create schema other;
-- new:
create schema other;
create table t(a int, constraint one exclude using btree (a with =)); alter table t add constraint two exclude using btree (a with =);

-- case: a-published-parent
-- old:
create table parent(a int primary key); create table heir() inherits (parent); create publication p;
-- new:
create table parent(a int primary key); create table heir() inherits (parent); create publication p for table only parent;

-- case: extensions-under-default-privileges
create role r1; create role r2; create schema s; create schema u;
-- old:
alter default privileges grant execute on functions to r1 with grant option;
alter default privileges revoke execute on functions from public;
alter default privileges grant select, insert on tables to r2;
alter default privileges revoke update on tables from postgres;
alter default privileges in schema s grant usage on types to r1;
alter default privileges in schema u grant execute on functions to r2;
alter default privileges for role r2 grant execute on functions to r1;
create extension unaccent schema s;
-- new:
create extension citext schema s;
create extension pg_stat_statements;
grant execute on function s.citextin(cstring) to r2;
revoke select on pg_stat_statements from public;
alter default privileges grant execute on functions to r1 with grant option;
alter default privileges revoke execute on functions from public;
alter default privileges in schema s grant usage on types to r1;
create extension pg_trgm schema u;
create extension hstore schema s;
revoke execute on function u.similarity(text, text) from r1;

-- case: extension-updated-only-forth
create role r1;
-- old:
create extension hstore version '1.4';
create table t(a hstore);
create extension pg_trgm version '1.3';
alter default privileges grant execute on functions to r1;
-- new:
create extension hstore;
create table t(a hstore);
create extension pg_trgm;

-- case: overloads-that-call-each-other
-- old:
create function f(int) returns int return 1;
create function f(text) returns int begin atomic select f(1); end;
create function f(boolean) returns int begin atomic select f('x'::text); end;
create function f(a date) returns int begin atomic select f(true); end;
create view v as select f(true) as a;
create function two(int) returns int return 1;
create function two(text) returns int return 2;
-- new:
create function f(int) returns int return 1;
create function f(text) returns int begin atomic select f(1); end;
create function f(boolean) returns int begin atomic select f('x'::text); end;
create or replace function f(int) returns int begin atomic select case when $1 > 2 then f('y'::text) end; end;
create function f(a bigint, out b int, out c text) begin atomic select f(a::int), 'x'::text; end;
create table t (a int, b int default f(true), check (f(a) > 0));
create function h(text) returns setof t begin atomic select * from t; end;
create function g(int) returns int begin atomic select a from h('x'::text); end;
create function h(int) returns table (a int, b text) begin atomic select g(1), 'b'::text; end;
create view v as select f(true) as a, g(2) as b;
create procedure p(int) begin atomic select f(1); end;
create procedure p(text) begin atomic select g(1); end;
create function two(int) returns bigint return 1;
create function two(text) returns int return two(1);

-- case: an-overload-that-others-call-is-another
-- old:
create function f(a int) returns int return 1;
create function f(text) returns int begin atomic select f(1); end;
create function f(boolean) returns int begin atomic select f('x'::text); end;
create table t (a int, b int default f('x'::text));
-- new:
create function f(a int) returns bigint return 1;
create function f(text) returns int begin atomic select f(1)::int; end;
create function f(boolean) returns int begin atomic select f('x'::text); end;
create table t (a int, b int default f('x'::text));

-- case: detached-without-what-it-had
-- old:
create table r(a int primary key); create schema "s'%";
create table "s'%".p(a int primary key, b text check (b <> ''), c int references r, unique (b, a)) partition by list(a);
create index on "s'%".p(b); create index named on "s'%".p(c) where c > 0;
create table p1 partition of "s'%".p for values in (1);
create table "s'%"."p'2%" partition of "s'%".p for values in (2) partition by list (a); create table p3 partition of "s'%"."p'2%" for values in (2);
create table p4 partition of "s'%".p (check (c > 0)) for values in (4); create index mine on p4(b, c);
create table p5 partition of "s'%".p for values in (5);
-- new:
create table r(a int primary key); create schema "s'%";
create table "s'%".p(a int primary key, b text check (b <> ''), c int references r, unique (b, a)) partition by list(a);
create index on "s'%".p(b); create index named on "s'%".p(c) where c > 0;
create table p1(a int not null, b text, c int);
create table "s'%"."p'2%"(a int not null, b text check (b <> ''), c int) partition by list (a); create table p3 partition of "s'%"."p'2%" for values in (2);
create table p4(a int primary key, b text, c int check (c > 0)); create index mine on p4(b, c); create index p4_c_idx on p4(c);
create table p5 partition of "s'%".p for values in (6);

-- case: attached-in-another-order-of-columns
-- old:
create table p(a int primary key, b text check (b <> '') , check (a > 0)) partition by list(a);
create table p1 (a int not null, b text, constraint own check (b is not null)); create table p3(a int primary key, b text);
-- new:
create table p(a int primary key, b text check (b <> ''), check (a > 0)) partition by list(a);
create table p2 (b text check (b <> ''), a int not null, constraint p_a_check check (a > 0)) partition by list (a);
alter table p2 rename constraint p2_b_check to p_b_check; alter table p attach partition p2 for values in (2);
create table p1 (a int not null, b text, constraint own check (b is not null), constraint p_b_check check (b <> ''), constraint p_a_check check (a > 0));
alter table p2 attach partition p1 default; create table p3 partition of p for values in (3);

-- case: heirs-without-what-they-had-only-forth
-- old:
create table base(a int, check (a > 0)); create table heir(b int check (b > 0)) inherits (base); create table heir2() inherits (base);
create table base2(a int, check (a > 1)); create table heir3() inherits (base, base2);
-- new:
create table base(a int, check (a > 0)); create table heir(b int check (b > 0)) inherits (base); create table heir2(a int);
create table base2(a int, check (a > 1)); create table heir3() inherits (base2);

-- case: heirs-of-a-check-that-is-another
-- old:
create table base (a int, b text, constraint c check (a > 1)); create table heir (own int) inherits (base); create table below () inherits (heir);
create table parts (n int, constraint c check (n > 1)) partition by list (n); create table part partition of parts for values in (3); create table part2 partition of parts default partition by list (n);
-- new:
create table base (a int, b text, constraint c check (a > 2)); create table heir (own int) inherits (base); create table below () inherits (heir);
create table parts (n int, constraint c check (n > 2)) partition by list (n); create table part partition of parts for values in (3); create table part2 partition of parts default partition by list (n);

-- case: functions-in-the-own-syntax-of-sql-over-what-is-cast-by-itself
create table words (name varchar(40), kind char(3), plain text, number int);
-- old:
create view parts as select name from words;
-- new:
alter table words add check (trim(name) <> ''), add check (trim('x' from kind) <> 'z'), add check (position('a' in name) > 0),
    add check (overlay(name placing 'b' from 2) <> ''), add check (name is nfc normalized), add check (trim(number::text) <> ''), add check (btrim(name) <> 'q');
create index on words (substring(name from 1 for 20), trim(plain));
create view parts as select substring(name from 2) as z, trim(trailing name from name) as r, "substring"(name, 2) as s, normalize(name) as n from words;
