#include <string.h>

#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/parts.h"

static const char *bound_value(Replay *replay, Relation *relation, const Relation *parent,
                               const Node *node, size_t place)
{
    const IndexKey *key =
        place < parent->partition_keys.count ? parent->partition_keys.items[place] : NULL;
    TypeRef type = key && key->column ? key->column->type
                   : key && key->expr ? key->expr->type
                                      : (TypeRef){0, -1};
    Analysis analysis = analyse_open(replay->catalog);
    Expr *expr;

    if (node->node_case == NODE(COLUMN_REF)) {
        const char *word = tree_last(node->column_ref->fields, node->column_ref->n_fields);

        if (strcmp(word, "minvalue") == 0)
            return "MINVALUE";
        if (strcmp(word, "maxvalue") == 0)
            return "MAXVALUE";
    }
    type.modifier = -1;
    expr = analyse_assigned(&analysis, node, type);
    replay_settle(replay, &analysis, &relation->inexact, "partition_bound", relation->name);
    if (expr->kind != EXPR_CONST)
        catalog_inexact(replay->catalog, &relation->inexact, "partition_bound");
    if (expr->null)
        return "NULL";
    if (expr->kind == EXPR_CONST &&
        (expr->type.oid == BOOLOID ||
         (expr->type.oid == INT4OID && expr->text && *expr->text != '-')))
        return expr->text;
    return names_literal(replay->arena, expr->text ? expr->text : "");
}

static const char *bound_list(Replay *replay, Relation *relation, const Relation *parent,
                              Node *const *nodes, size_t count, bool by_place)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_printf(replay->arena, "%s%s%s", text, i ? ", " : "",
                            bound_value(replay, relation, parent, nodes[i], by_place ? i : 0));
    return text;
}

void partition_bind(Replay *replay, Relation *relation, const Relation *parent,
                    const PgQuery__PartitionBoundSpec *bound)
{
    relation->is_partition = true;
    if (bound->is_default)
        relation->bound = "DEFAULT";
    else if (bound->n_listdatums)
        relation->bound = arena_printf(
            replay->arena, "FOR VALUES IN (%s)",
            bound_list(replay, relation, parent, bound->listdatums, bound->n_listdatums, false));
    else if (bound->n_lowerdatums || bound->n_upperdatums)
        relation->bound = arena_printf(
            replay->arena, "FOR VALUES FROM (%s) TO (%s)",
            bound_list(replay, relation, parent, bound->lowerdatums, bound->n_lowerdatums, true),
            bound_list(replay, relation, parent, bound->upperdatums, bound->n_upperdatums, true));
    else
        relation->bound = arena_printf(replay->arena, "FOR VALUES WITH (modulus %d, remainder %d)",
                                       (int)bound->modulus, (int)bound->remainder);
}

void partition_by(Replay *replay, Relation *relation, const PgQuery__PartitionSpec *spec)
{
    relation->kind = 'p';
    relation->strategy = tree_given(spec->strategy) ? *spec->strategy : 'r';
    for (size_t i = 0; i < spec->n_part_params; i++) {
        const PgQuery__PartitionElem *element = spec->part_params[i]->partition_elem;
        PgQuery__IndexElem index = PG_QUERY__INDEX_ELEM__INIT;

        index.name = element->name;
        index.expr = element->expr;
        index.collation = element->collation;
        index.n_collation = element->n_collation;
        index.opclass = element->opclass;
        index.n_opclass = element->n_opclass;
        vec_add(replay->arena, &relation->partition_keys,
                index_key_new(replay, relation, relation->strategy == 'h' ? "hash" : "btree",
                              &index, &relation->inexact));
    }
    if (vec_has_text(&relation->inexact, "definition")) {
        relation->inexact = (Vec){0};
        catalog_inexact(replay->catalog, &relation->inexact, "partition_key");
    }
}
