#include "replay/ask_parts.h"

#include <string.h>

static const char *alias_of(const PgQuery__Alias *alias, const char *otherwise)
{
    return alias && tree_given(alias->aliasname) ? alias->aliasname : otherwise;
}

/* The columns go by other names: of the query's own rows, so the list is copied. */
static void rename_columns(Ask *ask, RowSet *set, const PgQuery__Alias *alias)
{
    const char **names;

    if (!alias || !alias->n_colnames || !set->names)
        return;
    names = arena_alloc(ask->arena, (set->width + 1) * sizeof *names);
    for (size_t i = 0; i < set->width; i++)
        names[i] = i < alias->n_colnames ? tree_string(alias->colnames[i]) : set->names[i];
    set->names = names;
}

/* A table of the schema: empty when nothing filled it. */
static void table_rows(Ask *ask, const Relation *relation, RowSet *set)
{
    const char **names = arena_alloc(ask->arena, (relation->columns.count + 1) * sizeof *names);

    for (size_t i = 0; i < relation->columns.count; i++)
        names[i] = ((const Column *)relation->columns.items[i])->name;
    *set = (RowSet){.names = names, .width = relation->columns.count};
    if (relation->kind == 'v' || relation->kind == 'm' || relation->kind == 'f' ||
        relation->kind == 'S' || relation->filled || ask->replay->filled ||
        (relation->known && relation->kind != 'r'))
        rows_add_maybe(ask->arena, set);
    for (size_t i = 0; i < relation->children.count; i++) {
        const Relation *child = relation->children.items[i];

        if (child->filled)
            rows_add_maybe(ask->arena, set);
    }
}

static bool range_rows(State *state, const PgQuery__RangeVar *range, RowSet *ret)
{
    Ask *ask = state->ask;
    const char *schema = tree_given(range->schemaname);
    const Relation *relation;

    if (!schema)
        for (const AskScope *scope = state->scope; scope; scope = scope->outer)
            for (size_t i = 0; i < scope->ctes.count; i++) {
                const Item *cte = scope->ctes.items[i];

                if (strcmp(cte->alias, range->relname) == 0) {
                    *ret = cte->set;
                    return true;
                }
            }
    relation = catalog_relation(ask->replay->catalog, schema, range->relname);
    if (!schema || strcmp(schema, "pg_catalog") == 0 || strcmp(schema, "information_schema") == 0)
        if (rows_catalog(ask->replay, ask->arena, schema, range->relname, ret))
            return true;
    if (!relation) {
        *ret = (RowSet){0};
        rows_add_maybe(ask->arena, ret);
        return true;
    }
    table_rows(ask, relation, ret);
    return true;
}

static void one_column(Ask *ask, RowSet *set, const char *name, const Vec *values)
{
    const char **names = arena_alloc(ask->arena, 2 * sizeof *names);

    names[0] = name;
    *set = (RowSet){.names = names, .width = 1};
    for (size_t i = 0; i < values->count && i < ROWS_MAX; i++) {
        Row *one = arena_alloc(ask->arena, sizeof *one);

        one->values = arena_alloc(ask->arena, sizeof *one->values);
        one->values[0] = values->items[i];
        vec_add(ask->arena, &set->rows, one);
    }
}

static bool function_rows(State *state, const PgQuery__RangeFunction *range, const char *alias,
                          RowSet *ret)
{
    Ask *ask = state->ask;
    const Node *list = range->n_functions == 1 ? range->functions[0] : NULL;
    const Node *node = list && list->node_case == NODE(LIST) ? list->list->items[0] : NULL;
    const PgQuery__FuncCall *call =
        node && node->node_case == NODE(FUNC_CALL) ? node->func_call : NULL;
    const char *name = call ? tree_last(call->funcname, call->n_funcname) : "";
    Vec values = {0};

    if (range->ordinality || !call)
        return false;
    if (strcmp(name, "unnest") == 0 && call->n_args == 1) {
        const Value *items = ask_array_of_text(ask, ask_evaluate(state, call->args[0]));

        if (items->kind != VALUE_ARRAY)
            return false;
        one_column(ask, ret, alias, &items->items);
        return true;
    }
    if (strcmp(name, "generate_series") == 0 && call->n_args == 2) {
        const Value *from = value_as_number(ask->arena, ask_evaluate(state, call->args[0]));
        const Value *to = value_as_number(ask->arena, ask_evaluate(state, call->args[1]));

        if (from->kind != VALUE_NUMBER || to->kind != VALUE_NUMBER || !value_is_certain(from) ||
            !value_is_certain(to) || to->number - from->number > ROWS_MAX)
            return false;
        for (int64_t i = from->number; i <= to->number; i++)
            vec_add(ask->arena, &values, value_number(ask->arena, i));
        one_column(ask, ret, alias, &values);
        return true;
    }
    return false;
}

/* Fills an entry from the rows that those before it have at hand. */
static bool item_ready(State *state, Item *item)
{
    const Node *node = item->node;
    bool ok = true;

    if (item->ready)
        return true;
    item->set = (RowSet){0};
    if (node->node_case == NODE(RANGE_VAR)) {
        ok = range_rows(state, node->range_var, &item->set);
        rename_columns(state->ask, &item->set, node->range_var->alias);
        item->ready = true;
    } else if (node->node_case == NODE(RANGE_SUBSELECT)) {
        const Node *query = node->range_subselect->subquery;
        Answer answer = query && query->node_case == NODE(SELECT_STMT)
                            ? ask_select_in(state, query->select_stmt)
                            : (Answer){0};

        ok = answer.known;
        item->set = answer.set;
        rename_columns(state->ask, &item->set, node->range_subselect->alias);
    } else if (node->node_case == NODE(RANGE_FUNCTION)) {
        ok = function_rows(state, node->range_function, item->alias, &item->set);
        rename_columns(state->ask, &item->set, node->range_function->alias);
    } else {
        ok = false;
    }
    return ok;
}

static Item *item_add(State *state, const Node *node, const char *alias)
{
    Item *item = arena_alloc(state->ask->arena, sizeof *item);

    item->node = node;
    item->alias = alias;
    vec_add(state->ask->arena, &state->scope->items, item);
    return item;
}

bool ask_add_from(State *state, const Node *node, Vec *ret_conditions, const Node *left_on)
{
    Item *item = NULL;

    switch (node->node_case) {
    case NODE(RANGE_VAR):
        item = item_add(state, node, alias_of(node->range_var->alias, node->range_var->relname));
        /* Its columns are known before it has a row. */
        if (!item_ready(state, item))
            return false;
        break;
    case NODE(RANGE_SUBSELECT):
        item = item_add(state, node, alias_of(node->range_subselect->alias, ""));
        break;
    case NODE(RANGE_FUNCTION): {
        const Node *list =
            node->range_function->n_functions == 1 ? node->range_function->functions[0] : NULL;
        const Node *call = list && list->node_case == NODE(LIST) ? list->list->items[0] : NULL;

        item = item_add(
            state, node,
            alias_of(node->range_function->alias,
                     call && call->node_case == NODE(FUNC_CALL)
                         ? tree_last(call->func_call->funcname, call->func_call->n_funcname)
                         : ""));
        break;
    }
    case NODE(JOIN_EXPR): {
        const PgQuery__JoinExpr *join = node->join_expr;
        bool left = join->jointype == PG_QUERY__JOIN_TYPE__JOIN_LEFT;
        size_t before = state->scope->items.count;

        if (left_on || (!left && join->jointype != PG_QUERY__JOIN_TYPE__JOIN_INNER) ||
            join->is_natural || join->alias)
            return false;
        if (!ask_add_from(state, join->larg, ret_conditions, NULL))
            return false;
        if (left && (join->n_using_clause || !join->quals))
            return false;
        if (!ask_add_from(state, join->rarg, ret_conditions, left ? join->quals : NULL))
            return false;
        if (join->n_using_clause) {
            /* The same name on both sides: compared by place. */
            for (size_t i = 0; i < join->n_using_clause; i++)
                vec_add(state->ask->arena, ret_conditions, join->using_clause[i]);
            return state->scope->items.count - before == 2;
        }
        if (!left && join->quals)
            vec_add(state->ask->arena, ret_conditions, join->quals);
        return true;
    }
    default:
        return false;
    }
    if (left_on) {
        item->is_left = true;
        item->outer_joined = left_on;
    }
    return true;
}

void ask_add_conditions(Arena *arena, Vec *ret, const Node *node)
{
    if (!node)
        return;
    if (node->node_case == NODE(BOOL_EXPR) &&
        node->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < node->bool_expr->n_args; i++)
            ask_add_conditions(arena, ret, node->bool_expr->args[i]);
        return;
    }
    vec_add(arena, ret, node);
}

static bool has_query(const Node *node)
{
    return node->node_case == NODE(SUB_LINK) ||
           (node->node_case == NODE(BOOL_EXPR) && node->bool_expr->n_args == 1 &&
            node->bool_expr->args[0]->node_case == NODE(SUB_LINK));
}

/* A column of USING: equal in the two entries that have it. */
static const Value *using_equal(State *state, const char *name)
{
    const Value *found[2] = {NULL, NULL};
    size_t count = 0;

    for (size_t i = 0; i < state->scope->items.count && count < 2; i++) {
        const Value *value = ask_row_column(state->scope->items.items[i], name);

        if (value)
            found[count++] = value;
    }
    return count == 2 ? value_equal(state->ask->arena, found[0], found[1]) : &value_unknown;
}

static const Value *condition_holds(State *state, const Node *node)
{
    return node->node_case == NODE(STRING) ? using_equal(state, tree_string(node))
                                           : value_as_bool(ask_evaluate(state, node));
}

static void next_row(State *state, Finding *finding, Item *item, const Row *row, size_t level,
                     bool maybe)
{
    bool last = level + 1 == state->scope->items.count;

    item->row = row;
    maybe |= row && row->maybe;
    for (size_t i = 0; !last && i < finding->conditions->count; i++) {
        const Node *node = finding->conditions->items[i];

        if (!has_query(node) && value_is_false(condition_holds(state, node)))
            return;
    }
    ask_find_rows(state, finding, level + 1, maybe);
}

void ask_find_rows(State *state, Finding *finding, size_t level, bool maybe)
{
    Ask *ask = state->ask;
    AskScope *scope = state->scope;
    Item *item;
    RowSet set;
    bool matched = false, maybe_matched = false;

    if (finding->failed || ++ask->work > WORK_MAX || finding->found->count > ROWS_MAX) {
        finding->failed = true;
        return;
    }
    if (level == scope->items.count) {
        Vec *binding;

        for (size_t i = 0; i < finding->conditions->count; i++) {
            const Value *holds = condition_holds(state, finding->conditions->items[i]);

            if (value_is_false(holds))
                return;
            maybe |= holds->kind == VALUE_UNKNOWN;
        }
        binding = arena_alloc(ask->arena, sizeof *binding);
        for (size_t i = 0; i < scope->items.count; i++)
            vec_add(ask->arena, binding, ((const Item *)scope->items.items[i])->row);
        vec_add(ask->arena, finding->found, binding);
        vec_add(ask->arena, &finding->maybes, maybe ? binding : NULL);
        return;
    }
    item = scope->items.items[level];
    if (!item_ready(state, item)) {
        finding->failed = true;
        return;
    }
    set = item->set;
    for (size_t i = 0; i < set.rows.count && !finding->failed; i++) {
        const Row *one = set.rows.items[i];

        if (item->is_left) {
            const Value *holds;

            item->row = one;
            holds = value_as_bool(ask_evaluate(state, item->outer_joined));
            if (value_is_false(holds))
                continue;
            if (holds->kind == VALUE_UNKNOWN || one->maybe)
                maybe_matched = true;
            else
                matched = true;
            next_row(state, finding, item, one, level, maybe || holds->kind == VALUE_UNKNOWN);
            continue;
        }
        next_row(state, finding, item, one, level, maybe);
    }
    if (item->is_left && !matched) {
        Row *nothing = arena_alloc(ask->arena, sizeof *nothing);

        nothing->values = arena_alloc(ask->arena, (set.width + 1) * sizeof *nothing->values);
        for (size_t i = 0; i < set.width; i++)
            nothing->values[i] = &value_null;
        next_row(state, finding, item, nothing, level, maybe || maybe_matched);
    }
    item->row = NULL;
}
