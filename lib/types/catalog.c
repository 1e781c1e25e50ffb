#include "types/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "types/checks.h"
#include "types/intake.h"
#include "types/names.h"
#include "types/precise.h"

void catalog_free(Catalog *catalog)
{
    arena_free(&catalog->arena);
}

bool texts_have(const Texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->items[i], text) == 0)
            return true;
    }
    return false;
}

static bool texts_equal(const Texts *a, const Texts *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        if (strcmp(a->items[i], b->items[i]) != 0)
            return false;
    }
    return a->count == b->count;
}

bool catalog_is_quoted(const Catalog *catalog, const char *schema)
{
    return texts_have(&catalog->quoted, schema);
}

/* ---- order, and what follows from several objects together ---- */

static int by_text(const void *a, const void *b)
{
    return names_compare(*(const char *const *)a, *(const char *const *)b);
}

static int by_schema(const void *a, const void *b)
{
    const CatalogType *one = *(CatalogType *const *)a;
    const CatalogType *two = *(CatalogType *const *)b;
    int order = names_compare(one->schema, two->schema);

    return order ? order : names_compare(one->name, two->name);
}

static int by_signature(const void *a, const void *b)
{
    const CatalogFunction *one = *(CatalogFunction *const *)a;
    const CatalogFunction *two = *(CatalogFunction *const *)b;
    int order = by_schema(a, b);

    if (!order)
        order = names_compare(one->argument_text, two->argument_text);
    return order ? order : names_compare(one->result_text, two->result_text);
}

static int by_name(const void *a, const void *b)
{
    const CatalogType *one = *(CatalogType *const *)a;
    const CatalogType *two = *(CatalogType *const *)b;
    int order = strcmp(one->name, two->name);

    return order ? order : names_compare(one->schema, two->schema);
}

static int by_column_name(const void *a, const void *b)
{
    const CatalogColumn *one = *(CatalogColumn *const *)a;
    const CatalogColumn *two = *(CatalogColumn *const *)b;

    return names_compare(one->name, two->name);
}

static void list_sort(Arena *arena, CatalogList *list, int (*order)(const void *, const void *))
{
    if (!list->count)
        return;
    list->by_name = arena_alloc(arena, list->count * sizeof(CatalogType *));
    memcpy(list->by_name, list->items, list->count * sizeof(CatalogType *));
    qsort(list->by_name, list->count, sizeof(CatalogType *), by_name);
    qsort(list->items, list->count, sizeof(CatalogType *), order);
}

/* The place in by_name of the first of that name; count when there is none. */
static size_t first_named(const CatalogList *list, const char *name)
{
    size_t low = 0, high = list->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (strcmp(list->by_name[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && strcmp(list->by_name[low]->name, name) == 0 ? low : list->count;
}

CatalogType *catalog_find(const CatalogList *list, const char *schema, const char *name)
{
    for (size_t i = first_named(list, name);
         i < list->count && strcmp(list->by_name[i]->name, name) == 0; i++) {
        if (strcmp(list->by_name[i]->schema, schema) == 0)
            return list->by_name[i];
    }
    return NULL;
}

const CatalogRelation *catalog_relation(const Catalog *catalog, const char *schema,
                                        const char *name)
{
    return (const CatalogRelation *)catalog_find(&catalog->relations, schema, name);
}

const CatalogEnum *catalog_find_enum(const Catalog *catalog, const char *schema, const char *name)
{
    const CatalogList *list = &catalog->enums;
    const CatalogEnum *found = NULL;

    for (size_t i = first_named(list, name);
         i < list->count && strcmp(list->by_name[i]->name, name) == 0; i++) {
        const CatalogEnum *item = (const CatalogEnum *)list->by_name[i];

        if (item->labels.count && strcmp(item->type.schema, schema) == 0)
            return item;
        if (item->labels.count && !found)
            found = item;
    }
    return found;
}

const CatalogRelation *catalog_find_composite(const Catalog *catalog, const char *schema,
                                              const char *name)
{
    const CatalogList *list = &catalog->relations;
    const CatalogRelation *found = NULL;

    for (size_t i = first_named(list, name);
         i < list->count && strcmp(list->by_name[i]->name, name) == 0; i++) {
        const CatalogRelation *item = (const CatalogRelation *)list->by_name[i];

        if (item->kind != RELATION_COMPOSITE || !item->column_count)
            continue;
        if (strcmp(item->type.schema, schema) == 0)
            return item;
        if (!found)
            found = item;
    }
    return found;
}

const CatalogRelation *catalog_find_relation(const Catalog *catalog, const char *schema,
                                             const char *name)
{
    const CatalogList *list = &catalog->relations;
    const CatalogRelation *found = NULL;

    for (size_t i = first_named(list, name);
         i < list->count && strcmp(list->by_name[i]->name, name) == 0; i++) {
        const CatalogRelation *item = (const CatalogRelation *)list->by_name[i];

        if (item->kind == RELATION_COMPOSITE || !item->type.included)
            continue;
        if (strcmp(item->type.schema, schema) == 0)
            return item;
        if (!found || item->kind < found->kind)
            found = item;
    }
    return found;
}

/* One step of domain, for columns of tables and views only. */
static void columns_resolve(Catalog *catalog, CatalogRelation *relation)
{
    for (size_t i = 0; i < relation->column_count && relation->kind != RELATION_COMPOSITE; i++) {
        CatalogColumn *column = &relation->columns[i];
        const CatalogDomain *domain = (const CatalogDomain *)catalog_find(
            &catalog->domains, column->type.schema, column->type.name);

        if (catalog->wants.precise) {
            column->nullable = precise_is_nullable(catalog, relation, column);
            column->optional |= domain && domain->has_default && !column->type.array;
        } else if (domain && !column->type.array) {
            column->type = domain->base;
            column->nullable = column->nullable && !domain->not_null;
        }
        column->optional = column->optional || column->nullable;
    }
    if (!relation->column_count)
        return;
    relation->sorted = arena_alloc(&catalog->arena, relation->column_count * sizeof(void *));
    for (size_t i = 0; i < relation->column_count; i++)
        relation->sorted[i] = &relation->columns[i];
    qsort(relation->sorted, relation->column_count, sizeof(void *), by_column_name);
}

static size_t column_place(const CatalogRelation *relation, const char *name)
{
    size_t place = 0;

    while (place < relation->column_count && strcmp(relation->columns[place].name, name) != 0)
        place++;
    return place;
}

/* Whether the foreign key's columns, as it lists them, are those of the primary or unique key in
 * the order of the table's columns. */
static bool is_unique_key(const CatalogRelation *relation, const CatalogKey *key,
                          const CatalogKey *unique)
{
    size_t last = 0;

    if (key->columns.count != unique->columns.count || !key->columns.count)
        return false;
    for (size_t i = 0; i < key->columns.count; i++) {
        size_t place = column_place(relation, key->columns.items[i]);

        if ((i && place <= last) || !texts_have(&unique->columns, key->columns.items[i]))
            return false;
        last = place;
    }
    return true;
}

static const CatalogRelation *relation_by_id(Catalog *catalog, const char *id)
{
    const char *schema = NULL, *name = NULL;

    return id && typename_split_id(&catalog->arena, id, &schema, &name)
               ? catalog_relation(catalog, schema, name)
               : NULL;
}

/* A partition has its own copies of its parent's foreign keys; they are not keys of their own. */
static bool is_inherited(const CatalogRelation *parent, const CatalogKey *key)
{
    for (size_t i = 0; parent && i < parent->key_count; i++) {
        const CatalogKey *other = &parent->keys[i];

        if (texts_equal(&key->columns, &other->columns) &&
            texts_equal(&key->references, &other->references) &&
            strcmp(key->schema, other->schema) == 0 && strcmp(key->relation, other->relation) == 0)
            return true;
    }
    return false;
}

static void keys_resolve(Catalog *catalog, CatalogRelation *relation)
{
    const CatalogRelation *parent = relation_by_id(catalog, relation->parent);

    for (size_t i = 0; i < relation->key_count; i++) {
        CatalogKey *key = &relation->keys[i];

        key->inherited = is_inherited(parent, key);
        for (size_t j = 0; j < relation->unique_count && !key->one_to_one; j++)
            key->one_to_one = is_unique_key(relation, key, &relation->uniques[j]);
    }
}

bool catalog_read(Catalog *catalog, FILE *in, const char *name, const char *const *wanted, Err *err)
{
    if (!intake_read(catalog, in, name, wanted, err))
        return false;
    if (catalog->schemas.count)
        qsort(catalog->schemas.items, catalog->schemas.count, sizeof *catalog->schemas.items,
              by_text);
    list_sort(&catalog->arena, &catalog->enums, by_schema);
    list_sort(&catalog->arena, &catalog->domains, by_schema);
    list_sort(&catalog->arena, &catalog->relations, by_schema);
    list_sort(&catalog->arena, &catalog->functions, by_signature);
    list_sort(&catalog->arena, &catalog->opaque, by_schema);
    list_sort(&catalog->arena, &catalog->json_casts, by_schema);
    list_sort(&catalog->arena, &catalog->extensions, by_schema);
    checks_settle(catalog);
    for (size_t i = 0; i < catalog->relations.count; i++) {
        CatalogRelation *relation = (CatalogRelation *)catalog->relations.items[i];

        columns_resolve(catalog, relation);
        keys_resolve(catalog, relation);
    }
    return true;
}
