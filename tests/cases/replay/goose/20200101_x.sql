-- +goose Up
create table up_only (id bigserial primary key, "user" text not null);
-- +goose StatementBegin
create function f() returns int language sql as $$ select 1; -- +goose is no marker here
$$;
-- +goose StatementEnd
-- +goose Down
drop table up_only;
