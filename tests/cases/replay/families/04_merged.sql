-- Checks that are merged with a parent's, and indexes that are made anew or like another.
create table b (a int, s varchar(20) check (s in ('a','b')));
create table c (like b including all) inherits (b);
comment on constraint b_s_check on c is 'hi';
create table d (like b including all, check (a > 1)) inherits (b);
create table n1 (x boolean, constraint nu unique (x), constraint ne exclude using gist (int4range(1, case when x is null then 5 else 6 end) with &&));
create index n1i on n1 (x, (x::text), lower(x::text)) include (x);
alter table n1 rename x to y;
create table n1_before (like n1 including all);
alter table n1 alter y type text;
create table n1_after (like n1 including all);
create table e (constraint b_s_check check (s in ('a','b'))) inherits (b);
alter table b drop constraint b_s_check;
create table n2 (x int); create index on n2 ((x+1), (x::text), (x is null), abs(x));  alter table n2 rename x to y; create table n2_a (like n2 including all); alter table n2 alter y type bigint; create table n2_b (like n2 including all);
create table o1 (id int, t int, primary key (id) with (fillfactor = 70)) with (oids = false, fillfactor = 60);
create index o1i on o1 (t) with (fillfactor = 44);
create table o2 (like o1 including all);
alter index o2_pkey set (fillfactor = 75);
alter index o2_t_idx set (fillfactor = 76);
