#include "ddl/writers.h"

#include <string.h>

#include "json/jx.h"

/* ---- types ---- */

const char *writer_composite(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    size_t index = 0;
    json_t *attribute = NULL;

    ddl_expand_to(&out, scope, "CREATE TYPE {id} AS (");
    json_array_foreach(json_object_get(scope->object, "attributes"), index, attribute)
    {
        const DdlScope inner = {.arena = scope->arena,
                                .kind = KIND_ATTRIBUTE,
                                .object = attribute,
                                .parent = scope->object};
        buffer_text(&out, index > 0 ? ",\n    " : "\n    ");
        ddl_expand_to(&out, &inner, "{name:i} {type}[ COLLATE {collation}]");
    }
    buffer_text(&out, index > 0 ? "\n)" : ")");
    return ddl_text(scope->arena, &out);
}

static const char *base_type_text(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    json_int_t length = jx_int(scope->object, "length", -1);

    ddl_expand_to(&out, scope,
                  "CREATE TYPE {id} (INPUT = {input}, OUTPUT = {output}[, RECEIVE = "
                  "{receive}][, SEND = {send}][, TYPMOD_IN = {modifier_input}][, TYPMOD_OUT "
                  "= {modifier_output}][, ANALYZE = {analyze}][, SUBSCRIPT = {subscript}]");
    buffer_text(&out, ", INTERNALLENGTH = ");
    if (length < 0)
        buffer_text(&out, "VARIABLE");
    else
        buffer_number(&out, length);
    ddl_expand_to(&out, scope,
                  "[by_value?, PASSEDBYVALUE], ALIGNMENT = {alignment:w}, STORAGE = {storage:w}, "
                  "CATEGORY = {category:l}[preferred?, PREFERRED = true][, DEFAULT = "
                  "{default:l}][, ELEMENT = {element}][, DELIMITER = "
                  "{delimiter:l}][collatable?, COLLATABLE = true])");
    return ddl_text(scope->arena, &out);
}

const char *writer_base_type(const DdlScope *scope)
{
    return jx_bool(scope->object, "shell") ? ddl_expand(scope, "CREATE TYPE {id}")
                                           : base_type_text(scope);
}

/* ---- operators and what else extends the language ---- */

/* public.<(integer, integer): the operator's schema and sign, without its operands. */
static const char *operator_sign(const DdlScope *scope, const char *member)
{
    const char *text = ddl_string(scope, member);

    return arena_printf(scope->arena, "%s%.*s", strchr(text, '.') ? "" : "pg_catalog.",
                        (int)strcspn(text, "("), text);
}

/* The types of "name(left, right)", each as it is; NULL: NONE. */
static void operands(const DdlScope *scope, const char **ret_left, const char **ret_right)
{
    const char *id = ddl_string(scope, "id");
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

const char *writer_operator(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    const char *left = NULL, *right = NULL, *function = ddl_string(scope, "function");

    operands(scope, &left, &right);
    ddl_expand_to(&out, scope, "CREATE OPERATOR {schema:i}.{name} (FUNCTION = ");
    buffer_add(&out, function, strcspn(function, "("));
    if (strcmp(left, "NONE") != 0)
        buffer_text(&out, arena_printf(scope->arena, ", LEFTARG = %s", left));
    if (strcmp(right, "NONE") != 0)
        buffer_text(&out, arena_printf(scope->arena, ", RIGHTARG = %s", right));
    if (ddl_has(scope, "commutator"))
        buffer_text(&out, arena_printf(scope->arena, ", COMMUTATOR = OPERATOR(%s)",
                                       operator_sign(scope, "commutator")));
    if (ddl_has(scope, "negator"))
        buffer_text(&out, arena_printf(scope->arena, ", NEGATOR = OPERATOR(%s)",
                                       operator_sign(scope, "negator")));
    ddl_expand_to(&out, scope,
                  "[, RESTRICT = {restriction_estimator}][, JOIN = "
                  "{join_estimator}][hashes?, HASHES][merges?, MERGES])");
    return ddl_text(scope->arena, &out);
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

const char *writer_operator_class(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    bool any = false;

    ddl_expand_to(&out, scope,
                  "CREATE OPERATOR CLASS {schema:i}.{name:i}[is_default? DEFAULT] FOR TYPE "
                  "{type} USING {method:i}[ FAMILY {family}] AS");
    add_items(&out, scope, "operators", &any);
    add_items(&out, scope, "functions", &any);
    if (ddl_has(scope, "storage")) {
        buffer_text(&out, any ? ", " : " ");
        ddl_expand_to(&out, scope, "STORAGE {storage}");
        any = true;
    }
    if (!any)
        ddl_expand_to(&out, scope, " STORAGE {type}");
    return ddl_text(scope->arena, &out);
}

const char *writer_transform(const DdlScope *scope)
{
    bool both = ddl_has(scope, "from_sql") && ddl_has(scope, "to_sql");

    return ddl_expand(scope, both ? "CREATE TRANSFORM {id} (FROM SQL WITH FUNCTION {from_sql}, TO "
                                    "SQL WITH FUNCTION {to_sql})"
                                  : "CREATE TRANSFORM {id} ([FROM SQL WITH FUNCTION "
                                    "{from_sql}][TO SQL WITH FUNCTION {to_sql}])");
}
