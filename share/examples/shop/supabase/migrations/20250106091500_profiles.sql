-- Who uses the shop. Every row of auth.users gets a profile when it signs up.

-- Helpers that policies call live in a schema the API does not expose.
create schema private;
grant usage on schema private to authenticated;

create type public.user_role as enum ('customer', 'staff');
comment on type public.user_role is 'What a user may do beyond their own data.';

create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  email text not null,
  full_name text,
  phone text,
  role public.user_role not null default 'customer',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint profiles_email_check check (email like '%_@_%')
);
comment on table public.profiles is 'Public data of a user, one row for each of auth.users.';
comment on column public.profiles.role is 'Given by hand: no API role may write it.';

create unique index profiles_email_key on public.profiles (lower(email));

-- Shared by every table with an updated_at column.
create function private.set_updated_at() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at = now();
  return new;
end;
$$;

create trigger profiles_set_updated_at
  before update on public.profiles
  for each row execute function private.set_updated_at();

-- security definer: the role that signs a user up may not write to public.profiles itself.
create function private.handle_new_user() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.profiles (id, email, full_name)
  values (new.id, new.email, new.raw_user_meta_data ->> 'full_name');
  return new;
end;
$$;

create trigger on_auth_user_created
  after insert on auth.users
  for each row execute function private.handle_new_user();

-- security definer: reading profiles in a policy on profiles would otherwise ask that policy again.
create function private.is_staff() returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from public.profiles
    where id = auth.uid() and role = 'staff'
  );
$$;
comment on function private.is_staff() is 'Whether the signed-in user works for the shop.';

alter table public.profiles enable row level security;

-- (select auth.uid()) is evaluated once a statement, auth.uid() once a row.
create policy "users read their own profile" on public.profiles
  for select to authenticated
  using ((select auth.uid()) = id);

create policy "users update their own profile" on public.profiles
  for update to authenticated
  using ((select auth.uid()) = id)
  with check ((select auth.uid()) = id);

-- A policy chooses rows, a grant columns: without this, users could make themselves staff.
revoke insert, update on public.profiles from anon, authenticated;
grant update (full_name, phone) on public.profiles to authenticated;

create policy "staff read every profile" on public.profiles
  for select to authenticated
  using ((select private.is_staff()));
