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
