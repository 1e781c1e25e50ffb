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
create rule r as on insert to t do nothing;
create table twice (); create table twice ();
