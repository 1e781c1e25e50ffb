-- Table every has a column for each type that a column can have, and its array; each row has one value, of one column.
-- Of each value: the column, and its JSON as json_agg has it, which is what PostgREST sends.
create extension hstore;
create extension ltree;
create extension citext;
create extension cube;
create extension earthdistance;
create extension seg;
create extension isn;
create extension intarray;
create extension lo;
create type mood as enum ('a', '1');
create type span as range (subtype = float8);
create type pair as (a int, b text);
create type other as enum ('a');
create function other_json(other) returns json language sql as $$ select '{"m": 1}'::json $$;
create cast (other as json) with function other_json(other);
create domain small as int check (value < 10);
create domain smaller as small;
create domain store as hstore;

create table kinds as
select t.oid::regtype::text as type, 'c' || row_number() over (order by t.oid) as name
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
where t.typtype in ('b', 'r', 'm', 'd', 'e', 'c') and t.typisdefined and n.nspname in ('pg_catalog', 'public')
  and (t.typrelid = 0 or t.typname = 'pair') and not exists (select from pg_type e where e.typarray = t.oid);
insert into kinds select type || '[]', name || '_array' from kinds where to_regtype(type || '[]') is not null;
select 'create table every (' || string_agg(format('%I %s', name, type), ', ') || ')' from kinds \gexec

-- Those that can be written from JSON: up to 13 a server wants the binary form of what a domain is of, which cube has
-- from 14 on, to look whether a value is one.
create view writable as
select * from kinds k
where not exists (select from pg_type t join pg_type d on d.oid in (t.oid, t.typelem) join pg_type b on b.oid = d.typbasetype
                  where t.oid = to_regtype(k.type) and b.typreceive = 0);
select 'create table written (' || string_agg(format('%I %s', name, type), ', ') || ')' from writable \gexec

create table texts (text text);
insert into texts values ('1'), ('-1.5'), ('0'), ('t'), ('a'), ('{}'), ('{1,2}'), ('[1,2]'), ('{"a": [1, null]}'), ('"x"'), ('null'),
    ('(1,2)'), ('((1,2),(3,4))'), ('[(1,2),(3,4)]'), ('<(1,2),3>'), ('{1,2,3}'), ('(1,a)'), ('(,)'), ('empty'),
    ('{[1,2]}'), ('[2020-01-01,2020-02-01)'), ('{[2020-01-01,2020-02-01)}'), ('2020-01-01'), ('2020-01-01 10:00:00+02'),
    ('infinity'), ('10:00'), ('10:00+02'), ('1 day'), ('10.0.0.1'), ('10.0.0.0/8'), ('::1'), ('08:00:2b:01:02:03'),
    ('08:00:2b:01:02:03:04:05'), ('101'), ('$1.50'), ('<a>b</a>'), ('a & b'), ('''a'':1 b'), ('$.a'), ('0/16B3748'),
    ('10:20:10,14,15'), ('pg_class'), ('postgres=r/postgres'), ('pg_catalog'), ('english'), ('simple'), ('"C"'),
    ('a=>1, b=>NULL'), ('a.b.c'), ('a.*'), ('1 .. 2'), ('978-0-393-04002-9'), ('0-393-04002-X'), ('1436-4522'), ('M-2306-7118-7'), ('979-0-2306-7118-7'), ('(6378168, 0, 0)'),
    ('220356483481'), ('9790706811234'), ('9771436452008'), ('9780393040029'), ('1&2'), ('(0,1)'), ('now()'), ('integer'), ('+(integer,integer)'),
    ('postgres'), ('b97e3a2c-7d5f-4d28-a1f3-0c3b7b5f9a10'), ('9007199254740993'), ('C'), (E'\\x01'), ('(1,0)'), ('{"(1,a)"}'), ('{a,NULL}'), ('{"a=>1"}');

do $$
declare
    kind record;
    value record;
begin
    for kind in select * from kinds loop
        for value in select * from texts loop
            begin
                execute format('insert into every (%I) values (%L)', kind.name, value.text);
            exception when others then null;
            end;
        end loop;
        -- An element of every value of the type.
        if kind.name like '%\_array' then
            begin
                execute format('insert into every (%I) select array[%I] from every where %2$I is not null', kind.name,
                               replace(kind.name, '_array', ''));
            exception when others then null;
            end;
        end if;
    end loop;
end $$;
-- What is written is what was read; what has a cast to json its text, and the null of json a NULL; arrays in arrays are
-- taken for several dimensions.
do $$
declare
    kind record;
    bad text;
begin
    for kind in select * from writable where type not in ('store[]', 'hstore[]', 'other[]', 'int2vector[]', 'oidvector[]', 'json[]', 'jsonb[]') loop
        execute format(
            'select string_agg(e.%1$I::text, '' '') from every e, json_populate_record(null::written, %2$s) as back
             where e.%1$I is not null and e.%1$I::text <> ''null'' and e.%1$I::text is distinct from back.%1$I::text', kind.name,
            case when kind.type in ('hstore', 'store', 'other') then format('json_build_object(%L, e.%1$I::text)', kind.name)
                 else 'row_to_json(e)' end) into bad;
        if bad is not null then
            raise exception 'not written as it is read: % %', kind.type, bad;
        end if;
    end loop;
end $$;

copy (select k.type, k.name, t.value
      from (select json_array_elements(json_agg(every)) as row from every) j
      cross join lateral json_each(j.row) t
      join kinds k on k.name = t.key
      where json_typeof(t.value) <> 'null'
      union all
      select type, name, null from kinds) to stdout;
