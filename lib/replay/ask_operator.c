#include "replay/ask_parts.h"

#include <string.h>

const Value *ask_negated(const Value *value)
{
    value = value_as_bool(value);
    return value->kind == VALUE_BOOL ? value_bool(!value->number) : value;
}

const Value *ask_concatenated(Ask *ask, const Value *a, const Value *b)
{
    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
        return &value_null;
    if (a->kind == VALUE_ARRAY || b->kind == VALUE_ARRAY) {
        Vec items = {0};

        if (a->kind == VALUE_UNKNOWN || b->kind == VALUE_UNKNOWN)
            return &value_unknown;
        for (size_t i = 0; a->kind == VALUE_ARRAY && i < a->items.count; i++)
            vec_add(ask->arena, &items, a->items.items[i]);
        if (a->kind != VALUE_ARRAY)
            vec_add(ask->arena, &items, a);
        for (size_t i = 0; b->kind == VALUE_ARRAY && i < b->items.count; i++)
            vec_add(ask->arena, &items, b->items.items[i]);
        if (b->kind != VALUE_ARRAY)
            vec_add(ask->arena, &items, b);
        return value_array(ask->arena, &items);
    }
    return value_text(ask->arena, arena_join(ask->arena, ask_text(ask, a), ask_text(ask, b), NULL));
}

static const Value *like(Ask *ask, const Value *text, const Value *pattern, bool fold)
{
    const char *at = ask_text(ask, text), *want = ask_text(ask, pattern);

    if (!at || !want)
        return &value_null;
    if (strchr(at, VALUE_ANY) || strchr(want, VALUE_ANY) || strchr(at, VALUE_DATABASE))
        return &value_unknown;
    return value_bool(value_like(at, want, fold));
}

/* A regular expression that is a plain text, with ^ and $ at its ends. */
static const Value *matches(Ask *ask, const Value *text, const Value *pattern, bool fold)
{
    const char *at = ask_text(ask, text), *want = ask_text(ask, pattern);
    char *like_pattern, *to;
    bool from_start;
    size_t length;

    if (!at || !want)
        return &value_null;
    if (strchr(at, VALUE_ANY) || strchr(want, VALUE_ANY) || strchr(at, VALUE_DATABASE))
        return &value_unknown;
    from_start = *want == '^';
    want += from_start;
    length = strlen(want);
    to = like_pattern = arena_alloc(ask->arena, 2 * length + 3);
    if (!from_start)
        *to++ = '%';
    for (size_t i = 0; i < length; i++) {
        if (want[i] == '$' && i + 1 == length)
            break;
        if (want[i] == '.' && want[i + 1] == '*') {
            *to++ = '%';
            i++;
            continue;
        }
        if (strchr("\\.*+?()[]{}|^$", want[i]))
            return &value_unknown;
        if (want[i] == '%' || want[i] == '_')
            *to++ = '\\';
        *to++ = want[i];
    }
    if (!length || want[length - 1] != '$')
        *to++ = '%';
    *to = '\0';
    return value_bool(value_like(at, like_pattern, fold));
}

static const Value *compared(Ask *ask, const char *name, const Value *a, const Value *b)
{
    int order;

    if (strcmp(name, "=") == 0)
        return value_equal(ask->arena, a, b);
    if (strcmp(name, "<>") == 0 || strcmp(name, "!=") == 0)
        return ask_negated(value_equal(ask->arena, a, b));
    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
        return &value_null;
    /* How texts are sorted is the database's; only the same is the same. */
    if (a->kind == VALUE_TEXT && b->kind == VALUE_TEXT)
        return &value_unknown;
    /* Between two numbers of which one is not certain an order may still be. */
    if (a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER) {
        bool less = a->most < b->number, at_most = a->most <= b->number;
        bool more = a->number > b->most, at_least = a->number >= b->most;

        if (strcmp(name, "<") == 0)
            return less ? &value_true : at_least ? &value_false : &value_unknown;
        if (strcmp(name, "<=") == 0)
            return at_most ? &value_true : more ? &value_false : &value_unknown;
        if (strcmp(name, ">") == 0)
            return more ? &value_true : at_most ? &value_false : &value_unknown;
        if (strcmp(name, ">=") == 0)
            return at_least ? &value_true : less ? &value_false : &value_unknown;
    }
    order = value_compare(ask->arena, a, b);
    if (order == 2)
        return &value_unknown;
    if (strcmp(name, "<") == 0)
        return value_bool(order < 0);
    if (strcmp(name, "<=") == 0)
        return value_bool(order <= 0);
    if (strcmp(name, ">") == 0)
        return value_bool(order > 0);
    if (strcmp(name, ">=") == 0)
        return value_bool(order >= 0);
    return &value_unknown;
}

static const Value *arithmetic(Ask *ask, char sign, const Value *a, const Value *b)
{
    enum { LARGE = 1000000000 };

    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
        return &value_null;
    a = value_as_number(ask->arena, a);
    b = value_as_number(ask->arena, b);
    if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER || !value_is_certain(a) ||
        !value_is_certain(b) || llabs(a->number) > LARGE || llabs(b->number) > LARGE)
        return &value_unknown;
    switch (sign) {
    case '+':
        return value_number(ask->arena, a->number + b->number);
    case '-':
        return value_number(ask->arena, a->number - b->number);
    case '*':
        return value_number(ask->arena, a->number * b->number);
    case '/':
        return b->number ? value_number(ask->arena, a->number / b->number) : &value_unknown;
    case '%':
        return b->number ? value_number(ask->arena, a->number % b->number) : &value_unknown;
    default:
        return &value_unknown;
    }
}

static const Value *operated(Ask *ask, const char *name, const Value *a, const Value *b)
{
    if (strcmp(name, "||") == 0)
        return ask_concatenated(ask, a, b);
    if (strcmp(name, "~~") == 0 || strcmp(name, "~~*") == 0)
        return like(ask, a, b, name[2] == '*');
    if (strcmp(name, "!~~") == 0 || strcmp(name, "!~~*") == 0)
        return ask_negated(like(ask, a, b, name[3] == '*'));
    if (strcmp(name, "~") == 0 || strcmp(name, "~*") == 0)
        return matches(ask, a, b, name[1] == '*');
    if (strcmp(name, "!~") == 0 || strcmp(name, "!~*") == 0)
        return ask_negated(matches(ask, a, b, name[2] == '*'));
    if (strlen(name) == 1 && strchr("+-*/%", *name))
        return arithmetic(ask, *name, a, b);
    return compared(ask, name, a, b);
}

const Value *ask_over_values(Ask *ask, const char *name, const Value *left, const Vec *values,
                             bool all)
{
    const Value *result = value_bool(all);

    for (size_t i = 0; i < values->count; i++) {
        const Value *one = operated(ask, name, left, values->items[i]);

        if (all ? (one->kind == VALUE_BOOL && !one->number) : value_is_true(one))
            return value_bool(!all);
        if (one->kind == VALUE_UNKNOWN || (one->kind == VALUE_NULL && result->kind == VALUE_BOOL))
            result = one;
    }
    return result;
}

const Value *ask_array_of_text(Ask *ask, const Value *value)
{
    Vec items = {0};
    const char *at;

    if (value->kind != VALUE_TEXT || *value->text != '{' || strpbrk(value->text, "\"\\\001"))
        return value->kind == VALUE_TEXT ? &value_unknown : value;
    for (at = value->text + 1; *at && *at != '}';) {
        size_t length = strcspn(at, ",}");

        vec_add(ask->arena, &items, value_text(ask->arena, arena_strndup(ask->arena, at, length)));
        at += length;
        at += *at == ',';
    }
    return value_array(ask->arena, &items);
}

static void list_values(State *state, const Node *node, Vec *ret)
{
    if (node && node->node_case == NODE(LIST))
        for (size_t i = 0; i < node->list->n_items; i++)
            vec_add(state->ask->arena, ret, ask_evaluate(state, node->list->items[i]));
    else
        vec_add(state->ask->arena, ret, ask_evaluate(state, node));
}

const Value *ask_operation(State *state, const PgQuery__AExpr *expr)
{
    Ask *ask = state->ask;
    const char *name = tree_last(expr->name, expr->n_name);
    const Value *left = expr->lexpr ? ask_evaluate(state, expr->lexpr) : &value_null;
    const Value *right;
    Vec values = {0};

    switch (expr->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        list_values(state, expr->rexpr, &values);
        left = ask_over_values(ask, "=", left, &values, false);
        return strcmp(name, "<>") == 0 ? ask_negated(left) : left;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        right = ask_array_of_text(ask, ask_evaluate(state, expr->rexpr));
        return right->kind == VALUE_ARRAY
                   ? ask_over_values(ask, name, left, &right->items,
                                     expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL)
               : right->kind == VALUE_NULL ? &value_null
                                           : &value_unknown;
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        right = ask_evaluate(state, expr->rexpr);
        if (left->kind == VALUE_UNKNOWN || right->kind == VALUE_UNKNOWN)
            return &value_unknown;
        left = left->kind == VALUE_NULL || right->kind == VALUE_NULL
                   ? value_bool(left->kind == right->kind)
                   : value_equal(ask->arena, left, right);
        return expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT ? ask_negated(left) : left;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        right = ask_evaluate(state, expr->rexpr);
        if (left->kind == VALUE_NULL || right->kind == VALUE_NULL)
            return left;
        right = value_equal(ask->arena, left, right);
        return right->kind == VALUE_BOOL ? (right->number ? &value_null : left) : &value_unknown;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
        right = ask_evaluate(state, expr->rexpr);
        if (!expr->lexpr)
            return strcmp(name, "-") == 0 ? arithmetic(ask, '-', value_number(ask->arena, 0), right)
                                          : &value_unknown;
        return operated(ask, name, left, right);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
        list_values(state, expr->rexpr, &values);
        if (values.count == 2) {
            left = value_is_false(compared(ask, ">=", left, values.items[0])) ||
                           value_is_false(compared(ask, "<=", left, values.items[1]))
                       ? &value_false
                   : value_is_true(compared(ask, ">=", left, values.items[0])) &&
                           value_is_true(compared(ask, "<=", left, values.items[1]))
                       ? &value_true
                       : &value_unknown;
            return left;
        }
        return &value_unknown;
    default:
        return &value_unknown;
    }
}
