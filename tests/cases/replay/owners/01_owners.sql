-- Owners and what they own, members of a moved extension, lists of IN, rows.
create role a; create table t (id int, v text, x text); grant select (id) on t to a; grant update (v) on t to public;
alter table t owner to a; alter table t owner to postgres;
create view a1 as select v in (x, 'b') p, v in ('b', x) q, v in (x, 'b', 'c') r, v not in (x, 'b') s, id in (1, id, 2, 3) u from t;
create type base;
create extension citext; create schema extensions; create table ct (c citext, d citext[]); create function f(citext) returns citext language sql as 'select $1'; create view cv as select c = 'x' as e, lower(c) l, max(c) m from ct group by c;
alter extension citext set schema extensions;
create role ro; create table rot (i serial); alter table rot owner to ro; create view rv as select * from rot; create function rf(int, text) returns int language sql as 'select 1'; alter function rf owner to ro; create schema rs authorization ro; create table rs.x (a int); create type ren as enum ('a'); alter type ren owner to ro; create table usesren (a ren, b int); create table other (i int); grant select on other to ro; drop owned by ro cascade;
create table berth (l varchar(255) compression pglz); create table sail (like berth); create table tide (k int) inherits (sail, berth);
create table inn (i int, j int, st text, am int);
create view in1 as select i not in (j, 1) a, i in (j + 1, 2) b, i in (j, (select 1), 2) c, i in (1, (select j)) d, i in (1, (select max(k.i) from inn k where k.j = inn.j), 3) e, i in ((select 1), 3) f from inn;
create view gb as select st, am, count(*) from inn group by (st, am);
create view gb2 as select st, am, count(*) from inn group by (st), am, (i, (j));
create view rw as select row(1, 'a')::text x, (1, 'a') in ((1,'b'), (2, st)) z, row_to_json(row(1, 'a')) u, count(distinct (1, 'a')) c, (i, st) = (1, 'x') e, row(i, 'q') is null n from inn group by st, i;
