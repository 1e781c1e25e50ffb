#include <string.h>

#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/parts.h"
#include "replay/search.h"

/* view_query_is_auto_updatable() in rewriteHandler.c: what it reads; NULL: it is not so simple. */
static const FromItem *simple_base(const Query *query)
{
    const FromItem *item = query && query->from.count == 1 ? query->from.items[0] : NULL;

    if (!item || !item->entry || item->entry->kind != RANGE_RELATION || !item->entry->relation ||
        !strchr("rpfv", item->entry->relation->kind) || query->distinct || query->group.count ||
        query->having || query->set || query->ctes.count || query->limit || query->offset ||
        query->aggregates || query->values.count)
        return NULL;
    return item;
}

static unsigned own_events(const Relation *relation, bool triggers)
{
    unsigned ret = 0;

    for (size_t i = 0; i < relation->rules.count; i++) {
        const Rule *rule = relation->rules.items[i];

        if (rule->instead && !rule->where)
            ret |= strcmp(rule->event, "INSERT") == 0   ? VIEW_INSERT
                   : strcmp(rule->event, "UPDATE") == 0 ? VIEW_UPDATE
                   : strcmp(rule->event, "DELETE") == 0 ? VIEW_DELETE
                                                        : 0U;
    }
    for (size_t i = 0; triggers && i < relation->triggers.count; i++) {
        const Trigger *trigger = relation->triggers.items[i];

        if (!(trigger->timing & 64))
            continue;
        ret |= trigger->events & 4 ? VIEW_INSERT : 0U;
        ret |= trigger->events & 8 ? VIEW_DELETE : 0U;
        ret |= trigger->events & 16 ? VIEW_UPDATE : 0U;
    }
    return ret;
}

/* outer: the views on the way here, for one may have been replaced by what reads it. */
static unsigned events(Arena *arena, const Relation *relation, bool triggers, const Vec *columns,
                       Vec *outer)
{
    const unsigned all = VIEW_INSERT | VIEW_UPDATE | VIEW_DELETE;
    const FromItem *item = relation->kind == 'v' ? simple_base(relation->query) : NULL;
    unsigned own;
    Vec below = {0};

    if (strchr("rpf", relation->kind))
        return all;
    if (vec_has(outer, relation))
        return 0;
    own = own_events(relation, triggers);
    if (!item)
        return own;
    vec_add(arena, outer, (Relation *)relation);
    for (size_t i = 0; i < relation->columns.count && i < relation->query->targets.count; i++) {
        const Expr *expr = ((const Target *)relation->query->targets.items[i])->expr;

        if (expr->kind == EXPR_COLUMN && expr->entry == item->entry &&
            expr->place < expr->entry->columns.count &&
            (!columns || vec_has(columns, relation->columns.items[i])))
            vec_add(arena, &below,
                    ((const RangeColumn *)expr->entry->columns.items[expr->place])->column);
    }
    return own | ((below.count ? all : VIEW_DELETE) & events(arena, item->entry->relation, triggers,
                                                             below.count ? &below : NULL, outer));
}

unsigned view_events(Arena *arena, const Relation *relation, bool triggers, const Vec *columns)
{
    Vec outer = {0};

    return events(arena, relation, triggers, columns, &outer);
}

static void view_columns(Replay *replay, const Analysis *analysis, Relation *view,
                         Node *const *aliases, size_t count)
{
    Vec old = view->columns;

    view->columns = (Vec){0};
    for (size_t i = 0; i < view->query->targets.count; i++) {
        const Target *target = view->query->targets.items[i];
        Column *column = i < old.count ? old.items[i] : NULL;
        const char *name = i < count      ? tree_string(aliases[i])
                           : target->name ? target->name
                                          : "?column?";

        name = names_cut(replay->arena, name);
        if (column) {
            vec_add(replay->arena, &view->columns, column);
            column->type = target->expr->type;
        } else {
            column = catalog_column_add(replay->catalog, view, name, target->expr->type);
        }
        column->inexact = (Vec){0};
        column->name = arena_strdup(replay->arena, name);
        if (column->type.oid == UNKNOWNOID)
            column->type.oid = TEXTOID;
        if (column->type.oid == 0)
            catalog_inexact(replay->catalog, &column->inexact, "type");
        column->collation = analyse_collation(analysis, target->expr);
    }
    for (size_t i = view->columns.count; i < old.count; i++)
        ((Column *)old.items[i])->dropped = true;
}

/* One relation that is not known and nothing else: it may be a table. */
static bool reads_unknown(const Query *query)
{
    const FromItem *item = query->from.count == 1 ? query->from.items[0] : NULL;

    return item && item->entry && item->entry->kind == RANGE_CTE && !item->entry->query;
}

static void set_query(Replay *replay, Relation *view, const PgQuery__SelectStmt *select,
                      Node *const *aliases, size_t count)
{
    Analysis analysis = analyse_open(replay->catalog);

    view->query = analyse_query(&analysis, select);
    view->inexact = (Vec){0};
    view_columns(replay, &analysis, view, aliases, count);
    if (analysis.problem) {
        replay_settle(replay, &analysis, &view->inexact, "definition", view->name);
        catalog_inexact(replay->catalog, &view->inexact, "columns");
    }
    if (view->kind == 'v' && reads_unknown(view->query)) {
        catalog_inexact(replay->catalog, &view->inexact, "insertable");
        catalog_inexact(replay->catalog, &view->inexact, "updatable");
    }
}

/* isQueryUsingTempRelation(): then it is temporary itself. */
static bool reads_temporary(const Catalog *catalog, const Relation *view)
{
    for (size_t i = 0; i < catalog->relations.count; i++) {
        const Relation *relation = catalog->relations.items[i];
        Search search = {.relation = relation};

        if (strcmp(relation->schema, catalog_temporary) == 0 && search_query(view->query, &search))
            return true;
    }
    return false;
}

void view_create(Replay *replay, const PgQuery__ViewStmt *statement)
{
    const char *schema = table_schema(replay, statement->view);
    const char *name = names_cut(replay->arena, statement->view->relname);
    Relation *view = catalog_relation(replay->catalog, schema, name);

    if (!statement->query || statement->query->node_case != NODE(SELECT_STMT))
        return;
    if (view && (view->kind != 'v' || !statement->replace)) {
        replay_warn(replay, "relation '%s' exists already", name);
        return;
    }
    if (!view && catalog_row_taken(replay->catalog, schema, name)) {
        replay_warn(replay, "type '%s' exists already", name);
        return;
    }
    if (!view) {
        view = catalog_relation_add(replay->catalog, schema, name, 'v');
        rights_begin(replay, &view->rights, 'r', schema);
    }
    view->member = replay->extensions || strcmp(schema, catalog_temporary) == 0;
    view->options = (Vec){0};
    index_options_add(replay, &view->options, statement->options, statement->n_options);
    if (statement->with_check_option == PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION)
        vec_add(replay->arena, &view->options, "check_option=local");
    if (statement->with_check_option == PG_QUERY__VIEW_CHECK_OPTION__CASCADED_CHECK_OPTION)
        vec_add(replay->arena, &view->options, "check_option=cascaded");
    set_query(replay, view, statement->query->select_stmt, statement->aliases,
              statement->n_aliases);
    if (!view->member && reads_temporary(replay->catalog, view)) {
        view->member = true;
        catalog_relation_place(replay->catalog, view, catalog_temporary, view->name);
        if (view->type)
            catalog_type_place(replay->catalog, view->type, catalog_temporary, view->type->name);
    }
}

void view_create_as(Replay *replay, const PgQuery__CreateTableAsStmt *create)
{
    bool materialized = create->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW;
    const PgQuery__RangeVar *range = create->into->rel;
    const char *schema = table_schema(replay, range);
    const char *name = names_cut(replay->arena, range->relname);
    Relation *relation;

    if (catalog_name_taken(replay->catalog, schema, name)) {
        if (!create->if_not_exists)
            replay_warn(replay, "relation '%s' exists already", name);
        return;
    }
    relation = catalog_relation_add(replay->catalog, schema, name, materialized ? 'm' : 'r');
    relation->member = strcmp(schema, catalog_temporary) == 0;
    relation->unlogged = range->relpersistence && *range->relpersistence == 'u';
    rights_begin(replay, &relation->rights, 'r', schema);
    relation->tablespace = names_tablespace(create->into->table_space_name);
    relation->access_method = tree_given(create->into->access_method);
    table_options(replay, relation, create->into->options, create->into->n_options);
    if (!create->query || create->query->node_case != NODE(SELECT_STMT)) {
        replay_warn(replay, "CREATE TABLE AS of something that is no SELECT");
        catalog_inexact(replay->catalog, &relation->inexact, "columns");
        return;
    }
    set_query(replay, relation, create->query->select_stmt, create->into->col_names,
              create->into->n_col_names);
    if (!materialized) {
        bool doubt = relation->inexact.count > 0;

        relation->query = NULL;
        relation->filled = !create->into->skip_data && block_gives_rows(replay, create->query);
        relation->inexact = (Vec){0};
        if (doubt)
            catalog_inexact(replay->catalog, &relation->inexact, "columns");
    }
}
