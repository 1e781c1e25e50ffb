-- What a cascade takes with it, and what a rename reaches.
create type mood as enum ('sad', 'ok');
create table parent (id int primary key, feel mood default 'sad', note varchar(20) default 'x');
create table child (id serial primary key, parent_id int references parent (id), feel mood, check (feel <> 'sad'));
create view both_of_them as select parent.id, child.feel from parent join child on child.parent_id = parent.id;
create view only_ids as select id from parent;
create function takes(m mood) returns boolean language sql as 'select true';
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger touched before update on child for each row execute function touch();
create policy mine on child using (exists (select 1 from parent p where p.id = child.parent_id));
create index on parent (lower(note));
alter table parent rename to parents;
alter table parents rename column note to remark;
alter table parents alter column remark type text;
alter type mood rename value 'ok' to 'fine';
