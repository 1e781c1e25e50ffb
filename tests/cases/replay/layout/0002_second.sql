alter table a add column second int;
