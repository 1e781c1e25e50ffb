-- What the whole cluster shares: made once, before base.sql. :yard is an empty directory of the server's.
create role clerk;
create role keeper login;
create role crew nologin;
create role mate login;
create tablespace yard location :'yard';
