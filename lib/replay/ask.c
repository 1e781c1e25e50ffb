#include "replay/ask.h"

#include <string.h>

#include "replay/ask_parts.h"

static const Value *row(State *state, const PgQuery__RowExpr *node);

const Value ask_any_text = {.kind = VALUE_TEXT, .text = (const char[]){VALUE_ANY, '\0'}};

const char *ask_text(Ask *ask, const Value *value)
{
    switch (value->kind) {
    case VALUE_NULL:
        return NULL;
    case VALUE_BOOL:
        return value->number ? "true" : "false";
    case VALUE_NUMBER:
        return value->number == value->most
                   ? arena_printf(ask->arena, "%lld", (long long)value->number)
                   : ask_any_text.text;
    case VALUE_TEXT:
        return value->text;
    case VALUE_OBJECT:
        value = rows_name(ask->replay, ask->arena, value);
        return value->kind == VALUE_TEXT ? value->text : ask_any_text.text;
    case VALUE_UNKNOWN:
    case VALUE_ARRAY:
    case VALUE_ROW:
        break;
    }
    return ask_any_text.text;
}

const Value *ask_as_text(Ask *ask, const Value *value)
{
    return value->kind == VALUE_UNKNOWN ? &value_unknown
                                        : value_text(ask->arena, ask_text(ask, value));
}

const Value *ask_row_column(const Item *item, const char *name)
{
    for (size_t i = 0; item->set.names && item->set.names[i]; i++)
        if (strcmp(item->set.names[i], name) == 0)
            return item->row ? item->row->values[i] : &value_unknown;
    return NULL;
}

static const Value *whole_row(Arena *arena, const Item *item)
{
    Value *value = arena_alloc(arena, sizeof *value);

    if (!item->row)
        return &value_unknown;
    /* One column without a name of its own is that value: unnest() AS name. */
    if (item->set.width == 1 && strcmp(item->set.names[0], item->alias) == 0)
        return item->row->values[0];
    *value = (Value){.kind = VALUE_ROW, .names = item->set.names};
    for (size_t i = 0; i < item->set.width; i++)
        vec_add(arena, &value->items, item->row->values[i]);
    return value;
}

static const Value *row_field(const Value *row, const char *name)
{
    for (size_t i = 0; row->kind == VALUE_ROW && i < row->items.count; i++)
        if (row->names && row->names[i] && strcmp(row->names[i], name) == 0)
            return row->items.items[i];
    return row->kind == VALUE_NULL ? &value_null : &value_unknown;
}

static const Value *column(State *state, const char *qualifier, const char *name)
{
    Ask *ask = state->ask;
    const Value *found = NULL;

    for (const AskScope *scope = state->scope; scope; scope = scope->outer) {
        for (size_t i = 0; i < scope->items.count && !found; i++) {
            const Item *item = scope->items.items[i];

            if (!qualifier || strcmp(item->alias, qualifier) == 0)
                found = ask_row_column(item, name);
            /* A table whose columns are not known may have it. */
            if (!found && !item->set.names && item->ready &&
                (!qualifier || strcmp(item->alias, qualifier) == 0))
                found = &value_unknown;
        }
        if (found)
            return found;
        for (size_t i = 0; i < scope->items.count && !qualifier; i++)
            if (strcmp(((const Item *)scope->items.items[i])->alias, name) == 0)
                return whole_row(ask->arena, scope->items.items[i]);
    }
    found = ask->variable
                ? ask->variable(ask->context, qualifier ? qualifier : name, qualifier ? name : NULL)
                : NULL;
    return found ? found : &value_unknown;
}

static const Value *column_reference(State *state, const PgQuery__ColumnRef *reference)
{
    size_t count = reference->n_fields;
    const char *name = tree_last(reference->fields, count);
    const char *qualifier = tree_qualifier(reference->fields, count);

    return *name ? column(state, qualifier, name) : &value_unknown;
}

static const Value *boolean(State *state, const PgQuery__BoolExpr *expr)
{
    bool and = expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    const Value *result = value_bool(and);

    if (expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR)
        return ask_negated(ask_evaluate(state, expr->args[0]));
    for (size_t i = 0; i < expr->n_args; i++) {
        const Value *one = value_as_bool(ask_evaluate(state, expr->args[i]));

        if (one->kind == VALUE_BOOL && (one->number != 0) != and)
            return one;
        if (one->kind == VALUE_UNKNOWN || (one->kind == VALUE_NULL && result->kind == VALUE_BOOL))
            result = one;
    }
    return result;
}

static const Value *case_of(State *state, const PgQuery__CaseExpr *expr)
{
    const Value *subject = expr->arg ? ask_evaluate(state, expr->arg) : NULL;

    for (size_t i = 0; i < expr->n_args; i++) {
        const PgQuery__CaseWhen *when = expr->args[i]->case_when;
        const Value *condition = ask_evaluate(state, when->expr);

        if (subject)
            condition = value_equal(state->ask->arena, subject, condition);
        if (value_is_true(condition))
            return ask_evaluate(state, when->result);
        if (!value_is_false(condition))
            return &value_unknown;
    }
    return expr->defresult ? ask_evaluate(state, expr->defresult) : &value_null;
}

static const Value *sql_value(const PgQuery__SQLValueFunction *function)
{
    static const char database[] = {VALUE_DATABASE, '\0'};
    static const Value name = {.kind = VALUE_TEXT, .text = database},
                       user = {.kind = VALUE_TEXT, .text = "postgres"};

    switch (function->op) {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
        return &name;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
        return &user;
    default:
        return &value_unknown;
    }
}

static const Value *constant(Ask *ask, const PgQuery__AConst *node)
{
    if (node->isnull)
        return &value_null;
    switch (node->val_case) {
    case PG_QUERY__A__CONST__VAL_SVAL:
        return value_text(ask->arena, node->sval->sval ? node->sval->sval : "");
    case PG_QUERY__A__CONST__VAL_IVAL:
        return value_number(ask->arena, node->ival->ival);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return value_bool(node->boolval->boolval);
    default:
        return &value_unknown;
    }
}

static const Value *sublink(State *state, const PgQuery__SubLink *link)
{
    Ask *ask = state->ask;
    Answer answer = link->subselect && link->subselect->node_case == NODE(SELECT_STMT)
                        ? ask_select_in(state, link->subselect->select_stmt)
                        : (Answer){0};
    Vec values = {0};
    bool maybe = false;

    if (link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK)
        return ask_exists(&answer);
    if (link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK)
        return ask_scalar(&answer);
    if (!answer.known)
        return &value_unknown;
    for (size_t i = 0; i < answer.set.rows.count; i++) {
        const Row *row = answer.set.rows.items[i];

        maybe |= row->maybe;
        vec_add(ask->arena, &values, answer.set.width ? row->values[0] : &value_unknown);
    }
    switch (link->sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
        return maybe ? &value_unknown : value_array(ask->arena, &values);
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK: {
        const char *name = link->n_oper_name ? tree_last(link->oper_name, link->n_oper_name) : "=";
        const Value *left = ask_evaluate(state, link->testexpr);
        const Value *found = ask_over_values(ask, name, left, &values, false);

        /* One that may not be there cannot make it true, nor may its absence make it false. */
        return maybe && !(found->kind == VALUE_BOOL && !found->number) ? &value_unknown : found;
    }
    default:
        return &value_unknown;
    }
}

static const Value *element(State *state, const PgQuery__AIndirection *node)
{
    Ask *ask = state->ask;
    const Value *value = ask_evaluate(state, node->arg);

    for (size_t i = 0; i < node->n_indirection; i++) {
        const Node *step = node->indirection[i];

        if (step->node_case == NODE(STRING)) {
            value = row_field(value, tree_string(step));
        } else if (step->node_case == NODE(A_INDICES) && !step->a_indices->is_slice &&
                   value->kind == VALUE_ARRAY) {
            const Value *place =
                value_as_number(ask->arena, ask_evaluate(state, step->a_indices->uidx));

            if (!value_is_certain(place) || place->kind != VALUE_NUMBER)
                return &value_unknown;
            value = place->number >= 1 && (size_t)place->number <= value->items.count
                        ? value->items.items[place->number - 1]
                        : &value_null;
        } else {
            return &value_unknown;
        }
    }
    return value;
}

static const Value *array(State *state, const PgQuery__AArrayExpr *node)
{
    Vec items = {0};

    for (size_t i = 0; i < node->n_elements; i++)
        vec_add(state->ask->arena, &items, ask_evaluate(state, node->elements[i]));
    return value_array(state->ask->arena, &items);
}

static const Value *row(State *state, const PgQuery__RowExpr *node)
{
    Value *value = arena_alloc(state->ask->arena, sizeof *value);

    *value = (Value){.kind = VALUE_ROW};
    for (size_t i = 0; i < node->n_args; i++)
        vec_add(state->ask->arena, &value->items, ask_evaluate(state, node->args[i]));
    return value;
}

static const Value *null_test(State *state, const PgQuery__NullTest *node)
{
    const Value *value = ask_evaluate(state, node->arg);
    bool want = node->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL;

    if (value->kind == VALUE_UNKNOWN || value->kind == VALUE_ROW)
        return &value_unknown;
    return value_bool((value->kind == VALUE_NULL) == want);
}

static const Value *boolean_test(State *state, const PgQuery__BooleanTest *node)
{
    const Value *value = value_as_bool(ask_evaluate(state, node->arg));

    if (value->kind == VALUE_UNKNOWN)
        return value;
    switch (node->booltesttype) {
    case PG_QUERY__BOOL_TEST_TYPE__IS_TRUE:
        return value_bool(value_is_true(value));
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE:
        return value_bool(!value_is_true(value));
    case PG_QUERY__BOOL_TEST_TYPE__IS_FALSE:
        return value_bool(value->kind == VALUE_BOOL && !value->number);
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE:
        return value_bool(value->kind != VALUE_BOOL || value->number);
    default:
        return &value_unknown;
    }
}

static const Value *parameter(Ask *ask, const PgQuery__ParamRef *node)
{
    const Value *value =
        ask->variable
            ? ask->variable(ask->context, arena_printf(ask->arena, "$%d", node->number), NULL)
            : NULL;

    return value ? value : &value_unknown;
}

static const Value *evaluate_deeper(State *state, const Node *node)
{
    Ask *ask = state->ask;

    switch (node->node_case) {
    case NODE(A_CONST):
        return constant(ask, node->a_const);
    case NODE(COLUMN_REF):
        return column_reference(state, node->column_ref);
    case NODE(PARAM_REF):
        return parameter(ask, node->param_ref);
    case NODE(A_EXPR):
        return ask_operation(state, node->a_expr);
    case NODE(BOOL_EXPR):
        return boolean(state, node->bool_expr);
    case NODE(NULL_TEST):
        return null_test(state, node->null_test);
    case NODE(BOOLEAN_TEST):
        return boolean_test(state, node->boolean_test);
    case NODE(TYPE_CAST):
        return ask_cast(state, node->type_cast);
    case NODE(FUNC_CALL):
        return ask_function_call(state, node->func_call);
    case NODE(SUB_LINK):
        return sublink(state, node->sub_link);
    case NODE(CASE_EXPR):
        return case_of(state, node->case_expr);
    case NODE(COALESCE_EXPR): {
        Vec values = {0};

        for (size_t i = 0; i < node->coalesce_expr->n_args; i++)
            vec_add(ask->arena, &values, ask_evaluate(state, node->coalesce_expr->args[i]));
        return ask_coalesce(ask, &values);
    }
    case NODE(A_ARRAY_EXPR):
        return array(state, node->a_array_expr);
    case NODE(ROW_EXPR):
        return row(state, node->row_expr);
    case NODE(A_INDIRECTION):
        return element(state, node->a_indirection);
    case NODE(COLLATE_CLAUSE):
        return ask_evaluate(state, node->collate_clause->arg);
    case NODE(SQLVALUE_FUNCTION):
        return sql_value(node->sqlvalue_function);
    default:
        return &value_unknown;
    }
}

const Value *ask_evaluate(State *state, const Node *node)
{
    const Value *value = &value_unknown;

    if (!node || state->depth >= DEPTH_MAX || ++state->ask->work > WORK_MAX)
        return value;
    state->depth++;
    value = evaluate_deeper(state, node);
    state->depth--;
    return value;
}

const Value *ask_expr(Ask *ask, const Node *node)
{
    State state = {.ask = ask};

    return ask_evaluate(&state, node);
}
