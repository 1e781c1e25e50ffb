#include <string.h>

#include "model/scope.h"
#include "replay/names.h"
#include "replay/parts.h"

/* The parts of a qualified name; with inner, the last part is inside the relation. */
Named object_name(const Node *node, bool inner)
{
    Named result = {NULL, "", NULL};
    Node *const *names = NULL;
    size_t count = 0;

    if (!node)
        return result;
    if (node->node_case == NODE(LIST)) {
        names = node->list->items;
        count = node->list->n_items;
    } else if (node->node_case == NODE(TYPE_NAME)) {
        names = node->type_name->names;
        count = node->type_name->n_names;
    } else if (node->node_case == NODE(STRING)) {
        result.name = tree_string(node);
        return result;
    }
    if (inner && count) {
        result.inner = tree_string(names[count - 1]);
        count--;
    }
    result.name = tree_last(names, count);
    result.schema = tree_qualifier(names, count);
    return result;
}

static Relation *object_relation(Replay *replay, const Named *name)
{
    return catalog_relation(replay->catalog, name->schema, names_cut(replay->arena, name->name));
}

static bool has_index(const Relation *relation, const char *name)
{
    return catalog_index(relation, name) != NULL;
}

Index *object_index(Replay *replay, const char *schema, const char *name, Relation **ret_relation)
{
    Relation *relation = catalog_relation_having(replay->catalog, schema, name, has_index);

    if (!relation)
        return NULL;
    *ret_relation = relation;
    return catalog_index(relation, name);
}

static bool has_index_constraint(const Relation *relation, const char *name)
{
    const Constraint *constraint = table_constraint(relation, name);

    return constraint && constraint->index;
}

Constraint *object_index_constraint(Replay *replay, const char *schema, const char *name,
                                    Relation **ret_relation)
{
    Relation *relation =
        catalog_relation_having(replay->catalog, schema, name, has_index_constraint);

    if (!relation)
        return NULL;
    *ret_relation = relation;
    return table_constraint(relation, name);
}

static void comment_on(Replay *replay, const PgQuery__CommentStmt *comment)
{
    const char *text = tree_given(comment->comment) ? replay_keep(replay, comment->comment) : NULL;
    bool inner = comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN ||
                 comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT ||
                 comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY ||
                 comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_RULE ||
                 comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER;
    Named name = object_name(comment->object, inner);
    Relation *relation = NULL;
    const char **place = NULL;

    if (name.inner)
        name.inner = names_cut(replay->arena, name.inner);
    switch (comment->objtype) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: {
        Schema *schema = catalog_schema(replay->catalog, name.name);

        place = schema ? &schema->comment : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        relation = object_relation(replay, &name);
        place = relation ? &relation->comment : NULL;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN: {
        Column *column;

        relation = object_relation(replay, &name);
        column = relation ? catalog_column(relation, name.inner) : NULL;
        place = column ? &column->comment : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT: {
        Constraint *constraint;

        relation = object_relation(replay, &name);
        constraint = relation ? table_constraint(relation, name.inner) : NULL;
        place = constraint ? &constraint->comment : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY: {
        Policy *policy;

        relation = object_relation(replay, &name);
        policy = relation ? policy_find(relation, name.inner) : NULL;
        place = policy ? &policy->comment : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER: {
        Trigger *trigger;

        relation = object_relation(replay, &name);
        trigger = relation ? trigger_find(relation, name.inner) : NULL;
        place = trigger ? &trigger->comment : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX: {
        Index *index = object_index(replay, name.schema, name.name, &relation);

        if (!index) {
            const Constraint *constraint =
                object_index_constraint(replay, name.schema, name.name, &relation);

            index = constraint ? constraint->index : NULL;
        }
        place = index ? &index->comment : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE: {
        Rule *rule;

        relation = object_relation(replay, &name);
        rule = relation ? rule_find(relation, name.inner) : NULL;
        place = rule ? &rule->comment : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        if (comment->object->node_case == NODE(OBJECT_WITH_ARGS)) {
            Operator *own = operator_named(replay, comment->object->object_with_args);

            place = own ? &own->comment : NULL;
            name.name = tree_last(comment->object->object_with_args->objname,
                                  comment->object->object_with_args->n_objname);
        }
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_CAST: {
        Cast *cast = operator_cast(replay, comment->object);

        place = cast ? &cast->comment : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
        schema_comment_extension(replay, name.name, text);
        return;
    case PG_QUERY__OBJECT_TYPE__OBJECT_LARGEOBJECT:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE:
        return; /* of no section that is replayed */
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
        Type *type = type_find(replay, name.schema, name.name, true);

        place = type ? &type->comment : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
        if (comment->object->node_case == NODE(LIST) && comment->object->list->n_items == 2) {
            Named domain = object_name(comment->object->list->items[0], false);
            Type *type = type_find(replay, domain.schema, domain.name, true);

            for (size_t i = 0; type && i < type->constraints.count; i++) {
                Constraint *constraint = type->constraints.items[i];

                if (strcmp(constraint->name, tree_string(comment->object->list->items[1])) == 0)
                    place = &constraint->comment;
            }
        }
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        if (comment->object->node_case == NODE(OBJECT_WITH_ARGS)) {
            Function *function = function_named(replay, comment->object->object_with_args);

            place = function ? &function->comment : NULL;
            name.name = tree_last(comment->object->object_with_args->objname,
                                  comment->object->object_with_args->n_objname);
        }
        break;
    default: {
        bool known = false;
        Thing *thing = thing_named(replay, comment->objtype, comment->object, &known);

        if (!known) {
            replay_warn(replay, "a comment on this kind of object is not replayed");
            return;
        }
        if (!thing && comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_ROLE &&
            scope_is_platform_role(name.name))
            return; /* not shown */
        place = thing ? &thing->comment : NULL;
        break;
    }
    }
    if (place)
        *place = text;
    else
        replay_warn(replay, "what the comment is on is not known: '%s%s%s'", name.name,
                    name.inner ? "." : "", name.inner ? name.inner : "");
}

static void drop_rest_of_schema(Catalog *catalog, const char *schema)
{
    for (size_t i = catalog->things.count; i > 0; i--) {
        Thing *thing = catalog->things.items[i - 1];

        if (thing->schema && strcmp(thing->schema, schema) == 0)
            vec_remove(&catalog->things, thing);
        for (size_t k = thing->texts.count; k > 0 && thing->kind == KIND_PUBLICATION; k--)
            if (strcmp(thing->texts.items[k - 1], schema) == 0)
                vec_remove(&thing->texts, thing->texts.items[k - 1]);
    }
    for (size_t i = catalog->operators.count; i > 0; i--) {
        Operator *own = catalog->operators.items[i - 1];

        if (strcmp(own->schema, schema) == 0)
            operator_drop(catalog, own);
    }
    for (size_t i = catalog->defaults.count; i > 0; i--) {
        DefaultRights *entry = catalog->defaults.items[i - 1];

        if (entry->schema && strcmp(entry->schema, schema) == 0)
            vec_remove(&catalog->defaults, entry);
    }
}

static void drop_one(Replay *replay, const PgQuery__DropStmt *drop, const Node *object)
{
    bool cascade = drop->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    bool inner = drop->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY ||
                 drop->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER ||
                 drop->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE;
    Named name = object_name(object, inner);
    bool found = false;

    if (name.inner)
        name.inner = names_cut(replay->arena, name.inner);
    switch (drop->remove_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: {
        Relation *relation = object_relation(replay, &name);

        found = relation != NULL;
        if (relation)
            drop_relation(replay, relation, cascade);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX: {
        Relation *relation = NULL;
        Index *index =
            object_index(replay, name.schema, names_cut(replay->arena, name.name), &relation);

        found = index != NULL;
        if (index) {
            vec_remove(&relation->indexes, index);
            drop_foreign_of(relation, index);
        }
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY: {
        Relation *relation = object_relation(replay, &name);
        Policy *policy = relation ? policy_find(relation, name.inner) : NULL;

        found = policy != NULL;
        if (policy)
            vec_remove(&relation->policies, policy);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE: {
        Relation *relation = object_relation(replay, &name);
        Rule *rule = relation ? rule_find(relation, name.inner) : NULL;

        found = rule != NULL;
        if (rule)
            vec_remove(&relation->rules, rule);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR: {
        Operator *own = object->node_case == NODE(OBJECT_WITH_ARGS)
                            ? operator_named(replay, object->object_with_args)
                            : NULL;

        found = own != NULL;
        if (own)
            operator_drop(replay->catalog, own);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_CAST: {
        Cast *cast = operator_cast(replay, object);

        found = cast != NULL;
        if (cast)
            vec_remove(&replay->catalog->casts, cast);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER: {
        Relation *relation = object_relation(replay, &name);
        Trigger *trigger = relation ? trigger_find(relation, name.inner) : NULL;

        found = trigger != NULL;
        if (trigger)
            vec_remove(&relation->triggers, trigger);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
        Type *type = type_find(replay, name.schema, name.name, true);

        found = type != NULL;
        if (type && type->kind == TYPE_COMPOSITE && type->relation)
            drop_relation(replay, type->relation, false);
        if (type) {
            if (cascade)
                drop_users(replay, NULL, type);
            catalog_type_drop(replay->catalog, type);
        }
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE: {
        Function *function = object->node_case == NODE(OBJECT_WITH_ARGS)
                                 ? function_named(replay, object->object_with_args)
                                 : NULL;

        found = function != NULL;
        if (function) {
            if (cascade)
                drop_users(replay, function, NULL);
            catalog_function_remove(replay->catalog, function);
        }
        if (object->node_case == NODE(OBJECT_WITH_ARGS))
            name.name =
                tree_last(object->object_with_args->objname, object->object_with_args->n_objname);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: {
        Schema *schema = catalog_schema(replay->catalog, name.name);

        found = schema != NULL;
        if (!schema)
            break;
        vec_remove(&replay->catalog->schemas, schema);
        for (size_t i = replay->catalog->extensions.count; i > 0; i--) {
            Extension *extension = replay->catalog->extensions.items[i - 1];

            if (strcmp(extension->schema, name.name) == 0)
                schema_drop_extension(replay, extension);
        }
        for (size_t i = 0; i < replay->catalog->relations.count; i++) {
            Relation *relation = replay->catalog->relations.items[i];

            if (strcmp(relation->schema, name.name) == 0) {
                drop_relation(replay, relation, true);
                i = (size_t)-1;
            }
        }
        for (size_t i = replay->catalog->functions.count; i > 0; i--) {
            Function *function = replay->catalog->functions.items[i - 1];

            if (strcmp(function->proc.schema, name.name) == 0) {
                drop_users(replay, function, NULL);
                catalog_function_remove(replay->catalog, function);
            }
        }
        for (size_t i = 0; i < replay->catalog->types.count; i++) {
            Type *type = replay->catalog->types.items[i];

            if (strcmp(type->schema, name.name) == 0) {
                drop_users(replay, NULL, type);
                catalog_type_drop(replay->catalog, type);
            }
        }
        drop_rest_of_schema(replay->catalog, name.name);
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
        for (size_t i = replay->catalog->extensions.count; i > 0; i--) {
            Extension *extension = replay->catalog->extensions.items[i - 1];

            if (strcmp(extension->name, name.name) == 0) {
                schema_drop_extension(replay, extension);
                found = true;
            }
        }
        /* A wrapper that goes by the extension's name takes its servers along. */
        for (size_t i = replay->catalog->things.count; i > 0; i--) {
            Thing *server = replay->catalog->things.items[i - 1];
            const char *wrapper = json_string_value(json_object_get(server->members, "wrapper"));

            if (server->kind == KIND_SERVER && wrapper && strcmp(wrapper, name.name) == 0) {
                thing_drop(replay, server);
                i = replay->catalog->things.count + 1;
            }
        }
        break;
    default: {
        bool known = false;
        Thing *thing = thing_named(replay, drop->remove_type, object, &known);

        if (!known) {
            replay_warn(replay, "DROP of this kind of object is not replayed");
            return;
        }
        found = thing != NULL;
        if (thing)
            thing_drop(replay, thing);
        break;
    }
    }
    if (!found && !drop->missing_ok)
        replay_warn(replay, "what is to be dropped is not known: '%s%s%s'", name.name,
                    name.inner ? "." : "", name.inner ? name.inner : "");
}

/* How values of it look inside is not replayed; that there is such a type is. */
static void create_base_type(Replay *replay, const PgQuery__DefineStmt *define)
{
    type_new(replay, define->defnames, define->n_defnames, TYPE_BASE);
    if (replay->extensions)
        return;
    replay->unread[KIND_BASE_TYPE] = true;
    replay_warn(replay, "the members of base type '%s' are not replayed",
                tree_last(define->defnames, define->n_defnames));
}

static void define_unread(Replay *replay, const PgQuery__DefineStmt *define)
{
    KindId kind = define->kind == PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER
                      ? KIND_TEXT_SEARCH_PARSER
                      : KIND_TEXT_SEARCH_TEMPLATE;

    replay->unread[kind] = true;
    replay_warn(replay, "%s '%s' is not replayed", kind_of(kind)->name,
                tree_last(define->defnames, define->n_defnames));
}

bool object_statement(Replay *replay, const Node *node)
{
    switch (node->node_case) {
    case NODE(CREATE_SCHEMA_STMT):
        schema_create(replay, node->create_schema_stmt);
        return true;
    case NODE(CREATE_EXTENSION_STMT):
        schema_create_extension(replay, node->create_extension_stmt);
        return true;
    case NODE(CREATE_ENUM_STMT):
        type_create_enum(replay, node->create_enum_stmt);
        return true;
    case NODE(ALTER_ENUM_STMT):
        type_alter_enum(replay, node->alter_enum_stmt);
        return true;
    case NODE(CREATE_DOMAIN_STMT):
        type_create_domain(replay, node->create_domain_stmt);
        return true;
    case NODE(ALTER_DOMAIN_STMT):
        type_alter_domain(replay, node->alter_domain_stmt);
        return true;
    case NODE(COMPOSITE_TYPE_STMT):
        type_create_composite(replay, node->composite_type_stmt);
        return true;
    case NODE(CREATE_RANGE_STMT):
        type_create_range(replay, node->create_range_stmt);
        return true;
    case NODE(DEFINE_STMT):
        if (node->define_stmt->kind == PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR)
            operator_create(replay, node->define_stmt);
        else if (node->define_stmt->kind == PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION)
            operator_create_collation(replay, node->define_stmt);
        else if (node->define_stmt->kind == PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE)
            function_create_aggregate(replay, node->define_stmt);
        else if (node->define_stmt->kind == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE)
            create_base_type(replay, node->define_stmt);
        else if (node->define_stmt->kind == PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER ||
                 node->define_stmt->kind == PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE)
            define_unread(replay, node->define_stmt);
        else
            return false;
        return true;
    case NODE(CREATE_FUNCTION_STMT):
        function_create(replay, node->create_function_stmt);
        return true;
    case NODE(ALTER_FUNCTION_STMT):
        function_alter(replay, node->alter_function_stmt);
        return true;
    case NODE(CREATE_POLICY_STMT):
        policy_create(replay, node->create_policy_stmt);
        return true;
    case NODE(ALTER_POLICY_STMT):
        policy_alter(replay, node->alter_policy_stmt);
        return true;
    case NODE(CREATE_TRIG_STMT):
        trigger_create(replay, node->create_trig_stmt);
        return true;
    case NODE(COMMENT_STMT):
        comment_on(replay, node->comment_stmt);
        return true;
    case NODE(DROP_STMT):
        for (size_t i = 0; i < node->drop_stmt->n_objects; i++)
            drop_one(replay, node->drop_stmt, node->drop_stmt->objects[i]);
        return true;
    case NODE(RENAME_STMT):
        rename_object(replay, node->rename_stmt);
        return true;
    case NODE(ALTER_OBJECT_SCHEMA_STMT):
        rename_schema(replay, node->alter_object_schema_stmt);
        return true;
    default:
        return false;
    }
}
