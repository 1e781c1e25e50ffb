-- Roles that policies name; of the whole cluster.
create role authenticated nologin;
create role anon nologin;
