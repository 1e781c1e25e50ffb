#include "ddl/writers.h"

#include <string.h>

#include "ddl/setting.h"
#include "json/jx.h"
#include "model/ident.h"
#include "model/text.h"

/* ---- views ---- */

const char *ddl_write_view(const DdlScope *scope, bool replace)
{
    CLEANUP(buffer_free) Buffer out = {0};
    bool materialized = jx_bool(scope->object, "materialized");
    const char *definition = ddl_string(scope, "definition");
    size_t length = strlen(definition), index = 0;
    json_t *column = NULL;

    while (length > 0 && (definition[length - 1] == ';' || definition[length - 1] == '\n'))
        length--;
    buffer_text(&out, replace ? "CREATE OR REPLACE " : "CREATE ");
    ddl_expand_to(&out, scope, materialized ? "MATERIALIZED VIEW {id}" : "VIEW {id}");
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
    ddl_expand_to(&out, scope,
                  "[ USING {access_method:i}][ WITH ({options:o})][ TABLESPACE "
                  "{tablespace:i}] AS\n");
    buffer_add(&out, definition, length);
    return ddl_text(scope->arena, &out);
}

const char *writer_view(const DdlScope *scope)
{
    return ddl_write_view(scope, false);
}

/* ---- functions ---- */

bool ddl_has_standard_body(const DdlScope *scope)
{
    return strcmp(ddl_string(scope, "language"), "sql") == 0 &&
           text_is_statement(ddl_string(scope, "body"));
}

DdlForm ddl_function_form(const DdlScope *scope)
{
    return ddl_has_standard_body(scope) ? DDL_PLAIN : DDL_FUNCTION;
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
        if (strcmp(ddl_string(scope, attributes[i].member), attributes[i].value) == 0)
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
    bool low = strcmp(ddl_string(scope, "language"), "c") == 0 ||
               strcmp(ddl_string(scope, "language"), "internal") == 0;

    if (strcmp(ddl_string(scope, "cost"), low ? "1" : "100") != 0)
        ddl_expand_to(out, scope, "[ COST {cost}]");
    if (jx_int(scope->object, "rows", 1000) != 1000)
        ddl_expand_to(out, scope, " ROWS {rows}");
    ddl_expand_to(out, scope, "[ SUPPORT {support}]");
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

static bool is_procedure(const DdlScope *scope)
{
    return strcmp(ddl_string(scope, "kind"), "procedure") == 0;
}

static void add_head(Buffer *out, const DdlScope *scope, bool replace)
{
    buffer_text(out, replace ? "CREATE OR REPLACE " : "CREATE ");
    buffer_text(out, is_procedure(scope) ? "PROCEDURE" : "FUNCTION");
    ddl_expand_to(out, scope, " {schema:i}.{name:i}({arguments})");
    if (!is_procedure(scope))
        ddl_expand_to(out, scope, "[\n    RETURNS {returns}]");
    ddl_expand_to(out, scope, "\n    LANGUAGE {language:i}");
}

const char *ddl_write_function_shell(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};

    add_head(&out, scope, false);
    buffer_text(&out, "\n    AS ''");
    return ddl_text(scope->arena, &out);
}

const char *ddl_write_function(const DdlScope *scope, bool replace)
{
    CLEANUP(buffer_free) Buffer out = {0};
    bool procedure = is_procedure(scope);
    size_t index = 0;
    json_t *item = NULL;

    add_head(&out, scope, replace);
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
    if (ddl_has_standard_body(scope))
        ddl_expand_to(&out, scope, "\n{body}");
    else if (ddl_has(scope, "library"))
        ddl_expand_to(&out, scope, "\n    AS {library:l}, {body:l}");
    else {
        buffer_text(&out, "\n    AS ");
        buffer_text(&out, ddl_dollar_quoted(scope->arena, ddl_string(scope, "body")));
    }
    return ddl_text(scope->arena, &out);
}

/* ---- aggregates ---- */

static const char *aggregate_text(const DdlScope *scope)
{
    CLEANUP(buffer_free) Buffer out = {0};
    static const char *const modify[][2] = {
        {"aggregate_final_modify", ", FINALFUNC_MODIFY = "},
        {"aggregate_moving_final_modify", ", MFINALFUNC_MODIFY = "}};
    bool ordered = ddl_has(scope, "aggregate_kind");
    bool none = json_array_size(json_object_get(scope->object, "argument_types")) == 0;

    ddl_expand_to(&out, scope,
                  none ? "CREATE AGGREGATE {schema:i}.{name:i}(*)"
                       : "CREATE AGGREGATE {schema:i}.{name:i}({arguments})");
    ddl_expand_to(
        &out, scope,
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
        const char *letter = ddl_string(scope, modify[i][0]);
        const char *usual = ordered ? "w" : "r"; /* read write, read only */
        if (*letter && strcmp(letter, usual) != 0) {
            buffer_text(&out, modify[i][1]);
            buffer_text(&out, *letter == 'r'   ? "READ_ONLY"
                              : *letter == 's' ? "SHAREABLE"
                                               : "READ_WRITE");
        }
    }
    if (ddl_has(scope, "aggregate_sort_operator")) {
        const char *sort = ddl_string(scope, "aggregate_sort_operator");
        buffer_text(&out, arena_printf(scope->arena, ", SORTOP = OPERATOR(%s%.*s)",
                                       strchr(sort, '.') ? "" : "pg_catalog.",
                                       (int)strcspn(sort, "("), sort));
    }
    if (strcmp(ddl_string(scope, "parallel"), "unsafe") != 0)
        buffer_text(&out, strcmp(ddl_string(scope, "parallel"), "safe") == 0
                              ? ", PARALLEL = SAFE"
                              : ", PARALLEL = RESTRICTED");
    if (strcmp(ddl_string(scope, "aggregate_kind"), "h") == 0)
        buffer_text(&out, ", HYPOTHETICAL");
    buffer_char(&out, ')');
    return ddl_text(scope->arena, &out);
}

const char *writer_function(const DdlScope *scope)
{
    return strcmp(ddl_string(scope, "kind"), "aggregate") == 0 ? aggregate_text(scope)
                                                               : ddl_write_function(scope, false);
}
