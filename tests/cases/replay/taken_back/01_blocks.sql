-- What a block did is taken back when a statement of it fails and a handler is there; what its variables hold is not.
create table t (a int);
do $$ begin create view v as select 1 as x; create table t (z int); exception when duplicate_table then create table fallback (y int); end $$;
create domain v as int;
do $$ begin create role helper; grant helper to current_user; alter table t add column b int, add column c int; create table t (q int); exception when others then null; end $$;
do $$ begin alter table t add column d int, add column a int; exception when duplicate_column then null; end $$;
do $$ declare n int := 1; begin begin n := 5; create type mood as enum ('a'); drop table t; perform 1/0; create table u (x int); create table u (x int); exception when others then execute 'create table n' || n || ' (a int)'; end; end $$;
do $$ begin create statistics st on a, b from t; create table fine (a int); exception when others then raise notice 'no'; end $$;
create table keep (a int);
do $$ begin begin create table inner1 (a int); create table keep (b int); exception when duplicate_table then create table inner2 (a int); end; alter table keep add column z text; create table inner2 (a int); exception when duplicate_table then alter table keep add column last int; end $$;
create table twice (a int primary key);
do $$ begin set local search_path = pg_catalog; create schema s1; create table s1.t (a int); create table keep2 (a int); create table public.keep (a int); exception when others then create table keep2 (b int); end $$;
create table after (a int);
do $$ begin create type e2 as enum ('x'); create type e2 as enum ('x'); exception when duplicate_object then null; end $$;
do $$ begin alter role helper2 nologin; exception when undefined_object then create table norole (a int); end $$;
do $$ begin insert into after values (1); create table other (a int); create table after (a int); exception when duplicate_table then null; end $$;
