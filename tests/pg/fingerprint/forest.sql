-- Many objects that stay as they are.
select format('create table public.tree_%s (id integer primary key, height integer default %s check (height > 0))', n, n)
from generate_series(1, 120) n \gexec
select format('create index tree_%s_high on public.tree_%s (height) where height > %s', n, n, n)
from generate_series(1, 120) n \gexec
select format('create view public.grove_%s as select id, height from public.tree_%s where height > %s', n, n, n)
from generate_series(1, 60) n \gexec
select format('create function public.fell_%s(n integer) returns integer language sql as ''select n''', n)
from generate_series(1, 60) n \gexec
