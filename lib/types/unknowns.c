#include "types/unknowns.h"

#include <jansson.h>
#include <string.h>

#include "base/text.h"
#include "types/links.h"
#include "types/precise.h"
#include "types/routine.h"

const char *const unknowns_formats[] = {"text", "json", NULL};

typedef struct Listing {
    Mapping mapping;
    bool json;
    FILE *out;
    size_t count;
    Arena scratch; /* emptied behind every object */
} Listing;

typedef struct Finding {
    const char *kind;
    const char *object;
    const char *name; /* NULL: the object itself */
    const char *type; /* NULL: none */
    const char *reason;
} Finding;

static void put_json(Listing *listing, const Finding *finding)
{
    json_auto_t *object =
        json_pack("{s:s, s:s, s:s*, s:s*, s:s}", "kind", finding->kind, "object", finding->object,
                  "name", finding->name, "type", finding->type, "reason", finding->reason);

    fputs(listing->count ? ",\n" : "[\n", listing->out);
    if (object)
        (void)json_dumpf(object, listing->out, JSON_COMPACT | JSON_SORT_KEYS);
}

static void put_text(Listing *listing, const Finding *finding)
{
    const char *parts[] = {finding->kind,
                           " ",
                           finding->object,
                           finding->name ? "." : "",
                           finding->name ? finding->name : "",
                           ": ",
                           finding->type ? finding->type : "",
                           finding->type ? ": " : "",
                           finding->reason};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        text_print_safe(listing->out, parts[i]);
    fputc('\n', listing->out);
}

static void put(Listing *listing, Finding finding)
{
    (listing->json ? put_json : put_text)(listing, &finding);
    listing->count++;
}

static bool has_unknown(const Layout *node)
{
    if (node->kind == LAYOUT_ATOM && strcmp(node->text, "unknown") == 0)
        return true;
    for (const Layout *member = node->first; member; member = member->next)
        if (has_unknown(member))
            return true;
    return false;
}

static const char *type_text(Arena *arena, const TypeName *type)
{
    bool server = strcmp(type->schema, "pg_catalog") == 0;

    return arena_join(arena, server ? "" : type->schema, server ? "" : ".", type->name,
                      type->array ? "[]" : "", NULL);
}

/* Why the official generator does not know what --precise tells. */
static const char *official_reason(const Catalog *catalog, const TypeName *type)
{
    if (catalog_find(&catalog->domains, type->schema, type->name))
        return "a domain that is not looked into; told by --precise";
    if (catalog_find(&catalog->enums, type->schema, type->name))
        return "an enum without labels; told by --precise";
    if (catalog_relation(catalog, type->schema, type->name))
        return "a row of what is not written; told by --precise";
    return "not known to the official generator; told by --precise";
}

static void put_type(Listing *listing, const char *kind, const char *object, const char *name,
                     const TypeName *type)
{
    Arena *arena = &listing->scratch;
    const char *reason = precise_reason(listing->mapping.catalog, arena, type);

    if (has_unknown(mapping_type(&listing->mapping, type)))
        put(listing, (Finding){kind, object, name, type_text(arena, type),
                               reason ? reason : official_reason(listing->mapping.catalog, type)});
}

static const char *id_of(Arena *arena, const CatalogType *type)
{
    return arena_join(arena, type->schema, ".", type->name, NULL);
}

static void put_relation(Listing *listing, const CatalogRelation *relation)
{
    bool view = relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED;
    const char *kind = relation->kind == RELATION_COMPOSITE ? "attribute" : "column";
    const char *object = id_of(&listing->scratch, &relation->type);

    if (view && !relation->origins)
        put(listing, (Finding){"view", object, NULL, NULL,
                               relation->definition ? "its query is not understood: every column "
                                                      "may be null, no relationships"
                                                    : "its query is not in the snapshot: every "
                                                      "column may be null, no relationships"});
    for (size_t i = 0; i < relation->column_count; i++)
        put_type(listing, kind, object, relation->columns[i].name, &relation->columns[i].type);
}

static void put_function(Listing *listing, const CatalogFunction *function)
{
    Arena *arena = &listing->scratch;
    const char *object =
        arena_join(arena, id_of(arena, &function->type), "(", function->argument_text, ")", NULL);
    bool precise = listing->mapping.catalog->wants.precise;
    bool columns = false, outputs = false;

    for (size_t i = 0; i < function->argument_count; i++) {
        const CatalogArgument *argument = &function->arguments[i];
        bool returned = argument->is_table || (argument->is_output && precise);

        columns |= returned;
        outputs |= argument->is_output;
        if (argument->is_input || returned)
            put_type(listing, argument->is_input ? "argument" : "result", object, argument->name,
                     &argument->type);
    }
    if (columns)
        return;
    if (outputs && has_unknown(mapping_type(&listing->mapping, &function->result)))
        put(listing, (Finding){"result", object, NULL, type_text(arena, &function->result),
                               "columns that are arguments; told by --precise"});
    else
        put_type(listing, "result", object, NULL, &function->result);
}

bool unknowns_write(Catalog *catalog, Compat compat, const char *format, FILE *out, Err *err)
{
    Listing listing = {.json = strcmp(format, "json") == 0, .out = out};

    listing.mapping = (Mapping){.catalog = catalog, .arena = &listing.scratch, .compat = compat};
    if (!links_resolve(catalog, compat, err))
        return false;
    routines_link(catalog, compat);
    for (size_t i = 0; i < catalog->relations.count; i++) {
        if (catalog->relations.items[i]->included)
            put_relation(&listing, (const CatalogRelation *)catalog->relations.items[i]);
        arena_free(&listing.scratch);
    }
    for (size_t i = 0; i < catalog->functions.count; i++) {
        const CatalogFunction *function = (const CatalogFunction *)catalog->functions.items[i];

        if (function->kept)
            put_function(&listing, function);
        arena_free(&listing.scratch);
    }
    for (size_t i = 0; i < catalog->extensions.count; i++) {
        const CatalogExtension *item = (const CatalogExtension *)catalog->extensions.items[i];

        if (!item->told && texts_have(&catalog->schemas, item->type.schema))
            put(&listing, (Finding){"extension", item->type.name, NULL, NULL,
                                    "migrations do not tell what belongs to it, if anything"});
    }
    if (listing.json)
        fputs(listing.count ? "\n]\n" : "[]\n", out);
    return true;
}
