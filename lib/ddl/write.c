#include "ddl/write.h"

#include <stdio.h>
#include <string.h>

#include "ddl/setting.h"
#include "ddl/volatile.h"
#include "json/jx.h"
#include "model/ident.h"
#include "model/scope.h"

static const char *text_of(Arena *arena, const Buffer *buffer)
{
    return arena_strndup(arena, buffer->bytes ? buffer->bytes : "", buffer->length);
}

static bool has(const DdlScope *scope, const char *member)
{
    return json_object_get(scope->object, member) != NULL;
}

static const char *string(const DdlScope *scope, const char *member)
{
    return jx_string(scope->object, member, "");
}

static void expand(Buffer *out, const DdlScope *scope, const char *template)
{
    buffer_text(out, ddl_expand(scope, template));
}

/* ---- columns and tables ---- */

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
            strcmp(jx_item(json_array_get(columns, 0)), string(scope, "name")) == 0)
            return true;
    }
    return false;
}

const char *ddl_write_column(const DdlSide *side, const DdlScope *scope, bool with_default)
{
    CLEANUP(buffer_free) Buffer out = {0};

    expand(&out, scope, "{name:i} {type}[ OPTIONS ({foreign_options:f})][ COLLATE {collation}]");
    if (has(scope, "generated"))
        expand(&out, scope, " GENERATED ALWAYS AS ({default})");
    if (strcmp(string(scope, "generated"), "stored") == 0)
        buffer_text(&out, " STORED");
    if (with_default)
        expand(&out, scope, "[ DEFAULT {default}]");
    if (has(scope, "identity")) {
        buffer_char(&out, ' ');
        buffer_text(&out, ddl_write_identity(side, scope));
    }
    if (jx_bool(scope->object, "not_null") && !is_not_null_by_constraint(scope))
        buffer_text(&out, " NOT NULL");
    return text_of(scope->arena, &out);
}

/* What index options and a tablespace add goes before what ends a definition. */
static const char *with_index(const DdlScope *scope, const char *with, const char *place,
                              const char *const *ends)
{
    const char *definition = string(scope, "definition"), *at = NULL;

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

/* pg_get_indexdef says ONLY of an index of a partitioned table, whose partitions are to have it
 * too. */
static const char *index_text(const DdlScope *scope)
{
    static const char *const ends[] = {" WHERE ", NULL};
    const char *text =
        with_index(scope, "", ddl_expand(scope, "[ TABLESPACE {tablespace:i}]"), ends);
    const char *only = strstr(text, " ON ONLY ");

    return only ? arena_printf(scope->arena, "%.*s ON %s", (int)(only - text), text,
                               only + strlen(" ON ONLY "))
                : text;
}

static const DdlNode *part_of(const DdlParts *parts, const json_t *object, const char *member)
{
    for (size_t i = 0; parts && i < parts->count; i++) {
        const DdlNode *node = parts->items[i];
        if (node->object == object &&
            (member ? node->rule && strcmp(node->rule->member, member) == 0 : !node->rule))
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
    const DdlNode *node = ddl_side_table(side, string(scope, "partition_of"));

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

    if (!has(scope, "generated") && (value ? !other || !json_equal(value, other) : other != NULL))
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
        expand(&own, scope, "[ DEFAULT {default}]");
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
        const DdlNode *column = table ? ddl_side_child(table, string(scope, "name")) : NULL;
        if (column && json_object_get(column->object, "default") && !has(scope, "default") &&
            !has(scope, "identity"))
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
        else if (has(scope, "of_type"))
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

    expand(&out, scope, "[{options:o}]");
    json_array_foreach(json_object_get(scope->object, "toast_options"), index, item)
    {
        json_auto_t *named = json_pack("{s:[o]}", "x", json_sprintf("toast.%s", jx_item(item)));
        const DdlScope one = {.arena = scope->arena, .kind = scope->kind, .object = named};
        if (out.length > 0)
            buffer_text(&out, ", ");
        expand(&out, &one, "{x:o}");
    }
    return out.length > 0 ? arena_printf(scope->arena, " WITH (%s)", out.bytes) : "";
}

static const char *table_text(const DdlSide *side, const DdlScope *scope, const DdlParts *parts)
{
    CLEANUP(buffer_free) Buffer out = {0};
    CLEANUP(buffer_free) Buffer lines = {0};
    bool any = false, is_foreign = has(scope, "server");
    bool is_attached = part_of(parts, scope->object, "partition_of") != NULL;
    const json_t *parents = is_attached ? parent_columns(side, scope) : NULL;

    add_columns(&lines, &any, side, scope, parts, parents);
    add_constraints(&lines, &any, scope, parts);
    buffer_text(&out, "CREATE ");
    if (jx_bool(scope->object, "unlogged"))
        buffer_text(&out, "UNLOGGED ");
    expand(&out, scope, is_foreign ? "FOREIGN TABLE {id}" : "TABLE {id}[ OF {of_type}]");
    if (is_attached)
        expand(&out, scope, " PARTITION OF {partition_of}");
    if (any || (!is_attached && !has(scope, "of_type"))) {
        buffer_text(&out, " (");
        buffer_text(&out, lines.bytes ? lines.bytes : "");
        buffer_text(&out, any ? "\n)" : ")");
    }
    if (is_attached)
        expand(&out, scope, " {partition_bound}");
    else
        expand(&out, scope, "[ INHERITS ({inherits})]");
    expand(&out, scope, "[ PARTITION BY {partition_key}]");
    expand(&out, scope,
           is_foreign ? " SERVER {server:i}[ OPTIONS ({foreign_options:f})]"
                      : "[ USING {access_method:i}]");
    buffer_text(&out, storage_options(scope));
    expand(&out, scope, "[ TABLESPACE {tablespace:i}]");
    return text_of(scope->arena, &out);
}

/* ---- views ---- */

const char *ddl_write_view(const DdlScope *scope, bool replace)
{
    CLEANUP(buffer_free) Buffer out = {0};
    bool materialized = jx_bool(scope->object, "materialized");
    const char *definition = string(scope, "definition");
    size_t length = strlen(definition), index = 0;
    json_t *column = NULL;

    while (length > 0 && (definition[length - 1] == ';' || definition[length - 1] == '\n'))
        length--;
    buffer_text(&out, replace ? "CREATE OR REPLACE " : "CREATE ");
    expand(&out, scope, materialized ? "MATERIALIZED VIEW {id}" : "VIEW {id}");
    buffer_text(&out, " (");
    json_array_foreach(json_object_get(scope->object, "columns"), index, column)
    {
        if (index > 0)
            buffer_text(&out, ", ");
        buffer_text(&out, ident_quote(scope->arena, jx_string(column, "name", "")));
    }
    buffer_text(&out, ")");
    if (index == 0)
        out.length -= strlen(" ()");
    expand(&out, scope,
           "[ USING {access_method:i}][ WITH ({options:o})][ TABLESPACE "
           "{tablespace:i}] AS\n");
    buffer_add(&out, definition, length);
    return text_of(scope->arena, &out);
}

/* ---- functions ---- */

/* A body of the server's own text, which is written as it is. */
static bool is_standard_body(const DdlScope *scope)
{
    const char *body = string(scope, "body");

    return strcmp(string(scope, "language"), "sql") == 0 &&
           (strncmp(body, "BEGIN ATOMIC\n", 13) == 0 || strncmp(body, "RETURN ", 7) == 0);
}

static const char *dollar_quoted(Arena *arena, const char *text)
{
    const char *tag = "$$";

    for (int i = 0; strstr(text, tag) || (text[0] && text[strlen(text) - 1] == '$'); i++) {
        tag = i == 0 ? "$function$" : arena_printf(arena, "$function%d$", i);
        if (!strstr(text, tag))
            break;
    }
    return arena_join(arena, tag, text, tag, NULL);
}

static void add_attributes(Buffer *out, const DdlScope *scope)
{
    static const struct {
        const char *member, *value, *text;
    } attributes[] = {
        {"volatility", "immutable", " IMMUTABLE"},
        {"volatility", "stable", " STABLE"},
        {"parallel", "safe", " PARALLEL SAFE"},
        {"parallel", "restricted", " PARALLEL RESTRICTED"},
        {"kind", "window", " WINDOW"},
    };

    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (strcmp(string(scope, attributes[i].member), attributes[i].value) == 0)
            buffer_text(out, attributes[i].text);
    if (jx_bool(scope->object, "leakproof"))
        buffer_text(out, " LEAKPROOF");
    if (jx_bool(scope->object, "strict"))
        buffer_text(out, " STRICT");
    if (jx_bool(scope->object, "security_definer"))
        buffer_text(out, " SECURITY DEFINER");
}

static void add_estimates(Buffer *out, const DdlScope *scope)
{
    bool low = strcmp(string(scope, "language"), "c") == 0 ||
               strcmp(string(scope, "language"), "internal") == 0;

    if (strcmp(string(scope, "cost"), low ? "1" : "100") != 0)
        expand(out, scope, "[ COST {cost}]");
    if (jx_int(scope->object, "rows", 1000) != 1000)
        expand(out, scope, " ROWS {rows}");
    expand(out, scope, "[ SUPPORT {support}]");
}

static void add_transforms(Buffer *out, const DdlScope *scope)
{
    size_t index = 0;
    json_t *type = NULL;

    json_array_foreach(json_object_get(scope->object, "transforms"), index, type)
    {
        buffer_text(out, index == 0 ? " TRANSFORM FOR TYPE " : ", FOR TYPE ");
        buffer_text(out, jx_item(type));
    }
}

const char *ddl_write_function(const DdlScope *scope, bool replace)
{
    CLEANUP(buffer_free) Buffer out = {0};
    bool procedure = strcmp(string(scope, "kind"), "procedure") == 0;
    size_t index = 0;
    json_t *item = NULL;

    buffer_text(&out, replace ? "CREATE OR REPLACE " : "CREATE ");
    expand(&out, scope, procedure ? "PROCEDURE" : "FUNCTION");
    expand(&out, scope, " {schema:i}.{name:i}({arguments})");
    if (!procedure)
        expand(&out, scope, "[\n    RETURNS {returns}]");
    expand(&out, scope, "\n    LANGUAGE {language:i}");
    add_transforms(&out, scope);
    if (!procedure) {
        add_attributes(&out, scope);
        add_estimates(&out, scope);
    } else if (jx_bool(scope->object, "security_definer"))
        buffer_text(&out, " SECURITY DEFINER");
    json_array_foreach(json_object_get(scope->object, "config"), index, item)
    {
        buffer_text(&out, "\n    SET ");
        buffer_text(&out, setting_text(scope->arena, jx_item(item)));
    }
    if (is_standard_body(scope))
        expand(&out, scope, "\n{body}");
    else if (has(scope, "library"))
        expand(&out, scope, "\n    AS {library:l}, {body:l}");
    else {
        buffer_text(&out, "\n    AS ");
        buffer_text(&out, dollar_quoted(scope->arena, string(scope, "body")));
    }
    return text_of(scope->arena, &out);
}

static const char *aggregate_text(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    static const char *const modify[][2] = {
        {"aggregate_final_modify", ", FINALFUNC_MODIFY = "},
        {"aggregate_moving_final_modify", ", MFINALFUNC_MODIFY = "}};
    bool ordered = has(scope, "aggregate_kind");
    bool none = json_array_size(json_object_get(scope->object, "argument_types")) == 0;

    expand(&out, scope,
           none ? "CREATE AGGREGATE {schema:i}.{name:i}(*)"
                : "CREATE AGGREGATE {schema:i}.{name:i}({arguments})");
    expand(&out, scope,
           " (SFUNC = {aggregate_transition}, STYPE = {aggregate_state}[, SSPACE = "
           "{aggregate_state_size}][, FINALFUNC = {aggregate_final}][aggregate_final_extra?, "
           "FINALFUNC_EXTRA][, COMBINEFUNC = {aggregate_combine}][, SERIALFUNC = "
           "{aggregate_serialize}][, DESERIALFUNC = {aggregate_deserialize}][, INITCOND = "
           "{aggregate_initial:l}][, MSFUNC = {aggregate_moving_transition}][, MINVFUNC = "
           "{aggregate_moving_inverse}][, MSTYPE = {aggregate_moving_state}][, MSSPACE = "
           "{aggregate_moving_state_size}][, MFINALFUNC = "
           "{aggregate_moving_final}][aggregate_moving_final_extra?, MFINALFUNC_EXTRA][, "
           "MINITCOND = {aggregate_moving_initial:l}]");
    for (size_t i = 0; i < 2; i++) {
        const char *letter = string(scope, modify[i][0]);
        const char *usual = ordered ? "w" : "r"; /* read write, read only */
        if (*letter && strcmp(letter, usual) != 0) {
            buffer_text(&out, modify[i][1]);
            buffer_text(&out, *letter == 'r'   ? "READ_ONLY"
                              : *letter == 's' ? "SHAREABLE"
                                               : "READ_WRITE");
        }
    }
    if (has(scope, "aggregate_sort_operator")) {
        const char *sort = string(scope, "aggregate_sort_operator");
        buffer_text(&out, arena_printf(scope->arena, ", SORTOP = OPERATOR(%s%.*s)",
                                       strchr(sort, '.') ? "" : "pg_catalog.",
                                       (int)strcspn(sort, "("), sort));
    }
    if (strcmp(string(scope, "parallel"), "unsafe") != 0)
        buffer_text(&out, strcmp(string(scope, "parallel"), "safe") == 0
                              ? ", PARALLEL = SAFE"
                              : ", PARALLEL = RESTRICTED");
    if (strcmp(string(scope, "aggregate_kind"), "h") == 0)
        buffer_text(&out, ", HYPOTHETICAL");
    buffer_char(&out, ')');
    return text_of(scope->arena, &out);
}

/* ---- policies ---- */

const char *ddl_write_roles(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    size_t index = 0;
    json_t *role = NULL;

    json_array_foreach(json_object_get(scope->object, "roles"), index, role)
    {
        const char *name = jx_item(role);
        if (index > 0)
            buffer_text(&out, ", ");
        buffer_text(&out, strcmp(name, "public") == 0 ? "PUBLIC" : ident_quote(scope->arena, name));
    }
    return text_of(scope->arena, &out);
}

static const char *policy_text(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};

    expand(&out, scope, "CREATE POLICY {name:i} ON {^id}[restrictive? AS RESTRICTIVE]");
    buffer_text(&out, " FOR ");
    for (const char *c = string(scope, "command"); *c; c++)
        buffer_char(&out, (char)(*c - 'a' + 'A'));
    buffer_text(&out, " TO ");
    buffer_text(&out, ddl_write_roles(scope));
    expand(&out, scope, "[ USING ({using})][ WITH CHECK ({check})]");
    return text_of(scope->arena, &out);
}

/* ---- types ---- */

static const char *composite_text(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    size_t index = 0;
    json_t *attribute = NULL;
    bool any = false;

    expand(&out, scope, "CREATE TYPE {id} AS (");
    json_array_foreach(json_object_get(scope->object, "attributes"), index, attribute)
    {
        const DdlScope inner = {.arena = scope->arena,
                                .kind = KIND_ATTRIBUTE,
                                .object = attribute,
                                .parent = scope->object};
        add_line(&out, &any, ddl_expand(&inner, "{name:i} {type}[ COLLATE {collation}]"));
    }
    buffer_text(&out, any ? "\n)" : ")");
    return text_of(scope->arena, &out);
}

static const char *letter_word(const char *letter, const char *const (*table)[2])
{
    for (; (*table)[0]; table++)
        if (strcmp((*table)[0], letter) == 0)
            return (*table)[1];
    return letter;
}

static const char *base_type_text(const DdlScope *scope)
{
    static const char *const alignments[][2] = {
        {"c", "char"}, {"s", "int2"}, {"i", "int4"}, {"d", "double"}, {NULL, NULL}};
    static const char *const storages[][2] = {
        {"p", "plain"}, {"e", "external"}, {"x", "extended"}, {"m", "main"}, {NULL, NULL}};
    CLEANUP(buffer_free) Buffer out = {0};
    json_int_t length = jx_int(scope->object, "length", -1);

    expand(&out, scope,
           "CREATE TYPE {id} (INPUT = {input}, OUTPUT = {output}[, RECEIVE = "
           "{receive}][, SEND = {send}][, TYPMOD_IN = {modifier_input}][, TYPMOD_OUT "
           "= {modifier_output}][, ANALYZE = {analyze}][, SUBSCRIPT = {subscript}]");
    buffer_text(&out, ", INTERNALLENGTH = ");
    if (length < 0)
        buffer_text(&out, "VARIABLE");
    else
        buffer_number(&out, length);
    expand(&out, scope, "[by_value?, PASSEDBYVALUE]");
    buffer_text(&out, ", ALIGNMENT = ");
    buffer_text(&out, letter_word(string(scope, "alignment"), alignments));
    buffer_text(&out, ", STORAGE = ");
    buffer_text(&out, letter_word(string(scope, "storage"), storages));
    expand(&out, scope,
           ", CATEGORY = {category:l}[preferred?, PREFERRED = true][, DEFAULT = "
           "{default:l}][, ELEMENT = {element}][, DELIMITER = "
           "{delimiter:l}][collatable?, COLLATABLE = true])");
    return text_of(scope->arena, &out);
}

static const char *collation_text(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};

    expand(&out, scope,
           "CREATE COLLATION {schema:i}.{name:i} (PROVIDER = {provider}[, LOCALE = "
           "{locale:l}][, LC_COLLATE = {lc_collate:l}][, LC_CTYPE = "
           "{lc_ctype:l}][deterministic!, DETERMINISTIC = false][, RULES = "
           "{rules:l}])");
    return text_of(scope->arena, &out);
}

/* ---- operators and the rest of what extends the language ---- */

/* public.<(integer, integer): the operator's schema and sign, without its operands. */
static const char *operator_sign(const DdlScope *scope, const char *member)
{
    const char *text = string(scope, member);

    return arena_printf(scope->arena, "%s%.*s", strchr(text, '.') ? "" : "pg_catalog.",
                        (int)strcspn(text, "("), text);
}

/* The types of "name(left, right)", each as it is; NULL: NONE. */
static void operands(const DdlScope *scope, const char **ret_left, const char **ret_right)
{
    const char *id = string(scope, "id");
    size_t start = strlen(ddl_expand(scope, "{schema:i}.{name}"));
    size_t length = strlen(id), depth = 0, comma = 0;

    *ret_left = *ret_right = "NONE";
    if (start > length)
        return;
    id += start;
    length -= start;

    for (size_t i = 1; i + 1 < length && comma == 0; i++) {
        if (id[i] == '"')
            for (i++; id[i] && id[i] != '"'; i++)
                continue;
        depth += id[i] == '(';
        depth -= id[i] == ')';
        if (id[i] == ',' && depth == 0)
            comma = i;
    }
    if (comma == 0 || comma + 3 > length)
        return;
    *ret_left = arena_strndup(scope->arena, id + 1, comma - 1);
    *ret_right = arena_strndup(scope->arena, id + comma + 2, length - comma - 3);
}

static const char *operator_text(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    const char *left = NULL, *right = NULL, *function = string(scope, "function");

    operands(scope, &left, &right);
    expand(&out, scope, "CREATE OPERATOR {schema:i}.{name} (FUNCTION = ");
    buffer_add(&out, function, strcspn(function, "("));
    if (strcmp(left, "NONE") != 0)
        buffer_text(&out, arena_printf(scope->arena, ", LEFTARG = %s", left));
    if (strcmp(right, "NONE") != 0)
        buffer_text(&out, arena_printf(scope->arena, ", RIGHTARG = %s", right));
    if (has(scope, "commutator"))
        buffer_text(&out, arena_printf(scope->arena, ", COMMUTATOR = OPERATOR(%s)",
                                       operator_sign(scope, "commutator")));
    if (has(scope, "negator"))
        buffer_text(&out, arena_printf(scope->arena, ", NEGATOR = OPERATOR(%s)",
                                       operator_sign(scope, "negator")));
    expand(&out, scope,
           "[, RESTRICT = {restriction_estimator}][, JOIN = "
           "{join_estimator}][hashes?, HASHES][merges?, MERGES])");
    return text_of(scope->arena, &out);
}

/* An item of a family or class as SQL has it: what a loose operator is for is FOR SEARCH, and its
 * own name needs no OPERATOR(). */
static void add_items(Buffer *out, const DdlScope *scope, const char *member, bool *any)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(json_object_get(scope->object, member), index, item)
    {
        buffer_text(out, *any ? ", " : " ");
        buffer_text(out, jx_item(item));
        *any = true;
    }
}

static const char *operator_class_text(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    bool any = false;

    expand(&out, scope,
           "CREATE OPERATOR CLASS {schema:i}.{name:i}[is_default? DEFAULT] FOR TYPE "
           "{type} USING {method:i}[ FAMILY {family}] AS");
    add_items(&out, scope, "operators", &any);
    add_items(&out, scope, "functions", &any);
    if (has(scope, "storage")) {
        buffer_text(&out, any ? ", " : " ");
        expand(&out, scope, "STORAGE {storage}");
        any = true;
    }
    if (!any)
        expand(&out, scope, " STORAGE {type}");
    return text_of(scope->arena, &out);
}

static const char *cast_text(const DdlScope *scope)
{
    const char *method = string(scope, "method");
    const char *with = strcmp(method, "inout") == 0    ? "WITH INOUT"
                       : strcmp(method, "binary") == 0 ? "WITHOUT FUNCTION"
                                                       : "WITH FUNCTION {function}";

    return ddl_expand(scope, arena_printf(scope->arena, "CREATE CAST ({id}) %s{context:w}", with));
}

static const char *transform_text(const DdlScope *scope)
{
    bool both = has(scope, "from_sql") && has(scope, "to_sql");

    return ddl_expand(scope, both ? "CREATE TRANSFORM {id} (FROM SQL WITH FUNCTION {from_sql}, TO "
                                    "SQL WITH FUNCTION {to_sql})"
                                  : "CREATE TRANSFORM {id} ([FROM SQL WITH FUNCTION "
                                    "{from_sql}][TO SQL WITH FUNCTION {to_sql}])");
}

static const char *access_method_text(const DdlScope *scope)
{
    bool table = strcmp(string(scope, "type"), "table") == 0;

    return ddl_expand(scope, table ? "CREATE ACCESS METHOD {name:i} TYPE TABLE HANDLER {handler}"
                                   : "CREATE ACCESS METHOD {name:i} TYPE INDEX HANDLER {handler}");
}

/* ---- foreign servers, events, replication ---- */

static const char *event_trigger_text(const DdlScope *scope)
{
    return ddl_expand(scope, "CREATE EVENT TRIGGER {name:i} ON {event}[ WHEN TAG IN ({tags:l})] "
                             "EXECUTE FUNCTION {function}");
}

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
    expand(&out, scope,
           "'[via_root?, publish_via_partition_root = true][, "
           "publish_generated_columns = {generated_columns}]");
    return text_of(scope->arena, &out);
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

    expand(&out, scope,
           "CREATE PUBLICATION {name:i}[all_tables? FOR ALL TABLES][ FOR TABLES IN "
           "SCHEMA {schemas:i}] WITH (");
    buffer_text(&out, ddl_write_publish(scope));
    buffer_char(&out, ')');
    if (is_platform_publication(string(scope, "name")))
        return ddl_write_do(
            scope->arena, arena_printf(scope->arena,
                                       "BEGIN\n    %s;\nEXCEPTION WHEN duplicate_object THEN\n    "
                                       "NULL;\nEND",
                                       out.bytes));
    return text_of(scope->arena, &out);
}

const char *ddl_write_subscription_options(const DdlScope *scope, bool at_creation)
{
    CLEANUP(buffer_free) Buffer out = {0};

    if (at_creation)
        expand(&out, scope, "connect = false, enabled = false, create_slot = false, ");
    buffer_text(&out, has(scope, "slot") ? ddl_expand(scope, "slot_name = {slot:l}")
                                         : "slot_name = NONE");
    expand(&out, scope,
           "[, synchronous_commit = {synchronous_commit:l}][binary?, binary = true][, "
           "streaming = {streaming}][disable_on_error?, disable_on_error = true][, "
           "origin = {origin}][failover?, failover = true][run_as_owner?, "
           "run_as_owner = true][password_not_required?, password_required = false]");
    return text_of(scope->arena, &out);
}

/* Made without a word to the publisher: what it starts is for whoever runs the script. */
static void subscription(const DdlScope *scope, DdlScript *script)
{
    /* Where it is not told there is nothing to connect to. */
    const char *connection =
        strcmp(string(scope, "connection"), "[redacted]") == 0 ? "" : string(scope, "connection");

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

static void role(const DdlScope *scope, DdlScript *script)
{
    const char *create = ddl_expand(
        scope, "CREATE ROLE {name:i} WITH[superuser? SUPERUSER][createrole? CREATEROLE][createdb? "
               "CREATEDB][login? LOGIN][login! NOLOGIN][inherit? INHERIT][inherit! "
               "NOINHERIT][replication? REPLICATION][bypass_rls? BYPASSRLS][ CONNECTION LIMIT "
               "{connection_limit}][ VALID UNTIL {valid_until:l}]");

    /* What a platform makes is there on that platform, and its own attributes are not told. */
    if (scope_is_platform_role(string(scope, "name")))
        create = ddl_write_do(
            scope->arena,
            ddl_expand(scope, "BEGIN\n    CREATE ROLE {name:i} NOINHERIT;\nEXCEPTION WHEN "
                              "duplicate_object THEN\n    NULL;\nEND"));
    ddl_add(script, DDL_RIGHTS, create);
}

static const char *extension_text(const DdlSide *side, const DdlScope *scope)
{
    const char *schema = string(scope, "schema");
    bool there = ddl_side_alone(side, KIND_SCHEMA, schema) || strcmp(schema, "pg_catalog") == 0 ||
                 scope_is_platform(schema);

    return ddl_expand(scope, there
                                 ? "CREATE EXTENSION IF NOT EXISTS {name:i} WITH SCHEMA {schema:i}"
                                 : "CREATE EXTENSION IF NOT EXISTS {name:i}");
}

const char *ddl_write_do(Arena *arena, const char *block)
{
    return arena_printf(arena, "DO %s", dollar_quoted(arena, block));
}

const char *ddl_write_for_database(Arena *arena, const char *statement)
{
    return ddl_write_do(arena, arena_printf(arena,
                                            "BEGIN EXECUTE pg_catalog.format(%s, "
                                            "pg_catalog.current_database()); END",
                                            ddl_literal(arena, statement)));
}

/* ---- all ---- */

static void column(const DdlSide *side, const DdlScope *scope, const DdlParts *parts,
                   DdlScript *script)
{
    bool with_default = part_of(parts, scope->object, "default") != NULL;
    bool rewrites = has(scope, "identity") || strcmp(string(scope, "generated"), "stored") == 0 ||
                    ddl_side_is_strict(side, string(scope, "type")) ||
                    (with_default && ddl_is_volatile(side, string(scope, "default")));

    ddl_add(script, rewrites ? DDL_COLUMN_ADD_REWRITE : DDL_COLUMN_ADD,
            arena_printf(scope->arena, "ALTER TABLE %s ADD COLUMN %s", ddl_expand(scope, "{^id}"),
                         ddl_write_column(side, scope, with_default)));
}

/* Defaults of columns that came from other tables, and that it has not. */
static void drop_defaults(const DdlSide *side, const DdlScope *scope, DdlScript *script)
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

DdlForm ddl_function_form(const DdlScope *scope)
{
    return is_standard_body(scope) ? DDL_PLAIN : DDL_FUNCTION;
}

static DdlForm constraint_form(const DdlScope *scope)
{
    const char *type = string(scope, "type");
    bool not_valid = jx_bool(scope->object, "not_valid");

    if (strcmp(type, "foreign key") == 0)
        return not_valid ? DDL_FOREIGN_KEY_ADD_NOT_VALID : DDL_FOREIGN_KEY_ADD;
    if (strcmp(type, "check") == 0 || strcmp(type, "not null") == 0)
        return not_valid ? DDL_CHECK_ADD_NOT_VALID : DDL_CHECK_ADD;
    return DDL_KEY_ADD;
}

/* ---- each kind that no template makes ---- */

typedef const char *Writer(const DdlScope *scope);

static const char *view_text(const DdlScope *scope)
{
    return ddl_write_view(scope, false);
}

static const char *function_text(const DdlScope *scope)
{
    return strcmp(string(scope, "kind"), "aggregate") == 0 ? aggregate_text(scope)
                                                           : ddl_write_function(scope, false);
}

static const char *base_text(const DdlScope *scope)
{
    return jx_bool(scope->object, "shell") ? ddl_expand(scope, "CREATE TYPE {id}")
                                           : base_type_text(scope);
}

static const char *user_mapping_text(const DdlScope *scope)
{
    return ddl_expand(scope, "CREATE {@}[ OPTIONS ({options:f})]");
}

static const char *publication_table_text(const DdlScope *scope)
{
    return ddl_expand(scope, "ALTER PUBLICATION {^name:i} ADD TABLE {name}[ ({columns:i})][ WHERE "
                             "({where})]");
}

static const char *constraint_statement(const DdlScope *scope)
{
    return arena_printf(scope->arena, "ALTER TABLE %s ADD %s", ddl_expand(scope, "{^id}"),
                        constraint_text(scope));
}

static Writer *const writers[KIND_COUNT] = {
    [KIND_INDEX] = index_text,
    [KIND_VIEW_INDEX] = index_text,
    [KIND_CONSTRAINT] = constraint_statement,
    [KIND_POLICY] = policy_text,
    [KIND_PLATFORM_POLICY] = policy_text,
    [KIND_VIEW] = view_text,
    [KIND_FUNCTION] = function_text,
    [KIND_COMPOSITE] = composite_text,
    [KIND_BASE_TYPE] = base_text,
    [KIND_COLLATION] = collation_text,
    [KIND_OPERATOR] = operator_text,
    [KIND_OPERATOR_CLASS] = operator_class_text,
    [KIND_CAST] = cast_text,
    [KIND_TRANSFORM] = transform_text,
    [KIND_ACCESS_METHOD] = access_method_text,
    [KIND_USER_MAPPING] = user_mapping_text,
    [KIND_EVENT_TRIGGER] = event_trigger_text,
    [KIND_PUBLICATION] = publication_text,
    [KIND_PUBLICATION_TABLE] = publication_table_text,
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
        text = table_text(side, &scope, parts);
    else if (node->kind == KIND_EXTENSION)
        text = extension_text(side, &scope);
    else if (node->kind == KIND_COLUMN)
        column(side, &scope, parts, script);
    else if (node->kind == KIND_ROLE)
        role(&scope, script);
    else if (node->kind == KIND_SUBSCRIPTION)
        subscription(&scope, script);
    if (text && *text)
        ddl_add(script, form_of(&scope), text);
    if (node->kind == KIND_TABLE)
        drop_defaults(side, &scope, script);
}
