#include "ddl/writers.h"

#include <string.h>

#include "ddl/volatile.h"
#include "json/jx.h"

/* ---- columns ---- */

const char *ddl_write_identity(const DdlSide *side, const DdlScope *scope)
{
    const json_t *sequence = ddl_side_identity(side, scope->parent, scope->object);
    const DdlScope options = {.arena = scope->arena, .kind = KIND_SEQUENCE, .object = sequence};
    const char *how = ddl_expand(scope, "GENERATED {identity:w} AS IDENTITY");

    if (!sequence)
        return how;
    return arena_printf(scope->arena, "%s %s", how,
                        ddl_expand(&options,
                                   "(SEQUENCE NAME {id} START WITH {start} INCREMENT BY "
                                   "{increment} MINVALUE {minimum} MAXVALUE {maximum} CACHE "
                                   "{cache}[cycle? CYCLE])"));
}

/* Whether a constraint with a name of its own says so. */
static bool is_not_null_by_constraint(const DdlScope *scope)
{
    size_t index = 0;
    json_t *constraint = NULL;

    json_array_foreach(json_object_get(scope->parent, "constraints"), index, constraint)
    {
        const json_t *columns = json_object_get(constraint, "columns");
        if (strcmp(jx_string(constraint, "type", ""), "not null") == 0 &&
            strcmp(jx_item(json_array_get(columns, 0)), ddl_string(scope, "name")) == 0)
            return true;
    }
    return false;
}

const char *ddl_write_column(const DdlSide *side, const DdlScope *scope, bool with_default)
{
    CLEANUP(buffer_free) Buffer out = {0};

    ddl_expand_to(&out, scope,
                  "{name:i} {type}[ OPTIONS ({foreign_options:f})][ COLLATE {collation}]");
    if (ddl_has(scope, "generated"))
        ddl_expand_to(&out, scope, " GENERATED ALWAYS AS ({default})");
    if (strcmp(ddl_string(scope, "generated"), "stored") == 0)
        buffer_text(&out, " STORED");
    if (with_default)
        ddl_expand_to(&out, scope, "[ DEFAULT {default}]");
    if (ddl_has(scope, "identity")) {
        buffer_char(&out, ' ');
        buffer_text(&out, ddl_write_identity(side, scope));
    }
    if (jx_bool(scope->object, "not_null") && !is_not_null_by_constraint(scope))
        buffer_text(&out, " NOT NULL");
    return ddl_text(scope->arena, &out);
}

/* ---- constraints and indexes ---- */

/* What index options and a tablespace add goes before what ends a definition. */
static const char *with_index(const DdlScope *scope, const char *with, const char *place,
                              const char *const *ends)
{
    const char *definition = ddl_string(scope, "definition"), *at = NULL;

    for (; *ends && !at; ends++)
        at = strstr(definition, *ends);
    if (!at)
        at = definition + strlen(definition);
    return arena_printf(scope->arena, "%.*s%s%s%s", (int)(at - definition), definition, with, place,
                        at);
}

static const char *constraint_text(const DdlScope *scope)
{
    static const char *const ends[] = {" WHERE (", " DEFERRABLE", " INITIALLY DEFERRED", NULL};

    return arena_printf(scope->arena, "CONSTRAINT %s %s", ddl_expand(scope, "{name:i}"),
                        with_index(scope, ddl_expand(scope, "[ WITH ({index_options:o})]"),
                                   ddl_expand(scope, "[ USING INDEX TABLESPACE "
                                                     "{index_tablespace:i}]"),
                                   ends));
}

const char *writer_constraint(const DdlScope *scope)
{
    return arena_printf(scope->arena, "ALTER TABLE %s ADD %s", ddl_expand(scope, "{^id}"),
                        constraint_text(scope));
}

/* pg_get_indexdef says ONLY of an index of a partitioned table, whose partitions are to have it
 * too. */
const char *writer_index(const DdlScope *scope)
{
    static const char *const ends[] = {" WHERE ", NULL};
    const char *text =
        with_index(scope, "", ddl_expand(scope, "[ TABLESPACE {tablespace:i}]"), ends);
    const char *only = strstr(text, " ON ONLY ");

    return only ? arena_printf(scope->arena, "%.*s ON %s", (int)(only - text), text,
                               only + strlen(" ON ONLY "))
                : text;
}

/* ---- tables ---- */

static const DdlNode *part_of(const DdlParts *parts, const json_t *object, const char *member)
{
    for (size_t i = 0; parts && i < parts->count; i++) {
        const DdlNode *node = parts->items[i];
        if (node->object == object && (member ? ddl_is_facet(node, member) : !node->rule))
            return node;
    }
    return NULL;
}

static void add_line(Buffer *out, bool *any, const char *text)
{
    buffer_text(out, *any ? ",\n    " : "\n    ");
    buffer_text(out, text);
    *any = true;
}

static const json_t *parent_columns(const DdlSide *side, const DdlScope *scope)
{
    const DdlNode *node = ddl_side_table(side, ddl_string(scope, "partition_of"));

    return node ? json_object_get(node->object, "columns") : NULL;
}

bool ddl_is_like_parent(const DdlSide *side, const json_t *table)
{
    const DdlScope scope = {.arena = side->arena, .kind = KIND_TABLE, .object = table};
    const json_t *columns = json_object_get(table, "columns");
    const json_t *parents = parent_columns(side, &scope);
    size_t index = 0;
    json_t *column = NULL;

    if (json_array_size(columns) != json_array_size(parents))
        return false;
    json_array_foreach(columns, index, column)
    {
        const json_t *other = json_array_get(parents, index);
        if (strcmp(jx_string(column, "name", ""), jx_string(other, "name", "")) != 0 ||
            strcmp(jx_string(column, "type", ""), jx_string(other, "type", "")) != 0 ||
            strcmp(jx_string(column, "collation", ""), jx_string(other, "collation", "")) != 0 ||
            strcmp(jx_string(column, "generated", ""), jx_string(other, "generated", "")) != 0)
            return false;
    }
    return true;
}

/* What a column of a partition has otherwise than its parent's. */
static void add_partition_column(Buffer *out, bool *any, const DdlScope *scope,
                                 const json_t *parent)
{
    CLEANUP(buffer_free) Buffer own = {0};
    const json_t *value = json_object_get(scope->object, "default");
    const json_t *other = json_object_get(parent, "default");

    if (!ddl_has(scope, "generated") &&
        (value ? !other || !json_equal(value, other) : other != NULL))
        buffer_text(&own, value ? ddl_expand(scope, " DEFAULT {default}") : " DEFAULT NULL");
    if (jx_bool(scope->object, "not_null") && !jx_bool(parent, "not_null") &&
        !is_not_null_by_constraint(scope))
        buffer_text(&own, " NOT NULL");
    if (own.length > 0)
        add_line(out, any,
                 arena_printf(scope->arena, "%s%s", ddl_expand(scope, "{name:i}"), own.bytes));
}

/* Of a table made by CREATE TABLE ... OF a type. */
static void add_typed_column(Buffer *out, bool *any, const DdlScope *scope, bool with_default)
{
    CLEANUP(buffer_free) Buffer own = {0};

    if (with_default)
        ddl_expand_to(&own, scope, "[ DEFAULT {default}]");
    if (jx_bool(scope->object, "not_null") && !is_not_null_by_constraint(scope))
        buffer_text(&own, " NOT NULL");
    if (own.length > 0)
        add_line(out, any,
                 arena_printf(scope->arena, "%s WITH OPTIONS%s", ddl_expand(scope, "{name:i}"),
                              own.bytes));
}

/* Whether a column that has no default of its own would get one from a table it inherits from. */
static bool inherits_default(const DdlSide *side, const DdlScope *scope)
{
    size_t index = 0;
    json_t *parent = NULL;

    json_array_foreach(json_object_get(scope->parent, "inherits"), index, parent)
    {
        const DdlNode *table = ddl_side_table(side, jx_item(parent));
        const DdlNode *column = table ? ddl_side_child(table, ddl_string(scope, "name")) : NULL;
        if (column && json_object_get(column->object, "default") && !ddl_has(scope, "default") &&
            !ddl_has(scope, "identity"))
            return true;
    }
    return false;
}

static void add_columns(Buffer *out, bool *any, const DdlSide *side, const DdlScope *scope,
                        const DdlParts *parts, const json_t *parents)
{
    size_t index = 0;
    json_t *column = NULL;

    json_array_foreach(json_object_get(scope->object, "columns"), index, column)
    {
        DdlScope inner = {
            .arena = scope->arena, .kind = KIND_COLUMN, .object = column, .parent = scope->object};
        bool with_default = part_of(parts, column, "default") != NULL;
        if (parents)
            add_partition_column(out, any, &inner, json_array_get(parents, index));
        else if (ddl_has(scope, "of_type"))
            add_typed_column(out, any, &inner, with_default);
        else if (!jx_bool(column, "inherited"))
            add_line(out, any,
                     arena_printf(scope->arena, "%s%s",
                                  ddl_write_column(side, &inner, with_default),
                                  inherits_default(side, &inner) ? " DEFAULT NULL" : ""));
    }
}

static void add_constraints(Buffer *out, bool *any, const DdlScope *scope, const DdlParts *parts)
{
    size_t index = 0;
    json_t *constraint = NULL;

    json_array_foreach(json_object_get(scope->object, "constraints"), index, constraint)
    {
        const DdlScope inner = {.arena = scope->arena,
                                .kind = KIND_CONSTRAINT,
                                .object = constraint,
                                .parent = scope->object};
        if (part_of(parts, constraint, NULL))
            add_line(out, any, constraint_text(&inner));
    }
}

/* WITH (...) of a table: the options of its TOAST table have a name of their own. */
static const char *storage_options(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    size_t index = 0;
    json_t *item = NULL;

    ddl_expand_to(&out, scope, "[{options:o}]");
    json_array_foreach(json_object_get(scope->object, "toast_options"), index, item)
    {
        json_auto_t *named = json_pack("{s:[o]}", "x", json_sprintf("toast.%s", jx_item(item)));
        const DdlScope one = {.arena = scope->arena, .kind = scope->kind, .object = named};
        if (out.length > 0)
            buffer_text(&out, ", ");
        ddl_expand_to(&out, &one, "{x:o}");
    }
    return out.length > 0 ? arena_printf(scope->arena, " WITH (%s)", out.bytes) : "";
}

const char *writer_table(const DdlSide *side, const DdlScope *scope, const DdlParts *parts)
{
    CLEANUP(buffer_free) Buffer out = {0};
    CLEANUP(buffer_free) Buffer lines = {0};
    bool any = false, is_foreign = ddl_has(scope, "server");
    bool is_attached = part_of(parts, scope->object, "partition_of") != NULL;
    const json_t *parents = is_attached ? parent_columns(side, scope) : NULL;

    add_columns(&lines, &any, side, scope, parts, parents);
    add_constraints(&lines, &any, scope, parts);
    buffer_text(&out, "CREATE ");
    if (jx_bool(scope->object, "unlogged"))
        buffer_text(&out, "UNLOGGED ");
    ddl_expand_to(&out, scope, is_foreign ? "FOREIGN TABLE {id}" : "TABLE {id}[ OF {of_type}]");
    if (is_attached)
        ddl_expand_to(&out, scope, " PARTITION OF {partition_of}");
    if (any || (!is_attached && !ddl_has(scope, "of_type"))) {
        buffer_text(&out, " (");
        buffer_text(&out, lines.bytes ? lines.bytes : "");
        buffer_text(&out, any ? "\n)" : ")");
    }
    if (is_attached)
        ddl_expand_to(&out, scope, " {partition_bound}");
    else
        ddl_expand_to(&out, scope, "[ INHERITS ({inherits})]");
    ddl_expand_to(&out, scope, "[ PARTITION BY {partition_key}]");
    ddl_expand_to(&out, scope,
                  is_foreign ? " SERVER {server:i}[ OPTIONS ({foreign_options:f})]"
                             : "[ USING {access_method:i}]");
    buffer_text(&out, storage_options(scope));
    ddl_expand_to(&out, scope, "[ TABLESPACE {tablespace:i}]");
    return ddl_text(scope->arena, &out);
}

void writer_column(const DdlSide *side, const DdlScope *scope, const DdlParts *parts,
                   DdlScript *script)
{
    bool with_default = part_of(parts, scope->object, "default") != NULL;
    bool rewrites = ddl_has(scope, "identity") ||
                    strcmp(ddl_string(scope, "generated"), "stored") == 0 ||
                    ddl_side_is_strict(side, ddl_string(scope, "type")) ||
                    (with_default && ddl_is_volatile(side, ddl_string(scope, "default")));

    ddl_add(script, rewrites ? DDL_COLUMN_ADD_REWRITE : DDL_COLUMN_ADD,
            arena_printf(scope->arena, "ALTER TABLE %s ADD COLUMN %s", ddl_expand(scope, "{^id}"),
                         ddl_write_column(side, scope, with_default)));
}

void writer_drop_defaults(const DdlSide *side, const DdlScope *scope, DdlScript *script)
{
    size_t index = 0;
    json_t *column = NULL;

    json_array_foreach(json_object_get(scope->object, "columns"), index, column)
    {
        const DdlScope inner = {
            .arena = scope->arena, .kind = KIND_COLUMN, .object = column, .parent = scope->object};
        if (jx_bool(column, "inherited") && inherits_default(side, &inner))
            ddl_add(
                script, DDL_COLUMN_SET,
                ddl_expand(&inner, "ALTER TABLE ONLY {^id} ALTER COLUMN {name:i} DROP DEFAULT"));
    }
}
