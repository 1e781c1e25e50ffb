#!/bin/sh
# The sample project's migrations load in order on a Supabase-like server, and the shop works: a
# customer signs up, fills a cart, orders, reviews; and what policies and grants forbid fails.
set -eu

# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"

cluster_start
cluster_database shop
cluster_shim shop
cluster_load shop "$SOURCE/share/examples/shop/supabase/migrations"

cat > "$WORK/story.sql" << 'END'
insert into auth.users (id, email, raw_user_meta_data)
values ('11111111-1111-1111-1111-111111111111', 'ada@example.org', '{"full_name": "Ada"}'),
       ('22222222-2222-2222-2222-222222222222', 'bob@example.org', '{}');
insert into public.categories (slug, name) values ('tea', 'Tea');
insert into public.products (category_id, sku, name, price, published)
values (1, 'TEA-1', 'Assam', 4.50, true), (1, 'TEA-2', 'Secret', 9, false);
insert into public.inventory (product_id, quantity) values (1, 10);
insert into public.coupons (code, percent_off) values ('TEN', 10);

set role authenticated;
set request.jwt.claims = '{"sub": "11111111-1111-1111-1111-111111111111"}';
select 'profile', email, full_name, role from public.profiles;
insert into public.addresses (id, user_id, line1, city, postal_code)
values ('33333333-3333-3333-3333-333333333333', auth.uid(), 'a', 'b', 'c');
insert into public.carts default values;
insert into public.cart_items (cart_id, product_id, quantity) select id, 1, 3 from public.carts;
select 'order', number, status, subtotal, discount, total
from public.place_order('33333333-3333-3333-3333-333333333333', 'ten');
select 'item', name, quantity, line_total from public.order_items;
select 'event', old_status, new_status from public.order_events;
select 'overview', name, category, available from public.product_overview;
select 'found', name from public.search_products('assam');
insert into public.reviews (product_id, rating) values (1, 5);
select 'rating', review_count, average_rating from public.product_ratings;
update public.profiles set full_name = 'Ada L.';

-- Each of these is refused.
\set ON_ERROR_STOP 0
\set VERBOSITY sqlstate
select 'no staff by oneself';
update public.profiles set role = 'staff';
select 'no empty order';
select public.place_order('33333333-3333-3333-3333-333333333333');
select 'no order written by hand';
insert into public.orders (shipping_address, subtotal) values ('{}', 0);
select 'no review for others';
insert into public.reviews (product_id, user_id, rating)
values (1, '22222222-2222-2222-2222-222222222222', 1);
select 'more than there is';
insert into public.cart_items (cart_id, product_id, quantity) select id, 1, 8 from public.carts;
select public.place_order('33333333-3333-3333-3333-333333333333');

-- Others see nothing of it.
set request.jwt.claims = '{"sub": "22222222-2222-2222-2222-222222222222"}';
select 'bob', (select count(*) from public.orders), (select count(*) from public.carts),
    (select count(*) from public.order_events), (select count(*) from public.products);
set role anon;
set request.jwt.claims = '';
select 'anon', (select count(*) from public.products), (select count(*) from public.reviews),
    (select count(*) from public.profiles), (select count(*) from public.orders);
select public.place_order('33333333-3333-3333-3333-333333333333');

reset role;
refresh materialized view private.daily_sales;
select 'sales', orders, revenue from private.daily_sales;
END

cat > "$WORK/want" << 'END'
profile|ada@example.org|Ada|customer
order|10000|pending|13.50|1.35|12.15
item|Assam|3|13.50
event||pending
overview|Assam|Tea|7
found|Assam
rating|1|5.00
no staff by oneself
ERROR:  42501
no empty order
ERROR:  P0001
no order written by hand
ERROR:  42501
no review for others
ERROR:  42501
more than there is
ERROR:  23514
bob|0|0|0|1
anon|1|1|0|0
ERROR:  42501
sales|1|12.15
END

(cd "$WORK" && sql shop -At -f story.sql) 2>&1 | sed 's/^psql:[^ ]* //' > "$WORK/got"
diff -u "$WORK/want" "$WORK/got"

# Every table of the API has row level security.
open=$(sql shop -Atc "select oid::regclass from pg_catalog.pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity")
[ -z "$open" ] || fail "tables without row level security: $open"
