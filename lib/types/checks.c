#include "types/checks.h"

#include <string.h>

/* Whether the snapshot is sure of the object's constraints. */
static bool is_exact(const JxItem *inexact)
{
    for (const JxItem *each = jx_item_first(inexact); each; each = jx_item_next(inexact, each)) {
        if (jx_item_text(each) && strcmp(jx_item_text(each), "constraints") == 0)
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

static bool is_column_deterministic(Arena *arena, const JxItem *columns, size_t place)
{
    const JxItem *item = jx_item_first(columns);
    ShapeColumn column = {0};
    Err ignored = {0};

    while (item && place--)
        item = jx_item_next(columns, item);
    return shape_column(item, &column, &ignored) && is_deterministic(arena, column.collation);
}

static void check_apply(Arena *arena, CatalogRelation *relation, const JxItem *columns,
                        const ShapeConstraint *constraint)
{
    CLEANUP(sql_parse_close) SqlParse *check = allowed_parse(constraint->definition);
    const JxItem *names = constraint->columns;
    size_t place = 0;

    if (!check)
        return;
    for (const JxItem *name = jx_item_first(names); name; name = jx_item_next(names, name)) {
        CatalogColumn *column =
            jx_item_text(name) ? column_named(relation, jx_item_text(name), &place) : NULL;

        if (column && is_column_deterministic(arena, columns, place))
            column->allowed =
                allowed_meet(column->allowed, allowed_of(check, column->name, arena), arena);
    }
}

void checks_of_table(Arena *arena, CatalogRelation *relation, const ShapeTable *shape)
{
    const JxItem *list = shape->constraints;

    relation->unchecked = relation->kind == RELATION_FOREIGN;
    if (relation->unchecked || !is_exact(shape->inexact))
        return;
    for (const JxItem *item = jx_item_first(list); item; item = jx_item_next(list, item)) {
        ShapeConstraint constraint = {0};
        Err ignored = {0};

        if (shape_constraint(item, &constraint, &ignored) &&
            strcmp(constraint.type, "check") == 0 && !constraint.not_valid)
            check_apply(arena, relation, shape->columns, &constraint);
    }
}

void checks_of_domain(Arena *arena, CatalogDomain *domain, const ShapeDomain *shape)
{
    const JxItem *list = shape->constraints;

    domain->collated = !is_deterministic(arena, shape->collation);
    if (domain->collated || !is_exact(shape->inexact))
        return;
    for (const JxItem *item = jx_item_first(list); item; item = jx_item_next(list, item)) {
        const char *definition = jx_item_string(item, "definition", NULL);
        CLEANUP(sql_parse_close) SqlParse *check = definition ? allowed_parse(definition) : NULL;

        if (check && !jx_item_bool(item, "not_valid"))
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
