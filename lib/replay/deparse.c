#include "replay/deparse.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay/names.h"
#include "replay/types.h"

/* Widths of the server's layout (ruleutils.c). */
enum { INDENT = 8, INDENT_JOIN = 4, INDENT_VAR = 4, INDENT_LIMIT = 40, DEPTH_MAX = 3000 };

typedef struct Names {
    const struct Names *parent;
    Vec taken; /* const char * */
} Names;

/* Text under way. It is looked back at (blanks cut off a line's end, lines measured), so it is no
 * stream. */
typedef struct Text {
    Arena *arena;
    char *bytes;
    size_t length;
    size_t capacity;
} Text;

typedef struct Deparse {
    Catalog *catalog;
    Arena *arena;
    Text *text;
    const Names *names;
    bool prefix;
    int indent;
    int depth;
    bool one_line;
} Deparse;

static void put_bytes(Text *text, const char *bytes, size_t length)
{
    if (text->length + length + 1 > text->capacity) {
        size_t capacity = 2 * text->capacity + length + 64;
        char *larger = arena_alloc(text->arena, capacity);

        if (text->length)
            memcpy(larger, text->bytes, text->length);
        text->bytes = larger;
        text->capacity = capacity;
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

static void put(Deparse *deparse, const char *string)
{
    put_bytes(deparse->text, string, strlen(string));
}

static void put_name(Deparse *deparse, const char *name)
{
    put(deparse, names_quote(deparse->arena, name));
}

static void put_type(Deparse *deparse, TypeRef type)
{
    put(deparse, types_format(deparse->catalog, type));
}

static void cut_blanks(Text *text)
{
    while (text->length && text->bytes[text->length - 1] == ' ')
        text->bytes[--text->length] = '\0';
}

/* appendContextKeyword() */
static void keyword(Deparse *deparse, const char *word, int before, int after, int plus)
{
    int amount;

    if (deparse->one_line) {
        put(deparse, word);
        return;
    }
    deparse->indent += before;
    cut_blanks(deparse->text);
    put(deparse, "\n");
    if (deparse->indent < INDENT_LIMIT)
        amount = (deparse->indent > 0 ? deparse->indent : 0) + plus;
    else
        amount =
            (INDENT_LIMIT + (deparse->indent - INDENT_LIMIT) / (INDENT / 2)) % INDENT_LIMIT + plus;
    for (int i = 0; i < amount; i++)
        put(deparse, " ");
    put(deparse, word);
    deparse->indent += after;
    if (deparse->indent < 0)
        deparse->indent = 0;
}

static void query_text(Deparse *deparse, Query *query, const Names *names, const Vec *columns,
                       bool visible, bool rule);
static void expr_text(Deparse *deparse, const Expr *expr, bool show_implicit);

/* A part made aside, as the server measures it before it goes in. */
static Text *aside_begin(Deparse *deparse, Text *aside)
{
    Text *saved = deparse->text;

    deparse->text = aside;
    return saved;
}

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
        put(deparse, "NULL");
        if (show_type >= 0) {
            put(deparse, "::");
            put_type(deparse,
                     expr->type.oid == UNKNOWNOID ? (TypeRef){UNKNOWNOID, -1} : expr->type);
        }
        return;
    }
    if (oid == INT4OID || oid == NUMERICOID) {
        bool plain =
            oid == INT4OID ? *text != '-' : isdigit((unsigned char)*text) && strpbrk(text, "eE.");

        put(deparse, plain ? text : names_literal(deparse->arena, text));
        label = !plain;
        if (oid == NUMERICOID)
            label |= expr->type.modifier >= 0;
    } else if (oid == BOOLOID) {
        put(deparse, text);
    } else {
        if (expr->relation)
            text = names_qualified(deparse->arena, expr->relation->schema, expr->relation->name);
        put(deparse, names_literal(deparse->arena, label_now(deparse, oid, text)));
        label = oid != UNKNOWNOID;
    }
    if (show_type >= 0 && (label || show_type > 0)) {
        put(deparse, "::");
        put_type(deparse, expr->type);
    }
}

static const char *column_at(const RangeEntry *entry, size_t place)
{
    const RangeColumn *column;

    if (place < entry->using_names.count && entry->using_names.items[place])
        return entry->using_names.items[place];
    if (place < entry->alias_columns.count)
        return entry->alias_columns.items[place];
    column = entry->columns.items[place];
    return column->column ? column->column->name : column->name;
}

static const char *column_name(const Expr *expr)
{
    return expr->place == SIZE_MAX ? expr->text : column_at(expr->entry, expr->place);
}

static const char *entry_name(const RangeEntry *entry)
{
    if (entry->base)
        return entry->alias ? entry->alias : entry->relation->name;
    return entry->shown;
}

/* Returns the name that the column has by itself. */
static const char *column_text(Deparse *deparse, const Expr *expr)
{
    const char *name = column_name(expr);
    const char *prefix = entry_name(expr->entry);

    if (deparse->prefix && prefix) {
        put_name(deparse, prefix);
        put(deparse, ".");
    }
    put_name(deparse, name);
    return name;
}

static void row_text(Deparse *deparse, const Expr *expr, bool top)
{
    if (entry_name(expr->entry)) {
        put_name(deparse, entry_name(expr->entry));
        put(deparse, ".");
    }
    put(deparse, "*");
    if (top) {
        put(deparse, "::");
        put_type(deparse, expr->type);
    }
}

/* ---- expressions ---- */

static void coercion_text(Deparse *deparse, const Expr *argument, TypeRef type)
{
    if (argument->kind == EXPR_CONST && argument->type.oid == type.oid &&
        argument->type.modifier == -1) {
        const_text(deparse, argument, -1);
    } else {
        put(deparse, "(");
        expr_text(deparse, argument, false);
        put(deparse, ")");
    }
    put(deparse, "::");
    put_type(deparse, type);
}

static void list_text(Deparse *deparse, const Vec *args, size_t from, bool show_implicit)
{
    for (size_t i = from; i < args->count; i++) {
        if (i > from)
            put(deparse, ", ");
        expr_text(deparse, args->items[i], show_implicit);
    }
}

static void operator_name(Deparse *deparse, const Expr *expr)
{
    if (expr->schema && strcmp(expr->schema, "pg_catalog") != 0) {
        put(deparse, "OPERATOR(");
        put_name(deparse, expr->schema);
        put(deparse, ".");
        put(deparse, expr->text);
        put(deparse, ")");
    } else {
        put(deparse, expr->text);
    }
}

static void function_name(Deparse *deparse, const Expr *expr)
{
    const Proc *proc = expr->proc;

    if (!proc) {
        put(deparse, names_qualified(deparse->arena, expr->schema, expr->text));
    } else if (strcmp(proc->schema, "pg_catalog") == 0) {
        put_name(deparse, proc->name);
    } else {
        put(deparse, names_qualified(deparse->arena, proc->schema, proc->name));
    }
}

static void pair_text(Deparse *deparse, const Expr *expr, const char *first, size_t a,
                      const char *between, size_t b, const char *end)
{
    put(deparse, first);
    expr_text(deparse, expr_arg(expr, a), false);
    put(deparse, between);
    expr_text(deparse, expr_arg(expr, b), false);
    put(deparse, end);
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
        put(deparse, "EXTRACT(");
        put(deparse, expr_arg(expr, 0)->text);
        put(deparse, " FROM ");
        expr_text(deparse, expr_arg(expr, 1), false);
        put(deparse, ")");
    } else if (strcmp(name, "position") == 0 && count == 2) {
        pair_text(deparse, expr, "POSITION((", 1, ") IN (", 0, "))");
    } else if (strcmp(name, "substring") == 0 && (count == 2 || count == 3)) {
        pair_text(deparse, expr, "SUBSTRING(", 0, " FROM ", 1, "");
        if (count == 3) {
            put(deparse, " FOR ");
            expr_text(deparse, expr_arg(expr, 2), false);
        }
        put(deparse, ")");
    } else if (strcmp(name, "overlay") == 0 && count >= 3) {
        pair_text(deparse, expr, "OVERLAY(", 0, " PLACING ", 1, " FROM ");
        expr_text(deparse, expr_arg(expr, 2), false);
        if (count == 4) {
            put(deparse, " FOR ");
            expr_text(deparse, expr_arg(expr, 3), false);
        }
        put(deparse, ")");
    } else if ((strcmp(name, "btrim") == 0 || strcmp(name, "ltrim") == 0 ||
                strcmp(name, "rtrim") == 0) &&
               (count == 1 || count == 2)) {
        put(deparse, *name == 'b' ? "TRIM(BOTH" : *name == 'l' ? "TRIM(LEADING" : "TRIM(TRAILING");
        if (count == 2) {
            put(deparse, " ");
            expr_text(deparse, expr_arg(expr, 1), false);
        }
        put(deparse, " FROM ");
        expr_text(deparse, expr_arg(expr, 0), false);
        put(deparse, ")");
    } else if (strcmp(name, "overlaps") == 0 && count == 4) {
        pair_text(deparse, expr, "((", 0, ", ", 1, ") OVERLAPS (");
        pair_text(deparse, expr, "", 2, ", ", 3, "))");
    } else {
        return false;
    }
    return true;
}

static void order_text(Deparse *deparse, const Vec *order, bool by_place);

static void filter_text(Deparse *deparse, const Expr *expr)
{
    if (expr->filter) {
        put(deparse, ") FILTER (WHERE ");
        expr_text(deparse, expr->filter, false);
    }
}

static void arguments_text(Deparse *deparse, const Expr *expr)
{
    for (size_t i = 0; i < expr->args.count; i++) {
        if (i)
            put(deparse, ", ");
        if (expr->variadic && i + 1 == expr->args.count)
            put(deparse, "VARIADIC ");
        expr_text(deparse, expr->args.items[i], true);
    }
}

static void aggregate_text(Deparse *deparse, const Expr *expr)
{
    function_name(deparse, expr);
    put(deparse, expr->distinct ? "(DISTINCT " : "(");
    if (expr->slice) {
        arguments_text(deparse, expr);
        put(deparse, ") WITHIN GROUP (ORDER BY ");
        order_text(deparse, &expr->order, false);
    } else {
        if (expr->star)
            put(deparse, "*");
        else
            arguments_text(deparse, expr);
        if (expr->order.count) {
            put(deparse, " ORDER BY ");
            order_text(deparse, &expr->order, false);
        }
    }
    filter_text(deparse, expr);
    put(deparse, ")");
}

static void item_text(Deparse *deparse, const Expr *expr)
{
    bool call =
        expr->kind == EXPR_FUNCTION || expr->kind == EXPR_AGGREGATE || expr->kind == EXPR_WINDOW;

    if (expr->kind == EXPR_CONST) {
        const_text(deparse, expr, 1);
    } else {
        if (call)
            put(deparse, "(");
        expr_text(deparse, expr, true);
        if (call)
            put(deparse, ")");
    }
}

static void order_text(Deparse *deparse, const Vec *order, bool by_place)
{
    for (size_t i = 0; i < order->count; i++) {
        const Sort *sort = order->items[i];

        if (i)
            put(deparse, ", ");
        if (by_place && sort->target)
            put(deparse, arena_printf(deparse->arena, "%zu", sort->target));
        else
            item_text(deparse, sort->expr);
        if (sort->descending) {
            put(deparse, " DESC");
            if (!sort->nulls_first)
                put(deparse, " NULLS LAST");
        } else if (sort->nulls_first) {
            put(deparse, " NULLS FIRST");
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
        put(deparse, "UNBOUNDED PRECEDING ");
    } else if (frame & (start ? START_UNBOUNDED_FOLLOWING : END_UNBOUNDED_FOLLOWING)) {
        put(deparse, "UNBOUNDED FOLLOWING ");
    } else if (frame & (start ? START_CURRENT_ROW : END_CURRENT_ROW)) {
        put(deparse, "CURRENT ROW ");
    } else if (offset) {
        expr_text(deparse, offset, false);
        put(deparse, frame & (start ? START_OFFSET_PRECEDING : END_OFFSET_PRECEDING)
                         ? " PRECEDING "
                         : " FOLLOWING ");
    }
}

static void window_text(Deparse *deparse, const Window *window)
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

    put(deparse, "(");
    if (window->refers) {
        put_name(deparse, window->refers);
        space = true;
    }
    if (window->partition.count) {
        put(deparse, space ? " PARTITION BY " : "PARTITION BY ");
        for (size_t i = 0; i < window->partition.count; i++) {
            if (i)
                put(deparse, ", ");
            item_text(deparse, window->partition.items[i]);
        }
        space = true;
    }
    if (window->order.count) {
        put(deparse, space ? " ORDER BY " : "ORDER BY ");
        order_text(deparse, &window->order, false);
        space = true;
    }
    if (window->frame & NON_DEFAULT) {
        if (space)
            put(deparse, " ");
        put(deparse, window->frame & RANGE ? "RANGE " : window->frame & ROWS ? "ROWS " : "GROUPS ");
        if (window->frame & BETWEEN)
            put(deparse, "BETWEEN ");
        frame_bound(deparse, window->frame, true, window->start);
        if (window->frame & BETWEEN) {
            put(deparse, "AND ");
            frame_bound(deparse, window->frame, false, window->end);
        }
        if (window->frame & EXCLUDE_CURRENT)
            put(deparse, "EXCLUDE CURRENT ROW ");
        else if (window->frame & EXCLUDE_GROUP)
            put(deparse, "EXCLUDE GROUP ");
        else if (window->frame & EXCLUDE_TIES)
            put(deparse, "EXCLUDE TIES ");
        deparse->text->bytes[--deparse->text->length] = '\0';
    }
    put(deparse, ")");
}

static void sublink_text(Deparse *deparse, const Expr *expr)
{
    bool paren = true;

    put(deparse, expr->sublink == SUBLINK_ARRAY ? "ARRAY(" : "(");
    if (expr->args.count > 1) {
        put(deparse, "(");
        list_text(deparse, &expr->args, 0, true);
        put(deparse, ")");
    } else if (expr->args.count) {
        expr_text(deparse, expr_arg(expr, 0), true);
    }
    switch (expr->sublink) {
    case SUBLINK_EXISTS:
        put(deparse, "EXISTS ");
        break;
    case SUBLINK_ANY:
        if (strcmp(expr->text, "=") == 0 && !expr->schema) {
            put(deparse, " IN ");
        } else {
            put(deparse, " ");
            operator_name(deparse, expr);
            put(deparse, " ANY ");
        }
        break;
    case SUBLINK_ALL:
        put(deparse, " ");
        operator_name(deparse, expr);
        put(deparse, " ALL ");
        break;
    case SUBLINK_EXPR:
    case SUBLINK_ARRAY:
        paren = false;
        break;
    }
    if (paren)
        put(deparse, "(");
    query_text(deparse, expr->query, deparse->names, NULL, false, false);
    put(deparse, paren ? "))" : ")");
}

static void case_text(Deparse *deparse, const Expr *expr)
{
    const Expr *argument = expr_arg(expr, 0);

    keyword(deparse, "CASE", 0, INDENT_VAR, 0);
    if (argument) {
        put(deparse, " ");
        expr_text(deparse, argument, true);
    }
    for (size_t i = 1; i + 1 < expr->args.count; i += 2) {
        const Expr *when = expr_arg(expr, i);

        if (argument && when->kind == EXPR_OPERATOR && when->args.count == 2)
            when = expr_arg(when, 1);
        keyword(deparse, deparse->one_line ? " WHEN " : "WHEN ", 0, 0, 0);
        expr_text(deparse, when, false);
        put(deparse, " THEN ");
        expr_text(deparse, expr_arg(expr, i + 1), true);
    }
    keyword(deparse, deparse->one_line ? " ELSE " : "ELSE ", 0, 0, 0);
    expr_text(deparse, expr_arg(expr, expr->args.count - 1), true);
    keyword(deparse, deparse->one_line ? " END" : "END", -INDENT_VAR, 0, 0);
}

static void subscript_text(Deparse *deparse, const Expr *expr)
{
    const Expr *base = expr_arg(expr, 0);
    bool paren = base->kind != EXPR_COLUMN && base->kind != EXPR_FIELD;

    if (paren)
        put(deparse, "(");
    expr_text(deparse, base, true);
    if (paren)
        put(deparse, ")");
    for (size_t i = 1; i + 1 < expr->args.count; i += 2) {
        put(deparse, "[");
        if (expr->slice) {
            if (expr_arg(expr, i))
                expr_text(deparse, expr_arg(expr, i), false);
            put(deparse, ":");
        }
        if (expr_arg(expr, i + 1))
            expr_text(deparse, expr_arg(expr, i + 1), false);
        put(deparse, "]");
    }
}

static void joined_text(Deparse *deparse, const Expr *expr, const char *word)
{
    put(deparse, "(");
    for (size_t i = 0; i < expr->args.count; i++) {
        if (i)
            put(deparse, word);
        expr_text(deparse, expr_arg(expr, i), false);
    }
    put(deparse, ")");
}

static void call_text(Deparse *deparse, const char *name, const Expr *expr)
{
    put(deparse, name);
    list_text(deparse, &expr->args, 0, true);
    put(deparse, ")");
}

static void function_text(Deparse *deparse, const Expr *expr, bool show_implicit)
{
    if (expr->form == FORM_IMPLICIT_CAST && !show_implicit) {
        expr_text(deparse, expr_arg(expr, 0), false);
    } else if (expr->form == FORM_IMPLICIT_CAST || expr->form == FORM_EXPLICIT_CAST) {
        coercion_text(deparse, expr_arg(expr, 0), expr->type);
    } else if (expr->form != FORM_SQL || !sql_text(deparse, expr)) {
        function_name(deparse, expr);
        put(deparse, "(");
        arguments_text(deparse, expr);
        put(deparse, ")");
    }
}

static void one_text(Deparse *deparse, const Expr *expr, bool show_implicit)
{
    switch (expr->kind) {
    case EXPR_CONST:
        const_text(deparse, expr, 0);
        break;
    case EXPR_COLUMN:
        column_text(deparse, expr);
        break;
    case EXPR_ROW_OF:
        row_text(deparse, expr, false);
        break;
    case EXPR_PARAM:
    case EXPR_SQL_VALUE:
        put(deparse, expr->text);
        break;
    case EXPR_CASE_TEST:
        put(deparse, "CASE_TEST_EXPR");
        break;
    case EXPR_FUNCTION:
        function_text(deparse, expr, show_implicit);
        break;
    case EXPR_OPERATOR:
        put(deparse, "(");
        if (expr->args.count == 2) {
            expr_text(deparse, expr_arg(expr, 0), true);
            put(deparse, " ");
        }
        operator_name(deparse, expr);
        put(deparse, " ");
        expr_text(deparse, expr_arg(expr, expr->args.count - 1), true);
        put(deparse, ")");
        break;
    case EXPR_ANY_ALL:
        put(deparse, "(");
        expr_text(deparse, expr_arg(expr, 0), true);
        put(deparse, " ");
        operator_name(deparse, expr);
        put(deparse, expr->all ? " ALL (" : " ANY (");
        expr_text(deparse, expr_arg(expr, 1), true);
        /* A sub-select there would be read as rows: the server casts it to be an array. */
        if (expr_arg(expr, 1)->kind == EXPR_SUBLINK && expr_arg(expr, 1)->sublink == SUBLINK_EXPR) {
            put(deparse, "::");
            put_type(deparse, expr_arg(expr, 1)->type);
        }
        put(deparse, "))");
        break;
    case EXPR_AND:
        joined_text(deparse, expr, " AND ");
        break;
    case EXPR_OR:
        joined_text(deparse, expr, " OR ");
        break;
    case EXPR_NOT:
        put(deparse, "(NOT ");
        expr_text(deparse, expr_arg(expr, 0), false);
        put(deparse, ")");
        break;
    case EXPR_SUBLINK:
        sublink_text(deparse, expr);
        break;
    case EXPR_RELABEL:
    case EXPR_TEXT_FORM:
    case EXPR_ARRAY_COERCE:
    case EXPR_TO_DOMAIN:
        if (expr->form == FORM_IMPLICIT_CAST && !show_implicit)
            expr_text(deparse, expr_arg(expr, 0), false);
        else
            coercion_text(deparse, expr_arg(expr, 0), expr->type);
        break;
    case EXPR_CASE:
        case_text(deparse, expr);
        break;
    case EXPR_ARRAY:
        put(deparse, "ARRAY[");
        list_text(deparse, &expr->args, 0, true);
        put(deparse, "]");
        if (!expr->args.count) {
            put(deparse, "::");
            put_type(deparse, expr->type);
        }
        break;
    case EXPR_ROW:
        call_text(deparse, "ROW(", expr);
        if (expr->form == FORM_EXPLICIT_CAST) {
            put(deparse, "::");
            put_type(deparse, expr->type);
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
        put(deparse, "(");
        expr_text(deparse, expr_arg(expr, 0), true);
        put(deparse, expr->negated ? " IS NOT NULL)" : " IS NULL)");
        break;
    case EXPR_BOOLEAN_TEST:
        put(deparse, "(");
        expr_text(deparse, expr_arg(expr, 0), false);
        put(deparse, " ");
        put(deparse, expr->text);
        put(deparse, ")");
        break;
    case EXPR_DISTINCT:
        put(deparse, "(");
        expr_text(deparse, expr_arg(expr, 0), true);
        put(deparse, " IS DISTINCT FROM ");
        expr_text(deparse, expr_arg(expr, 1), true);
        put(deparse, ")");
        break;
    case EXPR_COLLATE:
        put(deparse, "(");
        expr_text(deparse, expr_arg(expr, 0), show_implicit);
        put(deparse, " COLLATE ");
        put(deparse, expr->text);
        put(deparse, ")");
        break;
    case EXPR_AGGREGATE:
        aggregate_text(deparse, expr);
        break;
    case EXPR_WINDOW:
        function_name(deparse, expr);
        put(deparse, "(");
        if (expr->star)
            put(deparse, "*");
        else
            arguments_text(deparse, expr);
        filter_text(deparse, expr);
        put(deparse, ") OVER ");
        if (expr->over->by_name)
            put_name(deparse, expr->over->name);
        else
            window_text(deparse, expr->over);
        break;
    case EXPR_SUBSCRIPT:
        subscript_text(deparse, expr);
        break;
    case EXPR_FIELD: {
        const Expr *base = expr_arg(expr, 0);
        bool paren = base->kind != EXPR_SUBSCRIPT && base->kind != EXPR_FIELD;

        if (paren)
            put(deparse, "(");
        expr_text(deparse, base, true);
        put(deparse, paren ? ")." : ".");
        put_name(deparse, expr->text);
        break;
    }
    case EXPR_NAMED_ARGUMENT:
        put_name(deparse, expr->text);
        put(deparse, " => ");
        expr_text(deparse, expr_arg(expr, 0), show_implicit);
        break;
    }
}

static void expr_text(Deparse *deparse, const Expr *expr, bool show_implicit)
{
    if (!expr || deparse->depth >= DEPTH_MAX) {
        put(deparse, "NULL");
        return;
    }
    deparse->depth++;
    one_text(deparse, expr, show_implicit);
    deparse->depth--;
}

/* ---- queries ---- */

static bool is_taken(const Names *names, const char *name)
{
    for (; names; names = names->parent) {
        if (vec_has_text(&names->taken, name))
            return true;
    }
    return false;
}

/* set_using_names(): the two columns go by the name that the clause has, whatever they are called
 * now. */
static void name_using(Deparse *deparse, const FromItem *item)
{
    if (item->entry)
        return;
    name_using(deparse, item->left);
    name_using(deparse, item->right);
    for (size_t i = 0; i < item->merged.count; i++) {
        const Expr *expr = item->merged.items[i];
        const char *name = item->using_columns.items[i / 2];
        Vec *names = &expr->entry->using_names;

        if (expr->kind != EXPR_COLUMN || expr->place >= expr->entry->columns.count ||
            strcmp(column_name(expr), name) == 0)
            continue;
        while (names->count < expr->entry->columns.count)
            vec_add(deparse->arena, names, NULL);
        names->items[expr->place] = (void *)(uintptr_t)name;
    }
}

/* set_rtable_names() */
static void name_entries(Deparse *deparse, const Query *query, Names *names)
{
    for (size_t i = 0; i < query->range.count; i++) {
        RangeEntry *entry = query->range.items[i];
        const char *name = entry->alias;

        if (!name && entry->kind == RANGE_RELATION)
            name = entry->relation->name;
        else if (!name)
            name = entry->name;
        if (name && is_taken(names, name)) {
            const char *base = name;

            for (int number = 1; is_taken(names, name); number++) {
                const char *suffix = arena_printf(deparse->arena, "%d", number);
                size_t room = NAMES_LENGTH_MAX - strlen(suffix) - 1;

                name = arena_printf(deparse->arena, "%.*s_%s", (int)room, base, suffix);
            }
        }
        entry->shown = name;
        entry->using_names = (Vec){0};
        if (name)
            vec_add(deparse->arena, &names->taken, name);
    }
    for (size_t i = 0; i < query->from.count; i++)
        name_using(deparse, query->from.items[i]);
}

static size_t last_line(const Text *text)
{
    const char *line = text->length ? strrchr(text->bytes, '\n') : NULL;

    return line ? strlen(line + 1) : text->length;
}

static void targets_text(Deparse *deparse, const Query *query, const Vec *columns, bool visible)
{
    bool multiline = false;

    for (size_t i = 0; i < query->targets.count; i++) {
        const Target *target = query->targets.items[i];
        const char *name = columns && i < columns->count ? columns->items[i] : target->name;
        const char *own = NULL;
        Text aside = {.arena = deparse->arena};
        Text *saved = NULL;
        bool leading;

        put(deparse, i ? ", " : " ");
        saved = aside_begin(deparse, &aside);
        if (target->expr->kind == EXPR_COLUMN) {
            own = column_text(deparse, target->expr);
        } else if (target->expr->kind == EXPR_ROW_OF) {
            row_text(deparse, target->expr, true);
        } else {
            expr_text(deparse, target->expr, true);
            own = visible ? NULL : "?column?";
        }
        if (name && (!own || strcmp(own, name) != 0)) {
            put(deparse, " AS ");
            put_name(deparse, name);
        }
        deparse->text = saved;
        leading = aside.length && aside.bytes[0] == '\n';
        if (leading)
            cut_blanks(deparse->text);
        else if (i && (last_line(deparse->text) + aside.length > 0 || multiline))
            keyword(deparse, "", -INDENT, INDENT, INDENT_VAR);
        multiline = aside.length && strchr(aside.bytes + (leading ? 1 : 0), '\n');
        if (aside.length)
            put_bytes(deparse->text, aside.bytes, aside.length);
    }
}

static void alias_columns(Deparse *deparse, const RangeEntry *entry)
{
    bool all = entry->kind == RANGE_FUNCTION;
    const char *separator = "";

    if (entry->definition) {
        put(deparse, "(");
        put(deparse, entry->definition);
        put(deparse, ")");
        return;
    }
    if (!all && !entry->alias_columns.count && !entry->using_names.count)
        return;
    put(deparse, "(");
    for (size_t i = 0; i < entry->columns.count; i++) {
        const RangeColumn *column = entry->columns.items[i];

        if (column->column && column->column->dropped)
            continue;
        put(deparse, separator);
        put_name(deparse, column_at(entry, i));
        separator = ", ";
    }
    /* Those that came since. */
    for (size_t i = 0; entry->relation && i < entry->relation->columns.count; i++) {
        const Column *column = entry->relation->columns.items[i];
        bool old = false;

        for (size_t k = 0; k < entry->columns.count && !old; k++)
            old = ((const RangeColumn *)entry->columns.items[k])->column == column;
        if (old)
            continue;
        put(deparse, separator);
        put_name(deparse, column->name);
        separator = ", ";
    }
    put(deparse, ")");
}

static void entry_text(Deparse *deparse, RangeEntry *entry)
{
    bool alias = false;

    if (entry->lateral)
        put(deparse, "LATERAL ");
    switch (entry->kind) {
    case RANGE_RELATION:
        if (entry->only)
            put(deparse, "ONLY ");
        put(deparse, names_qualified(deparse->arena,
                                     strcmp(entry->relation->schema, "pg_catalog") == 0
                                         ? NULL
                                         : entry->relation->schema,
                                     entry->relation->name));
        alias = entry->alias || entry->using_names.count ||
                (entry->shown && strcmp(entry->shown, entry->relation->name) != 0);
        break;
    case RANGE_QUERY:
        put(deparse, "(");
        query_text(deparse, entry->query, deparse->names, NULL, true, false);
        put(deparse, ")");
        alias = true;
        break;
    case RANGE_FUNCTION:
        expr_text(deparse, entry->function, true);
        if (entry->ordinality)
            put(deparse, " WITH ORDINALITY");
        alias = true;
        break;
    case RANGE_CTE:
        put_name(deparse, entry->name);
        alias = entry->shown && strcmp(entry->shown, entry->name) != 0;
        break;
    case RANGE_JOIN:
    case RANGE_NAME:
        break;
    }
    if (alias && entry->shown) {
        put(deparse, " ");
        put_name(deparse, entry->shown);
    }
    alias_columns(deparse, entry);
}

static void from_text(Deparse *deparse, const FromItem *item)
{
    static const char *const words[] = {" CROSS JOIN ", " JOIN ", " LEFT JOIN ", " RIGHT JOIN ",
                                        " FULL JOIN "};

    if (item->entry) {
        entry_text(deparse, item->entry);
        return;
    }
    put(deparse, "(");
    from_text(deparse, item->left);
    keyword(deparse, words[item->join], -INDENT, INDENT, INDENT_JOIN);
    from_text(deparse, item->right);
    if (item->using_columns.count) {
        put(deparse, " USING (");
        for (size_t i = 0; i < item->using_columns.count; i++) {
            if (i)
                put(deparse, ", ");
            put_name(deparse, item->using_columns.items[i]);
        }
        put(deparse, ")");
    } else if (item->condition) {
        put(deparse, " ON (");
        expr_text(deparse, item->condition, false);
        put(deparse, ")");
    } else if (item->join != JOIN_CROSS && item->join != JOIN_INNER) {
        put(deparse, " ON TRUE");
    }
    put(deparse, ")");
    if (item->alias) {
        put(deparse, " ");
        put_name(deparse, item->alias);
    }
}

static void from_clause(Deparse *deparse, const Query *query)
{
    for (size_t i = 0; i < query->from.count; i++) {
        Text aside = {.arena = deparse->arena};
        Text *saved;

        if (i == 0) {
            keyword(deparse, " FROM ", -INDENT, INDENT, 2);
            from_text(deparse, query->from.items[i]);
            continue;
        }
        put(deparse, ", ");
        saved = aside_begin(deparse, &aside);
        from_text(deparse, query->from.items[i]);
        deparse->text = saved;
        if (aside.length && aside.bytes[0] == '\n')
            cut_blanks(deparse->text);
        else
            keyword(deparse, "", -INDENT, INDENT, INDENT_VAR);
        if (aside.length)
            put_bytes(deparse->text, aside.bytes, aside.length);
    }
}

static void values_text(Deparse *deparse, const Vec *rows)
{
    put(deparse, "VALUES ");
    for (size_t i = 0; i < rows->count; i++) {
        const Vec *row = rows->items[i];

        put(deparse, i ? ", (" : "(");
        for (size_t k = 0; k < row->count; k++) {
            if (k)
                put(deparse, ",");
            expr_text(deparse, row->items[k], false);
        }
        put(deparse, ")");
    }
}

/* A view whose columns go by names of their own selects them from its VALUES. */
static bool has_own_names(Deparse *deparse, const Query *query, const Vec *columns)
{
    const Vec *row = query->values.items[0];

    for (size_t i = 0; columns && i < columns->count && i < row->count; i++)
        if (strcmp(columns->items[i], arena_printf(deparse->arena, "column%zu", i + 1)) != 0)
            return true;
    return false;
}

static void named_values_text(Deparse *deparse, const Query *query, const Vec *columns)
{
    put(deparse, "SELECT ");
    for (size_t i = 0; i < columns->count; i++) {
        const char *own = arena_printf(deparse->arena, "column%zu", i + 1);

        if (i) {
            put(deparse, ", ");
            keyword(deparse, "", -INDENT, INDENT, INDENT_VAR);
        }
        put(deparse, "\"*VALUES*\".");
        put(deparse, own);
        if (strcmp(own, columns->items[i]) != 0) {
            put(deparse, " AS ");
            put_name(deparse, columns->items[i]);
        }
    }
    keyword(deparse, " FROM ", -INDENT, INDENT, 2);
    put(deparse, "(");
    values_text(deparse, &query->values);
    put(deparse, ") \"*VALUES*\"");
}

static void basic_text(Deparse *deparse, const Query *query, const Vec *columns, bool visible)
{
    deparse->indent += INDENT;
    put(deparse, " ");
    if (query->values.count) {
        if (has_own_names(deparse, query, columns))
            named_values_text(deparse, query, columns);
        else
            values_text(deparse, &query->values);
        return;
    }
    put(deparse, "SELECT");
    if (query->distinct) {
        put(deparse, " DISTINCT");
        if (query->distinct_on.count) {
            put(deparse, " ON (");
            for (size_t i = 0; i < query->distinct_on.count; i++) {
                if (i)
                    put(deparse, ", ");
                item_text(deparse, ((const Sort *)query->distinct_on.items[i])->expr);
            }
            put(deparse, ")");
        }
    }
    targets_text(deparse, query, columns, visible);
    from_clause(deparse, query);
    if (query->where) {
        keyword(deparse, " WHERE ", -INDENT, INDENT, 1);
        expr_text(deparse, query->where, false);
    }
    if (query->group.count) {
        keyword(deparse, " GROUP BY ", -INDENT, INDENT, 1);
        if (query->group_distinct)
            put(deparse, "DISTINCT ");
        for (size_t i = 0; i < query->group.count; i++) {
            if (i)
                put(deparse, ", ");
            item_text(deparse, ((const Sort *)query->group.items[i])->expr);
        }
    }
    if (query->having) {
        keyword(deparse, " HAVING ", -INDENT, INDENT, 0);
        expr_text(deparse, query->having, false);
    }
    for (size_t i = 0; i < query->windows.count; i++) {
        const Window *window = query->windows.items[i];

        if (i == 0)
            keyword(deparse, " WINDOW ", -INDENT, INDENT, 1);
        else
            put(deparse, ", ");
        put_name(deparse, window->name);
        put(deparse, " AS ");
        window_text(deparse, window);
    }
}

static void set_text(Deparse *deparse, const SetNode *node, const Vec *columns, bool visible)
{
    bool paren;
    int indent = 0;

    if (!node->operation) {
        paren = node->query->ctes.count || node->query->sort.count || node->query->limit ||
                node->query->offset;
        if (paren)
            put(deparse, "(");
        query_text(deparse, node->query, deparse->names, columns, visible, false);
        if (paren)
            put(deparse, ")");
        return;
    }
    paren = node->left->operation &&
            !(strcmp(node->operation, node->left->operation) == 0 && node->all == node->left->all);
    if (paren) {
        put(deparse, "(");
        indent = INDENT;
        keyword(deparse, "", indent, 0, 0);
    }
    set_text(deparse, node->left, columns, visible);
    if (paren)
        keyword(deparse, ") ", -indent, 0, 0);
    else
        keyword(deparse, "", -indent, 0, 0);
    put(deparse, node->operation);
    put(deparse, node->all ? " ALL " : " ");
    paren = node->right->operation != NULL;
    indent = paren ? INDENT : 0;
    if (paren)
        put(deparse, "(");
    keyword(deparse, "", indent, 0, 0);
    set_text(deparse, node->right, columns, false);
    deparse->indent -= indent;
    if (paren)
        keyword(deparse, ")", 0, 0, 0);
}

static void with_text(Deparse *deparse, const Query *query)
{
    deparse->indent += INDENT;
    put(deparse, " ");
    put(deparse, query->recursive ? "WITH RECURSIVE " : "WITH ");
    for (size_t i = 0; i < query->ctes.count; i++) {
        const Cte *cte = query->ctes.items[i];

        if (i)
            put(deparse, ", ");
        put_name(deparse, cte->name);
        if (cte->alias_columns.count) {
            put(deparse, "(");
            for (size_t k = 0; k < cte->alias_columns.count; k++) {
                if (k)
                    put(deparse, ", ");
                put_name(deparse, cte->alias_columns.items[k]);
            }
            put(deparse, ")");
        }
        put(deparse, cte->materialized == 1   ? " AS MATERIALIZED ("
                     : cte->materialized == 2 ? " AS NOT MATERIALIZED ("
                                              : " AS (");
        keyword(deparse, "", 0, 0, 0);
        query_text(deparse, cte->query, deparse->names, NULL, true, false);
        keyword(deparse, "", 0, 0, 0);
        put(deparse, ")");
    }
    deparse->indent -= INDENT;
    keyword(deparse, "", 0, 0, 0);
}

static void query_text(Deparse *deparse, Query *query, const Names *parent, const Vec *columns,
                       bool visible, bool rule)
{
    Deparse outer = *deparse;
    Names names = {.parent = parent};

    if (deparse->depth >= DEPTH_MAX)
        return;
    deparse->depth++;
    if (rule) {
        vec_add(deparse->arena, &names.taken, "old");
        vec_add(deparse->arena, &names.taken, "new");
    }
    name_entries(deparse, query, &names);
    deparse->names = &names;
    deparse->prefix = parent || rule || query->range.count != 1;
    if (query->ctes.count)
        with_text(deparse, query);
    if (query->set)
        set_text(deparse, query->set, columns, visible);
    else
        basic_text(deparse, query, columns, visible);
    if (query->sort.count) {
        keyword(deparse, " ORDER BY ", -INDENT, INDENT, 1);
        order_text(deparse, &query->sort, query->set != NULL);
    }
    if (query->offset) {
        keyword(deparse, " OFFSET ", -INDENT, INDENT, 0);
        expr_text(deparse, query->offset, false);
    }
    if (query->limit) {
        if (query->with_ties) {
            keyword(deparse, " FETCH FIRST ", -INDENT, INDENT, 0);
            put(deparse, "(");
            expr_text(deparse, query->limit, false);
            put(deparse, ") ROWS WITH TIES");
        } else {
            keyword(deparse, " LIMIT ", -INDENT, INDENT, 0);
            if (query->limit->kind == EXPR_CONST && query->limit->null)
                put(deparse, "ALL");
            else
                expr_text(deparse, query->limit, false);
        }
    }
    deparse->names = outer.names;
    deparse->prefix = outer.prefix;
    deparse->indent = outer.indent;
    deparse->depth = outer.depth;
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
    expr_text(&deparse, expr, false);
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

    expr_text(&deparse, expr, false);
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
    expr_text(&deparse, expr, false);
    return finish(&text);
}

const char *deparse_view(Catalog *catalog, Query *query, const Vec *columns)
{
    Text text = {.arena = &catalog->arena};
    Deparse deparse = {.catalog = catalog, .arena = &catalog->arena, .text = &text};

    query_text(&deparse, query, NULL, columns, true, true);
    put(&deparse, ";");
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
