create table held (id int, old text default 'x', at timestamptz);
alter table held
    add constraint held_at check (due is null or due >= at),
    add constraint held_self foreign key (of_id) references held (key),
    alter column kind set default 'new',
    alter column kind set not null,
    add column due timestamptz,
    add column of_id int,
    add column kind text,
    add column key int,
    add primary key (key),
    alter column old drop default,
    drop column id;
create table typed (n int not null, m text);
alter table typed add check (n > 'a'), alter column n set default 'b', alter column n type text, add unique (n, o), add column o int;
alter table typed alter column o add generated always as identity, alter column o set not null;

-- What is written at an added column may name one that comes later.
create table base (id int);
create table heir () inherits (base);
create table parted (id int, at date) partition by range (at);
create table part1 partition of parted for values from ('2020-01-01') to ('2021-01-01');
alter table base add column a int check (a > b) check (a > 0), add column b int check (b < 7 and a <> b), add column g int generated always as (id + 1) stored;
alter table parted add column k int check (k > m), add column m int, add unique (at, m), add primary key (at, k);
create table target (id int primary key);
alter table target add column t int unique, add column u int references target (t) , add check (t > u), add column "target" int unique, add column w text default 'x' check (w <> 'y');
alter table heir add column h int primary key, add column q int references target;
alter table base add column n int primary key, add column nn int not null check (nn > n);
alter table base add column pk int unique check (pk > u2), add column u2 int;
create type comp as (a int);
create table oftype of comp;
alter type comp add attribute b int cascade, add attribute c text cascade;
