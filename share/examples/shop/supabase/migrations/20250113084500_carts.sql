-- Addresses, and the cart every user has at most one of.

create table public.addresses (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete cascade,
  label text,
  line1 text not null,
  line2 text,
  city text not null,
  postal_code text not null,
  country character(2) not null default 'DE',
  is_default boolean not null default false,
  created_at timestamptz not null default now()
);
create index addresses_user_id_idx on public.addresses (user_id);
-- A partial unique index: many addresses, one default.
create unique index addresses_one_default on public.addresses (user_id) where is_default;

create table public.carts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique default auth.uid() references public.profiles (id) on delete cascade,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create trigger carts_set_updated_at
  before update on public.carts
  for each row execute function private.set_updated_at();

create table public.cart_items (
  cart_id uuid not null references public.carts (id) on delete cascade,
  product_id bigint not null references public.products (id) on delete cascade,
  quantity integer not null default 1,
  added_at timestamptz not null default now(),
  primary key (cart_id, product_id),
  check (quantity between 1 and 99)
);
create index cart_items_product_id_idx on public.cart_items (product_id);

alter table public.addresses enable row level security;
alter table public.carts enable row level security;
alter table public.cart_items enable row level security;

create policy "users manage their own addresses" on public.addresses
  for all to authenticated
  using ((select auth.uid()) = user_id)
  with check ((select auth.uid()) = user_id);

create policy "users manage their own cart" on public.carts
  for all to authenticated
  using ((select auth.uid()) = user_id)
  with check ((select auth.uid()) = user_id);

create policy "users manage the items of their own cart" on public.cart_items
  for all to authenticated
  using (
    exists (
      select 1 from public.carts
      where carts.id = cart_items.cart_id and carts.user_id = (select auth.uid())
    )
  )
  with check (
    exists (
      select 1 from public.carts
      where carts.id = cart_items.cart_id and carts.user_id = (select auth.uid())
    )
  );
