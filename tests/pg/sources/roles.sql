-- Roles that rich.sql grants to and owns by; of the whole cluster.
create role author nologin;
create role reader login;
create role editor login noinherit connection limit 5 valid until '2031-05-06 07:08:09+00';
create role press nologin;
create role stranger login;
grant press to editor;
grant author to press with admin option;
alter role reader set statement_timeout = '5s';
alter role editor set search_path = library, public;
comment on role reader is 'only reads';
