-- What the first month of trading taught.

-- Stock in a cart that is being paid is not for sale.
alter table public.inventory
  add column reserved integer not null default 0,
  add constraint inventory_reserved_within_quantity check (reserved between 0 and quantity);

-- Reviews by people who bought the product are worth more.
alter table public.reviews
  add column verified boolean not null default false;
alter table public.reviews
  alter column title type text;

-- "note" was taken for the shop's own remarks; it is the customer's.
alter table public.orders rename column note to customer_note;
comment on column public.orders.customer_note is 'Written by the customer at checkout.';

-- Nobody used it: labels of addresses were always empty.
alter table public.addresses drop column label;
alter table public.addresses
  add constraint addresses_country_upper check (country = upper(country)) not valid;
alter table public.addresses validate constraint addresses_country_upper;

-- Codes without a limit were passed around.
alter table public.coupons
  alter column usage_limit set default 100,
  add constraint coupons_usage_limit_positive check (usage_limit > 0);

-- Users may write a review only in their own name, but may no longer change one later.
drop policy "users write their own reviews" on public.reviews;
create policy "users add their own reviews" on public.reviews
  for insert to authenticated
  with check ((select auth.uid()) = user_id);
create policy "users delete their own reviews" on public.reviews
  for delete to authenticated
  using ((select auth.uid()) = user_id);

-- Staff saw unpublished products only through "for all"; say it where it is looked for.
alter policy "everybody reads published products" on public.products
  using (published or (select private.is_staff()));

-- The list of products as the shop shows it.
create view public.product_overview
with (security_invoker = true)
as
select
  products.id,
  products.sku,
  products.name,
  products.price,
  categories.name as category,
  inventory.quantity - inventory.reserved as available,
  product_ratings.average_rating,
  product_ratings.review_count
from public.products
left join public.categories on categories.id = products.category_id
left join public.inventory on inventory.product_id = products.id
left join public.product_ratings on product_ratings.product_id = products.id
where products.published;

-- Totals for the back office, refreshed every night by whoever runs the shop.
create materialized view private.daily_sales as
select
  date_trunc('day', orders.created_at) as day,
  count(*) as orders,
  sum(orders.total) as revenue
from public.orders
where orders.status <> 'cancelled'
group by date_trunc('day', orders.created_at);

create unique index daily_sales_day_key on private.daily_sales (day);
