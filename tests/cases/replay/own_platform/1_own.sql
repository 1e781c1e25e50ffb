-- No project of Supabase: what is called as its schemas are is one's own.
create schema auth;
create schema if not exists storage;
create schema vault;
create table auth.users (id bigserial primary key, email text unique);
create table storage.objects (id int generated always as identity, owner bigint references auth.users);
create type auth.level as enum ('one', 'two');
create function auth.uid() returns bigint language sql stable as 'select 1::bigint';
create view auth.named as select email from auth.users;
create table orders (id int primary key, by bigint default auth.uid() references auth.users, grade auth.level);
create trigger touched before update on auth.users for each row execute function suppress_redundant_updates_trigger();
alter table auth.users enable row level security;
create policy own on auth.users using (id = auth.uid());
grant usage on schema vault to public;
comment on schema vault is 'kept';
