#include <string.h>

#include "replay/analyse.h"
#include "replay/deparse.h"
#include "replay/names.h"
#include "replay/parts.h"
#include "replay/types.h"
#include "sql/parse.h"

/* Analyses an expression again from its own text, after a column it names has changed its type. */
static Expr *again(Replay *replay, Relation *relation, const Expr *expr, bool boolean)
{
    Catalog *catalog = replay->catalog;
    const char *text =
        arena_printf(replay->arena, "SELECT %s", deparse_expr(catalog, expr, relation));
    const SqlParse *parse = replay_parse(replay, text, strlen(text));
    const PgQuery__SelectStmt *select =
        parse->count == 1 && parse->statements[0].node &&
                parse->statements[0].node->node_case == NODE(SELECT_STMT)
            ? parse->statements[0].node->select_stmt
            : NULL;
    Vec path = catalog->path;
    Analysis analysis = analyse_open(catalog);
    Expr *result = NULL;

    if (!select || select->n_target_list != 1)
        return (Expr *)(uintptr_t)expr;
    analyse_relation(&analysis, relation, NULL);
    catalog->path = (Vec){0};
    result = boolean ? analyse_boolean(&analysis, select->target_list[0]->res_target->val)
                     : analyse_expr(&analysis, select->target_list[0]->res_target->val);
    catalog->path = path;
    return analysis.problem ? (Expr *)(uintptr_t)expr : result;
}

static void alter_type(Replay *replay, Relation *relation, Column *column,
                       const PgQuery__ColumnDef *definition)
{
    const char *problem = NULL;
    Search search = {.column = column};

    column->type = types_resolve(replay->catalog, definition->type_name, &problem);
    if (problem) {
        replay_warn(replay, "%s (column '%s.%s')", problem, relation->name, column->name);
        catalog_inexact(replay->catalog, &column->inexact, "type");
    }
    column->collation = NULL;
    if (definition->coll_clause)
        column->collation = names_qualified(
            replay->arena, "pg_catalog",
            tree_last(definition->coll_clause->collname, definition->coll_clause->n_collname));
    if (column->default_expr && !column->generated) {
        Analysis analysis = analyse_open(replay->catalog);

        column->default_expr = coerce_to(&analysis, expr_strip_implicit(column->default_expr),
                                         column->type, COERCE_ASSIGNMENT, FORM_IMPLICIT_CAST);
        replay_settle(replay, &analysis, &column->inexact, "default", column->name);
    }
    for (size_t i = 0; i < relation->constraints.count; i++) {
        Constraint *constraint = relation->constraints.items[i];

        if (constraint->check && search_expr(constraint->check, &search))
            constraint->check = again(replay, relation, constraint->check, true);
    }
    for (size_t i = 0; i < relation->indexes.count; i++) {
        Index *index = relation->indexes.items[i];

        for (size_t k = 0; k < index->keys.count; k++) {
            IndexKey *key = index->keys.items[k];

            if (key->expr && search_expr(key->expr, &search))
                key->expr = again(replay, relation, key->expr, false);
        }
        if (index->predicate && search_expr(index->predicate, &search))
            index->predicate = again(replay, relation, index->predicate, true);
    }
    for (size_t i = 0; i < relation->children.count; i++) {
        Relation *child = relation->children.items[i];
        Column *copy = catalog_column(child, column->name);

        if (copy)
            alter_type(replay, child, copy, definition);
    }
    /* An identity or serial column's sequence follows only an identity's type. */
    for (size_t i = 0; column->identity && i < replay->catalog->relations.count; i++) {
        Relation *sequence = replay->catalog->relations.items[i];

        if (sequence->kind == 'S' && sequence->owner_column == column) {
            Relation before = *sequence;

            sequence_limits(&before);
            if (sequence->maximum == before.maximum && sequence->minimum == before.minimum) {
                sequence->data_type =
                    types_format(replay->catalog, (TypeRef){column->type.oid, -1});
                sequence_limits(sequence);
            }
        }
    }
}

static void set_firing(Relation *relation, const char *name, bool user, char firing)
{
    for (size_t i = 0; i < relation->triggers.count; i++) {
        Trigger *trigger = relation->triggers.items[i];

        if (user || (name && strcmp(trigger->name, name) == 0))
            trigger->firing = firing;
    }
}

static void each_child(Replay *replay, Relation *relation,
                       void (*set)(Replay *, Relation *, const PgQuery__AlterTableCmd *),
                       const PgQuery__AlterTableCmd *command)
{
    for (size_t i = 0; i < relation->children.count; i++)
        set(replay, relation->children.items[i], command);
}

static void alter_one(Replay *replay, Relation *relation, const PgQuery__AlterTableCmd *command);

static void alter_column(Replay *replay, Relation *relation, const PgQuery__AlterTableCmd *command)
{
    Column *column = catalog_column(relation, names_cut(replay->arena, command->name));

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
        each_child(replay, relation, alter_one, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
        column->not_null = false;
        each_child(replay, relation, alter_one, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        column->not_null = true;
        each_child(replay, relation, alter_one, command);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
        column->generated = 0;
        column->default_expr = NULL;
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
        for (size_t i = 0; i < replay->catalog->relations.count; i++) {
            Relation *sequence = replay->catalog->relations.items[i];

            if (sequence->kind == 'S' && sequence->owner_column == column)
                sequence_options(replay, sequence, list->items, list->n_items, false);
        }
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        column->identity = 0;
        for (size_t i = replay->catalog->relations.count; i > 0; i--) {
            Relation *sequence = replay->catalog->relations.items[i - 1];

            if (sequence->kind == 'S' && sequence->owner_column == column && sequence->identity)
                vec_remove(&replay->catalog->relations, sequence);
        }
        break;
    default:
        break;
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
    for (size_t i = 0; cascade && constraint->index && i < replay->catalog->relations.count; i++) {
        Relation *other = replay->catalog->relations.items[i];

        for (size_t k = other->constraints.count; k > 0; k--) {
            Constraint *foreign = other->constraints.items[k - 1];
            bool same = foreign->references == relation &&
                        foreign->reference_columns.count == constraint->columns.count;

            for (size_t m = 0; same && m < constraint->columns.count; m++)
                same = vec_has(&foreign->reference_columns, constraint->columns.items[m]);
            if (same)
                vec_remove(&other->constraints, foreign);
        }
    }
    for (size_t i = 0; i < relation->children.count; i++) {
        Relation *child = relation->children.items[i];
        Constraint *copy = table_constraint(child, constraint->name);

        if (copy && copy->inherited)
            vec_remove(&child->constraints, copy);
    }
}

static void alter_add_column(Replay *replay, Relation *relation,
                             const PgQuery__AlterTableCmd *command)
{
    const PgQuery__ColumnDef *definition = command->def->column_def;
    Pending pending = {0};
    Column *column;

    if (catalog_column(relation, names_cut(replay->arena, definition->colname))) {
        if (!command->missing_ok)
            replay_warn(replay, "column '%s' of '%s' exists already", definition->colname,
                        relation->name);
        return;
    }
    column = table_add_column(replay, relation, definition, &pending);
    /* ALTER TABLE makes indexes before checks. */
    {
        Pending indexes = {.indexes = pending.indexes};
        Pending rest = {.checks = pending.checks, .foreign = pending.foreign};

        table_finish(replay, relation, &indexes, SIZE_MAX);
        table_finish(replay, relation, &rest, SIZE_MAX);
    }
    for (size_t i = 0; i < relation->children.count; i++)
        table_copy_column(replay, relation->children.items[i], column, true, true);
}

static void alter_one(Replay *replay, Relation *relation, const PgQuery__AlterTableCmd *command)
{
    switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        alter_add_column(replay, relation, command);
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
        relation->unlogged = false;
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
        relation->unlogged = true;
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
        set_firing(relation, command->name, false, 'O');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
        set_firing(relation, command->name, false, 'A');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
        set_firing(relation, command->name, false, 'R');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
        set_firing(relation, command->name, false, 'D');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
        set_firing(relation, NULL, true, 'O');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
        set_firing(relation, NULL, true, 'D');
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
        if (command->def && command->def->node_case == NODE(LIST))
            index_options_add(replay, &relation->options, command->def->list->items,
                              command->def->list->n_items);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        for (size_t i = 0; command->def && command->def->node_case == NODE(LIST) &&
                           i < command->def->list->n_items;
             i++) {
            const char *name = command->def->list->items[i]->def_elem->defname;
            size_t length = strlen(name);

            for (size_t k = relation->options.count; k > 0; k--) {
                const char *option = relation->options.items[k - 1];

                if (strncmp(option, name, length) == 0 && option[length] == '=')
                    vec_remove(&relation->options, option);
            }
        }
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition: {
        const PgQuery__PartitionCmd *partition = command->def->partition_cmd;
        Relation *child = catalog_relation(replay->catalog, tree_given(partition->name->schemaname),
                                           partition->name->relname);

        if (child && partition->bound) {
            vec_add(replay->arena, &child->parents, relation);
            vec_add(replay->arena, &relation->children, child);
            partition_bind(replay, child, relation, partition->bound);
        } else if (!child && partition->bound) {
            replay_warn(replay, "relation '%s' is not known", partition->name->relname);
        }
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition: {
        Relation *child = table_find(replay, command->def->partition_cmd->name, false);

        if (child) {
            child->is_partition = false;
            child->bound = NULL;
            vec_remove(&child->parents, relation);
            vec_remove(&relation->children, child);
        }
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit: {
        Relation *parent = table_find(replay, command->def->range_var, false);

        if (parent && command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit) {
            table_inherit(replay, relation, parent);
        } else if (parent) {
            vec_remove(&relation->parents, parent);
            vec_remove(&parent->children, relation);
        }
        break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions:
        break; /* not part of a snapshot */
    default:
        replay_warn(replay, "a form of ALTER TABLE '%s' that is not replayed", relation->name);
        break;
    }
}

void alter_table(Replay *replay, const PgQuery__AlterTableStmt *alter)
{
    Relation *relation = catalog_relation(replay->catalog, tree_given(alter->relation->schemaname),
                                          names_cut(replay->arena, alter->relation->relname));

    if (!relation) {
        if (alter->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX)
            return; /* attaching, tablespaces, statistics: not part of a snapshot */
        if (!alter->missing_ok)
            replay_warn(replay, "relation '%s' is not known", alter->relation->relname);
        return;
    }
    for (size_t i = 0; i < alter->n_cmds; i++) {
        if (alter->cmds[i]->node_case == NODE(ALTER_TABLE_CMD))
            alter_one(replay, relation, alter->cmds[i]->alter_table_cmd);
    }
}
