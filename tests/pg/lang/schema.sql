-- A column of every kind of type that the types tell apart, and rows with and without values.
create type mood as enum ('sad', 'it''s "ok"', '{happy}');
create type inner_part as (a int, mood mood, tags text[]);
create type outer_part as (part inner_part, parts inner_part[], at timestamptz);
create domain email as text check (value like '%@%');
create table plain (
    id bigint generated always as identity primary key,
    b boolean not null, i2 smallint not null, i8 bigint not null, f float8 not null, n numeric(9, 2) not null,
    t text not null, v varchar(9), c char(3), bin bytea, u uuid not null default gen_random_uuid(),
    d date, tm time, ts timestamp, tz timestamptz not null default now(), iv interval,
    j json, jb jsonb not null, e mood not null, m mood, mail email not null,
    ints int[] not null, words text[], moods mood[], docs jsonb[], times timestamptz[],
    doubled int generated always as (i2 * 2) stored
);
create table "Odd ""name"".1" (
    "a.b" int not null, "c d" text, "quoted""" mood, "__proto__x" outer_part, "toString" outer_part[],
    whole plain, net inet, span int4range not null
) with (fillfactor = 90);
create view seen as select p.id, p.e, p.jb, p.moods, o.whole from plain p left join "Odd ""name"".1" o on o."a.b" = p.id;
create materialized view kept as select id, jb, ints from plain;
create function calls(a int, part outer_part default null, moods mood[] default null) returns int language sql as 'select 1';
insert into plain (b, i2, i8, f, n, t, jb, e, mail, ints) values
    (true, 1, 9007199254740991, 1.5, 12.34, E'tab\t"quote"\u2028', 'null', 'sad', 'a@b', '{}'),
    (false, -1, 0, -1e300, 0, '', '{"a": [1, null, {"b": true}]}', 'it''s "ok"', '@', '{1,2}');
insert into plain (b, i2, i8, f, n, t, v, c, bin, d, tm, ts, iv, j, jb, e, m, mail, ints, words, moods, docs, times)
select i % 2 = 0, i, i, i / 3.0, i, repeat('x', i), 'v', 'c', '\x00ff', '2024-02-29', '23:59:59', now(), '1 day', to_json(i), to_jsonb(i),
       'sad', '{happy}', 'x@y', array[i], array['a', 'b,c', '"'], '{sad,"{happy}"}', array['1', '{"a": {}}']::jsonb[], array[now(), '-infinity']
from generate_series(1, 20) i;
update plain set jb = '"text"' where jb = 'null';
insert into "Odd ""name"".1" ("a.b", "c d", "quoted""", "__proto__x", "toString", whole, net, span)
select p.id, p.t, p.e, row(row(1, 'sad', '{a}')::inner_part, array[row(null, null, null)]::inner_part[], now())::outer_part,
       array[row(null, null, null)]::outer_part[], p, '10.0.0.1', '[1,5)'
from plain p;
insert into "Odd ""name"".1" ("a.b", span) values (100, 'empty');
refresh materialized view kept;
