-- Whose objects are made, and what is not known of functions and types.
create type "crew_14" as range (subtype = text);
create table new2 (Id time(2), rope_67 time not null default '04:05 PM');
create table sail_50 (id int, cargo_49 int);
do language plpgsql $$ begin begin alter table new2 add check (rope_67 isnull); alter function crew_14(text, text) rename to "user"; alter table public.sail_50 rename column cargo_49 to "thirty_two"; exception when duplicate_object or duplicate_table then null; end; end $$;
create table t (a int, b text); create view v as select 1 x from t where (a, b) is distinct from (1, 'x') or (a, b) is not distinct from (2, 'q') or a is distinct from null or row(a) is distinct from row(3);
create role app; grant create on schema public to app; select set_config('role', 'app', false); create table t6 (i int); reset role; create table t6b (i int);
create role app2; grant create on schema public to app2; set session authorization app2; set role app2; reset role; create table t7 (i int); reset session authorization; create table t8 (i int); set role app2; create table t9 (i int); set session authorization default; create table t10 (i int);
create function f24() returns pg_class language sql as 'select * from pg_class';
