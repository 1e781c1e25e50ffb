#include "ddl/alter.h"

#include <string.h>

#include "ddl/change.h"
#include "ddl/write.h"
#include "json/jx.h"
#include "model/typechange.h"

/* Types that convert to each other by themselves when a value is assigned. */
enum { FAMILY_TEXT = 1 };
static const char *const families[] = {
    "smallint|integer|bigint|numeric|real|double precision|",
    [FAMILY_TEXT] = "character varying|text|character|name|",
    "timestamp without time zone|timestamp with time zone|date|",
    "time without time zone|time with time zone|interval|",
    "json|jsonb|",
    "inet|cidr|",
    "bit|bit varying|",
};

/* The type without what is in parentheses, which may be in the middle: timestamp(3) with time zone.
 */
static const char *bare(Arena *arena, const char *type)
{
    const char *open = strchr(type, '('), *close = open ? strchr(open, ')') : NULL;

    return close ? arena_printf(arena, "%.*s%s", (int)(open - type), type, close + 1) : type;
}

static int family(Arena *arena, const char *type)
{
    const char *name = arena_printf(arena, "%s|", bare(arena, type));

    for (int i = 0; i < (int)(sizeof families / sizeof *families); i++)
        for (const char *at = families[i]; *at; at = strchr(at, '|') + 1)
            if (strncmp(at, name, strlen(name)) == 0)
                return i;
    return -1;
}

static bool is_array(const char *type)
{
    size_t length = strlen(type);

    return length > 2 && strcmp(type + length - 2, "[]") == 0;
}

/* USING ... for the values of a column: nothing where the server converts by itself. */
static const char *using(Arena *arena, const char *column, const char *old, const char *new)
{
    int from = family(arena, old), to = family(arena, new);

    if (strcmp(bare(arena, old), bare(arena, new)) == 0 || (from >= 0 && from == to))
        return "";
    if (from != FAMILY_TEXT && to != FAMILY_TEXT &&
        (strcmp(old, "money") == 0 || strcmp(new, "money") == 0))
        return arena_printf(arena, " USING %s::numeric::%s", column, new);
    if (is_array(old) && is_array(new))
        return arena_printf(arena, " USING %s::text[]::%s", column, new);
    return arena_printf(
        arena, to == FAMILY_TEXT || from == FAMILY_TEXT ? " USING %s::%s" : " USING %s::text::%s",
        column, new);
}

/* Whether an index, or that of a key, sorts by the column. */
static bool is_indexed(const DdlChange *change)
{
    static const char *const members[] = {"indexes", "constraints"};
    const char *name = jx_string(change->old, "name", "");
    size_t index = 0;
    json_t *object = NULL;

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        json_array_foreach(json_object_get(change->old_parent, members[i]), index, object)
        {
            const char *type = jx_string(object, "type", "");
            if (strcmp(type, "check") != 0 && strcmp(type, "foreign key") != 0 &&
                strcmp(type, "not null") != 0 &&
                jx_has_item(json_object_get(object, "columns"), name))
                return true;
        }
    return false;
}

static DdlForm type_form(const DdlChange *change, const char *old, const char *new)
{
    const TypeChange to = typechange_of(old, new);

    if (to.hold != HOLD_SAME && to.hold != HOLD_ROOM && to.hold != HOLD_KEEPS)
        return DDL_COLUMN_TYPE;
    if (to.rewrites)
        return DDL_COLUMN_TYPE_LOSSLESS;
    return !change_keeps(change, "collation") && is_indexed(change) ? DDL_COLUMN_COLLATION
                                                                    : DDL_COLUMN_TYPE_WIDER;
}

bool alter_column_type(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);
    const char *old = jx_string(change->old, "type", ""), *new = jx_string(change->new, "type", "");
    const char *name = ddl_expand(&scope, "{name:i}");

    if (json_object_get(change->old, "generated") && !change_keeps(change, "default"))
        return false;
    if (json_object_get(change->new, "inherited")) { /* the statement for its origin does it */
        ddl_add(script, DDL_COLUMN_TYPE, "");
        return true;
    }
    ddl_add(script, type_form(change, old, new),
            arena_printf(script->arena, "%s%s",
                         ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} TYPE {type}[ "
                                            "COLLATE {collation}]"),
                         json_object_get(change->new, "generated")
                             ? ""
                             : using(script->arena, name, old, new)));
    return true;
}

/* ---- what else a column has ---- */

/* What a column is computed by can be left, and since version 17 be another expression. */
bool alter_column_generated(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);
    const char *how = jx_string(change->old, "generated", "");

    if (strcmp(how, "stored") == 0 && !json_object_get(change->new, "generated")) {
        ddl_add(script, DDL_COLUMN_SET,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} DROP EXPRESSION"));
        return true;
    }
    if (change->server_version < 170000 || !change_keeps(change, "generated"))
        return false;
    ddl_add(script, strcmp(how, "stored") == 0 ? DDL_COLUMN_TYPE : DDL_COLUMN_SET,
            ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} SET EXPRESSION AS "
                               "({default})"));
    return true;
}

bool alter_column_not_null(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);
    bool is = jx_bool(change->new, "not_null");

    ddl_add(script, is ? DDL_COLUMN_NOT_NULL : DDL_COLUMN_NULL,
            ddl_expand(&scope, is ? "ALTER TABLE {^id} ALTER COLUMN {name:i} SET NOT NULL"
                                  : "ALTER TABLE {^id} ALTER COLUMN {name:i} DROP NOT NULL"));
    return true;
}

bool alter_column_identity(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);
    bool was = json_object_get(change->old, "identity"),
         is = json_object_get(change->new, "identity");

    if (was && is) {
        ddl_add(script, DDL_COLUMN_SET,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} SET GENERATED "
                                   "{identity:w}"));
        return true;
    }
    if (was) {
        ddl_add(script, DDL_COLUMN_SET,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} DROP IDENTITY"));
        return true;
    }
    if (!json_object_get(change->old, "not_null"))
        ddl_add(script, DDL_COLUMN_NOT_NULL,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} SET NOT NULL"));
    ddl_add(script, DDL_COLUMN_SET,
            arena_printf(script->arena, "%s %s",
                         ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} ADD"),
                         ddl_write_identity(change->new_side, &scope)));
    return true;
}

bool alter_attribute_type(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);

    ddl_add(script, DDL_TYPE_SET,
            ddl_expand(&scope, "ALTER TYPE {^id} ALTER ATTRIBUTE {name:i} TYPE {type}[ COLLATE "
                               "{collation}] CASCADE"));
    return true;
}

/* Before version 16 there is no word for what is usual for the type. */
bool alter_storage(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_any(change, script);
    const char *type = bare(script->arena, jx_string(scope.object, "type", ""));
    const char *usual =
        strcmp(type, "numeric") == 0 || strcmp(type, "inet") == 0 || strcmp(type, "cidr") == 0
            ? "main"
            : "extended";

    ddl_add(script, DDL_COLUMN_STORAGE,
            arena_printf(script->arena, "%s SET STORAGE %s",
                         ddl_expand(&scope, change->kind == KIND_COLUMN
                                                ? "ALTER TABLE {^id} ALTER COLUMN {name:i}"
                                                : "ALTER MATERIALIZED VIEW {^id} ALTER COLUMN "
                                                  "{name:i}"),
                         jx_string(change->new, "storage", usual)));
    return true;
}

bool alter_index_statistics(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_any(change, script);
    const json_t *old = json_object_get(change->old, "statistics");
    const json_t *new = json_object_get(change->new, "statistics");
    size_t count = json_array_size(new ? new : old);

    for (size_t i = 0; i < count; i++) {
        const char *target = jx_item(json_array_get(new, i));
        if (strcmp(target, jx_item(json_array_get(old, i))) != 0)
            ddl_add(script, DDL_COLUMN_STATISTICS,
                    arena_printf(script->arena, "%s ALTER COLUMN %zu SET STATISTICS %s",
                                 ddl_expand(&scope, "ALTER {@}"), i + 1, *target ? target : "-1"));
    }
    return true;
}
