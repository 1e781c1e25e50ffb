#include "types/typescript.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "types/jsdoc.h"
#include "types/links.h"
#include "types/names.h"
#include "types/role.h"
#include "types/routine.h"
#include "types/utilities.h"

const char *const typescript_compats[] = {"cli2", "cli3", NULL};
static_assert(sizeof typescript_compats / sizeof *typescript_compats == COMPAT_COUNT + 1,
              "a name for every dialect");

typedef struct Writing {
    Mapping mapping;
    const TypescriptOptions *options;
    Buffer *out;
    Arena scratch; /* emptied behind every object */
} Writing;

enum { AT_SCHEMA = 2, AT_SECTION = 4, AT_OBJECT = 6, AT_MEMBER = 8, AT_COLUMN = 10 };

static const char json_alias[] = "export type Json =\n"
                                 "  | string\n"
                                 "  | number\n"
                                 "  | boolean\n"
                                 "  | null\n"
                                 "  | { [key: string]: Json | undefined }\n"
                                 "  | Json[]\n\n";

/* What a name in the default schema, or { schema } and a name in that schema, stands for. */
static const char helper_types[] =
    "type InSchema = { schema: keyof DatabaseWithoutInternals }\n\n"
    "type SchemaOf<Place> = Place extends InSchema\n"
    "  ? DatabaseWithoutInternals[Place[\"schema\"]]\n"
    "  : DefaultSchema\n\n"
    "type Part<Whole, Name extends string> = Whole extends {\n"
    "  [Key in Name]: infer Value\n"
    "}\n"
    "  ? Value\n"
    "  : never\n\n"
    "type Relations<Schema> = Part<Schema, \"Tables\"> & Part<Schema, \"Views\">\n\n"
    "type Entry<Section, Place, Name> = Place extends InSchema\n"
    "  ? Name extends keyof Section\n"
    "    ? Section[Name]\n"
    "    : never\n"
    "  : Place extends keyof Section\n"
    "    ? Section[Place]\n"
    "    : never\n\n"
    "type NameIn<Place, Section> = Place extends InSchema ? keyof Section : never\n\n"
    "export type Tables<\n"
    "  Place extends keyof Relations<DefaultSchema> | InSchema,\n"
    "  Name extends NameIn<Place, Relations<SchemaOf<Place>>> = never,\n"
    "> = Part<Entry<Relations<SchemaOf<Place>>, Place, Name>, \"Row\">\n\n"
    "export type TablesInsert<\n"
    "  Place extends keyof Part<DefaultSchema, \"Tables\"> | InSchema,\n"
    "  Name extends NameIn<Place, Part<SchemaOf<Place>, \"Tables\">> = never,\n"
    "> = Part<Entry<Part<SchemaOf<Place>, \"Tables\">, Place, Name>, \"Insert\">\n\n"
    "export type TablesUpdate<\n"
    "  Place extends keyof Part<DefaultSchema, \"Tables\"> | InSchema,\n"
    "  Name extends NameIn<Place, Part<SchemaOf<Place>, \"Tables\">> = never,\n"
    "> = Part<Entry<Part<SchemaOf<Place>, \"Tables\">, Place, Name>, \"Update\">\n\n"
    "export type Enums<\n"
    "  Place extends keyof Part<DefaultSchema, \"Enums\"> | InSchema,\n"
    "  Name extends NameIn<Place, Part<SchemaOf<Place>, \"Enums\">> = never,\n"
    "> = Entry<Part<SchemaOf<Place>, \"Enums\">, Place, Name>\n\n"
    "export type CompositeTypes<\n"
    "  Place extends keyof Part<DefaultSchema, \"CompositeTypes\"> | InSchema,\n"
    "  Name extends NameIn<Place, Part<SchemaOf<Place>, \"CompositeTypes\">> = never,\n"
    "> = Entry<Part<SchemaOf<Place>, \"CompositeTypes\">, Place, Name>\n\n";

static void put(Writing *writing, size_t indent, const char *text)
{
    buffer_blanks(writing->out, indent);
    buffer_text(writing->out, text);
    buffer_char(writing->out, '\n');
}

static void put_open(Writing *writing, size_t indent, const char *name)
{
    buffer_blanks(writing->out, indent);
    buffer_text(writing->out, names_key(&writing->scratch, name));
    buffer_text(writing->out, ": {\n");
}

static void put_type(Writing *writing, size_t indent, const char *name, Layout *type)
{
    layout_put_member(writing->out, indent, names_key(&writing->scratch, name), type);
}

/* ---- tables and views ---- */

static void put_row(Writing *writing, const CatalogRelation *relation)
{
    Arena *arena = &writing->scratch;
    Layout *row = mapping_row(&writing->mapping, relation, RIGHT_SELECT);
    Layout *names = layout_atom(arena, "never");

    for (size_t i = 0; i < relation->field_count; i++) {
        const CatalogFunction *field = relation->fields[i];
        Layout *type = layout_or_null(arena, routine_value(&writing->mapping, field));

        type->doc = field->type.comment;
        layout_add(arena, row, field->type.name, false, type);
    }
    put_type(writing, AT_MEMBER, "Row", row);
    if (writing->options->compat < COMPAT_CLI3)
        return;
    if (relation->field_count > 1)
        names = layout_new(arena, LAYOUT_UNION, false, NULL);
    for (size_t i = 0; i < relation->field_count; i++) {
        Layout *name = layout_atom(arena, names_literal(arena, relation->fields[i]->type.name));

        if (relation->field_count == 1)
            names = name;
        else
            layout_add(arena, names, NULL, false, name);
    }
    put_type(writing, AT_MEMBER, "ComputedFields", names);
}

Layout *typescript_changes(const Mapping *mapping, const CatalogRelation *relation, bool insert)
{
    Arena *arena = mapping->arena;
    Layout *block = layout_new(arena, LAYOUT_OBJECT, true, NULL);
    bool table = relation->kind == RELATION_TABLE || relation->kind == RELATION_FOREIGN;
    bool view = relation->kind == RELATION_VIEW;
    CatalogRight right = insert ? RIGHT_INSERT : RIGHT_UPDATE;
    Mapping written = *mapping;

    if (!table &&
        (relation->denied & right || !(insert ? relation->insertable : relation->updatable)))
        return NULL;
    if (relation->denied & right)
        return layout_atom(arena, "never");
    written.use = MAPPING_WRITTEN;
    for (size_t i = 0; i < relation->column_count; i++) {
        const CatalogColumn *column = relation->sorted[i];
        bool fixed = (view ? !column->updatable : column->read_only) || (column->denied & right);
        Layout *type = fixed ? layout_atom(arena, "never")
                             : mapping_column(&written, column, view || column->nullable);

        type->doc = column->comment;
        layout_add(arena, block, column->name, fixed || view || !insert || column->optional, type);
    }
    return block;
}

static void put_key_columns(Writing *writing, const char *member, const Texts *columns)
{
    if (!columns) {
        put_type(writing, AT_COLUMN + LAYOUT_STEP, member, layout_atom(&writing->scratch, "null"));
        return;
    }
    const char **values = arena_alloc(&writing->scratch, (columns->count + 1) * sizeof *values);

    for (size_t i = 0; i < columns->count; i++)
        values[i] = names_literal(&writing->scratch, columns->items[i]);
    layout_put_list(writing->out, AT_COLUMN + LAYOUT_STEP, member, values, columns->count, "");
}

/* Those within the schema, or those to other schemas, which supabase-js cannot follow. */
static void put_relationships(Writing *writing, const CatalogRelation *relation, bool others)
{
    enum { AT_KEY = AT_COLUMN + LAYOUT_STEP };
    static const char *const starts[] = {"Relationships: [", "OtherSchemaRelationships: ["};
    Arena *arena = &writing->scratch;
    size_t count = 0;

    for (size_t i = 0; i < relation->link_count; i++) {
        const CatalogLink *link = &relation->links[i];

        if ((link->schema != NULL) != others)
            continue;
        if (!count++)
            put(writing, AT_MEMBER, starts[others]);
        put(writing, AT_COLUMN, "{");
        put_type(writing, AT_KEY, "foreignKeyName",
                 layout_atom(arena, names_literal(arena, link->key->name)));
        put_key_columns(writing, "columns", link->columns);
        if (!writing->options->no_one_to_one)
            put_type(writing, AT_KEY, "isOneToOne",
                     layout_atom(arena, link->one_to_one ? "true" : "false"));
        if (others)
            put_type(writing, AT_KEY, "referencedSchema",
                     layout_atom(arena, names_literal(arena, link->schema)));
        put_type(writing, AT_KEY, "referencedRelation",
                 layout_atom(arena, names_literal(arena, link->relation)));
        put_key_columns(writing, "referencedColumns", link->references);
        put(writing, AT_COLUMN, "},");
    }
    if (count || !others)
        put(writing, AT_MEMBER, count ? "]" : "Relationships: []");
}

static void put_relation(Writing *writing, const CatalogType *type)
{
    const CatalogRelation *relation = (const CatalogRelation *)type;
    Layout *insert = typescript_changes(&writing->mapping, relation, true);
    Layout *update = typescript_changes(&writing->mapping, relation, false);

    jsdoc_put(writing->out, AT_OBJECT, type->comment);
    put_open(writing, AT_OBJECT, relation->type.name);
    put_row(writing, relation);
    if (insert)
        put_type(writing, AT_MEMBER, "Insert", insert);
    if (update)
        put_type(writing, AT_MEMBER, "Update", update);
    put_relationships(writing, relation, false);
    put_relationships(writing, relation, true);
    put(writing, AT_OBJECT, "}");
}

/* ---- the other sections ---- */

static void put_enum(Writing *writing, const CatalogType *type)
{
    const CatalogEnum *item = (const CatalogEnum *)type;
    Arena *arena = &writing->scratch;
    Layout *labels = layout_new(arena, LAYOUT_UNION, false, NULL);

    for (size_t i = 0; i < item->labels.count; i++) {
        Layout *label = layout_atom(arena, names_literal(arena, item->labels.items[i]));

        if (item->labels.count == 1)
            labels = label;
        else
            layout_add(arena, labels, NULL, false, label);
    }
    labels->doc = type->comment;
    put_type(writing, AT_OBJECT, type->name, labels);
}

static void put_composite(Writing *writing, const CatalogType *type)
{
    const CatalogRelation *composite = (const CatalogRelation *)type;
    Arena *arena = &writing->scratch;
    Layout *block = layout_new(arena, LAYOUT_OBJECT, true, NULL);

    for (size_t i = 0; i < composite->column_count; i++) {
        const CatalogColumn *column = &composite->columns[i];

        Layout *attribute = mapping_column(&writing->mapping, column, true);

        attribute->doc = column->comment;
        layout_add(arena, block, column->name, false, attribute);
    }
    block->doc = type->comment;
    put_type(writing, AT_OBJECT, type->name, block);
}

static bool is_hidden(const CatalogType *type)
{
    return ((const CatalogRelation *)type)->denied == RIGHTS_ALL;
}

static bool is_table(const CatalogType *type)
{
    RelationKind kind = ((const CatalogRelation *)type)->kind;

    return !is_hidden(type) && (kind == RELATION_TABLE || kind == RELATION_FOREIGN);
}

static bool is_view(const CatalogType *type)
{
    RelationKind kind = ((const CatalogRelation *)type)->kind;

    return !is_hidden(type) && (kind == RELATION_VIEW || kind == RELATION_MATERIALIZED);
}

static bool is_composite(const CatalogType *type)
{
    const CatalogRelation *relation = (const CatalogRelation *)type;

    return relation->kind == RELATION_COMPOSITE && relation->column_count;
}

static bool is_labelled(const CatalogType *type)
{
    return ((const CatalogEnum *)type)->labels.count > 0;
}

static void section_end(Writing *writing, bool any)
{
    if (!any)
        put(writing, AT_OBJECT, "[_ in never]: never");
    put(writing, AT_SECTION, "}");
}

static void put_section(Writing *writing, const char *schema, const char *name,
                        const CatalogList *list, bool (*is_listed)(const CatalogType *),
                        void (*put_object)(Writing *, const CatalogType *))
{
    bool any = false;

    put_open(writing, AT_SECTION, name);
    for (size_t i = 0; i < list->count; i++) {
        if (!list->items[i]->included || strcmp(list->items[i]->schema, schema) != 0 ||
            !is_listed(list->items[i]))
            continue;
        any = true;
        put_object(writing, list->items[i]);
        arena_clear(&writing->scratch);
    }
    section_end(writing, any);
}

/* JavaScript's order of an object's keys, in which cli2 has functions: indexes first, by value. */
static int by_key(const void *a, const void *b)
{
    const CatalogFunction *one = *(const CatalogFunction *const *)a;
    const CatalogFunction *two = *(const CatalogFunction *const *)b;
    unsigned long index_one = 0, index_two = 0;
    bool is_one = names_index(one->type.name, &index_one);
    bool is_two = names_index(two->type.name, &index_two);

    if (is_one != is_two)
        return is_one ? -1 : 1;
    return (index_one > index_two) - (index_one < index_two);
}

/* Of overloads all of them. */
static const char *comments(Arena *arena, const CatalogFunction *const *functions, size_t count)
{
    const char *all = NULL;

    for (size_t i = 0; i < count; i++) {
        const char *comment = functions[i]->type.comment;

        if (comment)
            all = all ? arena_join(arena, all, "\n\n", comment, NULL) : comment;
    }
    return all;
}

static void put_functions(Writing *writing, const char *schema)
{
    const CatalogList *list = &writing->mapping.catalog->functions;
    CLEANUP(arena_free) Arena arena = {0};
    const CatalogFunction **kept =
        arena_alloc(&arena, (list->count + 1) * sizeof(CatalogFunction *));
    size_t count = 0;
    bool any = false;

    for (size_t i = 0; i < list->count; i++) {
        const CatalogFunction *function = (const CatalogFunction *)list->items[i];

        if (!function->kept || strcmp(function->type.schema, schema) != 0)
            continue;
        size_t place = count++; /* the list is in order already, indexes aside */

        for (; writing->options->compat < COMPAT_CLI3 && place > 0 &&
               by_key(&function, &kept[place - 1]) < 0;
             place--)
            kept[place] = kept[place - 1];
        kept[place] = function;
    }
    put_open(writing, AT_SECTION, "Functions");
    for (size_t i = 0, next = 0; i < count; i = next) {
        bool callable = false;

        for (next = i; next < count && strcmp(kept[next]->type.name, kept[i]->type.name) == 0;)
            callable |= !kept[next++]->denied;
        if (!callable)
            continue;
        any = true;
        Layout *overloads = routine_overloads(&writing->mapping, &kept[i], next - i);

        overloads->doc = comments(&writing->scratch, &kept[i], next - i);
        put_type(writing, AT_OBJECT, kept[i]->type.name, overloads);
        arena_clear(&writing->scratch);
    }
    section_end(writing, any);
}

static void put_schema(Writing *writing, const char *schema)
{
    const Catalog *catalog = writing->mapping.catalog;

    put_open(writing, AT_SCHEMA, schema);
    put_section(writing, schema, "Tables", &catalog->relations, is_table, put_relation);
    put_section(writing, schema, "Views", &catalog->relations, is_view, put_relation);
    put_functions(writing, schema);
    put_section(writing, schema, "Enums", &catalog->enums, is_labelled, put_enum);
    put_section(writing, schema, "CompositeTypes", &catalog->relations, is_composite,
                put_composite);
    put(writing, AT_SCHEMA, "}");
}

static void put_default_schema(Writing *writing, const char *schema)
{
    static const char start[] = "type DefaultSchema = DatabaseWithoutInternals[Extract<";
    Arena *arena = &writing->scratch;
    const char *literal = names_literal(arena, schema), *text = NULL;

    put(writing, 0, "type DatabaseWithoutInternals = Omit<Database, \"__InternalSupabase\">\n");
    if (strlen(start) + strlen("keyof Database, >]") + names_width(literal) <= LAYOUT_WIDTH)
        text = arena_join(arena, start, "keyof Database, ", literal, ">]\n", NULL);
    else
        text = arena_join(arena, start, "\n  keyof Database,\n  ", literal, "\n>]\n", NULL);
    put(writing, 0, text);
}

static void put_constants(Writing *writing)
{
    const Catalog *catalog = writing->mapping.catalog;
    Arena *arena = &writing->scratch;

    if (!catalog->schemas.count) {
        put(writing, 0, "export const Constants = {} as const");
        return;
    }
    put(writing, 0, "export const Constants = {");
    for (size_t i = 0; i < catalog->schemas.count; i++) {
        bool any = false;

        put_open(writing, AT_SCHEMA, catalog->schemas.items[i]);
        for (size_t j = 0; j < catalog->enums.count; j++) {
            const CatalogEnum *item = (const CatalogEnum *)catalog->enums.items[j];
            size_t count = item->labels.count;

            if (!item->type.included || !count ||
                strcmp(item->type.schema, catalog->schemas.items[i]) != 0)
                continue;
            const char **values = arena_alloc(arena, count * sizeof *values);

            for (size_t k = 0; k < count; k++)
                values[k] = names_literal(arena, item->labels.items[k]);
            if (!any)
                put(writing, AT_SECTION, "Enums: {");
            any = true;
            jsdoc_put(writing->out, AT_OBJECT, item->type.comment);
            layout_put_list(writing->out, AT_OBJECT, names_key(arena, item->type.name), values,
                            count, ",");
            arena_clear(&writing->scratch);
        }
        put(writing, AT_SECTION, any ? "}," : "Enums: {},");
        put(writing, AT_SCHEMA, "},");
    }
    put(writing, 0, "} as const");
}

bool typescript_write(Catalog *catalog, const TypescriptOptions *options, Buffer *out, Err *err)
{
    Writing writing = {.options = options, .out = out};

    writing.mapping = (Mapping){.catalog = catalog,
                                .arena = &writing.scratch,
                                .compat = options->compat,
                                .bigint = options->bigint,
                                .overrides = options->overrides};
    if (!links_resolve(catalog, options->compat, err))
        return false;
    routines_link(catalog, options->compat);
    role_trim(catalog);
    if (options->overrides) {
        overrides_apply(options->overrides, catalog);
        overrides_put_imports(options->overrides, out);
    }
    buffer_text(writing.out, json_alias);
    if (!catalog->schemas.count && !options->postgrest_version) {
        put(&writing, 0, "export type Database = {}\n");
    } else {
        put(&writing, 0, "export type Database = {");
        if (options->postgrest_version) {
            put(&writing, AT_SCHEMA,
                "// Allows to automatically instantiate createClient with right options");
            put(&writing, AT_SCHEMA,
                "// instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)");
            put(&writing, AT_SCHEMA, "__InternalSupabase: {");
            put_type(&writing, AT_SECTION, "PostgrestVersion",
                     layout_atom(&writing.scratch,
                                 names_literal(&writing.scratch, options->postgrest_version)));
            put(&writing, AT_SCHEMA, "}");
        }
        for (size_t i = 0; i < catalog->schemas.count; i++)
            put_schema(&writing, catalog->schemas.items[i]);
        put(&writing, 0, "}\n");
    }
    put_default_schema(&writing, options->default_schema ? options->default_schema : "public");
    buffer_text(writing.out, helper_types);
    if (options->utilities)
        buffer_text(writing.out, utilities_text);
    put_constants(&writing);
    arena_free(&writing.scratch);
    return true;
}
