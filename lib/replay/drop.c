#include "replay/parts.h"

static bool policy_uses(const Policy *policy, const Search *search)
{
    return search_expr(policy->using_expr, search) || search_expr(policy->check, search);
}

bool index_uses(const Index *index, const Search *search)
{
    for (size_t i = 0; i < index->keys.count; i++) {
        const IndexKey *key = index->keys.items[i];

        if ((search->column && key->column == search->column) || search_expr(key->expr, search))
            return true;
    }
    for (size_t i = 0; i < index->included.count; i++) {
        if (search->column && index->included.items[i] == search->column)
            return true;
    }
    return search_expr(index->predicate, search);
}

void drop_foreign_of(const Relation *relation, const Index *index)
{
    for (size_t i = 0; i < relation->referrers.count; i++) {
        Relation *other = relation->referrers.items[i];

        for (size_t k = other->constraints.count; k > 0; k--) {
            const Constraint *foreign = other->constraints.items[k - 1];

            if (foreign->reference_index == index)
                vec_remove(&other->constraints, foreign);
        }
    }
}

/* What a body that is SQL of the standard uses is not known. */
static void doubt_bodies(Replay *replay)
{
    for (size_t i = 0; i < replay->catalog->functions.count; i++) {
        const Function *function = replay->catalog->functions.items[i];

        if (vec_has_text(&function->inexact, "body"))
            replay->unread[KIND_FUNCTION] = true;
    }
}

/* Takes away all that depends on what is searched for, as DROP ... CASCADE does; the object itself
 * is the caller's. */
void drop_dependents(Replay *replay, const Search *search)
{
    Catalog *catalog = replay->catalog;

    for (size_t i = 0; i < catalog->relations.count; i++) {
        Relation *relation = catalog->relations.items[i];

        if (relation == search->relation)
            continue;
        if (relation->query && (relation->kind == 'v' || relation->kind == 'm') &&
            search_query(relation->query, search)) {
            drop_relation(replay, relation, true);
            i = (size_t)-1; /* the list has changed */
            continue;
        }
        for (size_t k = relation->columns.count; k > 0; k--) {
            Column *column = relation->columns.items[k - 1];

            if (search_expr(column->default_expr, search)) {
                if (column->generated) {
                    drop_column(replay, relation, column, true);
                    k = relation->columns.count + 1;
                } else {
                    column->default_expr = NULL;
                }
            }
        }
        for (size_t k = relation->constraints.count; k > 0; k--) {
            Constraint *constraint = relation->constraints.items[k - 1];

            if (constraint->references == search->relation && search->relation)
                vec_remove(&relation->constraints, constraint);
            else if (search_expr(constraint->check, search))
                vec_remove(&relation->constraints, constraint);
        }
        for (size_t k = relation->policies.count; k > 0; k--) {
            Policy *policy = relation->policies.items[k - 1];

            if (policy_uses(policy, search))
                vec_remove(&relation->policies, policy);
        }
        for (size_t k = relation->triggers.count; k > 0; k--) {
            Trigger *trigger = relation->triggers.items[k - 1];

            if ((search->function && trigger->function == search->function) ||
                search_expr(trigger->when, search))
                vec_remove(&relation->triggers, trigger);
        }
        for (size_t k = relation->indexes.count; k > 0; k--) {
            Index *index = relation->indexes.items[k - 1];

            if (index_uses(index, search)) {
                vec_remove(&relation->indexes, index);
                drop_foreign_of(relation, index);
            }
        }
        for (size_t k = relation->rules.count; k > 0; k--) {
            Rule *rule = relation->rules.items[k - 1];

            if (search_expr(rule->where, search))
                vec_remove(&relation->rules, rule);
            else if (!rule->nothing)
                catalog_inexact(catalog, &relation->inexact, "rules");
        }
    }
    doubt_bodies(replay);
    for (size_t i = catalog->things.count; i > 0; i--) {
        Thing *thing = catalog->things.items[i - 1];

        for (size_t k = thing->items.count; k > 0 && thing->kind == KIND_PUBLICATION; k--) {
            const Published *published = thing->items.items[k - 1];

            if ((search->column && vec_has(&published->columns, search->column)) ||
                search_expr(published->where, search))
                vec_remove(&thing->items, published);
        }
        if (search->function && thing->function == search->function)
            vec_remove(&catalog->things, thing);
    }
}

/* StorePartitionKey(): then it cannot go without the table. */
static bool is_partitioned_by(const Relation *relation, const Column *column)
{
    Search search = {.column = column};

    for (size_t i = 0; i < relation->partition_keys.count; i++) {
        const IndexKey *key = relation->partition_keys.items[i];

        if (key->column == column || search_expr(key->expr, &search))
            return true;
    }
    return false;
}

/* Drops a relation that is of the type, or one of its columns that is. True: there was one. */
static bool drop_typed(Replay *replay, Relation *relation, const Type *type)
{
    bool whole = relation->of_type == type;

    for (size_t i = relation->columns.count; i > 0 && !whole; i--) {
        Column *column = relation->columns.items[i - 1];

        if (column->type.oid != type->oid && column->type.oid != type->array)
            continue;
        whole = is_partitioned_by(relation, column);
        if (!whole) {
            drop_column(replay, relation, column, true);
            return true;
        }
    }
    if (whole)
        drop_relation(replay, relation, true);
    return whole;
}

void drop_users(Replay *replay, const Function *function, const Type *type)
{
    Search search = {.function = function, .type = type ? type->oid : 0};

    drop_dependents(replay, &search);
    operator_drop_users(replay->catalog, function, type);
    for (size_t i = replay->catalog->functions.count; type && i > 0; i--) {
        Function *user = replay->catalog->functions.items[i - 1];
        bool uses = user->proc.result == type->oid || user->proc.result == type->array;

        for (size_t k = 0; k < user->arguments.count; k++) {
            Oid oid = ((const Argument *)user->arguments.items[k])->type.oid;

            uses |= oid == type->oid || oid == type->array;
        }
        if (uses) {
            catalog_function_remove(replay->catalog, user);
            drop_users(replay, user, NULL);
        }
    }
    for (size_t i = replay->catalog->types.count; type && i > 0; i--) {
        Type *user = replay->catalog->types.items[i - 1];

        if (!*user->schema || (user->kind != TYPE_DOMAIN && user->kind != TYPE_RANGE) ||
            !user->base.oid || (user->base.oid != type->oid && user->base.oid != type->array))
            continue;
        catalog_type_drop(replay->catalog, user);
        drop_users(replay, NULL, user);
        i = replay->catalog->types.count + 1;
    }
    /* What goes with one moves the others in the list: until all were looked at. */
    for (bool any = type != NULL; any;) {
        any = false;
        for (size_t i = 0; i < replay->catalog->relations.count; i++)
            any |= drop_typed(replay, replay->catalog->relations.items[i], type);
    }
}

void drop_relation(Replay *replay, Relation *relation, bool cascade)
{
    Catalog *catalog = replay->catalog;
    Search search = {.relation = relation, .type = relation->type ? relation->type->oid : 0};

    catalog_relation_remove(catalog, relation);
    thing_drop_of(replay, relation, NULL);
    relation->is_partition = false;
    if (relation->type) {
        catalog_type_drop(catalog, relation->type);
        relation->type->relation = relation;
    }
    while (relation->sequences.count)
        drop_relation(replay, relation->sequences.items[relation->sequences.count - 1], cascade);
    for (size_t i = 0; i < relation->parents.count; i++)
        vec_remove(&((Relation *)relation->parents.items[i])->children, relation);
    while (relation->children.count) {
        Relation *child = relation->children.items[relation->children.count - 1];

        vec_remove(&relation->children, child);
        vec_remove(&child->parents, relation);
        if (child->is_partition || cascade)
            drop_relation(replay, child, cascade);
    }
    if (cascade)
        drop_dependents(replay, &search);
    if (cascade && relation->type)
        drop_users(replay, NULL, relation->type);
}

void drop_column(Replay *replay, Relation *relation, Column *column, bool cascade)
{
    Search search = {.column = column};

    table_note_toast(replay->catalog, relation);
    vec_remove(&relation->columns, column);
    column->dropped = true;
    thing_drop_of(replay, relation, column);
    for (size_t i = relation->constraints.count; i > 0; i--) {
        Constraint *constraint = relation->constraints.items[i - 1];

        if (vec_has(&constraint->columns, column) || search_expr(constraint->check, &search) ||
            (constraint->index && index_uses(constraint->index, &search))) {
            vec_remove(&relation->constraints, constraint);
            if (constraint->index)
                drop_foreign_of(relation, constraint->index);
        }
    }
    for (size_t i = relation->indexes.count; i > 0; i--) {
        Index *index = relation->indexes.items[i - 1];

        if (index_uses(index, &search)) {
            vec_remove(&relation->indexes, index);
            drop_foreign_of(relation, index);
        }
    }
    for (size_t i = relation->sequences.count; i > 0; i--) {
        Relation *sequence = relation->sequences.items[i - 1];

        if (sequence->owner_column == column)
            drop_relation(replay, sequence, cascade);
    }
    for (size_t i = 0; i < relation->referrers.count; i++) {
        Relation *other = relation->referrers.items[i];

        for (size_t k = other->constraints.count; k > 0; k--) {
            Constraint *constraint = other->constraints.items[k - 1];

            if (vec_has(&constraint->reference_columns, column))
                vec_remove(&other->constraints, constraint);
        }
    }
    for (size_t i = 0; i < relation->children.count; i++) {
        Relation *child = relation->children.items[i];
        Column *copy = catalog_column(child, column->name);

        bool still = false;

        for (size_t k = 0; k < child->parents.count; k++)
            still |= catalog_column(child->parents.items[k], column->name) != NULL;
        if (!copy || !copy->inherited)
            continue;
        if (replay->only)
            copy->inherited = false;
        else if (!still)
            drop_column(replay, child, copy, cascade);
    }
    if (cascade)
        drop_dependents(replay, &search);
}
