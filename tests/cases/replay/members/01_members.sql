-- Members of citext, the least integers, limits of sequences, VALUES.
create extension citext; create table t (c citext, d int default -2147483648, e bigint default -2147483649, f int default - 2147483648 + 1);
create view v as select max(c), replace(c, 'a', 'b') r, min(c) as mn, split_part(c, '@', 2) sp, translate(c, 'a', 'b') tr, strpos(c, 'x') st, regexp_match(c, 'a') rm, regexp_match(c, 'a', 'g') rmg, regexp_replace(c, 'a', 'b') rr, regexp_replace(c, 'a', 'b', 'g') rrg, regexp_split_to_array(c, ',') ra, c similar to 'a' as sim, c not similar to 'a' escape '#' as nsim from t group by c;
create view v3 as select regexp_matches(c, 'a') a, regexp_matches(c, 'a', 'g') b, regexp_split_to_table(c, 'x') t, position('a' in c) p, substring(c from 2) s, lower(c) l, trim(c) tc, c || 'x' k, coalesce(c, '') co, c in ('a','b') i, left(c, 2) lf, length(c) ln, initcap(c) ic, md5(c) m, concat(c, 'x') cc, greatest(c, 'z') g, array_agg(c) aa from t group by c;
create index i on t (replace(c, ' ', ''));
alter table t add check (split_part(c, '@', 2) <> '');
create view v2 as select -2147483648 as w, -9223372036854775808 x, -(2147483648) y, 2147483648 z, -2147483647 u, 1 - 2147483648 k;
create sequence s5 minvalue 10 maxvalue 20; alter sequence s5 no minvalue;
create sequence s6 minvalue 10 maxvalue 20; alter sequence s6 no maxvalue increment 2;
create sequence s7 as smallint increment -1 minvalue -10; alter sequence s7 no minvalue no maxvalue;
create table it (i int generated always as identity (minvalue 5 maxvalue 9)); alter table it alter i set no minvalue set no maxvalue;
create view vals as values (1, 'a'), (2, 'b') order by 1;
create view vals2 as values (1, 'a'), (2, 'b') order by column2 desc limit 1;
create view vals3 as select * from (values (1, 'a'), (2, 'b') order by 2 offset 1) x(a, b);
