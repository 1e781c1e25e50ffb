-- Parents, partitions and what each gives the other; a server has run this, without what it refuses.
create schema "Odd Schema";
create table parent (a int not null, b int, c int generated always as (a + 1) stored, d interval default interval '1' day);
create table child () inherits (parent);
create publication only_child for table only child where (b > 1);
alter table parent alter column c drop expression;
alter table parent drop column b cascade;
create table grandchild () inherits (child, parent);
do $$ begin
  alter table parent inherit grandchild;
exception when duplicate_table then null;
end $$;
alter table only parent add primary key (a);

create table hull (code char, day date, "at" int unique) partition by range ("at");
create table hull_1 partition of hull for values from (1) to (5);
create table hull_2 ("at" int, day date, code char);
create table refers (at int, foreign key (at) references hull ("at"), foreign key (at) references hull ("at") initially deferred);
alter table hull attach partition hull_2 for values from (5) to (9);
alter table refers add foreign key (at) references hull ("at");
create function fires() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger fires after update on hull for each row execute function fires();
alter table hull_1 disable trigger fires;
alter table hull_2 cluster on hull_2_at_key;
create table lower_1 (n int);
create table upper_1 ();
create table below () inherits (lower_1, upper_1);
alter table upper_1 add column n int primary key, add column m serial not null;
create table top (n int primary key) partition by list (n);
create table mid partition of top for values in (1, 2) partition by list (n);
create table low (n int not null);
alter table mid attach partition low default;
alter table mid detach partition low;
