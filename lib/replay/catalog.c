#include "replay/catalog.h"

#include <stdlib.h>
#include <string.h>

void vec_insert(Arena *arena, Vec *vec, size_t at, const void *item)
{
    if (vec->count == vec->capacity) {
        size_t capacity = vec->capacity ? vec->capacity * 2 : 4;
        void **items = arena_alloc(arena, capacity * sizeof *items);

        if (vec->count)
            memcpy(items, vec->items, vec->count * sizeof *items);
        vec->items = items;
        vec->capacity = capacity;
    }
    memmove(vec->items + at + 1, vec->items + at, (vec->count - at) * sizeof *vec->items);
    vec->items[at] = (void *)(uintptr_t)item;
    vec->count++;
}

void vec_add(Arena *arena, Vec *vec, const void *item)
{
    vec_insert(arena, vec, vec->count, item);
}

Vec vec_copy(Arena *arena, const Vec *vec)
{
    Vec copy = {0};

    for (size_t i = 0; i < vec->count; i++)
        vec_add(arena, &copy, vec->items[i]);
    return copy;
}

void vec_remove(Vec *vec, const void *item)
{
    for (size_t i = 0; i < vec->count; i++) {
        if (vec->items[i] == item) {
            memmove(vec->items + i, vec->items + i + 1, (vec->count - i - 1) * sizeof *vec->items);
            vec->count--;
            return;
        }
    }
}

bool vec_has(const Vec *vec, const void *item)
{
    for (size_t i = 0; i < vec->count; i++) {
        if (vec->items[i] == item)
            return true;
    }
    return false;
}

bool vec_has_text(const Vec *vec, const char *text)
{
    for (size_t i = 0; i < vec->count; i++) {
        if (strcmp(vec->items[i], text) == 0)
            return true;
    }
    return false;
}

const char catalog_temporary[] = "pg_temp";
const char catalog_public_comment[] = "standard public schema";

Catalog *catalog_open(void)
{
    Catalog *catalog = arena_realloc_or_exit(NULL, sizeof *catalog);
    Schema *schema;

    *catalog = (Catalog){0};
    schema = arena_alloc(&catalog->arena, sizeof *schema);
    schema->name = "public";
    schema->comment = catalog_public_comment;
    schema->rights = (Rights){.kind = 'n', .initial = true};
    vec_add(&catalog->arena, &catalog->schemas, schema);
    return catalog;
}

void catalog_close(Catalog **catalog)
{
    if (!*catalog)
        return;
    arena_free(&(*catalog)->arena);
    free(*catalog);
    *catalog = NULL;
}

Schema *catalog_schema(const Catalog *catalog, const char *name)
{
    for (size_t i = 0; i < catalog->schemas.count; i++) {
        Schema *schema = catalog->schemas.items[i];

        if (strcmp(schema->name, name) == 0)
            return schema;
    }
    return NULL;
}

const char *catalog_creation_schema(const Catalog *catalog)
{
    for (size_t i = 0; i < catalog->path.count; i++) {
        if (catalog_schema(catalog, catalog->path.items[i]) ||
            strcmp(catalog->path.items[i], "pg_temp") == 0)
            return catalog->path.items[i];
    }
    return "public";
}

Type *catalog_type_own(const Catalog *catalog, Oid oid)
{
    return oid >= BUILTIN_OID_END && oid - BUILTIN_OID_END < catalog->types.count
               ? catalog->types.items[oid - BUILTIN_OID_END]
               : NULL;
}

static const Type *server_type(const Catalog *catalog, const BuiltinType *row)
{
    /* The copies are a cache: the catalog is not changed by it as far as anyone can see. */
    Catalog *own = (Catalog *)(uintptr_t)catalog;
    Type *type;

    if (!row)
        return NULL;
    for (size_t i = 0; i < own->server_types.count; i++) {
        type = own->server_types.items[i];
        if (type->oid == row->oid)
            return type;
    }
    type = arena_alloc(&own->arena, sizeof *type);
    *type = (Type){.oid = row->oid,
                   .schema = "pg_catalog",
                   .name = row->name,
                   .shown = row->shown ? row->shown : row->name,
                   .kind = row->kind,
                   .category = row->category,
                   .preferred = row->preferred,
                   .element = row->element,
                   .array = row->array,
                   .collation = row->collation,
                   .base = {0, -1}};
    vec_add(&own->arena, &own->server_types, type);
    return type;
}

const Type *catalog_type(const Catalog *catalog, Oid oid)
{
    return oid >= BUILTIN_OID_END ? catalog_type_own(catalog, oid)
                                  : server_type(catalog, builtin_type(oid));
}

static Type *type_in(const Catalog *catalog, const char *schema, const char *name)
{
    size_t count;
    const HashItem *items = hash_items(&catalog->type_names, hash_key(schema, name), &count);

    for (size_t i = 0; i < count; i++) {
        Type *type = items[i].item;

        if (strcmp(type->name, name) == 0 && strcmp(type->schema, schema) == 0)
            return type;
    }
    return NULL;
}

const Type *catalog_type_named(const Catalog *catalog, const char *schema, const char *name)
{
    const Type *type = NULL;

    if (schema)
        return strcmp(schema, "pg_catalog") == 0 ? server_type(catalog, builtin_type_named(name))
                                                 : type_in(catalog, schema, name);
    type = type_in(catalog, catalog_temporary, name);
    if (!type)
        type = server_type(catalog, builtin_type_named(name));
    for (size_t i = 0; !type && i < catalog->path.count; i++)
        type = type_in(catalog, catalog->path.items[i], name);
    return type;
}

static void type_name_add(Catalog *catalog, Type *type, const char *name)
{
    hash_add(&catalog->arena, &catalog->type_names, hash_key(type->schema, name), type->oid, type);
}

void catalog_type_drop(Catalog *catalog, Type *type)
{
    Type *array = catalog_type_own(catalog, type->array);

    if (array)
        catalog_type_drop(catalog, array);
    hash_remove(&catalog->type_names, hash_key(type->schema, type->name), type->oid);
    type->schema = "";
}

void catalog_type_place(Catalog *catalog, Type *type, const char *schema, const char *name)
{
    hash_remove(&catalog->type_names, hash_key(type->schema, type->name), type->oid);
    type->schema = schema;
    type->name = name;
    type_name_add(catalog, type, name);
    for (size_t i = 0; i < type->constraints.count; i++)
        type_name_add(catalog, type, ((const Constraint *)type->constraints.items[i])->name);
}

void catalog_type_add_constraint(Catalog *catalog, Type *type, const Constraint *constraint)
{
    vec_add(&catalog->arena, &type->constraints, constraint);
    type_name_add(catalog, type, constraint->name);
}

void catalog_type_rename_constraint(Catalog *catalog, Type *type, Constraint *constraint,
                                    const char *name)
{
    constraint->name = name;
    type_name_add(catalog, type, name);
}

static Type *add_one(Catalog *catalog, const char *schema, const char *name, char kind)
{
    Type *type = arena_alloc(&catalog->arena, sizeof *type);

    *type = (Type){.oid = BUILTIN_OID_END + (Oid)catalog->types.count,
                   .schema = arena_strdup(&catalog->arena, schema),
                   .name = arena_strdup(&catalog->arena, name),
                   .kind = kind,
                   .category = kind == TYPE_ENUM        ? 'E'
                               : kind == TYPE_COMPOSITE ? 'C'
                               : kind == TYPE_RANGE     ? 'R'
                                                        : 'U',
                   .base = {0, -1}};
    vec_add(&catalog->arena, &catalog->types, type);
    type_name_add(catalog, type, name);
    return type;
}

Type *catalog_type_add(Catalog *catalog, const char *schema, const char *name, char kind)
{
    Type *type = add_one(catalog, schema, name, kind);
    Type *array = add_one(catalog, schema, arena_printf(&catalog->arena, "_%s", name), TYPE_BASE);

    array->element = type->oid;
    array->category = 'A';
    type->array = array->oid;
    return type;
}

bool catalog_row_taken(const Catalog *catalog, const char *schema, const char *name)
{
    const Type *type = type_in(catalog, schema, name);

    return type && type->category != 'A' && type->kind != TYPE_MISSING && !type->relation;
}

const char *catalog_collation(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);

    if (type && type->category == 'A' && type->element)
        type = catalog_type(catalog, type->element);
    if (type && type->kind == TYPE_DOMAIN && type->collation_name)
        return type->collation_name;
    if (!type || !type->collation)
        return NULL;
    return type->collation == 950 ? "pg_catalog.\"C\"" : "pg_catalog.\"default\"";
}

Oid catalog_base_type(const Catalog *catalog, Oid oid, int32_t *modifier)
{
    const Type *type = catalog_type(catalog, oid);

    for (int depth = 0; type && type->kind == TYPE_DOMAIN && depth < 64; depth++) {
        if (modifier && *modifier < 0)
            *modifier = type->base.modifier;
        oid = type->base.oid;
        type = catalog_type(catalog, oid);
    }
    return oid;
}

Oid catalog_element(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, catalog_base_type(catalog, oid, NULL));

    return type && type->category == 'A' ? type->element : 0;
}

Oid catalog_array(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);

    return type ? type->array : 0;
}

Relation *catalog_row_type(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, catalog_base_type(catalog, oid, NULL));

    return type ? type->relation : NULL;
}

/* ---- relations, and what has a name among theirs ---- */

static Relation *having_in(const Catalog *catalog, const char *schema, const char *name,
                           bool (*has)(const Relation *, const char *))
{
    size_t count;
    const HashItem *items = hash_items(&catalog->relation_names, hash_key(schema, name), &count);

    for (size_t i = 0; i < count; i++) {
        Relation *relation = items[i].item;

        if (strcmp(relation->schema, schema) == 0 && has(relation, name))
            return relation;
    }
    return NULL;
}

Relation *catalog_relation_having(const Catalog *catalog, const char *schema, const char *name,
                                  bool (*has)(const Relation *, const char *))
{
    Relation *first = NULL;

    if (schema)
        return having_in(catalog, schema, name, has);
    first = having_in(catalog, catalog_temporary, name, has);
    if (first)
        return first;
    for (size_t i = 0; i < catalog->path.count; i++) {
        Relation *relation = having_in(catalog, catalog->path.items[i], name, has);

        if (relation && (!first || relation->number < first->number))
            first = relation;
    }
    return first;
}

static bool is_named(const Relation *relation, const char *name)
{
    return strcmp(relation->name, name) == 0;
}

static Relation *relation_in(const Catalog *catalog, const char *schema, const char *name)
{
    return having_in(catalog, schema, name, is_named);
}

Relation *catalog_relation(const Catalog *catalog, const char *schema, const char *name)
{
    Relation *relation = NULL;

    if (schema)
        return relation_in(catalog, schema, name);
    relation = relation_in(catalog, catalog_temporary, name);
    for (size_t i = 0; !relation && i < catalog->path.count; i++)
        relation = relation_in(catalog, catalog->path.items[i], name);
    return relation;
}

Index *catalog_index(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->indexes.count; i++) {
        Index *index = relation->indexes.items[i];

        if (strcmp(index->name, name) == 0)
            return index;
    }
    return NULL;
}

Constraint *catalog_constraint(const Vec *constraints, const char *name)
{
    for (size_t i = 0; i < constraints->count; i++) {
        Constraint *constraint = constraints->items[i];

        if (strcmp(constraint->name, name) == 0)
            return constraint;
    }
    return NULL;
}

static bool takes_name(const Relation *relation, const char *name)
{
    if (is_named(relation, name) || catalog_index(relation, name))
        return true;
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *constraint = relation->constraints.items[i];

        if (constraint->index && strcmp(constraint->name, name) == 0)
            return true;
    }
    return false;
}

bool catalog_name_taken(const Catalog *catalog, const char *schema, const char *name)
{
    return having_in(catalog, schema, name, takes_name) != NULL;
}

static bool has_constraint(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *constraint = relation->constraints.items[i];

        if (strcmp(constraint->name, name) == 0)
            return true;
        for (size_t k = 0; k < constraint->parts.count; k++) {
            const ForeignPart *part = constraint->parts.items[k];

            if (strcmp(part->name, name) == 0 && part->partition->is_partition)
                return true;
        }
    }
    return false;
}

bool catalog_constraint_taken(const Catalog *catalog, const char *schema, const char *name)
{
    size_t count;
    const HashItem *items = hash_items(&catalog->type_names, hash_key(schema, name), &count);
    bool taken = having_in(catalog, schema, name, has_constraint) != NULL;

    for (size_t i = 0; i < count && !taken; i++) {
        const Type *type = items[i].item;

        taken = strcmp(type->schema, schema) == 0 && catalog_constraint(&type->constraints, name);
    }
    return taken;
}

static void relation_name_add(Catalog *catalog, Relation *relation, const char *name)
{
    hash_add(&catalog->arena, &catalog->relation_names, hash_key(relation->schema, name),
             relation->number, relation);
}

static void relation_name_remove(Catalog *catalog, Relation *relation, const char *name)
{
    hash_remove(&catalog->relation_names, hash_key(relation->schema, name), relation->number);
}

static void relation_names(Catalog *catalog, Relation *relation,
                           void (*each)(Catalog *, Relation *, const char *))
{
    each(catalog, relation, relation->name);
    for (size_t i = 0; i < relation->indexes.count; i++)
        each(catalog, relation, ((const Index *)relation->indexes.items[i])->name);
    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *constraint = relation->constraints.items[i];

        each(catalog, relation, constraint->name);
        for (size_t k = 0; k < constraint->parts.count; k++)
            each(catalog, relation, ((const ForeignPart *)constraint->parts.items[k])->name);
    }
}

void catalog_relation_place(Catalog *catalog, Relation *relation, const char *schema,
                            const char *name)
{
    relation_names(catalog, relation, relation_name_remove);
    relation->schema = schema;
    relation->name = name;
    relation_names(catalog, relation, relation_name_add);
}

void catalog_index_add(Catalog *catalog, Relation *relation, Index *index)
{
    if (!index->number)
        index->number = ++catalog->numbers;
    vec_add(&catalog->arena, &relation->indexes, index);
    relation_name_add(catalog, relation, index->name);
}

void catalog_index_rename(Catalog *catalog, Relation *relation, Index *index, const char *name)
{
    index->name = name;
    relation_name_add(catalog, relation, name);
}

void catalog_constraint_add(Catalog *catalog, Relation *relation, const Constraint *constraint)
{
    if (constraint->index && !constraint->index->number)
        constraint->index->number = ++catalog->numbers;
    vec_add(&catalog->arena, &relation->constraints, constraint);
    if (constraint->references)
        vec_add(&catalog->arena, &constraint->references->referrers, relation);
    relation_name_add(catalog, relation, constraint->name);
}

void catalog_constraint_add_part(Catalog *catalog, Relation *relation, Constraint *constraint,
                                 const char *name, const Relation *partition)
{
    ForeignPart *part = arena_alloc(&catalog->arena, sizeof *part);

    *part = (ForeignPart){name, partition};
    vec_add(&catalog->arena, &constraint->parts, part);
    relation_name_add(catalog, relation, name);
}

void catalog_constraint_rename(Catalog *catalog, Relation *relation, Constraint *constraint,
                               const char *name)
{
    constraint->name = name;
    if (constraint->index)
        constraint->index->name = name;
    relation_name_add(catalog, relation, name);
}

Relation *catalog_relation_add(Catalog *catalog, const char *schema, const char *name, char kind)
{
    Relation *relation = arena_alloc(&catalog->arena, sizeof *relation);

    relation->number = ++catalog->numbers;
    relation->kind = kind;
    relation->schema = arena_strdup(&catalog->arena, schema);
    relation->name = arena_strdup(&catalog->arena, name);
    if (kind != 'S') {
        relation->type = catalog_type_add(catalog, schema, name, TYPE_COMPOSITE);
        relation->type->relation = relation;
    }
    vec_add(&catalog->arena, &catalog->relations, relation);
    relation_name_add(catalog, relation, relation->name);
    return relation;
}

void catalog_sequence_own(Catalog *catalog, Relation *sequence, Relation *owner, Column *column)
{
    if (sequence->owner)
        vec_remove(&sequence->owner->sequences, sequence);
    sequence->owner = owner;
    sequence->owner_column = column;
    if (owner)
        vec_add(&catalog->arena, &owner->sequences, sequence);
}

void catalog_relation_remove(Catalog *catalog, Relation *relation)
{
    vec_remove(&catalog->relations, relation);
    catalog_sequence_own(catalog, relation, NULL, NULL);
    relation_names(catalog, relation, relation_name_remove);
}

Column *catalog_column(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->columns.count; i++) {
        Column *column = relation->columns.items[i];

        if (strcmp(column->name, name) == 0)
            return column;
    }
    return NULL;
}

Column *catalog_column_add(Catalog *catalog, Relation *relation, const char *name, TypeRef type)
{
    Column *column = arena_alloc(&catalog->arena, sizeof *column);

    column->name = arena_strdup(&catalog->arena, name);
    column->type = type;
    column->relation = relation;
    vec_add(&catalog->arena, &relation->columns, column);
    return column;
}

/* ---- functions ---- */

static void function_name_add(Catalog *catalog, Function *function)
{
    hash_add(&catalog->arena, &catalog->function_names, hash_key(function->proc.name, ""),
             function->number, function);
}

static void function_name_remove(Catalog *catalog, const Function *function)
{
    hash_remove(&catalog->function_names, hash_key(function->proc.name, ""), function->number);
}

void catalog_function_add(Catalog *catalog, Function *function)
{
    function->number = ++catalog->numbers;
    vec_add(&catalog->arena, &catalog->functions, function);
    function_name_add(catalog, function);
}

void catalog_function_remove(Catalog *catalog, Function *function)
{
    vec_remove(&catalog->functions, function);
    function_name_remove(catalog, function);
}

void catalog_function_place(Catalog *catalog, Function *function, const char *schema,
                            const char *name)
{
    function_name_remove(catalog, function);
    function->proc.schema = schema;
    function->proc.name = name;
    function_name_add(catalog, function);
}

Function *catalog_function_next(const Catalog *catalog, const char *name, size_t *at)
{
    size_t count;
    const HashItem *items = hash_items(&catalog->function_names, hash_key(name, ""), &count);

    while (*at < count) {
        Function *function = items[(*at)++].item;

        if (strcmp(function->proc.name, name) == 0)
            return function;
    }
    return NULL;
}

void catalog_inexact(Catalog *catalog, Vec *inexact, const char *member)
{
    if (!vec_has_text(inexact, member))
        vec_add(&catalog->arena, inexact, arena_strdup(&catalog->arena, member));
}
