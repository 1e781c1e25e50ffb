-- What the shop sells.

create domain public.price as numeric(10, 2)
  constraint price_not_negative check (value >= 0);
comment on domain public.price is 'An amount of money in the currency of the shop.';

create domain public.sku as text
  constraint sku_form check (value ~ '^[A-Z0-9]+(-[A-Z0-9]+)*$');

create type public.dimensions as (
  width_mm integer,
  height_mm integer,
  depth_mm integer
);
comment on type public.dimensions is 'Of the parcel, not of the product.';

create table public.categories (
  id bigint generated always as identity primary key,
  parent_id bigint references public.categories (id) on delete restrict,
  slug text not null unique,
  name text not null,
  position integer not null default 0,
  constraint categories_not_own_parent check (parent_id <> id)
);
comment on table public.categories is 'A tree; the roots have no parent.';
create index categories_parent_id_idx on public.categories (parent_id);

create table public.products (
  id bigint generated always as identity primary key,
  category_id bigint references public.categories (id) on delete set null,
  sku public.sku not null unique,
  name text not null,
  description text,
  price public.price not null,
  weight_grams integer,
  dimensions public.dimensions,
  tags text[] not null default '{}',
  attributes jsonb not null default '{}',
  published boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint products_name_length check (char_length(name) between 1 and 200),
  constraint products_weight_positive check (weight_grams > 0)
);
comment on column public.products.attributes is 'What differs by category: {"colour": "red", "size": "M"}.';

create index products_category_id_idx on public.products (category_id);
create index products_published_idx on public.products (created_at desc) where published;
create index products_tags_idx on public.products using gin (tags);
create index products_attributes_idx on public.products using gin (attributes jsonb_path_ops);

create trigger products_set_updated_at
  before update on public.products
  for each row execute function private.set_updated_at();

create table public.product_images (
  id bigint generated always as identity primary key,
  product_id bigint not null references public.products (id) on delete cascade,
  path text not null,
  alt text not null default '',
  position smallint not null default 0,
  unique (product_id, position)
);
comment on column public.product_images.path is 'Of the object in the storage bucket "products".';

create table public.inventory (
  product_id bigint primary key references public.products (id) on delete cascade,
  quantity integer not null default 0 check (quantity >= 0),
  updated_at timestamptz not null default now()
);

create trigger inventory_set_updated_at
  before update on public.inventory
  for each row execute function private.set_updated_at();

alter table public.categories enable row level security;
alter table public.products enable row level security;
alter table public.product_images enable row level security;
alter table public.inventory enable row level security;

create policy "everybody reads categories" on public.categories
  for select to anon, authenticated
  using (true);

create policy "everybody reads published products" on public.products
  for select to anon, authenticated
  using (published);

create policy "everybody reads images" on public.product_images
  for select to anon, authenticated
  using (true);

create policy "everybody reads the stock" on public.inventory
  for select to anon, authenticated
  using (true);

create policy "staff write categories" on public.categories
  for all to authenticated
  using ((select private.is_staff()))
  with check ((select private.is_staff()));

create policy "staff write products" on public.products
  for all to authenticated
  using ((select private.is_staff()))
  with check ((select private.is_staff()));

create policy "staff write images" on public.product_images
  for all to authenticated
  using ((select private.is_staff()))
  with check ((select private.is_staff()));

create policy "staff write the stock" on public.inventory
  for all to authenticated
  using ((select private.is_staff()))
  with check ((select private.is_staff()));
