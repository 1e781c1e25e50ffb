create extension if not exists "uuid-ossp"; 
create table public.orgs (id uuid primary key default uuid_generate_v4(), slug text not null unique check (slug ~* '^[a-z0-9-]{3,40}$'), settings jsonb not null default '{"theme": "dark", "n": [1, 2.50]}'::jsonb, created_at timestamptz not null default timezone('utc'::text, now()), tags text[] not null default array[]::text[], ip inet default '10.0.0.1', during tstzrange, price money, owner uuid references auth.users(id) on delete set null, unique nulls not distinct (owner, slug));
create table public.members (org_id uuid references orgs on delete cascade, user_id uuid default auth.uid() references auth.users not null, role text not null default 'member' check (role = any (array['owner','admin','member'])), invited_at date default (now() + interval '7 days')::date, primary key (org_id, user_id), score double precision check (score >= 0 and score <= 1.0), lvl smallint check (lvl between 1 and 10), amt numeric(12,2) check (amt >= 0.00), constraint both_or_none check ((score is null and lvl is null) or (score is not null and lvl is not null)));
alter table orgs enable row level security; alter table members enable row level security;
create or replace function public.is_member(_org uuid, _roles text[] default array['owner','admin']) returns boolean language sql security definer stable set search_path = public as $$ select exists (select 1 from members m where m.org_id = _org and m.user_id = auth.uid() and m.role = any(_roles)) $$;
create policy "members read" on members for select to authenticated using (is_member(org_id));
create policy "own" on members for all to authenticated, anon using ((select auth.uid()) = user_id) with check (auth.uid() = user_id and role <> 'owner');
create policy "org admins" on orgs for update using (exists (select 1 from public.members where members.org_id = orgs.id and members.user_id = auth.uid() and members.role in ('owner', 'admin')));
create policy "jwt" on orgs for select using ((auth.jwt() ->> 'role') = 'admin' or (auth.jwt() -> 'app_metadata' ->> 'org')::uuid = id or auth.role() = 'service_role' or (((current_setting('request.jwt.claims', true))::jsonb ->> 'x') = slug));
create policy "in list" on orgs for delete using (id in (select org_id from members where user_id = auth.uid()) and auth.email() like '%@x.com' and owner is not null and not (tags && array['a']) and tags @> '{b}' and cardinality(tags) > 0 and 'z' = any(tags) and settings ? 'theme' and settings->'n'->0 is not null and (settings->>'count')::int > 3);
create policy "lat" on orgs as restrictive for insert with check ((select count(*) from members mm where mm.org_id = orgs.id) < 5 and length(trim(slug)) > 2 and slug = lower(slug) and position('x' in slug) = 0 and created_at <= now() and extract(dow from created_at) <> 0 and coalesce((settings->>'ok')::boolean, false));
create unique index one_owner on members (org_id) where role = 'owner';
create index on members (user_id, org_id desc); create index on orgs using gin (tags); create index on orgs using gist (during); create index on orgs ((settings->>'theme'), lower(slug) text_pattern_ops); create index on orgs (date_trunc('day', created_at at time zone 'utc')); create index on members using hash (role); create index on orgs using brin (created_at) with (pages_per_range = 32);
create view public.org_stats with (security_invoker = on) as select o.id, o.slug, count(m.user_id) filter (where m.role = 'owner') as owners, count(distinct m.user_id)::int as n, max(m.score) mx, avg(m.lvl) as av, sum(m.amt) total, array_agg(m.role order by m.role) as roles, jsonb_agg(jsonb_build_object('u', m.user_id, 'r', m.role)) as js, string_agg(m.role, ', ') as rs, coalesce(sum(m.lvl), 0) as sl, case when count(*) > 1 then 'many' when count(*) = 1 then 'one' else null end as k, bool_and(m.score > 0.5) ba, round(avg(m.amt), 2) as ra, (o.settings ->> 'n')::numeric as sn, o.created_at::date as day, to_jsonb(o) as whole, row_to_json(o.*) as rj, extract(epoch from now() - o.created_at)::int as age_s, u.email, u.raw_user_meta_data ->> 'name' as nm from orgs o left join members m on m.org_id = o.id left join auth.users u on u.id = o.owner where o.slug is not null group by o.id, o.slug, u.email, u.raw_user_meta_data having count(*) >= 0 order by o.slug, n desc;
create view mine as select * from members where user_id = auth.uid() with check option;
create view ranked as select user_id, rank() over (partition by org_id order by score desc nulls last, lvl) as r, lag(score) over w as prev, score - lag(score, 1, 0.0::float8) over w as d, ntile(4) over (order by amt), sum(amt) over (order by invited_at rows between unbounded preceding and current row) as run, first_value(role) over w from members window w as (partition by org_id order by invited_at);
create view lat as select o.slug, x.*, e.key, e.value, t.tag, g.d::date from orgs o cross join lateral (select m.role, count(*) as c from members m where m.org_id = o.id group by 1 order by 2 desc limit 3) x, jsonb_each_text(o.settings) e left join unnest(o.tags) as t(tag) on true, generate_series(now() - interval '3 days', now(), '1 day') as g(d);
create view un as select 'org' as kind, id, slug as label, null::text as extra from orgs union all select 'member', user_id, role, invited_at::text from members union select 'x', gen_random_uuid(), 'y', 'z' order by 1, 3 desc limit 5 offset 2;
create view c as with active as (select org_id, count(*) n from members where lvl > 1 group by org_id), big as (select * from active where n > 3) select o.slug, coalesce(a.n, 0) as n, exists (select 1 from big b where b.org_id = o.id) as is_big, (select max(m.score) from members m where m.org_id = o.id) as best, array(select m.role from members m where m.org_id = o.id order by m.role) as rl, o.tags[1] as t1, o.tags[2:3] as t23, array_length(o.tags, 1) al, o.tags || 'more'::text as tm, o.tags || array['x'] as tx, o.settings || '{"a":1}' as so, o.settings - 'a' as sm, o.settings #>> '{a,0}' as sp, o.during @> now() as dn, upper(o.during) as ud, greatest(a.n, 1) as g, nullif(o.slug, '') ns, concat(o.slug, '-', a.n) as cc, o.slug || '-' || a.n as c2, left(o.slug, 3) as lf, replace(o.slug, 'a', 'b') as rp, split_part(o.slug, '-', 1) as spl, md5(o.slug) as md, o.owner is distinct from auth.uid() as df, not (o.slug = 'a') as nn, o.created_at + '1 day' as cd, now() - o.created_at as ag, o.created_at > '2020-01-01'::date as gt, o.created_at::timestamp as cts, date_part('year', o.created_at) as yr, floor(a.n / 2) as fl, a.n::float8 / 2 as f8, a.n % 2 = 0 as ev, -a.n as neg, abs(-5) as ab, 2 ^ 3 as pw, power(2, 3) as pw2, random() as rnd, o.ip << '10.0.0.0/8' as ipx from orgs o left join active a on a.org_id = o.id where o.slug ilike '%x%' and o.slug not like 'y%' and o.slug similar to '(a|b)%' and o.created_at between now() - interval '1 year' and now();
create function public.handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$ begin return new; end; $$;
create trigger on_auth_user_created after insert on auth.users for each row execute function public.handle_new_user();
create trigger upd before update on orgs for each row when (old.settings is distinct from new.settings and pg_trigger_depth() = 0 or new.slug ~ 'x') execute procedure handle_new_user();
create policy "avatars" on storage.objects for select using (bucket_id = 'avatars' and (storage.foldername(name))[1] = auth.uid()::text);
create function search(q text, lim int default 10, off int = 0, out total bigint, out rows jsonb) language plpgsql as $$ begin end $$;
create function ret_table(p uuid default null, ts timestamptz default current_timestamp, k public.orgs default null) returns setof public.members language sql as 'select * from public.members';
create materialized view mv as select date_trunc('month', created_at) as month, count(*)::bigint as n, percentile_disc(0.9) within group (order by slug) as p from orgs group by 1; create unique index mvi on mv (month);
create type public.pair as (a int, b text); create function mk() returns public.pair language sql immutable as $$ select (1, 'x')::public.pair $$;
create view pv as select (mk()).a as a1, (mk()).b as bb, m.* from mk() m; create view rv as select (row(1, 'x')::public.pair).b as r, (o).slug as s from orgs o;
alter table members add column full_name text generated always as (role || ' ' || coalesce(lvl::text, '?')) stored, add constraint lvl_pos check (lvl > 0) not valid, alter column score set default 0, alter role drop default, add fts tsvector generated always as (setweight(to_tsvector('english', coalesce(role, '')), 'A') || to_tsvector('simple'::regconfig, role)) stored;
alter table members rename column amt to amount; alter view mine rename to my_rows; alter table orgs add constraint no_overlap exclude using gist (during with &&) where (owner is not null);
comment on view org_stats is 'stats'; comment on column org_stats.n is 'count'; comment on policy "own" on members is 'own rows'; comment on function is_member(uuid, text[]) is 'm';
create domain public.pct as numeric(5,2) default 0 check (value >= 0 and value <= 100); alter domain pct add constraint whole check (value = round(value)) not valid;
create table d (p pct not null default 5, q pct[] , x public.pair default row(1,'a'), y public.pair[] default '{}', c "char" default 'x', b bit(3) default b'101', vb varbit, n name default 'nm', t time default '10:00', tz timetz, iv interval(3), iy interval year to month, dd date default 'infinity', ct timestamp(3) default localtimestamp, ok bool default (1 = 1), e float4 default 1.5e3, big numeric default 12345678901234567890, h text default 'a' || 'b', i int default 2 + 3, j int default (5)::int, k int default '7', l bigint default 3, mm text default concat('a', 1), nn text default null, oo varchar(5) default null, pp uuid default '00000000-0000-0000-0000-000000000000', qq text default current_user, rr text default E'tab\t\\n', ss xml, uu timestamptz default 'infinity', vv text[] default '{"a b",c}', ww int[] default '{1, 2}', xx double precision default 'NaN', yy jsonb default '[]', zz json default '{"a" : 1}');

-- What is a project's own among what the platform makes.
alter role authenticator set pgrst.db_pre_request to 'public.check_request';
alter role authenticator set statement_timeout = '8s';
alter role anon set statement_timeout = '5s';
create role app_editor;
grant app_editor to authenticator;
grant anon to authenticator;
grant select on storage.objects to app_editor;
grant usage on schema auth to app_editor;
revoke all on public.orgs from anon;
revoke insert, update on public.members from anon, authenticated;
grant update (role) on public.members to authenticated;
alter default privileges in schema public revoke execute on functions from public, anon;
alter default privileges in schema public revoke all on tables from anon;
create function public.private_one() returns int language sql as 'select 1';
create table public.private_table (id int);
create function public.on_object() returns trigger language plpgsql as 'begin return new; end';
create trigger object_made after insert on storage.objects for each row execute function public.on_object();
create policy readers on storage.buckets for select to authenticated using (public);
alter publication supabase_realtime add table public.orgs, storage.objects;
create function auth.of_the_platform() returns int language sql as 'select 1';
do $$ begin
    if not exists (select 1 from pg_publication_tables where pubname = 'supabase_realtime' and tablename = 'members') then
        alter publication supabase_realtime add table public.members;
    end if;
end $$;
do $$ begin
    if not exists (select from pg_roles where rolname = 'app_guarded') then
        create role app_guarded nologin;
    end if;
    raise notice 'made';
exception when others then null;
end $$;
