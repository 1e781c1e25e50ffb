#include "ddl/online.h"

#include <string.h>

#include "json/jx.h"
#include "model/ident.h"

/* CONCURRENTLY and NOT VALID are not for all that stands on a partitioned table. */
static bool is_partitioned(const DdlScope *scope)
{
    return strcmp(jx_string(scope->parent, "kind", ""), "partitioned table") == 0;
}

/* statement with CONCURRENTLY behind the word INDEX that it begins with. */
static const char *concurrently(Arena *arena, const char *text)
{
    const char *at = strstr(text, "INDEX ") + strlen("INDEX ");

    return arena_printf(arena, "%.*sCONCURRENTLY %s", (int)(at - text), text, at);
}

static void not_valid(DdlScript *script, const DdlScope *scope, const DdlStatement *statement,
                      DdlForm form)
{
    ddl_add(script, form, arena_printf(script->arena, "%s NOT VALID", statement->text));
    ddl_add(script, DDL_VALIDATE,
            ddl_expand(scope, "ALTER TABLE {^id} VALIDATE CONSTRAINT {name:i}"));
}

/* UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (c) DEFERRABLE */
static void key(DdlScript *script, const DdlScope *scope, const DdlStatement *statement)
{
    const char *definition = jx_string(scope->object, "definition", "");
    const char *columns = strchr(definition, '('),
               *rest = columns ? strstr(columns, " DEFERRABLE") : "";
    bool primary = strncmp(definition, "PRIMARY KEY", 11) == 0;
    bool distinct = strncmp(definition, "UNIQUE NULLS", 12) != 0;

    if (!columns || (!primary && strncmp(definition, "UNIQUE", 6) != 0) ||
        strstr(definition, "WITHOUT OVERLAPS")) {
        ddl_add(script, statement->form, statement->text);
        return;
    }
    if (!rest)
        rest = "";
    size_t length = *rest ? (size_t)(rest - columns) : strlen(columns);
    ddl_add(script, DDL_INDEX_CREATE_CONCURRENTLY,
            arena_printf(script->arena, "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s %.*s%s%s%s",
                         ddl_expand(scope, "{name:i}"), ddl_expand(scope, "{^id}"), (int)length,
                         columns, distinct ? "" : " NULLS NOT DISTINCT",
                         ddl_expand(scope, "[ WITH ({index_options:o})]"),
                         ddl_expand(scope, "[ TABLESPACE {index_tablespace:i}]")));
    ddl_add(script, DDL_KEY_ADD_USING,
            arena_printf(script->arena, "ALTER TABLE %s ADD CONSTRAINT %s %s USING INDEX %s%s",
                         ddl_expand(scope, "{^id}"), ddl_expand(scope, "{name:i}"),
                         primary ? "PRIMARY KEY" : "UNIQUE", ddl_expand(scope, "{name:i}"), rest));
}

/* The server takes a valid check for a proof and reads no row. */
static void not_null(DdlScript *script, const DdlScope *scope, const DdlStatement *statement)
{
    const char *table = ddl_expand(scope, "{^id}"), *column = ddl_expand(scope, "{name:i}");
    const char *name =
        ident_quote(script->arena, arena_printf(script->arena, "%.50s_is_there",
                                                jx_string(scope->object, "name", "")));

    ddl_add(script, DDL_CHECK_ADD_NOT_VALID,
            arena_printf(script->arena,
                         "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID", table,
                         name, column));
    ddl_add(script, DDL_VALIDATE,
            arena_printf(script->arena, "ALTER TABLE %s VALIDATE CONSTRAINT %s", table, name));
    ddl_add(script, DDL_COLUMN_NOT_NULL_PROVED, statement->text);
    ddl_add(script, DDL_CHECK_ADD_NOT_VALID,
            arena_printf(script->arena, "ALTER TABLE %s DROP CONSTRAINT %s", table, name));
}

void ddl_add_online(DdlScript *script, const DdlScope *scope, const DdlStatement *statement)
{
    bool partitioned = is_partitioned(scope);

    if (statement->form == DDL_INDEX_CREATE && !partitioned)
        ddl_add(script, DDL_INDEX_CREATE_CONCURRENTLY,
                concurrently(script->arena, statement->text));
    else if (statement->form == DDL_INDEX_DROP && !partitioned)
        ddl_add(script, DDL_INDEX_DROP_CONCURRENTLY, concurrently(script->arena, statement->text));
    else if (statement->form == DDL_UNIQUE_DROP && !partitioned)
        ddl_add(script, DDL_UNIQUE_DROP_CONCURRENTLY, concurrently(script->arena, statement->text));
    else if (statement->form == DDL_FOREIGN_KEY_ADD && !partitioned)
        not_valid(script, scope, statement, DDL_FOREIGN_KEY_ADD_NOT_VALID);
    else if (statement->form == DDL_CHECK_ADD &&
             strcmp(jx_string(scope->object, "type", ""), "check") == 0)
        not_valid(script, scope, statement, DDL_CHECK_ADD_NOT_VALID);
    else if (statement->form == DDL_KEY_ADD && !partitioned)
        key(script, scope, statement);
    else if (statement->form == DDL_COLUMN_NOT_NULL && scope->kind == KIND_COLUMN)
        not_null(script, scope, statement);
    else
        ddl_add(script, statement->form, statement->text);
}
