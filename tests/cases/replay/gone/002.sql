drop type mood cascade;
drop function touch cascade;
do $$ begin create type shade as enum ('dark'); exception when duplicate_object then null; end $$;
do $$ begin create type shade as enum ('light'); exception when duplicate_object then null; end $$;
do $$ begin alter table child add column added int; alter table child add constraint positive check (added > 0); end; $$;
alter table child drop column parent_id cascade;

-- The array types go along, and their names are free.
create table once (id int);
drop table once;
create type _once as (a int);
create type was_mood as enum ('sad');
drop type was_mood;
create domain _was_mood as text;
create table later (o _once, m _was_mood);
