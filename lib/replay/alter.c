#include <string.h>

#include "replay/analyse.h"
#include "replay/deparse.h"
#include "replay/names.h"
#include "replay/parts.h"
#include "replay/types.h"
#include "sql/parse.h"

/* The text of an expression, parsed: NULL when it cannot be. */
static const Node *own_text(Replay *replay, const Relation *relation, const Expr *expr)
{
    const char *text =
        arena_printf(replay->arena, "SELECT %s", deparse_expr(replay->catalog, expr, relation));
    const SqlParse *parse = replay_parse(replay, text, strlen(text));
    const PgQuery__SelectStmt *select =
        parse->count == 1 && parse->statements[0].node &&
                parse->statements[0].node->node_case == NODE(SELECT_STMT)
            ? parse->statements[0].node->select_stmt
            : NULL;

    return select && select->n_target_list == 1 ? select->target_list[0]->res_target->val : NULL;
}

Expr *alter_again(Replay *replay, Relation *relation, const Expr *expr, bool boolean)
{
    Catalog *catalog = replay->catalog;
    const Node *node = own_text(replay, relation, expr);
    Vec path = catalog->path;
    Analysis analysis = analyse_open(catalog);
    Expr *result = NULL;

    if (!node)
        return (Expr *)(uintptr_t)expr;
    analyse_relation(&analysis, relation, NULL);
    catalog->path = (Vec){0};
    result = boolean ? analyse_boolean(&analysis, node) : analyse_expr(&analysis, node);
    catalog->path = path;
    return analysis.problem ? (Expr *)(uintptr_t)expr : result;
}

/* ChooseIndexColumnNames() of an index that is made anew. */
static void rename_keys(Replay *replay, const Relation *relation, Index *index)
{
    index->names = (Vec){0};
    for (size_t i = 0; i < index->keys.count; i++) {
        IndexKey *key = index->keys.items[i];
        const Node *node = key->column ? NULL : own_text(replay, relation, key->expr);

        naming_add_distinct(replay, &index->names,
                            key->column ? key->column->name : index_key_base(node));
        key->name = key->column ? NULL : index->names.items[i];
    }
    for (size_t i = 0; i < index->included.count; i++)
        naming_add_distinct(replay, &index->names,
                            ((const Column *)index->included.items[i])->name);
}

/* ATPostAlterTypeCleanup(): what is about the column is made anew. */
static void retype_index(Replay *replay, Relation *relation, Index *index, const Column *column)
{
    Search search = {.column = column};

    if (!index_uses(index, &search))
        return;
    index->lacking = (Vec){0};
    for (size_t i = 0; i < index->keys.count; i++) {
        IndexKey *key = index->keys.items[i];

        key->statistics = 0;
        if (key->column == column)
            index_drop_own_collation(replay->catalog, key);
        if (key->expr && search_expr(key->expr, &search))
            key->expr = alter_again(replay, relation, key->expr, false);
        index_key_settle(relation, key);
    }
    if (index->predicate && search_expr(index->predicate, &search))
        index->predicate = alter_again(replay, relation, index->predicate, true);
    rename_keys(replay, relation, index);
}

static void alter_type(Replay *replay, Relation *relation, Column *column,
                       const PgQuery__ColumnDef *definition)
{
    const char *problem = NULL;
    Search search = {.column = column};
    Analysis cast = analyse_open(replay->catalog);
    Oid before = column->type.oid;
    bool as_text = false;

    table_note_toast(replay->catalog, relation);
    column->type = types_resolve(replay->catalog, definition->type_name, &problem);
    if (problem) {
        replay_warn(replay, "%s (column '%s.%s')", problem, relation->name, column->name);
        catalog_inexact(replay->catalog, &column->inexact, "type");
    }
    column->collation = NULL;
    column->storage = column->compression = NULL;
    if (definition->coll_clause)
        column->collation =
            operator_collation(replay, definition->coll_clause->collname,
                               definition->coll_clause->n_collname, column->type.oid);
    if (column->default_expr && !column->generated) {
        Analysis analysis = analyse_open(replay->catalog);

        column->default_expr = coerce_to(&analysis, expr_strip_implicit(column->default_expr),
                                         column->type, COERCE_ASSIGNMENT, FORM_IMPLICIT_CAST);
        replay_settle(replay, &analysis, &column->inexact, "default", column->name);
    }
    for (size_t i = 0; i < relation->constraints.count; i++) {
        Constraint *constraint = relation->constraints.items[i];

        if (constraint->check && search_expr(constraint->check, &search))
            constraint->check = alter_again(replay, relation, constraint->check, true);
        if (constraint->index)
            retype_index(replay, relation, constraint->index, column);
    }
    for (size_t i = 0; i < relation->indexes.count; i++)
        retype_index(replay, relation, relation->indexes.items[i], column);
    statistics_retype(replay, relation, column);
    for (size_t i = 0; i < relation->children.count; i++) {
        Relation *child = relation->children.items[i];
        Column *copy = catalog_column(child, column->name);

        if (copy)
            alter_type(replay, child, copy, definition);
    }
    table_rewrite(replay, relation,
                  column->type.oid != before &&
                      !coerce_is_relabel(&cast, before, column->type.oid, &as_text));
    /* An identity or serial column's sequence follows only an identity's type. */
    for (size_t i = 0; column->identity && i < relation->sequences.count; i++) {
        Relation *sequence = relation->sequences.items[i];

        if (sequence->owner_column == column && sequence->identity) {
            sequence_retype(sequence,
                            types_format(replay->catalog, (TypeRef){column->type.oid, -1}));
        }
    }
}

/* Whether a partition has one of that name, or any if it is NULL, from those above. */
static bool has_clone(const Relation *relation, const char *name)
{
    for (size_t i = 0; relation->is_partition && i < relation->parents.count; i++) {
        const Relation *parent = relation->parents.items[i];

        if ((name ? trigger_find(parent, name) != NULL : parent->triggers.count > 0) ||
            has_clone(parent, name))
            return true;
    }
    return false;
}

/* name: NULL for all. One of a partition's that is its parent's is not kept here, and what becomes
 * of it is not known. */
static void set_firing(Replay *replay, Relation *relation, const char *name, char firing)
{
    bool found = !name;

    for (size_t i = 0; i < relation->triggers.count; i++) {
        Trigger *trigger = relation->triggers.items[i];

        if (name && strcmp(trigger->name, name) != 0)
            continue;
        trigger->firing = firing;
        found = true;
    }
    if (has_clone(relation, name))
        catalog_inexact(replay->catalog, &relation->inexact, "triggers");
    else if (!found)
        replay_warn(replay, "trigger '%s' of '%s' is not known", name, relation->name);
}

static void each_child(Replay *replay, Relation *relation,
                       void (*set)(Replay *, Relation *, const PgQuery__AlterTableCmd *),
                       const PgQuery__AlterTableCmd *command)
{
    for (size_t i = 0; i < relation->children.count && !replay->only; i++)
        set(replay, relation->children.items[i], command);
}

/* Those of its triggers that carry out constraints. */
static void set_internal(Relation *relation, bool disabled)
{
    for (size_t i = 0; i < relation->constraints.count; i++) {
        Constraint *constraint = relation->constraints.items[i];

        if (constraint->type == 'f' || (constraint->index && constraint->deferrable))
            constraint->disabled = disabled;
    }
    for (size_t i = 0; i < relation->referrers.count; i++) {
        Relation *other = relation->referrers.items[i];

        for (size_t k = 0; k < other->constraints.count; k++) {
            Constraint *constraint = other->constraints.items[k];

            if (constraint->references == relation)
                constraint->disabled_foreign = disabled;
        }
    }
}

static void set_rule(Replay *replay, Relation *relation, const char *name, char firing)
{
    Rule *rule = rule_find(relation, name);

    if (rule)
        rule->firing = firing;
    else
        replay_warn(replay, "rule '%s' of '%s' is not known", name, relation->name);
}

/* An index of the relation, that behind a constraint too. */
/* For the member, which is not known if the index is not: a partition may have it from above. */
static const Index *find_index(Replay *replay, Relation *relation, const char *name,
                               const char *member)
{
    const Constraint *constraint;

    name = names_cut(replay->arena, name);
    constraint = table_constraint(relation, name);
    for (size_t i = 0; i < relation->indexes.count; i++) {
        const Index *index = relation->indexes.items[i];

        if (strcmp(index->name, name) == 0)
            return index;
    }
    if (!constraint || !constraint->index) {
        replay_warn(replay, "index '%s' of '%s' is not known", name, relation->name);
        catalog_inexact(replay->catalog, &relation->inexact, member);
    }
    return constraint ? constraint->index : NULL;
}

static void set_identity(Replay *replay, Relation *relation,
                         const PgQuery__ReplicaIdentityStmt *identity)
{
    char type = tree_given(identity->identity_type) ? *identity->identity_type : 'd';

    relation->replica_identity = type == 'd' ? 0 : type;
    relation->identity_index =
        type == 'i' ? find_index(replay, relation, identity->name, "replica_identity") : NULL;
}

static void set_storage(Replay *replay, Column *column, const char *name)
{
    bool is_main = false, toasted = table_is_toasted(replay->catalog, column->type.oid, &is_main);
    const char *usual = is_main ? "main" : toasted ? "extended" : "plain";
    char *storage = arena_strdup(replay->arena, name);

    for (char *c = storage; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
    column->storage = strcmp(storage, usual) == 0 || !toasted ? NULL : storage;
}

static void options_of(const PgQuery__AlterTableCmd *command, Node *const **ret, size_t *ret_count)
{
    bool list = command->def && command->def->node_case == NODE(LIST);

    *ret = list ? command->def->list->items : NULL;
    *ret_count = list ? command->def->list->n_items : 0;
}

static void alter_column(Replay *replay, Relation *relation, const PgQuery__AlterTableCmd *command)
{
    Column *column = catalog_column(relation, names_cut(replay->arena, command->name));
    Node *const *options = NULL;
    size_t count = 0;

    if (!column) {
        if (!command->missing_ok)
            replay_warn(replay, "column '%s' of '%s' is not known", command->name, relation->name);
        return;
    }
    switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        if (command->def) {
            table_set_default(replay, relation, column, command->def, false);
        } else {
            column->default_expr = NULL;
            column->inexact = (Vec){0};
        }
        each_child(replay, relation, alter_column, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
        column->not_null = false;
        each_child(replay, relation, alter_column, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        column->not_null = true;
        each_child(replay, relation, alter_column, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
        column->statistics = (int)types_integer(command->def, -1) + 1;
        each_child(replay, relation, alter_column, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
        set_storage(replay, column, tree_string(command->def));
        each_child(replay, relation, alter_column, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
        column->compression = strcmp(tree_string(command->def), "default") == 0
                                  ? NULL
                                  : replay_keep(replay, tree_string(command->def));
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
        options_of(command, &options, &count);
        index_options_add(replay, &column->options, options, count);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
        options_of(command, &options, &count);
        index_options_drop(&column->options, options, count);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
        options_of(command, &options, &count);
        thing_options(replay, &column->foreign_options, options, count);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
        column->generated = 0;
        column->default_expr = NULL;
        each_child(replay, relation, alter_column, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        drop_column(replay, relation, column,
                    command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        if (command->def && command->def->node_case == NODE(COLUMN_DEF))
            alter_type(replay, relation, column, command->def->column_def);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity: {
        const PgQuery__Constraint *constraint = command->def->constraint;
        Relation *sequence = sequence_for_column(replay, relation, column, constraint->options,
                                                 constraint->n_options);

        sequence->identity = true;
        column->identity =
            tree_given(constraint->generated_when) ? *constraint->generated_when : 'a';
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity: {
        const PgQuery__List *list = command->def->list;

        for (size_t i = 0; i < list->n_items; i++) {
            const PgQuery__DefElem *option = list->items[i]->def_elem;

            if (strcmp(option->defname, "generated") == 0 && option->arg)
                column->identity = (char)types_integer(option->arg, column->identity);
        }
        for (size_t i = 0; i < relation->sequences.count; i++) {
            Relation *sequence = relation->sequences.items[i];

            if (sequence->owner_column == column && sequence->identity)
                sequence_options(replay, sequence, list->items, list->n_items, false);
        }
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        column->identity = 0;
        for (size_t i = relation->sequences.count; i > 0; i--) {
            Relation *sequence = relation->sequences.items[i - 1];

            if (sequence->owner_column == column && sequence->identity)
                catalog_relation_remove(replay->catalog, sequence);
        }
        break;
    default:
        break;
    }
}

/* ATExecDropConstraint(): what a child has of no other parent either, and not of its own. */
static void drop_inherited(Replay *replay, const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->children.count; i++) {
        Relation *child = relation->children.items[i];
        Constraint *copy = table_constraint(child, name);
        bool still = false;

        for (size_t k = 0; k < child->parents.count; k++)
            still |= table_constraint(child->parents.items[k], name) != NULL;
        if (!copy || !copy->inherited || still)
            continue;
        if (replay->only) {
            copy->inherited = false;
            continue;
        }
        vec_remove(&child->constraints, copy);
        drop_inherited(replay, child, name);
    }
}

static void drop_constraint(Replay *replay, Relation *relation,
                            const PgQuery__AlterTableCmd *command)
{
    Constraint *constraint = table_constraint(relation, names_cut(replay->arena, command->name));
    bool cascade = command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;

    if (!constraint) {
        if (!command->missing_ok)
            replay_warn(replay, "constraint '%s' of '%s' is not known", command->name,
                        relation->name);
        return;
    }
    vec_remove(&relation->constraints, constraint);
    if (cascade && constraint->index)
        drop_foreign_of(relation, constraint->index);
    if (cascade && constraint->type == 'p')
        drop_dependents(replay, &(Search){.key = constraint});
    drop_inherited(replay, relation, constraint->name);
}

static void add_to_children(Replay *replay, const Relation *relation, const Column *column)
{
    for (size_t i = 0; i < relation->children.count; i++) {
        Relation *child = relation->children.items[i];

        if (catalog_column(child, column->name))
            continue;
        table_copy_column(replay, child, column, true, true);
        add_to_children(replay, child, column);
    }
}

/* ATExecAddColumn(): what has to be computed for each row makes the table be written anew. */
static void rewrite_for_new(Replay *replay, Relation *relation, const Column *column)
{
    bool surely = column->generated || column->identity;
    const Type *type = catalog_type(replay->catalog, column->type.oid);

    for (size_t i = 0; i < relation->sequences.count; i++)
        surely |= ((const Relation *)relation->sequences.items[i])->owner_column == column;
    if (surely || (type && type->kind == TYPE_DOMAIN) ||
        (column->default_expr && column->default_expr->kind != EXPR_CONST))
        table_rewrite(replay, relation, surely);
    for (size_t i = 0; i < relation->children.count; i++)
        rewrite_for_new(replay, relation->children.items[i], column);
}

/* What is written at a column waits in pending: it may name columns that come later. What a column
 * is generated by does not. */
static void alter_add_column(Replay *replay, Relation *relation,
                             const PgQuery__AlterTableCmd *command, Pending *pending)
{
    const PgQuery__ColumnDef *definition = command->def->column_def;
    Pending own = {0}, generated = {0};
    Column *column;

    if (catalog_column(relation, names_cut(replay->arena, definition->colname))) {
        if (!command->missing_ok)
            replay_warn(replay, "column '%s' of '%s' exists already", definition->colname,
                        relation->name);
        return;
    }
    column = table_add_column(replay, relation, definition, &own);
    for (size_t i = 0; i < own.checks.count; i++) {
        const PgQuery__Constraint *node = own.checks.items[i];
        bool generates = node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED;

        vec_add(replay->arena, generates ? &generated.checks : &pending->checks, node);
    }
    for (size_t i = 0; i < own.indexes.count; i++) {
        const PgQuery__Constraint *node = own.indexes.items[i];

        column->not_null |= node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
        vec_add(replay->arena, &pending->indexes, node);
    }
    for (size_t i = 0; i < own.foreign.count; i++)
        vec_add(replay->arena, &pending->foreign, own.foreign.items[i]);
    table_finish(replay, relation, &generated, SIZE_MAX);
    add_to_children(replay, relation, column);
    rewrite_for_new(replay, relation, column);
}

/* Whether it is `above`, or inherits from it over any number of levels. */
static bool is_within(const Relation *relation, const Relation *above)
{
    bool within = relation == above;

    for (size_t i = 0; i < relation->parents.count && !within; i++)
        within = is_within(relation->parents.items[i], above);
    return within;
}

/* What a parent or partitioned table gave is the relation's own from now on. */
static void leave_parent(Replay *replay, Relation *relation, Relation *parent)
{
    vec_remove(&relation->parents, parent);
    vec_remove(&parent->children, relation);
    for (size_t i = 0; i < relation->columns.count; i++) {
        Column *column = relation->columns.items[i];
        bool still = false;

        for (size_t k = 0; k < relation->parents.count; k++)
            still |= catalog_column(relation->parents.items[k], column->name) != NULL;
        column->inherited = column->inherited && still;
    }
    for (size_t i = 0; i < relation->constraints.count; i++) {
        Constraint *constraint = relation->constraints.items[i];
        bool still = false;

        for (size_t k = 0; k < relation->parents.count; k++)
            still |= table_constraint(relation->parents.items[k], constraint->name) != NULL;
        constraint->inherited = constraint->inherited && still;
    }
    if (partition_hands_down(parent)) {
        replay_warn(replay, "what '%s' keeps of its former parent is not replayed", relation->name);
        catalog_inexact(replay->catalog, &relation->inexact, "constraints");
        catalog_inexact(replay->catalog, &relation->inexact, "indexes");
        catalog_inexact(replay->catalog, &relation->inexact, "triggers");
    }
}

static void set_logged(Relation *relation, bool unlogged)
{
    /* ATPrepChangePersistence(): nothing of a partitioned table is written again. */
    if (relation->kind == 'p')
        return;
    relation->unlogged = unlogged;
    for (size_t i = 0; i < relation->sequences.count; i++)
        ((Relation *)relation->sequences.items[i])->unlogged = unlogged;
}

static void alter_one(Replay *replay, Relation *relation, const PgQuery__AlterTableCmd *command,
                      Pending *pending)
{
    Node *const *options = NULL;
    size_t count = 0;

    options_of(command, &options, &count);
    switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        alter_add_column(replay, relation, command, pending);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
        alter_column(replay, relation, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        constraint_add(replay, relation, command->def->constraint);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
        drop_constraint(replay, relation, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint: {
        Constraint *constraint = table_constraint(relation, command->name);

        if (constraint)
            constraint->not_valid = false;
        else
            replay_warn(replay, "constraint '%s' is not known", command->name);
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint: {
        const PgQuery__Constraint *node = command->def->constraint;
        Constraint *constraint = table_constraint(relation, node->conname);

        if (constraint) {
            constraint->deferrable = node->deferrable;
            constraint->initially_deferred = node->initdeferred;
        }
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
        relation->row_security = true;
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
        relation->row_security = false;
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
        relation->force_row_security = true;
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
        relation->force_row_security = false;
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
        set_logged(relation, false);
        table_rewrite(replay, relation, true);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
        set_logged(relation, true);
        table_rewrite(replay, relation, true);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
        set_firing(replay, relation, command->name, 'O');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
        set_firing(replay, relation, command->name, 'A');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
        set_firing(replay, relation, command->name, 'R');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
        set_firing(replay, relation, command->name, 'D');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
        set_internal(relation, false);
        set_firing(replay, relation, NULL, 'O');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
        set_firing(replay, relation, NULL, 'O');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
        set_internal(relation, true);
        set_firing(replay, relation, NULL, 'D');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
        set_firing(replay, relation, NULL, 'D');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
        table_options(replay, relation, options, count);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        for (size_t i = 0; i < count; i++)
            index_options_drop(tree_given(options[i]->def_elem->defnamespace)
                                   ? &relation->toast_options
                                   : &relation->options,
                               options + i, 1);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
        set_rule(replay, relation, command->name, 'O');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
        set_rule(replay, relation, command->name, 'A');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
        set_rule(replay, relation, command->name, 'R');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
        set_rule(replay, relation, command->name, 'D');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
        rights_own_relation(replay, relation, command->newowner);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
        relation->cluster_on = find_index(replay, relation, command->name, "cluster_on");
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOids: /* of former times */
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
        relation->cluster_on = NULL;
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
        relation->tablespace = names_tablespace(command->name);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
        relation->access_method = replay_keep(replay, command->name);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
        set_identity(replay, relation, command->def->replica_identity_stmt);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions:
        thing_options(replay, &relation->foreign_options, options, count);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf: {
        const Relation *row = catalog_row_type(
            replay->catalog, types_resolve(replay->catalog, command->def->type_name, NULL).oid);

        relation->of_type = row ? row->type : NULL;
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf:
        relation->of_type = NULL;
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition: {
        const PgQuery__PartitionCmd *partition = command->def->partition_cmd;
        Relation *child = catalog_relation(replay->catalog, tree_given(partition->name->schemaname),
                                           partition->name->relname);

        if (child && (is_within(relation, child) || child->parents.count)) {
            replay_warn(replay,
                        "'%s' cannot be attached to '%s': it is a part of something already",
                        child->name, relation->name);
        } else if (child && partition->bound) {
            vec_add(replay->arena, &child->parents, relation);
            vec_add(replay->arena, &relation->children, child);
            partition_bind(replay, child, relation, partition->bound);
            partition_adopt(replay, child, relation);
        } else if (!child && partition->bound) {
            replay_warn(replay, "relation '%s' is not known", partition->name->relname);
        }
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition: {
        Relation *child = table_find(replay, command->def->partition_cmd->name, false);

        if (child) {
            for (size_t i = 0; i < child->constraints.count; i++)
                ((Constraint *)child->constraints.items[i])->of_parent = false;
            for (size_t i = 0; i < child->indexes.count; i++)
                ((Index *)child->indexes.items[i])->of_partition = false;
            child->is_partition = false;
            child->bound = NULL;
            /* DetachAddConstraintIfNeeded(): its bound, as a check. */
            if (command->def->partition_cmd->concurrent)
                catalog_inexact(replay->catalog, &child->inexact, "constraints");
            leave_parent(replay, child, relation);
        }
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit: {
        Relation *parent = table_find(replay, command->def->range_var, false);

        if (parent && command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit &&
            (is_within(parent, relation) || vec_has(&relation->parents, parent)))
            replay_warn(replay, "inheritance between '%s' and '%s' exists already", relation->name,
                        parent->name);
        else if (parent && command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit)
            table_inherit(replay, relation, parent, false);
        else if (parent)
            leave_parent(replay, relation, parent);
        break;
    }
    default:
        replay_warn(replay, "a form of ALTER TABLE '%s' that is not replayed", relation->name);
        break;
    }
}

/* validatePartitionedIndex(): those that are partitions no longer need not have one, but only an
 * index that is attached makes it look. */
static void validate(Index *index, const Relation *partition)
{
    const Relation *parent = partition->parents.count ? partition->parents.items[0] : NULL;

    for (size_t i = 0; parent && i < index->lacking.count; i++) {
        if (vec_has(&parent->children, index->lacking.items[i]))
            return;
    }
    index->lacking = (Vec){0};
}

static void attach_index(Replay *replay, Index *index, const PgQuery__RangeVar *name)
{
    Relation *relation = NULL;
    Index *own = object_index(replay, tree_given(name->schemaname), name->relname, &relation);
    Constraint *key = own ? NULL
                          : object_index_constraint(replay, tree_given(name->schemaname),
                                                    name->relname, &relation);

    if (own)
        own->of_partition = true;
    if (key)
        key->of_parent = true;
    if (own || key) {
        vec_remove(&index->lacking, relation);
        validate(index, relation);
    }
}

static void alter_index_one(Replay *replay, Index *index, const PgQuery__AlterTableCmd *command)
{
    Node *const *options = NULL;
    size_t count = 0;

    options_of(command, &options, &count);
    switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
        index_options_add(replay, &index->options, options, count);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        index_options_drop(&index->options, options, count);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
        index->tablespace = names_tablespace(command->name);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
        if (command->num > 0 && (size_t)command->num <= index->keys.count)
            ((IndexKey *)index->keys.items[command->num - 1])->statistics =
                (int)types_integer(command->def, -1) + 1;
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
        attach_index(replay, index, command->def->partition_cmd->name);
        break;
    default:
        break;
    }
}

/* ALTER INDEX, and ALTER TABLE of one. */
static bool alter_index(Replay *replay, const PgQuery__AlterTableStmt *alter)
{
    const char *schema = tree_given(alter->relation->schemaname);
    const char *name = names_cut(replay->arena, alter->relation->relname);
    Relation *relation = NULL;
    Index *index = object_index(replay, schema, name, &relation);
    Constraint *constraint =
        index ? NULL : object_index_constraint(replay, schema, name, &relation);

    index = constraint ? constraint->index : index;
    for (size_t i = 0; index && i < alter->n_cmds; i++)
        if (alter->cmds[i]->node_case == NODE(ALTER_TABLE_CMD))
            alter_index_one(replay, index, alter->cmds[i]->alter_table_cmd);
    return index != NULL;
}

void alter_cluster(Replay *replay, const PgQuery__ClusterStmt *cluster)
{
    Relation *relation = cluster->relation ? table_find(replay, cluster->relation, false) : NULL;

    if (relation && tree_given(cluster->indexname))
        relation->cluster_on = find_index(replay, relation, cluster->indexname, "cluster_on");
    if (relation)
        table_rewrite(replay, relation, true);
}

/* The order in which the server does what one ALTER TABLE names: AlterTablePass in its tablecmds.c.
 */
typedef enum Pass {
    PASS_DROP,
    PASS_ALTER_TYPE,
    PASS_ADD_COLUMN,
    PASS_COLUMN,
    PASS_ADD_INDEX_CONSTRAINT,
    PASS_ADD_CONSTRAINT,
    PASS_REST,
    PASS_COUNT
} Pass;

static Pass constraint_pass(const PgQuery__Constraint *constraint)
{
    switch (constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        return PASS_ADD_INDEX_CONSTRAINT;
    default:
        return PASS_ADD_CONSTRAINT;
    }
}

static Pass pass_of(const PgQuery__AlterTableCmd *command)
{
    switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOids:
        return PASS_DROP;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        return command->def ? PASS_ADD_CONSTRAINT : PASS_DROP;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        return PASS_ALTER_TYPE;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        return PASS_ADD_COLUMN;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        return PASS_COLUMN;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
        return PASS_ADD_CONSTRAINT;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        return constraint_pass(command->def->constraint);
    default:
        return PASS_REST;
    }
}

/* What columns that are added have written at them goes before what else the pass does. */
static void alter_pass(Replay *replay, Relation *relation, const PgQuery__AlterTableStmt *alter,
                       Pass pass, Pending *pending)
{
    if (pass == PASS_ADD_INDEX_CONSTRAINT)
        table_finish(replay, relation, &(Pending){.indexes = pending->indexes}, SIZE_MAX);
    if (pass == PASS_ADD_CONSTRAINT)
        table_finish(replay, relation,
                     &(Pending){.checks = pending->checks, .foreign = pending->foreign}, SIZE_MAX);
    for (size_t i = 0; i < alter->n_cmds; i++) {
        if (alter->cmds[i]->node_case != NODE(ALTER_TABLE_CMD) ||
            pass_of(alter->cmds[i]->alter_table_cmd) != pass)
            continue;
        alter_one(replay, relation, alter->cmds[i]->alter_table_cmd, pending);
        /* Attributes of a type, with CASCADE: of tables of that type. */
        for (size_t k = 0; k < replay->catalog->relations.count && relation->kind == 'c'; k++) {
            Relation *typed = replay->catalog->relations.items[k];

            if (typed->of_type && typed->of_type == relation->type)
                alter_one(replay, typed, alter->cmds[i]->alter_table_cmd, pending);
        }
    }
}

void alter_table(Replay *replay, const PgQuery__AlterTableStmt *alter)
{
    Pending pending = {0};
    Relation *relation = catalog_relation(replay->catalog, tree_given(alter->relation->schemaname),
                                          names_cut(replay->arena, alter->relation->relname));

    if (!relation) {
        if (alter_index(replay, alter))
            return;
        if (!alter->missing_ok)
            replay_warn(replay, "relation '%s' is not known", alter->relation->relname);
        return;
    }
    replay->only = !alter->relation->inh;
    for (Pass pass = PASS_DROP; pass < PASS_COUNT; pass++)
        alter_pass(replay, relation, alter, pass, &pending);
    replay->only = false;
}
