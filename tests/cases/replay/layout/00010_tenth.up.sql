alter table a add column tenth int;
