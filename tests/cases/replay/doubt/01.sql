-- Each of these must be named in the warnings, and nothing else.
create extension somebodys;
create table t (
    id int default unheard_of(),
    at timestamptz default '2020-01-01 00:00:00',
    kind nobody.knows not null
);
do $$ begin for i in 1..3 loop execute format('create table t_%s ()', i); end loop; end $$;
select make_it_so('t');
create view v as select id, unheard_of(id) as x from t;
create table broken (a int,, b int);
create table after_broken (a int);
alter table missing add column a int;
create policy p on t using (id = (select owner from elsewhere));
\d t
copy t (id) from stdin;
1
drop table t;
\.
create rule r as on insert to t do also delete from t;
create table twice (); create table twice ();
create operator class upside_down for type int using btree as operator 1 >;
create type opaque (input = opaque_in, output = opaque_out);
security label for nobody on table t is 'x';
grant select on nowhere to somebody;
alter role nobody_made createdb;
alter default privileges in schema public grant execute on functions to somebody;
create extension citext;
drop owned by postgres;
do $$ begin if exists (select from pg_class where relname = 't') then drop table something_else; end if; end $$;
do $$ begin if not exists (select from t) then alter table t add column u int; end if; end $$;
do $$ begin create table with_known (a int); create table with_unknown (b nosuch); exception when undefined_object then create table instead (a int); end $$;
