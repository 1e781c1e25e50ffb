-- Ordering in one step: the client calls place_order and never writes orders itself.

create function public.cart_total(cart uuid) returns numeric
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(products.price * cart_items.quantity), 0)
  from public.cart_items
  join public.products on products.id = cart_items.product_id
  where cart_items.cart_id = cart;
$$;

-- security definer: customers have no right to insert orders or to change the stock. The function
-- looks at auth.uid() and at nothing the caller could choose.
create function public.place_order(address_id uuid, coupon_code text default null)
returns public.orders
language plpgsql
security definer
set search_path = ''
as $$
declare
  buyer uuid := auth.uid();
  cart public.carts;
  coupon public.coupons;
  address jsonb;
  subtotal numeric;
  placed public.orders;
begin
  select carts.* into cart from public.carts where carts.user_id = buyer for update;
  if cart.id is null or not exists (select from public.cart_items where cart_id = cart.id) then
    raise exception 'the cart is empty' using errcode = 'P0001';
  end if;

  select to_jsonb(addresses) into address
  from public.addresses
  where addresses.id = address_id and addresses.user_id = buyer;
  if address is null then
    raise exception 'no such address' using errcode = 'P0002';
  end if;

  if coupon_code is not null then
    select coupons.* into coupon
    from public.coupons
    where coupons.code = upper(coupon_code)
      and now() >= coupons.valid_from
      and (coupons.valid_until is null or now() < coupons.valid_until);
    if coupon.id is null then
      raise exception 'the coupon is not valid' using errcode = 'P0003';
    end if;
  end if;

  -- Fails by the check on quantity when the stock does not suffice.
  update public.inventory
  set quantity = inventory.quantity - cart_items.quantity
  from public.cart_items
  where cart_items.cart_id = cart.id and cart_items.product_id = inventory.product_id;

  subtotal := public.cart_total(cart.id);
  insert into public.orders (user_id, coupon_id, shipping_address, subtotal, discount)
  values (buyer, coupon.id, address, subtotal, round(subtotal * coalesce(coupon.percent_off, 0) / 100, 2))
  returning * into placed;

  insert into public.order_items (order_id, product_id, name, unit_price, quantity)
  select placed.id, products.id, products.name, products.price, cart_items.quantity
  from public.cart_items
  join public.products on products.id = cart_items.product_id
  where cart_items.cart_id = cart.id;

  delete from public.cart_items where cart_id = cart.id;
  return placed;
end;
$$;

revoke execute on function public.place_order(uuid, text) from public, anon;
grant execute on function public.place_order(uuid, text) to authenticated;

-- What happened to an order, written by a trigger and by nobody else.
create table public.order_events (
  id bigint generated always as identity primary key,
  order_id uuid not null references public.orders (id) on delete cascade,
  old_status public.order_status,
  new_status public.order_status not null,
  changed_by uuid references public.profiles (id) on delete set null,
  changed_at timestamptz not null default now()
);
create index order_events_order_id_idx on public.order_events (order_id, changed_at);
alter table public.order_events enable row level security;

create policy "users read the events of their own orders" on public.order_events
  for select to authenticated
  using (
    exists (
      select 1 from public.orders
      where orders.id = order_events.order_id and orders.user_id = (select auth.uid())
    )
  );

create function private.log_order_status() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into public.order_events (order_id, new_status, changed_by)
    values (new.id, new.status, auth.uid());
  elsif new.status is distinct from old.status then
    insert into public.order_events (order_id, old_status, new_status, changed_by)
    values (new.id, old.status, new.status, auth.uid());
  end if;
  return null;
end;
$$;

create trigger orders_log_status
  after insert or update of status on public.orders
  for each row execute function private.log_order_status();
