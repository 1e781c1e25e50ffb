-- Reviews, and what a product page shows of them.

create table public.reviews (
  id bigint generated always as identity primary key,
  product_id bigint not null references public.products (id) on delete cascade,
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  rating smallint not null,
  title varchar(120),
  body text,
  created_at timestamptz not null default now(),
  constraint reviews_rating_range check (rating between 1 and 5),
  constraint reviews_one_each unique (product_id, user_id)
);
create index reviews_user_id_idx on public.reviews (user_id);

alter table public.reviews enable row level security;

create policy "everybody reads reviews" on public.reviews
  for select to anon, authenticated
  using (true);

create policy "users write their own reviews" on public.reviews
  for all to authenticated
  using ((select auth.uid()) = user_id)
  with check ((select auth.uid()) = user_id);

-- security_invoker: the view shows what its reader may see, not what its owner may.
create view public.product_ratings
with (security_invoker = true)
as
select
  reviews.product_id,
  count(*) as review_count,
  round(avg(reviews.rating), 2) as average_rating
from public.reviews
group by reviews.product_id;
comment on view public.product_ratings is 'One row for each product with a review.';
