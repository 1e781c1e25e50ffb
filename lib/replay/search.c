#include "replay/search.h"

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

bool search_query(const Query *query, const Search *search)
{
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
