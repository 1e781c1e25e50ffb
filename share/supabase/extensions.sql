-- Extensions that a server has no files of, made of plain SQL: enough for migrations that use them to run, and for
-- the catalogs to show them as the real ones would. supabase_shim.create_extension(name, schema, if_not_exists)
-- makes the real one where there is one. Run it as a superuser, any number of times.

set client_min_messages = warning;
set check_function_bodies = off;
create schema if not exists supabase_shim;

-- supabase_shim.adopt(ext, ddl): run one CREATE and make its object a member.
create or replace function supabase_shim.adopt(ext text, kind text, obj text, ddl text)
returns void language plpgsql as $fn$
begin
  execute ddl;
  execute format('alter extension %I add %s %s', ext, kind, obj);
  if kind = 'operator class' then  -- CREATE OPERATOR CLASS made a family of the same name
    execute format('alter extension %I add operator family %s', ext, obj);
  end if;
end
$fn$;

create or replace function supabase_shim.stub_vector_type(ext text, ns text, typ text)
returns void language plpgsql as $fn$
-- a varlena base type with a typmod, text in/out: enough for DDL and catalogs
declare t text := format('%I.%I', ns, typ); f text; op record;
begin
  execute format('create type %s', t);
  perform supabase_shim.adopt(ext,'function',format('%I.%I(cstring,oid,integer)',ns,typ||'_in'),
    format('create function %I.%I(cstring,oid,integer) returns %s language internal immutable strict parallel safe as ''varcharin''',ns,typ||'_in',t));
  perform supabase_shim.adopt(ext,'function',format('%I.%I(%s)',ns,typ||'_out',t),
    format('create function %I.%I(%s) returns cstring language internal immutable strict parallel safe as ''varcharout''',ns,typ||'_out',t));
  -- typmod: int4 array text -> n.  varchartypmodin adds 4, varchartypmodout subtracts it.
  perform supabase_shim.adopt(ext,'function',format('%I.%I(cstring[])',ns,typ||'_typmod_in'),
    format('create function %I.%I(cstring[]) returns integer language internal immutable strict parallel safe as ''varchartypmodin''',ns,typ||'_typmod_in'));
  perform supabase_shim.adopt(ext,'function',format('%I.%I(integer)',ns,typ||'_typmod_out'),
    format('create function %I.%I(integer) returns cstring language internal immutable strict parallel safe as ''varchartypmodout''',ns,typ||'_typmod_out'));
  perform supabase_shim.adopt(ext,'type',t,
    format('create type %s (input = %I.%I, output = %I.%I, typmod_in = %I.%I, typmod_out = %I.%I, storage = external)',
      t, ns,typ||'_in', ns,typ||'_out', ns,typ||'_typmod_in', ns,typ||'_typmod_out'));
  -- length coercion: type -> type(n)
  perform supabase_shim.adopt(ext,'function',format('%I.%I(%s,integer,boolean)',ns,typ,t),
    format('create function %I.%I(%s,integer,boolean) returns %s language sql immutable strict parallel safe return $1',ns,typ,t,t));
  perform supabase_shim.adopt(ext,'cast',format('(%s as %s)',t,t),
    format('create cast (%s as %s) with function %I.%I(%s,integer,boolean) as implicit',t,t,ns,typ,t));
  -- distance operators and functions
  for op in select * from (values ('<->','l2_distance'),('<=>','cosine_distance'),('<#>','negative_inner_product'),('<+>','l1_distance')) v(o,fn) loop
    f := case op.fn when 'negative_inner_product' then typ||'_negative_inner_product' else op.fn end;
    perform supabase_shim.adopt(ext,'function',format('%I.%I(%s,%s)',ns,f,t,t),
      format('create function %I.%I(%s,%s) returns double precision language sql immutable strict parallel safe return 0::double precision',ns,f,t,t));
    perform supabase_shim.adopt(ext,'operator',format('%I.%s(%s,%s)',ns,op.o,t,t),
      format('create operator %I.%s (leftarg = %s, rightarg = %s, function = %I.%I, commutator = operator(%I.%s))',ns,op.o,t,t,ns,f,ns,op.o));
  end loop;
  perform supabase_shim.adopt(ext,'function',format('%I.inner_product(%s,%s)',ns,t,t),
    format('create function %I.inner_product(%s,%s) returns double precision language sql immutable strict parallel safe return 0::double precision',ns,t,t));
  perform supabase_shim.adopt(ext,'function',format('%I.vector_dims(%s)',ns,t),
    format('create function %I.vector_dims(%s) returns integer language sql immutable strict parallel safe return 0',ns,t));
end
$fn$;

create or replace function supabase_shim.create_extension(ext text, ns text default null, if_not_exists boolean default true)
returns void language plpgsql as $fn$
declare
  fixed constant jsonb := '{"pg_cron":"pg_catalog","pg_net":"extensions","pgmq":"pgmq","supabase_vault":"vault",
                            "pg_graphql":"graphql","pgsodium":"pgsodium","timescaledb":"public","pg_tle":"pgtle"}';
  ver constant jsonb := '{"vector":"0.8.0","pg_cron":"1.6.4","pg_net":"0.14.0","pgmq":"1.5.1","supabase_vault":"0.3.1",
                          "pg_graphql":"1.5.11","http":"1.6","pgjwt":"0.2.0"}';
  extoid oid; nsoid oid; am text; t text; kind text; f record;
begin
  if exists (select from pg_extension e where e.extname = ext) then
    if if_not_exists then return; end if;
    raise exception 'extension "%" already exists', ext using errcode = 'duplicate_object';
  end if;
  if exists (select from pg_available_extensions a where a.name = ext) then  -- the real one is here
    execute format('create extension %I', ext) || case when ns is null then '' else format(' with schema %I', ns) end || ' cascade';
    return;
  end if;
  ns := coalesce(fixed->>ext, ns, current_schema(), 'public');
  if ns <> 'pg_catalog' then execute format('create schema if not exists %I', ns); end if;
  select oid into nsoid from pg_namespace where nspname = ns;
  extoid := pg_nextoid('pg_extension', 'oid', 'pg_extension_oid_index');
  insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    values (extoid, ext, (select oid from pg_roles where rolname = current_user), nsoid, false,
            coalesce(ver->>ext, '0.0-stub'));
  insert into pg_depend (classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype)
    values ('pg_extension'::regclass, extoid, 0, 'pg_namespace'::regclass, nsoid, 0, 'n');

  if ext = 'vector' then
    perform supabase_shim.stub_vector_type(ext, ns, 'vector');
    perform supabase_shim.stub_vector_type(ext, ns, 'halfvec');
    perform supabase_shim.stub_vector_type(ext, ns, 'sparsevec');
    perform supabase_shim.adopt(ext,'function',format('%I.vector_cmp(%I.vector,%I.vector)',ns,ns,ns),
      format('create function %I.vector_cmp(%I.vector,%I.vector) returns integer language sql immutable strict return 0',ns,ns,ns));
    -- casts from and to arrays, by immutable functions as the real ones are: indexes may hold them
    foreach t in array array['integer[]','real[]','double precision[]','numeric[]'] loop
      perform supabase_shim.adopt(ext,'function',format('%I.array_to_vector(%s,integer,boolean)',ns,t),
        format('create function %I.array_to_vector(%s,integer,boolean) returns %I.vector language sql immutable strict parallel safe return null::%I.vector',ns,t,ns,ns));
      perform supabase_shim.adopt(ext,'cast',format('(%s as %I.vector)',t,ns),
        format('create cast (%s as %I.vector) with function %I.array_to_vector(%s,integer,boolean) as assignment',t,ns,ns,t));
    end loop;
    perform supabase_shim.adopt(ext,'function',format('%I.vector_to_float4(%I.vector,integer,boolean)',ns,ns),
      format('create function %I.vector_to_float4(%I.vector,integer,boolean) returns real[] language sql immutable strict parallel safe return null::real[]',ns,ns));
    perform supabase_shim.adopt(ext,'cast',format('(%I.vector as real[])',ns),
      format('create cast (%I.vector as real[]) with function %I.vector_to_float4(%I.vector,integer,boolean) as implicit',ns,ns,ns));
    -- hnsw / ivfflat on the hash handler: opclasses exist, CREATE INDEX works on an empty
    -- table, pg_get_indexdef() prints the right thing.  Their WITH (m=.., lists=..) options
    -- are refused by that handler: strip them first (load-corpus.sh does) and, for an exact
    -- catalog, put them back: update pg_class set reloptions = '{lists=100}' where oid = ..
    foreach am in array array['hnsw','ivfflat'] loop
      if not exists (select from pg_am where amname = am) then
        perform supabase_shim.adopt(ext,'access method',am,format('create access method %I type index handler hashhandler',am));
      end if;
      foreach t in array array['vector','halfvec','sparsevec'] loop
        if am = 'ivfflat' and t = 'sparsevec' then continue; end if;
        if am = 'hnsw' then
          perform supabase_shim.adopt(ext,'function',format('%I.%I(%I.%I)',ns,t||'_shim_hash',ns,t), format('create function %I.%I(%I.%I) returns integer language sql immutable strict return 0',ns,t||'_shim_hash',ns,t));
        end if;
        foreach kind in array array['l2','ip','cosine','l1'] loop
          if am = 'ivfflat' and kind = 'l1' then continue; end if;
          perform supabase_shim.adopt(ext,'operator class',format('%I.%I using %I',ns,t||'_'||kind||'_ops',am),
            format('create operator class %I.%I %s for type %I.%I using %I as function 1 %I.%I(%I.%I)',ns,t||'_'||kind||'_ops',
              case when am = 'ivfflat' and t = 'vector' and kind = 'l2' then 'default' else '' end, ns,t,am, ns,t||'_shim_hash',ns,t));
        end loop;
      end loop;
    end loop;

  elsif ext = 'pg_cron' then
    create schema if not exists cron;
    perform supabase_shim.adopt(ext,'table','cron.job','create table cron.job (jobid bigint generated by default as identity primary key, schedule text not null, command text not null, nodename text not null default ''localhost'', nodeport integer not null default 5432, database text not null default current_database(), username text not null default current_user, active boolean not null default true, jobname text unique)');
    perform supabase_shim.adopt(ext,'table','cron.job_run_details','create table cron.job_run_details (jobid bigint, runid bigint primary key, job_pid integer, database text, username text, command text, status text, return_message text, start_time timestamptz, end_time timestamptz)');
    perform supabase_shim.adopt(ext,'function','cron.schedule(text,text,text)','create function cron.schedule(job_name text, schedule text, command text) returns bigint language sql as ''insert into cron.job(jobname,schedule,command) values ($1,$2,$3) on conflict (jobname) do update set schedule=excluded.schedule, command=excluded.command returning jobid''');
    perform supabase_shim.adopt(ext,'function','cron.schedule(text,text)','create function cron.schedule(schedule text, command text) returns bigint language sql as ''insert into cron.job(schedule,command) values ($1,$2) returning jobid''');
    perform supabase_shim.adopt(ext,'function','cron.unschedule(bigint)','create function cron.unschedule(job_id bigint) returns boolean language plpgsql as ''begin delete from cron.job where jobid=$1; if not found then raise exception ''''could not find valid entry for job %'''', $1; end if; return true; end''');
    perform supabase_shim.adopt(ext,'function','cron.unschedule(text)','create function cron.unschedule(job_name text) returns boolean language plpgsql as ''begin delete from cron.job where jobname=$1; if not found then raise exception ''''could not find valid entry for job %'''', $1; end if; return true; end''');
    perform supabase_shim.adopt(ext,'function','cron.alter_job(bigint,text,text,text,text,boolean)','create function cron.alter_job(job_id bigint, schedule text default null, command text default null, database text default null, username text default null, active boolean default null) returns void language sql as ''update cron.job set schedule=coalesce($2,schedule), command=coalesce($3,command), active=coalesce($6,active) where jobid=$1''');

  elsif ext = 'pg_net' then
    create schema if not exists net;
    perform supabase_shim.adopt(ext,'type','net.request_status','create type net.request_status as enum (''PENDING'',''SUCCESS'',''ERROR'')');
    perform supabase_shim.adopt(ext,'table','net.http_request_queue','create table net.http_request_queue (id bigserial, method text not null, url text not null, headers jsonb, body bytea, timeout_milliseconds integer not null default 5000)');
    alter extension pg_net add sequence net.http_request_queue_id_seq;
    perform supabase_shim.adopt(ext,'table','net._http_response','create table net._http_response (id bigint, status_code integer, content_type text, headers jsonb, content text, timed_out boolean, error_msg text, created timestamptz not null default now())');
    perform supabase_shim.adopt(ext,'function','net.http_get(text,jsonb,jsonb,integer)','create function net.http_get(url text, params jsonb default ''{}'', headers jsonb default ''{}'', timeout_milliseconds integer default 5000) returns bigint language sql return 1::bigint');
    perform supabase_shim.adopt(ext,'function','net.http_post(text,jsonb,jsonb,jsonb,integer)','create function net.http_post(url text, body jsonb default ''{}'', params jsonb default ''{}'', headers jsonb default ''{"Content-Type": "application/json"}'', timeout_milliseconds integer default 5000) returns bigint language sql return 1::bigint');
    perform supabase_shim.adopt(ext,'function','net.http_delete(text,jsonb,jsonb,integer)','create function net.http_delete(url text, params jsonb default ''{}'', headers jsonb default ''{}'', timeout_milliseconds integer default 5000) returns bigint language sql return 1::bigint');

  elsif ext = 'http' then
    perform supabase_shim.adopt(ext,'type',format('%I.http_header',ns),format('create type %I.http_header as (field varchar, value varchar)',ns));
    perform supabase_shim.adopt(ext,'type',format('%I.http_request',ns),format('create type %I.http_request as (method varchar, uri varchar, headers %I.http_header[], content_type varchar, content varchar)',ns,ns));
    perform supabase_shim.adopt(ext,'type',format('%I.http_response',ns),format('create type %I.http_response as (status integer, content_type varchar, headers %I.http_header[], content varchar)',ns,ns));
    perform supabase_shim.adopt(ext,'function',format('%I.http(%I.http_request)',ns,ns),format('create function %I.http(request %I.http_request) returns %I.http_response language sql return null::%I.http_response',ns,ns,ns,ns));
    perform supabase_shim.adopt(ext,'function',format('%I.http_header(varchar,varchar)',ns),format('create function %I.http_header(field varchar, value varchar) returns %I.http_header language sql return row($1,$2)::%I.http_header',ns,ns,ns));
    perform supabase_shim.adopt(ext,'function',format('%I.http_get(varchar)',ns),format('create function %I.http_get(uri varchar) returns %I.http_response language sql return null::%I.http_response',ns,ns,ns));
    perform supabase_shim.adopt(ext,'function',format('%I.http_delete(varchar)',ns),format('create function %I.http_delete(uri varchar) returns %I.http_response language sql return null::%I.http_response',ns,ns,ns));
    perform supabase_shim.adopt(ext,'function',format('%I.http_post(varchar,varchar,varchar)',ns),format('create function %I.http_post(uri varchar, content varchar, content_type varchar) returns %I.http_response language sql return null::%I.http_response',ns,ns,ns));
    perform supabase_shim.adopt(ext,'function',format('%I.http_set_curlopt(varchar,varchar)',ns),format('create function %I.http_set_curlopt(curlopt varchar, value varchar) returns boolean language sql return true',ns));
    perform supabase_shim.adopt(ext,'function',format('%I.urlencode(varchar)',ns),format('create function %I.urlencode(string varchar) returns text language sql immutable return $1::text',ns));

  elsif ext = 'pgjwt' then
    perform supabase_shim.adopt(ext,'function',format('%I.url_encode(bytea)',ns),format('create function %I.url_encode(data bytea) returns text language sql immutable return encode($1,''base64'')',ns));
    perform supabase_shim.adopt(ext,'function',format('%I.sign(json,text,text)',ns),format('create function %I.sign(payload json, secret text, algorithm text default ''HS256'') returns text language sql immutable return ''''::text',ns));
    perform supabase_shim.adopt(ext,'function',format('%I.verify(text,text,text)',ns),format('create function %I.verify(token text, secret text, algorithm text default ''HS256'') returns table(header json, payload json, valid boolean) language sql immutable as ''select null::json, null::json, false''',ns));

  elsif ext = 'pgmq' then
    perform supabase_shim.adopt(ext,'table','pgmq.meta','create table pgmq.meta (queue_name varchar unique not null, is_partitioned boolean not null default false, is_unlogged boolean not null default false, created_at timestamptz not null default now())');
    perform supabase_shim.adopt(ext,'type','pgmq.message_record','create type pgmq.message_record as (msg_id bigint, read_ct integer, enqueued_at timestamptz, vt timestamptz, message jsonb, headers jsonb)');
    perform supabase_shim.adopt(ext,'type','pgmq.queue_record','create type pgmq.queue_record as (queue_name varchar, is_partitioned boolean, is_unlogged boolean, created_at timestamptz)');
    perform supabase_shim.adopt(ext,'function','pgmq.create(text)',$q$create function pgmq.create(queue_name text) returns void language plpgsql as $b$
      begin
        execute format('create table if not exists pgmq.%I (msg_id bigint primary key generated always as identity, read_ct integer not null default 0, enqueued_at timestamptz not null default now(), vt timestamptz not null, message jsonb, headers jsonb)', 'q_'||lower(queue_name));
        execute format('create table if not exists pgmq.%I (msg_id bigint primary key, read_ct integer not null default 0, enqueued_at timestamptz not null default now(), archived_at timestamptz not null default now(), vt timestamptz not null, message jsonb, headers jsonb)', 'a_'||lower(queue_name));
        insert into pgmq.meta(queue_name) values (lower(queue_name)) on conflict do nothing;
      end $b$ $q$);
    perform supabase_shim.adopt(ext,'function','pgmq.create_unlogged(text)','create function pgmq.create_unlogged(queue_name text) returns void language sql as ''select pgmq.create($1)''');
    perform supabase_shim.adopt(ext,'function','pgmq.drop_queue(text)',$q$create function pgmq.drop_queue(queue_name text) returns boolean language plpgsql as $b$
      begin
        execute format('drop table if exists pgmq.%I', 'q_'||lower(queue_name));
        execute format('drop table if exists pgmq.%I', 'a_'||lower(queue_name));
        delete from pgmq.meta m where m.queue_name = lower($1);
        return found;
      end $b$ $q$);
    perform supabase_shim.adopt(ext,'function','pgmq.send(text,jsonb,integer)','create function pgmq.send(queue_name text, msg jsonb, delay integer default 0) returns setof bigint language sql as ''select 1::bigint''');
    perform supabase_shim.adopt(ext,'function','pgmq.send_batch(text,jsonb[],integer)','create function pgmq.send_batch(queue_name text, msgs jsonb[], delay integer default 0) returns setof bigint language sql as ''select 1::bigint''');
    perform supabase_shim.adopt(ext,'function','pgmq.read(text,integer,integer)','create function pgmq.read(queue_name text, vt integer, qty integer) returns setof pgmq.message_record language sql as ''select null::pgmq.message_record where false''');
    perform supabase_shim.adopt(ext,'function','pgmq.pop(text)','create function pgmq.pop(queue_name text) returns setof pgmq.message_record language sql as ''select null::pgmq.message_record where false''');
    perform supabase_shim.adopt(ext,'function','pgmq.delete(text,bigint)','create function pgmq.delete(queue_name text, msg_id bigint) returns boolean language sql return true');
    perform supabase_shim.adopt(ext,'function','pgmq.delete(text,bigint[])','create function pgmq.delete(queue_name text, msg_ids bigint[]) returns setof bigint language sql as ''select unnest($2)''');
    perform supabase_shim.adopt(ext,'function','pgmq.archive(text,bigint)','create function pgmq.archive(queue_name text, msg_id bigint) returns boolean language sql return true');
    perform supabase_shim.adopt(ext,'function','pgmq.archive(text,bigint[])','create function pgmq.archive(queue_name text, msg_ids bigint[]) returns setof bigint language sql as ''select unnest($2)''');
    perform supabase_shim.adopt(ext,'function','pgmq.set_vt(text,bigint,integer)','create function pgmq.set_vt(queue_name text, msg_id bigint, vt integer) returns setof pgmq.message_record language sql as ''select null::pgmq.message_record where false''');
    perform supabase_shim.adopt(ext,'function','pgmq.purge_queue(text)','create function pgmq.purge_queue(queue_name text) returns bigint language sql return 0::bigint');
    perform supabase_shim.adopt(ext,'function','pgmq.list_queues()','create function pgmq.list_queues() returns setof pgmq.queue_record language sql as ''select queue_name,is_partitioned,is_unlogged,created_at from pgmq.meta''');

  elsif ext = 'supabase_vault' then
    perform supabase_shim.adopt(ext,'table','vault.secrets','create table vault.secrets (id uuid primary key default gen_random_uuid(), name text, description text not null default '''', secret text not null, key_id uuid, nonce bytea, created_at timestamptz not null default now(), updated_at timestamptz not null default now())');
    create unique index secrets_name_idx on vault.secrets (name) where name is not null;
    perform supabase_shim.adopt(ext,'view','vault.decrypted_secrets','create view vault.decrypted_secrets as select id, name, description, secret, secret as decrypted_secret, key_id, nonce, created_at, updated_at from vault.secrets');
    perform supabase_shim.adopt(ext,'function','vault.create_secret(text,text,text,uuid)','create function vault.create_secret(new_secret text, new_name text default null, new_description text default '''', new_key_id uuid default null) returns uuid language sql as ''insert into vault.secrets(secret,name,description,key_id) values ($1,$2,$3,$4) returning id''');
    perform supabase_shim.adopt(ext,'function','vault.update_secret(uuid,text,text,text,uuid)','create function vault.update_secret(secret_id uuid, new_secret text default null, new_name text default null, new_description text default null, new_key_id uuid default null) returns void language sql as ''update vault.secrets set secret=coalesce($2,secret), name=coalesce($3,name), description=coalesce($4,description) where id=$1''');

  elsif ext = 'pgsodium' then
    perform supabase_shim.adopt(ext,'type','pgsodium.key_status','create type pgsodium.key_status as enum (''default'',''valid'',''invalid'',''expired'')');
    perform supabase_shim.adopt(ext,'type','pgsodium.key_type','create type pgsodium.key_type as enum (''aead-ietf'',''aead-det'',''hmacsha512'',''hmacsha256'',''auth'',''shorthash'',''generichash'',''kdf'',''secretbox'',''secretstream'',''stream_xchacha20'')');
    perform supabase_shim.adopt(ext,'table','pgsodium.key','create table pgsodium.key (id uuid primary key default gen_random_uuid(), status pgsodium.key_status default ''valid'', created timestamptz not null default now(), expires timestamptz, key_type pgsodium.key_type, key_id bigint, key_context bytea, name text unique, associated_data text, raw_key bytea, raw_key_nonce bytea, parent_key uuid, comment text)');
    perform supabase_shim.adopt(ext,'function','pgsodium.create_key(text)','create function pgsodium.create_key(name text default null) returns pgsodium.key language sql as ''insert into pgsodium.key(name) values ($1) returning *''');

  elsif ext = 'pg_graphql' then
    perform supabase_shim.adopt(ext,'function','graphql.resolve(text,jsonb,text,jsonb)','create function graphql.resolve(query text, variables jsonb default ''{}'', "operationName" text default null, extensions jsonb default null) returns jsonb language sql return ''{}''::jsonb');

  elsif ext = 'pg_jsonschema' then
    perform supabase_shim.adopt(ext,'function',format('%I.json_matches_schema(json,json)',ns),format('create function %I.json_matches_schema(schema json, instance json) returns boolean language sql immutable strict return true',ns));
    perform supabase_shim.adopt(ext,'function',format('%I.jsonb_matches_schema(json,jsonb)',ns),format('create function %I.jsonb_matches_schema(schema json, instance jsonb) returns boolean language sql immutable strict return true',ns));

  elsif ext = 'pgroonga' then
    -- on the hash handler (one column only): hash functions from core
    perform supabase_shim.adopt(ext,'access method','pgroonga','create access method pgroonga type index handler hashhandler');
    for f in select * from (values
        ('text','pgroonga_text_full_text_search_ops_v2','default','hashtext(text)'),
        ('text[]','pgroonga_text_array_full_text_search_ops_v2','default','hash_array(anyarray)'),
        ('text','pgroonga_text_term_search_ops_v2','','hashtext(text)'),
        ('text','pgroonga_text_regexp_ops_v2','','hashtext(text)'),
        ('varchar','pgroonga_varchar_term_search_ops_v2','default','hashtext(text)'),
        ('varchar','pgroonga_varchar_full_text_search_ops_v2','','hashtext(text)'),
        ('jsonb','pgroonga_jsonb_ops_v2','default','jsonb_hash(jsonb)'),
        ('jsonb','pgroonga_jsonb_full_text_search_ops_v2','','jsonb_hash(jsonb)'),
        ('bigint','pgroonga_int8_ops','default','hashint8(bigint)'),
        ('integer','pgroonga_int4_ops','default','hashint4(integer)'),

        ('timestamp','pgroonga_timestamp_ops','default','timestamp_hash(timestamp)')) v(typ,opc,def,cmp)
    loop
      perform supabase_shim.adopt(ext,'operator class',format('%I.%I using pgroonga',ns,f.opc),
        format('create operator class %I.%I %s for type %s using pgroonga as function 1 %s',ns,f.opc,f.def,f.typ,f.cmp));
    end loop;
    perform supabase_shim.adopt(ext,'function',format('%I.pgroonga_text_match(text,text)',ns),format('create function %I.pgroonga_text_match(text,text) returns boolean language sql immutable strict return false',ns));
    perform supabase_shim.adopt(ext,'operator',format('%I.&@~(text,text)',ns),format('create operator %I.&@~ (leftarg=text, rightarg=text, function=%I.pgroonga_text_match)',ns,ns));
    perform supabase_shim.adopt(ext,'operator',format('%I.&@(text,text)',ns),format('create operator %I.&@ (leftarg=text, rightarg=text, function=%I.pgroonga_text_match)',ns,ns));

  elsif ext = 'wrappers' then
    -- handlers are never called by DDL; validators are
    foreach t in array array['stripe','firebase','s3','click_house','big_query','airtable','auth0','cognito','redis','mssql','logflare','iceberg','duckdb','wasm'] loop
      perform supabase_shim.adopt(ext,'function',format('%I.%I()',ns,t||'_fdw_handler'),format('create function %I.%I() returns fdw_handler language internal as ''hashhandler''',ns,t||'_fdw_handler'));
      perform supabase_shim.adopt(ext,'function',format('%I.%I(text[],oid)',ns,t||'_fdw_validator'),format('create function %I.%I(text[],oid) returns void language sql as ''select''',ns,t||'_fdw_validator'));
    end loop;

  elsif ext in ('pg_stat_statements','hypopg','index_advisor','plpgsql_check','pg_hashids','pgaudit','pg_tle',
                'pg_repack','pg_stat_monitor','pg_partman','rum','plv8','pljava','pgtap','safeupdate','timescaledb',
                'supabase-dbdev','address_standardizer','postgis_tiger_geocoder','pgrouting','orioledb','pg_backtrace') then
    null;  -- registered, no objects: DDL that uses its objects will still fail, and should
  else
    raise exception 'extension "%" is not available and has no stub', ext using errcode = 'undefined_file';
  end if;
end
$fn$;

reset check_function_bodies;
reset client_min_messages;
