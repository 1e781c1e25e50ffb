-- What is copied goes its own way, and what a table is made with is checked from the start.
create schema app;
create table app.source (
    id bigserial primary key,
    kind text not null default 'a' constraint kinds check (kind in ('a', 'b')),
    code text collate "C" not null,
    at timestamptz default 'epoch',
    twice text generated always as (kind || kind) stored,
    unique (kind, at),
    constraint later check (id > 0) not valid
);
create index source_at on app.source (at desc nulls last, lower(kind)) include (code) where kind = 'a';
create index on app.source (lower(kind), (code collate "C"), (kind collate "C") text_pattern_ops);
create index on app.source (lower(kind));
comment on index app.source_at is 'newest first';
create table app.all_of_it (like app.source including all);
create table app.some_of_it (before int, like app.source including defaults including constraints, after int);
create table app.only_indexes (like app.source including indexes);
alter table app.source rename column kind to sort;
alter table app.source drop constraint kinds;
create view app.pairs (number, letter) as values (1, 'a'), (2, 'b');
create view app.plain as values (1, 'a');
set search_path to app, public;
create function app.here() returns int language sql set search_path from current as 'select 1';
select id, sort into app.chosen from app.source where id < 10;
