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

Catalog *catalog_open(void)
{
    Catalog *catalog = arena_realloc_or_exit(NULL, sizeof *catalog);
    Schema *schema;

    *catalog = (Catalog){0};
    schema = arena_alloc(&catalog->arena, sizeof *schema);
    schema->name = "public";
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
        if (catalog_schema(catalog, catalog->path.items[i]))
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
    for (size_t i = 0; i < catalog->types.count; i++) {
        Type *type = catalog->types.items[i];

        if (type->name && strcmp(type->name, name) == 0 && strcmp(type->schema, schema) == 0)
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
    type = server_type(catalog, builtin_type_named(name));
    for (size_t i = 0; !type && i < catalog->path.count; i++)
        type = type_in(catalog, catalog->path.items[i], name);
    return type;
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

static Relation *relation_in(const Catalog *catalog, const char *schema, const char *name)
{
    for (size_t i = 0; i < catalog->relations.count; i++) {
        Relation *relation = catalog->relations.items[i];

        if (strcmp(relation->name, name) == 0 && strcmp(relation->schema, schema) == 0)
            return relation;
    }
    return NULL;
}

Relation *catalog_relation(const Catalog *catalog, const char *schema, const char *name)
{
    Relation *relation = NULL;

    if (schema)
        return relation_in(catalog, schema, name);
    for (size_t i = 0; !relation && i < catalog->path.count; i++)
        relation = relation_in(catalog, catalog->path.items[i], name);
    return relation;
}

bool catalog_name_taken(const Catalog *catalog, const char *schema, const char *name)
{
    for (size_t i = 0; i < catalog->relations.count; i++) {
        const Relation *relation = catalog->relations.items[i];

        if (strcmp(relation->schema, schema) != 0)
            continue;
        if (strcmp(relation->name, name) == 0)
            return true;
        for (size_t k = 0; k < relation->indexes.count; k++) {
            if (strcmp(((const Index *)relation->indexes.items[k])->name, name) == 0)
                return true;
        }
        for (size_t k = 0; k < relation->constraints.count; k++) {
            const Constraint *constraint = relation->constraints.items[k];

            if (constraint->index && strcmp(constraint->name, name) == 0)
                return true;
        }
    }
    return false;
}

Relation *catalog_relation_add(Catalog *catalog, const char *schema, const char *name, char kind)
{
    Relation *relation = arena_alloc(&catalog->arena, sizeof *relation);

    relation->kind = kind;
    relation->schema = arena_strdup(&catalog->arena, schema);
    relation->name = arena_strdup(&catalog->arena, name);
    if (kind != 'S') {
        relation->type = catalog_type_add(catalog, schema, name, TYPE_COMPOSITE);
        relation->type->relation = relation;
    }
    vec_add(&catalog->arena, &catalog->relations, relation);
    return relation;
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

void catalog_inexact(Catalog *catalog, Vec *inexact, const char *member)
{
    if (!vec_has_text(inexact, member))
        vec_add(&catalog->arena, inexact, arena_strdup(&catalog->arena, member));
}
