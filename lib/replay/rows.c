#include "replay/rows.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/scope.h"
#include "replay/names.h"
#include "replay/parts.h"
#include "replay/types.h"

typedef struct Making {
    Replay *replay;
    Arena *arena;
    Catalog *catalog;
    RowSet *set;
} Making;

static const char server_schema[] = "pg_catalog", information_schema[] = "information_schema";
static const char something[] = "something";

static void add(Making *making, bool maybe, const Value *first, ...) SENTINEL;

/* The values in the order of the names; what is left out at the end is not known. */
static void add(Making *making, bool maybe, const Value *first, ...)
{
    Row *row = arena_alloc(making->arena, sizeof *row);
    va_list values;
    const Value *value = first;

    row->maybe = maybe;
    row->values = arena_alloc(making->arena, (making->set->width + 1) * sizeof *row->values);
    va_start(values, first);
    for (size_t i = 0; i < making->set->width; i++) {
        row->values[i] = value ? value : &value_unknown;
        if (value)
            value = va_arg(values, const Value *);
    }
    va_end(values);
    vec_add(making->arena, &making->set->rows, row);
}

static const Value *text(Making *making, const char *value)
{
    return value_text(making->arena, value);
}

static const Value *letter(Making *making, char value)
{
    return text(making, value ? arena_printf(making->arena, "%c", value) : "");
}

static const Value *number(Making *making, int64_t value)
{
    return value_number(making->arena, value);
}

static const Value *object(Making *making, char of, const void *value)
{
    return value_object(making->arena, of, value);
}

static const Value *database(Making *making)
{
    static const char name[] = {VALUE_DATABASE, '\0'};

    return text(making, name);
}

/* A text of which only that it is there is known. */
static const Value *some_text(Making *making)
{
    static const char any[] = {VALUE_ANY, '\0'};

    return text(making, any);
}

static const Value *yes_no(Making *making, bool value)
{
    return text(making, value ? "YES" : "NO");
}

const void *rows_schema(Replay *replay, const char *name)
{
    if (strcmp(name, server_schema) == 0)
        return server_schema;
    if (strcmp(name, information_schema) == 0)
        return information_schema;
    return catalog_schema(replay->catalog, name);
}

static const Value *schema(Making *making, const char *name)
{
    return object(making, 'n', rows_schema(making->replay, name));
}

void rows_add_maybe(Arena *arena, RowSet *set)
{
    Making making = {.arena = arena, .set = set};

    add(&making, true, &value_unknown, NULL);
}

/* What only every Supabase project has is there only in one. */
static bool is_there(const Making *making, bool known)
{
    return !known || making->replay->supabase;
}

static bool schema_is_there(const Making *making, const Schema *schema_)
{
    return is_there(making, schema_->known);
}

static bool is_table(const Relation *relation)
{
    return relation->kind == 'r' || relation->kind == 'p' || relation->kind == 'f';
}

static bool has_columns(const Relation *relation)
{
    return relation->kind != 'S';
}

static bool in_doubt(const Relation *relation, const char *member)
{
    return vec_has_text(&relation->inexact, member);
}

static const Value *owner(Making *making, const Rights *rights)
{
    return text(making, rights_owner(rights));
}

typedef void MakeFn(Making *making);
typedef void RelationFn(Making *making, Relation *relation);

static void relations(Making *making, RelationFn *fn)
{
    for (size_t i = 0; i < making->catalog->relations.count; i++) {
        Relation *relation = making->catalog->relations.items[i];

        if (is_there(making, relation->known))
            fn(making, relation);
    }
}

/* ---- pg_catalog ---- */

static void make_namespaces(Making *making)
{
    for (size_t i = 0; i < making->catalog->schemas.count; i++) {
        const Schema *one = making->catalog->schemas.items[i];

        if (schema_is_there(making, one))
            add(making, false, object(making, 'n', one), text(making, one->name),
                owner(making, &one->rights), NULL);
    }
    add(making, false, object(making, 'n', server_schema), text(making, server_schema), NULL);
    add(making, false, object(making, 'n', information_schema), text(making, information_schema),
        NULL);
}

static void class_rows(Making *making, Relation *relation)
{
    add(making, false, object(making, 'r', relation), text(making, relation->name),
        schema(making, relation->schema), letter(making, relation->kind),
        object(making, 't', relation->type), value_bool(relation->row_security),
        value_bool(relation->force_row_security), value_bool(relation->is_partition),
        letter(making, relation->unlogged ? 'u' : 'p'), value_bool(relation->indexes.count > 0),
        NULL);
    for (size_t i = 0; i < relation->indexes.count; i++) {
        const Index *index = relation->indexes.items[i];

        add(making, in_doubt(relation, "indexes"), object(making, 'i', index),
            text(making, index->name), schema(making, relation->schema),
            letter(making, relation->kind == 'p' ? 'I' : 'i'), number(making, 0), &value_false,
            &value_false, &value_unknown, letter(making, 'p'), &value_false, NULL);
    }
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *constraint = relation->constraints.items[i];

        if (constraint->index && !vec_has(&relation->indexes, constraint->index))
            add(making, in_doubt(relation, "constraints"), object(making, 'i', constraint->index),
                text(making, constraint->name), schema(making, relation->schema),
                letter(making, relation->kind == 'p' ? 'I' : 'i'), number(making, 0), &value_false,
                &value_false, &value_unknown, letter(making, 'p'), &value_false, NULL);
    }
    if (in_doubt(relation, "indexes"))
        add(making, true, &value_unknown, &value_unknown, schema(making, relation->schema),
            letter(making, 'i'), NULL);
}

static void make_classes(Making *making)
{
    relations(making, class_rows);
}

static void attribute_rows(Making *making, Relation *relation)
{
    bool doubt = in_doubt(relation, "columns");

    for (size_t i = 0; i < relation->columns.count && has_columns(relation); i++) {
        const Column *column = relation->columns.items[i];

        add(making, doubt, object(making, 'r', relation), text(making, column->name),
            object(making, 't', catalog_type(making->catalog, column->type.oid)),
            /* Columns that were dropped keep their numbers. */
            &value_unknown, value_bool(column->not_null),
            value_bool(column->default_expr || column->generated), &value_false,
            letter(making, column->identity), letter(making, column->generated),
            number(making, column->type.modifier), NULL);
    }
    if (doubt)
        add(making, true, object(making, 'r', relation), NULL);
}

static void make_attributes(Making *making)
{
    relations(making, attribute_rows);
}

static void type_row(Making *making, const Type *type)
{
    add(making, false, object(making, 't', type), text(making, type->name),
        schema(making, type->schema), letter(making, type->kind == TYPE_MISSING ? 'b' : type->kind),
        letter(making, type->category), object(making, 'r', type->relation),
        object(making, 't', catalog_type(making->catalog, type->element)),
        object(making, 't', catalog_type(making->catalog, type->array)), value_bool(type->not_null),
        object(making, 't',
               type->kind == TYPE_DOMAIN ? catalog_type(making->catalog, type->base.oid) : NULL),
        NULL);
}

static void make_types(Making *making)
{
    size_t count = 0;
    const BuiltinType *types = builtin_types(&count);

    for (size_t i = 0; i < making->catalog->types.count; i++) {
        const Type *type = making->catalog->types.items[i];

        /* What is gone has no schema left. */
        if (*type->schema && type->kind != TYPE_MISSING && is_there(making, type->known))
            type_row(making, type);
    }
    for (size_t i = 0; i < count; i++)
        type_row(making, catalog_type(making->catalog, types[i].oid));
}

static void make_labels(Making *making)
{
    for (size_t i = 0; i < making->catalog->types.count; i++) {
        const Type *type = making->catalog->types.items[i];
        bool doubt = vec_has_text(&type->inexact, "labels");

        if (type->kind != TYPE_ENUM || !*type->schema || !is_there(making, type->known))
            continue;
        for (size_t k = 0; k < type->labels.count; k++)
            add(making, doubt, object(making, 't', type), text(making, type->labels.items[k]),
                number(making, (int64_t)k + 1), NULL);
        if (doubt)
            add(making, true, object(making, 't', type), NULL);
    }
}

static const Value *argument_types(Making *making, const Oid *types, size_t count)
{
    Vec items = {0};

    for (size_t i = 0; i < count; i++)
        vec_add(making->arena, &items,
                object(making, 't', catalog_type(making->catalog, types[i])));
    return value_array(making->arena, &items);
}

static void make_functions(Making *making)
{
    size_t count = 0;
    const BuiltinFunction *functions = builtin_all_functions(&count);

    for (size_t i = 0; i < making->catalog->functions.count; i++) {
        const Function *function = making->catalog->functions.items[i];
        const Proc *proc = &function->proc;

        if (is_there(making, function->known))
            add(making, false, object(making, 'p', function), text(making, proc->name),
                schema(making, proc->schema),
                letter(making, strchr("aoh", proc->kind) ? 'a' : proc->kind),
                object(making, 't', catalog_type(making->catalog, proc->result)),
                number(making, (int64_t)proc->count),
                argument_types(making, proc->arguments, proc->count),
                text(making, function->body ? function->body : ""),
                value_bool(function->security_definer), letter(making, function->volatility),
                value_bool(proc->set), owner(making, &function->rights), NULL);
    }
    for (size_t i = 0; i < count; i++)
        add(making, false, object(making, 'b', &functions[i]), text(making, functions[i].name),
            object(making, 'n', server_schema),
            letter(making, strchr("aoh", functions[i].kind) ? 'a' : functions[i].kind),
            object(making, 't', catalog_type(making->catalog, functions[i].result)),
            number(making, functions[i].count), NULL);
    /* What those bring whose content is not known. */
    for (size_t i = 0; i < making->catalog->extensions.count; i++) {
        const Extension *extension = making->catalog->extensions.items[i];

        if (!extension->complete)
            add(making, true, &value_unknown, &value_unknown, schema(making, extension->schema),
                NULL);
    }
}

/* The numbers of columns: how many there are is known, but not which. */
static const Value *places(Making *making, const Vec *columns)
{
    Vec items = {0};

    for (size_t i = 0; i < columns->count; i++)
        vec_add(making->arena, &items, &value_unknown);
    return value_array(making->arena, &items);
}

static void constraint_rows(Making *making, Relation *relation)
{
    bool doubt = in_doubt(relation, "constraints");

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        add(making, doubt, object(making, 'c', one), text(making, one->name),
            schema(making, relation->schema), letter(making, one->type),
            object(making, 'r', relation),
            one->references ? object(making, 'r', one->references) : number(making, 0),
            number(making, 0), places(making, &one->columns),
            places(making, &one->reference_columns), value_bool(one->deferrable),
            value_bool(!one->not_valid), letter(making, one->on_delete),
            letter(making, one->on_update), NULL);
    }
    if (doubt)
        add(making, true, &value_unknown, &value_unknown, schema(making, relation->schema),
            &value_unknown, object(making, 'r', relation), NULL);
}

static void make_constraints(Making *making)
{
    relations(making, constraint_rows);
    for (size_t i = 0; i < making->catalog->types.count; i++) {
        const Type *type = making->catalog->types.items[i];

        for (size_t k = 0;
             type->kind == TYPE_DOMAIN && *type->schema && k < type->constraints.count; k++) {
            const Constraint *one = type->constraints.items[k];

            add(making, false, object(making, 'c', one), text(making, one->name),
                schema(making, type->schema), letter(making, 'c'), number(making, 0),
                number(making, 0), object(making, 't', type), NULL);
        }
    }
}

static void index_row(Making *making, const Relation *relation, const Index *index, bool primary,
                      bool doubt)
{
    add(making, doubt, object(making, 'i', index), object(making, 'r', relation),
        value_bool(index->unique), value_bool(primary), &value_unknown,
        index->predicate ? some_text(making) : &value_null, NULL);
}

static void index_rows(Making *making, Relation *relation)
{
    for (size_t i = 0; i < relation->indexes.count; i++)
        index_row(making, relation, relation->indexes.items[i], false,
                  in_doubt(relation, "indexes"));
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        if (one->index && !vec_has(&relation->indexes, one->index))
            index_row(making, relation, one->index, one->type == 'p',
                      in_doubt(relation, "constraints"));
    }
    if (in_doubt(relation, "indexes") || in_doubt(relation, "constraints"))
        add(making, true, &value_unknown, object(making, 'r', relation), NULL);
}

static void make_index_rows(Making *making)
{
    relations(making, index_rows);
}

static void trigger_rows(Making *making, Relation *relation)
{
    bool doubt = in_doubt(relation, "triggers");

    for (size_t i = 0; i < relation->triggers.count; i++) {
        const Trigger *trigger = relation->triggers.items[i];

        add(making, doubt, object(making, 'g', trigger), text(making, trigger->name),
            object(making, 'r', relation), object(making, 'p', trigger->function), &value_false,
            letter(making, trigger->firing), NULL);
    }
    if (doubt)
        add(making, true, &value_unknown, &value_unknown, object(making, 'r', relation), NULL);
}

static void make_triggers(Making *making)
{
    relations(making, trigger_rows);
}

static const Value *policy_command(Making *making, const Policy *policy)
{
    const char *command = policy->command;

    return letter(making, strcmp(command, "select") == 0   ? 'r'
                          : strcmp(command, "insert") == 0 ? 'a'
                          : strcmp(command, "update") == 0 ? 'w'
                          : strcmp(command, "delete") == 0 ? 'd'
                                                           : '*');
}

static void policy_rows(Making *making, Relation *relation)
{
    bool doubt = in_doubt(relation, "policies");

    for (size_t i = 0; i < relation->policies.count; i++) {
        const Policy *policy = relation->policies.items[i];

        add(making, doubt, object(making, 'y', policy), text(making, policy->name),
            object(making, 'r', relation), policy_command(making, policy),
            value_bool(!policy->restrictive), NULL);
    }
    if (doubt)
        add(making, true, &value_unknown, &value_unknown, object(making, 'r', relation), NULL);
}

static void make_policy(Making *making)
{
    relations(making, policy_rows);
}

static const Value *texts(Making *making, const Vec *items)
{
    Vec values = {0};

    for (size_t i = 0; i < items->count; i++)
        vec_add(making->arena, &values, text(making, items->items[i]));
    return value_array(making->arena, &values);
}

static void policies_rows(Making *making, Relation *relation)
{
    bool doubt = in_doubt(relation, "policies");

    for (size_t i = 0; i < relation->policies.count; i++) {
        const Policy *policy = relation->policies.items[i];
        char *command = arena_strdup(making->arena, policy->command);

        for (char *c = command; *c; c++)
            *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
        add(making, doubt, text(making, relation->schema), text(making, relation->name),
            text(making, policy->name),
            text(making, policy->restrictive ? "RESTRICTIVE" : "PERMISSIVE"),
            texts(making, &policy->roles), text(making, command),
            policy->using_expr ? some_text(making) : &value_null,
            policy->check ? some_text(making) : &value_null, NULL);
    }
    if (doubt)
        add(making, true, text(making, relation->schema), text(making, relation->name), NULL);
}

static void make_policies(Making *making)
{
    relations(making, policies_rows);
}

static void tables_rows(Making *making, Relation *relation)
{
    if (relation->kind == 'r' || relation->kind == 'p')
        add(making, false, text(making, relation->schema), text(making, relation->name),
            owner(making, &relation->rights), &value_unknown, &value_unknown, &value_unknown,
            &value_unknown, value_bool(relation->row_security), NULL);
}

static void make_tables(Making *making)
{
    relations(making, tables_rows);
}

static void views_rows(Making *making, Relation *relation)
{
    if (relation->kind == 'v')
        add(making, false, text(making, relation->schema), text(making, relation->name),
            owner(making, &relation->rights), some_text(making), NULL);
}

static void make_views(Making *making)
{
    relations(making, views_rows);
}

static void matviews_rows(Making *making, Relation *relation)
{
    if (relation->kind == 'm')
        add(making, false, text(making, relation->schema), text(making, relation->name),
            owner(making, &relation->rights), NULL);
}

static void make_matviews(Making *making)
{
    relations(making, matviews_rows);
}

static void indexes_rows(Making *making, Relation *relation)
{
    for (size_t i = 0; i < relation->indexes.count; i++)
        add(making, in_doubt(relation, "indexes"), text(making, relation->schema),
            text(making, relation->name),
            text(making, ((const Index *)relation->indexes.items[i])->name), &value_null,
            some_text(making), NULL);
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        if (one->index && !vec_has(&relation->indexes, one->index))
            add(making, in_doubt(relation, "constraints"), text(making, relation->schema),
                text(making, relation->name), text(making, one->name), &value_null,
                some_text(making), NULL);
    }
    if (in_doubt(relation, "indexes") || in_doubt(relation, "constraints"))
        add(making, true, text(making, relation->schema), text(making, relation->name), NULL);
}

static void make_indexes(Making *making)
{
    relations(making, indexes_rows);
}

static void sequences_rows(Making *making, Relation *relation)
{
    if (relation->kind == 'S')
        add(making, false, text(making, relation->schema), text(making, relation->name),
            owner(making, &relation->rights), text(making, relation->data_type), NULL);
}

static void make_sequences(Making *making)
{
    relations(making, sequences_rows);
}

static void make_extensions(Making *making)
{
    for (size_t i = 0; i < making->catalog->extensions.count; i++) {
        const Extension *extension = making->catalog->extensions.items[i];

        add(making, false, object(making, 'x', extension), text(making, extension->name),
            schema(making, extension->schema), some_text(making), NULL);
    }
}

static void make_available(Making *making)
{
    size_t count = 0;
    const char *const(*shipped)[2] = schema_shipped(&count);

    for (size_t i = 0; i < count; i++)
        /* Those for other languages are packages of their own. */
        add(making, !shipped[i][1], text(making, shipped[i][0]), NULL);
    rows_add_maybe(making->arena, making->set);
}

static void role_row(Making *making, const char *name, const void *identity)
{
    add(making, false, object(making, 'o', identity), text(making, name), NULL);
}

static void make_roles(Making *making)
{
    static const char *const project[] = {"anon",
                                          "authenticated",
                                          "authenticator",
                                          "service_role",
                                          "supabase_admin",
                                          "supabase_auth_admin",
                                          "supabase_storage_admin",
                                          "dashboard_user",
                                          NULL};

    role_row(making, rights_database_owner, rights_database_owner);
    for (size_t i = 0; i < making->catalog->things.count; i++) {
        const Thing *thing = making->catalog->things.items[i];

        if (thing->kind == KIND_ROLE && strcmp(thing->name, rights_database_owner) != 0)
            role_row(making, thing->name, thing);
    }
    for (size_t i = 0; making->replay->supabase && project[i]; i++) {
        bool known = false;

        for (size_t k = 0; k < making->catalog->things.count; k++) {
            const Thing *thing = making->catalog->things.items[k];

            known |= thing->kind == KIND_ROLE && strcmp(thing->name, project[i]) == 0;
        }
        if (!known)
            role_row(making, project[i], project[i]);
    }
}

static void make_publications(Making *making)
{
    for (size_t i = 0; i < making->catalog->things.count; i++) {
        const Thing *thing = making->catalog->things.items[i];

        if (thing->kind == KIND_PUBLICATION && is_there(making, thing->known))
            add(making, false, object(making, 'u', thing), text(making, thing->name), NULL);
    }
}

static void make_published(Making *making, bool names)
{
    for (size_t i = 0; i < making->catalog->things.count; i++) {
        const Thing *thing = making->catalog->things.items[i];

        if (thing->kind != KIND_PUBLICATION)
            continue;
        for (size_t k = 0; k < thing->items.count; k++) {
            const Relation *relation = ((const Published *)thing->items.items[k])->relation;

            if (names)
                add(making, false, text(making, thing->name), text(making, relation->schema),
                    text(making, relation->name), NULL);
            else
                add(making, false, object(making, 'u', thing), object(making, 'r', relation), NULL);
        }
        /* One of all tables, or of those of a schema, has more. */
        if (json_is_true(json_object_get(thing->members, "all_tables")) || thing->texts.count)
            add(making, true, names ? text(making, thing->name) : object(making, 'u', thing), NULL);
    }
}

static void make_publication_tables(Making *making)
{
    make_published(making, true);
}

static void make_publication_rel(Making *making)
{
    make_published(making, false);
}

static void make_databases(Making *making)
{
    add(making, false, database(making), NULL);
    rows_add_maybe(making->arena, making->set);
}

static void make_depends(Making *making)
{
    for (size_t i = 0; i < making->catalog->functions.count; i++) {
        const Function *function = making->catalog->functions.items[i];

        if (function->extension)
            add(making, false, object(making, 'p', function),
                object(making, 'x', function->extension), letter(making, 'e'), NULL);
    }
    for (size_t i = 0; i < making->catalog->types.count; i++) {
        const Type *type = making->catalog->types.items[i];

        if (type->extension)
            add(making, false, object(making, 't', type), object(making, 'x', type->extension),
                letter(making, 'e'), NULL);
    }
    add(making, true, &value_unknown, object(making, '?', something), NULL);
}

/* ---- information_schema ---- */

static void make_schemata(Making *making)
{
    for (size_t i = 0; i < making->catalog->schemas.count; i++) {
        const Schema *one = making->catalog->schemas.items[i];

        if (schema_is_there(making, one))
            add(making, false, database(making), text(making, one->name),
                owner(making, &one->rights), NULL);
    }
    add(making, false, database(making), text(making, server_schema), NULL);
    add(making, false, database(making), text(making, information_schema), NULL);
}

static void information_tables_rows(Making *making, Relation *relation)
{
    if (is_table(relation) || relation->kind == 'v')
        add(making, false, database(making), text(making, relation->schema),
            text(making, relation->name),
            text(making, relation->kind == 'v'   ? "VIEW"
                         : relation->kind == 'f' ? "FOREIGN"
                                                 : "BASE TABLE"),
            NULL);
}

static void make_information_tables(Making *making)
{
    relations(making, information_tables_rows);
}

static void information_views_rows(Making *making, Relation *relation)
{
    if (relation->kind == 'v')
        add(making, false, database(making), text(making, relation->schema),
            text(making, relation->name), some_text(making), NULL);
}

static void make_information_views(Making *making)
{
    relations(making, information_views_rows);
}

static const Value *data_type(Making *making, const Type *type)
{
    if (!type)
        return &value_unknown;
    if (type->element && type->category == 'A')
        return text(making, "ARRAY");
    if (strcmp(type->schema, server_schema) != 0)
        return text(making, "USER-DEFINED");
    return text(making, types_format(making->catalog, (TypeRef){type->oid, -1}));
}

static void columns_rows(Making *making, Relation *relation)
{
    bool doubt = in_doubt(relation, "columns");

    if (!is_table(relation) && relation->kind != 'v')
        return;
    for (size_t i = 0; i < relation->columns.count; i++) {
        const Column *column = relation->columns.items[i];
        int32_t modifier = column->type.modifier;
        const Type *type = catalog_type(
            making->catalog, catalog_base_type(making->catalog, column->type.oid, &modifier));
        bool text_type = type && (type->oid == VARCHAROID || type->oid == BPCHAROID);

        add(making, doubt, database(making), text(making, relation->schema),
            text(making, relation->name), text(making, column->name), &value_unknown,
            column->default_expr && !column->generated && !column->identity ? some_text(making)
                                                                            : &value_null,
            yes_no(making, !column->not_null), data_type(making, type),
            text_type && modifier >= 0 ? number(making, modifier - 4) : &value_null,
            text(making, type ? type->schema : NULL), text(making, type ? type->name : NULL),
            yes_no(making, column->identity != 0),
            text(making, column->generated ? "ALWAYS" : "NEVER"), NULL);
    }
    if (doubt)
        add(making, true, database(making), text(making, relation->schema),
            text(making, relation->name), NULL);
}

static void make_columns(Making *making)
{
    relations(making, columns_rows);
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
    bool doubt = in_doubt(relation, "constraints");

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        if (one->type != 'x')
            add(making, doubt, database(making), text(making, relation->schema),
                text(making, one->name), database(making), text(making, relation->schema),
                text(making, relation->name), text(making, constraint_type(one->type)), NULL);
    }
    if (doubt)
        add(making, true, database(making), text(making, relation->schema), &value_unknown,
            database(making), text(making, relation->schema), text(making, relation->name), NULL);
}

static void make_table_constraints(Making *making)
{
    relations(making, table_constraints_rows);
}

static void key_usage_rows(Making *making, Relation *relation)
{
    bool doubt = in_doubt(relation, "constraints");

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        for (size_t k = 0; strchr("puf", one->type) && k < one->columns.count; k++)
            add(making, doubt, database(making), text(making, relation->schema),
                text(making, one->name), database(making), text(making, relation->schema),
                text(making, relation->name),
                text(making, ((const Column *)one->columns.items[k])->name),
                number(making, (int64_t)k + 1), NULL);
    }
    if (doubt)
        add(making, true, database(making), text(making, relation->schema), &value_unknown,
            database(making), text(making, relation->schema), text(making, relation->name), NULL);
}

static void make_key_usage(Making *making)
{
    relations(making, key_usage_rows);
}

static void column_usage_rows(Making *making, Relation *relation)
{
    bool doubt = in_doubt(relation, "constraints");

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];
        const Relation *used = one->references ? one->references : relation;
        const Vec *columns = one->references ? &one->reference_columns : &one->columns;

        if (one->type == 'c')
            add(making, true, database(making), text(making, used->schema),
                text(making, used->name), &value_unknown, database(making),
                text(making, relation->schema), text(making, one->name), NULL);
        for (size_t k = 0; one->type != 'c' && k < columns->count; k++)
            if (columns->items[k])
                add(making, doubt, database(making), text(making, used->schema),
                    text(making, used->name),
                    text(making, ((const Column *)columns->items[k])->name), database(making),
                    text(making, relation->schema), text(making, one->name), NULL);
    }
    if (doubt)
        rows_add_maybe(making->arena, making->set);
}

static void make_column_usage(Making *making)
{
    relations(making, column_usage_rows);
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
    bool doubt = in_doubt(relation, "constraints");

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        if (one->type == 'f')
            add(making, doubt, database(making), text(making, relation->schema),
                text(making, one->name), text(making, action_rule(one->on_update)),
                text(making, action_rule(one->on_delete)), NULL);
    }
    if (doubt)
        add(making, true, database(making), text(making, relation->schema), NULL);
}

static void make_referential(Making *making)
{
    relations(making, referential_rows);
}

static void check_rows(Making *making, Relation *relation)
{
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        if (one->type == 'c')
            add(making, in_doubt(relation, "constraints"), database(making),
                text(making, relation->schema), text(making, one->name), some_text(making), NULL);
    }
    if (in_doubt(relation, "constraints"))
        add(making, true, database(making), text(making, relation->schema), NULL);
}

static void make_checks(Making *making)
{
    relations(making, check_rows);
}

static void make_routines(Making *making)
{
    for (size_t i = 0; i < making->catalog->functions.count; i++) {
        const Function *function = making->catalog->functions.items[i];

        if (is_there(making, function->known) && strchr("fp", function->proc.kind))
            add(making, false, database(making), text(making, function->proc.schema),
                text(making, function->proc.name),
                text(making, function->proc.kind == 'p' ? "PROCEDURE" : "FUNCTION"),
                text(making, function->proc.schema), NULL);
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
                add(making, in_doubt(relation, "triggers"), database(making),
                    text(making, relation->schema), text(making, trigger->name),
                    text(making, events[k].name), text(making, relation->schema),
                    text(making, relation->name),
                    text(making, trigger->timing & 2    ? "BEFORE"
                                 : trigger->timing & 64 ? "INSTEAD OF"
                                                        : "AFTER"),
                    NULL);
    }
    if (in_doubt(relation, "triggers"))
        add(making, true, database(making), text(making, relation->schema), &value_unknown,
            &value_unknown, text(making, relation->schema), text(making, relation->name), NULL);
}

static void make_information_triggers(Making *making)
{
    relations(making, information_triggers_rows);
}

static void information_sequences_rows(Making *making, Relation *relation)
{
    /* Those of identity columns are left out. */
    if (relation->kind == 'S' && !relation->identity)
        add(making, false, database(making), text(making, relation->schema),
            text(making, relation->name), text(making, relation->data_type), NULL);
}

static void make_information_sequences(Making *making)
{
    relations(making, information_sequences_rows);
}

/* ---- which there are ---- */

static const struct {
    const char *schema;
    const char *name;
    MakeFn *make;
    KindId kind; /* when this section is not known, neither is the catalog */
    const char *names[16];
} catalogs[] = {
    {server_schema, "pg_namespace", make_namespaces, KIND_SCHEMA, {"oid", "nspname", "nspowner"}},
    {server_schema,
     "pg_class",
     make_classes,
     KIND_TABLE,
     {"oid", "relname", "relnamespace", "relkind", "reltype", "relrowsecurity",
      "relforcerowsecurity", "relispartition", "relpersistence", "relhasindex", "relowner",
      "reltuples", "reloptions", "relacl"}},
    {server_schema,
     "pg_attribute",
     make_attributes,
     KIND_TABLE,
     {"attrelid", "attname", "atttypid", "attnum", "attnotnull", "atthasdef", "attisdropped",
      "attidentity", "attgenerated", "atttypmod", "attcollation"}},
    {server_schema,
     "pg_type",
     make_types,
     KIND_ENUM,
     {"oid", "typname", "typnamespace", "typtype", "typcategory", "typrelid", "typelem", "typarray",
      "typnotnull", "typbasetype", "typowner", "typlen"}},
    {server_schema,
     "pg_enum",
     make_labels,
     KIND_ENUM,
     {"enumtypid", "enumlabel", "enumsortorder", "oid"}},
    {server_schema,
     "pg_proc",
     make_functions,
     KIND_FUNCTION,
     {"oid", "proname", "pronamespace", "prokind", "prorettype", "pronargs", "proargtypes",
      "prosrc", "prosecdef", "provolatile", "proretset", "proowner", "prolang", "proconfig",
      "proacl"}},
    {server_schema,
     "pg_constraint",
     make_constraints,
     KIND_TABLE,
     {"oid", "conname", "connamespace", "contype", "conrelid", "confrelid", "contypid", "conkey",
      "confkey", "condeferrable", "convalidated", "confdeltype", "confupdtype", "conindid"}},
    {server_schema,
     "pg_index",
     make_index_rows,
     KIND_TABLE,
     {"indexrelid", "indrelid", "indisunique", "indisprimary", "indisvalid", "indpred", "indkey",
      "indexprs"}},
    {server_schema,
     "pg_trigger",
     make_triggers,
     KIND_TABLE,
     {"oid", "tgname", "tgrelid", "tgfoid", "tgisinternal", "tgenabled", "tgtype", "tgconstraint",
      "tgparentid"}},
    {server_schema,
     "pg_policy",
     make_policy,
     KIND_TABLE,
     {"oid", "polname", "polrelid", "polcmd", "polpermissive", "polroles", "polqual",
      "polwithcheck"}},
    {server_schema,
     "pg_policies",
     make_policies,
     KIND_TABLE,
     {"schemaname", "tablename", "policyname", "permissive", "roles", "cmd", "qual", "with_check"}},
    {server_schema,
     "pg_tables",
     make_tables,
     KIND_TABLE,
     {"schemaname", "tablename", "tableowner", "tablespace", "hasindexes", "hasrules",
      "hastriggers", "rowsecurity"}},
    {server_schema,
     "pg_views",
     make_views,
     KIND_VIEW,
     {"schemaname", "viewname", "viewowner", "definition"}},
    {server_schema,
     "pg_matviews",
     make_matviews,
     KIND_VIEW,
     {"schemaname", "matviewname", "matviewowner", "tablespace", "hasindexes", "ispopulated",
      "definition"}},
    {server_schema,
     "pg_indexes",
     make_indexes,
     KIND_TABLE,
     {"schemaname", "tablename", "indexname", "tablespace", "indexdef"}},
    {server_schema,
     "pg_sequences",
     make_sequences,
     KIND_SEQUENCE,
     {"schemaname", "sequencename", "sequenceowner", "data_type", "start_value", "min_value",
      "max_value", "increment_by", "cycle", "cache_size", "last_value"}},
    {server_schema,
     "pg_extension",
     make_extensions,
     KIND_EXTENSION,
     {"oid", "extname", "extnamespace", "extversion", "extowner", "extrelocatable"}},
    {server_schema,
     "pg_available_extensions",
     make_available,
     KIND_EXTENSION,
     {"name", "default_version", "installed_version", "comment"}},
    {server_schema,
     "pg_roles",
     make_roles,
     KIND_ROLE,
     {"oid", "rolname", "rolsuper", "rolinherit", "rolcreaterole", "rolcreatedb", "rolcanlogin",
      "rolreplication", "rolbypassrls"}},
    {server_schema,
     "pg_authid",
     make_roles,
     KIND_ROLE,
     {"oid", "rolname", "rolsuper", "rolinherit", "rolcreaterole", "rolcreatedb", "rolcanlogin",
      "rolreplication", "rolbypassrls"}},
    {server_schema,
     "pg_publication",
     make_publications,
     KIND_PUBLICATION,
     {"oid", "pubname", "pubowner", "puballtables"}},
    {server_schema,
     "pg_publication_tables",
     make_publication_tables,
     KIND_PUBLICATION,
     {"pubname", "schemaname", "tablename", "attnames", "rowfilter"}},
    {server_schema,
     "pg_publication_rel",
     make_publication_rel,
     KIND_PUBLICATION,
     {"prpubid", "prrelid"}},
    {server_schema,
     "pg_database",
     make_databases,
     KIND_DATABASE,
     {"datname", "oid", "datdba", "encoding"}},
    {server_schema,
     "pg_depend",
     make_depends,
     KIND_FUNCTION,
     {"objid", "refobjid", "deptype", "classid", "objsubid", "refclassid", "refobjsubid"}},
    {information_schema,
     "schemata",
     make_schemata,
     KIND_SCHEMA,
     {"catalog_name", "schema_name", "schema_owner"}},
    {information_schema,
     "tables",
     make_information_tables,
     KIND_TABLE,
     {"table_catalog", "table_schema", "table_name", "table_type", "is_insertable_into"}},
    {information_schema,
     "views",
     make_information_views,
     KIND_VIEW,
     {"table_catalog", "table_schema", "table_name", "view_definition"}},
    {information_schema,
     "columns",
     make_columns,
     KIND_TABLE,
     {"table_catalog", "table_schema", "table_name", "column_name", "ordinal_position",
      "column_default", "is_nullable", "data_type", "character_maximum_length", "udt_schema",
      "udt_name", "is_identity", "is_generated", "numeric_precision", "numeric_scale"}},
    {information_schema,
     "table_constraints",
     make_table_constraints,
     KIND_TABLE,
     {"constraint_catalog", "constraint_schema", "constraint_name", "table_catalog", "table_schema",
      "table_name", "constraint_type", "is_deferrable"}},
    {information_schema,
     "key_column_usage",
     make_key_usage,
     KIND_TABLE,
     {"constraint_catalog", "constraint_schema", "constraint_name", "table_catalog", "table_schema",
      "table_name", "column_name", "ordinal_position"}},
    {information_schema,
     "constraint_column_usage",
     make_column_usage,
     KIND_TABLE,
     {"table_catalog", "table_schema", "table_name", "column_name", "constraint_catalog",
      "constraint_schema", "constraint_name"}},
    {information_schema, "constraint_table_usage", NULL, KIND_TABLE, {"table_name"}},
    {information_schema,
     "referential_constraints",
     make_referential,
     KIND_TABLE,
     {"constraint_catalog", "constraint_schema", "constraint_name", "update_rule", "delete_rule",
      "unique_constraint_schema", "unique_constraint_name"}},
    {information_schema,
     "check_constraints",
     make_checks,
     KIND_TABLE,
     {"constraint_catalog", "constraint_schema", "constraint_name", "check_clause"}},
    {information_schema,
     "routines",
     make_routines,
     KIND_FUNCTION,
     {"routine_catalog", "routine_schema", "routine_name", "routine_type", "specific_schema",
      "specific_name", "data_type", "routine_definition"}},
    {information_schema,
     "triggers",
     make_information_triggers,
     KIND_TABLE,
     {"trigger_catalog", "trigger_schema", "trigger_name", "event_manipulation",
      "event_object_schema", "event_object_table", "action_timing", "action_statement"}},
    {information_schema,
     "sequences",
     make_information_sequences,
     KIND_SEQUENCE,
     {"sequence_catalog", "sequence_schema", "sequence_name", "data_type"}},
};

/* Whether the section that the catalog tells of is itself in doubt. */
static bool is_unread(const Replay *replay, KindId kind)
{
    static const KindId types[] = {KIND_ENUM, KIND_DOMAIN, KIND_COMPOSITE, KIND_RANGE,
                                   KIND_BASE_TYPE};

    for (size_t i = 0; kind == KIND_ENUM && i < sizeof types / sizeof *types; i++)
        if (replay->unread[types[i]])
            return true;
    return replay->unread[kind] ||
           (kind == KIND_TABLE && (replay->unread[KIND_VIEW] || replay->unread[KIND_SEQUENCE]));
}

bool rows_catalog(Replay *replay, Arena *arena, const char *schema_, const char *name, RowSet *ret)
{
    Making making = {.replay = replay, .arena = arena, .catalog = replay->catalog, .set = ret};

    for (size_t i = 0; i < sizeof catalogs / sizeof *catalogs; i++) {
        if (strcmp(catalogs[i].name, name) != 0 ||
            strcmp(schema_ ? schema_ : server_schema, catalogs[i].schema) != 0)
            continue;
        *ret = (RowSet){.names = catalogs[i].names};
        while (ret->names[ret->width])
            ret->width++;
        if (catalogs[i].make)
            catalogs[i].make(&making);
        if (is_unread(replay, catalogs[i].kind) || !catalogs[i].make) {
            for (size_t k = 0; k < ret->rows.count; k++)
                ((Row *)ret->rows.items[k])->maybe = true;
            rows_add_maybe(arena, ret);
        }
        return true;
    }
    /* Others there are, but nothing is known of their rows. */
    return false;
}

static const char *shown_name(Arena *arena, const char *schema_, const char *name, bool visible)
{
    return visible || strcmp(schema_, server_schema) == 0 ? names_quote(arena, name)
                                                          : names_qualified(arena, schema_, name);
}

static bool is_visible(Replay *replay, const Relation *relation)
{
    return catalog_relation(replay->catalog, NULL, relation->name) == relation;
}

static const char *function_name(Replay *replay, Arena *arena, const Function *function)
{
    const Proc *proc = &function->proc;
    bool visible = function_find(replay->catalog, NULL, proc->name, proc->arguments, proc->count,
                                 false) == function;
    const char *arguments = "";

    for (size_t i = 0; i < proc->count; i++)
        arguments = arena_printf(arena, "%s%s%s", arguments, i ? "," : "",
                                 types_format(replay->catalog, (TypeRef){proc->arguments[i], -1}));
    return arena_printf(arena, "%s(%s)", shown_name(arena, proc->schema, proc->name, visible),
                        arguments);
}

const Value *rows_name(Replay *replay, Arena *arena, const Value *value)
{
    if (value->kind != VALUE_OBJECT || !value->registered)
        return value;
    if (value->of == 'r') {
        const Relation *relation = value->object;

        return value_text(arena, shown_name(arena, relation->schema, relation->name,
                                            is_visible(replay, relation)));
    }
    if (value->of == 'p')
        return value_text(arena, function_name(replay, arena, value->object));
    if (value->of == 't')
        return value_text(arena, types_format(replay->catalog,
                                              (TypeRef){((const Type *)value->object)->oid, -1}));
    if (value->of == 'n' && value->object != server_schema && value->object != information_schema)
        return value_text(arena, names_quote(arena, ((const Schema *)value->object)->name));
    return &value_unknown;
}
