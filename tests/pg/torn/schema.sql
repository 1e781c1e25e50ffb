-- Names that end in a number are renamed while snapshots run. A rename changes all texts that have the name at
-- once, so that a document never has two numbers for one of them, and else is always the same.
set client_min_messages = warning;
create schema yard;
create table yard.plank_0 (id bigint constraint plank_key primary key, width_0 integer, kind text);
create function yard.saw_0(n integer) returns integer language sql immutable as 'select n + 1';
create function yard.mark() returns trigger language plpgsql as 'begin return new; end';
alter table yard.plank_0 add constraint wide check (width_0 > 0),
    add column double integer generated always as (width_0 * 2) stored,
    add column sawn integer default yard.saw_0(3),
    add constraint one unique (id, width_0),
    add constraint cut check (yard.saw_0(width_0) > 1);
create index plank_wide on yard.plank_0 (width_0 desc, lower(kind)) where width_0 > 3;
create index plank_sawn on yard.plank_0 (yard.saw_0(width_0));
create table yard.nail (id integer, plank bigint, width integer, foreign key (plank, width) references yard.plank_0 (id, width_0));
create view yard.seen as select p.id, p.width_0 as w, yard.saw_0(p.width_0) as s from yard.plank_0 p where p.width_0 between 1 and 9;
create view yard.upon as select s.w, n.id from yard.seen s join yard.nail n on n.plank = s.id;
create materialized view yard.counted as select width_0 as w, count(*) as n from yard.plank_0 group by 1;
create trigger marks before update of width_0 on yard.plank_0 for each row when (new.width_0 is distinct from old.width_0) execute function yard.mark();
alter table yard.plank_0 enable row level security;
create policy wide on yard.plank_0 using (width_0 > 1 and id in (select n.plank from yard.nail n)) with check (yard.saw_0(width_0) > 2);
create rule kept as on delete to yard.plank_0 where old.width_0 > 5 do instead nothing;
create statistics yard.both on width_0, kind from yard.plank_0;
create view yard.brief_0 as select 0 as brief_0, id from yard.nail;
create policy brief_0 on yard.nail using (id <> 0 or 'brief_0' = 'x');
create type yard.stuff_0 as enum ('oak', 'elm');
create table yard.pile (stuff yard.stuff_0 default 'oak'::yard.stuff_0, constraint oak check (stuff <> 'elm'::yard.stuff_0));
alter table yard.nail enable row level security;
-- Others, so that reading takes its time.
select format('create table yard.other_%s (id integer primary key, a text default ''x'' || %s, check (id > %s))', n, n, n)
from generate_series(1, 150) n \gexec
select format('create view yard.view_%s as select id, a from yard.other_%s where id > %s', n, n, n)
from generate_series(1, 150) n \gexec
