#include "types/checks.h"

#include <string.h>

/* Whether the snapshot is sure of the object's constraints. */
static bool is_exact(const json_t *value)
{
    size_t index = 0;
    const json_t *member = NULL;

    json_array_foreach(json_object_get(value, "inexact"), index, member)
    {
        const char *name = json_string_value(member);

        if (name && strcmp(name, "constraints") == 0)
            return false;
    }
    return true;
}

/* Collations of pg_catalog are all deterministic. */
static bool is_deterministic(Arena *arena, const char *collation)
{
    const char *schema = NULL, *name = NULL;

    return !collation || !typename_split_id(arena, collation, &schema, &name) ||
           strcmp(schema, "pg_catalog") == 0;
}

static CatalogColumn *column_named(const CatalogRelation *relation, const char *name,
                                   size_t *ret_place)
{
    for (size_t i = 0; i < relation->column_count; i++) {
        if (strcmp(relation->columns[i].name, name) == 0) {
            *ret_place = i;
            return &relation->columns[i];
        }
    }
    return NULL;
}

static void check_apply(Arena *arena, CatalogRelation *relation, const json_t *columns,
                        const ConstraintView *constraint)
{
    CLEANUP(sql_parse_close) SqlParse *check = allowed_parse(constraint->definition);
    size_t index = 0, place = 0;
    const json_t *name = NULL;

    if (!check)
        return;
    json_array_foreach(constraint->columns, index, name)
    {
        CatalogColumn *column =
            json_is_string(name) ? column_named(relation, json_string_value(name), &place) : NULL;
        ColumnView view = {0};
        Err ignored = {0};

        if (column && view_column(json_array_get(columns, place), &view, &ignored) &&
            is_deterministic(arena, view.collation))
            column->allowed =
                allowed_meet(column->allowed, allowed_of(check, column->name, arena), arena);
    }
}

void checks_of_table(Arena *arena, CatalogRelation *relation, const json_t *value,
                     const TableView *view)
{
    size_t index = 0;
    const json_t *item = NULL;

    relation->unchecked = relation->kind == RELATION_FOREIGN;
    if (relation->unchecked || !is_exact(value))
        return;
    json_array_foreach(view->constraints, index, item)
    {
        ConstraintView constraint = {0};
        Err ignored = {0};

        if (view_constraint(item, &constraint, &ignored) && strcmp(constraint.type, "check") == 0 &&
            !constraint.not_valid)
            check_apply(arena, relation, view->columns, &constraint);
    }
}

void checks_of_domain(Arena *arena, CatalogDomain *domain, const json_t *value,
                      const DomainView *view)
{
    size_t index = 0;
    const json_t *item = NULL;

    domain->collated = !is_deterministic(arena, view->collation);
    if (domain->collated || !is_exact(value))
        return;
    json_array_foreach(view->constraints, index, item)
    {
        const char *definition = json_string_value(json_object_get(item, "definition"));
        CLEANUP(sql_parse_close) SqlParse *check = definition ? allowed_parse(definition) : NULL;

        if (check && !json_is_true(json_object_get(item, "not_valid")))
            domain->allowed =
                allowed_meet(domain->allowed, allowed_of(check, "value", arena), arena);
    }
}

enum { PARENTS_MAX = 1000 }; /* of one table, by all ways */

/* The next parent of a table, by place: the one it is a partition of, then those it inherits from.
 * NULL: the snapshot does not have it. */
static CatalogRelation *parent_at(Catalog *catalog, const CatalogRelation *relation, size_t place)
{
    const char *id = place ? relation->inherits.items[place - 1] : relation->parent;
    const char *schema = NULL, *name = NULL;

    return id && typename_split_id(&catalog->arena, id, &schema, &name)
               ? (CatalogRelation *)catalog_relation(catalog, schema, name)
               : NULL;
}

/* A CHECK of a parent holds for the table as well, and is not listed there again. */
static void take_over(Catalog *catalog, CatalogRelation *relation, const CatalogRelation *from,
                      int *left)
{
    for (size_t i = 0; *left > 0 && i <= from->inherits.count; i++) {
        const CatalogRelation *parent = parent_at(catalog, from, i);

        for (size_t k = 0; parent && k < parent->column_count; k++) {
            size_t place = 0;
            CatalogColumn *column = parent->columns[k].allowed
                                        ? column_named(relation, parent->columns[k].name, &place)
                                        : NULL;

            if (column)
                column->allowed =
                    allowed_meet(column->allowed, parent->columns[k].allowed, &catalog->arena);
        }
        --*left;
        if (parent)
            take_over(catalog, relation, parent, left);
    }
}

/* From whoever has rows of the table among its own. */
static void take_away(Catalog *catalog, const CatalogRelation *relation)
{
    for (size_t i = 0; i <= relation->inherits.count; i++) {
        CatalogRelation *parent = parent_at(catalog, relation, i);

        if (!parent || parent->unchecked)
            continue;
        parent->unchecked = true;
        for (size_t k = 0; k < parent->column_count; k++)
            parent->columns[k].allowed = NULL;
        take_away(catalog, parent);
    }
}

void checks_settle(Catalog *catalog)
{
    if (!catalog->wants.precise)
        return;
    for (size_t i = 0; i < catalog->relations.count; i++) {
        CatalogRelation *relation = (CatalogRelation *)catalog->relations.items[i];

        int left = PARENTS_MAX;

        if (relation->kind == RELATION_TABLE)
            take_over(catalog, relation, relation, &left);
    }
    for (size_t i = 0; i < catalog->relations.count; i++) {
        const CatalogRelation *relation = (const CatalogRelation *)catalog->relations.items[i];

        if (relation->kind == RELATION_FOREIGN)
            take_away(catalog, relation);
    }
}
