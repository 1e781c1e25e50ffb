-- Of each pair of types that is told: a table of the old type's values is made one of the new type, and its
-- values are made the old type's again, by an assignment where there is one, else by a cast, else by a text.
create table seen (old text, new text, rewritten boolean, lost text);

create procedure cast_column(type text, source text) language plpgsql as $$
declare
    way text;
    failed text;
begin
    foreach way in array array['', ' using c::' || type, ' using c::text::' || type] loop
        begin
            execute format('alter table trial alter c type %s%s', type, way);
            return;
        exception when datatype_mismatch or cannot_coerce then
            failed := sqlerrm;
        end;
    end loop;
    raise '% is not made %: %', source, type, failed;
end $$;

create procedure try(old text, new text) language plpgsql as $$
declare
    was record;
    file oid;
    rewritten boolean;
    back text;
    lost text;
begin
    execute format('create temp table trial (c %s)', old);
    file := pg_relation_filenode('trial');
    call cast_column(new, old);
    rewritten := file <> pg_relation_filenode('trial');
    drop table trial;
    for was in select g.value from given g where g.type = old loop
        begin
            execute format('create temp table trial as select %L::%s as c', was.value, old);
            call cast_column(new, old);
            call cast_column(old, new);
            execute format('select case when c::text is distinct from (%L::%s)::text then c::text end from trial',
                was.value, old) into back;
            lost := coalesce(lost, was.value || ' comes back as ' || back);
            drop table trial;
        exception when others then
            lost := coalesce(lost, was.value || ': ' || sqlerrm);
            drop table if exists trial;
        end;
    end loop;
    insert into seen values (old, new, rewritten, lost);
end $$;

select format('call try(%L, %L)', old, new) from told where hold not in ('same', 'unknown') \gexec

select format('%s to %s: every row is %swritten anew', old, new, case when rewritten then '' else 'not ' end)
from told join seen using (old, new)
where rewritten <> (rewrites = 'yes') and rewrites <> '';
select format('%s to %s: %s', old, new, lost)
from told join seen using (old, new)
where hold in ('room', 'keeps') and lost is not null;
select format('%s to %s: nothing is lost', old, new)
from told join seen using (old, new)
where hold = 'narrows' and lost is null;
select format('%s: there are no values of it', old)
from told
where hold <> 'unknown' and old not in (select type from given);
