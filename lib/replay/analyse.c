#include "replay/analyse.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay/names.h"
#include "replay/types.h"

void analyse_problem(Analysis *analysis, const char *format, ...)
{
    char text[512];
    va_list arguments;

    if (analysis->problem)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    analysis->problem = arena_strdup(analysis->arena, text);
}

Analysis analyse_open(Catalog *catalog)
{
    return (Analysis){.catalog = catalog, .arena = &catalog->arena};
}

Expr *expr_new(Analysis *analysis, ExprKind kind, Oid type)
{
    Expr *expr = arena_alloc(analysis->arena, sizeof *expr);

    expr->kind = kind;
    expr->type = (TypeRef){type, -1};
    return expr;
}

Expr *expr_const(Analysis *analysis, Oid type, const char *text)
{
    Expr *expr = expr_new(analysis, EXPR_CONST, type);

    expr->text = text ? arena_strdup(analysis->arena, text) : NULL;
    expr->null = !text;
    return expr;
}

void expr_add(Analysis *analysis, Expr *expr, Expr *argument)
{
    vec_add(analysis->arena, &expr->args, argument);
}

Expr *expr_arg(const Expr *expr, size_t place)
{
    return place < expr->args.count ? expr->args.items[place] : NULL;
}

Expr *expr_strip_implicit(Expr *expr)
{
    while (expr && expr->form == FORM_IMPLICIT_CAST && expr->args.count == 1 &&
           (expr->kind == EXPR_FUNCTION || expr->kind == EXPR_RELABEL ||
            expr->kind == EXPR_TEXT_FORM || expr->kind == EXPR_ARRAY_COERCE ||
            expr->kind == EXPR_TO_DOMAIN))
        expr = expr_arg(expr, 0);
    return expr;
}

bool expr_same(const Expr *a, const Expr *b)
{
    if (!a || !b || a == b)
        return a == b;
    if (a->kind != b->kind || a->type.oid != b->type.oid || a->entry != b->entry ||
        a->place != b->place || a->proc != b->proc || a->query != b->query ||
        a->args.count != b->args.count || a->over != b->over ||
        strcmp(a->text ? a->text : "", b->text ? b->text : "") != 0)
        return false;
    for (size_t i = 0; i < a->args.count; i++) {
        if (!expr_same(expr_arg(a, i), expr_arg(b, i)))
            return false;
    }
    return true;
}

bool expr_is_unknown(const Expr *expr)
{
    return expr->type.oid == UNKNOWNOID;
}

static Expr *as_boolean(Analysis *analysis, Expr *expr)
{
    return coerce_to(analysis, expr, (TypeRef){BOOLOID, -1}, COERCE_ASSIGNMENT, FORM_IMPLICIT_CAST);
}

static Expr *constant(Analysis *analysis, const PgQuery__AConst *node)
{
    char digits[32];

    if (node->isnull)
        return expr_const(analysis, UNKNOWNOID, NULL);
    switch (node->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        snprintf(digits, sizeof digits, "%d", (int)node->ival->ival);
        return expr_const(analysis, INT4OID, digits);
    case PG_QUERY__A__CONST__VAL_FVAL: {
        const char *text = node->fval->fval;
        char *end = NULL;

        long long whole;

        errno = 0;
        whole = strtoll(text, &end, 10);
        /* The least integer is no literal of one before it is negated. */
        if (!*end && errno == 0)
            return expr_const(analysis, whole < INT32_MIN || whole > INT32_MAX ? INT8OID : INT4OID,
                              text);
        {
            Expr *expr = expr_const(analysis, NUMERICOID, text);
            const char *normal = literal_normal(analysis, NUMERICOID, -1, text);

            if (normal)
                expr->text = normal;
            else
                analyse_problem(analysis, "the number %.40s is not evaluated", text);
            return expr;
        }
    }
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return expr_const(analysis, BOOLOID, node->boolval->boolval ? "true" : "false");
    case PG_QUERY__A__CONST__VAL_SVAL:
        return expr_const(analysis, UNKNOWNOID, node->sval->sval ? node->sval->sval : "");
    case PG_QUERY__A__CONST__VAL_BSVAL:
        if (node->bsval->bsval && node->bsval->bsval[0] == 'b')
            return expr_const(analysis, BITOID, node->bsval->bsval + 1);
        analyse_problem(analysis, "a bit string in hexadecimal is not evaluated");
        return expr_const(analysis, BITOID, node->bsval->bsval ? node->bsval->bsval : "");
    case PG_QUERY__A__CONST__VAL__NOT_SET:
    case _PG_QUERY__A__CONST__VAL__CASE_IS_INT_SIZE:
        break;
    }
    /* The zero values of protobuf: an integer 0 or an empty string carry no case. */
    return expr_const(analysis, INT4OID, "0");
}

/* contain_vars_of_level(): of a query within, those that it has of this one. */
static bool has_columns(const Analysis *analysis, const Expr *expr)
{
    if (!expr)
        return false;
    if (expr->kind == EXPR_COLUMN || expr->kind == EXPR_ROW_OF ||
        (expr->kind == EXPR_SUBLINK && select_is_correlated(analysis, expr)))
        return true;
    for (size_t i = 0; i < expr->args.count; i++) {
        if (has_columns(analysis, expr->args.items[i]))
            return true;
    }
    return false;
}

static Expr *junction(Analysis *analysis, ExprKind kind, Expr *left, Expr *right)
{
    Expr *expr;

    if (!left)
        return right;
    expr = expr_new(analysis, kind, BOOLOID);
    expr_add(analysis, expr, left);
    expr_add(analysis, expr, right);
    return expr;
}

static Expr *compare(Analysis *analysis, const char *schema, const char *name, Expr *left,
                     Expr *right)
{
    if (left && left->kind == EXPR_ROW && right->kind == EXPR_ROW &&
        left->args.count == right->args.count && left->args.count) {
        Expr *result = NULL;
        bool equal = strcmp(name, "=") == 0;

        if (!equal && strcmp(name, "<>") != 0)
            analyse_problem(analysis, "a comparison of rows is not analysed");
        for (size_t i = 0; i < left->args.count; i++) {
            Expr *one =
                call_operator(analysis, schema, name, expr_arg(left, i), expr_arg(right, i));

            if (result && result->kind == (equal ? EXPR_AND : EXPR_OR))
                expr_add(analysis, result, one);
            else
                result = junction(analysis, equal ? EXPR_AND : EXPR_OR, result, one);
        }
        return result;
    }
    return call_operator(analysis, schema, name, left, right);
}

/* make_row_distinct_op() in parse_expr.c: rows are, where a field is. */
static Expr *distinct(Analysis *analysis, const char *schema, const char *name, Expr *left,
                      Expr *right)
{
    Expr *result = NULL;

    if (left && left->kind == EXPR_ROW && right->kind == EXPR_ROW &&
        left->args.count == right->args.count) {
        for (size_t i = 0; i < left->args.count; i++)
            result =
                junction(analysis, EXPR_OR, result,
                         distinct(analysis, schema, name, expr_arg(left, i), expr_arg(right, i)));
        return result ? result : expr_const(analysis, BOOLOID, "false");
    }
    result = call_operator(analysis, schema, name, left, right);
    result->kind = EXPR_DISTINCT;
    result->type.oid = BOOLOID;
    return result;
}

static Expr *in_list(Analysis *analysis, const PgQuery__AExpr *node, const char *name)
{
    const char *schema = tree_qualifier(node->name, node->n_name);
    bool any = strcmp(name, "<>") != 0;
    Expr *left = analyse_expr(analysis, node->lexpr);
    const PgQuery__List *list =
        node->rexpr && node->rexpr->node_case == NODE(LIST) ? node->rexpr->list : NULL;
    Vec plain = {0};
    Vec with_columns = {0};
    Vec rest = {0}; /* in the list's own order */
    Expr *result = NULL;

    for (size_t i = 0; list && i < list->n_items; i++) {
        Expr *item = analyse_expr(analysis, list->items[i]);

        vec_add(analysis->arena, has_columns(analysis, item) ? &with_columns : &plain, item);
        vec_add(analysis->arena, &rest, item);
    }
    if (plain.count > 1 && left->kind != EXPR_ROW) {
        Vec all = {0};
        Oid type;
        Expr *array = expr_new(analysis, EXPR_ARRAY, 0);

        vec_add(analysis->arena, &all, left);
        for (size_t i = 0; i < plain.count; i++)
            vec_add(analysis->arena, &all, plain.items[i]);
        type = coerce_common(analysis, &all);
        array->type.oid = catalog_array(analysis->catalog, type);
        for (size_t i = 0; i < plain.count; i++)
            expr_add(analysis, array,
                     coerce_type(analysis, plain.items[i], (TypeRef){type, -1}, COERCE_IMPLICIT,
                                 FORM_IMPLICIT_CAST));
        result = call_any_all(analysis, schema, name, left, array, !any);
        rest = with_columns;
    }
    for (size_t i = 0; i < rest.count; i++) {
        Expr *one = compare(analysis, schema, name, left, rest.items[i]);
        ExprKind kind = any ? EXPR_OR : EXPR_AND;

        if (result && result->kind == kind && i)
            expr_add(analysis, result, one);
        else
            result = junction(analysis, kind, result, one);
    }
    return result ? result : expr_const(analysis, BOOLOID, NULL);
}

static Expr *between(Analysis *analysis, const PgQuery__AExpr *node)
{
    const PgQuery__List *list =
        node->rexpr && node->rexpr->node_case == NODE(LIST) ? node->rexpr->list : NULL;
    bool negated = node->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN ||
                   node->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
    bool symmetric = node->kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM ||
                     node->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
    Expr *sides[2] = {NULL, NULL};

    if (!list || list->n_items != 2) {
        analyse_problem(analysis, "BETWEEN is not understood");
        return expr_const(analysis, BOOLOID, NULL);
    }
    for (size_t side = 0; side < (symmetric ? 2 : 1); side++) {
        Expr *pair = expr_new(analysis, negated ? EXPR_OR : EXPR_AND, BOOLOID);

        expr_add(analysis, pair,
                 call_operator(analysis, NULL,
                               negated ? "<" : ">=", analyse_expr(analysis, node->lexpr),
                               analyse_expr(analysis, list->items[side])));
        expr_add(analysis, pair,
                 call_operator(analysis, NULL,
                               negated ? ">" : "<=", analyse_expr(analysis, node->lexpr),
                               analyse_expr(analysis, list->items[1 - side])));
        sides[side] = pair;
    }
    return symmetric ? junction(analysis, negated ? EXPR_AND : EXPR_OR, sides[0], sides[1])
                     : sides[0];
}

static Expr *operation(Analysis *analysis, const PgQuery__AExpr *node)
{
    const char *name = tree_last(node->name, node->n_name);
    const char *schema = tree_qualifier(node->name, node->n_name);
    Expr *left = NULL;
    Expr *right;
    Expr *result;

    switch (node->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        return in_list(analysis, node, name);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
        return between(analysis, node);
    default:
        break;
    }
    if (node->lexpr)
        left = analyse_expr(analysis, node->lexpr);
    right = analyse_expr(analysis, node->rexpr);
    switch (node->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
        return call_any_all(analysis, schema, name, left, right, false);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        return call_any_all(analysis, schema, name, left, right, true);
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        /* Against a bare NULL it is a null test. */
        if (left && (right->null || left->null) && !(right->null && left->null)) {
            result = expr_new(analysis, EXPR_NULL_TEST, BOOLOID);
            result->negated = node->kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT;
            expr_add(analysis, result, right->null ? left : right);
            return result;
        }
        result = distinct(analysis, schema, name, left, right);
        if (node->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT) {
            Expr *not = expr_new(analysis, EXPR_NOT, BOOLOID);

            expr_add(analysis, not, result);
            return not ;
        }
        return result;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        result = call_operator(analysis, schema, name, left, right);
        result->kind = EXPR_NULLIF;
        result->type = expr_arg(result, 0)->type;
        return result;
    default:
        return compare(analysis, schema, name, left, right);
    }
}

/* exprTypmod(): what all items have, if they are of the array's own element type. */
static int32_t common_modifier(const Expr *array, Oid element)
{
    const TypeRef *first = array->args.count ? &expr_arg(array, 0)->type : NULL;

    for (size_t i = 0; i < array->args.count; i++) {
        TypeRef type = expr_arg(array, i)->type;

        if (type.oid != element || type.modifier != first->modifier)
            return -1;
    }
    return first ? first->modifier : -1;
}

static Expr *array_of(Analysis *analysis, const PgQuery__AArrayExpr *node, TypeRef wanted)
{
    Expr *array = expr_new(analysis, EXPR_ARRAY, 0);
    Oid element = wanted.oid ? catalog_element(analysis->catalog, wanted.oid) : 0;
    Vec items = {0};
    bool nested = false;

    for (size_t i = 0; i < node->n_elements; i++) {
        const Node *item = node->elements[i];

        if (item->node_case == NODE(A_ARRAY_EXPR)) {
            nested = true;
            vec_add(analysis->arena, &items, array_of(analysis, item->a_array_expr, wanted));
        } else {
            Expr *one = analyse_expr(analysis, item);

            nested |= catalog_element(analysis->catalog, one->type.oid) != 0 && !element;
            vec_add(analysis->arena, &items, one);
        }
    }
    if (nested) {
        array->type.oid = items.count ? ((const Expr *)items.items[0])->type.oid
                                      : catalog_array(analysis->catalog, element);
        array->args = items;
        array->type.modifier = common_modifier(array, array->type.oid);
        return array;
    }
    if (!element) {
        if (!items.count)
            analyse_problem(analysis, "an empty array of no known type");
        element = coerce_common(analysis, &items);
        for (size_t i = 0; i < items.count; i++)
            expr_add(analysis, array,
                     coerce_type(analysis, items.items[i], (TypeRef){element, -1}, COERCE_IMPLICIT,
                                 FORM_IMPLICIT_CAST));
        array->type.oid = catalog_array(analysis->catalog, element);
        array->type.modifier = common_modifier(array, element);
        return array;
    }
    for (size_t i = 0; i < items.count; i++)
        expr_add(analysis, array,
                 coerce_to(analysis, items.items[i], (TypeRef){element, wanted.modifier},
                           COERCE_EXPLICIT, FORM_EXPLICIT_CAST));
    array->type.oid = catalog_array(analysis->catalog, element);
    array->type.modifier = common_modifier(array, element);
    return array;
}

static Expr *cast(Analysis *analysis, const PgQuery__TypeCast *node)
{
    const char *problem = NULL;
    TypeRef to = types_resolve(analysis->catalog, node->type_name, &problem);
    Expr *expr;

    if (problem)
        analyse_problem(analysis, "%s", problem);
    if (node->arg && node->arg->node_case == NODE(A_ARRAY_EXPR)) {
        TypeRef base = to;

        base.oid = catalog_base_type(analysis->catalog, to.oid, &base.modifier);
        expr = array_of(analysis, node->arg->a_array_expr,
                        catalog_element(analysis->catalog, base.oid) ? base : (TypeRef){0, -1});
    } else {
        expr = analyse_expr(analysis, node->arg);
    }
    return coerce_to(analysis, expr, to, COERCE_EXPLICIT, FORM_EXPLICIT_CAST);
}

static Expr *row(Analysis *analysis, const PgQuery__RowExpr *node)
{
    Expr *expr = expr_new(analysis, EXPR_ROW, RECORDOID);

    for (size_t i = 0; i < node->n_args; i++) {
        expr_add(analysis, expr, analyse_expr(analysis, node->args[i]));
    }
    return expr;
}

/* COALESCE, GREATEST, LEAST. */
static Expr *common(Analysis *analysis, ExprKind kind, Node *const *nodes, size_t count)
{
    Expr *expr = expr_new(analysis, kind, 0);
    Vec items = {0};

    for (size_t i = 0; i < count; i++)
        vec_add(analysis->arena, &items, analyse_expr(analysis, nodes[i]));
    expr->type.oid = coerce_common(analysis, &items);
    for (size_t i = 0; i < count; i++)
        expr_add(analysis, expr,
                 coerce_type(analysis, items.items[i], (TypeRef){expr->type.oid, -1},
                             COERCE_IMPLICIT, FORM_IMPLICIT_CAST));
    expr->type.modifier = coerce_common_modifier(&expr->args, expr->type.oid);
    return expr;
}

static Expr *case_of(Analysis *analysis, const PgQuery__CaseExpr *node)
{
    Expr *expr = expr_new(analysis, EXPR_CASE, 0);
    Expr *argument = node->arg ? analyse_expr(analysis, node->arg) : NULL;
    Vec results = {0};
    Vec values = {0};

    if (argument && expr_is_unknown(argument))
        argument = coerce_type(analysis, argument, (TypeRef){TEXTOID, -1}, COERCE_IMPLICIT,
                               FORM_IMPLICIT_CAST);
    expr_add(analysis, expr, argument);
    vec_add(analysis->arena, &values,
            node->defresult ? analyse_expr(analysis, node->defresult)
                            : expr_const(analysis, UNKNOWNOID, NULL));
    for (size_t i = 0; i < node->n_args; i++) {
        const PgQuery__CaseWhen *when = node->args[i]->case_when;
        Expr *condition = analyse_expr(analysis, when->expr);

        if (argument) {
            Expr *test = expr_new(analysis, EXPR_CASE_TEST, argument->type.oid);

            test->type = argument->type;
            condition = call_operator(analysis, NULL, "=", test, condition);
        }
        vec_add(analysis->arena, &results, as_boolean(analysis, condition));
        vec_add(analysis->arena, &values, analyse_expr(analysis, when->result));
    }
    expr->type.oid = coerce_common(analysis, &values);
    for (size_t i = 0; i < values.count; i++)
        values.items[i] = coerce_type(analysis, values.items[i], (TypeRef){expr->type.oid, -1},
                                      COERCE_IMPLICIT, FORM_IMPLICIT_CAST);
    for (size_t i = 0; i < results.count; i++) {
        expr_add(analysis, expr, results.items[i]);
        expr_add(analysis, expr, values.items[i + 1]);
    }
    expr_add(analysis, expr, values.items[0]);
    expr->type.modifier = coerce_common_modifier(&values, expr->type.oid);
    return expr;
}

static Expr *sublink(Analysis *analysis, const PgQuery__SubLink *node)
{
    Expr *expr = expr_new(analysis, EXPR_SUBLINK, BOOLOID);
    const Target *first;

    if (!node->subselect || node->subselect->node_case != NODE(SELECT_STMT)) {
        analyse_problem(analysis, "a sub-select is not understood");
        return expr_const(analysis, UNKNOWNOID, NULL);
    }
    expr->query = select_query(analysis, node->subselect->select_stmt);
    first = expr->query->targets.count ? expr->query->targets.items[0] : NULL;
    switch (node->sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
        expr->sublink = SUBLINK_EXISTS;
        break;
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
        expr->sublink = SUBLINK_EXPR;
        if (first)
            expr->type = first->expr->type;
        break;
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
        expr->sublink = SUBLINK_ARRAY;
        expr->type.oid = first ? catalog_array(analysis->catalog, first->expr->type.oid) : 0;
        if (first && catalog_element(analysis->catalog, first->expr->type.oid))
            expr->type = first->expr->type;
        break;
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
    case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK: {
        Expr *left = analyse_expr(analysis, node->testexpr);
        const char *name = node->n_oper_name ? tree_last(node->oper_name, node->n_oper_name) : "=";

        expr->sublink =
            node->sub_link_type == PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK ? SUBLINK_ANY : SUBLINK_ALL;
        expr->text = name;
        for (size_t i = 0; first && i < (left->kind == EXPR_ROW ? left->args.count : 1); i++) {
            const Target *target =
                i < expr->query->targets.count ? expr->query->targets.items[i] : first;
            Expr *value = left->kind == EXPR_ROW ? expr_arg(left, i) : left;
            Expr *right = expr_new(analysis, EXPR_PARAM, target->expr->type.oid);
            Expr *test;

            right->text = "";
            right->type = target->expr->type;
            test = call_operator(analysis, tree_qualifier(node->oper_name, node->n_oper_name), name,
                                 value, right);
            expr->schema = test->schema;
            expr->own = test->own;
            expr_add(analysis, expr, expr_arg(test, 0));
        }
        break;
    }
    default:
        analyse_problem(analysis, "a sub-select of rows is not understood");
        break;
    }
    return expr;
}

static Expr *value_function(Analysis *analysis, const PgQuery__SQLValueFunction *node)
{
    static const struct {
        const char *text;
        Oid type;
        bool precision;
    } functions[] = {
        {"", UNKNOWNOID, false},
        {"CURRENT_DATE", DATEOID, false},
        {"CURRENT_TIME", TIMETZOID, false},
        {"CURRENT_TIME", TIMETZOID, true},
        {"CURRENT_TIMESTAMP", TIMESTAMPTZOID, false},
        {"CURRENT_TIMESTAMP", TIMESTAMPTZOID, true},
        {"LOCALTIME", TIMEOID, false},
        {"LOCALTIME", TIMEOID, true},
        {"LOCALTIMESTAMP", TIMESTAMPOID, false},
        {"LOCALTIMESTAMP", TIMESTAMPOID, true},
        {"CURRENT_ROLE", NAMEOID, false},
        {"CURRENT_USER", NAMEOID, false},
        {"USER", NAMEOID, false},
        {"SESSION_USER", NAMEOID, false},
        {"CURRENT_CATALOG", NAMEOID, false},
        {"CURRENT_SCHEMA", NAMEOID, false},
    };
    size_t place = (size_t)node->op < sizeof functions / sizeof *functions ? (size_t)node->op : 0;
    Expr *expr = expr_new(analysis, EXPR_SQL_VALUE, functions[place].type);

    expr->text = functions[place].text;
    if (functions[place].precision) {
        expr->type.modifier = node->typmod;
        expr->text = arena_printf(analysis->arena, "%s(%d)", expr->text, (int)node->typmod);
    }
    return expr;
}

static Expr *null_test(Analysis *analysis, const PgQuery__NullTest *node)
{
    Expr *expr = expr_new(analysis, EXPR_NULL_TEST, BOOLOID);

    expr->negated = node->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL;
    expr_add(analysis, expr, analyse_expr(analysis, node->arg));
    return expr;
}

static Expr *boolean_test(Analysis *analysis, const PgQuery__BooleanTest *node)
{
    static const char *const texts[] = {
        "", "IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE", "IS UNKNOWN", "IS NOT UNKNOWN"};
    Expr *expr = expr_new(analysis, EXPR_BOOLEAN_TEST, BOOLOID);

    expr->text = (size_t)node->booltesttype < 7 ? texts[node->booltesttype] : "";
    expr_add(analysis, expr, as_boolean(analysis, analyse_expr(analysis, node->arg)));
    return expr;
}

static Expr *boolean_of(Analysis *analysis, const PgQuery__BoolExpr *node)
{
    ExprKind kind = node->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR  ? EXPR_AND
                    : node->boolop == PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR ? EXPR_OR
                                                                        : EXPR_NOT;
    Expr *expr = expr_new(analysis, kind, BOOLOID);

    for (size_t i = 0; i < node->n_args; i++)
        expr_add(analysis, expr, as_boolean(analysis, analyse_expr(analysis, node->args[i])));
    return expr;
}

static Expr *field_of(Analysis *analysis, Expr *base, const char *name)
{
    Expr *expr = expr_new(analysis, EXPR_FIELD, 0);
    Vec columns = {0};

    expr->text = name;
    expr_add(analysis, expr, base);
    if (select_row_columns(analysis, base, &columns)) {
        for (size_t i = 0; i < columns.count; i++) {
            const RangeColumn *column = columns.items[i];

            if (strcmp(column->name, name) == 0) {
                expr->type = column->type;
                expr->field = column->column;
                if (base->kind == EXPR_ROW_OF) {
                    Expr *direct = expr_new(analysis, EXPR_COLUMN, column->type.oid);

                    direct->type = column->type;
                    direct->entry = base->entry;
                    direct->place = i;
                    return direct;
                }
                return expr;
            }
        }
    }
    analyse_problem(analysis, "field '%s' is not known", name);
    return expr;
}

static Expr *indirection(Analysis *analysis, const PgQuery__AIndirection *node)
{
    Expr *base = analyse_expr(analysis, node->arg);
    Expr *subscript = NULL;

    for (size_t i = 0; i < node->n_indirection; i++) {
        const Node *step = node->indirection[i];

        if (step->node_case == NODE(STRING)) {
            base = field_of(analysis, base, tree_string(step));
            subscript = NULL;
        } else if (step->node_case == NODE(A_INDICES)) {
            const PgQuery__AIndices *indices = step->a_indices;
            Oid element = catalog_element(analysis->catalog, base->type.oid);
            Oid plain = catalog_base_type(analysis->catalog, base->type.oid, NULL);
            TypeRef index = {plain == JSONBOID ? TEXTOID : INT4OID, -1};

            if (!subscript) {
                subscript = expr_new(analysis, EXPR_SUBSCRIPT, element ? element : plain);
                expr_add(analysis, subscript, base);
                if (!element && plain != JSONBOID)
                    analyse_problem(analysis, "a subscript of something that is no array");
                base = subscript;
            }
            if (indices->is_slice) {
                subscript->slice = true;
                subscript->type.oid =
                    catalog_base_type(analysis->catalog, expr_arg(subscript, 0)->type.oid, NULL);
            }
            for (int upper = 0; upper < 2; upper++) {
                const Node *bound = upper ? indices->uidx : indices->lidx;
                Expr *value = bound ? analyse_expr(analysis, bound) : NULL;

                if (value && index.oid == TEXTOID && value->type.oid == INT4OID)
                    index.oid = INT4OID;
                expr_add(
                    analysis, subscript,
                    value ? coerce_to(analysis, value, index, COERCE_ASSIGNMENT, FORM_IMPLICIT_CAST)
                          : NULL);
            }
        } else {
            analyse_problem(analysis, "a star behind an expression is not understood");
        }
    }
    return base;
}

static Expr *collate(Analysis *analysis, const PgQuery__CollateClause *node)
{
    Expr *argument = analyse_expr(analysis, node->arg);
    const char *schema = tree_qualifier(node->collname, node->n_collname);
    const char *name = tree_last(node->collname, node->n_collname);
    Expr *expr = expr_new(analysis, EXPR_COLLATE, argument->type.oid);

    if (schema && strcmp(schema, "pg_catalog") == 0)
        schema = NULL;
    expr->type = argument->type;
    expr->text = names_qualified(analysis->arena, schema, name);
    expr_add(analysis, expr, argument);
    return expr;
}

/* unify_hypothetical_args() in parse_func.c: two arguments become of one type. */
static void unify(Analysis *analysis, const Expr *call, size_t one, size_t other)
{
    Vec both = {0};
    TypeRef common = {0, -1};

    vec_add(analysis->arena, &both, call->args.items[one]);
    vec_add(analysis->arena, &both, call->args.items[other]);
    common.oid = coerce_common(analysis, &both);
    call->args.items[one] =
        coerce_type(analysis, both.items[0], common, COERCE_IMPLICIT, FORM_IMPLICIT_CAST);
    call->args.items[other] =
        coerce_type(analysis, both.items[1], common, COERCE_IMPLICIT, FORM_IMPLICIT_CAST);
}

static Expr *function_call(Analysis *analysis, const PgQuery__FuncCall *node)
{
    Vec arguments = {0};
    Vec order = {0};
    Expr *filter = NULL;
    Expr *result;
    char kind;

    for (size_t i = 0; i < node->n_args; i++) {
        const Node *argument = node->args[i];

        if (argument->node_case == NODE(NAMED_ARG_EXPR)) {
            Expr *value = analyse_expr(analysis, argument->named_arg_expr->arg);
            Expr *named = expr_new(analysis, EXPR_NAMED_ARGUMENT, value->type.oid);

            named->text = argument->named_arg_expr->name;
            expr_add(analysis, named, value);
            vec_add(analysis->arena, &arguments, named);
        } else {
            vec_add(analysis->arena, &arguments, analyse_expr(analysis, argument));
        }
    }
    if (node->agg_filter)
        filter = as_boolean(analysis, analyse_expr(analysis, node->agg_filter));
    for (size_t i = 0; i < node->n_agg_order; i++) {
        const PgQuery__SortBy *by = node->agg_order[i]->sort_by;
        Sort *sort = arena_alloc(analysis->arena, sizeof *sort);

        sort->expr = analyse_expr(analysis, by->node);
        if (expr_is_unknown(sort->expr))
            sort->expr = coerce_type(analysis, sort->expr, (TypeRef){TEXTOID, -1}, COERCE_IMPLICIT,
                                     FORM_IMPLICIT_CAST);
        sort->descending = by->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
        sort->nulls_first =
            by->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
            (by->sortby_nulls != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST && sort->descending);
        vec_add(analysis->arena, &order, sort);
        if (node->agg_within_group)
            vec_add(analysis->arena, &arguments, sort->expr);
    }
    result = call_function(analysis, node, &arguments);
    if (result->kind != EXPR_FUNCTION || result->form != FORM_CALL)
        return result;
    kind = result->proc ? result->proc->kind : 'f';
    result->form =
        node->funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX ? FORM_SQL : FORM_CALL;
    result->star = node->agg_star;
    result->distinct = node->agg_distinct;
    result->order = order;
    result->filter = filter;
    if (node->over) {
        result->kind = EXPR_WINDOW;
        result->over = select_window(analysis, node->over);
        select_note_aggregate(analysis);
    } else if (kind == 'a' || kind == 'o' || kind == 'h') {
        result->kind = EXPR_AGGREGATE;
        select_note_aggregate(analysis);
        if (node->agg_within_group) {
            size_t direct = result->args.count - order.count;

            for (size_t i = 0; i < order.count; i++) {
                if (kind == 'h' && direct + i >= order.count)
                    unify(analysis, result, direct + i - order.count, direct + i);
                ((Sort *)order.items[i])->expr = expr_arg(result, direct + i);
            }
            result->args.count = direct;
            result->slice = true; /* WITHIN GROUP */
        } else if (order.count) {
            /* The ordering sees the arguments as they were coerced. */
            for (size_t i = 0; i < order.count; i++) {
                Sort *sort = order.items[i];

                for (size_t k = 0; k < result->args.count; k++) {
                    const Expr *bare = expr_strip_implicit(expr_arg(result, k));

                    if (expr_same(bare, sort->expr))
                        sort->expr = expr_arg(result, k);
                }
            }
        }
    } else if (result->proc && result->proc->set) {
        select_note_aggregate(analysis);
    }
    return result;
}

static Expr *expression(Analysis *analysis, const Node *node)
{
    switch (node->node_case) {
    case NODE(A_CONST):
        return constant(analysis, node->a_const);
    case NODE(COLUMN_REF):
        return select_column(analysis, node->column_ref);
    case NODE(A_EXPR):
        return operation(analysis, node->a_expr);
    case NODE(FUNC_CALL):
        return function_call(analysis, node->func_call);
    case NODE(TYPE_CAST):
        return cast(analysis, node->type_cast);
    case NODE(BOOL_EXPR):
        return boolean_of(analysis, node->bool_expr);
    case NODE(NULL_TEST):
        return null_test(analysis, node->null_test);
    case NODE(BOOLEAN_TEST):
        return boolean_test(analysis, node->boolean_test);
    case NODE(SUB_LINK):
        return sublink(analysis, node->sub_link);
    case NODE(CASE_EXPR):
        return case_of(analysis, node->case_expr);
    case NODE(COALESCE_EXPR):
        return common(analysis, EXPR_COALESCE, node->coalesce_expr->args,
                      node->coalesce_expr->n_args);
    case NODE(MIN_MAX_EXPR):
        return common(analysis,
                      node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_LEAST ? EXPR_LEAST
                                                                               : EXPR_GREATEST,
                      node->min_max_expr->args, node->min_max_expr->n_args);
    case NODE(A_ARRAY_EXPR):
        return array_of(analysis, node->a_array_expr, (TypeRef){0, -1});
    case NODE(ROW_EXPR):
        return row(analysis, node->row_expr);
    case NODE(SQLVALUE_FUNCTION):
        return value_function(analysis, node->sqlvalue_function);
    case NODE(A_INDIRECTION):
        return indirection(analysis, node->a_indirection);
    case NODE(COLLATE_CLAUSE):
        return collate(analysis, node->collate_clause);
    case NODE(GROUPING_FUNC): {
        Expr *expr = expr_new(analysis, EXPR_GROUPING, INT4OID);

        for (size_t i = 0; i < node->grouping_func->n_args; i++)
            expr_add(analysis, expr, analyse_expr(analysis, node->grouping_func->args[i]));
        return expr;
    }
    default:
        analyse_problem(analysis, "an expression of a kind that is not replayed");
        return expr_const(analysis, UNKNOWNOID, NULL);
    }
}

Expr *analyse_expr(Analysis *analysis, const Node *node)
{
    Expr *expr;

    if (!node || analysis->depth >= ANALYSE_DEPTH_MAX) {
        analyse_problem(analysis, "an expression is nested too deeply");
        return expr_const(analysis, UNKNOWNOID, NULL);
    }
    analysis->depth++;
    expr = expression(analysis, node);
    analysis->depth--;
    return expr;
}

Expr *analyse_assigned(Analysis *analysis, const Node *node, TypeRef type)
{
    return coerce_to(analysis, analyse_expr(analysis, node), type, COERCE_ASSIGNMENT,
                     FORM_IMPLICIT_CAST);
}

Expr *analyse_specific(Analysis *analysis, const Node *node, Oid type)
{
    Expr *expr = analyse_expr(analysis, node);

    return expr->type.oid == type ? expr
                                  : coerce_to(analysis, expr, (TypeRef){type, -1},
                                              COERCE_ASSIGNMENT, FORM_IMPLICIT_CAST);
}

Expr *analyse_boolean(Analysis *analysis, const Node *node)
{
    return as_boolean(analysis, analyse_expr(analysis, node));
}

Query *analyse_query(Analysis *analysis, const PgQuery__SelectStmt *select)
{
    return select_query(analysis, select);
}

/* ---- collations ---- */

typedef struct Collating {
    const char *name; /* NULL: none yet */
    bool explicit_;
} Collating;

static Collating collation_of(const Analysis *analysis, const Expr *expr);

static void collate_with(const Analysis *analysis, Collating *so_far, const Expr *expr)
{
    Collating next = expr ? collation_of(analysis, expr) : (Collating){0};

    if (!next.name || (so_far->explicit_ && !next.explicit_))
        return;
    /* The default one gives way to any other. */
    if (!so_far->name || (next.explicit_ && !so_far->explicit_) ||
        strcmp(so_far->name, "pg_catalog.\"default\"") == 0)
        *so_far = next;
}

static Collating collation_of(const Analysis *analysis, const Expr *expr)
{
    const char *usual = catalog_collation(analysis->catalog, expr->type.oid);
    Collating found = {0};

    if (!usual)
        return found;
    switch (expr->kind) {
    case EXPR_COLLATE:
        found.explicit_ = true;
        found.name = strchr(expr->text, '.')
                         ? expr->text
                         : arena_printf(analysis->arena, "pg_catalog.%s", expr->text);
        return found;
    case EXPR_COLUMN:
        if (expr->entry && expr->place < expr->entry->columns.count)
            found.name = ((const RangeColumn *)expr->entry->columns.items[expr->place])->collation;
        break;
    case EXPR_CONST:
    case EXPR_SQL_VALUE:
    case EXPR_FIELD:
    case EXPR_TO_DOMAIN:
        break;
    case EXPR_CASE:
        for (size_t i = 2; i < expr->args.count; i += 2)
            collate_with(analysis, &found, expr->args.items[i]);
        collate_with(analysis, &found, expr->args.items[expr->args.count - 1]);
        break;
    case EXPR_SUBLINK:
        if (expr->query && expr->query->targets.count)
            collate_with(analysis, &found, ((const Target *)expr->query->targets.items[0])->expr);
        break;
    case EXPR_AGGREGATE:
        for (size_t i = 0; i < expr->args.count; i++)
            collate_with(analysis, &found, expr->args.items[i]);
        /* assign_ordered_set_collations() */
        for (size_t i = 0; i < expr->order.count && expr->slice; i++)
            collate_with(analysis, &found, ((const Sort *)expr->order.items[i])->expr);
        break;
    case EXPR_SUBSCRIPT:
        collate_with(analysis, &found, expr->args.count ? expr->args.items[0] : NULL);
        break;
    default:
        for (size_t i = 0; i < expr->args.count; i++)
            collate_with(analysis, &found, expr->args.items[i]);
        break;
    }
    if (!found.name)
        found.name = usual;
    return found;
}

const char *analyse_collation(const Analysis *analysis, const Expr *expr)
{
    const char *usual = catalog_collation(analysis->catalog, expr->type.oid);
    Collating found = collation_of(analysis, expr);

    return !usual || strcmp(found.name, usual) == 0 ? NULL : found.name;
}
