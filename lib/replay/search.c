#include "replay/search.h"

#include "replay/analyse.h"

static bool any_expr(const Vec *exprs, const Search *search)
{
    for (size_t i = 0; i < exprs->count; i++) {
        if (search_expr(exprs->items[i], search))
            return true;
    }
    return false;
}

static bool any_sort(const Vec *items, const Search *search)
{
    for (size_t i = 0; i < items->count; i++) {
        if (search_expr(((const Sort *)items->items[i])->expr, search))
            return true;
    }
    return false;
}

bool search_expr(const Expr *expr, const Search *search)
{
    if (!expr)
        return false;
    if (search->type && expr->type.oid == search->type)
        return true;
    if (search->function && expr->proc == &search->function->proc)
        return true;
    if (search->relation && expr->relation == search->relation)
        return true;
    if (search->entry && expr->entry == search->entry)
        return true;
    if (search->column && expr->kind == EXPR_FIELD && expr->field == search->column)
        return true;
    if (search->column && expr->kind == EXPR_COLUMN && expr->place < expr->entry->columns.count &&
        ((const RangeColumn *)expr->entry->columns.items[expr->place])->column == search->column)
        return true;
    return any_expr(&expr->args, search) || any_sort(&expr->order, search) ||
           search_expr(expr->filter, search) ||
           (expr->query && search_query(expr->query, search)) ||
           (expr->over &&
            (any_expr(&expr->over->partition, search) || any_sort(&expr->over->order, search)));
}

static bool in_from(const FromItem *item, const Search *search)
{
    if (item->entry)
        return false;
    return search_expr(item->condition, search) || any_expr(&item->merged, search) ||
           in_from(item->left, search) || in_from(item->right, search);
}

static bool in_set(const SetNode *node, const Search *search)
{
    if (!node)
        return false;
    return node->query ? search_query(node->query, search)
                       : in_set(node->left, search) || in_set(node->right, search);
}

static const Column *column_of(const Expr *expr)
{
    return expr->kind == EXPR_COLUMN && expr->place < expr->entry->columns.count
               ? ((const RangeColumn *)expr->entry->columns.items[expr->place])->column
               : NULL;
}

static const Expr *grouped_by(const Query *query, size_t place)
{
    const Sort *item = query->group.items[place];

    return item->target && item->target <= query->targets.count
               ? ((const Target *)query->targets.items[item->target - 1])->expr
               : item->expr;
}

/* Whether a column of the entry stands outside of aggregates, and of what is grouped by. */
static bool is_ungrouped(const Query *query, const Expr *expr, const RangeEntry *entry)
{
    if (!expr || expr->kind == EXPR_AGGREGATE)
        return false;
    for (size_t i = 0; i < query->group.count; i++) {
        if (expr_same(grouped_by(query, i), expr))
            return false;
    }
    if ((expr->kind == EXPR_COLUMN || expr->kind == EXPR_ROW_OF) && expr->entry == entry)
        return true;
    for (size_t i = 0; i < expr->args.count; i++) {
        if (is_ungrouped(query, expr->args.items[i], entry))
            return true;
    }
    return false;
}

/* check_functional_grouping(): columns need not be grouped by if the primary key is. */
static bool needs_key(const Query *query, const Constraint *key)
{
    const RangeEntry *entry = NULL;
    size_t found = 0;

    for (size_t i = 0; i < query->group.count; i++) {
        const Expr *expr = grouped_by(query, i);

        if (!expr || !column_of(expr) || !vec_has(&key->columns, column_of(expr)))
            continue;
        entry = expr->entry;
        found++;
    }
    if (!entry || found < key->columns.count)
        return false;
    for (size_t i = 0; i < query->targets.count; i++) {
        if (is_ungrouped(query, ((const Target *)query->targets.items[i])->expr, entry))
            return true;
    }
    return is_ungrouped(query, query->having, entry);
}

bool search_query(const Query *query, const Search *search)
{
    if (search->key && needs_key(query, search->key))
        return true;
    for (size_t i = 0; i < query->range.count; i++) {
        const RangeEntry *entry = query->range.items[i];

        if (search->relation && entry->relation == search->relation)
            return true;
        if (entry->kind == RANGE_QUERY && entry->query && search_query(entry->query, search))
            return true;
        if (search_expr(entry->function, search))
            return true;
    }
    for (size_t i = 0; i < query->ctes.count; i++) {
        if (search_query(((const Cte *)query->ctes.items[i])->query, search))
            return true;
    }
    for (size_t i = 0; i < query->from.count; i++) {
        if (in_from(query->from.items[i], search))
            return true;
    }
    for (size_t i = 0; i < query->targets.count; i++) {
        if (search_expr(((const Target *)query->targets.items[i])->expr, search))
            return true;
    }
    for (size_t i = 0; i < query->values.count; i++) {
        if (any_expr(query->values.items[i], search))
            return true;
    }
    return search_expr(query->where, search) || search_expr(query->having, search) ||
           any_sort(&query->group, search) || any_sort(&query->sort, search) ||
           any_sort(&query->distinct_on, search) || in_set(query->set, search);
}

void search_columns(Arena *arena, const Expr *expr, Vec *ret)
{
    if (!expr)
        return;
    if (expr->kind == EXPR_COLUMN && expr->place < expr->entry->columns.count) {
        Column *column = ((const RangeColumn *)expr->entry->columns.items[expr->place])->column;
        bool known = false;

        for (size_t i = 0; i < ret->count; i++)
            known |= ret->items[i] == column;
        if (column && !known)
            vec_add(arena, ret, column);
    }
    for (size_t i = 0; i < expr->args.count; i++)
        search_columns(arena, expr->args.items[i], ret);
}
