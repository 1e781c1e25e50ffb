drop type mood cascade;
drop function touch cascade;
do $$ begin create type shade as enum ('dark'); exception when duplicate_object then null; end $$;
do $$ begin create type shade as enum ('light'); exception when duplicate_object then null; end $$;
do $$ begin alter table child add column added int; alter table child add constraint positive check (added > 0); end; $$;
alter table child drop column parent_id cascade;
