#include <string.h>

#include "replay/names.h"
#include "replay/parts.h"

static void rename_type(Replay *replay, Type *type, const char *name)
{
    Type *array = catalog_type_own(replay->catalog, type->array);

    catalog_type_place(replay->catalog, type, type->schema, name);
    if (array)
        catalog_type_place(replay->catalog, array, array->schema,
                           arena_printf(replay->arena, "_%s", name));
}

static void rename_relation(Replay *replay, Relation *relation, const char *name)
{
    catalog_relation_place(replay->catalog, relation, relation->schema, name);
    if (relation->type)
        rename_type(replay, relation->type, name);
}

static void rename_column(Relation *relation, const char *old, const char *name)
{
    Column *column = catalog_column(relation, old);

    if (column)
        column->name = name;
    for (size_t i = 0; i < relation->children.count; i++)
        rename_column(relation->children.items[i], old, name);
}

static bool rename_index(Replay *replay, const PgQuery__RangeVar *range, const char *to)
{
    const char *name = range ? names_cut(replay->arena, range->relname) : NULL;
    Relation *relation = NULL;
    Index *index =
        name ? object_index(replay, tree_given(range->schemaname), name, &relation) : NULL;
    Constraint *constraint =
        index || !name
            ? NULL
            : object_index_constraint(replay, tree_given(range->schemaname), name, &relation);

    if (index ? catalog_name_taken(replay->catalog, relation->schema, to)
              : constraint && table_constraint(relation, to) != NULL) {
        replay_warn(replay, "relation '%s' exists already", to);
        return true;
    }
    if (index)
        catalog_index_rename(replay->catalog, relation, index, to);
    if (constraint)
        catalog_constraint_rename(replay->catalog, relation, constraint, to);
    return index || constraint;
}

static void rename_rest_of_schema(Catalog *catalog, const char *from, const char *to)
{
    for (size_t i = 0; i < catalog->things.count; i++) {
        Thing *each = catalog->things.items[i];

        if (each->schema && strcmp(each->schema, from) == 0)
            each->schema = to;
        for (size_t k = 0; each->kind == KIND_PUBLICATION && k < each->texts.count; k++)
            if (strcmp(each->texts.items[k], from) == 0)
                each->texts.items[k] = (void *)(uintptr_t)to;
    }
    for (size_t i = 0; i < catalog->operators.count; i++) {
        Operator *each = catalog->operators.items[i];

        if (strcmp(each->schema, from) == 0)
            each->schema = to;
    }
    for (size_t i = 0; i < catalog->defaults.count; i++) {
        DefaultRights *each = catalog->defaults.items[i];

        if (each->schema && strcmp(each->schema, from) == 0)
            each->schema = to;
    }
    for (size_t i = 0; i < catalog->extensions.count; i++) {
        Extension *each = catalog->extensions.items[i];

        if (strcmp(each->schema, from) == 0)
            each->schema = to;
    }
}

/* What tells of a role or server by its name. */
static void rename_mentions(Replay *replay, const Thing *thing, const char *from, const char *to)
{
    for (size_t i = 0; i < replay->catalog->things.count; i++) {
        Thing *each = replay->catalog->things.items[i];
        json_t *member_of = json_object_get(each->members, "member_of");
        json_t *options = json_object_get(member_of, from);

        if (thing->kind == KIND_SERVER && each->kind == KIND_USER_MAPPING &&
            strcmp(each->name, from) == 0)
            each->name = to;
        if (thing->kind == KIND_ROLE && options) {
            json_object_set(member_of, to, options);
            json_object_del(member_of, from);
        }
    }
    for (size_t i = 0; i < replay->catalog->relations.count; i++) {
        Relation *table = replay->catalog->relations.items[i];

        if (thing->kind == KIND_SERVER && table->server && strcmp(table->server, from) == 0)
            table->server = to;
        for (size_t k = 0; thing->kind == KIND_ROLE && k < table->policies.count; k++) {
            Vec *roles = &((Policy *)table->policies.items[k])->roles;

            for (size_t m = 0; m < roles->count; m++)
                if (strcmp(roles->items[m], from) == 0)
                    roles->items[m] = (void *)(uintptr_t)to;
        }
    }
    if (thing->kind == KIND_ROLE)
        rights_rename_role(replay, from, to);
}

static void rename_thing(Replay *replay, const PgQuery__RenameStmt *rename, const char *to,
                         bool *ret_found)
{
    bool known = false;
    Thing *thing = NULL;

    if (rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_ROLE) {
        known = true;
        thing = thing_find(replay, KIND_ROLE, NULL, rename->subname ? rename->subname : "");
    } else {
        thing = thing_named(replay, rename->rename_type, rename->object, &known);
    }
    *ret_found = thing != NULL;
    if (thing) {
        const char *from = thing->name;

        thing->name = to;
        rename_mentions(replay, thing, from, to);
    }
}

/* rename_constraint_internal(): a check has its name in all heirs, which may have it of their own
 * as well. */
static void rename_constraint(Replay *replay, Relation *relation, Constraint *constraint,
                              const char *to)
{
    const char *from = constraint->name;

    catalog_constraint_rename(replay->catalog, relation, constraint, to);
    if (constraint->type != 'c' || constraint->no_inherit)
        return;
    for (size_t i = 0; i < relation->children.count; i++) {
        Relation *child = relation->children.items[i];

        for (size_t k = 0; k < child->constraints.count; k++) {
            Constraint *copy = child->constraints.items[k];
            if (strcmp(copy->name, from) == 0)
                rename_constraint(replay, child, copy, to);
        }
    }
}

void rename_object(Replay *replay, const PgQuery__RenameStmt *rename)
{
    const char *to = names_cut(replay->arena, replay_keep(replay, rename->newname));
    Relation *relation =
        rename->relation
            ? catalog_relation(replay->catalog, tree_given(rename->relation->schemaname),
                               names_cut(replay->arena, rename->relation->relname))
            : NULL;
    const char *sub = rename->subname ? names_cut(replay->arena, rename->subname) : "";
    bool found = false;

    switch (rename->rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        /* ALTER TABLE renames an index too, ALTER INDEX a table. */
        found = relation != NULL;
        if (relation && catalog_name_taken(replay->catalog, relation->schema, to))
            replay_warn(replay, "relation '%s' exists already", to);
        else if (relation)
            rename_relation(replay, relation, to);
        else
            found = rename_index(replay, rename->relation, to);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
        found = relation && catalog_column(relation, sub);
        if (found && catalog_column(relation, to)) {
            replay_warn(replay, "column '%s' exists already", to);
            break;
        }
        if (found)
            rename_column(relation, sub, to);
        for (size_t i = 0; found && i < replay->catalog->relations.count; i++) {
            Relation *typed = replay->catalog->relations.items[i];

            if (relation->kind == 'c' && typed->of_type && typed->of_type == relation->type)
                rename_column(typed, sub, to);
        }
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT: {
        Constraint *constraint = relation ? table_constraint(relation, sub) : NULL;

        found = constraint != NULL;
        if (constraint && table_constraint(relation, to))
            replay_warn(replay, "constraint '%s' exists already", to);
        else if (constraint)
            rename_constraint(replay, relation, constraint, to);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY: {
        Policy *policy = relation ? policy_find(relation, sub) : NULL;

        found = policy != NULL;
        if (policy)
            policy->name = to;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE: {
        Rule *rule = relation ? rule_find(relation, sub) : NULL;

        found = rule != NULL;
        if (rule)
            rule->name = to;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER: {
        Trigger *trigger = relation ? trigger_find(relation, sub) : NULL;

        found = trigger != NULL;
        if (trigger)
            trigger->name = to;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
        Named name = object_name(rename->object, false);
        Type *type = type_find(replay, name.schema, name.name, true);

        found = type != NULL;
        if (type && type->relation)
            rename_relation(replay, type->relation, to);
        else if (type)
            rename_type(replay, type, to);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT: {
        Named name = object_name(rename->object, false);
        Type *type = type_find(replay, name.schema, name.name, true);

        for (size_t i = 0; type && i < type->constraints.count; i++) {
            Constraint *constraint = type->constraints.items[i];

            if (strcmp(constraint->name, sub) == 0) {
                catalog_type_rename_constraint(replay->catalog, type, constraint, to);
                found = true;
            }
        }
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        if (rename->object && rename->object->node_case == NODE(OBJECT_WITH_ARGS)) {
            Function *function = function_named(replay, rename->object->object_with_args);

            found = function != NULL;
            if (function)
                catalog_function_place(replay->catalog, function, function->proc.schema, to);
        }
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: {
        Schema *schema = catalog_schema(replay->catalog, sub);

        found = schema != NULL;
        if (!schema)
            break;
        schema->name = to;
        for (size_t i = 0; i < replay->catalog->relations.count; i++) {
            Relation *each = replay->catalog->relations.items[i];

            if (strcmp(each->schema, sub) == 0)
                catalog_relation_place(replay->catalog, each, to, each->name);
        }
        for (size_t i = 0; i < replay->catalog->types.count; i++) {
            Type *each = replay->catalog->types.items[i];

            if (each->multirange_schema && strcmp(each->multirange_schema, sub) == 0)
                each->multirange_schema = to;
            if (strcmp(each->schema, sub) == 0)
                catalog_type_place(replay->catalog, each, to, each->name);
        }
        for (size_t i = 0; i < replay->catalog->functions.count; i++) {
            Function *each = replay->catalog->functions.items[i];

            if (strcmp(each->proc.schema, sub) == 0)
                catalog_function_place(replay->catalog, each, to, each->proc.name);
        }
        rename_rest_of_schema(replay->catalog, sub, to);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE:
        return; /* their names are told nowhere */
    default:
        rename_thing(replay, rename, to, &found);
        break;
    }
    if (!found && !rename->missing_ok)
        replay_warn(replay, "what is to be renamed to '%s' is not known", to);
}

static bool is_member_type(const Catalog *catalog, Oid oid, const Extension *extension)
{
    const Type *type = catalog_type_own(catalog, oid);

    return type && type->extension == extension;
}

static void move_members(Catalog *catalog, const Extension *extension, const char *to)
{
    for (size_t i = 0; i < catalog->functions.count; i++) {
        Function *function = catalog->functions.items[i];

        if (function->extension == extension)
            catalog_function_place(catalog, function, to, function->proc.name);
    }
    for (size_t i = 0; i < catalog->operators.count; i++) {
        Operator *own = catalog->operators.items[i];

        if (own->member && ((own->calls && own->calls->extension == extension) ||
                            is_member_type(catalog, own->left, extension) ||
                            is_member_type(catalog, own->right, extension)))
            own->schema = to;
    }
    for (size_t i = 0; i < catalog->types.count; i++) {
        Type *type = catalog->types.items[i];
        Type *array = type->extension == extension ? catalog_type_own(catalog, type->array) : NULL;

        if (type->extension != extension)
            continue;
        catalog_type_place(catalog, type, to, type->name);
        if (array)
            catalog_type_place(catalog, array, to, array->name);
    }
}

void rename_schema(Replay *replay, const PgQuery__AlterObjectSchemaStmt *alter)
{
    const char *to = replay_keep(replay, alter->newschema);
    bool found = false;

    if (alter->relation) {
        Relation *relation = table_find(replay, alter->relation, true);

        found = relation != NULL;
        if (relation && strcmp(relation->schema, to) != 0 &&
            catalog_name_taken(replay->catalog, to, relation->name)) {
            replay_warn(replay, "relation '%s' exists already", relation->name);
        } else if (relation) {
            Type *array =
                relation->type ? catalog_type_own(replay->catalog, relation->type->array) : NULL;

            catalog_relation_place(replay->catalog, relation, to, relation->name);
            if (relation->type)
                catalog_type_place(replay->catalog, relation->type, to, relation->type->name);
            if (array)
                catalog_type_place(replay->catalog, array, to, array->name);
            for (size_t i = 0; i < relation->sequences.count; i++) {
                Relation *sequence = relation->sequences.items[i];

                catalog_relation_place(replay->catalog, sequence, to, sequence->name);
            }
        }
    } else if (alter->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR) {
        Operator *own = operator_named(replay, alter->object->object_with_args);

        found = own != NULL;
        if (own)
            own->schema = to;
    } else if (alter->object && alter->object->node_case == NODE(OBJECT_WITH_ARGS)) {
        Function *function = function_named(replay, alter->object->object_with_args);

        found = function != NULL;
        if (function)
            catalog_function_place(replay->catalog, function, to, function->proc.name);
    } else if (alter->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE ||
               alter->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN) {
        Named name = object_name(alter->object, false);
        Type *type = type_find(replay, name.schema, name.name, true);

        found = type != NULL;
        if (type)
            catalog_type_place(replay->catalog, type, to, type->name);
        if (type && type->relation)
            catalog_relation_place(replay->catalog, type->relation, to, type->relation->name);
    } else if (alter->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION) {
        const char *name = tree_string(alter->object);

        for (size_t i = 0; i < replay->catalog->extensions.count; i++) {
            Extension *extension = replay->catalog->extensions.items[i];

            if (strcmp(extension->name, name) == 0) {
                move_members(replay->catalog, extension, to);
                extension->schema = to;
                found = true;
            }
        }
    } else {
        bool known = false;
        Thing *thing = thing_named(replay, alter->object_type, alter->object, &known);

        found = thing != NULL;
        if (thing)
            thing->schema = to;
    }
    if (!found && !alter->missing_ok)
        replay_warn(replay, "what is to be moved to schema '%s' is not known", to);
}
