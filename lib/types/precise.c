#include "types/precise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "types/names.h"

/* Types of pg_catalog: what is read. What is written is the same. Not listed are those that no
 * column and no argument of a function that can be called have. */
static const struct ServerType {
    const char *text;
    const char *names; /* blanks around each */
} server_types[] = {
    {"boolean", " bool "},
    {"number", " int2 int4 int8 float4 float8 numeric "},
    {"Json", " json jsonb "},
    {"undefined", " void "},
    {"string",
     " text varchar bpchar char name bytea uuid date time timetz timestamp timestamptz interval "
     "money bit varbit xml inet cidr macaddr macaddr8 tsvector tsquery jsonpath "
     "point line lseg box path polygon circle "
     "int4range int8range numrange tsrange tstzrange daterange "
     "int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange "
     "oid xid xid8 cid tid pg_lsn pg_snapshot txid_snapshot refcursor aclitem "
     "regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc "
     "regprocedure regrole regtype "},
    {"number[]", " int2vector "},
    {"string[]", " oidvector "},
};

/* Base types of extensions, which a snapshot does not list. A geometry is GeoJSON, by its cast to
 * json.
 */
static const struct ExtensionType {
    const char *extension;
    const char *names;
    const char *text;
    const char *written; /* NULL: the same */
    bool known;          /* to the official generator, whatever brings it */
} extension_types[] = {
    {"hstore", " hstore ", "Record<string, string | null>", "string", false},
    {"postgis", " geometry ", "Json", NULL, false},
    {"postgis", " geography box2d box3d geomval ", "string", NULL, false},
    {"citext", " citext ", "string", NULL, true},
    {"vector", " vector halfvec sparsevec ", "string", NULL, true},
    {"ltree", " ltree lquery ltxtquery ", "string", NULL, false},
    {"cube", " cube ", "string", NULL, false},
    {"seg", " seg ", "string", NULL, false},
    {"isn", " ean13 isbn isbn13 ismn ismn13 issn issn13 upc ", "string", NULL, false},
    {"intarray", " query_int ", "string", NULL, false},
};

/* Domains made of domains and rows within rows; columns of all these rows. */
enum { DEPTH_MAX = 16, COLUMNS_MAX = 5000 };

static bool is_listed(const char *names, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = strstr(names, name); at && length; at = strstr(at + 1, name))
        if (at > names && at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

/* NULL: there is no such type, or none that has values. */
static const char *server_text(const char *name)
{
    for (size_t i = 0; i < sizeof server_types / sizeof *server_types; i++)
        if (is_listed(server_types[i].names, name))
            return server_types[i].text;
    return NULL;
}

static bool is_server(const TypeName *type, const char *name)
{
    return strcmp(type->schema, "pg_catalog") == 0 && strcmp(type->name, name) == 0;
}

static const CatalogDomain *domain_of(const Catalog *catalog, const TypeName *type)
{
    return type->array
               ? NULL
               : (const CatalogDomain *)catalog_find(&catalog->domains, type->schema, type->name);
}

static const struct ExtensionType *extension_type(const Catalog *catalog, const TypeName *type)
{
    for (size_t i = 0; i < sizeof extension_types / sizeof *extension_types; i++) {
        const struct ExtensionType *row = &extension_types[i];

        if (is_listed(row->names, type->name) &&
            (row->known || catalog_find(&catalog->extensions, type->schema, row->extension)))
            return row;
    }
    return NULL;
}

bool precise_is_not_null(const Catalog *catalog, const TypeName *type)
{
    const CatalogDomain *domain = domain_of(catalog, type);

    for (int depth = 0; domain && depth < DEPTH_MAX; depth++) {
        if (domain->not_null)
            return true;
        domain = domain_of(catalog, &domain->base);
    }
    return false;
}

bool precise_is_nullable(const Catalog *catalog, const CatalogRelation *relation,
                         const CatalogColumn *column)
{
    bool table = relation->kind == RELATION_TABLE || relation->kind == RELATION_FOREIGN;

    return column->nullable && !(table && precise_is_not_null(catalog, &column->type));
}

/* ---- what CHECKs let pass ---- */

static char *template_text(Arena *arena, const char *from)
{
    char *text = arena_alloc(arena, 6 * strlen(from) + 1);
    char *to = text;

    for (; *from; from++) {
        unsigned char byte = (unsigned char)*from;

        if (byte < 0x20) {
            to += snprintf(to, 7, "\\u%04x", byte);
            continue;
        }
        if (byte == '`' || byte == '\\' || byte == '$')
            *to++ = '\\';
        *to++ = *from;
    }
    return text;
}

static char *template_literal(Arena *arena, const AllowedValue *value)
{
    return arena_join(arena, "`", template_text(arena, value->start), "${string}",
                      template_text(arena, value->end), "`", NULL);
}

/* "public.mood" is made of text all the way: what the values of ALLOWED_TEXT are of. */
static bool is_fitting(const Allowed *allowed, const TypeName *root)
{
    bool text = is_server(root, "text") || is_server(root, "varchar");
    bool integer = is_server(root, "int2") || is_server(root, "int4") || is_server(root, "int8");

    switch (allowed->kind) {
    case ALLOWED_TEXT:
        return text && !root->array;
    case ALLOWED_INTEGER:
        return integer && !root->array;
    case ALLOWED_ELEMENTS:
        return text && root->array;
    }
    return false;
}

static Layout *allowed_layout(Arena *arena, const Allowed *allowed)
{
    Layout *node = layout_new(arena, LAYOUT_UNION, false, NULL);

    for (size_t i = 0; i < allowed->count; i++) {
        const AllowedValue *value = &allowed->values[i];
        const char *text = allowed->kind == ALLOWED_INTEGER ? value->start
                           : value->end                     ? template_literal(arena, value)
                                                            : names_literal(arena, value->start);

        layout_add(arena, node, NULL, false, layout_atom(arena, text));
    }
    if (allowed->count == 1)
        node = node->first;
    return allowed->kind == ALLOWED_ELEMENTS ? layout_array(arena, node) : node;
}

/* ---- types ---- */

typedef struct Asking {
    const Mapping *mapping;
    int depth;
    size_t *columns; /* that were told of rows that are not written themselves */
} Asking;

static Layout *type_at(Asking asking, const TypeName *type, const Allowed *allowed);

/* A row of a type that is not written itself. */
static Layout *row_layout(Asking asking, const CatalogRelation *relation)
{
    Arena *arena = asking.mapping->arena;
    Layout *block = layout_new(arena, LAYOUT_OBJECT, false, NULL);

    asking.depth++;
    *asking.columns += relation->column_count;
    if (asking.depth > DEPTH_MAX || *asking.columns > COLUMNS_MAX)
        return layout_atom(arena, "unknown");
    for (size_t i = 0; i < relation->column_count; i++) {
        const CatalogColumn *column = &relation->columns[i];

        layout_add(arena, block, column->name, false,
                   layout_or_null(arena, type_at(asking, &column->type, NULL)));
    }
    return block;
}

static Layout *element_layout(Asking asking, const TypeName *type)
{
    const Catalog *catalog = asking.mapping->catalog;
    Arena *arena = asking.mapping->arena;
    bool written = asking.mapping->use == MAPPING_WRITTEN;

    if (strcmp(type->schema, "pg_catalog") == 0) {
        const char *text = server_text(type->name);

        if (strcmp(type->name, "record") == 0)
            return mapping_record(arena);
        if (asking.mapping->bigint && written && strcmp(type->name, "int8") == 0)
            return mapping_bigint(arena);
        return layout_atom(arena, text ? text : "unknown");
    }
    const CatalogRelation *relation = catalog_relation(catalog, type->schema, type->name);

    if (relation)
        return relation->type.included &&
                       (relation->kind != RELATION_COMPOSITE || relation->column_count)
                   ? mapping_reference(arena, relation)
                   : row_layout(asking, relation);
    if (catalog_find(&catalog->json_casts, type->schema, type->name))
        return layout_atom(arena, written ? "string" : "Json");
    const CatalogEnum *labels =
        (const CatalogEnum *)catalog_find(&catalog->enums, type->schema, type->name);

    if (labels)
        return labels->labels.count ? mapping_labels(arena, labels) : layout_atom(arena, "never");
    if (catalog_find(&catalog->opaque, type->schema, type->name))
        return layout_atom(arena, "string");
    const struct ExtensionType *row = extension_type(catalog, type);

    if (!row)
        return layout_atom(arena, "unknown");
    return layout_atom(arena, written && row->written ? row->written : row->text);
}

/* allowed: what is known of the value from outside. */
static Layout *type_at(Asking asking, const TypeName *type, const Allowed *allowed)
{
    const Catalog *catalog = asking.mapping->catalog;
    Arena *arena = asking.mapping->arena;
    TypeName root = *type;
    bool collated = false;

    for (int depth = 0;; depth++) {
        const CatalogDomain *domain = domain_of(catalog, &root);

        if (!domain)
            break;
        if (depth == DEPTH_MAX)
            return layout_atom(arena, "unknown");
        collated |= domain->collated;
        allowed = allowed_meet(domain->allowed, allowed, arena);
        root = domain->base;
    }
    if (allowed && !collated && is_fitting(allowed, &root))
        return allowed_layout(arena, allowed);
    if (!root.array)
        return element_layout(asking, &root);
    root.array = false;
    return ++asking.depth > DEPTH_MAX ? layout_atom(arena, "unknown")
                                      : layout_array(arena, type_at(asking, &root, NULL));
}

Layout *precise_type(const Mapping *mapping, const TypeName *type)
{
    size_t columns = 0;

    return type_at((Asking){.mapping = mapping, .columns = &columns}, type, NULL);
}

Layout *precise_column(const Mapping *mapping, const CatalogColumn *column)
{
    size_t columns = 0;

    return type_at((Asking){.mapping = mapping, .columns = &columns}, &column->type,
                   column->allowed);
}

/* ---- functions ---- */

static Layout *or_null(Arena *arena, Layout *type)
{
    bool has_null = type->kind == LAYOUT_ATOM &&
                    (strcmp(type->text, "Json") == 0 || strcmp(type->text, "undefined") == 0);

    return has_null ? type : layout_or_null(arena, type);
}

Layout *precise_argument(const Mapping *mapping, const CatalogFunction *function,
                         const CatalogArgument *argument)
{
    Layout *type = mapping_argument(mapping, argument);

    return function->strict || precise_is_not_null(mapping->catalog, &argument->type)
               ? type
               : or_null(mapping->arena, type);
}

static int by_name(const void *a, const void *b)
{
    const CatalogArgument *one = a, *two = b;

    return names_compare(one->name, two->name);
}

/* The columns that OUT, INOUT and TABLE arguments make, or NULL. */
static Layout *output_columns(const Mapping *mapping, const CatalogFunction *function)
{
    Arena *arena = mapping->arena;
    CatalogArgument *columns =
        arena_alloc(arena, (function->argument_count + 1) * sizeof(CatalogArgument));
    Layout *block = layout_new(arena, LAYOUT_OBJECT, true, NULL);
    size_t count = 0;

    for (size_t i = 0; i < function->argument_count; i++) {
        const CatalogArgument *argument = &function->arguments[i];

        if (!argument->is_output)
            continue;
        columns[count] = *argument;
        if (!*argument->name)
            columns[count].name = arena_printf(arena, "column%zu", count + 1);
        count++;
    }
    if (!count)
        return NULL;
    qsort(columns, count, sizeof *columns, by_name);
    for (size_t i = 0; i < count; i++)
        layout_add(arena, block, columns[i].name, false,
                   or_null(arena, precise_type(mapping, &columns[i].type)));
    return block;
}

/* A row that a function could not find is one of nulls. */
static Layout *single_row(const Mapping *mapping, const CatalogRelation *row)
{
    Layout *block = layout_new(mapping->arena, LAYOUT_OBJECT, true, NULL);

    for (size_t i = 0; i < row->column_count; i++)
        layout_add(mapping->arena, block, row->sorted[i]->name, false,
                   layout_or_null(mapping->arena, precise_column(mapping, row->sorted[i])));
    return block;
}

Layout *precise_result(const Mapping *mapping, const CatalogFunction *function)
{
    const TypeName *result = &function->result;
    Layout *block = output_columns(mapping, function);
    const CatalogRelation *row =
        result->array ? NULL : catalog_relation(mapping->catalog, result->schema, result->name);

    if (block)
        return block;
    if (!row)
        return or_null(mapping->arena, precise_type(mapping, result));
    if (row->kind == RELATION_COMPOSITE)
        return precise_type(mapping, result);
    if (!function->returns_set)
        return single_row(mapping, row);
    return strcmp(row->type.schema, function->type.schema) == 0 ? mapping_row(mapping, row, 0)
                                                                : precise_type(mapping, result);
}

/* ---- why not ---- */

static const char *reason_at(const Catalog *catalog, Arena *arena, TypeName type, int depth,
                             size_t *columns)
{
    static const char polymorphic[] = " any anyelement anyarray anynonarray anyenum anyrange "
                                      "anymultirange anycompatible anycompatiblearray "
                                      "anycompatiblenonarray anycompatiblerange "
                                      "anycompatiblemultirange ";
    const char *reason = NULL;

    type.array = false;
    const CatalogDomain *domain = domain_of(catalog, &type);

    if (depth > DEPTH_MAX || *columns > COLUMNS_MAX)
        return "too many types within types";
    if (domain)
        return reason_at(catalog, arena, domain->base, depth + 1, columns);
    if (strcmp(type.schema, "pg_catalog") == 0) {
        if (strcmp(type.name, "record") == 0)
            return "a row whose columns only the query tells";
        if (is_listed(polymorphic, type.name))
            return "a type that only the call decides";
        return server_text(type.name) ? NULL : "a type of the server's own use";
    }
    const CatalogRelation *row = catalog_relation(catalog, type.schema, type.name);

    if (row) {
        *columns += row->type.included ? 0 : row->column_count;
        for (size_t i = 0; !row->type.included && i < row->column_count && !reason; i++)
            reason = reason_at(catalog, arena, row->columns[i].type, depth + 1, columns);
        return reason;
    }
    if (catalog_find(&catalog->json_casts, type.schema, type.name) ||
        catalog_find(&catalog->enums, type.schema, type.name) ||
        catalog_find(&catalog->opaque, type.schema, type.name) || extension_type(catalog, &type))
        return NULL;
    for (size_t i = 0; i < catalog->extensions.count; i++)
        if (strcmp(catalog->extensions.items[i]->schema, type.schema) == 0)
            return arena_printf(arena, "not in the snapshot: of an extension in '%s', perhaps",
                                type.schema);
    return "not in the snapshot";
}

const char *precise_reason(const Catalog *catalog, Arena *arena, const TypeName *type)
{
    size_t columns = 0;

    return reason_at(catalog, arena, *type, 0, &columns);
}
