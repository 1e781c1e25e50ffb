-- Functions in FROM, frames, groupings, ordered sets.
create table t (j jsonb, name text, n int, ts timestamptz);
create view v as select tag from t, jsonb_array_elements_text(j) tag where tag <> '';
create view y01 as select * from t, jsonb_array_elements(j) e;
create view y03 as select e->>'a' a from t, jsonb_array_elements(j) e;
create view y05 as select e.value->>'a' a from t, jsonb_array_elements(j) e;
create policy p on t using (exists (select 1 from jsonb_array_elements_text(j) r where r = current_user));
create function one(out val int) language sql as 'select 1'; create view y10 as select o from one() o;
create function inout1(inout z int) language sql as 'select 1'; create view y11 as select i from inout1(3) i;
create function tab1() returns table (q int) language sql as 'select 1'; create view y12 as select i from tab1() i;
create function so() returns setof int language sql as 'select 1'; create view y14 as select i, x from so() i, generate_series(1,2) x, unnest(array[1,2]) u(k);
create view y17 as select key, value, k from t, jsonb_each(j), jsonb_object_keys(j) k, jsonb_object_keys(j);
create view y18 as select (select count(*) from jsonb_array_elements(t.j) as x where x->>'k' = 'v') c, array(select jsonb_array_elements_text(j)) d, exists(select from jsonb_array_elements_text(j) as elem(v) where v like 'a%') e from t;
create view fr as select sum(n) over (order by ts range between '1 day' preceding and current row) s, sum(n) over (order by n range between '1' preceding and 2 following) r, sum(n) over (order by n rows '3' preceding) q, sum(n) over (order by n groups between 1 preceding and '1' following) g from t;
create view fr2 as select sum(n) over (order by ts::date range between '1 day' preceding and interval '2 d' following) s, avg(n) over (order by n::bigint desc range between 5 preceding and current row) r from t;
create view gr as select name, n from t group by rollup (name, n);
create table o (amt numeric, tx text);
create view hy as select rank(5) within group (order by amt) r, dense_rank('x') within group (order by tx) d, percent_rank(1::int) within group (order by amt) p, cume_dist(1, 'y') within group (order by amt, tx) c, percentile_cont(0.5) within group (order by amt) pc, mode() within group (order by tx) m, percentile_disc(array[0.1,0.2]) within group (order by amt) pd from o;
