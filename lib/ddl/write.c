#include "ddl/write.h"

#include <string.h>

#include "ddl/writers.h"
#include "json/jx.h"
#include "model/scope.h"

/* ---- DO ---- */

const char *ddl_write_do(Arena *arena, const char *block)
{
    return arena_printf(arena, "DO %s", ddl_dollar_quoted(arena, block));
}

const char *ddl_write_for_database(Arena *arena, const char *statement)
{
    return ddl_write_do(arena, arena_printf(arena,
                                            "BEGIN EXECUTE pg_catalog.format(%s, "
                                            "pg_catalog.current_database()); END",
                                            ddl_literal(arena, statement)));
}

/* ---- replication ---- */

const char *ddl_write_publish(const DdlScope *scope)
{
    static const char *const actions[] = {"insert", "update", "delete", "truncate"};
    CLEANUP(buffer_free) Buffer out = {0};

    buffer_text(&out, "publish = '");
    for (size_t i = 0, any = 0; i < sizeof actions / sizeof *actions; i++) {
        if (!jx_bool(scope->object, actions[i]))
            continue;
        buffer_text(&out, any++ ? ", " : "");
        buffer_text(&out, actions[i]);
    }
    ddl_expand_to(&out, scope,
                  "'[via_root?, publish_via_partition_root = true][, "
                  "publish_generated_columns = {generated_columns}]");
    return ddl_text(scope->arena, &out);
}

/* What Supabase makes in each of its projects (share/sql/publications.sql). */
static bool is_platform_publication(const char *name)
{
    return strcmp(name, "supabase_realtime") == 0 ||
           strcmp(name, "supabase_realtime_messages_publication") == 0;
}

static const char *publication_text(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};

    ddl_expand_to(&out, scope,
                  "CREATE PUBLICATION {name:i}[all_tables? FOR ALL TABLES][ FOR TABLES IN "
                  "SCHEMA {schemas:i}] WITH (");
    buffer_text(&out, ddl_write_publish(scope));
    buffer_char(&out, ')');
    if (is_platform_publication(ddl_string(scope, "name")))
        return ddl_write_do(
            scope->arena, arena_printf(scope->arena,
                                       "BEGIN\n    %s;\nEXCEPTION WHEN duplicate_object THEN\n    "
                                       "NULL;\nEND",
                                       out.bytes));
    return ddl_text(scope->arena, &out);
}

const char *ddl_write_subscription_options(const DdlScope *scope, bool at_creation)
{
    CLEANUP(buffer_free) Buffer out = {0};

    if (at_creation)
        ddl_expand_to(&out, scope, "connect = false, enabled = false, create_slot = false, ");
    buffer_text(&out, ddl_has(scope, "slot") ? ddl_expand(scope, "slot_name = {slot:l}")
                                             : "slot_name = NONE");
    ddl_expand_to(&out, scope,
                  "[, synchronous_commit = {synchronous_commit:l}][binary?, binary = true][, "
                  "streaming = {streaming}][disable_on_error?, disable_on_error = true][, "
                  "origin = {origin}][failover?, failover = true][run_as_owner?, "
                  "run_as_owner = true][password_not_required?, password_required = false]");
    return ddl_text(scope->arena, &out);
}

/* Made without a word to the publisher: what it starts is for whoever runs the script. */
static void subscription(const DdlScope *scope, DdlScript *script)
{
    /* Where it is not told there is nothing to connect to. */
    const char *connection = strcmp(ddl_string(scope, "connection"), "[redacted]") == 0
                                 ? ""
                                 : ddl_string(scope, "connection");

    ddl_add(script, DDL_SUBSCRIPTION,
            arena_printf(scope->arena, "%s CONNECTION %s PUBLICATION %s WITH (%s%s)",
                         ddl_expand(scope, "CREATE SUBSCRIPTION {name:i}"),
                         ddl_literal(scope->arena, connection),
                         ddl_expand(scope, "{publications:i}"),
                         ddl_write_subscription_options(scope, true),
                         ddl_expand(scope, "[two_phase?, two_phase = true]")));
    if (jx_bool(scope->object, "enabled"))
        ddl_add(script, DDL_SUBSCRIPTION, ddl_expand(scope, "ALTER SUBSCRIPTION {name:i} ENABLE"));
}

/* ---- roles, extensions ---- */

static const char *role_text(const DdlScope *scope)
{
    /* What a platform makes is there on that platform, and its own attributes are not told. */
    if (scope_is_platform_role(ddl_string(scope, "name")))
        return ddl_write_do(scope->arena,
                            ddl_expand(scope,
                                       "BEGIN\n    CREATE ROLE {name:i} NOINHERIT;\nEXCEPTION WHEN "
                                       "duplicate_object THEN\n    NULL;\nEND"));
    return ddl_expand(
        scope, "CREATE ROLE {name:i} WITH[superuser? SUPERUSER][createrole? CREATEROLE][createdb? "
               "CREATEDB][login? LOGIN][login! NOLOGIN][inherit? INHERIT][inherit! "
               "NOINHERIT][replication? REPLICATION][bypass_rls? BYPASSRLS][ CONNECTION LIMIT "
               "{connection_limit}][ VALID UNTIL {valid_until:l}]");
}

static const char *extension_text(const DdlSide *side, const DdlScope *scope)
{
    const char *schema = ddl_string(scope, "schema");
    bool there = ddl_side_alone(side, KIND_SCHEMA, schema) || strcmp(schema, "pg_catalog") == 0 ||
                 scope_is_platform(schema, true);

    return ddl_expand(scope, there
                                 ? "CREATE EXTENSION IF NOT EXISTS {name:i} WITH SCHEMA {schema:i}"
                                 : "CREATE EXTENSION IF NOT EXISTS {name:i}");
}

/* ---- each kind that no template makes ---- */

static DdlForm constraint_form(const DdlScope *scope)
{
    const char *type = ddl_string(scope, "type");
    bool not_valid = jx_bool(scope->object, "not_valid");

    if (strcmp(type, "foreign key") == 0)
        return not_valid ? DDL_FOREIGN_KEY_ADD_NOT_VALID : DDL_FOREIGN_KEY_ADD;
    if (strcmp(type, "check") == 0 || strcmp(type, "not null") == 0)
        return not_valid ? DDL_CHECK_ADD_NOT_VALID : DDL_CHECK_ADD;
    return DDL_KEY_ADD;
}

static Writer *const writers[KIND_COUNT] = {
    [KIND_INDEX] = writer_index,
    [KIND_VIEW_INDEX] = writer_index,
    [KIND_CONSTRAINT] = writer_constraint,
    [KIND_VIEW] = writer_view,
    [KIND_FUNCTION] = writer_function,
    [KIND_COMPOSITE] = writer_composite,
    [KIND_BASE_TYPE] = writer_base_type,
    [KIND_OPERATOR] = writer_operator,
    [KIND_OPERATOR_CLASS] = writer_operator_class,
    [KIND_TRANSFORM] = writer_transform,
    [KIND_ROLE] = role_text,
    [KIND_PUBLICATION] = publication_text,
};

static DdlForm form_of(const DdlScope *scope)
{
    if (scope->kind == KIND_CONSTRAINT)
        return constraint_form(scope);
    if (scope->kind == KIND_FUNCTION)
        return ddl_function_form(scope);
    if (scope->kind == KIND_DOMAIN_CONSTRAINT && jx_bool(scope->object, "not_valid"))
        return DDL_PLAIN;
    return ddl_kind(scope->kind)->form;
}

void ddl_write(const DdlSide *side, const DdlNode *node, const DdlParts *parts, DdlScript *script)
{
    const DdlKind *kind = ddl_kind(node->kind);
    const DdlScope scope = ddl_scope(side, node);
    const char *text = NULL;

    if (kind->create)
        text = ddl_expand(&scope, kind->create);
    else if (writers[node->kind])
        text = writers[node->kind](&scope);
    else if (node->kind == KIND_TABLE)
        text = writer_table(side, &scope, parts);
    else if (node->kind == KIND_EXTENSION)
        text = extension_text(side, &scope);
    else if (node->kind == KIND_COLUMN)
        writer_column(side, &scope, parts, script);
    else if (node->kind == KIND_SUBSCRIPTION)
        subscription(&scope, script);
    if (text && *text)
        ddl_add(script, form_of(&scope), text);
    if (node->kind == KIND_TABLE)
        writer_drop_defaults(side, &scope, script);
}
