-- The session before has taken its temporary table along; this one never commits.
create table seen (a int);
begin;
drop table seen;
