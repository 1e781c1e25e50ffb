#include "replay/deparse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "replay/deparse_parts.h"
#include "replay/names.h"
#include "replay/types.h"

/* ---- constants, columns ---- */

/* An enum's label after the renames it went through; of an array of them, each. */
static const char *label_now(Deparse *deparse, Oid oid, const char *text)
{
    const Type *type = catalog_type_own(deparse->catalog, oid);
    Oid element = type && type->category == 'A' ? type->element : 0;

    if (element)
        type = catalog_type_own(deparse->catalog, element);
    for (size_t i = 0; type && i + 1 < type->renames.count; i += 2) {
        const char *old = type->renames.items[i];
        const char *now = type->renames.items[i + 1];
        size_t length = strlen(old);
        const char *at = text;

        if (!element) {
            text = strcmp(text, old) == 0 ? now : text;
            continue;
        }
        while ((at = strstr(at, old))) {
            if (strchr("{,\"", at > text ? at[-1] : 'x') && strchr("},\"", at[length])) {
                const char *start = arena_strndup(deparse->arena, text, (size_t)(at - text));

                text = arena_printf(deparse->arena, "%s%s%s", start, now, at + length);
                at = text + strlen(start) + strlen(now);
            } else {
                at += length;
            }
        }
    }
    return text;
}

static void const_text(Deparse *deparse, const Expr *expr, int show_type)
{
    Oid oid = expr->type.oid;
    const char *text = expr->text ? expr->text : "";
    bool label = false;

    if (expr->null) {
        deparse_put(deparse, "NULL");
        if (show_type >= 0) {
            deparse_put(deparse, "::");
            deparse_type(deparse,
                         expr->type.oid == UNKNOWNOID ? (TypeRef){UNKNOWNOID, -1} : expr->type);
        }
        return;
    }
    if (oid == INT4OID || oid == NUMERICOID) {
        bool plain =
            oid == INT4OID ? *text != '-' : isdigit((unsigned char)*text) && strpbrk(text, "eE.");

        deparse_put(deparse, plain ? text : names_literal(deparse->arena, text));
        label = !plain;
        if (oid == NUMERICOID)
            label |= expr->type.modifier >= 0;
    } else if (oid == BOOLOID) {
        deparse_put(deparse, text);
    } else {
        if (expr->relation)
            text = names_qualified(deparse->arena, expr->relation->schema, expr->relation->name);
        deparse_put(deparse, names_literal(deparse->arena, label_now(deparse, oid, text)));
        label = oid != UNKNOWNOID;
    }
    if (show_type >= 0 && (label || show_type > 0)) {
        deparse_put(deparse, "::");
        deparse_type(deparse, expr->type);
    }
}

const char *deparse_column_at(const RangeEntry *entry, size_t place)
{
    const RangeColumn *column;

    if (place < entry->using_names.count && entry->using_names.items[place])
        return entry->using_names.items[place];
    if (place < entry->alias_columns.count)
        return entry->alias_columns.items[place];
    column = entry->columns.items[place];
    return column->column ? column->column->name : column->name;
}

const char *deparse_column_name(const Expr *expr)
{
    return expr->place == SIZE_MAX ? expr->text : deparse_column_at(expr->entry, expr->place);
}

static const char *entry_name(const RangeEntry *entry)
{
    if (entry->base)
        return entry->alias ? entry->alias : entry->relation->name;
    return entry->shown;
}

/* Returns the name that the column has by itself. */
const char *deparse_column(Deparse *deparse, const Expr *expr)
{
    const char *name = deparse_column_name(expr);
    const char *prefix = entry_name(expr->entry);

    if (deparse->prefix && prefix) {
        deparse_name(deparse, prefix);
        deparse_put(deparse, ".");
    }
    deparse_name(deparse, name);
    return name;
}

void deparse_row(Deparse *deparse, const Expr *expr, bool top)
{
    if (entry_name(expr->entry)) {
        deparse_name(deparse, entry_name(expr->entry));
        deparse_put(deparse, ".");
    }
    deparse_put(deparse, "*");
    if (top) {
        deparse_put(deparse, "::");
        deparse_type(deparse, expr->type);
    }
}

/* ---- expressions ---- */

static void coercion_text(Deparse *deparse, const Expr *argument, TypeRef type)
{
    if (argument->kind == EXPR_CONST && argument->type.oid == type.oid &&
        argument->type.modifier == -1) {
        const_text(deparse, argument, -1);
    } else {
        deparse_put(deparse, "(");
        deparse_any(deparse, argument, false);
        deparse_put(deparse, ")");
    }
    deparse_put(deparse, "::");
    deparse_type(deparse, type);
}

static void list_text(Deparse *deparse, const Vec *args, size_t from, bool show_implicit)
{
    for (size_t i = from; i < args->count; i++) {
        if (i > from)
            deparse_put(deparse, ", ");
        deparse_any(deparse, args->items[i], show_implicit);
    }
}

static void operator_name(Deparse *deparse, const Expr *expr)
{
    const char *schema = expr->own ? expr->own->schema : expr->schema;

    if (schema && strcmp(schema, "pg_catalog") != 0) {
        deparse_put(deparse, "OPERATOR(");
        deparse_name(deparse, schema);
        deparse_put(deparse, ".");
        deparse_put(deparse, expr->text);
        deparse_put(deparse, ")");
    } else {
        deparse_put(deparse, expr->text);
    }
}

static void function_name(Deparse *deparse, const Expr *expr)
{
    const Proc *proc = expr->proc;

    if (!proc) {
        deparse_put(deparse, names_qualified(deparse->arena, expr->schema, expr->text));
    } else if (strcmp(proc->schema, "pg_catalog") == 0) {
        deparse_name(deparse, proc->name);
    } else {
        deparse_put(deparse, names_qualified(deparse->arena, proc->schema, proc->name));
    }
}

static void pair_text(Deparse *deparse, const Expr *expr, const char *first, size_t a,
                      const char *between, size_t b, const char *end)
{
    deparse_put(deparse, first);
    deparse_any(deparse, expr_arg(expr, a), false);
    deparse_put(deparse, between);
    deparse_any(deparse, expr_arg(expr, b), false);
    deparse_put(deparse, end);
}

/* get_func_sql_syntax(): false when the function is to be written as a call. */
static bool sql_text(Deparse *deparse, const Expr *expr)
{
    const char *name = expr->proc ? expr->proc->name : "";
    size_t count = expr->args.count;

    if (strcmp(name, "timezone") == 0 && count == 2) {
        pair_text(deparse, expr, "(", 1, " AT TIME ZONE ", 0, ")");
    } else if (strcmp(name, "extract") == 0 && count == 2 &&
               expr_arg(expr, 0)->kind == EXPR_CONST && expr_arg(expr, 0)->text) {
        deparse_put(deparse, "EXTRACT(");
        deparse_put(deparse, expr_arg(expr, 0)->text);
        deparse_put(deparse, " FROM ");
        deparse_any(deparse, expr_arg(expr, 1), false);
        deparse_put(deparse, ")");
    } else if (strcmp(name, "position") == 0 && count == 2) {
        pair_text(deparse, expr, "POSITION((", 1, ") IN (", 0, "))");
    } else if (strcmp(name, "substring") == 0 && count == 2 &&
               expr->proc->arguments[1] == TEXTOID) {
        return false; /* by a pattern */
    } else if (strcmp(name, "substring") == 0 && (count == 2 || count == 3)) {
        pair_text(deparse, expr, "SUBSTRING(", 0, " FROM ", 1, "");
        if (count == 3) {
            deparse_put(deparse, " FOR ");
            deparse_any(deparse, expr_arg(expr, 2), false);
        }
        deparse_put(deparse, ")");
    } else if (strcmp(name, "overlay") == 0 && count >= 3) {
        pair_text(deparse, expr, "OVERLAY(", 0, " PLACING ", 1, " FROM ");
        deparse_any(deparse, expr_arg(expr, 2), false);
        if (count == 4) {
            deparse_put(deparse, " FOR ");
            deparse_any(deparse, expr_arg(expr, 3), false);
        }
        deparse_put(deparse, ")");
    } else if ((strcmp(name, "btrim") == 0 || strcmp(name, "ltrim") == 0 ||
                strcmp(name, "rtrim") == 0) &&
               (count == 1 || count == 2)) {
        deparse_put(deparse, *name == 'b'   ? "TRIM(BOTH"
                             : *name == 'l' ? "TRIM(LEADING"
                                            : "TRIM(TRAILING");
        if (count == 2) {
            deparse_put(deparse, " ");
            deparse_any(deparse, expr_arg(expr, 1), false);
        }
        deparse_put(deparse, " FROM ");
        deparse_any(deparse, expr_arg(expr, 0), false);
        deparse_put(deparse, ")");
    } else if (strcmp(name, "normalize") == 0) {
        deparse_put(deparse, "NORMALIZE(");
        deparse_any(deparse, expr_arg(expr, 0), false);
        deparse_put(deparse, count == 2 ? ", " : "");
        deparse_put(deparse, count == 2 ? expr_arg(expr, 1)->text : "");
        deparse_put(deparse, ")");
    } else if (strcmp(name, "is_normalized") == 0) {
        deparse_put(deparse, "(");
        deparse_any(deparse, expr_arg(expr, 0), false);
        deparse_put(deparse, count == 2 ? " IS " : " IS");
        deparse_put(deparse, count == 2 ? expr_arg(expr, 1)->text : "");
        deparse_put(deparse, " NORMALIZED)");
    } else if (strcmp(name, "xmlexists") == 0 && count == 2) {
        pair_text(deparse, expr, "XMLEXISTS((", 0, ") PASSING (", 1, "))");
    } else if (strcmp(name, "overlaps") == 0 && count == 4) {
        pair_text(deparse, expr, "((", 0, ", ", 1, ") OVERLAPS (");
        pair_text(deparse, expr, "", 2, ", ", 3, "))");
    } else {
        return false;
    }
    return true;
}

void deparse_order(Deparse *deparse, const Vec *order, bool by_place);

static void filter_text(Deparse *deparse, const Expr *expr)
{
    if (expr->filter) {
        deparse_put(deparse, ") FILTER (WHERE ");
        deparse_any(deparse, expr->filter, false);
    }
}

static void arguments_text(Deparse *deparse, const Expr *expr)
{
    for (size_t i = 0; i < expr->args.count; i++) {
        if (i)
            deparse_put(deparse, ", ");
        if (expr->variadic && i + 1 == expr->args.count)
            deparse_put(deparse, "VARIADIC ");
        deparse_any(deparse, expr->args.items[i], true);
    }
}

static void aggregate_text(Deparse *deparse, const Expr *expr)
{
    function_name(deparse, expr);
    deparse_put(deparse, expr->distinct ? "(DISTINCT " : "(");
    if (expr->slice) {
        arguments_text(deparse, expr);
        deparse_put(deparse, ") WITHIN GROUP (ORDER BY ");
        deparse_order(deparse, &expr->order, false);
    } else {
        if (expr->star)
            deparse_put(deparse, "*");
        else
            arguments_text(deparse, expr);
        if (expr->order.count) {
            deparse_put(deparse, " ORDER BY ");
            deparse_order(deparse, &expr->order, false);
        }
    }
    filter_text(deparse, expr);
    deparse_put(deparse, ")");
}

void deparse_item(Deparse *deparse, const Expr *expr)
{
    bool call =
        expr->kind == EXPR_FUNCTION || expr->kind == EXPR_AGGREGATE || expr->kind == EXPR_WINDOW;

    if (expr->kind == EXPR_CONST) {
        const_text(deparse, expr, 1);
    } else {
        if (call)
            deparse_put(deparse, "(");
        deparse_any(deparse, expr, true);
        if (call)
            deparse_put(deparse, ")");
    }
}

void deparse_order(Deparse *deparse, const Vec *order, bool by_place)
{
    for (size_t i = 0; i < order->count; i++) {
        const Sort *sort = order->items[i];

        if (i)
            deparse_put(deparse, ", ");
        if (by_place && sort->target)
            deparse_put(deparse, arena_printf(deparse->arena, "%zu", sort->target));
        else
            deparse_item(deparse, sort->expr);
        if (sort->descending) {
            deparse_put(deparse, " DESC");
            if (!sort->nulls_first)
                deparse_put(deparse, " NULLS LAST");
        } else if (sort->nulls_first) {
            deparse_put(deparse, " NULLS FIRST");
        }
    }
}

static void frame_bound(Deparse *deparse, int frame, bool start, const Expr *offset)
{
    /* FRAMEOPTION_* of parsenodes.h: start bits are even places, end bits odd. */
    enum {
        START_UNBOUNDED_PRECEDING = 0x20,
        END_UNBOUNDED_PRECEDING = 0x40,
        START_UNBOUNDED_FOLLOWING = 0x80,
        END_UNBOUNDED_FOLLOWING = 0x100,
        START_CURRENT_ROW = 0x200,
        END_CURRENT_ROW = 0x400,
        START_OFFSET_PRECEDING = 0x800,
        END_OFFSET_PRECEDING = 0x1000,
        START_OFFSET_FOLLOWING = 0x2000,
        END_OFFSET_FOLLOWING = 0x4000
    };

    if (frame & (start ? START_UNBOUNDED_PRECEDING : END_UNBOUNDED_PRECEDING)) {
        deparse_put(deparse, "UNBOUNDED PRECEDING ");
    } else if (frame & (start ? START_UNBOUNDED_FOLLOWING : END_UNBOUNDED_FOLLOWING)) {
        deparse_put(deparse, "UNBOUNDED FOLLOWING ");
    } else if (frame & (start ? START_CURRENT_ROW : END_CURRENT_ROW)) {
        deparse_put(deparse, "CURRENT ROW ");
    } else if (offset) {
        deparse_any(deparse, offset, false);
        deparse_put(deparse, frame & (start ? START_OFFSET_PRECEDING : END_OFFSET_PRECEDING)
                                 ? " PRECEDING "
                                 : " FOLLOWING ");
    }
}

void deparse_window(Deparse *deparse, const Window *window)
{
    enum {
        NON_DEFAULT = 1,
        RANGE = 2,
        ROWS = 4,
        GROUPS = 8,
        BETWEEN = 0x10,
        EXCLUDE_CURRENT = 0x8000,
        EXCLUDE_GROUP = 0x10000,
        EXCLUDE_TIES = 0x20000
    };
    bool space = false;

    deparse_put(deparse, "(");
    if (window->refers) {
        deparse_name(deparse, window->refers);
        space = true;
    }
    if (window->partition.count) {
        deparse_put(deparse, space ? " PARTITION BY " : "PARTITION BY ");
        for (size_t i = 0; i < window->partition.count; i++) {
            if (i)
                deparse_put(deparse, ", ");
            deparse_item(deparse, window->partition.items[i]);
        }
        space = true;
    }
    if (window->order.count) {
        deparse_put(deparse, space ? " ORDER BY " : "ORDER BY ");
        deparse_order(deparse, &window->order, false);
        space = true;
    }
    if (window->frame & NON_DEFAULT) {
        if (space)
            deparse_put(deparse, " ");
        deparse_put(deparse, window->frame & RANGE  ? "RANGE "
                             : window->frame & ROWS ? "ROWS "
                                                    : "GROUPS ");
        if (window->frame & BETWEEN)
            deparse_put(deparse, "BETWEEN ");
        frame_bound(deparse, window->frame, true, window->start);
        if (window->frame & BETWEEN) {
            deparse_put(deparse, "AND ");
            frame_bound(deparse, window->frame, false, window->end);
        }
        if (window->frame & EXCLUDE_CURRENT)
            deparse_put(deparse, "EXCLUDE CURRENT ROW ");
        else if (window->frame & EXCLUDE_GROUP)
            deparse_put(deparse, "EXCLUDE GROUP ");
        else if (window->frame & EXCLUDE_TIES)
            deparse_put(deparse, "EXCLUDE TIES ");
        deparse->text->bytes[--deparse->text->length] = '\0';
    }
    deparse_put(deparse, ")");
}

static void sublink_text(Deparse *deparse, const Expr *expr)
{
    bool paren = true;

    deparse_put(deparse, expr->sublink == SUBLINK_ARRAY ? "ARRAY(" : "(");
    if (expr->args.count > 1) {
        deparse_put(deparse, "(");
        list_text(deparse, &expr->args, 0, true);
        deparse_put(deparse, ")");
    } else if (expr->args.count) {
        deparse_any(deparse, expr_arg(expr, 0), true);
    }
    switch (expr->sublink) {
    case SUBLINK_EXISTS:
        deparse_put(deparse, "EXISTS ");
        break;
    case SUBLINK_ANY:
        if (strcmp(expr->text, "=") == 0 && !expr->schema) {
            deparse_put(deparse, " IN ");
        } else {
            deparse_put(deparse, " ");
            operator_name(deparse, expr);
            deparse_put(deparse, " ANY ");
        }
        break;
    case SUBLINK_ALL:
        deparse_put(deparse, " ");
        operator_name(deparse, expr);
        deparse_put(deparse, " ALL ");
        break;
    case SUBLINK_EXPR:
    case SUBLINK_ARRAY:
        paren = false;
        break;
    }
    if (paren)
        deparse_put(deparse, "(");
    deparse_query(deparse, expr->query, deparse->names, NULL, false, false);
    deparse_put(deparse, paren ? "))" : ")");
}

static void case_text(Deparse *deparse, const Expr *expr)
{
    const Expr *argument = expr_arg(expr, 0);

    deparse_keyword(deparse, "CASE", 0, INDENT_VAR, 0);
    if (argument) {
        deparse_put(deparse, " ");
        deparse_any(deparse, argument, true);
    }
    for (size_t i = 1; i + 1 < expr->args.count; i += 2) {
        const Expr *when = expr_arg(expr, i);

        if (argument && when->kind == EXPR_OPERATOR && when->args.count == 2)
            when = expr_arg(when, 1);
        deparse_keyword(deparse, deparse->one_line ? " WHEN " : "WHEN ", 0, 0, 0);
        deparse_any(deparse, when, false);
        deparse_put(deparse, " THEN ");
        deparse_any(deparse, expr_arg(expr, i + 1), true);
    }
    deparse_keyword(deparse, deparse->one_line ? " ELSE " : "ELSE ", 0, 0, 0);
    deparse_any(deparse, expr_arg(expr, expr->args.count - 1), true);
    deparse_keyword(deparse, deparse->one_line ? " END" : "END", -INDENT_VAR, 0, 0);
}

static void subscript_text(Deparse *deparse, const Expr *expr)
{
    const Expr *base = expr_arg(expr, 0);
    bool paren = base->kind != EXPR_COLUMN && base->kind != EXPR_FIELD;

    if (paren)
        deparse_put(deparse, "(");
    deparse_any(deparse, base, true);
    if (paren)
        deparse_put(deparse, ")");
    for (size_t i = 1; i + 1 < expr->args.count; i += 2) {
        deparse_put(deparse, "[");
        if (expr->slice) {
            if (expr_arg(expr, i))
                deparse_any(deparse, expr_arg(expr, i), false);
            deparse_put(deparse, ":");
        }
        if (expr_arg(expr, i + 1))
            deparse_any(deparse, expr_arg(expr, i + 1), false);
        deparse_put(deparse, "]");
    }
}

static void joined_text(Deparse *deparse, const Expr *expr, const char *word)
{
    deparse_put(deparse, "(");
    for (size_t i = 0; i < expr->args.count; i++) {
        if (i)
            deparse_put(deparse, word);
        deparse_any(deparse, expr_arg(expr, i), false);
    }
    deparse_put(deparse, ")");
}

static void call_text(Deparse *deparse, const char *name, const Expr *expr)
{
    deparse_put(deparse, name);
    list_text(deparse, &expr->args, 0, true);
    deparse_put(deparse, ")");
}

static void function_text(Deparse *deparse, const Expr *expr, bool show_implicit)
{
    if (expr->form == FORM_IMPLICIT_CAST && !show_implicit) {
        deparse_any(deparse, expr_arg(expr, 0), false);
    } else if (expr->form == FORM_IMPLICIT_CAST || expr->form == FORM_EXPLICIT_CAST) {
        coercion_text(deparse, expr_arg(expr, 0), expr->type);
    } else if (expr->form != FORM_SQL || !sql_text(deparse, expr)) {
        function_name(deparse, expr);
        deparse_put(deparse, "(");
        arguments_text(deparse, expr);
        deparse_put(deparse, ")");
    }
}

static void one_text(Deparse *deparse, const Expr *expr, bool show_implicit)
{
    switch (expr->kind) {
    case EXPR_CONST:
        const_text(deparse, expr, 0);
        break;
    case EXPR_COLUMN:
        deparse_column(deparse, expr);
        break;
    case EXPR_ROW_OF:
        deparse_row(deparse, expr, false);
        break;
    case EXPR_PARAM:
        if (expr->args.count && deparse->prefix)
            deparse_put(deparse, "\"*VALUES*\".");
        deparse_put(deparse, expr->text);
        break;
    case EXPR_SQL_VALUE:
        deparse_put(deparse, expr->text);
        break;
    case EXPR_CASE_TEST:
        deparse_put(deparse, "CASE_TEST_EXPR");
        break;
    case EXPR_FUNCTION:
        function_text(deparse, expr, show_implicit);
        break;
    case EXPR_OPERATOR:
        deparse_put(deparse, "(");
        if (expr->args.count == 2) {
            deparse_any(deparse, expr_arg(expr, 0), true);
            deparse_put(deparse, " ");
        }
        operator_name(deparse, expr);
        deparse_put(deparse, " ");
        deparse_any(deparse, expr_arg(expr, expr->args.count - 1), true);
        deparse_put(deparse, ")");
        break;
    case EXPR_ANY_ALL:
        deparse_put(deparse, "(");
        deparse_any(deparse, expr_arg(expr, 0), true);
        deparse_put(deparse, " ");
        operator_name(deparse, expr);
        deparse_put(deparse, expr->all ? " ALL (" : " ANY (");
        deparse_any(deparse, expr_arg(expr, 1), true);
        /* A sub-select there would be read as rows: the server casts it to be an array. */
        if (expr_arg(expr, 1)->kind == EXPR_SUBLINK && expr_arg(expr, 1)->sublink == SUBLINK_EXPR) {
            deparse_put(deparse, "::");
            deparse_type(deparse, expr_arg(expr, 1)->type);
        }
        deparse_put(deparse, "))");
        break;
    case EXPR_AND:
        joined_text(deparse, expr, " AND ");
        break;
    case EXPR_OR:
        joined_text(deparse, expr, " OR ");
        break;
    case EXPR_NOT:
        deparse_put(deparse, "(NOT ");
        deparse_any(deparse, expr_arg(expr, 0), false);
        deparse_put(deparse, ")");
        break;
    case EXPR_SUBLINK:
        sublink_text(deparse, expr);
        break;
    case EXPR_RELABEL:
    case EXPR_TEXT_FORM:
    case EXPR_ARRAY_COERCE:
    case EXPR_TO_DOMAIN:
        if (expr->form == FORM_IMPLICIT_CAST && !show_implicit)
            deparse_any(deparse, expr_arg(expr, 0), false);
        else
            coercion_text(deparse, expr_arg(expr, 0), expr->type);
        break;
    case EXPR_CASE:
        case_text(deparse, expr);
        break;
    case EXPR_ARRAY:
        deparse_put(deparse, "ARRAY[");
        list_text(deparse, &expr->args, 0, true);
        deparse_put(deparse, "]");
        if (!expr->args.count) {
            deparse_put(deparse, "::");
            deparse_type(deparse, expr->type);
        }
        break;
    case EXPR_ROW:
        call_text(deparse, "ROW(", expr);
        if (expr->form == FORM_EXPLICIT_CAST) {
            deparse_put(deparse, "::");
            deparse_type(deparse, expr->type);
        }
        break;
    case EXPR_COALESCE:
        call_text(deparse, "COALESCE(", expr);
        break;
    case EXPR_GREATEST:
        call_text(deparse, "GREATEST(", expr);
        break;
    case EXPR_LEAST:
        call_text(deparse, "LEAST(", expr);
        break;
    case EXPR_GROUPING:
        call_text(deparse, "GROUPING(", expr);
        break;
    case EXPR_NULLIF:
        call_text(deparse, "NULLIF(", expr);
        break;
    case EXPR_NULL_TEST:
        deparse_put(deparse, "(");
        deparse_any(deparse, expr_arg(expr, 0), true);
        deparse_put(deparse, expr->negated ? " IS NOT NULL)" : " IS NULL)");
        break;
    case EXPR_BOOLEAN_TEST:
        deparse_put(deparse, "(");
        deparse_any(deparse, expr_arg(expr, 0), false);
        deparse_put(deparse, " ");
        deparse_put(deparse, expr->text);
        deparse_put(deparse, ")");
        break;
    case EXPR_DISTINCT:
        deparse_put(deparse, "(");
        deparse_any(deparse, expr_arg(expr, 0), true);
        deparse_put(deparse, " IS DISTINCT FROM ");
        deparse_any(deparse, expr_arg(expr, 1), true);
        deparse_put(deparse, ")");
        break;
    case EXPR_COLLATE:
        deparse_put(deparse, "(");
        deparse_any(deparse, expr_arg(expr, 0), show_implicit);
        deparse_put(deparse, " COLLATE ");
        deparse_put(deparse, expr->text);
        deparse_put(deparse, ")");
        break;
    case EXPR_AGGREGATE:
        aggregate_text(deparse, expr);
        break;
    case EXPR_WINDOW:
        function_name(deparse, expr);
        deparse_put(deparse, "(");
        if (expr->star)
            deparse_put(deparse, "*");
        else
            arguments_text(deparse, expr);
        filter_text(deparse, expr);
        deparse_put(deparse, ") OVER ");
        if (expr->over->by_name)
            deparse_name(deparse, expr->over->name);
        else
            deparse_window(deparse, expr->over);
        break;
    case EXPR_SUBSCRIPT:
        subscript_text(deparse, expr);
        break;
    case EXPR_FIELD: {
        const Expr *base = expr_arg(expr, 0);
        bool paren = base->kind != EXPR_SUBSCRIPT && base->kind != EXPR_FIELD;

        if (paren)
            deparse_put(deparse, "(");
        deparse_any(deparse, base, true);
        deparse_put(deparse, paren ? ")." : ".");
        deparse_name(deparse, expr->field ? expr->field->name : expr->text);
        break;
    }
    case EXPR_NAMED_ARGUMENT:
        deparse_name(deparse, expr->text);
        deparse_put(deparse, " => ");
        deparse_any(deparse, expr_arg(expr, 0), show_implicit);
        break;
    }
}

void deparse_any(Deparse *deparse, const Expr *expr, bool show_implicit)
{
    if (!expr || deparse->depth >= DEPTH_MAX) {
        deparse_put(deparse, "NULL");
        return;
    }
    deparse->depth++;
    one_text(deparse, expr, show_implicit);
    deparse->depth--;
}

/* ---- entry points ---- */

static const char *finish(const Text *text)
{
    return text->bytes ? text->bytes : "";
}

const char *deparse_expr(Catalog *catalog, const Expr *expr, const Relation *relation)
{
    Text text = {.arena = &catalog->arena};
    Names names = {0};
    Deparse deparse = {
        .catalog = catalog, .arena = &catalog->arena, .text = &text, .names = &names};

    if (relation)
        vec_add(&catalog->arena, &names.taken, relation->name);
    deparse_any(&deparse, expr, false);
    return finish(&text);
}

const char *deparse_on_one_line(Catalog *catalog, const Expr *expr)
{
    Text text = {.arena = &catalog->arena};
    Names names = {0};
    Deparse deparse = {.catalog = catalog,
                       .arena = &catalog->arena,
                       .text = &text,
                       .names = &names,
                       .one_line = true};

    deparse_any(&deparse, expr, false);
    return finish(&text);
}

const char *deparse_when(Catalog *catalog, const Expr *expr)
{
    Text text = {.arena = &catalog->arena};
    Names names = {0};
    Deparse deparse = {.catalog = catalog,
                       .arena = &catalog->arena,
                       .text = &text,
                       .names = &names,
                       .prefix = true};

    vec_add(&catalog->arena, &names.taken, "old");
    vec_add(&catalog->arena, &names.taken, "new");
    deparse_any(&deparse, expr, false);
    return finish(&text);
}

const char *deparse_view(Catalog *catalog, Query *query, const Vec *columns)
{
    Text text = {.arena = &catalog->arena};
    Deparse deparse = {.catalog = catalog, .arena = &catalog->arena, .text = &text};

    deparse_query(&deparse, query, NULL, columns, true, true);
    deparse_put(&deparse, ";");
    return finish(&text);
}

bool deparse_is_call(const Expr *expr)
{
    switch (expr->kind) {
    case EXPR_FUNCTION:
        return expr->form == FORM_CALL || expr->form == FORM_SQL;
    case EXPR_COALESCE:
    case EXPR_GREATEST:
    case EXPR_LEAST:
    case EXPR_NULLIF:
    case EXPR_SQL_VALUE:
        return true;
    default:
        return false;
    }
}
