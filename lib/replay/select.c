/* FROM, target lists and what hangs on them: parse_clause.c, parse_target.c, parse_relation.c and
 * the SELECT half of analyze.c. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/search.h"
#include "replay/types.h"

typedef struct NameColumn {
    const char *name;
    Expr *expr;
} NameColumn;

typedef struct NameItem {
    RangeEntry *entry;
    const char *name; /* NULL: an unnamed join */
    const char *schema;
    bool relation_visible;
    bool columns_visible;
    Vec columns; /* NameColumn */
} NameItem;

struct Scope {
    Scope *parent;
    Vec items; /* NameItem */
    Vec ctes;  /* Cte */
    Query *query;
};

/* ---- entries ---- */

static Expr *column_expr(Analysis *analysis, RangeEntry *entry, size_t place)
{
    const RangeColumn *column = entry->columns.items[place];
    Expr *expr = expr_new(analysis, EXPR_COLUMN, column->type.oid);

    expr->type = column->type;
    expr->entry = entry;
    expr->place = place;
    return expr;
}

static void add_range_column(Analysis *analysis, Vec *columns, const char *name, TypeRef type,
                             const char *collation, Column *from)
{
    RangeColumn *column = arena_alloc(analysis->arena, sizeof *column);

    column->name = name;
    column->type = type;
    column->collation = collation;
    column->column = from;
    vec_add(analysis->arena, columns, column);
}

static void relation_columns(Analysis *analysis, const Relation *relation, Vec *columns)
{
    for (size_t i = 0; i < relation->columns.count; i++) {
        Column *column = relation->columns.items[i];

        add_range_column(analysis, columns, column->name, column->type, column->collation, column);
    }
}

static NameItem *add_item(Analysis *analysis, Scope *scope, RangeEntry *entry, const char *name)
{
    NameItem *item = arena_alloc(analysis->arena, sizeof *item);

    item->entry = entry;
    item->name = name;
    item->relation_visible = name != NULL;
    item->columns_visible = true;
    for (size_t i = 0; entry && i < entry->columns.count; i++) {
        NameColumn *column = arena_alloc(analysis->arena, sizeof *column);

        column->name = ((const RangeColumn *)entry->columns.items[i])->name;
        column->expr = column_expr(analysis, entry, i);
        vec_add(analysis->arena, &item->columns, column);
    }
    vec_add(analysis->arena, &scope->items, item);
    return item;
}

static void rename_columns(Analysis *analysis, RangeEntry *entry, const PgQuery__Alias *alias)
{
    if (!alias || !alias->n_colnames)
        return;
    entry->renamed = true;
    for (size_t i = 0; i < alias->n_colnames && i < entry->columns.count; i++) {
        const char *name = tree_string(alias->colnames[i]);

        ((RangeColumn *)entry->columns.items[i])->name = name;
        vec_add(analysis->arena, &entry->alias_columns, name);
    }
}

RangeEntry *analyse_relation(Analysis *analysis, Relation *relation, const char *alias)
{
    RangeEntry *entry = arena_alloc(analysis->arena, sizeof *entry);
    NameItem *item;

    if (!analysis->scope) {
        analysis->scope = arena_alloc(analysis->arena, sizeof *analysis->scope);
        analysis->scope->query = arena_alloc(analysis->arena, sizeof *analysis->scope->query);
    }
    entry->kind = RANGE_RELATION;
    entry->relation = relation;
    entry->alias = alias;
    entry->base = true;
    relation_columns(analysis, relation, &entry->columns);
    item = add_item(analysis, analysis->scope, entry, alias ? alias : relation->name);
    item->schema = alias ? NULL : relation->schema;
    if (alias)
        item->columns_visible = false;
    vec_add(analysis->arena, &analysis->scope->query->range, entry);
    return entry;
}

/* ---- column references ---- */

static NameItem *find_item(const Analysis *analysis, const char *schema, const char *name)
{
    for (const Scope *scope = analysis->scope; scope; scope = scope->parent) {
        for (size_t i = 0; i < scope->items.count; i++) {
            NameItem *item = scope->items.items[i];

            if (item->relation_visible && item->name && strcmp(item->name, name) == 0 &&
                (!schema || (item->schema && strcmp(item->schema, schema) == 0)))
                return item;
        }
    }
    return NULL;
}

static Expr *item_column(const NameItem *item, const char *name)
{
    for (size_t i = 0; i < item->columns.count; i++) {
        const NameColumn *column = item->columns.items[i];

        if (strcmp(column->name, name) == 0)
            return column->expr;
    }
    return NULL;
}

static Expr *copy(Analysis *analysis, const Expr *expr)
{
    Expr *result = arena_alloc(analysis->arena, sizeof *result);

    *result = *expr;
    return result;
}

static Expr *system_column(Analysis *analysis, const NameItem *item, const char *name)
{
    static const struct {
        const char *name;
        Oid type;
    } columns[] = {{"ctid", 27}, {"xmin", 28}, {"cmin", 29},
                   {"xmax", 28}, {"cmax", 29}, {"tableoid", OIDOID}};

    for (size_t i = 0; i < 6; i++) {
        if (item->entry && item->entry->kind == RANGE_RELATION &&
            strcmp(columns[i].name, name) == 0) {
            Expr *expr = expr_new(analysis, EXPR_COLUMN, columns[i].type);

            expr->entry = item->entry;
            expr->place = SIZE_MAX;
            expr->text = columns[i].name;
            return expr;
        }
    }
    return NULL;
}

static Expr *whole_row(Analysis *analysis, const NameItem *item)
{
    RangeEntry *entry = item->entry;
    Expr *expr = expr_new(analysis, EXPR_ROW_OF, RECORDOID);

    expr->entry = entry;
    if (entry->kind == RANGE_RELATION && entry->relation->type)
        expr->type.oid = entry->relation->type->oid;
    else if (entry->kind == RANGE_FUNCTION && entry->function && !entry->ordinality &&
             !catalog_row_type(analysis->catalog, entry->function->type.oid) &&
             entry->function->type.oid != RECORDOID && entry->columns.count == 1)
        return column_expr(analysis, entry, 0);
    else if (entry->kind == RANGE_FUNCTION && entry->function)
        expr->type.oid = entry->function->type.oid;
    return expr;
}

static Expr *unqualified(Analysis *analysis, const char *name)
{
    for (const Scope *scope = analysis->scope; scope; scope = scope->parent) {
        for (size_t i = 0; i < scope->items.count; i++) {
            const NameItem *item = scope->items.items[i];
            Expr *expr = item->columns_visible ? item_column(item, name) : NULL;

            if (expr)
                return copy(analysis, expr);
        }
        for (size_t i = 0; i < scope->items.count; i++) {
            const NameItem *item = scope->items.items[i];
            Expr *expr = item->columns_visible ? system_column(analysis, item, name) : NULL;

            if (expr)
                return expr;
        }
    }
    return NULL;
}

Expr *select_column(Analysis *analysis, const PgQuery__ColumnRef *reference)
{
    size_t count = reference->n_fields;
    const char *name = tree_last(reference->fields, count);
    const char *table = tree_qualifier(reference->fields, count);
    const char *schema = count > 2 ? tree_string(reference->fields[count - 3]) : NULL;
    Expr *expr = NULL;
    const NameItem *item;

    if (count && reference->fields[count - 1]->node_case == NODE(A_STAR)) {
        item = table ? find_item(analysis, schema, table) : NULL;
        if (item && item->entry)
            return whole_row(analysis, item);
        analyse_problem(analysis, "a star where none can be");
        return expr_const(analysis, UNKNOWNOID, NULL);
    }
    if (count == 1) {
        expr = unqualified(analysis, name);
        if (!expr && analysis->value_type && strcmp(name, "value") == 0) {
            expr = expr_new(analysis, EXPR_PARAM, analysis->value_type->base.oid);
            expr->type = analysis->value_type->base;
            expr->text = "VALUE";
        }
        if (!expr) {
            item = find_item(analysis, NULL, name);
            if (item && item->entry)
                expr = whole_row(analysis, item);
        }
    } else {
        item = find_item(analysis, schema, table);
        expr = item ? item_column(item, name) : NULL;
        if (expr)
            expr = copy(analysis, expr);
        else if (item)
            expr = system_column(analysis, item, name);
    }
    if (!expr) {
        analyse_problem(analysis, "column '%s%s%s' is not known", table ? table : "",
                        table ? "." : "", name);
        expr = expr_new(analysis, EXPR_PARAM, 0);
        expr->text = name;
    }
    return expr;
}

bool select_row_columns(Analysis *analysis, const Expr *expr, Vec *ret)
{
    const Relation *relation = catalog_row_type(analysis->catalog, expr->type.oid);

    if (expr->kind == EXPR_ROW_OF) {
        *ret = expr->entry->columns;
        return true;
    }
    if (relation) {
        relation_columns(analysis, relation, ret);
        return true;
    }
    if (expr->kind == EXPR_FUNCTION && expr->proc && expr->proc->all) {
        for (size_t i = 0; i < expr->proc->all->count; i++) {
            const Argument *argument = expr->proc->all->items[i];

            if (argument->mode == 'o' || argument->mode == 't' || argument->mode == 'b')
                add_range_column(analysis, ret,
                                 *argument->name
                                     ? argument->name
                                     : arena_printf(analysis->arena, "column%zu", ret->count + 1),
                                 argument->type, NULL, NULL);
        }
        return ret->count > 0;
    }
    return false;
}

bool select_is_correlated(const Analysis *analysis, const Expr *expr)
{
    const Query *query = analysis->scope ? analysis->scope->query : NULL;

    for (size_t i = 0; query && i < query->range.count; i++)
        if (search_expr(expr, &(Search){.entry = query->range.items[i]}))
            return true;
    return false;
}

void select_note_aggregate(Analysis *analysis)
{
    if (analysis->scope && analysis->scope->query)
        analysis->scope->query->aggregates = true;
}

/* ---- FROM ---- */

static FromItem *from_entry(Analysis *analysis, RangeEntry *entry)
{
    FromItem *item = arena_alloc(analysis->arena, sizeof *item);

    item->entry = entry;
    vec_add(analysis->arena, &analysis->scope->query->range, entry);
    return item;
}

static const Cte *find_cte(const Analysis *analysis, const char *name)
{
    for (const Scope *scope = analysis->scope; scope; scope = scope->parent) {
        for (size_t i = scope->ctes.count; i > 0; i--) {
            const Cte *cte = scope->ctes.items[i - 1];

            if (strcmp(cte->name, name) == 0)
                return cte;
        }
    }
    return NULL;
}

static void copy_columns(Analysis *analysis, const Vec *from, Vec *to)
{
    for (size_t i = 0; i < from->count; i++) {
        RangeColumn *column = arena_alloc(analysis->arena, sizeof *column);

        *column = *(const RangeColumn *)from->items[i];
        vec_add(analysis->arena, to, column);
    }
}

static const char *alias_name(const PgQuery__Alias *alias)
{
    return alias && alias->aliasname && *alias->aliasname ? alias->aliasname : NULL;
}

static FromItem *from_relation(Analysis *analysis, const PgQuery__RangeVar *range)
{
    RangeEntry *entry = arena_alloc(analysis->arena, sizeof *entry);
    const char *schema = range->schemaname && *range->schemaname ? range->schemaname : NULL;
    const Cte *cte = schema ? NULL : find_cte(analysis, range->relname);
    NameItem *item;

    entry->alias = alias_name(range->alias);
    entry->only = !range->inh;
    if (cte) {
        entry->kind = RANGE_CTE;
        entry->only = false;
        entry->name = cte->name;
        entry->query = cte->query;
        copy_columns(analysis, &cte->columns, &entry->columns);
    } else {
        entry->kind = RANGE_RELATION;
        entry->relation = catalog_relation(analysis->catalog, schema, range->relname);
        if (!entry->relation) {
            analyse_problem(analysis, "relation '%s%s%s' is not known", schema ? schema : "",
                            schema ? "." : "", range->relname);
            entry->kind = RANGE_CTE;
            entry->name = range->relname;
        } else {
            relation_columns(analysis, entry->relation, &entry->columns);
        }
    }
    rename_columns(analysis, entry, range->alias);
    item = add_item(analysis, analysis->scope, entry, entry->alias ? entry->alias : range->relname);
    item->schema = entry->relation && !entry->alias ? entry->relation->schema : NULL;
    return from_entry(analysis, entry);
}

static Query *sub_query(Analysis *analysis, const PgQuery__SelectStmt *select, bool lateral)
{
    Scope *outer = analysis->scope;
    Scope shim = {0};
    Query *query;

    if (!lateral && outer) {
        /* Not the neighbours in FROM, but the same common table expressions. */
        shim.parent = outer->parent;
        shim.ctes = outer->ctes;
        analysis->scope = &shim;
    }
    query = select_query(analysis, select);
    analysis->scope = outer;
    return query;
}

static void target_columns(Analysis *analysis, const Query *query, Vec *columns)
{
    for (size_t i = 0; i < query->targets.count; i++) {
        const Target *target = query->targets.items[i];

        add_range_column(analysis, columns, target->name, target->expr->type,
                         analyse_collation(analysis, target->expr), NULL);
    }
}

/* make_colname_unique() in ruleutils.c: columns of one name are printed with names of their own,
 * though nothing can refer to them. */
static void tell_apart(Analysis *analysis, RangeEntry *entry)
{
    Vec names = {0};
    bool changed = false;

    for (size_t i = 0; i < entry->columns.count; i++) {
        RangeColumn *column = entry->columns.items[i];
        const char *name = column->name;

        for (int number = 1; vec_has_text(&names, name); number++) {
            const char *suffix = arena_printf(analysis->arena, "_%d", number);

            name = arena_printf(analysis->arena, "%.*s%s",
                                (int)text_cut(column->name, NAMES_LENGTH_MAX - strlen(suffix)),
                                column->name, suffix);
            changed = true;
        }
        vec_add(analysis->arena, &names, name);
    }
    if (!changed)
        return;
    entry->renamed = true;
    entry->alias_columns = names;
    for (size_t i = 0; i < entry->columns.count; i++)
        ((RangeColumn *)entry->columns.items[i])->name = names.items[i];
}

static FromItem *from_query(Analysis *analysis, const PgQuery__RangeSubselect *range)
{
    RangeEntry *entry = arena_alloc(analysis->arena, sizeof *entry);

    entry->kind = RANGE_QUERY;
    entry->alias = alias_name(range->alias);
    entry->lateral = range->lateral;
    if (range->subquery && range->subquery->node_case == NODE(SELECT_STMT)) {
        entry->query = sub_query(analysis, range->subquery->select_stmt, range->lateral);
        target_columns(analysis, entry->query, &entry->columns);
    } else {
        analyse_problem(analysis, "a sub-select in FROM is not understood");
        entry->query = arena_alloc(analysis->arena, sizeof *entry->query);
    }
    rename_columns(analysis, entry, range->alias);
    add_item(analysis, analysis->scope, entry, entry->alias);
    tell_apart(analysis, entry);
    return from_entry(analysis, entry);
}

static FromItem *from_function(Analysis *analysis, const PgQuery__RangeFunction *range)
{
    RangeEntry *entry = arena_alloc(analysis->arena, sizeof *entry);
    const Node *call = NULL;
    const char *name;
    Query *query = analysis->scope->query;
    bool aggregates = query->aggregates;

    entry->kind = RANGE_FUNCTION;
    entry->lateral = range->lateral;
    entry->ordinality = range->ordinality;
    entry->alias = alias_name(range->alias);
    if (range->n_functions == 1 && range->functions[0]->node_case == NODE(LIST) &&
        range->functions[0]->list->n_items)
        call = range->functions[0]->list->items[0];
    if (range->n_functions != 1 || range->is_rowsfrom)
        analyse_problem(analysis, "ROWS FROM is not replayed");
    name = call ? select_name(call) : "function";
    entry->name = name;
    entry->function = call ? analyse_expr(analysis, call) : expr_const(analysis, UNKNOWNOID, NULL);
    query->aggregates = aggregates;
    /* A function that speaks of what is beside it in FROM is lateral, said or not. */
    for (size_t i = 0; i < query->range.count && !entry->lateral; i++)
        entry->lateral = search_expr(entry->function, &(Search){.entry = query->range.items[i]});
    if (range->n_coldeflist) {
        const char *text = "";

        for (size_t i = 0; i < range->n_coldeflist; i++) {
            const PgQuery__ColumnDef *definition = range->coldeflist[i]->column_def;
            const char *problem = NULL;
            TypeRef type = types_resolve(analysis->catalog, definition->type_name, &problem);

            if (problem)
                analyse_problem(analysis, "%s", problem);
            add_range_column(analysis, &entry->columns, definition->colname, type, NULL, NULL);
            text = arena_printf(analysis->arena, "%s%s%s %s", text, i ? ", " : "",
                                names_quote(analysis->arena, definition->colname),
                                types_format(analysis->catalog, type));
        }
        entry->definition = text;
    } else if (!select_row_columns(analysis, entry->function, &entry->columns) ||
               (entry->columns.count == 1 && entry->function->type.oid != RECORDOID &&
                !catalog_row_type(analysis->catalog, entry->function->type.oid))) {
        const char *out =
            entry->columns.count ? ((const RangeColumn *)entry->columns.items[0])->name : NULL;

        /* chooseScalarFunctionAlias() in parse_relation.c */
        entry->columns = (Vec){0};
        add_range_column(analysis, &entry->columns,
                         out && *out    ? out
                         : entry->alias ? entry->alias
                                        : name,
                         entry->function->type, NULL, NULL);
    }
    if (range->ordinality)
        add_range_column(analysis, &entry->columns, "ordinality", (TypeRef){INT8OID, -1}, NULL,
                         NULL);
    rename_columns(analysis, entry, range->alias);
    add_item(analysis, analysis->scope, entry, entry->alias ? entry->alias : name);
    return from_entry(analysis, entry);
}

static FromItem *from_node(Analysis *analysis, const Node *node);

static const NameColumn *find_name(const Vec *columns, const char *name)
{
    for (size_t i = 0; i < columns->count; i++) {
        const NameColumn *column = columns->items[i];

        if (strcmp(column->name, name) == 0)
            return column;
    }
    return NULL;
}

static void visible_columns(Analysis *analysis, const Scope *scope, size_t from, size_t to,
                            Vec *ret)
{
    for (size_t i = from; i < to; i++) {
        const NameItem *item = scope->items.items[i];

        for (size_t k = 0; item->columns_visible && k < item->columns.count; k++)
            vec_add(analysis->arena, ret, item->columns.items[k]);
    }
}

static FromItem *from_join(Analysis *analysis, const PgQuery__JoinExpr *join)
{
    Scope *scope = analysis->scope;
    FromItem *item = arena_alloc(analysis->arena, sizeof *item);
    RangeEntry *entry = arena_alloc(analysis->arena, sizeof *entry);
    size_t start = scope->items.count;
    size_t middle;
    Vec left = {0};
    Vec right = {0};
    Vec merged = {0};
    NameItem *named;

    item->left = from_node(analysis, join->larg);
    middle = scope->items.count;
    item->right = from_node(analysis, join->rarg);
    switch (join->jointype) {
    case PG_QUERY__JOIN_TYPE__JOIN_LEFT:
        item->join = JOIN_LEFT;
        break;
    case PG_QUERY__JOIN_TYPE__JOIN_RIGHT:
        item->join = JOIN_RIGHT;
        break;
    case PG_QUERY__JOIN_TYPE__JOIN_FULL:
        item->join = JOIN_FULL;
        break;
    default:
        item->join =
            join->quals || join->n_using_clause || join->is_natural ? JOIN_INNER : JOIN_CROSS;
        break;
    }
    visible_columns(analysis, scope, start, middle, &left);
    visible_columns(analysis, scope, middle, scope->items.count, &right);
    if (join->is_natural) {
        for (size_t i = 0; i < left.count; i++) {
            const NameColumn *column = left.items[i];

            if (find_name(&right, column->name))
                vec_add(analysis->arena, &item->using_columns, column->name);
        }
        if (!item->using_columns.count && item->join == JOIN_INNER)
            item->join = JOIN_CROSS;
    }
    for (size_t i = 0; i < join->n_using_clause; i++)
        vec_add(analysis->arena, &item->using_columns, tree_string(join->using_clause[i]));
    if (join->join_using_alias)
        analyse_problem(analysis, "an alias on JOIN ... USING is not replayed");
    entry->kind = RANGE_JOIN;
    entry->alias = alias_name(join->alias);
    for (size_t i = 0; i < item->using_columns.count; i++) {
        const char *name = item->using_columns.items[i];
        const NameColumn *a = find_name(&left, name);
        const NameColumn *b = find_name(&right, name);
        NameColumn *one = arena_alloc(analysis->arena, sizeof *one);
        Expr *expr;

        if (!a || !b) {
            analyse_problem(analysis, "column '%s' of USING is not known", name);
            continue;
        }
        if (a->expr->type.oid != b->expr->type.oid)
            analyse_problem(analysis, "USING with columns of two types is not replayed");
        one->name = name;
        vec_add(analysis->arena, &item->merged, a->expr);
        vec_add(analysis->arena, &item->merged, b->expr);
        expr = item->join == JOIN_RIGHT ? b->expr : a->expr;
        if (item->join == JOIN_FULL) {
            add_range_column(analysis, &entry->columns, name, a->expr->type, NULL, NULL);
            expr = column_expr(analysis, entry, entry->columns.count - 1);
        }
        one->expr = expr;
        vec_add(analysis->arena, &merged, one);
    }
    if (join->quals)
        item->condition = analyse_boolean(analysis, join->quals);
    named = add_item(analysis, scope, entry, entry->alias);
    named->columns = merged;
    for (size_t side = 0; side < 2; side++) {
        const Vec *columns = side ? &right : &left;

        for (size_t i = 0; i < columns->count; i++) {
            if (!find_name(&merged, ((const NameColumn *)columns->items[i])->name))
                vec_add(analysis->arena, &named->columns, columns->items[i]);
        }
    }
    for (size_t i = start; i + 1 < scope->items.count; i++) {
        NameItem *inner = scope->items.items[i];

        inner->columns_visible = false;
        if (entry->alias)
            inner->relation_visible = false;
    }
    if (entry->alias)
        analyse_problem(analysis, "an alias on a join is not replayed");
    item->alias = entry->alias;
    vec_add(analysis->arena, &scope->query->range, entry);
    return item;
}

static FromItem *from_node(Analysis *analysis, const Node *node)
{
    FromItem *item = NULL;

    if (node && ++analysis->depth < ANALYSE_DEPTH_MAX) {
        switch (node->node_case) {
        case NODE(RANGE_VAR):
            item = from_relation(analysis, node->range_var);
            break;
        case NODE(RANGE_SUBSELECT):
            item = from_query(analysis, node->range_subselect);
            break;
        case NODE(RANGE_FUNCTION):
            item = from_function(analysis, node->range_function);
            break;
        case NODE(JOIN_EXPR):
            item = from_join(analysis, node->join_expr);
            break;
        default:
            break;
        }
    }
    if (!item) {
        RangeEntry *entry = arena_alloc(analysis->arena, sizeof *entry);

        analyse_problem(analysis, "a FROM item of a kind that is not replayed");
        entry->kind = RANGE_CTE;
        entry->name = "?";
        item = from_entry(analysis, entry);
    }
    analysis->depth--;
    return item;
}

/* ---- targets ---- */

static void add_target(Analysis *analysis, Query *query, Expr *expr, const char *name)
{
    Target *target = arena_alloc(analysis->arena, sizeof *target);

    target->expr = expr;
    target->name = name;
    vec_add(analysis->arena, &query->targets, target);
}

static void add_star(Analysis *analysis, Query *query, const NameItem *item)
{
    for (size_t i = 0; i < item->columns.count; i++) {
        const NameColumn *column = item->columns.items[i];

        add_target(analysis, query, copy(analysis, column->expr), column->name);
    }
}

static void targets(Analysis *analysis, Query *query, const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *result = select->target_list[i]->res_target;
        const Node *value = result->val;

        if (value && value->node_case == NODE(COLUMN_REF) && value->column_ref->n_fields &&
            value->column_ref->fields[value->column_ref->n_fields - 1]->node_case == NODE(A_STAR)) {
            const PgQuery__ColumnRef *reference = value->column_ref;

            if (reference->n_fields == 1) {
                for (size_t k = 0; k < analysis->scope->items.count; k++) {
                    const NameItem *item = analysis->scope->items.items[k];

                    if (item->columns_visible)
                        add_star(analysis, query, item);
                }
            } else {
                const NameItem *item =
                    find_item(analysis,
                              reference->n_fields > 2
                                  ? tree_string(reference->fields[reference->n_fields - 3])
                                  : NULL,
                              tree_qualifier(reference->fields, reference->n_fields));

                if (item)
                    add_star(analysis, query, item);
                else
                    analyse_problem(analysis, "a star of a relation that is not known");
            }
            continue;
        }
        if (value && value->node_case == NODE(A_INDIRECTION) &&
            value->a_indirection->n_indirection &&
            value->a_indirection->indirection[value->a_indirection->n_indirection - 1]->node_case ==
                NODE(A_STAR)) {
            Expr *base = analyse_expr(analysis, value->a_indirection->arg);
            Vec columns = {0};

            if (value->a_indirection->n_indirection > 1 ||
                !select_row_columns(analysis, base, &columns))
                analyse_problem(analysis, "a star of an expression is not replayed");
            for (size_t k = 0; k < columns.count; k++) {
                const RangeColumn *column = columns.items[k];
                Expr *field = expr_new(analysis, EXPR_FIELD, column->type.oid);

                field->type = column->type;
                field->text = column->name;
                field->field = column->column;
                expr_add(analysis, field, base);
                add_target(analysis, query, field, column->name);
            }
            continue;
        }
        add_target(analysis, query, analyse_expr(analysis, value),
                   result->name && *result->name ? result->name : select_name(value));
    }
}

static Expr *text_if_unknown(Analysis *analysis, Expr *expr)
{
    return expr_is_unknown(expr) ? coerce_type(analysis, expr, (TypeRef){TEXTOID, -1},
                                               COERCE_IMPLICIT, FORM_IMPLICIT_CAST)
                                 : expr;
}

/* The target a sort or group item means: a name, a place, or an expression of its own. */
static void resolve_item(Analysis *analysis, Query *query, const Node *node, bool group, Sort *sort)
{
    if (node && node->node_case == NODE(COLUMN_REF) && node->column_ref->n_fields == 1 &&
        node->column_ref->fields[0]->node_case == NODE(STRING)) {
        const char *name = tree_string(node->column_ref->fields[0]);
        bool in_from = false;

        if (group) {
            for (size_t i = 0; i < analysis->scope->items.count; i++) {
                const NameItem *item = analysis->scope->items.items[i];

                in_from |= item->columns_visible && item_column(item, name);
            }
        }
        for (size_t i = 0; !in_from && i < query->targets.count; i++) {
            const Target *target = query->targets.items[i];

            if (strcmp(target->name, name) == 0) {
                sort->expr = target->expr;
                sort->target = i + 1;
                return;
            }
        }
    }
    if (node && node->node_case == NODE(A_CONST) &&
        node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
        size_t place = (size_t)node->a_const->ival->ival;

        if (place >= 1 && place <= query->targets.count) {
            sort->expr = ((const Target *)query->targets.items[place - 1])->expr;
            sort->target = place;
            return;
        }
    }
    sort->expr = text_if_unknown(analysis, analyse_expr(analysis, node));
}

void select_sort(Analysis *analysis, Query *query, Node *const *nodes, size_t count, Vec *ret)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__SortBy *by = nodes[i]->sort_by;
        Sort *sort = arena_alloc(analysis->arena, sizeof *sort);

        resolve_item(analysis, query, by->node, false, sort);
        sort->descending = by->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
        if (by->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_USING)
            analyse_problem(analysis, "ORDER BY ... USING is not replayed");
        sort->nulls_first =
            by->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
            (by->sortby_nulls != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST && sort->descending);
        vec_add(analysis->arena, ret, sort);
    }
}

/* Of what type the offset in RANGE is for a type that is ordered by: amprocrighttype of in_range()
 * functions, that type itself where there is a choice. Source: pg_amproc.dat. */
static const struct {
    Oid type, offset;
} range_offsets[] = {
    {INT2OID, INT2OID},
    {INT4OID, INT4OID},
    {INT8OID, INT8OID},
    {FLOAT4OID, FLOAT8OID},
    {FLOAT8OID, FLOAT8OID},
    {NUMERICOID, NUMERICOID},
    {DATEOID, INTERVALOID},
    {TIMEOID, INTERVALOID},
    {TIMETZOID, INTERVALOID},
    {TIMESTAMPOID, INTERVALOID},
    {TIMESTAMPTZOID, INTERVALOID},
    {INTERVALOID, INTERVALOID},
};

/* transformFrameOffset(): a constant of no type gets one; casts of others are not told. */
static Expr *frame_offset(Analysis *analysis, const Window *window, const Node *node)
{
    enum { FRAMEOPTION_RANGE = 0x00002 };
    Expr *expr = analyse_expr(analysis, node);
    const Sort *sort = window->order.count == 1 ? window->order.items[0] : NULL;
    Oid type = INT8OID;

    if (!expr_is_unknown(expr))
        return expr;
    if (window->frame & FRAMEOPTION_RANGE) {
        Oid base = sort ? catalog_base_type(analysis->catalog, sort->expr->type.oid, NULL) : 0;

        type = 0;
        for (size_t i = 0; i < sizeof range_offsets / sizeof *range_offsets; i++)
            if (range_offsets[i].type == base)
                type = range_offsets[i].offset;
        if (!type)
            analyse_problem(analysis, "the type of an offset in RANGE is not known");
    }
    return coerce_type(analysis, expr, (TypeRef){type, -1}, COERCE_IMPLICIT, FORM_IMPLICIT_CAST);
}

Window *select_window(Analysis *analysis, const PgQuery__WindowDef *definition)
{
    Window *window = arena_alloc(analysis->arena, sizeof *window);
    Query empty = {0};

    window->name = definition->name && *definition->name ? definition->name : NULL;
    window->refers = definition->refname && *definition->refname ? definition->refname : NULL;
    window->by_name = window->name != NULL;
    for (size_t i = 0; i < definition->n_partition_clause; i++)
        vec_add(analysis->arena, &window->partition,
                text_if_unknown(analysis, analyse_expr(analysis, definition->partition_clause[i])));
    select_sort(analysis, &empty, definition->order_clause, definition->n_order_clause,
                &window->order);
    window->frame = definition->frame_options;
    if (definition->start_offset)
        window->start = frame_offset(analysis, window, definition->start_offset);
    if (definition->end_offset)
        window->end = frame_offset(analysis, window, definition->end_offset);
    return window;
}

/* ---- the statement ---- */

static void with_clause(Analysis *analysis, Query *query, const PgQuery__WithClause *with)
{
    query->recursive = with->recursive;
    for (size_t i = 0; i < with->n_ctes; i++) {
        const PgQuery__CommonTableExpr *node = with->ctes[i]->common_table_expr;
        Cte *cte = arena_alloc(analysis->arena, sizeof *cte);

        cte->name = node->ctename;
        cte->materialized =
            node->ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeAlways  ? 1
            : node->ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeNever ? 2
                                                                                     : 0;
        for (size_t k = 0; k < node->n_aliascolnames; k++)
            vec_add(analysis->arena, &cte->alias_columns, tree_string(node->aliascolnames[k]));
        if (node->search_clause || node->cycle_clause)
            analyse_problem(analysis, "SEARCH and CYCLE are not replayed");
        if (!node->ctequery || node->ctequery->node_case != NODE(SELECT_STMT)) {
            analyse_problem(analysis, "WITH of something that is no SELECT");
            cte->query = arena_alloc(analysis->arena, sizeof *cte->query);
        } else {
            const PgQuery__SelectStmt *select = node->ctequery->select_stmt;

            if (with->recursive && select->op == PG_QUERY__SET_OPERATION__SETOP_UNION &&
                select->larg) {
                /* The first half says what the columns are. */
                Query *first = sub_query(analysis, select->larg, false);

                target_columns(analysis, first, &cte->columns);
                for (size_t k = 0; k < cte->alias_columns.count && k < cte->columns.count; k++)
                    ((RangeColumn *)cte->columns.items[k])->name = cte->alias_columns.items[k];
                vec_add(analysis->arena, &analysis->scope->ctes, cte);
            }
            cte->query = sub_query(analysis, select, false);
        }
        if (!cte->columns.count) {
            target_columns(analysis, cte->query, &cte->columns);
            for (size_t k = 0; k < cte->alias_columns.count && k < cte->columns.count; k++)
                ((RangeColumn *)cte->columns.items[k])->name = cte->alias_columns.items[k];
        }
        if (!analysis->scope->ctes.count ||
            analysis->scope->ctes.items[analysis->scope->ctes.count - 1] != cte)
            vec_add(analysis->arena, &analysis->scope->ctes, cte);
        vec_add(analysis->arena, &query->ctes, cte);
    }
}

/* What is still of unknown type at the end is text. */
static void settle_targets(Analysis *analysis, const Query *query)
{
    for (size_t i = 0; i < query->targets.count; i++) {
        Target *target = query->targets.items[i];

        target->expr = text_if_unknown(analysis, target->expr);
    }
}

static SetNode *set_tree(Analysis *analysis, const PgQuery__SelectStmt *select, Vec *leaves,
                         bool top)
{
    SetNode *node = arena_alloc(analysis->arena, sizeof *node);

    if (++analysis->depth >= ANALYSE_DEPTH_MAX ||
        select->op == PG_QUERY__SET_OPERATION__SETOP_NONE || !select->larg || !select->rarg ||
        (!top && (select->n_sort_clause || select->limit_count || select->limit_offset ||
                  select->with_clause || select->n_locking_clause))) {
        analysis->set_leaf = true;
        node->query = sub_query(analysis, select, false);
        vec_add(analysis->arena, leaves, node->query);
    } else {
        node->operation = select->op == PG_QUERY__SET_OPERATION__SETOP_UNION       ? "UNION"
                          : select->op == PG_QUERY__SET_OPERATION__SETOP_INTERSECT ? "INTERSECT"
                                                                                   : "EXCEPT";
        node->all = select->all;
        node->left = set_tree(analysis, select->larg, leaves, false);
        node->right = set_tree(analysis, select->rarg, leaves, false);
    }
    analysis->depth--;
    return node;
}

static void set_operation(Analysis *analysis, Query *query, const PgQuery__SelectStmt *select)
{
    Vec leaves = {0};
    const Query *first;

    query->set = set_tree(analysis, select, &leaves, true);
    first = leaves.items[0];
    for (size_t i = 0; i < first->targets.count; i++) {
        Vec all = {0};
        Expr *shown = expr_new(analysis, EXPR_PARAM, 0);
        Oid type;

        for (size_t k = 0; k < leaves.count; k++) {
            const Query *leaf = leaves.items[k];

            if (i < leaf->targets.count)
                vec_add(analysis->arena, &all, ((const Target *)leaf->targets.items[i])->expr);
        }
        type = coerce_common(analysis, &all);
        shown->type = (TypeRef){type, coerce_common_modifier(&all, type)};
        shown->text = ((const Target *)first->targets.items[i])->name;
        shown->args = all;
        for (size_t k = 0; k < leaves.count; k++) {
            const Query *leaf = leaves.items[k];
            Target *target = i < leaf->targets.count ? leaf->targets.items[i] : NULL;

            if (target && expr_is_unknown(target->expr))
                target->expr = coerce_type(analysis, target->expr, (TypeRef){type, -1},
                                           COERCE_IMPLICIT, FORM_IMPLICIT_CAST);
        }
        add_target(analysis, query, shown, shown->text);
    }
}

static void values_lists(Analysis *analysis, Query *query, const PgQuery__SelectStmt *select)
{
    size_t width = 0;

    for (size_t i = 0; i < select->n_values_lists; i++) {
        const PgQuery__List *list = select->values_lists[i]->list;
        Vec *row = arena_alloc(analysis->arena, sizeof *row);

        for (size_t k = 0; k < list->n_items; k++)
            vec_add(analysis->arena, row, analyse_expr(analysis, list->items[k]));
        width = row->count;
        vec_add(analysis->arena, &query->values, row);
    }
    for (size_t k = 0; k < width; k++) {
        Vec all = {0};
        Oid type;
        Expr *shown = expr_new(analysis, EXPR_PARAM, 0);

        for (size_t i = 0; i < query->values.count; i++) {
            const Vec *row = query->values.items[i];

            if (k < row->count)
                vec_add(analysis->arena, &all, row->items[k]);
        }
        type = coerce_common(analysis, &all);
        for (size_t i = 0; i < query->values.count; i++) {
            Vec *row = query->values.items[i];

            if (k < row->count)
                row->items[k] = coerce_type(analysis, row->items[k], (TypeRef){type, -1},
                                            COERCE_IMPLICIT, FORM_IMPLICIT_CAST);
        }
        shown->type = (TypeRef){type, coerce_common_modifier(&all, type)};
        shown->text = arena_printf(analysis->arena, "column%zu", k + 1);
        shown->args = all;
        add_target(analysis, query, shown, shown->text);
    }
}

static Expr *row_count(Analysis *analysis, const Node *node)
{
    return node ? coerce_to(analysis, analyse_expr(analysis, node), (TypeRef){INT8OID, -1},
                            COERCE_ASSIGNMENT, FORM_IMPLICIT_CAST)
                : NULL;
}

static bool is_merged(const FromItem *item, const RangeEntry *entry, const char *name)
{
    if (item->entry)
        return false;
    for (size_t i = 0; i < item->merged.count; i++)
        if (((const Expr *)item->merged.items[i])->entry == entry &&
            strcmp(item->using_columns.items[i / 2], name) == 0)
            return true;
    return is_merged(item->left, entry, name) || is_merged(item->right, entry, name);
}

/* has_dangerous_join_using() in ruleutils.c: a column of FULL JOIN ... USING is neither side's, and
 * its name is kept for it alone. */
static void check_full_using(Analysis *analysis, const Query *query, const FromItem *item)
{
    const Vec *items = &analysis->scope->items;

    if (item->entry)
        return;
    check_full_using(analysis, query, item->left);
    check_full_using(analysis, query, item->right);
    for (size_t i = 0; i < item->using_columns.count && item->join == JOIN_FULL; i++) {
        const char *name = item->using_columns.items[i];

        for (size_t k = 0; k < items->count; k++) {
            const NameItem *other = items->items[k];
            bool merged = other->entry->kind == RANGE_JOIN || !find_name(&other->columns, name);

            for (size_t j = 0; j < query->from.count && !merged; j++)
                merged = is_merged(query->from.items[j], other->entry, name);
            if (!merged)
                analyse_problem(analysis,
                                "beside FULL JOIN ... USING another column '%s' is not "
                                "replayed",
                                name);
        }
    }
}

static void group_by(Analysis *analysis, Query *query, const Node *node)
{
    Sort *item = arena_alloc(analysis->arena, sizeof *item);

    if (node->node_case == NODE(GROUPING_SET)) {
        analyse_problem(analysis, "grouping sets are not replayed");
        query->aggregates = true;
    } else if (node->node_case == NODE(ROW_EXPR) &&
               node->row_expr->row_format == PG_QUERY__COERCION_FORM__COERCE_IMPLICIT_CAST) {
        /* A list in brackets is no row: flatten_grouping_sets() in parse_clause.c. */
        for (size_t i = 0; i < node->row_expr->n_args; i++)
            group_by(analysis, query, node->row_expr->args[i]);
    } else {
        resolve_item(analysis, query, node, true, item);
        vec_add(analysis->arena, &query->group, item);
    }
}

static void plain_select(Analysis *analysis, Query *query, const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; i < select->n_from_clause; i++)
        vec_add(analysis->arena, &query->from, from_node(analysis, select->from_clause[i]));
    for (size_t i = 0; i < query->from.count; i++)
        check_full_using(analysis, query, query->from.items[i]);
    for (size_t i = 0; i < select->n_window_clause; i++) {
        Window *window = select_window(analysis, select->window_clause[i]->window_def);

        window->by_name = false;
        vec_add(analysis->arena, &query->windows, window);
    }
    targets(analysis, query, select);
    if (select->where_clause)
        query->where = analyse_boolean(analysis, select->where_clause);
    for (size_t i = 0; i < select->n_group_clause; i++)
        group_by(analysis, query, select->group_clause[i]);
    query->group_distinct = select->group_distinct;
    if (select->having_clause)
        query->having = analyse_boolean(analysis, select->having_clause);
}

Query *select_query(Analysis *analysis, const PgQuery__SelectStmt *select)
{
    Scope scope = {.parent = analysis->scope};
    Query *query = arena_alloc(analysis->arena, sizeof *query);
    bool leaf = analysis->set_leaf;

    scope.query = query;
    analysis->set_leaf = false;
    if (++analysis->depth >= ANALYSE_DEPTH_MAX) {
        analyse_problem(analysis, "a query is nested too deeply");
        analysis->depth--;
        return query;
    }
    analysis->scope = &scope;
    if (select->with_clause)
        with_clause(analysis, query, select->with_clause);
    if (select->n_values_lists)
        values_lists(analysis, query, select);
    else if (select->op != PG_QUERY__SET_OPERATION__SETOP_NONE && select->larg && select->rarg)
        set_operation(analysis, query, select);
    else
        plain_select(analysis, query, select);
    if (!leaf)
        settle_targets(analysis, query);
    if (select->n_distinct_clause) {
        query->distinct = true;
        for (size_t i = 0; i < select->n_distinct_clause; i++) {
            Sort *item;

            if (!select->distinct_clause[i] ||
                select->distinct_clause[i]->node_case == PG_QUERY__NODE__NODE__NOT_SET)
                continue;
            item = arena_alloc(analysis->arena, sizeof *item);
            resolve_item(analysis, query, select->distinct_clause[i], false, item);
            vec_add(analysis->arena, &query->distinct_on, item);
        }
    }
    select_sort(analysis, query, select->sort_clause, select->n_sort_clause, &query->sort);
    query->limit = row_count(analysis, select->limit_count);
    query->offset = row_count(analysis, select->limit_offset);
    query->with_ties = select->limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES;
    if (select->n_locking_clause)
        analyse_problem(analysis, "row locks are not replayed");
    analysis->scope = scope.parent;
    analysis->depth--;
    return query;
}
