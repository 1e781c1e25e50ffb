#include <stdlib.h>
#include <string.h>

#include "replay/deparse_parts.h"
#include "replay/names.h"

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
            strcmp(deparse_column_name(expr), name) == 0)
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

        deparse_put(deparse, i ? ", " : " ");
        saved = deparse_aside(deparse, &aside);
        if (target->expr->kind == EXPR_COLUMN) {
            own = deparse_column(deparse, target->expr);
        } else if (target->expr->kind == EXPR_ROW_OF) {
            deparse_row(deparse, target->expr, true);
        } else {
            deparse_any(deparse, target->expr, true);
            own = visible ? NULL : "?column?";
        }
        if (name && (!own || strcmp(own, name) != 0)) {
            deparse_put(deparse, " AS ");
            deparse_name(deparse, name);
        }
        deparse->text = saved;
        leading = aside.length && aside.bytes[0] == '\n';
        if (leading)
            deparse_cut_blanks(deparse->text);
        else if (i && (last_line(deparse->text) + aside.length > 0 || multiline))
            deparse_keyword(deparse, "", -INDENT, INDENT, INDENT_VAR);
        multiline = aside.length && strchr(aside.bytes + (leading ? 1 : 0), '\n');
        if (aside.length)
            deparse_bytes(deparse->text, aside.bytes, aside.length);
    }
}

static void alias_columns(Deparse *deparse, const RangeEntry *entry)
{
    bool all = entry->kind == RANGE_FUNCTION;
    const char *separator = "";

    if (entry->definition) {
        deparse_put(deparse, "(");
        deparse_put(deparse, entry->definition);
        deparse_put(deparse, ")");
        return;
    }
    if (!all && !entry->alias_columns.count && !entry->using_names.count)
        return;
    deparse_put(deparse, "(");
    for (size_t i = 0; i < entry->columns.count; i++) {
        const RangeColumn *column = entry->columns.items[i];

        if (column->column && column->column->dropped)
            continue;
        deparse_put(deparse, separator);
        deparse_name(deparse, deparse_column_at(entry, i));
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
        deparse_put(deparse, separator);
        deparse_name(deparse, column->name);
        separator = ", ";
    }
    deparse_put(deparse, ")");
}

static void entry_text(Deparse *deparse, RangeEntry *entry)
{
    bool alias = false;

    if (entry->lateral)
        deparse_put(deparse, "LATERAL ");
    switch (entry->kind) {
    case RANGE_RELATION:
        if (entry->only)
            deparse_put(deparse, "ONLY ");
        deparse_put(deparse, names_qualified(deparse->arena,
                                             strcmp(entry->relation->schema, "pg_catalog") == 0
                                                 ? NULL
                                                 : entry->relation->schema,
                                             entry->relation->name));
        alias = entry->alias || entry->using_names.count ||
                (entry->shown && strcmp(entry->shown, entry->relation->name) != 0);
        break;
    case RANGE_QUERY:
        deparse_put(deparse, "(");
        deparse_query(deparse, entry->query, deparse->names, NULL, true, false);
        deparse_put(deparse, ")");
        alias = true;
        break;
    case RANGE_FUNCTION:
        deparse_any(deparse, entry->function, true);
        if (entry->ordinality)
            deparse_put(deparse, " WITH ORDINALITY");
        alias = true;
        break;
    case RANGE_CTE:
        deparse_name(deparse, entry->name);
        alias = entry->shown && strcmp(entry->shown, entry->name) != 0;
        break;
    case RANGE_JOIN:
    case RANGE_NAME:
        break;
    }
    if (alias && entry->shown) {
        deparse_put(deparse, " ");
        deparse_name(deparse, entry->shown);
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
    deparse_put(deparse, "(");
    from_text(deparse, item->left);
    deparse_keyword(deparse, words[item->join], -INDENT, INDENT, INDENT_JOIN);
    from_text(deparse, item->right);
    if (item->using_columns.count) {
        deparse_put(deparse, " USING (");
        for (size_t i = 0; i < item->using_columns.count; i++) {
            if (i)
                deparse_put(deparse, ", ");
            deparse_name(deparse, item->using_columns.items[i]);
        }
        deparse_put(deparse, ")");
    } else if (item->condition) {
        deparse_put(deparse, " ON (");
        deparse_any(deparse, item->condition, false);
        deparse_put(deparse, ")");
    } else if (item->join != JOIN_CROSS && item->join != JOIN_INNER) {
        deparse_put(deparse, " ON TRUE");
    }
    deparse_put(deparse, ")");
    if (item->alias) {
        deparse_put(deparse, " ");
        deparse_name(deparse, item->alias);
    }
}

static void from_clause(Deparse *deparse, const Query *query)
{
    for (size_t i = 0; i < query->from.count; i++) {
        Text aside = {.arena = deparse->arena};
        Text *saved;

        if (i == 0) {
            deparse_keyword(deparse, " FROM ", -INDENT, INDENT, 2);
            from_text(deparse, query->from.items[i]);
            continue;
        }
        deparse_put(deparse, ", ");
        saved = deparse_aside(deparse, &aside);
        from_text(deparse, query->from.items[i]);
        deparse->text = saved;
        if (aside.length && aside.bytes[0] == '\n')
            deparse_cut_blanks(deparse->text);
        else
            deparse_keyword(deparse, "", -INDENT, INDENT, INDENT_VAR);
        if (aside.length)
            deparse_bytes(deparse->text, aside.bytes, aside.length);
    }
}

static void values_text(Deparse *deparse, const Vec *rows)
{
    deparse_put(deparse, "VALUES ");
    for (size_t i = 0; i < rows->count; i++) {
        const Vec *row = rows->items[i];

        deparse_put(deparse, i ? ", (" : "(");
        for (size_t k = 0; k < row->count; k++) {
            if (k)
                deparse_put(deparse, ",");
            deparse_any(deparse, row->items[k], false);
        }
        deparse_put(deparse, ")");
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
    deparse_put(deparse, "SELECT ");
    for (size_t i = 0; i < columns->count; i++) {
        const char *own = arena_printf(deparse->arena, "column%zu", i + 1);

        if (i) {
            deparse_put(deparse, ", ");
            deparse_keyword(deparse, "", -INDENT, INDENT, INDENT_VAR);
        }
        deparse_put(deparse, "\"*VALUES*\".");
        deparse_put(deparse, own);
        if (strcmp(own, columns->items[i]) != 0) {
            deparse_put(deparse, " AS ");
            deparse_name(deparse, columns->items[i]);
        }
    }
    deparse_keyword(deparse, " FROM ", -INDENT, INDENT, 2);
    deparse_put(deparse, "(");
    values_text(deparse, &query->values);
    deparse_put(deparse, ") \"*VALUES*\"");
}

static void basic_text(Deparse *deparse, const Query *query, const Vec *columns, bool visible)
{
    deparse->indent += INDENT;
    deparse_put(deparse, " ");
    if (query->values.count) {
        if (has_own_names(deparse, query, columns))
            named_values_text(deparse, query, columns);
        else
            values_text(deparse, &query->values);
        return;
    }
    deparse_put(deparse, "SELECT");
    if (query->distinct) {
        deparse_put(deparse, " DISTINCT");
        if (query->distinct_on.count) {
            deparse_put(deparse, " ON (");
            for (size_t i = 0; i < query->distinct_on.count; i++) {
                if (i)
                    deparse_put(deparse, ", ");
                deparse_item(deparse, ((const Sort *)query->distinct_on.items[i])->expr);
            }
            deparse_put(deparse, ")");
        }
    }
    targets_text(deparse, query, columns, visible);
    from_clause(deparse, query);
    if (query->where) {
        deparse_keyword(deparse, " WHERE ", -INDENT, INDENT, 1);
        deparse_any(deparse, query->where, false);
    }
    if (query->group.count) {
        deparse_keyword(deparse, " GROUP BY ", -INDENT, INDENT, 1);
        if (query->group_distinct)
            deparse_put(deparse, "DISTINCT ");
        for (size_t i = 0; i < query->group.count; i++) {
            if (i)
                deparse_put(deparse, ", ");
            deparse_item(deparse, ((const Sort *)query->group.items[i])->expr);
        }
    }
    if (query->having) {
        deparse_keyword(deparse, " HAVING ", -INDENT, INDENT, 0);
        deparse_any(deparse, query->having, false);
    }
    for (size_t i = 0; i < query->windows.count; i++) {
        const Window *window = query->windows.items[i];

        if (i == 0)
            deparse_keyword(deparse, " WINDOW ", -INDENT, INDENT, 1);
        else
            deparse_put(deparse, ", ");
        deparse_name(deparse, window->name);
        deparse_put(deparse, " AS ");
        deparse_window(deparse, window);
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
            deparse_put(deparse, "(");
        deparse_query(deparse, node->query, deparse->names, columns, visible, false);
        if (paren)
            deparse_put(deparse, ")");
        return;
    }
    paren = node->left->operation &&
            !(strcmp(node->operation, node->left->operation) == 0 && node->all == node->left->all);
    if (paren) {
        deparse_put(deparse, "(");
        indent = INDENT;
        deparse_keyword(deparse, "", indent, 0, 0);
    }
    set_text(deparse, node->left, columns, visible);
    if (paren)
        deparse_keyword(deparse, ") ", -indent, 0, 0);
    else
        deparse_keyword(deparse, "", -indent, 0, 0);
    deparse_put(deparse, node->operation);
    deparse_put(deparse, node->all ? " ALL " : " ");
    paren = node->right->operation != NULL;
    indent = paren ? INDENT : 0;
    if (paren)
        deparse_put(deparse, "(");
    deparse_keyword(deparse, "", indent, 0, 0);
    set_text(deparse, node->right, columns, false);
    deparse->indent -= indent;
    if (paren)
        deparse_keyword(deparse, ")", 0, 0, 0);
}

static void with_text(Deparse *deparse, const Query *query)
{
    deparse->indent += INDENT;
    deparse_put(deparse, " ");
    deparse_put(deparse, query->recursive ? "WITH RECURSIVE " : "WITH ");
    for (size_t i = 0; i < query->ctes.count; i++) {
        const Cte *cte = query->ctes.items[i];

        if (i)
            deparse_put(deparse, ", ");
        deparse_name(deparse, cte->name);
        if (cte->alias_columns.count) {
            deparse_put(deparse, "(");
            for (size_t k = 0; k < cte->alias_columns.count; k++) {
                if (k)
                    deparse_put(deparse, ", ");
                deparse_name(deparse, cte->alias_columns.items[k]);
            }
            deparse_put(deparse, ")");
        }
        deparse_put(deparse, cte->materialized == 1   ? " AS MATERIALIZED ("
                             : cte->materialized == 2 ? " AS NOT MATERIALIZED ("
                                                      : " AS (");
        deparse_keyword(deparse, "", 0, 0, 0);
        deparse_query(deparse, cte->query, deparse->names, NULL, true, false);
        deparse_keyword(deparse, "", 0, 0, 0);
        deparse_put(deparse, ")");
    }
    deparse->indent -= INDENT;
    deparse_keyword(deparse, "", 0, 0, 0);
}

void deparse_query(Deparse *deparse, Query *query, const Names *parent, const Vec *columns,
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
        deparse_keyword(deparse, " ORDER BY ", -INDENT, INDENT, 1);
        deparse_order(deparse, &query->sort, query->set != NULL);
    }
    if (query->offset) {
        deparse_keyword(deparse, " OFFSET ", -INDENT, INDENT, 0);
        deparse_any(deparse, query->offset, false);
    }
    if (query->limit) {
        if (query->with_ties) {
            deparse_keyword(deparse, " FETCH FIRST ", -INDENT, INDENT, 0);
            deparse_put(deparse, "(");
            deparse_any(deparse, query->limit, false);
            deparse_put(deparse, ") ROWS WITH TIES");
        } else {
            deparse_keyword(deparse, " LIMIT ", -INDENT, INDENT, 0);
            if (query->limit->kind == EXPR_CONST && query->limit->null)
                deparse_put(deparse, "ALL");
            else
                deparse_any(deparse, query->limit, false);
        }
    }
    deparse->names = outer.names;
    deparse->prefix = outer.prefix;
    deparse->indent = outer.indent;
    deparse->depth = outer.depth;
}
