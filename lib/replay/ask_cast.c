#include "replay/ask_parts.h"

#include <string.h>

#include "replay/names.h"

/* schema.name as a text that is one; false when it is not so plain. */
static bool split_name(Ask *ask, const char *text, const char **ret_schema, const char **ret_name)
{
    const char *parts[2];
    size_t count = 0;

    while (*text && count < 2) {
        parts[count++] = names_read(ask->arena, &text, ".(");
        if (*text != '.')
            break;
        text++;
    }
    if (!count || (*text && *text != '('))
        return false;
    *ret_schema = count == 2 ? parts[0] : NULL;
    *ret_name = parts[count - 1];
    return true;
}

static const Value *registered(Ask *ask, char of, const void *object)
{
    Value *value = arena_alloc(ask->arena, sizeof *value);

    *value = (Value){.kind = VALUE_OBJECT, .of = of, .object = object, .registered = true};
    return value;
}

/* A type as it is written; 0 when it is not so simple. */
static const Type *type_written(Ask *ask, const char *text)
{
    const char *sql = arena_printf(ask->arena, "select null::%s", text);
    SqlParse *parse = sql_parse(sql, strlen(sql));
    const Node *node = parse->count == 1 ? parse->statements[0].node : NULL;
    const Node *value = node && node->node_case == NODE(SELECT_STMT)
                            ? node->select_stmt->target_list[0]->res_target->val
                            : NULL;
    const Type *type = NULL;

    if (value && value->node_case == NODE(TYPE_CAST)) {
        const PgQuery__TypeName *name = value->type_cast->type_name;
        const char *schema = tree_qualifier(name->names, name->n_names);
        const char *last = tree_last(name->names, name->n_names);

        type = catalog_type_named(ask->replay->catalog, schema, last);
        if (type && name->n_array_bounds)
            type = catalog_type(ask->replay->catalog, type->array);
        if (type && (type->kind == TYPE_MISSING || !*type->schema))
            type = NULL;
    }
    sql_parse_close(&parse);
    return type;
}

/* What is not made by migrations, and not by a platform that is not there, is not there either. */
static bool is_hidden(const Ask *ask, bool known)
{
    return known && !ask->replay->supabase;
}

static const Value *schema_named(Ask *ask, const char *schema, const char *name, const char *text)
{
    const void *found = rows_schema(ask->replay, name);

    (void)schema;
    (void)text;
    return found ? registered(ask, 'n', found) : NULL;
}

static const Value *relation_named(Ask *ask, const char *schema, const char *name, const char *text)
{
    Relation *found = catalog_relation(ask->replay->catalog, schema, name), *relation = NULL;

    (void)text;
    if (found && !is_hidden(ask, found->known))
        return registered(ask, 'r', found);
    if (ask->replay->unread[KIND_TABLE])
        return &value_unknown;
    const Index *index = object_index(ask->replay, schema, name, &relation);
    const Constraint *constraint = object_index_constraint(ask->replay, schema, name, &relation);

    if (index)
        return registered(ask, 'i', index);
    return constraint ? registered(ask, 'i', constraint->index) : NULL;
}

enum { ARGUMENTS_MAX = 64 };

/* The types of "name(type, ...)"; false: one of them is none. */
static bool argument_types(Ask *ask, const char *list, Oid types[ARGUMENTS_MAX], size_t *ret_count)
{
    bool known = true;

    for (const char *at = list; *at && *ret_count < ARGUMENTS_MAX;) {
        size_t length = strcspn(at, ",");
        const Type *type = type_written(ask, arena_strndup(ask->arena, at, length));

        known = known && type;
        types[(*ret_count)++] = type ? type->oid : 0;
        at += length;
        at += *at == ',';
    }
    return known;
}

static const Value *routine_named(Ask *ask, const char *schema, const char *name, const char *text)
{
    const char *bracket = strchr(text, '('), *list = "";
    size_t count = 0, own = 0;
    Oid types[ARGUMENTS_MAX];

    builtin_functions(name, &own);
    if (own && !schema)
        return &value_unknown;
    if (bracket)
        list = arena_strndup(ask->arena, bracket + 1, strcspn(bracket + 1, ")"));
    if (strchr(list, '('))
        return &value_unknown;
    const Function *found =
        argument_types(ask, list, types, &count)
            ? function_find(ask->replay->catalog, schema, name, types, count, !bracket)
            : NULL;

    if (found && !is_hidden(ask, found->known))
        return registered(ask, 'p', found);
    return ask->replay->unread[KIND_FUNCTION] ? &value_unknown : NULL;
}

const Value *ask_object_named(Ask *ask, const char *kind, const char *text)
{
    static const struct {
        const char *kind;
        const Value *(*find)(Ask *ask, const char *schema, const char *name, const char *text);
    } kinds[] = {{"regnamespace", schema_named},
                 {"regclass", relation_named},
                 {"regproc", routine_named},
                 {"regprocedure", routine_named}};
    const char *schema = NULL, *name = NULL;

    if (strchr(text, VALUE_ANY))
        return &value_unknown;
    if (strcmp(kind, "regtype") == 0) {
        const Type *type = type_written(ask, text);

        return type ? registered(ask, 't', type) : NULL;
    }
    if (!split_name(ask, text, &schema, &name))
        return &value_unknown;
    if (schema && (strcmp(schema, "pg_catalog") == 0 || strcmp(schema, "information_schema") == 0))
        return &value_unknown;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].find(ask, schema, name, text);
    return &value_unknown;
}

Oid ask_type(Ask *ask, const char *text)
{
    const Type *type = strchr(text, '%') ? NULL : type_written(ask, text);

    return type ? type->oid : 0;
}

const Value *ask_as_type(Ask *ask, const Value *value, Oid type)
{
    const Type *known = catalog_type(ask->replay->catalog, type);
    const Value *found;

    if (value->kind != VALUE_TEXT || !known)
        return value;
    switch (type) {
    case BOOLOID:
        return value_as_bool(value);
    case INT2OID:
    case INT4OID:
    case INT8OID:
        return value_as_number(ask->arena, value);
    default:
        break;
    }
    if (strncmp(known->name, "reg", 3) != 0)
        return known->category == 'A' ? ask_array_of_text(ask, value) : value;
    found = ask_object_named(ask, known->name, value->text);
    return found ? found : &value_unknown;
}

const Value *ask_cast(State *state, const PgQuery__TypeCast *node)
{
    Ask *ask = state->ask;
    const Value *value = ask_evaluate(state, node->arg);
    const char *name = tree_last(node->type_name->names, node->type_name->n_names);

    if (value->kind == VALUE_NULL || value->kind == VALUE_UNKNOWN)
        return value;
    if (node->type_name->n_array_bounds) {
        value = ask_array_of_text(ask, value);
        return value->kind == VALUE_ARRAY ? value : &value_unknown;
    }
    if (strncmp(name, "reg", 3) == 0) {
        const Value *found;

        if (value->kind == VALUE_OBJECT)
            return registered(ask, value->of, value->object);
        found =
            value->kind == VALUE_TEXT ? ask_object_named(ask, name, value->text) : &value_unknown;
        /* Without one the statement fails, which is the caller's trouble. */
        return found ? found : &value_unknown;
    }
    if (strcmp(name, "oid") == 0 && value->kind == VALUE_OBJECT)
        return value_object(ask->arena, value->of, value->object);
    if (strcmp(name, "text") == 0 || strcmp(name, "varchar") == 0 || strcmp(name, "name") == 0 ||
        strcmp(name, "bpchar") == 0 || strcmp(name, "char") == 0)
        return ask_as_text(ask, value);
    if (strcmp(name, "int4") == 0 || strcmp(name, "int8") == 0 || strcmp(name, "int2") == 0)
        return value_as_number(ask->arena, value);
    if (strcmp(name, "bool") == 0)
        return value_as_bool(value);
    /* Of an enum and such its label; other types are not compared by their text. */
    {
        const Type *type = catalog_type_named(
            ask->replay->catalog, tree_qualifier(node->type_name->names, node->type_name->n_names),
            name);

        return type && type->kind == TYPE_ENUM && value->kind == VALUE_TEXT ? value
                                                                            : &value_unknown;
    }
}
