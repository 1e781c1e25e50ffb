#include "replay/rows_making.h"

#include <string.h>

static void make_namespaces(Making *making)
{
    for (size_t i = 0; i < making->catalog->schemas.count; i++) {
        const Schema *one = making->catalog->schemas.items[i];

        if (making_schema_is_there(making, one))
            making_add(making, false, making_object(making, 'n', one),
                       making_text(making, one->name), making_owner(making, &one->rights), NULL);
    }
    making_add(making, false, making_object(making, 'n', rows_server_schema),
               making_text(making, rows_server_schema), NULL);
    making_add(making, false, making_object(making, 'n', rows_standard_schema),
               making_text(making, rows_standard_schema), NULL);
}

static void class_rows(Making *making, Relation *relation)
{
    making_add(making, false, making_object(making, 'r', relation),
               making_text(making, relation->name), making_schema(making, relation->schema),
               making_letter(making, relation->kind), making_object(making, 't', relation->type),
               value_bool(relation->row_security), value_bool(relation->force_row_security),
               value_bool(relation->is_partition),
               making_letter(making, relation->unlogged ? 'u' : 'p'),
               value_bool(relation->indexes.count > 0), NULL);
    for (size_t i = 0; i < relation->indexes.count; i++) {
        const Index *index = relation->indexes.items[i];

        making_add(making, making_in_doubt(relation, "indexes"), making_object(making, 'i', index),
                   making_text(making, index->name), making_schema(making, relation->schema),
                   making_letter(making, relation->kind == 'p' ? 'I' : 'i'),
                   making_number(making, 0), &value_false, &value_false, &value_unknown,
                   making_letter(making, 'p'), &value_false, NULL);
    }
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *constraint = relation->constraints.items[i];

        if (constraint->index && !vec_has(&relation->indexes, constraint->index))
            making_add(making, making_in_doubt(relation, "constraints"),
                       making_object(making, 'i', constraint->index),
                       making_text(making, constraint->name),
                       making_schema(making, relation->schema),
                       making_letter(making, relation->kind == 'p' ? 'I' : 'i'),
                       making_number(making, 0), &value_false, &value_false, &value_unknown,
                       making_letter(making, 'p'), &value_false, NULL);
    }
    if (making_in_doubt(relation, "indexes"))
        making_add(making, true, &value_unknown, &value_unknown,
                   making_schema(making, relation->schema), making_letter(making, 'i'), NULL);
}

static void make_classes(Making *making)
{
    making_relations(making, class_rows);
}

static void attribute_rows(Making *making, Relation *relation)
{
    bool doubt = making_in_doubt(relation, "columns");

    for (size_t i = 0; i < relation->columns.count && making_has_columns(relation); i++) {
        const Column *column = relation->columns.items[i];

        making_add(
            making, doubt, making_object(making, 'r', relation), making_text(making, column->name),
            making_object(making, 't', catalog_type(making->catalog, column->type.oid)),
            /* Columns that were dropped keep their numbers. */
            &value_unknown, value_bool(column->not_null),
            value_bool(column->default_expr || column->generated), &value_false,
            making_letter(making, column->identity), making_letter(making, column->generated),
            making_number(making, column->type.modifier), NULL);
    }
    if (doubt)
        making_add(making, true, making_object(making, 'r', relation), NULL);
}

static void make_attributes(Making *making)
{
    making_relations(making, attribute_rows);
}

static void type_row(Making *making, const Type *type)
{
    making_add(making, false, making_object(making, 't', type), making_text(making, type->name),
               making_schema(making, type->schema),
               making_letter(making, type->kind == TYPE_MISSING ? 'b' : type->kind),
               making_letter(making, type->category), making_object(making, 'r', type->relation),
               making_object(making, 't', catalog_type(making->catalog, type->element)),
               making_object(making, 't', catalog_type(making->catalog, type->array)),
               value_bool(type->not_null),
               making_object(making, 't',
                             type->kind == TYPE_DOMAIN
                                 ? catalog_type(making->catalog, type->base.oid)
                                 : NULL),
               NULL);
}

static void make_types(Making *making)
{
    size_t count = 0;
    const BuiltinType *types = builtin_types(&count);

    for (size_t i = 0; i < making->catalog->types.count; i++) {
        const Type *type = making->catalog->types.items[i];

        /* What is gone has no schema left. */
        if (*type->schema && type->kind != TYPE_MISSING && making_is_there(making, type->known))
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

        if (type->kind != TYPE_ENUM || !*type->schema || !making_is_there(making, type->known))
            continue;
        for (size_t k = 0; k < type->labels.count; k++)
            making_add(making, doubt, making_object(making, 't', type),
                       making_text(making, type->labels.items[k]),
                       making_number(making, (int64_t)k + 1), NULL);
        if (doubt)
            making_add(making, true, making_object(making, 't', type), NULL);
    }
}

static const Value *argument_types(Making *making, const Oid *types, size_t count)
{
    Vec items = {0};

    for (size_t i = 0; i < count; i++)
        vec_add(making->arena, &items,
                making_object(making, 't', catalog_type(making->catalog, types[i])));
    return value_array(making->arena, &items);
}

static void make_functions(Making *making)
{
    size_t count = 0;
    const BuiltinFunction *functions = builtin_all_functions(&count);

    for (size_t i = 0; i < making->catalog->functions.count; i++) {
        const Function *function = making->catalog->functions.items[i];
        const Proc *proc = &function->proc;

        if (making_is_there(making, function->known))
            making_add(making, false, making_object(making, 'p', function),
                       making_text(making, proc->name), making_schema(making, proc->schema),
                       making_letter(making, strchr("aoh", proc->kind) ? 'a' : proc->kind),
                       making_object(making, 't', catalog_type(making->catalog, proc->result)),
                       making_number(making, (int64_t)proc->count),
                       argument_types(making, proc->arguments, proc->count),
                       making_text(making, function->body ? function->body : ""),
                       value_bool(function->security_definer),
                       making_letter(making, function->volatility), value_bool(proc->set),
                       making_owner(making, &function->rights), NULL);
    }
    for (size_t i = 0; i < count; i++)
        making_add(
            making, false, making_object(making, 'b', &functions[i]),
            making_text(making, functions[i].name), making_object(making, 'n', rows_server_schema),
            making_letter(making, strchr("aoh", functions[i].kind) ? 'a' : functions[i].kind),
            making_object(making, 't', catalog_type(making->catalog, functions[i].result)),
            making_number(making, functions[i].count), NULL);
    /* What those bring whose content is not known. */
    for (size_t i = 0; i < making->catalog->extensions.count; i++) {
        const Extension *extension = making->catalog->extensions.items[i];

        if (!extension->complete)
            making_add(making, true, &value_unknown, &value_unknown,
                       making_schema(making, extension->schema), NULL);
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
    bool doubt = making_in_doubt(relation, "constraints");

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        making_add(making, doubt, making_object(making, 'c', one), making_text(making, one->name),
                   making_schema(making, relation->schema), making_letter(making, one->type),
                   making_object(making, 'r', relation),
                   one->references ? making_object(making, 'r', one->references)
                                   : making_number(making, 0),
                   making_number(making, 0), places(making, &one->columns),
                   places(making, &one->reference_columns), value_bool(one->deferrable),
                   value_bool(!one->not_valid), making_letter(making, one->on_delete),
                   making_letter(making, one->on_update), NULL);
    }
    if (doubt)
        making_add(making, true, &value_unknown, &value_unknown,
                   making_schema(making, relation->schema), &value_unknown,
                   making_object(making, 'r', relation), NULL);
}

static void make_constraints(Making *making)
{
    making_relations(making, constraint_rows);
    for (size_t i = 0; i < making->catalog->types.count; i++) {
        const Type *type = making->catalog->types.items[i];

        for (size_t k = 0;
             type->kind == TYPE_DOMAIN && *type->schema && k < type->constraints.count; k++) {
            const Constraint *one = type->constraints.items[k];

            making_add(making, false, making_object(making, 'c', one),
                       making_text(making, one->name), making_schema(making, type->schema),
                       making_letter(making, 'c'), making_number(making, 0),
                       making_number(making, 0), making_object(making, 't', type), NULL);
        }
    }
}

static void index_row(Making *making, const Relation *relation, const Index *index, bool primary,
                      bool doubt)
{
    making_add(making, doubt, making_object(making, 'i', index),
               making_object(making, 'r', relation), value_bool(index->unique), value_bool(primary),
               &value_unknown, index->predicate ? making_some_text(making) : &value_null, NULL);
}

static void index_rows(Making *making, Relation *relation)
{
    for (size_t i = 0; i < relation->indexes.count; i++)
        index_row(making, relation, relation->indexes.items[i], false,
                  making_in_doubt(relation, "indexes"));
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        if (one->index && !vec_has(&relation->indexes, one->index))
            index_row(making, relation, one->index, one->type == 'p',
                      making_in_doubt(relation, "constraints"));
    }
    if (making_in_doubt(relation, "indexes") || making_in_doubt(relation, "constraints"))
        making_add(making, true, &value_unknown, making_object(making, 'r', relation), NULL);
}

static void make_index_rows(Making *making)
{
    making_relations(making, index_rows);
}

static void trigger_rows(Making *making, Relation *relation)
{
    bool doubt = making_in_doubt(relation, "triggers");

    for (size_t i = 0; i < relation->triggers.count; i++) {
        const Trigger *trigger = relation->triggers.items[i];

        making_add(making, doubt, making_object(making, 'g', trigger),
                   making_text(making, trigger->name), making_object(making, 'r', relation),
                   making_object(making, 'p', trigger->function), &value_false,
                   making_letter(making, trigger->firing), NULL);
    }
    if (doubt)
        making_add(making, true, &value_unknown, &value_unknown,
                   making_object(making, 'r', relation), NULL);
}

static void make_triggers(Making *making)
{
    making_relations(making, trigger_rows);
}

static const Value *policy_command(Making *making, const Policy *policy)
{
    const char *command = policy->command;

    return making_letter(making, strcmp(command, "select") == 0   ? 'r'
                                 : strcmp(command, "insert") == 0 ? 'a'
                                 : strcmp(command, "update") == 0 ? 'w'
                                 : strcmp(command, "delete") == 0 ? 'd'
                                                                  : '*');
}

static void policy_rows(Making *making, Relation *relation)
{
    bool doubt = making_in_doubt(relation, "policies");

    for (size_t i = 0; i < relation->policies.count; i++) {
        const Policy *policy = relation->policies.items[i];

        making_add(making, doubt, making_object(making, 'y', policy),
                   making_text(making, policy->name), making_object(making, 'r', relation),
                   policy_command(making, policy), value_bool(!policy->restrictive), NULL);
    }
    if (doubt)
        making_add(making, true, &value_unknown, &value_unknown,
                   making_object(making, 'r', relation), NULL);
}

static void make_policy(Making *making)
{
    making_relations(making, policy_rows);
}

static const Value *texts(Making *making, const Vec *items)
{
    Vec values = {0};

    for (size_t i = 0; i < items->count; i++)
        vec_add(making->arena, &values, making_text(making, items->items[i]));
    return value_array(making->arena, &values);
}

static void policies_rows(Making *making, Relation *relation)
{
    bool doubt = making_in_doubt(relation, "policies");

    for (size_t i = 0; i < relation->policies.count; i++) {
        const Policy *policy = relation->policies.items[i];
        char *command = arena_strdup(making->arena, policy->command);

        for (char *c = command; *c; c++)
            *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
        making_add(making, doubt, making_text(making, relation->schema),
                   making_text(making, relation->name), making_text(making, policy->name),
                   making_text(making, policy->restrictive ? "RESTRICTIVE" : "PERMISSIVE"),
                   texts(making, &policy->roles), making_text(making, command),
                   policy->using_expr ? making_some_text(making) : &value_null,
                   policy->check ? making_some_text(making) : &value_null, NULL);
    }
    if (doubt)
        making_add(making, true, making_text(making, relation->schema),
                   making_text(making, relation->name), NULL);
}

static void make_policies(Making *making)
{
    making_relations(making, policies_rows);
}

static void tables_rows(Making *making, Relation *relation)
{
    if (relation->kind == 'r' || relation->kind == 'p')
        making_add(making, false, making_text(making, relation->schema),
                   making_text(making, relation->name), making_owner(making, &relation->rights),
                   &value_unknown, &value_unknown, &value_unknown, &value_unknown,
                   value_bool(relation->row_security), NULL);
}

static void make_tables(Making *making)
{
    making_relations(making, tables_rows);
}

static void views_rows(Making *making, Relation *relation)
{
    if (relation->kind == 'v')
        making_add(making, false, making_text(making, relation->schema),
                   making_text(making, relation->name), making_owner(making, &relation->rights),
                   making_some_text(making), NULL);
}

static void make_views(Making *making)
{
    making_relations(making, views_rows);
}

static void matviews_rows(Making *making, Relation *relation)
{
    if (relation->kind == 'm')
        making_add(making, false, making_text(making, relation->schema),
                   making_text(making, relation->name), making_owner(making, &relation->rights),
                   NULL);
}

static void make_matviews(Making *making)
{
    making_relations(making, matviews_rows);
}

static void indexes_rows(Making *making, Relation *relation)
{
    for (size_t i = 0; i < relation->indexes.count; i++)
        making_add(making, making_in_doubt(relation, "indexes"),
                   making_text(making, relation->schema), making_text(making, relation->name),
                   making_text(making, ((const Index *)relation->indexes.items[i])->name),
                   &value_null, making_some_text(making), NULL);
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *one = relation->constraints.items[i];

        if (one->index && !vec_has(&relation->indexes, one->index))
            making_add(making, making_in_doubt(relation, "constraints"),
                       making_text(making, relation->schema), making_text(making, relation->name),
                       making_text(making, one->name), &value_null, making_some_text(making), NULL);
    }
    if (making_in_doubt(relation, "indexes") || making_in_doubt(relation, "constraints"))
        making_add(making, true, making_text(making, relation->schema),
                   making_text(making, relation->name), NULL);
}

static void make_indexes(Making *making)
{
    making_relations(making, indexes_rows);
}

static void sequences_rows(Making *making, Relation *relation)
{
    if (relation->kind == 'S')
        making_add(making, false, making_text(making, relation->schema),
                   making_text(making, relation->name), making_owner(making, &relation->rights),
                   making_text(making, relation->data_type), NULL);
}

static void make_sequences(Making *making)
{
    making_relations(making, sequences_rows);
}

static void make_extensions(Making *making)
{
    for (size_t i = 0; i < making->catalog->extensions.count; i++) {
        const Extension *extension = making->catalog->extensions.items[i];

        making_add(making, false, making_object(making, 'x', extension),
                   making_text(making, extension->name), making_schema(making, extension->schema),
                   making_some_text(making), NULL);
    }
}

static void make_available(Making *making)
{
    size_t count = 0;
    const char *const(*shipped)[2] = schema_shipped(&count);

    for (size_t i = 0; i < count; i++)
        /* Those for other languages are packages of their own. */
        making_add(making, !shipped[i][1], making_text(making, shipped[i][0]), NULL);
    rows_add_maybe(making->arena, making->set);
}

static void role_row(Making *making, const char *name, const void *identity)
{
    making_add(making, false, making_object(making, 'o', identity), making_text(making, name),
               NULL);
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

        if (thing->kind == KIND_PUBLICATION && making_is_there(making, thing->known))
            making_add(making, false, making_object(making, 'u', thing),
                       making_text(making, thing->name), NULL);
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
                making_add(making, false, making_text(making, thing->name),
                           making_text(making, relation->schema),
                           making_text(making, relation->name), NULL);
            else
                making_add(making, false, making_object(making, 'u', thing),
                           making_object(making, 'r', relation), NULL);
        }
        /* One of all tables, or of those of a schema, has more. */
        if (json_is_true(json_object_get(thing->members, "all_tables")) || thing->texts.count)
            making_add(making, true,
                       names ? making_text(making, thing->name) : making_object(making, 'u', thing),
                       NULL);
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
    making_add(making, false, making_database(making), NULL);
    rows_add_maybe(making->arena, making->set);
}

static void make_depends(Making *making)
{
    for (size_t i = 0; i < making->catalog->functions.count; i++) {
        const Function *function = making->catalog->functions.items[i];

        if (function->extension)
            making_add(making, false, making_object(making, 'p', function),
                       making_object(making, 'x', function->extension), making_letter(making, 'e'),
                       NULL);
    }
    for (size_t i = 0; i < making->catalog->types.count; i++) {
        const Type *type = making->catalog->types.items[i];

        if (type->extension)
            making_add(making, false, making_object(making, 't', type),
                       making_object(making, 'x', type->extension), making_letter(making, 'e'),
                       NULL);
    }
    making_add(making, true, &value_unknown, making_object(making, '?', making_something), NULL);
}

const RowsCatalog rows_of_server[] = {
    {"pg_namespace", make_namespaces, KIND_SCHEMA, {"oid", "nspname", "nspowner"}},
    {"pg_class",
     make_classes,
     KIND_TABLE,
     {"oid", "relname", "relnamespace", "relkind", "reltype", "relrowsecurity",
      "relforcerowsecurity", "relispartition", "relpersistence", "relhasindex", "relowner",
      "reltuples", "reloptions", "relacl"}},
    {"pg_attribute",
     make_attributes,
     KIND_TABLE,
     {"attrelid", "attname", "atttypid", "attnum", "attnotnull", "atthasdef", "attisdropped",
      "attidentity", "attgenerated", "atttypmod", "attcollation"}},
    {"pg_type",
     make_types,
     KIND_ENUM,
     {"oid", "typname", "typnamespace", "typtype", "typcategory", "typrelid", "typelem", "typarray",
      "typnotnull", "typbasetype", "typowner", "typlen"}},
    {"pg_enum", make_labels, KIND_ENUM, {"enumtypid", "enumlabel", "enumsortorder", "oid"}},
    {"pg_proc",
     make_functions,
     KIND_FUNCTION,
     {"oid", "proname", "pronamespace", "prokind", "prorettype", "pronargs", "proargtypes",
      "prosrc", "prosecdef", "provolatile", "proretset", "proowner", "prolang", "proconfig",
      "proacl"}},
    {"pg_constraint",
     make_constraints,
     KIND_TABLE,
     {"oid", "conname", "connamespace", "contype", "conrelid", "confrelid", "contypid", "conkey",
      "confkey", "condeferrable", "convalidated", "confdeltype", "confupdtype", "conindid"}},
    {"pg_index",
     make_index_rows,
     KIND_TABLE,
     {"indexrelid", "indrelid", "indisunique", "indisprimary", "indisvalid", "indpred", "indkey",
      "indexprs"}},
    {"pg_trigger",
     make_triggers,
     KIND_TABLE,
     {"oid", "tgname", "tgrelid", "tgfoid", "tgisinternal", "tgenabled", "tgtype", "tgconstraint",
      "tgparentid"}},
    {"pg_policy",
     make_policy,
     KIND_TABLE,
     {"oid", "polname", "polrelid", "polcmd", "polpermissive", "polroles", "polqual",
      "polwithcheck"}},
    {"pg_policies",
     make_policies,
     KIND_TABLE,
     {"schemaname", "tablename", "policyname", "permissive", "roles", "cmd", "qual", "with_check"}},
    {"pg_tables",
     make_tables,
     KIND_TABLE,
     {"schemaname", "tablename", "tableowner", "tablespace", "hasindexes", "hasrules",
      "hastriggers", "rowsecurity"}},
    {"pg_views", make_views, KIND_VIEW, {"schemaname", "viewname", "viewowner", "definition"}},
    {"pg_matviews",
     make_matviews,
     KIND_VIEW,
     {"schemaname", "matviewname", "matviewowner", "tablespace", "hasindexes", "ispopulated",
      "definition"}},
    {"pg_indexes",
     make_indexes,
     KIND_TABLE,
     {"schemaname", "tablename", "indexname", "tablespace", "indexdef"}},
    {"pg_sequences",
     make_sequences,
     KIND_SEQUENCE,
     {"schemaname", "sequencename", "sequenceowner", "data_type", "start_value", "min_value",
      "max_value", "increment_by", "cycle", "cache_size", "last_value"}},
    {"pg_extension",
     make_extensions,
     KIND_EXTENSION,
     {"oid", "extname", "extnamespace", "extversion", "extowner", "extrelocatable"}},
    {"pg_available_extensions",
     make_available,
     KIND_EXTENSION,
     {"name", "default_version", "installed_version", "comment"}},
    {"pg_roles",
     make_roles,
     KIND_ROLE,
     {"oid", "rolname", "rolsuper", "rolinherit", "rolcreaterole", "rolcreatedb", "rolcanlogin",
      "rolreplication", "rolbypassrls"}},
    {"pg_authid",
     make_roles,
     KIND_ROLE,
     {"oid", "rolname", "rolsuper", "rolinherit", "rolcreaterole", "rolcreatedb", "rolcanlogin",
      "rolreplication", "rolbypassrls"}},
    {"pg_publication",
     make_publications,
     KIND_PUBLICATION,
     {"oid", "pubname", "pubowner", "puballtables"}},
    {"pg_publication_tables",
     make_publication_tables,
     KIND_PUBLICATION,
     {"pubname", "schemaname", "tablename", "attnames", "rowfilter"}},
    {"pg_publication_rel", make_publication_rel, KIND_PUBLICATION, {"prpubid", "prrelid"}},
    {"pg_database", make_databases, KIND_DATABASE, {"datname", "oid", "datdba", "encoding"}},
    {"pg_depend",
     make_depends,
     KIND_FUNCTION,
     {"objid", "refobjid", "deptype", "classid", "objsubid", "refclassid", "refobjsubid"}},
    {0},
};
