#include "replay/ask_parts.h"

#include <string.h>

const Value *ask_exists(const Answer *answer)
{
    bool maybe = !answer->known;

    for (size_t i = 0; answer->known && i < answer->set.rows.count; i++) {
        if (!((const Row *)answer->set.rows.items[i])->maybe)
            return &value_true;
        maybe = true;
    }
    return maybe ? &value_unknown : &value_false;
}

const Value *ask_scalar(const Answer *answer)
{
    const Row *row;

    if (!answer->known || answer->set.rows.count > 1 || !answer->set.width)
        return &value_unknown;
    if (!answer->set.rows.count)
        return &value_null;
    row = answer->set.rows.items[0];
    return row->maybe ? &value_unknown : row->values[0];
}

static bool has_aggregate(const Node *node)
{
    if (!node)
        return false;
    switch (node->node_case) {
    case NODE(FUNC_CALL):
        if (ask_is_aggregate(node->func_call))
            return true;
        for (size_t i = 0; i < node->func_call->n_args; i++)
            if (has_aggregate(node->func_call->args[i]))
                return true;
        return false;
    case NODE(A_EXPR):
        return has_aggregate(node->a_expr->lexpr) || has_aggregate(node->a_expr->rexpr);
    case NODE(BOOL_EXPR):
        for (size_t i = 0; i < node->bool_expr->n_args; i++)
            if (has_aggregate(node->bool_expr->args[i]))
                return true;
        return false;
    case NODE(TYPE_CAST):
        return has_aggregate(node->type_cast->arg);
    case NODE(NULL_TEST):
        return has_aggregate(node->null_test->arg);
    case NODE(COALESCE_EXPR):
        for (size_t i = 0; i < node->coalesce_expr->n_args; i++)
            if (has_aggregate(node->coalesce_expr->args[i]))
                return true;
        return false;
    case NODE(CASE_EXPR):
        for (size_t i = 0; i < node->case_expr->n_args; i++)
            if (has_aggregate(node->case_expr->args[i]->case_when->expr) ||
                has_aggregate(node->case_expr->args[i]->case_when->result))
                return true;
        return has_aggregate(node->case_expr->defresult);
    default:
        return false;
    }
}

static bool is_star(const Node *node)
{
    return node->node_case == NODE(COLUMN_REF) && node->column_ref->n_fields &&
           node->column_ref->fields[node->column_ref->n_fields - 1]->node_case == NODE(A_STAR);
}

/* The names of the result; stars are written out. */
static bool result_names(State *state, const PgQuery__SelectStmt *select, RowSet *set)
{
    Vec names = {0};

    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *target = select->target_list[i]->res_target;

        if (target->val && is_star(target->val)) {
            const char *qualifier = target->val->column_ref->n_fields > 1
                                        ? tree_string(target->val->column_ref->fields[0])
                                        : NULL;

            for (size_t k = 0; k < state->scope->items.count; k++) {
                const Item *item = state->scope->items.items[k];

                if (qualifier && strcmp(item->alias, qualifier) != 0)
                    continue;
                if (!item->set.names && (item->set.rows.count || item->set.width))
                    return false;
                for (size_t n = 0; n < item->set.width; n++)
                    vec_add(state->ask->arena, &names, item->set.names[n]);
            }
            continue;
        }
        vec_add(state->ask->arena, &names,
                tree_given(target->name) ? target->name : select_name(target->val));
    }
    set->width = names.count;
    vec_add(state->ask->arena, &names, NULL);
    set->names = (const char *const *)names.items;
    return true;
}

static Row *result_row(State *state, const PgQuery__SelectStmt *select, size_t width)
{
    Row *result = arena_alloc(state->ask->arena, sizeof *result);
    size_t at = 0;

    result->values = arena_alloc(state->ask->arena, (width + 1) * sizeof *result->values);
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *target = select->target_list[i]->res_target;

        if (target->val && is_star(target->val)) {
            const char *qualifier = target->val->column_ref->n_fields > 1
                                        ? tree_string(target->val->column_ref->fields[0])
                                        : NULL;

            for (size_t k = 0; k < state->scope->items.count; k++) {
                const Item *item = state->scope->items.items[k];

                if (qualifier && strcmp(item->alias, qualifier) != 0)
                    continue;
                for (size_t n = 0; n < item->set.width && at < width; n++)
                    result->values[at++] = item->row ? item->row->values[n] : &value_unknown;
            }
        } else if (at < width) {
            result->values[at++] = ask_evaluate(state, target->val);
        }
    }
    return result;
}

/* Whether more than one row may come of a call. */
static bool gives_a_set(Ask *ask, const PgQuery__FuncCall *call)
{
    size_t count = 0;
    const char *name = tree_last(call->funcname, call->n_funcname);
    const BuiltinFunction *rows = builtin_functions(name, &count);
    size_t at = 0;
    const Function *function;
    bool set = false;

    for (size_t i = 0; i < count; i++)
        set |= rows[i].set;
    while ((function = catalog_function_next(ask->replay->catalog, name, &at)))
        set |= function->proc.set;
    return set;
}

/* unnest() and its like among the results: the first that there is, and its place. */
static const Value *result_set(State *state, const PgQuery__SelectStmt *select, size_t *ret_place)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const Node *value = select->target_list[i]->res_target->val;
        const PgQuery__FuncCall *call =
            value && value->node_case == NODE(FUNC_CALL) ? value->func_call : NULL;
        const char *name = call ? tree_last(call->funcname, call->n_funcname) : "";

        if (call && strcmp(name, "unnest") == 0 && call->n_args == 1) {
            *ret_place = i;
            return ask_array_of_text(state->ask, ask_evaluate(state, call->args[0]));
        }
        if (call && gives_a_set(state->ask, call))
            return &value_unknown;
    }
    return NULL;
}

static bool same_row(Ask *ask, const RowSet *set, const Row *a, const Row *b)
{
    for (size_t i = 0; i < set->width; i++)
        if (!(a->values[i]->kind == VALUE_NULL && b->values[i]->kind == VALUE_NULL) &&
            !value_is_true(value_equal(ask->arena, a->values[i], b->values[i])))
            return false;
    return true;
}

static void drop_duplicates(Ask *ask, RowSet *set)
{
    for (size_t i = set->rows.count; i > 1; i--)
        for (size_t k = 0; k < i - 1; k++)
            if (!((const Row *)set->rows.items[k])->maybe &&
                same_row(ask, set, set->rows.items[k], set->rows.items[i - 1])) {
                vec_remove(&set->rows, set->rows.items[i - 1]);
                break;
            }
}

static Answer values_in(State *state, const PgQuery__SelectStmt *select)
{
    Ask *ask = state->ask;
    Answer answer = {.known = true};
    const char **names;

    answer.set.width = select->values_lists[0]->list->n_items;
    names = arena_alloc(ask->arena, (answer.set.width + 1) * sizeof *names);
    for (size_t i = 0; i < answer.set.width; i++)
        names[i] = arena_printf(ask->arena, "column%zu", i + 1);
    answer.set.names = names;
    for (size_t i = 0; i < select->n_values_lists; i++) {
        const PgQuery__List *list = select->values_lists[i]->list;
        Row *one = arena_alloc(ask->arena, sizeof *one);

        one->values = arena_alloc(ask->arena, (answer.set.width + 1) * sizeof *one->values);
        for (size_t k = 0; k < answer.set.width; k++)
            one->values[k] =
                k < list->n_items ? ask_evaluate(state, list->items[k]) : &value_unknown;
        vec_add(ask->arena, &answer.set.rows, one);
    }
    return answer;
}

static Answer union_in(State *state, const PgQuery__SelectStmt *select)
{
    Answer left = ask_select_in(state, select->larg), right = ask_select_in(state, select->rarg);

    if (!left.known || !right.known || select->op != PG_QUERY__SET_OPERATION__SETOP_UNION ||
        left.set.width != right.set.width)
        return (Answer){0};
    for (size_t i = 0; i < right.set.rows.count; i++)
        vec_add(state->ask->arena, &left.set.rows, right.set.rows.items[i]);
    if (!select->all)
        drop_duplicates(state->ask, &left.set);
    return left;
}

static bool add_ctes(State *state, const PgQuery__WithClause *with)
{
    for (size_t i = 0; with && i < with->n_ctes; i++) {
        const PgQuery__CommonTableExpr *cte = with->ctes[i]->common_table_expr;
        Item *item = arena_alloc(state->ask->arena, sizeof *item);
        Answer answer =
            !with->recursive && cte->ctequery && cte->ctequery->node_case == NODE(SELECT_STMT)
                ? ask_select_in(state, cte->ctequery->select_stmt)
                : (Answer){0};

        item->alias = cte->ctename;
        item->set = answer.set;
        if (!answer.known) {
            item->set = (RowSet){0};
            rows_add_maybe(state->ask->arena, &item->set);
        }
        vec_add(state->ask->arena, &state->scope->ctes, item);
    }
    return true;
}

/* In the order asked for, as far as values can be told apart. */
static void sort_rows(State *state, const PgQuery__SelectStmt *select, RowSet *set,
                      const Vec *bindings)
{
    Ask *ask = state->ask;
    const Node *by = select->sort_clause[0]->sort_by->node;
    bool descending =
        select->sort_clause[0]->sort_by->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    Vec keys = {0};

    for (size_t i = 0; i < set->rows.count; i++) {
        const Value *key = NULL;

        if (by->node_case == NODE(A_CONST) && by->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL)
            key = (size_t)by->a_const->ival->ival <= set->width && by->a_const->ival->ival > 0
                      ? ((const Row *)set->rows.items[i])->values[by->a_const->ival->ival - 1]
                      : &value_unknown;
        if (!key && by->node_case == NODE(COLUMN_REF) && by->column_ref->n_fields == 1)
            for (size_t k = 0; k < set->width && !key; k++)
                if (strcmp(set->names[k], tree_string(by->column_ref->fields[0])) == 0)
                    key = ((const Row *)set->rows.items[i])->values[k];
        if (!key && bindings && i < bindings->count) {
            ask_bind(state->scope, bindings->items[i]);
            key = ask_evaluate(state, by);
        }
        vec_add(ask->arena, &keys, key ? key : &value_unknown);
    }
    for (size_t i = 1; i < keys.count; i++)
        for (size_t k = i; k > 0; k--) {
            int order = value_compare(ask->arena, keys.items[k - 1], keys.items[k]);
            void *swap;

            if (order == 2 || (descending ? order >= 0 : order <= 0))
                break;
            swap = keys.items[k];
            keys.items[k] = keys.items[k - 1];
            keys.items[k - 1] = swap;
            swap = set->rows.items[k];
            set->rows.items[k] = set->rows.items[k - 1];
            set->rows.items[k - 1] = swap;
        }
}

static bool limited(State *state, const PgQuery__SelectStmt *select, RowSet *set)
{
    const Value *count;

    if (select->limit_offset)
        return false;
    if (!select->limit_count)
        return true;
    count = value_as_number(state->ask->arena, ask_evaluate(state, select->limit_count));
    if (count->kind == VALUE_NULL)
        return true;
    if (count->kind != VALUE_NUMBER || !value_is_certain(count) || count->number < 0)
        return false;
    if ((size_t)count->number >= set->rows.count)
        return true;
    /* Which of them it is matters only where they differ. */
    for (size_t i = 1; i < set->rows.count; i++)
        if (((const Row *)set->rows.items[i])->maybe || !select->n_sort_clause) {
            if (!same_row(state->ask, set, set->rows.items[0], set->rows.items[i])) {
                /* Whether there is one at all is known still. */
                for (size_t k = 0; k < set->rows.count; k++) {
                    Row *one = set->rows.items[k];

                    for (size_t n = 0; n < set->width; n++)
                        one->values[n] = &value_unknown;
                }
                break;
            }
        }
    /* A row that is certain comes first. */
    for (size_t i = 1; i < set->rows.count && ((const Row *)set->rows.items[0])->maybe; i++)
        if (!((const Row *)set->rows.items[i])->maybe) {
            void *swap = set->rows.items[0];

            set->rows.items[0] = set->rows.items[i];
            set->rows.items[i] = swap;
        }
    set->rows.count = (size_t)count->number;
    return true;
}

/* FROM and WHERE: the rows, as what is bound of each entry. */
static bool add_found(State *state, const PgQuery__SelectStmt *select, Finding *finding)
{
    Ask *ask = state->ask;
    bool looking = ask->looking;
    Vec joined = {0};

    for (size_t i = 0; i < select->n_from_clause; i++)
        if (!ask_add_from(state, select->from_clause[i], &joined, NULL))
            return false;
    for (size_t i = 0; i < joined.count; i++)
        ask_add_conditions(ask->arena, finding->conditions, joined.items[i]);
    ask_add_conditions(ask->arena, finding->conditions, select->where_clause);
    ask->looking = true;
    ask_find_rows(state, finding, 0, false);
    ask->looking = looking;
    return !finding->failed;
}

/* The one row of aggregates over all that was found. */
static Row *row_of_all(State *state, const PgQuery__SelectStmt *select, const Finding *finding,
                       size_t width)
{
    Row *row;

    state->scope->group = finding->found;
    for (size_t i = 0; i < finding->found->count; i++)
        state->scope->group_maybe |= finding->maybes.items[i] != NULL;
    row = result_row(state, select, width);
    state->scope->group = NULL;
    return row;
}

/* The row once for each of the values, which stand at place. */
static void add_expanded(Arena *arena, RowSet *set, const Row *row, size_t place,
                         const Value *values)
{
    for (size_t k = 0; k < values->items.count; k++) {
        Row *copy = arena_alloc(arena, sizeof *copy);

        copy->maybe = row->maybe;
        copy->values = arena_alloc(arena, (set->width + 1) * sizeof *copy->values);
        memcpy(copy->values, row->values, set->width * sizeof *copy->values);
        copy->values[place] = values->items.items[k];
        vec_add(arena, &set->rows, copy);
    }
}

/* One row for each that was found, or several where a column gives a set. */
static bool add_rows(State *state, const PgQuery__SelectStmt *select, const Finding *finding,
                     RowSet *set, bool *ret_expanded)
{
    Ask *ask = state->ask;
    bool looking = ask->looking;

    for (size_t i = 0; i < finding->found->count; i++) {
        const Value *values;
        size_t place = 0;
        Row *row;

        ask_bind(state->scope, finding->found->items[i]);
        /* What a row that may not be there would call is not called. */
        ask->looking = looking || finding->maybes.items[i];
        row = result_row(state, select, set->width);
        ask->looking = looking;
        row->maybe = finding->maybes.items[i] != NULL;
        values = result_set(state, select, &place);
        if (!values) {
            vec_add(ask->arena, &set->rows, row);
            continue;
        }
        /* A star before it would have moved its place. */
        if (values->kind != VALUE_ARRAY || set->width != select->n_target_list)
            return false;
        add_expanded(ask->arena, set, row, place, values);
        *ret_expanded |= values->items.count > 0;
    }
    return true;
}

static Answer select_here(State *state, const PgQuery__SelectStmt *select)
{
    Ask *ask = state->ask;
    Answer answer = {.known = true};
    Vec conditions = {0}, found = {0};
    Finding finding = {.conditions = &conditions, .found = &found};
    bool aggregates = select->having_clause != NULL;
    bool expanded = false; /* more rows than were found */

    add_ctes(state, select->with_clause);
    if (select->n_values_lists)
        return values_in(state, select);
    if (select->larg)
        return union_in(state, select);
    if (!add_found(state, select, &finding))
        return (Answer){0};
    for (size_t i = 0; i < select->n_target_list; i++)
        aggregates |= has_aggregate(select->target_list[i]->res_target->val);
    if (!result_names(state, select, &answer.set))
        return (Answer){0};
    if (select->n_group_clause || select->having_clause) {
        /* No rows, no groups; otherwise there may be some. */
        if (found.count)
            rows_add_maybe(ask->arena, &answer.set);
        return answer;
    }
    if (aggregates) {
        vec_add(ask->arena, &answer.set.rows,
                row_of_all(state, select, &finding, answer.set.width));
        return answer;
    }
    if (!add_rows(state, select, &finding, &answer.set, &expanded))
        return (Answer){0};
    if (select->n_sort_clause)
        sort_rows(state, select, &answer.set, expanded ? NULL : &found);
    if (select->n_distinct_clause)
        drop_duplicates(ask, &answer.set);
    if (!limited(state, select, &answer.set))
        return (Answer){0};
    return answer;
}

Answer ask_select_in(State *state, const PgQuery__SelectStmt *select)
{
    AskScope scope = {.outer = state->scope};
    Answer answer = {0};

    if (!select || state->depth >= DEPTH_MAX || ++state->ask->work > WORK_MAX)
        return answer;
    state->scope = &scope;
    state->depth++;
    answer = select_here(state, select);
    state->depth--;
    state->scope = scope.outer;
    return answer;
}

Answer ask_select(Ask *ask, const PgQuery__SelectStmt *select)
{
    State state = {.ask = ask};

    return ask_select_in(&state, select);
}
