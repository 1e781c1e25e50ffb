-- Full text search over the catalog, kept up to date by the database itself.

alter table public.products
  add column search tsvector generated always as (
    to_tsvector('english', name || ' ' || coalesce(description, ''))
  ) stored;

create index products_search_idx on public.products using gin (search);

create function public.search_products(query text, max_results integer default 20)
returns setof public.products
language sql
stable
set search_path = ''
as $$
  select products.*
  from public.products
  where products.search @@ websearch_to_tsquery('english', query)
  order by ts_rank(products.search, websearch_to_tsquery('english', query)) desc
  limit max_results;
$$;
comment on function public.search_products(text, integer) is 'Best match first. The policies of products apply.';
