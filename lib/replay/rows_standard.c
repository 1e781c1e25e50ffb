#include "replay/rows_making.h"

#include <string.h>

#include "replay/types.h"

static void make_schemata(Making *making)
{
    for (size_t i = 0; i < making->catalog->schemas.count; i++) {
        const Schema *one = making->catalog->schemas.items[i];

        if (making_schema_is_there(making, one))
            making_add(making, false, making_database(making), making_text(making, one->name),
                       making_owner(making, &one->rights), NULL);
    }
    making_add(making, false, making_database(making), making_text(making, rows_server_schema),
               NULL);
    making_add(making, false, making_database(making), making_text(making, rows_standard_schema),
               NULL);
}

static void information_tables_rows(Making *making, Relation *relation)
{
    if (making_is_table(relation) || relation->kind == 'v')
        making_add(making, false, making_database(making), making_text(making, relation->schema),
                   making_text(making, relation->name),
                   making_text(making, relation->kind == 'v'   ? "VIEW"
                                       : relation->kind == 'f' ? "FOREIGN"
                                                               : "BASE TABLE"),
                   NULL);
}

static void make_information_tables(Making *making)
{
    making_relations(making, information_tables_rows);
}

static void information_views_rows(Making *making, Relation *relation)
{
    if (relation->kind == 'v')
        making_add(making, false, making_database(making), making_text(making, relation->schema),
                   making_text(making, relation->name), making_some_text(making), NULL);
}

static void make_information_views(Making *making)
{
    making_relations(making, information_views_rows);
}

static const Value *data_type(Making *making, const Type *type)
{
    if (!type)
        return &value_unknown;
    if (type->element && type->category == 'A')
        return making_text(making, "ARRAY");
    if (strcmp(type->schema, rows_server_schema) != 0)
        return making_text(making, "USER-DEFINED");
    return making_text(making, types_format(making->catalog, (TypeRef){type->oid, -1}));
}

static void columns_rows(Making *making, Relation *relation)
{
    bool doubt = making_in_doubt(relation, "columns");

    if (!making_is_table(relation) && relation->kind != 'v')
        return;
    for (size_t i = 0; i < relation->columns.count; i++) {
        const Column *column = relation->columns.items[i];
        int32_t modifier = column->type.modifier;
        const Type *type = catalog_type(
            making->catalog, catalog_base_type(making->catalog, column->type.oid, &modifier));
        bool text_type = type && (type->oid == VARCHAROID || type->oid == BPCHAROID);

        making_add(making, doubt, making_database(making), making_text(making, relation->schema),
                   making_text(making, relation->name), making_text(making, column->name),
                   &value_unknown,
                   column->default_expr && !column->generated && !column->identity
                       ? making_some_text(making)
                       : &value_null,
                   making_yes_no(making, !column->not_null), data_type(making, type),
                   text_type && modifier >= 0 ? making_number(making, modifier - 4) : &value_null,
                   making_text(making, type ? type->schema : NULL),
                   making_text(making, type ? type->name : NULL),
                   making_yes_no(making, column->identity != 0),
                   making_text(making, column->generated ? "ALWAYS" : "NEVER"), NULL);
    }
    if (doubt)
        making_add(making, true, making_database(making), making_text(making, relation->schema),
                   making_text(making, relation->name), NULL);
}

static void make_columns(Making *making)
{
    making_relations(making, columns_rows);
}

static const char *constraint_type(char type)
{
    return type == 'p'   ? "PRIMARY KEY"
           : type == 'u' ? "UNIQUE"
           : type == 'f' ? "FOREIGN KEY"
                         : "CHECK";
}

static void table_constraints_rows(Making *making, Relation *relation)
{
    bool doubt = making_in_doubt(relation, "constraints");

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        if (one->type != 'x')
            making_add(making, doubt, making_database(making),
                       making_text(making, relation->schema), making_text(making, one->name),
                       making_database(making), making_text(making, relation->schema),
                       making_text(making, relation->name),
                       making_text(making, constraint_type(one->type)), NULL);
    }
    if (doubt)
        making_add(making, true, making_database(making), making_text(making, relation->schema),
                   &value_unknown, making_database(making), making_text(making, relation->schema),
                   making_text(making, relation->name), NULL);
}

static void make_table_constraints(Making *making)
{
    making_relations(making, table_constraints_rows);
}

static void key_usage_rows(Making *making, Relation *relation)
{
    bool doubt = making_in_doubt(relation, "constraints");

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        for (size_t k = 0; strchr("puf", one->type) && k < one->columns.count; k++)
            making_add(making, doubt, making_database(making),
                       making_text(making, relation->schema), making_text(making, one->name),
                       making_database(making), making_text(making, relation->schema),
                       making_text(making, relation->name),
                       making_text(making, ((const Column *)one->columns.items[k])->name),
                       making_number(making, (int64_t)k + 1), NULL);
    }
    if (doubt)
        making_add(making, true, making_database(making), making_text(making, relation->schema),
                   &value_unknown, making_database(making), making_text(making, relation->schema),
                   making_text(making, relation->name), NULL);
}

static void make_key_usage(Making *making)
{
    making_relations(making, key_usage_rows);
}

static void column_usage_rows(Making *making, Relation *relation)
{
    bool doubt = making_in_doubt(relation, "constraints");

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];
        const Relation *used = one->references ? one->references : relation;
        const Vec *columns = one->references ? &one->reference_columns : &one->columns;

        if (one->type == 'c')
            making_add(making, true, making_database(making), making_text(making, used->schema),
                       making_text(making, used->name), &value_unknown, making_database(making),
                       making_text(making, relation->schema), making_text(making, one->name), NULL);
        for (size_t k = 0; one->type != 'c' && k < columns->count; k++)
            if (columns->items[k])
                making_add(making, doubt, making_database(making),
                           making_text(making, used->schema), making_text(making, used->name),
                           making_text(making, ((const Column *)columns->items[k])->name),
                           making_database(making), making_text(making, relation->schema),
                           making_text(making, one->name), NULL);
    }
    if (doubt)
        rows_add_maybe(making->arena, making->set);
}

static void make_column_usage(Making *making)
{
    making_relations(making, column_usage_rows);
}

static const char *action_rule(char action)
{
    return action == 'c'   ? "CASCADE"
           : action == 'n' ? "SET NULL"
           : action == 'd' ? "SET DEFAULT"
           : action == 'r' ? "RESTRICT"
                           : "NO ACTION";
}

static void referential_rows(Making *making, Relation *relation)
{
    bool doubt = making_in_doubt(relation, "constraints");

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        if (one->type == 'f')
            making_add(making, doubt, making_database(making),
                       making_text(making, relation->schema), making_text(making, one->name),
                       making_text(making, action_rule(one->on_update)),
                       making_text(making, action_rule(one->on_delete)), NULL);
    }
    if (doubt)
        making_add(making, true, making_database(making), making_text(making, relation->schema),
                   NULL);
}

static void make_referential(Making *making)
{
    making_relations(making, referential_rows);
}

static void check_rows(Making *making, Relation *relation)
{
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        if (one->type == 'c')
            making_add(making, making_in_doubt(relation, "constraints"), making_database(making),
                       making_text(making, relation->schema), making_text(making, one->name),
                       making_some_text(making), NULL);
    }
    if (making_in_doubt(relation, "constraints"))
        making_add(making, true, making_database(making), making_text(making, relation->schema),
                   NULL);
}

static void make_checks(Making *making)
{
    making_relations(making, check_rows);
}

static void make_routines(Making *making)
{
    for (size_t i = 0; i < making->catalog->functions.count; i++) {
        const Function *function = making->catalog->functions.items[i];

        if (making_is_there(making, function->known) && strchr("fp", function->proc.kind))
            making_add(making, false, making_database(making),
                       making_text(making, function->proc.schema),
                       making_text(making, function->proc.name),
                       making_text(making, function->proc.kind == 'p' ? "PROCEDURE" : "FUNCTION"),
                       making_text(making, function->proc.schema), NULL);
    }
}

static void information_triggers_rows(Making *making, Relation *relation)
{
    static const struct {
        int bit;
        const char *name;
    } events[] = {{4, "INSERT"}, {8, "DELETE"}, {16, "UPDATE"}};

    for (size_t i = 0; i < relation->triggers.count; i++) {
        const Trigger *trigger = relation->triggers.items[i];

        for (size_t k = 0; k < sizeof events / sizeof *events; k++)
            if (trigger->events & events[k].bit)
                making_add(making, making_in_doubt(relation, "triggers"), making_database(making),
                           making_text(making, relation->schema),
                           making_text(making, trigger->name), making_text(making, events[k].name),
                           making_text(making, relation->schema),
                           making_text(making, relation->name),
                           making_text(making, trigger->timing & 2    ? "BEFORE"
                                               : trigger->timing & 64 ? "INSTEAD OF"
                                                                      : "AFTER"),
                           NULL);
    }
    if (making_in_doubt(relation, "triggers"))
        making_add(making, true, making_database(making), making_text(making, relation->schema),
                   &value_unknown, &value_unknown, making_text(making, relation->schema),
                   making_text(making, relation->name), NULL);
}

static void make_information_triggers(Making *making)
{
    making_relations(making, information_triggers_rows);
}

static void information_sequences_rows(Making *making, Relation *relation)
{
    /* Those of identity columns are left out. */
    if (relation->kind == 'S' && !relation->identity)
        making_add(making, false, making_database(making), making_text(making, relation->schema),
                   making_text(making, relation->name), making_text(making, relation->data_type),
                   NULL);
}

static void make_information_sequences(Making *making)
{
    making_relations(making, information_sequences_rows);
}

const RowsCatalog rows_of_standard[] = {
    {"schemata", make_schemata, KIND_SCHEMA, {"catalog_name", "schema_name", "schema_owner"}},
    {"tables",
     make_information_tables,
     KIND_TABLE,
     {"table_catalog", "table_schema", "table_name", "table_type", "is_insertable_into"}},
    {"views",
     make_information_views,
     KIND_VIEW,
     {"table_catalog", "table_schema", "table_name", "view_definition"}},
    {"columns",
     make_columns,
     KIND_TABLE,
     {"table_catalog", "table_schema", "table_name", "column_name", "ordinal_position",
      "column_default", "is_nullable", "data_type", "character_maximum_length", "udt_schema",
      "udt_name", "is_identity", "is_generated", "numeric_precision", "numeric_scale"}},
    {"table_constraints",
     make_table_constraints,
     KIND_TABLE,
     {"constraint_catalog", "constraint_schema", "constraint_name", "table_catalog", "table_schema",
      "table_name", "constraint_type", "is_deferrable"}},
    {"key_column_usage",
     make_key_usage,
     KIND_TABLE,
     {"constraint_catalog", "constraint_schema", "constraint_name", "table_catalog", "table_schema",
      "table_name", "column_name", "ordinal_position"}},
    {"constraint_column_usage",
     make_column_usage,
     KIND_TABLE,
     {"table_catalog", "table_schema", "table_name", "column_name", "constraint_catalog",
      "constraint_schema", "constraint_name"}},
    {"constraint_table_usage", NULL, KIND_TABLE, {"table_name"}},
    {"referential_constraints",
     make_referential,
     KIND_TABLE,
     {"constraint_catalog", "constraint_schema", "constraint_name", "update_rule", "delete_rule",
      "unique_constraint_schema", "unique_constraint_name"}},
    {"check_constraints",
     make_checks,
     KIND_TABLE,
     {"constraint_catalog", "constraint_schema", "constraint_name", "check_clause"}},
    {"routines",
     make_routines,
     KIND_FUNCTION,
     {"routine_catalog", "routine_schema", "routine_name", "routine_type", "specific_schema",
      "specific_name", "data_type", "routine_definition"}},
    {"triggers",
     make_information_triggers,
     KIND_TABLE,
     {"trigger_catalog", "trigger_schema", "trigger_name", "event_manipulation",
      "event_object_schema", "event_object_table", "action_timing", "action_statement"}},
    {"sequences",
     make_information_sequences,
     KIND_SEQUENCE,
     {"sequence_catalog", "sequence_schema", "sequence_name", "data_type"}},
    {0},
};
