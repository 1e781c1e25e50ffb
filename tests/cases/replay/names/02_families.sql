-- Parents, children and their children; partitions that come with what they have.
create table g1 (a int, b text, constraint c1 check (a > 0));
create table g2 () inherits (g1);
create table g3 (own int) inherits (g2);
alter table g1 add column c date, add constraint c2 check (b <> ''), add primary key (a);
alter table g1 drop constraint c1;
alter table only g1 drop column b cascade;
comment on constraint g1_pkey on g1 is 'key';
create table two () inherits (g1, typed);
create table p (a int not null, b char(3), constraint pc check (a > 0)) partition by range (a);
create table p1 (like p including all);
alter table p1 add primary key (a);
create index on p1 (b);
alter table p add primary key (a);
create index on p (b);
alter table p attach partition p1 for values from (1) to (10);
create table q (b char(3)) partition by list (b);
create table q1 partition of q for values in ('f');
create index whole on only q (b);
create index part on q1 (b);
create index half on only q (b) where b is not null;
alter index whole attach partition part;
create table used (a int, b int);
create view by_using as select x.b from used x join used y using (a);
create rule quiet as on update to used where new.b > 0 do instead nothing;
create function rows_of() returns setof used language sql as 'select * from used';
create domain of_rows as used;
alter table used drop column a cascade;
drop table used cascade;
do $$ begin
    create table one (a int);
    begin alter table one rename to p; exception when duplicate_table then null; end;
end $$;

-- A check is called the same in all heirs, also in what they have of it themselves.
create table public.checked (a int constraint positive check (a > 0), constraint alone check (a < 9) no inherit);
create table public.checked_heir (constraint positive check (a > 0)) inherits (public.checked);
create table public.checked_last () inherits (public.checked_heir);
alter table public.checked rename constraint positive to above_zero;
alter table public.checked rename constraint alone to below_nine;
alter table public.checked_last no inherit public.checked_heir;
