-- Many objects that stay as they are.
select format('create table public.tree_%s (id integer primary key, height integer default %s check (height > 0))', n, n)
from generate_series(1, 120) n \gexec
select format('create index tree_%s_high on public.tree_%s (height) where height > %s', n, n, n)
from generate_series(1, 120) n \gexec
select format('create view public.grove_%s as select id, height from public.tree_%s where height > %s', n, n, n)
from generate_series(1, 60) n \gexec
select format('create function public.fell_%s(n integer) returns integer language sql as ''select n''', n)
from generate_series(1, 60) n \gexec

-- What is read leans on `wild`, which is not read, in every way there is.
create schema wild;
create function wild.count() returns integer language sql as 'select 1';
create function wild.guard() returns trigger language plpgsql as 'begin return new; end';
create sequence wild.numbers;
create table wild.animal (id integer primary key, name text);
create view wild.seen as select distinct id from wild.animal;
create table public.track (
    id integer primary key default wild.count(),
    number bigint default nextval('wild.numbers'),
    animal integer references wild.animal,
    check (wild.count() > 0));
create trigger guard before insert on public.track for each row execute function wild.guard();
create view public.animals as select id, name from wild.animal;
create view public.seen as select id from wild.seen;
create table public.tame (id integer primary key, name text);
create policy counted on public.tame using (wild.count() = id);

-- And on itself, at more than one remove.
create view public.tame_once as select distinct name from public.tame;
create view public.tame_twice as select * from public.tame_once;
create view public.tame_thrice as select * from public.tame_twice;
create table public.herd (id integer primary key, tame public.tame[]);
create function public.herd_size(head integer) returns integer language sql as 'select $1';
create view public.sizes as select public.herd_size(head => 1) as size;
create table public.stray (id integer primary key);
create view public.strays as select id from public.stray;
