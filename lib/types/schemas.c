#include "types/schemas.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "types/dialect.h"
#include "types/links.h"
#include "types/names.h"
#include "types/role.h"
#include "types/routine.h"

const char *const schemas_langs[] = {"typescript", "zod", "json-schema", NULL};
static_assert(sizeof schemas_langs / sizeof *schemas_langs == LANG_COUNT + 1,
              "a name for every language");

typedef struct Walk {
    Mapping mapping;
    Writer writer;
    FILE *index; /* what leads to the definitions, for zod */
    Arena scratch;
} Walk;

static bool is_relation(const CatalogRelation *relation)
{
    return relation->kind != RELATION_COMPOSITE;
}

static const char *section_of(const CatalogRelation *relation)
{
    static const char *const sections[] = {
        [RELATION_COMPOSITE] = "CompositeTypes", [RELATION_TABLE] = "Tables",
        [RELATION_FOREIGN] = "Tables",           [RELATION_VIEW] = "Views",
        [RELATION_MATERIALIZED] = "Views",
    };

    return sections[relation->kind];
}

static void define_relation(Walk *walk, CatalogRelation *relation);

/* What a type refers to comes before it. */
static void define_referred(Walk *walk, const Layout *node)
{
    if (node->refers && strcmp(node->section, "Enums") != 0)
        define_relation(walk, (CatalogRelation *)node->refers);
    for (const Layout *member = node->first; member; member = member->next)
        define_referred(walk, member);
}

/* A composite, or the row of a table or view. */
static void define_relation(Walk *walk, CatalogRelation *relation)
{
    Arena *arena = &walk->scratch;
    Place place = {.type = &relation->type,
                   .section = section_of(relation),
                   .part = is_relation(relation) ? "Row" : NULL};

    if (relation->type.state != TYPE_NEW)
        return;
    relation->type.state = TYPE_BEGUN;
    Layout *row = NULL;

    if (is_relation(relation)) {
        row = mapping_row(&walk->mapping, relation, RIGHT_SELECT);
    } else {
        row = layout_new(arena, LAYOUT_OBJECT, true, NULL);
        for (size_t i = 0; i < relation->column_count; i++)
            layout_add(arena, row, relation->columns[i].name, false,
                       mapping_column(&walk->mapping, &relation->columns[i], true));
    }
    define_referred(walk, row);
    dialect_define(&walk->writer, &place, row);
    relation->type.state = TYPE_WRITTEN;
}

static void define_enum(Walk *walk, CatalogEnum *item)
{
    Layout *labels = layout_new(&walk->scratch, LAYOUT_UNION, false, NULL);

    for (size_t i = 0; i < item->labels.count; i++)
        layout_add(
            &walk->scratch, labels, NULL, false,
            layout_atom(&walk->scratch, names_literal(&walk->scratch, item->labels.items[i])));
    dialect_define(&walk->writer, &(Place){.type = &item->type, .section = "Enums"}, labels);
    item->type.state = TYPE_WRITTEN;
}

static void index_open(Walk *walk, size_t indent, const char *name)
{
    fprintf(walk->index, "%*s%s: {\n", (int)indent, "",
            dialect_key(names_key(&walk->scratch, name)));
}

static void index_close(Walk *walk, size_t indent)
{
    fprintf(walk->index, "%*s},\n", (int)indent, "");
}

static void index_put(Walk *walk, size_t indent, const char *name, const CatalogType *type,
                      const char *part)
{
    fprintf(walk->index, "%*s%s: ", (int)indent, "", dialect_key(names_key(&walk->scratch, name)));
    dialect_put_constant(walk->index, type, part);
    fputs(",\n", walk->index);
}

static void put_relation(Walk *walk, CatalogRelation *relation)
{
    const char *section = section_of(relation);
    static const char *const parts[] = {"Insert", "Update"};

    index_open(walk, 6, relation->type.name);
    index_put(walk, 8, "Row", &relation->type, NULL);
    for (size_t i = 0; i < 2; i++) {
        const Place place = {.type = &relation->type, .section = section, .part = parts[i]};
        Layout *changes = typescript_changes(&walk->mapping, relation, i == 0);

        if (!changes)
            continue;
        define_referred(walk, changes);
        dialect_define(&walk->writer, &place, changes);
        index_put(walk, 8, parts[i], &relation->type, parts[i]);
    }
    index_close(walk, 6);
    arena_free(&walk->scratch);
}

static void put_relations(Walk *walk, const char *schema, const char *section)
{
    const CatalogList *list = &walk->mapping.catalog->relations;

    index_open(walk, 4, section);
    for (size_t i = 0; i < list->count; i++) {
        CatalogRelation *relation = (CatalogRelation *)list->items[i];

        if (strcmp(relation->type.schema, schema) != 0 ||
            strcmp(section_of(relation), section) != 0 || relation->denied == RIGHTS_ALL ||
            (!is_relation(relation) && !relation->column_count))
            continue;
        define_relation(walk, relation);
        if (is_relation(relation))
            put_relation(walk, relation);
        else
            index_put(walk, 6, relation->type.name, &relation->type, NULL);
        arena_free(&walk->scratch);
    }
    index_close(walk, 4);
}

/* The arguments of the functions of one name: an object, or a union of them. */
static Layout *arguments_of(Walk *walk, const CatalogFunction *const *functions, size_t count)
{
    Arena *arena = &walk->scratch;
    Layout *call = routine_overloads(&walk->mapping, functions, count);

    if (call->kind != LAYOUT_UNION)
        return call->first;
    Layout *all = layout_new(arena, LAYOUT_UNION, false, NULL);

    for (Layout *one = call->first, *next = NULL; one; one = next) {
        Layout *arguments = one->first;

        next = one->next;
        arguments->next = NULL;
        layout_add(arena, all, NULL, false, arguments);
    }
    return all;
}

static void put_functions(Walk *walk, const char *schema)
{
    const CatalogList *list = &walk->mapping.catalog->functions;
    CLEANUP(arena_free) Arena arena = {0};
    const CatalogFunction **kept =
        arena_alloc(&arena, (list->count + 1) * sizeof(CatalogFunction *));
    size_t count = 0;

    index_open(walk, 4, "Functions");
    for (size_t i = 0; i < list->count; i++) {
        const CatalogFunction *function = (const CatalogFunction *)list->items[i];
        const CatalogType *next = i + 1 < list->count ? list->items[i + 1] : NULL;

        if (strcmp(function->type.schema, schema) != 0)
            continue;
        if (function->kept && !function->denied)
            kept[count++] = function;
        if (next && strcmp(next->schema, schema) == 0 &&
            strcmp(next->name, function->type.name) == 0)
            continue;
        if (!count)
            continue;
        const Place place = {.type = &kept[0]->type, .section = "Functions", .part = "Args"};
        Layout *arguments = arguments_of(walk, kept, count);

        define_referred(walk, arguments);
        dialect_define(&walk->writer, &place, arguments);
        index_open(walk, 6, function->type.name);
        index_put(walk, 8, "Args", &kept[0]->type, "Args");
        index_close(walk, 6);
        count = 0;
        arena_free(&walk->scratch);
    }
    index_close(walk, 4);
}

static void put_enums(Walk *walk, const char *schema)
{
    const CatalogList *list = &walk->mapping.catalog->enums;

    index_open(walk, 4, "Enums");
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i]->schema, schema) == 0 && list->items[i]->state == TYPE_WRITTEN)
            index_put(walk, 6, list->items[i]->name, list->items[i], NULL);
    }
    index_close(walk, 4);
    arena_free(&walk->scratch);
}

static void put_catalog(Walk *walk)
{
    const Catalog *catalog = walk->mapping.catalog;

    for (size_t i = 0; i < catalog->enums.count; i++) {
        CatalogEnum *item = (CatalogEnum *)catalog->enums.items[i];

        if (item->type.included && item->labels.count)
            define_enum(walk, item);
        arena_free(&walk->scratch);
    }
    for (size_t i = 0; i < catalog->schemas.count; i++) {
        const char *schema = catalog->schemas.items[i];

        index_open(walk, 2, schema);
        put_relations(walk, schema, "Tables");
        put_relations(walk, schema, "Views");
        put_functions(walk, schema);
        put_enums(walk, schema);
        put_relations(walk, schema, "CompositeTypes");
        index_close(walk, 2);
    }
}

static bool write_schemas(Catalog *catalog, const TypescriptOptions *options, Lang lang, FILE *out,
                          Err *err)
{
    char *index = NULL;
    size_t length = 0;
    Walk walk = {.index = open_memstream(&index, &length)};

    if (!walk.index)
        return err_errno(err, EXIT_OS, "cannot make room for the schemas");
    walk.writer = (Writer){.dialect = lang == LANG_ZOD ? dialect_zod : dialect_json_schema,
                           .out = out,
                           .arena = &walk.scratch};
    walk.mapping = (Mapping){.catalog = catalog, .arena = &walk.scratch, .compat = options->compat};
    bool linked = links_resolve(catalog, options->compat, err);

    if (linked) {
        routines_link(catalog, options->compat);
        role_trim(catalog);
        fputs(dialect_head(walk.writer.dialect), out);
        put_catalog(&walk);
    }
    if (fclose(walk.index) != 0 && linked)
        linked = err_errno(err, EXIT_OS, "cannot make room for the schemas");
    if (linked && lang == LANG_ZOD)
        fprintf(out, "export const schemas = {\n%s}\n", index);
    else if (linked)
        fputs("\n}}\n", out);
    arena_free(&walk.scratch);
    free(index);
    return linked;
}

bool schemas_write(Catalog *catalog, const TypescriptOptions *options, Lang lang, Buffer *out,
                   Err *err)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;

    if (lang == LANG_TYPESCRIPT)
        return typescript_write(catalog, options, out, err);
    FILE *memory = open_memstream(&text, &length);

    if (!memory)
        return err_errno(err, EXIT_OS, "cannot make room for the schemas");
    bool written = write_schemas(catalog, options, lang, memory, err);

    if (fclose(memory) != 0 && written)
        written = err_errno(err, EXIT_OS, "cannot make room for the schemas");
    if (written)
        buffer_add(out, text, length);
    return written;
}
