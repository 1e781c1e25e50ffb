-- Names that want to be something else, 63 bytes at most each.
set client_min_messages = error;
create schema "sch.ema";
create schema "a""b";
create table public."quo""te" (a integer);
create table public."'single'" (a integer);
create table public."</script><img src=x>" (a integer);
create table public."../../etc/passwd" (a integer);
create table public."$(id)`id`" (a integer);
create table public."; drop table users; --" (a integer);
create table public."back\slash" (a integer);
create table public."😀 emoji é" (a integer);
create table public."a.b" (a integer);
create table public.a (b integer);
create table public."A" (a integer);
create table public." " (a integer);
create table public."select" (a integer);
create table public."{}" (a integer);
create table public."nu,ll{NULL}" (a integer);
create table public.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx (a integer);
create table "sch.ema"."ta.ble" (a integer);
create table "a""b"."c""d" (a integer);
do $$ begin
    execute format('create table public.%I (a integer)', E'new\nline\ttab\r');
    execute format('create table public.%I (a integer)', E'esc\x1b[2J\x7f');
    execute format('create table public.%I (a integer)', E'\u202Egnp.exe\u200B');
    execute format('create table public.%I (a integer)', repeat('é', 31));
end $$;
create table public.columns (
    "quo""te" integer, "back\slash" integer, "</script>" integer, "😀" integer, " " integer,
    "select" integer, "user" integer, name integer, type integer, "A" integer, _a9 integer, "9a" integer,
    "a$b" integer, "größe" integer, "id" integer, "{a,b}" integer, "NULL" integer, "null" integer);
comment on table public.columns is E'line\nbreak "quoted" \\ back\b\f\u0001 </script> \U0001F600 \u2028';
create type public.odd as enum ('', ' ', '"', '\', ',', '{}', 'NULL', E'\n', '😀');
