-- Rows for every table there is: NULL in half of the places where it may be, else a value of the type. What a table
-- refuses is left out; foreign keys are not looked at, so that outer joins find nothing often enough.
set session_replication_role = replica;
create function pg_temp.value_of(type oid, round integer) returns text language plpgsql as $$
declare
    t pg_type;
begin
    select * into t from pg_type where oid = type;
    return case
        when t.typtype = 'd' then pg_temp.value_of(t.typbasetype, round)
        when t.typtype = 'e' then (select enumlabel from pg_enum where enumtypid = type order by enumsortorder limit 1)
        when t.typtype in ('r', 'm') or t.typcategory = 'A' then case t.typtype when 'r' then 'empty' else '{}' end
        when t.typtype = 'c' then '(' || (select coalesce(string_agg('', ','), '') from pg_attribute
                                         where attrelid = t.typrelid and attnum > 0 and not attisdropped) || ')'
        when t.typname in ('text', 'varchar', 'bpchar', 'name', 'char', 'citext') then chr(96 + round)
        when t.typcategory = 'B' then 'true'
        when t.typname in ('json', 'jsonb') then '{}'
        when t.typname = 'uuid' then format('00000000-0000-0000-0000-00000000000%s', round)
        when t.typname in ('date', 'timestamp', 'timestamptz') then format('2020-01-0%s', round)
        when t.typname in ('time', 'timetz') then '12:00'
        when t.typname in ('bit', 'varbit') then '101'
        when t.typname in ('inet', 'cidr') then format('10.0.0.%s', round)
        when t.typname = 'macaddr' then '08:00:2b:01:02:03'
        when t.typname = 'point' then '(1,2)'
        when t.typname = 'box' then '(1,2),(3,4)'
        when t.typname = 'xml' then '<a/>'
        when t.typname = 'pg_lsn' then '0/1'
        when t.typname = 'regclass' then 'pg_class'
        when t.typname in ('tsvector', 'tsquery', 'bytea') then 'a'
        else round::text
    end;
end $$;
do $$
declare
    t record;
    names text;
    items text;
begin
    for t in select c.oid, c.oid::regclass as id from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' loop
        for round in 1..6 loop
            select string_agg(quote_ident(a.attname), ', ' order by a.attnum),
                   string_agg(case when not a.attnotnull and random() < 0.5 then 'null'
                                   else format('%L', pg_temp.value_of(a.atttypid, round)) end, ', ' order by a.attnum)
            into names, items
            from pg_attribute a
            where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = '';
            begin
                if names is null then
                    execute format('insert into %s default values', t.id);
                else
                    execute format('insert into %s (%s) values (%s)', t.id, names, items);
                end if;
            exception when others then
                null;
            end;
        end loop;
    end loop;
    for t in select c.oid::regclass as id from pg_class c where c.relkind = 'm' order by c.oid loop
        begin
            execute format('refresh materialized view %s', t.id);
        exception when others then
            null;
        end;
    end loop;
end $$;
