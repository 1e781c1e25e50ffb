#include <string.h>

#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/parts.h"

static void find_columns(Replay *replay, Relation *relation, Node *const *keys, size_t count,
                         Vec *ret, Vec *inexact)
{
    for (size_t i = 0; i < count; i++) {
        Column *column = catalog_column(relation, names_cut(replay->arena, tree_string(keys[i])));

        if (column) {
            vec_add(replay->arena, ret, column);
        } else {
            replay_warn(replay, "column '%s' of '%s' is not known", tree_string(keys[i]),
                        relation->name);
            catalog_inexact(replay->catalog, inexact, "definition");
        }
    }
}

static Constraint *constraint_new(Replay *replay, const PgQuery__Constraint *node, char type)
{
    Constraint *constraint = arena_alloc(replay->arena, sizeof *constraint);

    constraint->type = type;
    constraint->name = tree_given(node->conname) ? names_cut(replay->arena, node->conname) : NULL;
    constraint->deferrable = node->deferrable;
    constraint->initially_deferred = node->initdeferred;
    constraint->no_inherit = node->is_no_inherit;
    constraint->not_valid = node->skip_validation && !node->initially_valid;
    return constraint;
}

static void add_to_children(Replay *replay, const Relation *relation, const Constraint *constraint)
{
    for (size_t i = 0; i < relation->children.count; i++) {
        Relation *child = relation->children.items[i];

        /* One of that name is merged with. */
        if (table_constraint(child, constraint->name))
            continue;
        table_hand_down(replay, child, constraint);
        add_to_children(replay, child, constraint);
    }
}

Constraint *constraint_merge_check(const Relation *relation, const char *name)
{
    Constraint *own = name ? table_constraint(relation, name) : NULL;

    if (!own || own->type != 'c' || !own->inherited)
        return NULL;
    own->inherited = false;
    return own;
}

void constraint_add_check(Replay *replay, Relation *relation, const PgQuery__Constraint *node)
{
    Constraint *constraint = constraint_new(replay, node, 'c');
    Vec columns = {0};

    if (constraint_merge_check(relation, constraint->name))
        return;
    constraint->check = index_predicate(replay, relation, node->raw_expr, &constraint->inexact,
                                        "definition", relation->name);
    search_columns(replay->arena, constraint->check, &columns);
    if (!constraint->name)
        constraint->name =
            naming_choose(replay, relation->schema, relation->name,
                          columns.count == 1 ? ((const Column *)columns.items[0])->name : NULL,
                          "check", false, true);
    /* conkey: by the order of the columns' appearance. */
    constraint->columns = columns;
    catalog_constraint_add(replay->catalog, relation, constraint);
    if (!constraint->no_inherit)
        add_to_children(replay, relation, constraint);
}

static bool same_items(const Vec *a, const Vec *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; same && i < a->count; i++)
        same = a->items[i] == b->items[i];
    return same;
}

static bool same_key(const Constraint *a, const Constraint *b)
{
    return a->deferrable == b->deferrable && a->initially_deferred == b->initially_deferred &&
           same_items(&a->columns, &b->columns);
}

/* Of what only an exclusion has. Expressions are not compared. */
static bool same_exclusion(const Index *a, const Index *b)
{
    if (strcmp(a->method, b->method) != 0 || a->predicate || b->predicate ||
        a->keys.count != b->keys.count)
        return false;
    for (size_t i = 0; i < a->keys.count; i++) {
        const IndexKey *one = a->keys.items[i], *other = b->keys.items[i];
        const char *first = one->operator;
        const char *second = other->operator;

        if (!one->column || !other->column || !first != !second ||
            (first && strcmp(first, second) != 0))
            return false;
    }
    return true;
}

static void set_not_null(Column *column, const Relation *relation, bool only)
{
    column->not_null = true;
    for (size_t i = 0; i < relation->children.count && !only; i++) {
        const Relation *child = relation->children.items[i];
        Column *copy = catalog_column(child, column->name);

        if (copy)
            set_not_null(copy, child, false);
    }
}

const char *constraint_key_name(Replay *replay, const Relation *relation,
                                const Constraint *constraint)
{
    return naming_choose(replay, relation->schema, relation->name,
                         constraint->type == 'p' ? NULL
                                                 : naming_join(replay, &constraint->index->names),
                         constraint->type == 'p'   ? "pkey"
                         : constraint->type == 'u' ? "key"
                                                   : "excl",
                         true, true);
}

/* The names of those from `first` on were chosen when one was taken that no longer is. */
static void choose_again(Replay *replay, Relation *relation, size_t first)
{
    for (size_t i = first; i < relation->constraints.count; i++) {
        Constraint *constraint = relation->constraints.items[i];

        if (constraint->index && constraint->name_chosen)
            constraint->name = constraint->index->name = "";
    }
    for (size_t i = first; i < relation->constraints.count; i++) {
        Constraint *constraint = relation->constraints.items[i];

        if (constraint->index && constraint->name_chosen)
            catalog_constraint_rename(replay->catalog, relation, constraint,
                                      constraint_key_name(replay, relation, constraint));
    }
}

void constraint_add_index(Replay *replay, Relation *relation, const PgQuery__Constraint *node,
                          char type, size_t first_new)
{
    Constraint *constraint = constraint_new(replay, node, type);
    Index *index = arena_alloc(replay->arena, sizeof *index);
    Vec names = {0};

    index->unique = type != 'x';
    index->method = type == 'x' && tree_given(node->access_method) ? node->access_method : "btree";
    index->nulls_not_distinct = node->nulls_not_distinct;
    constraint->index = index;
    index_options_add(replay, &index->options, node->options, node->n_options);
    index->tablespace = names_tablespace(node->indexspace);
    if (tree_given(node->indexname)) {
        for (size_t i = 0; i < relation->indexes.count; i++) {
            Index *existing = relation->indexes.items[i];

            if (strcmp(existing->name, node->indexname) == 0) {
                for (size_t k = 0; k < existing->keys.count; k++) {
                    IndexKey *key = existing->keys.items[k];

                    if (key->column)
                        vec_add(replay->arena, &constraint->columns, key->column);
                }
                constraint->index = index = existing;
                /* Its own comment stays that of the index. */
                if (!constraint->name)
                    constraint->name = existing->name;
                vec_remove(&relation->indexes, existing);
                break;
            }
        }
        if (!constraint->name) {
            replay_warn(replay, "index '%s' is not known", node->indexname);
            return;
        }
    } else if (type == 'x') {
        for (size_t i = 0; i < node->n_exclusions; i++) {
            const PgQuery__List *pair = node->exclusions[i]->list;
            IndexKey *key;

            if (pair->n_items < 2)
                continue;
            key = index_key_new(replay, relation, index->method, pair->items[0]->index_elem,
                                &constraint->inexact);
            if (pair->items[1]->node_case == NODE(LIST))
                key->operator=
                    tree_last(pair->items[1]->list->items, pair->items[1]->list->n_items);
            else
                key->operator= tree_string(pair->items[1]);
            vec_add(replay->arena, &index->keys, key);
            vec_add(replay->arena, &constraint->columns, key->column);
            naming_add_distinct(
                replay, &names,
                (key->column ? key->column->name : select_name(pair->items[0]->index_elem->expr)));
        }
        if (node->where_clause)
            index_where(replay, relation, node->where_clause, index, &constraint->inexact,
                        "definition", relation->name);
    } else {
        find_columns(replay, relation, node->keys, node->n_keys, &constraint->columns,
                     &constraint->inexact);
        for (size_t i = 0; i < constraint->columns.count; i++) {
            IndexKey *key = arena_alloc(replay->arena, sizeof *key);

            key->column = constraint->columns.items[i];
            vec_add(replay->arena, &index->keys, key);
            naming_add_distinct(replay, &names, key->column->name);
        }
        find_columns(replay, relation, node->including, node->n_including, &index->included,
                     &constraint->inexact);
        for (size_t i = 0; i < index->included.count; i++)
            naming_add_distinct(replay, &names, ((const Column *)index->included.items[i])->name);
    }
    if (names.count)
        index->names = names;
    for (size_t i = 0; type == 'p' && i < constraint->columns.count; i++) {
        Column *column = constraint->columns.items[i];

        /* ATPrepSetNotNull(): where it is so already, those below are not looked at. */
        if (!column->not_null)
            set_not_null(column, relation, replay->only);
    }
    /* Two of the same in one CREATE TABLE are one. */
    for (size_t i = first_new; i < relation->constraints.count && type != 'p'; i++) {
        Constraint *other = relation->constraints.items[i];

        if (other->index && (other->type == 'x') == (type == 'x') && same_key(other, constraint) &&
            same_exclusion(other->index, index) &&
            other->index->nulls_not_distinct == index->nulls_not_distinct &&
            same_items(&index->included, &other->index->included)) {
            /* transformIndexConstraints(): the first has the name that any was given. */
            if (constraint->name && other->name_chosen) {
                catalog_constraint_rename(replay->catalog, relation, other, constraint->name);
                other->name_chosen = false;
                choose_again(replay, relation, i + 1);
            }
            return;
        }
    }
    constraint->name_chosen = !constraint->name;
    if (!constraint->name) {
        partition_doubt_name(replay, relation, &index->names);
        constraint->name = constraint_key_name(replay, relation, constraint);
    }
    index->name = constraint->name;
    catalog_constraint_add(replay->catalog, relation, constraint);
    for (size_t i = 0; i < relation->children.count && relation->kind == 'p' && !replay->only; i++)
        partition_adopt_key(replay, relation->children.items[i], relation, constraint);
}

/* Whether the keys of a unique index are those columns, in any order, and nothing else. */
static bool is_key_of(const Index *index, const Vec *columns)
{
    bool same = index->unique && !index->predicate && index->keys.count == columns->count;

    for (size_t i = 0; same && i < index->keys.count; i++)
        same = vec_has(columns, ((const IndexKey *)index->keys.items[i])->column);
    return same;
}

/* transformFkeyCheckAttrs(): the oldest. */
static const Index *referred_index(const Relation *target, const Vec *columns)
{
    const Index *found = NULL;

    for (size_t i = 0; i < target->constraints.count; i++) {
        const Constraint *key = target->constraints.items[i];

        if (key->index && !key->deferrable && is_key_of(key->index, columns) &&
            (!found || key->index->number < found->number))
            found = key->index;
    }
    for (size_t i = 0; i < target->indexes.count; i++) {
        const Index *index = target->indexes.items[i];

        if (is_key_of(index, columns) && (!found || index->number < found->number))
            found = index;
    }
    return found;
}

/* addFkRecurseReferenced(): of each partition of what is referred to there is a constraint, too. */
static void add_parts(Replay *replay, Relation *relation, Constraint *constraint,
                      const Relation *partition)
{
    const char *name =
        naming_choose(replay, relation->schema, relation->name,
                      naming_join_columns(replay, &constraint->columns), "fkey", false, true);

    catalog_constraint_add_part(replay->catalog, relation, constraint, name, partition);
    for (size_t i = 0; i < partition->children.count; i++)
        add_parts(replay, relation, constraint, partition->children.items[i]);
}

void constraint_refer_partition(Replay *replay, const Relation *partition)
{
    for (const Relation *above = partition; above->parents.count;) {
        above = above->parents.items[0];
        for (size_t i = 0; i < above->referrers.count; i++) {
            Relation *relation = above->referrers.items[i];

            for (size_t k = 0; k < relation->constraints.count; k++) {
                Constraint *constraint = relation->constraints.items[k];
                bool known = false;

                for (size_t n = 0; n < constraint->parts.count; n++)
                    known |= ((ForeignPart *)constraint->parts.items[n])->partition == partition;
                if (constraint->references == above && !constraint->of_parent && !known)
                    add_parts(replay, relation, constraint, partition);
            }
        }
    }
}

void constraint_add_foreign(Replay *replay, Relation *relation, const PgQuery__Constraint *node)
{
    Constraint *constraint = constraint_new(replay, node, 'f');
    Relation *target = table_find(replay, node->pktable, true);

    find_columns(replay, relation, node->fk_attrs, node->n_fk_attrs, &constraint->columns,
                 &constraint->inexact);
    if (!constraint->name)
        constraint->name =
            naming_choose(replay, relation->schema, relation->name,
                          naming_join_columns(replay, &constraint->columns), "fkey", false, true);
    if (!target) {
        replay_warn(replay, "table '%s' of constraint '%s' is not known", node->pktable->relname,
                    constraint->name);
        return;
    }
    constraint->references = target;
    if (node->n_pk_attrs) {
        find_columns(replay, target, node->pk_attrs, node->n_pk_attrs,
                     &constraint->reference_columns, &constraint->inexact);
        constraint->reference_index = referred_index(target, &constraint->reference_columns);
    } else {
        for (size_t i = 0; i < target->constraints.count; i++) {
            const Constraint *key = target->constraints.items[i];

            if (key->type == 'p') {
                constraint->reference_columns = key->columns;
                constraint->reference_index = key->index;
            }
        }
        if (!constraint->reference_columns.count) {
            replay_warn(replay, "table '%s' has no known primary key", target->name);
            catalog_inexact(replay->catalog, &constraint->inexact, "definition");
            catalog_inexact(replay->catalog, &constraint->inexact, "reference_columns");
        }
    }
    constraint->match = tree_given(node->fk_matchtype) ? *node->fk_matchtype : 's';
    constraint->on_update = tree_given(node->fk_upd_action) ? *node->fk_upd_action : 'a';
    constraint->on_delete = tree_given(node->fk_del_action) ? *node->fk_del_action : 'a';
    find_columns(replay, relation, node->fk_del_set_cols, node->n_fk_del_set_cols,
                 &constraint->set_columns, &constraint->inexact);
    catalog_constraint_add(replay->catalog, relation, constraint);
    for (size_t i = 0; i < target->children.count && target->kind == 'p'; i++)
        add_parts(replay, relation, constraint, target->children.items[i]);
}

void constraint_add(Replay *replay, Relation *relation, const PgQuery__Constraint *node)
{
    const Constraint *own =
        tree_given(node->conname)
            ? table_constraint(relation, names_cut(replay->arena, node->conname))
            : NULL;

    if (own && (!own->inherited || own->type != 'c' ||
                node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK)) {
        replay_warn(replay, "constraint '%s' of '%s' exists already", node->conname,
                    relation->name);
        return;
    }
    switch (node->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        constraint_add_check(replay, relation, node);
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        constraint_add_index(replay, relation, node, 'p', SIZE_MAX);
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
        constraint_add_index(replay, relation, node, 'u', SIZE_MAX);
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        constraint_add_index(replay, relation, node, 'x', SIZE_MAX);
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        constraint_add_foreign(replay, relation, node);
        break;
    default:
        break;
    }
}

void constraint_add_domain(Replay *replay, Type *type, const PgQuery__Constraint *node)
{
    Constraint *constraint = constraint_new(replay, node, 'c');
    Analysis analysis = analyse_open(replay->catalog);

    analysis.value_type = type;
    constraint->check = analyse_boolean(&analysis, node->raw_expr);
    if (!constraint->name)
        constraint->name =
            naming_choose(replay, type->schema, type->name, NULL, "check", false, true);
    replay_settle(replay, &analysis, &constraint->inexact, "definition", type->name);
    catalog_type_add_constraint(replay->catalog, type, constraint);
}
