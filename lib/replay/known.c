#include "replay/known.h"

#include <stddef.h>

static const char *const platform[] = {
    "create schema auth; create schema storage; create schema realtime; create schema vault;",
    "create schema graphql; create schema graphql_public; create schema net; create schema cron;",
    "create schema pgbouncer; create schema supabase_functions;",
    "create schema supabase_migrations;",
    "create table auth.users (instance_id uuid, id uuid primary key, aud varchar(255),"
    " role varchar(255), email varchar(255), encrypted_password varchar(255),"
    " email_confirmed_at timestamptz, invited_at timestamptz, confirmation_token varchar(255),"
    " confirmation_sent_at timestamptz, recovery_token varchar(255), recovery_sent_at timestamptz,"
    " email_change_token_new varchar(255), email_change varchar(255),"
    " email_change_sent_at timestamptz, last_sign_in_at timestamptz, raw_app_meta_data jsonb,"
    " raw_user_meta_data jsonb, is_super_admin boolean, created_at timestamptz,"
    " updated_at timestamptz, phone text, phone_confirmed_at timestamptz, phone_change text,"
    " phone_change_token varchar(255), phone_change_sent_at timestamptz, confirmed_at timestamptz,"
    " email_change_token_current varchar(255), email_change_confirm_status smallint,"
    " banned_until timestamptz, reauthentication_token varchar(255),"
    " reauthentication_sent_at timestamptz, is_sso_user boolean not null, deleted_at timestamptz,"
    " is_anonymous boolean not null);",
    "create type auth.aal_level as enum ('aal1', 'aal2', 'aal3');",
    "create type auth.factor_type as enum ('totp', 'webauthn', 'phone');",
    "create type auth.factor_status as enum ('unverified', 'verified');",
    "create table auth.identities (provider_id text not null, user_id uuid not null,"
    " identity_data jsonb not null, provider text not null, last_sign_in_at timestamptz,"
    " created_at timestamptz, updated_at timestamptz, email text, id uuid primary key);",
    "create table auth.sessions (id uuid primary key, user_id uuid not null,"
    " created_at timestamptz, updated_at timestamptz, factor_id uuid, aal auth.aal_level,"
    " not_after timestamptz, refreshed_at timestamp, user_agent text, ip inet, tag text);",
    "create table auth.refresh_tokens (instance_id uuid, id bigserial primary key,"
    " token varchar(255) unique, user_id varchar(255), revoked boolean, created_at timestamptz,"
    " updated_at timestamptz, parent varchar(255), session_id uuid);",
    "create table auth.mfa_factors (id uuid primary key, user_id uuid not null,"
    " friendly_name text, factor_type auth.factor_type not null,"
    " status auth.factor_status not null, created_at timestamptz not null,"
    " updated_at timestamptz not null, secret text, phone text, last_challenged_at timestamptz);",
    "create table auth.audit_log_entries (instance_id uuid, id uuid primary key, payload json,"
    " created_at timestamptz, ip_address varchar(64) not null);",
    "create function auth.uid() returns uuid language sql stable as '';",
    "create function auth.role() returns text language sql stable as '';",
    "create function auth.email() returns text language sql stable as '';",
    "create function auth.jwt() returns jsonb language sql stable as '';",
    "create type storage.buckettype as enum ('STANDARD', 'ANALYTICS', 'VECTOR');",
    "create table storage.buckets (id text primary key, name text not null unique, owner uuid,"
    " created_at timestamptz, updated_at timestamptz, public boolean,"
    " avif_autodetection boolean, file_size_limit bigint, allowed_mime_types text[],"
    " owner_id text, type storage.buckettype not null);",
    "create table storage.objects (id uuid primary key, bucket_id text, name text, owner uuid,"
    " created_at timestamptz, updated_at timestamptz, last_accessed_at timestamptz,"
    " metadata jsonb, path_tokens text[], version text, owner_id text, user_metadata jsonb);",
    "create function storage.foldername(name text) returns text[] language sql as '';",
    "create function storage.filename(name text) returns text language sql as '';",
    "create function storage.extension(name text) returns text language sql as '';",
    "create function storage.operation() returns text language sql as '';",
    "create table realtime.messages (topic text not null, extension text not null,"
    " payload jsonb, event text, private boolean, updated_at timestamp not null,"
    " inserted_at timestamp not null, id uuid not null, primary key (id, inserted_at));",
    "create function realtime.topic() returns text language sql as '';",
    "create function realtime.send(payload jsonb, event text, topic text,"
    " private boolean default true) returns void language sql as '';",
    "create function supabase_functions.http_request() returns trigger language plpgsql as '';",
    "create table supabase_migrations.schema_migrations (version text primary key,"
    " statements text[], name text);",
    "create extension plpgsql with schema pg_catalog;",
    NULL,
};

static const char *const project[] = {
    "create schema extensions;",
    "create extension pgcrypto with schema extensions;",
    "create extension \"uuid-ossp\" with schema extensions;",
    "create extension pg_stat_statements with schema extensions;",
    "grant usage on schema public to anon, authenticated, service_role;",
    "alter default privileges in schema public grant all on tables"
    " to postgres, anon, authenticated, service_role;",
    "alter default privileges in schema public grant all on functions"
    " to postgres, anon, authenticated, service_role;",
    "alter default privileges in schema public grant all on sequences"
    " to postgres, anon, authenticated, service_role;",
    "create publication supabase_realtime;",
    NULL,
};

const char *const *known_platform(void)
{
    return platform;
}

const char *const *known_project(void)
{
    return project;
}
