#include "types/mapping.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "types/names.h"
#include "types/precise.h"

/* Types that are what they are whatever schema they are in; oids from pg_type.dat. */
static const struct BaseType {
    const char *name;
    const char *text;
    unsigned oid;
    unsigned array_oid;
} base_types[] = {
    {"bool", "boolean", 16, 1000},
    {"int2", "number", 21, 1005},
    {"int4", "number", 23, 1007},
    {"int8", "number", 20, 1016},
    {"float4", "number", 700, 1021},
    {"float8", "number", 701, 1022},
    {"numeric", "number", 1700, 1231},
    {"bytea", "string", 17, 1001},
    {"bpchar", "string", 1042, 1014},
    {"varchar", "string", 1043, 1015},
    {"date", "string", 1082, 1182},
    {"text", "string", 25, 1009},
    {"citext", "string", 0, 0},
    {"time", "string", 1083, 1183},
    {"timetz", "string", 1266, 1270},
    {"timestamp", "string", 1114, 1115},
    {"timestamptz", "string", 1184, 1185},
    {"uuid", "string", 2950, 2951},
    {"vector", "string", 0, 0},
    {"interval", "string", 1186, 1187},
    {"json", "Json", 114, 199},
    {"jsonb", "Json", 3802, 3807},
    {"void", "undefined", 2278, 0},
};

enum { NAME_MAX_BYTES = 63 }; /* NAMEDATALEN - 1 */

static const struct BaseType *base_type(const char *name)
{
    for (size_t i = 0; i < sizeof base_types / sizeof *base_types; i++) {
        if (*base_types[i].name == *name && strcmp(base_types[i].name, name) == 0)
            return &base_types[i];
    }
    return NULL;
}

const char *mapping_typname(Arena *arena, const TypeName *type)
{
    if (!type->array)
        return type->name;
    int length = (int)text_cut(type->name, NAME_MAX_BYTES - 1);

    return arena_printf(arena, "_%.*s", length, type->name);
}

static Layout *in_database(Arena *arena, const CatalogType *type, const char *section,
                           const char *part)
{
    Layout *node = layout_atom(
        arena, arena_join(arena, "Database[", names_literal(arena, type->schema), "][\"", section,
                          "\"][", names_literal(arena, type->name), "]", part, NULL));

    node->refers = type;
    node->section = section;
    return node;
}

static bool is_view(const CatalogRelation *relation)
{
    return relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED;
}

Layout *mapping_labels(Arena *arena, const CatalogEnum *item)
{
    if (item->type.included)
        return in_database(arena, &item->type, "Enums", "");
    if (item->labels.count == 1)
        return layout_atom(arena, names_literal(arena, item->labels.items[0]));
    Layout *node = layout_new(arena, LAYOUT_UNION, false, NULL);

    for (size_t i = 0; i < item->labels.count; i++)
        layout_add(arena, node, NULL, false,
                   layout_atom(arena, names_literal(arena, item->labels.items[i])));
    return node;
}

Layout *mapping_reference(Arena *arena, const CatalogRelation *relation)
{
    if (relation->denied == RIGHTS_ALL)
        return layout_atom(arena, "unknown");
    if (relation->kind == RELATION_COMPOSITE)
        return in_database(arena, &relation->type, "CompositeTypes", "");
    return in_database(arena, &relation->type, is_view(relation) ? "Views" : "Tables", "[\"Row\"]");
}

Layout *mapping_record(Arena *arena)
{
    Layout *node = layout_new(arena, LAYOUT_GENERIC, false, "Record");

    layout_add(arena, node, NULL, false, layout_atom(arena, "string"));
    layout_add(arena, node, NULL, false, layout_atom(arena, "unknown"));
    return node;
}

Layout *mapping_bigint(Arena *arena)
{
    static const char *const texts[] = {"number", "bigint", "`${bigint}`"};
    Layout *node = layout_new(arena, LAYOUT_UNION, false, NULL);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        layout_add(arena, node, NULL, false, layout_atom(arena, texts[i]));
    return node;
}

/* A type that people gave; its texts are kept with the overrides. */
static Layout *given_type(const Mapping *mapping, const ScriptType *type)
{
    Arena *arena = mapping->arena, *lasting = mapping->overrides->arena;
    Layout *node = layout_new(arena, LAYOUT_UNION, false, NULL);

    if (type->kind == SCRIPT_UNION) {
        for (const ScriptType *member = type->first; member; member = member->next) {
            const char *text = script_text(lasting, member);

            layout_add(arena, node, NULL, false,
                       layout_atom(arena, member->kind == SCRIPT_COMPOUND
                                              ? arena_printf(arena, "(%s)", text)
                                              : text));
        }
    } else {
        node = layout_atom(arena, script_text(lasting, type));
    }
    node->compound = type->kind == SCRIPT_UNION || type->kind == SCRIPT_COMPOUND;
    return node;
}

static Layout *map_name(const Mapping *mapping, const char *schema, const char *name)
{
    Arena *arena = mapping->arena;
    const struct BaseType *base = base_type(name);
    const ScriptType *given = overrides_type(mapping->overrides, schema, name);

    if (given)
        return given_type(mapping, given);
    if (base && mapping->bigint && mapping->use == MAPPING_WRITTEN && strcmp(name, "int8") == 0)
        return mapping_bigint(arena);
    if (base)
        return layout_atom(arena, base->text);
    if (strcmp(name, "record") == 0)
        return mapping_record(arena);
    if (*name == '_' && strspn(name, "_") > NAME_MAX_BYTES) /* no server has such a name */
        return layout_atom(arena, "unknown");
    if (*name == '_')
        return layout_array(arena, map_name(mapping, schema, name + 1));
    const CatalogEnum *labels = catalog_find_enum(mapping->catalog, schema, name);

    if (labels)
        return mapping_labels(arena, labels);
    const CatalogRelation *found = catalog_find_composite(mapping->catalog, schema, name);

    if (found)
        return found->type.included ? mapping_reference(arena, found)
                                    : layout_atom(arena, "unknown");
    found = catalog_find_relation(mapping->catalog, schema, name);
    return found ? mapping_reference(arena, found) : layout_atom(arena, "unknown");
}

Layout *mapping_type(const Mapping *mapping, const TypeName *type)
{
    if (mapping->catalog->wants.precise) {
        const ScriptType *given = overrides_type(mapping->overrides, type->schema, type->name);
        Layout *node = given ? given_type(mapping, given) : NULL;

        return !given        ? precise_type(mapping, type)
               : type->array ? layout_array(mapping->arena, node)
                             : node;
    }
    return map_name(mapping, type->schema, mapping_typname(mapping->arena, type));
}

/* Whether what is found for the type is a relation. */
static bool is_row(const Mapping *mapping, const TypeName *type)
{
    if (mapping->catalog->wants.precise)
        return catalog_relation(mapping->catalog, type->schema, type->name);
    return !base_type(type->name) && *type->name != '_' && strcmp(type->name, "record") != 0 &&
           !catalog_find_enum(mapping->catalog, type->schema, type->name) &&
           !catalog_find_composite(mapping->catalog, type->schema, type->name);
}

Layout *mapping_argument(const Mapping *mapping, const CatalogArgument *argument)
{
    Arena *arena = mapping->arena;
    const TypeName *type = &argument->type;
    const CatalogRelation *relation = NULL;
    Mapping written = *mapping;

    written.use = MAPPING_WRITTEN;
    Layout *row = mapping_type(&written, type);

    if (!type->array && is_row(mapping, type))
        relation = catalog_find_relation(mapping->catalog, type->schema, type->name);
    if (mapping->compat < COMPAT_CLI3 || !*argument->name || !relation ||
        relation->denied == RIGHTS_ALL)
        return row;
    Layout *node = layout_new(arena, LAYOUT_GENERIC, false, "Omit");

    layout_add(arena, node, NULL, false, row);
    layout_add(arena, node, NULL, false,
               in_database(arena, &relation->type, is_view(relation) ? "Views" : "Tables",
                           "[\"ComputedFields\"]"));
    return node;
}

static Layout *column_type(const Mapping *mapping, const CatalogColumn *column)
{
    Arena *arena = mapping->arena;
    const TypeName *declared = &column->declared;
    const ScriptType *given = column->given;

    if (!given && !declared->array)
        given = overrides_type(mapping->overrides, declared->schema, declared->name);
    Layout *type = given                             ? given_type(mapping, given)
                   : mapping->catalog->wants.precise ? precise_column(mapping, column)
                                                     : mapping_type(mapping, &column->type);

    if (!column->brand || column->given || type->kind != LAYOUT_ATOM ||
        (strcmp(type->text, "string") != 0 && strcmp(type->text, "number") != 0))
        return type;
    type->text = arena_printf(arena, "%s & { readonly __brand: %s }", type->text,
                              names_literal(arena, column->brand));
    type->compound = true;
    return type;
}

Layout *mapping_column(const Mapping *mapping, const CatalogColumn *column, bool nullable)
{
    Layout *type = column_type(mapping, column);

    if (nullable)
        return layout_or_null(mapping->arena, type);
    if (type->kind == LAYOUT_ATOM && strcmp(type->text, "Json") == 0)
        return layout_atom(mapping->arena, "NonNullable<Json>");
    return type;
}

Layout *mapping_row(const Mapping *mapping, const CatalogRelation *relation, unsigned denied)
{
    Layout *row = layout_new(mapping->arena, LAYOUT_OBJECT, true, NULL);

    for (size_t i = 0; i < relation->column_count; i++) {
        const CatalogColumn *column = relation->sorted[i];
        bool proven = column->proven && is_view(relation) &&
                      (mapping->compat >= COMPAT_CLI3 || mapping->catalog->wants.precise);

        if (column->denied & denied)
            continue;
        Layout *type = mapping_column(mapping, column, column->nullable && !proven);

        type->doc = column->comment;
        layout_add(mapping->arena, row, column->name, false, type);
    }
    return row;
}

int mapping_compare_types(const TypeName *a, const TypeName *b)
{
    const unsigned unknown = ~0U;
    const struct BaseType *one = base_type(a->name), *two = base_type(b->name);
    unsigned oid_one = one ? (a->array ? one->array_oid : one->oid) : 0;
    unsigned oid_two = two ? (b->array ? two->array_oid : two->oid) : 0;

    oid_one = oid_one ? oid_one : unknown;
    oid_two = oid_two ? oid_two : unknown;
    if (oid_one != oid_two)
        return oid_one < oid_two ? -1 : 1;
    int order = names_compare(a->name, b->name);

    return order ? order : strcmp(a->schema, b->schema);
}
