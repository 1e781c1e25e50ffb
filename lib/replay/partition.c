#include <string.h>

#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/parts.h"

static int padding(const char *text, int32_t wanted)
{
    for (; *text && wanted > 0; text++)
        wanted -= ((unsigned char)*text & 0xc0) != 0x80;
    return wanted > 0 ? wanted : 0;
}

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
    int32_t length;

    if (node->node_case == NODE(COLUMN_REF)) {
        const char *word = tree_last(node->column_ref->fields, node->column_ref->n_fields);

        if (strcmp(word, "minvalue") == 0)
            return "MINVALUE";
        if (strcmp(word, "maxvalue") == 0)
            return "MAXVALUE";
    }
    length = type.modifier;
    type.modifier = -1;
    expr = analyse_assigned(&analysis, node, type);
    replay_settle(replay, &analysis, &relation->inexact, "partition_bound", relation->name);
    if (expr->kind != EXPR_CONST)
        catalog_inexact(replay->catalog, &relation->inexact, "partition_bound");
    if (expr->null)
        return "NULL";
    if (length > 0) {
        /* Of characters it is as long as the column. */
        if (type.oid == BPCHAROID && expr->kind == EXPR_CONST && expr->text)
            expr->text = arena_printf(replay->arena, "%s%*s", expr->text,
                                      padding(expr->text, length - 4), "");
        else if (type.oid != VARCHAROID) {
            replay_warn(replay, "a bound of '%s' is not fitted to its column", relation->name);
            catalog_inexact(replay->catalog, &relation->inexact, "partition_bound");
        }
    }
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
    constraint_refer_partition(replay, relation);
}

bool partition_hands_down(const Relation *parent)
{
    /* One that was a partition itself may have kept something. */
    bool any = parent->kind == 'p' &&
               (parent->indexes.count || parent->constraints.count || parent->triggers.count ||
                vec_has_text(&parent->inexact, "constraints"));

    for (size_t i = 0; i < parent->parents.count && !any; i++)
        any = partition_hands_down(parent->parents.items[i]);
    return any;
}

/* Columns of two relations by their names. */
static bool same_columns(const Vec *a, const Vec *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; same && i < a->count; i++) {
        const Column *one = a->items[i], *other = b->items[i];

        same = one && other && strcmp(one->name, other->name) == 0;
    }
    return same;
}

/* CompareIndexInfo() in index.c, of indexes without expressions; ret_sure: there are none. */
static bool same_index(const Index *a, const Index *b, bool *ret_sure)
{
    bool same = a->unique == b->unique && a->nulls_not_distinct == b->nulls_not_distinct &&
                strcmp(a->method, b->method) == 0 && a->keys.count == b->keys.count &&
                !a->predicate == !b->predicate && same_columns(&a->included, &b->included);

    for (size_t i = 0; same && i < a->keys.count; i++) {
        const IndexKey *one = a->keys.items[i], *other = b->keys.items[i];
        const char *class_name = one->class_name ? one->class_name : "";
        const char *collation = one->collation ? one->collation : "";

        same = !one->column == !other->column &&
               strcmp(class_name, other->class_name ? other->class_name : "") == 0 &&
               strcmp(collation, other->collation ? other->collation : "") == 0 &&
               (!one->column || strcmp(one->column->name, other->column->name) == 0);
        *ret_sure &= !same || one->column;
    }
    *ret_sure &= !same || !a->predicate;
    return same;
}

static bool same_texts(const Vec *a, const Vec *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; same && i < a->count; i++)
        same = strcmp(a->items[i], b->items[i]) == 0;
    return same;
}

static void doubt_indexes(Replay *replay, Relation *relation, const Relation *parent)
{
    replay_warn(replay, "whether an index of '%s' is that of '%s' is not certain", relation->name,
                parent->name);
    catalog_inexact(replay->catalog, &relation->inexact, "indexes");
    catalog_inexact(replay->catalog, &relation->inexact, "constraints");
}

/* DefineIndex() and AttachPartitionEnsureIndexes(): what is there already is attached; otherwise
 * one is made, in partitions of the partition too. */
void partition_adopt_index(Replay *replay, Relation *relation, const Relation *parent,
                           const Index *above)
{
    bool sure = true, found = false;

    for (size_t i = 0; i < relation->indexes.count && !found; i++) {
        Index *own = relation->indexes.items[i];

        found = !own->of_partition && same_index(own, above, &sure);
        own->of_partition |= found;
    }
    if (!sure)
        doubt_indexes(replay, relation, parent);
    for (size_t i = 0; i < relation->children.count && !found; i++)
        partition_adopt_index(replay, relation->children.items[i], relation, above);
}

void partition_adopt_key(Replay *replay, Relation *relation, const Relation *parent,
                         const Constraint *above)
{
    bool sure = true, found = false;

    for (size_t i = 0; i < relation->constraints.count && !found && above->type != 'x'; i++) {
        Constraint *own = relation->constraints.items[i];

        found = own->index && own->type != 'x' && !own->of_parent &&
                same_index(own->index, above->index, &sure);
        own->of_parent |= found;
    }
    if (!sure)
        doubt_indexes(replay, relation, parent);
    for (size_t i = 0; i < relation->children.count && !found; i++)
        partition_adopt_key(replay, relation->children.items[i], relation, above);
}

static bool hands_down_named(const Relation *parent, const Vec *names)
{
    bool any = false;

    for (size_t i = 0; i < parent->indexes.count && !any; i++)
        any = same_texts(&((const Index *)parent->indexes.items[i])->names, names);
    for (size_t i = 0; i < parent->constraints.count && !any; i++) {
        const Constraint *constraint = parent->constraints.items[i];

        any = constraint->index && same_texts(&constraint->index->names, names);
    }
    for (size_t i = 0; i < parent->parents.count && !any; i++)
        any = hands_down_named(parent->parents.items[i], names);
    return any;
}

void partition_doubt_name(Replay *replay, Relation *relation, const Vec *names)
{
    for (size_t i = 0; i < relation->parents.count; i++) {
        const Relation *parent = relation->parents.items[i];

        if (parent->kind != 'p' || !hands_down_named(parent, names))
            continue;
        replay_warn(replay, "what an index of '%s' is called is not certain: '%s' may give it one",
                    relation->name, parent->name);
        catalog_inexact(replay->catalog, &relation->inexact, "indexes");
        catalog_inexact(replay->catalog, &relation->inexact, "constraints");
    }
}

static void adopt_foreign(Relation *relation, const Relation *parent)
{
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const Constraint *above = parent->constraints.items[i];
        bool found = false;

        for (size_t k = 0; above->type == 'f' && k < relation->constraints.count && !found; k++) {
            Constraint *own = relation->constraints.items[k];

            found = own->type == 'f' && !own->of_parent && !own->not_valid &&
                    own->references == above->references && own->match == above->match &&
                    own->on_update == above->on_update && own->on_delete == above->on_delete &&
                    own->deferrable == above->deferrable &&
                    own->initially_deferred == above->initially_deferred &&
                    same_columns(&own->columns, &above->columns) &&
                    same_columns(&own->reference_columns, &above->reference_columns);
            own->of_parent |= found;
        }
    }
}

void partition_adopt(Replay *replay, Relation *relation, const Relation *parent)
{
    /* MergeAttributesIntoExisting() and MergeConstraintsIntoExisting() in tablecmds.c */
    for (size_t i = 0; i < relation->columns.count; i++)
        ((Column *)relation->columns.items[i])->inherited = true;
    for (size_t i = 0; i < relation->constraints.count; i++) {
        Constraint *own = relation->constraints.items[i];
        const Constraint *above = catalog_constraint(&parent->constraints, own->name);

        own->inherited |= own->type == 'c' && above && above->type == 'c' && !above->no_inherit;
    }
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const Constraint *above = parent->constraints.items[i];

        if (above->index)
            partition_adopt_key(replay, relation, parent, above);
    }
    for (size_t i = 0; i < parent->indexes.count; i++)
        partition_adopt_index(replay, relation, parent, parent->indexes.items[i]);
    adopt_foreign(relation, parent);
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
