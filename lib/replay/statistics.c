#include <string.h>

#include "replay/analyse.h"
#include "replay/deparse.h"
#include "replay/names.h"
#include "replay/parts.h"

/* ChooseExtendedStatisticName() in statscmds.c; the name is one of no relation. */
static const char *choose_name(Replay *replay, const Relation *relation, const Vec *names)
{
    const char *name = NULL;

    for (int pass = 0; !name || thing_find(replay, KIND_STATISTICS, relation->schema, name); pass++)
        name = names_make(replay->arena, relation->name, naming_join(replay, names),
                          pass ? arena_printf(replay->arena, "stat%d", pass) : "stat");
    return name;
}

static Thing *add_unnamed(Replay *replay, const Relation *relation, const Vec *names)
{
    PgQuery__String parts[2] = {PG_QUERY__STRING__INIT, PG_QUERY__STRING__INIT};
    Node nodes[2] = {PG_QUERY__NODE__INIT, PG_QUERY__NODE__INIT};
    Node *const list[2] = {&nodes[0], &nodes[1]};

    for (size_t i = 0; i < 2; i++) {
        parts[i].sval = arena_strdup(replay->arena,
                                     i ? choose_name(replay, relation, names) : relation->schema);
        nodes[i].node_case = NODE(STRING);
        nodes[i].string = &parts[i];
    }
    return thing_add(replay, KIND_STATISTICS, list, 2);
}

static size_t place_of(const Relation *relation, const IndexKey *key)
{
    for (size_t i = 0; i < relation->columns.count; i++)
        if (relation->columns.items[i] == key->column)
            return i;
    return SIZE_MAX; /* an expression: behind all columns */
}

static void add_key(Replay *replay, Thing *thing, IndexKey *key)
{
    size_t at = 0, place = place_of(thing->relation, key);

    while (at < thing->items.count && place_of(thing->relation, thing->items.items[at]) <= place)
        at++;
    vec_insert(replay->arena, &thing->items, at, key);
}

/* Calls of columns, constants and calls. */
static bool has_no_parentheses(const Expr *expr)
{
    if (expr->kind == EXPR_COLUMN || expr->kind == EXPR_CONST)
        return true;
    for (size_t i = 0; i < expr->args.count; i++)
        if (!expr->args.items[i] || !has_no_parentheses(expr->args.items[i]))
            return false;
    return deparse_is_call(expr);
}

/* Its text has the same parentheses whether they are spared or not. */
static bool is_plain(const Expr *expr)
{
    for (size_t i = 0; i < expr->args.count; i++)
        if (!expr->args.items[i] || !has_no_parentheses(expr->args.items[i]))
            return false;
    return expr->kind == EXPR_OPERATOR || has_no_parentheses(expr);
}

/* transformStatsStmt(): an expression keeps a collation that it says. */
static IndexKey *key_new(Replay *replay, Relation *relation, const PgQuery__StatsElem *element,
                         Vec *inexact)
{
    PgQuery__IndexElem index = PG_QUERY__INDEX_ELEM__INIT;
    Analysis analysis = analyse_open(replay->catalog);
    IndexKey *key;

    if (tree_given(element->name)) {
        index.name = element->name;
        return index_key_new(replay, relation, "", &index, inexact);
    }
    key = arena_alloc(replay->arena, sizeof *key);
    analyse_relation(&analysis, relation, NULL);
    key->expr = analyse_expr(&analysis, element->expr);
    index_key_settle(relation, key);
    replay_settle(replay, &analysis, inexact, "definition", relation->name);
    return key;
}

static void doubt_parentheses(Replay *replay, Vec *inexact)
{
    replay_warn(replay, "the parentheses of an expression in statistics are not certain");
    catalog_inexact(replay->catalog, inexact, "definition");
}

static void create_statistics(Replay *replay, const PgQuery__CreateStatsStmt *create)
{
    Relation *relation = create->n_relations && create->relations[0]->node_case == NODE(RANGE_VAR)
                             ? table_find(replay, create->relations[0]->range_var, false)
                             : NULL;
    Vec keys = {0}, names = {0}, inexact = {0};
    Thing *thing;

    if (!relation)
        return;
    for (size_t i = 0; i < create->n_exprs; i++) {
        IndexKey *key = key_new(replay, relation, create->exprs[i]->stats_elem, &inexact);

        if (key->expr && !is_plain(key->expr))
            doubt_parentheses(replay, &inexact);
        vec_add(replay->arena, &keys, key);
        vec_add(replay->arena, &names, key->column ? key->column->name : "expr");
    }
    if (create->if_not_exists && create->n_defnames &&
        thing_find(replay, KIND_STATISTICS, tree_qualifier(create->defnames, create->n_defnames),
                   tree_last(create->defnames, create->n_defnames)))
        return;
    if (create->n_defnames)
        thing = thing_add(replay, KIND_STATISTICS, create->defnames, create->n_defnames);
    else
        thing = add_unnamed(replay, relation, &names);
    if (!thing)
        return;
    thing->relation = relation;
    thing->inexact = inexact;
    for (size_t i = 0; i < keys.count; i++)
        add_key(replay, thing, keys.items[i]);
    for (size_t i = 0; i < create->n_stat_types; i++)
        vec_add(replay->arena, &thing->texts,
                replay_keep(replay, tree_string(create->stat_types[i])));
}

/* generateClonedExtStatsStmt() in parse_utilcmd.c */
void statistics_like(Replay *replay, const Relation *source, Relation *relation, RangeEntry *entry,
                     bool comments)
{
    size_t count = replay->catalog->things.count;

    for (size_t i = 0; i < count; i++) {
        const Thing *model = replay->catalog->things.items[i];
        Vec names = {0}, keys = {0};
        Thing *thing;

        if (model->kind != KIND_STATISTICS || model->relation != source)
            continue;
        for (size_t k = 0; k < model->items.count; k++) {
            const IndexKey *key = model->items.items[k];
            IndexKey *own = arena_alloc(replay->arena, sizeof *own);

            *own = *key;
            own->column = key->column ? catalog_column(relation, key->column->name) : NULL;
            own->expr = table_like_expr(replay, key->expr, entry);
            vec_add(replay->arena, &keys, own);
            vec_add(replay->arena, &names, own->column ? own->column->name : "expr");
        }
        thing = add_unnamed(replay, relation, &names);
        if (!thing)
            continue;
        thing->relation = relation;
        thing->inexact = vec_copy(replay->arena, &model->inexact);
        thing->texts = vec_copy(replay->arena, &model->texts);
        thing->comment = comments ? model->comment : NULL;
        for (size_t k = 0; k < keys.count; k++)
            add_key(replay, thing, keys.items[k]);
    }
}

/* ATPostAlterTypeCleanup(): they are made anew, their target is not kept. */
void statistics_retype(Replay *replay, Relation *relation, const Column *column)
{
    Search search = {.column = column};

    for (size_t i = 0; i < replay->catalog->things.count; i++) {
        Thing *thing = replay->catalog->things.items[i];

        if (thing->kind != KIND_STATISTICS || thing->relation != relation)
            continue;
        for (size_t k = 0; k < thing->items.count; k++) {
            IndexKey *key = thing->items.items[k];
            bool within = key->expr && search_expr(key->expr, &search);

            if (within)
                key->expr = alter_again(replay, relation, key->expr, false);
            if (within && !is_plain(key->expr))
                doubt_parentheses(replay, &thing->inexact);
            if (within || key->column == column)
                json_object_del(thing->members, "target");
        }
    }
}

bool statistics_statement(Replay *replay, const Node *node)
{
    const PgQuery__AlterStatsStmt *alter;
    Thing *thing;

    if (node->node_case == NODE(CREATE_STATS_STMT)) {
        create_statistics(replay, node->create_stats_stmt);
        return true;
    }
    if (node->node_case != NODE(ALTER_STATS_STMT))
        return false;
    alter = node->alter_stats_stmt;
    thing = thing_find(replay, KIND_STATISTICS, tree_qualifier(alter->defnames, alter->n_defnames),
                       tree_last(alter->defnames, alter->n_defnames));
    if (thing) {
        json_object_del(thing->members, "target");
        if (alter->stxstattarget >= 0)
            json_object_set_new(thing->members, "target", json_integer(alter->stxstattarget));
    } else if (!alter->missing_ok) {
        replay_warn(replay, "statistics object '%s' is not known",
                    tree_last(alter->defnames, alter->n_defnames));
    }
    return true;
}
