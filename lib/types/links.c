#include "types/links.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "sql/origin.h"
#include "sql/older.h"
#include "types/names.h"

enum { LINKS_MAX = 1000000 };

typedef struct Linking {
    Catalog *catalog;
    Arena *arena;
    Compat compat;
    size_t links; /* of all relations, those between schemas, which are not written, among them */
} Linking;

static bool is_view(const CatalogRelation *relation)
{
    return relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED;
}

static CatalogRelation *relation_at(const Catalog *catalog, size_t place)
{
    return (CatalogRelation *)catalog->relations.items[place];
}

/* ---- where columns come from ---- */

static const char *const *column_names(void *context, const char *schema, const char *name,
                                       size_t *ret_count)
{
    const Linking *linking = context;
    const CatalogRelation *relation = catalog_relation(linking->catalog, schema, name);

    if (!relation)
        return NULL;
    const char **names = arena_alloc(linking->arena, (relation->column_count + 1) * sizeof *names);

    for (size_t i = 0; i < relation->column_count; i++)
        names[i] = relation->columns[i].name;
    *ret_count = relation->column_count;
    return names;
}

static CatalogOrigin origin_found(const Catalog *catalog, const Origin *origin)
{
    CatalogOrigin found = {.kept = origin->kept};
    CatalogRelation *relation =
        origin->schema
            ? (CatalogRelation *)catalog_relation(catalog, origin->schema, origin->relation)
            : NULL;

    for (size_t i = 0; relation && i < relation->column_count; i++)
        if (strcmp(relation->columns[i].name, origin->column) == 0) {
            found.relation = relation;
            found.column = i;
        }
    return found;
}

/* A query that does not parse here, or is not known, tells nothing. */
static void origins_find(Linking *linking, CatalogRelation *view)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(sql_parse_close)
    SqlParse *parse = older_parse(view->definition, &arena);
    Linking here = {.catalog = linking->catalog, .arena = &arena};
    size_t count = 0;
    const Origin *origins =
        parse->count ? origin_of(parse->statements[0].node, column_names, &here, &arena, &count)
                     : NULL;

    if (!origins || count != view->column_count)
        return;
    view->origins = arena_alloc(linking->arena, (count + 1) * sizeof *view->origins);
    for (size_t i = 0; i < count; i++)
        view->origins[i] = origin_found(linking->catalog, &origins[i]);
}

/* Whether a column of a table that is never NULL comes through all the views unchanged. */
static bool is_proven(const Linking *linking, const CatalogOrigin *origin)
{
    for (size_t steps = linking->catalog->relations.count; steps > 0; steps--) {
        if (!origin->relation || !origin->kept)
            return false;
        if (!is_view(origin->relation))
            return !origin->relation->columns[origin->column].nullable;
        if (!origin->relation->origins)
            return false;
        origin = &origin->relation->origins[origin->column];
    }
    return false;
}

/* What CHECKs of the table let pass comes through views; a materialized one may have rows of before
 * the CHECK. */
static const Allowed *origin_allowed(const Linking *linking, const CatalogOrigin *origin)
{
    for (size_t steps = linking->catalog->relations.count; origin->relation && steps; steps--) {
        if (!is_view(origin->relation))
            return origin->relation->columns[origin->column].allowed;
        if (!origin->relation->origins || origin->relation->kind == RELATION_MATERIALIZED)
            return NULL;
        origin = &origin->relation->origins[origin->column];
    }
    return NULL;
}

static void column_settle(const Linking *linking, CatalogRelation *view, size_t column)
{
    const CatalogOrigin *origin = &view->origins[column];

    view->columns[column].proven |= is_proven(linking, origin);
    if (view->kind == RELATION_VIEW)
        view->columns[column].allowed = origin_allowed(linking, origin);
}

static void exposure_add(Linking *linking, const CatalogOrigin *origin, CatalogRelation *view,
                         const char *name)
{
    CatalogRelation *table = origin->relation;

    if (table->exposure_count == table->exposure_room) {
        CatalogExposure *old = table->exposures;

        table->exposure_room = table->exposure_room ? table->exposure_room * 2 : 8;
        table->exposures =
            arena_alloc(linking->arena, table->exposure_room * sizeof *table->exposures);
        if (old)
            memcpy(table->exposures, old, table->exposure_count * sizeof *old);
    }
    table->exposures[table->exposure_count++] =
        (CatalogExposure){view, table->columns[origin->column].name, name};
}

/* By way of views of the schemas that are written only. */
static void exposures_find(Linking *linking, CatalogRelation *view)
{
    for (size_t i = 0; i < view->column_count; i++) {
        const CatalogOrigin *origin = &view->origins[i];
        size_t steps = linking->catalog->relations.count;

        while (origin && origin->relation && is_view(origin->relation) && steps-- > 0)
            origin = origin->relation->type.included && origin->relation->origins
                         ? &origin->relation->origins[origin->column]
                         : NULL;
        if (origin && origin->relation && !is_view(origin->relation))
            exposure_add(linking, origin, view, view->columns[i].name);
    }
}

/* ---- relationships ---- */

static const char *texts_as_json(Arena *arena, const Texts *texts)
{
    json_auto_t *array = json_array();

    if (!texts)
        return "";
    for (size_t i = 0; i < texts->count; i++)
        json_array_append_new(array, json_string(texts->items[i]));
    char *dumped = json_dumps(array, JSON_COMPACT);
    const char *text = arena_strdup(arena, dumped ? dumped : "");

    free(dumped);
    return text;
}

static void link_add(Linking *linking, CatalogRelation *relation, CatalogLink link)
{
    link.column_text = texts_as_json(linking->arena, link.columns);
    link.reference_text = texts_as_json(linking->arena, link.references);
    if (relation->link_count == relation->link_room) {
        CatalogLink *old = relation->links;

        relation->link_room = relation->link_room ? relation->link_room * 2 : 4;
        relation->links = arena_alloc(linking->arena, relation->link_room * sizeof *old);
        if (old)
            memcpy(relation->links, old, relation->link_count * sizeof *old);
    }
    relation->links[relation->link_count++] = link;
}

/* One way after the other to have the columns in a view, which may have each under several names.
 */
typedef struct Ways {
    const CatalogExposure *exposures; /* of one view */
    size_t count;
    const Texts *columns;
    size_t *places; /* of exposures, one for each column; the next way */
    bool more;
} Ways;

static bool way_next_at(const Ways *ways, size_t column, size_t from)
{
    for (size_t i = from; i < ways->count; i++)
        if (strcmp(ways->exposures[i].column, ways->columns->items[column]) == 0) {
            ways->places[column] = i;
            return true;
        }
    return false;
}

/* The exposures of the view that stand at first; how many there are. */
static size_t same_view(const CatalogRelation *table, size_t first)
{
    size_t next = first;

    while (next < table->exposure_count &&
           table->exposures[next].view == table->exposures[first].view)
        next++;
    return next - first;
}

static Ways ways_start(Linking *linking, const CatalogRelation *table, size_t first,
                       const Texts *columns)
{
    Ways ways = {.exposures = &table->exposures[first],
                 .count = same_view(table, first),
                 .columns = columns,
                 .more = columns->count > 0};

    ways.places = arena_alloc(linking->arena, (columns->count + 1) * sizeof *ways.places);
    for (size_t i = 0; i < columns->count && ways.more; i++)
        ways.more = way_next_at(&ways, i, 0);
    return ways;
}

/* The names in the view; false when there is no other way. */
static bool ways_next(Linking *linking, Ways *ways, const Texts **ret)
{
    if (!ways->more)
        return false;
    Texts *names = arena_alloc(linking->arena, sizeof *names);

    names->count = ways->columns->count;
    names->items = arena_alloc(linking->arena, (names->count + 1) * sizeof *names->items);
    for (size_t i = 0; i < names->count; i++)
        names->items[i] = ways->exposures[ways->places[i]].name;
    ways->more = false;
    for (size_t i = names->count; i > 0 && !ways->more; i--) {
        ways->more = way_next_at(ways, i - 1, ways->places[i - 1] + 1);
        if (!ways->more)
            (void)way_next_at(ways, i - 1, 0);
    }
    *ret = names;
    return true;
}

/* The foreign key as the relation to the other one, where both are of one schema; for who wants
 * precise types to a table of another one too. */
static bool link_between(Linking *linking, CatalogRelation *from, const CatalogRelation *to,
                         const CatalogLink *link, Err *err)
{
    const Catalog *catalog = linking->catalog;
    bool same = strcmp(from->type.schema, to->type.schema) == 0;
    const CatalogRelation *known = catalog_relation(catalog, to->type.schema, to->type.name);
    CatalogLink between = *link;

    between.relation = to->type.name;
    if (++linking->links > LINKS_MAX)
        return err_set(err, EXIT_DATA,
                       "'%s' has more than %d relationships through views, by its foreign key '%s'",
                       from->type.name, LINKS_MAX, link->key->name);
    between.schema = same ? NULL : to->type.schema;
    if (same ? known && !known->type.included : !catalog->wants.precise || is_view(to))
        return true; /* a filter leaves it out */
    link_add(linking, from, between);
    return true;
}

/* From the relation that has the columns to every view that has what they refer to. */
static bool links_to_views(Linking *linking, CatalogRelation *from, const CatalogRelation *to,
                           const CatalogLink *link, Err *err)
{
    for (size_t i = 0; i < to->exposure_count; i += same_view(to, i)) {
        Ways ways = ways_start(linking, to, i, &link->key->references);
        CatalogLink each = *link;

        while (ways_next(linking, &ways, &each.references))
            if (!link_between(linking, from, to->exposures[i].view, &each, err))
                return false;
    }
    return true;
}

/* The official query looks up a schema's name that must be quoted among unquoted ones, unless it
 * takes all schemas: then it knows no columns. From cli3 on it does so for the table itself only,
 * and finds what views have of tables in any schema. */
static bool key_links(Linking *linking, CatalogRelation *table, const CatalogKey *key, Err *err)
{
    const Catalog *catalog = linking->catalog;
    bool known =
        catalog->all || catalog->wants.precise || !catalog_is_quoted(catalog, table->type.schema);
    bool of_views = known || linking->compat >= COMPAT_CLI3;
    const CatalogRelation *to = catalog_relation(catalog, key->schema, key->relation);
    const CatalogRelation named = {.type = {.schema = key->schema, .name = key->relation}};
    const CatalogLink unknown = {.key = key};
    CatalogLink link = unknown;

    if (of_views)
        link = (CatalogLink){.key = key,
                             .columns = &key->columns,
                             .references = &key->references,
                             .one_to_one = key->one_to_one};
    if (table->type.included) {
        if (!link_between(linking, table, &named, known ? &link : &unknown, err) ||
            (of_views && to && !links_to_views(linking, table, to, &link, err)))
            return false;
    } else if (linking->compat < COMPAT_CLI3) {
        return true;
    }
    for (size_t i = 0; i < table->exposure_count; i += same_view(table, i)) {
        Ways ways = ways_start(linking, table, i, &key->columns);
        CatalogRelation *view = table->exposures[i].view;

        while (ways_next(linking, &ways, &link.columns))
            if (!link_between(linking, view, &named, &link, err) ||
                (of_views && to && !links_to_views(linking, view, to, &link, err)))
                return false;
    }
    return true;
}

/* The schemas are the same for all links of one relation, as is the relation itself. */
static int by_link(const void *a, const void *b)
{
    const CatalogLink *one = a, *two = b;
    int order = names_compare(one->key->name, two->key->name);

    if (!order)
        order = names_compare(one->relation, two->relation);
    if (!order)
        order = names_compare(one->reference_text, two->reference_text);
    return order ? order : names_compare(one->column_text, two->column_text);
}

bool links_resolve(Catalog *catalog, Compat compat, Err *err)
{
    Linking linking = {.catalog = catalog, .arena = &catalog->arena, .compat = compat};
    size_t count = catalog->relations.count;

    for (size_t i = 0; i < count; i++)
        if (relation_at(catalog, i)->definition)
            origins_find(&linking, relation_at(catalog, i));
    for (size_t i = 0; i < count; i++) {
        CatalogRelation *view = relation_at(catalog, i);

        for (size_t k = 0; view->origins && k < view->column_count; k++)
            column_settle(&linking, view, k);
        if (view->origins && view->type.included)
            exposures_find(&linking, view);
    }
    for (size_t i = 0; i < count; i++) {
        CatalogRelation *table = relation_at(catalog, i);

        for (size_t k = 0; k < table->key_count; k++)
            if (!table->keys[k].inherited && !key_links(&linking, table, &table->keys[k], err))
                return false;
    }
    for (size_t i = 0; i < count; i++) {
        CatalogRelation *relation = relation_at(catalog, i);

        if (relation->link_count > 1)
            qsort(relation->links, relation->link_count, sizeof(CatalogLink), by_link);
    }
    return true;
}
