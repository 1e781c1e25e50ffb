#include "types/schemas.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "json/jx.h"
#include "types/links.h"
#include "types/names.h"
#include "types/role.h"
#include "types/routine.h"

const char *const schemas_langs[] = {"typescript", "zod", "json-schema", NULL};
static_assert(sizeof schemas_langs / sizeof *schemas_langs == LANG_COUNT + 1,
              "a name for every language");

enum { TYPE_NEW, TYPE_BEGUN, TYPE_WRITTEN }; /* CatalogType.state */

typedef struct Walk Walk;

typedef struct Place { /* of a definition in Database */
    const CatalogType *type;
    const char *section;
    const char *part; /* "Row", "Insert", "Update", "Args"; NULL for an enum or composite */
} Place;

typedef struct Dialect {
    size_t atom; /* its column in atoms */
    const char *before_literal, *behind_literal;
    const char *before_array, *behind_array;
    const char *before_union, *behind_union;
    const char *before_labels, *behind_labels;
    const char *record; /* of unknown values by name */
    void (*put_object)(Walk *, const Layout *, bool strict);
    void (*put_reference)(Walk *, const CatalogType *, const char *section);
    void (*put_literal)(Walk *, const char *);    /* written as in TypeScript */
    void (*put_custom)(Walk *, const char *text); /* somebody's own type: taken, not checked */
    void (*define)(Walk *, const Place *, const Layout *);
} Dialect;

struct Walk {
    Mapping mapping;
    const Dialect *dialect;
    FILE *out;
    FILE *index; /* what leads to the definitions, for zod */
    Arena scratch;
};

/* The types that are a word in TypeScript. */
static const char *const atoms[][3] = {
    {"string", "z.string()", "{\"type\":\"string\"}"},
    {"number", "z.number()", "{\"type\":\"number\"}"},
    {"boolean", "z.boolean()", "{\"type\":\"boolean\"}"},
    {"null", "z.null()", "{\"type\":\"null\"}"},
    {"undefined", "z.undefined()", "false"},
    {"unknown", "z.unknown()", "true"},
    {"never", "z.never()", "false"},
    {"Json", "json", "{\"$ref\":\"#/$defs/Json\"}"},
    {"NonNullable<Json>", "jsonNotNull", "{\"$ref\":\"#/$defs/Json\",\"not\":{\"type\":\"null\"}}"},
    {"Record<PropertyKey, never>", "z.object({}).strict()",
     "{\"maxProperties\":0,\"type\":\"object\"}"},
};

static const char zod_head[] =
    "import { z } from \"zod\"\n\n"
    "export type Json =\n"
    "  | string\n"
    "  | number\n"
    "  | boolean\n"
    "  | null\n"
    "  | { [key: string]: Json | undefined }\n"
    "  | Json[]\n\n"
    "const scalar = z.union([z.string(), z.number(), z.boolean()])\n"
    "export const jsonNotNull: z.ZodType<NonNullable<Json>> = z.lazy(() =>\n"
    "  z.union([scalar, z.array(json), z.record(z.string(), json)]),\n"
    ")\n"
    "export const json: z.ZodType<Json> = z.lazy(() =>\n"
    "  z.union([jsonNotNull, z.null()]),\n"
    ")\n\n";

static const char json_head[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\n\"$defs\":{\n"
    "\"Json\":{\"additionalProperties\":{\"$ref\":\"#/$defs/Json\"},"
    "\"items\":{\"$ref\":\"#/$defs/Json\"},"
    "\"type\":[\"string\",\"number\",\"boolean\",\"null\",\"object\",\"array\"]}";

/* ---- one walk over a type ---- */

static bool is_literal(const Layout *node)
{
    return node->kind == LAYOUT_ATOM && (*node->text == '"' || *node->text == '\'');
}

static bool is_labels(const Layout *node)
{
    for (const Layout *member = node->first; member; member = member->next) {
        /* An object's member of that name is not what it seems, and zod keeps labels in one. */
        if (!is_literal(member) || strstr(member->text, "__proto__"))
            return false;
    }
    return node->kind == LAYOUT_UNION && node->first;
}

static bool is_optional(const Layout *member)
{
    return member->key[strlen(member->key) - 1] == '?';
}

static const char *key_of(Arena *arena, const Layout *member)
{
    return arena_strndup(arena, member->key, strlen(member->key) - is_optional(member));
}

static void put_type(Walk *walk, const Layout *node, bool strict);

static void put_members(Walk *walk, const Layout *node)
{
    for (const Layout *member = node->first; member; member = member->next) {
        put_type(walk, member, false);
        if (member->next)
            fputs(", ", walk->out);
    }
}

static void put_atom(Walk *walk, const Layout *node)
{
    const Dialect *dialect = walk->dialect;

    if (node->refers) {
        dialect->put_reference(walk, node->refers, node->section);
        return;
    }
    if (is_literal(node)) {
        fputs(dialect->before_literal, walk->out);
        dialect->put_literal(walk, node->text);
        fputs(dialect->behind_literal, walk->out);
        return;
    }
    for (size_t i = 0; i < sizeof atoms / sizeof *atoms; i++) {
        if (strcmp(atoms[i][0], node->text) == 0) {
            fputs(atoms[i][dialect->atom], walk->out);
            return;
        }
    }
    dialect->put_custom(walk, node->text);
}

static void put_type(Walk *walk, const Layout *node, bool strict)
{
    const Dialect *dialect = walk->dialect;

    switch (node->kind) {
    case LAYOUT_ATOM:
        put_atom(walk, node);
        break;
    case LAYOUT_ARRAY:
        fputs(dialect->before_array, walk->out);
        put_type(walk, node->first, false);
        fputs(dialect->behind_array, walk->out);
        break;
    case LAYOUT_UNION:
        if (is_labels(node)) {
            fputs(dialect->before_labels, walk->out);
            for (const Layout *member = node->first; member; member = member->next) {
                dialect->put_literal(walk, member->text);
                if (member->next)
                    fputs(", ", walk->out);
            }
            fputs(dialect->behind_labels, walk->out);
            break;
        }
        fputs(dialect->before_union, walk->out);
        put_members(walk, node);
        fputs(dialect->behind_union, walk->out);
        break;
    case LAYOUT_GENERIC:
        if (strcmp(node->text, "Omit") == 0) /* of computed fields, which our rows have not */
            put_type(walk, node->first, false);
        else
            fputs(dialect->record, walk->out);
        break;
    case LAYOUT_OBJECT:
        dialect->put_object(walk, node, strict);
        break;
    case LAYOUT_ERROR:
        put_type(walk, layout_atom(&walk->scratch, "never"), false);
        break;
    }
}

/* ---- zod ---- */

/* A constant's name: letters, digits and "_" as they are, other bytes "$$" and two hexadecimal
 * digits, "$" between the parts. */
static void put_constant(FILE *out, const CatalogType *type, const char *part)
{
    const char *parts[] = {type->schema, type->name, part};

    for (size_t i = 0; i < sizeof parts / sizeof *parts && parts[i]; i++) {
        if (i)
            fputc('$', out);
        for (const char *byte = parts[i]; *byte; byte++) {
            bool first = !i && byte == parts[i];

            if (((unsigned char)*byte < 0x80 && isalnum((unsigned char)*byte) &&
                 !(first && isdigit((unsigned char)*byte))) ||
                *byte == '_')
                fputc(*byte, out);
            else
                fprintf(out, "$$%02x", (unsigned char)*byte);
        }
    }
}

/* As a bare or quoted key that name would be the object's prototype. */
static const char *zod_key(const char *key)
{
    return strcmp(key, "__proto__") == 0 ? "[\"__proto__\"]" : key;
}

static void zod_object(Walk *walk, const Layout *node, bool strict)
{
    fputs(node->first ? "z.object({\n" : "z.object({", walk->out);
    for (const Layout *member = node->first; member; member = member->next) {
        fprintf(walk->out, "  %s: ", zod_key(key_of(&walk->scratch, member)));
        put_type(walk, member, false);
        fputs(is_optional(member) ? ".optional(),\n" : ",\n", walk->out);
    }
    fputs(strict ? "}).strict()" : "})", walk->out);
}

static void zod_reference(Walk *walk, const CatalogType *type, const char *section)
{
    (void)section;
    if (type->state == TYPE_WRITTEN)
        put_constant(walk->out, type, NULL);
    else /* a row that by its name holds itself: no such row can be made */
        fputs("z.any()", walk->out);
}

static void zod_literal(Walk *walk, const char *text)
{
    fputs(text, walk->out);
}

static void zod_custom(Walk *walk, const char *text)
{
    fprintf(walk->out, "z.custom<%s>()", text);
}

static bool is_base(const Place *place)
{
    return !place->part || strcmp(place->part, "Row") == 0;
}

static void zod_define(Walk *walk, const Place *place, const Layout *type)
{
    const char *part = is_base(place) ? NULL : place->part;

    fputs("const ", walk->out);
    put_constant(walk->out, place->type, part);
    fputs(" = ", walk->out);
    put_type(walk, type, part != NULL);
    fputs("\n\n", walk->out);
}

/* ---- JSON Schema ---- */

/* The value of a literal or a bare key, as JSON. */
static void schema_literal(Walk *walk, const char *text)
{
    size_t length = strlen(text);

    if (*text != '\'') {
        fprintf(walk->out, *text == '"' ? "%s" : "\"%s\"", text);
        return;
    }
    fputc('"', walk->out);
    for (const char *at = text + 1; at < text + length - 1; at++) {
        if (*at == '\\' && at[1] == '\'')
            at++;
        else if (*at == '\\')
            fputc(*at++, walk->out);
        else if (*at == '"')
            fputc('\\', walk->out);
        fputc(*at, walk->out);
    }
    fputc('"', walk->out);
}

static void schema_object(Walk *walk, const Layout *node, bool strict)
{
    const char *comma = "";

    fprintf(walk->out, "{%s\"properties\":{", strict ? "\"additionalProperties\":false," : "");
    for (const Layout *member = node->first; member; member = member->next) {
        fputs(comma, walk->out);
        schema_literal(walk, key_of(&walk->scratch, member));
        fputc(':', walk->out);
        put_type(walk, member, false);
        comma = ",";
    }
    fputs("},\"required\":[", walk->out);
    comma = "";
    for (const Layout *member = node->first; member; member = member->next) {
        if (is_optional(member))
            continue;
        fputs(comma, walk->out);
        schema_literal(walk, key_of(&walk->scratch, member));
        comma = ",";
    }
    fputs("],\"type\":\"object\"}", walk->out);
}

/* public.Tables.orders.Row; a name that has a full stop or a quote in it is quoted as in SQL. */
static void add_name(Buffer *out, const char *name)
{
    bool quoted = strpbrk(name, ".\"") != NULL;

    if (quoted)
        buffer_char(out, '"');
    for (; *name; name++) {
        if (*name == '"')
            buffer_char(out, '"');
        buffer_char(out, *name);
    }
    if (quoted)
        buffer_char(out, '"');
}

static void add_definition_name(Buffer *out, const CatalogType *type, const char *section,
                                const char *part)
{
    add_name(out, type->schema);
    buffer_char(out, '.');
    buffer_text(out, section);
    buffer_char(out, '.');
    add_name(out, type->name);
    if (part) {
        buffer_char(out, '.');
        buffer_text(out, part);
    }
}

static void schema_reference(Walk *walk, const CatalogType *type, const char *section)
{
    static const char plain[] = "-._!$&'()*+,;=:@/?";
    CLEANUP(buffer_free) Buffer name = {0};
    bool row = strcmp(section, "Tables") == 0 || strcmp(section, "Views") == 0;

    add_definition_name(&name, type, section, row ? "Row" : NULL);
    fputs("{\"$ref\":\"#/$defs/", walk->out);
    for (const char *byte = name.bytes; *byte; byte++) {
        unsigned char c = (unsigned char)*byte;

        if (c == '~' || c == '/')
            fputs(c == '~' ? "~0" : "~1", walk->out);
        else if (c < 0x80 && (isalnum(c) || strchr(plain, c)))
            fputc(c, walk->out);
        else
            fprintf(walk->out, "%%%02X", c);
    }
    fputs("\"}", walk->out);
}

static void schema_custom(Walk *walk, const char *text)
{
    (void)text;
    fputs("true", walk->out);
}

static void schema_define(Walk *walk, const Place *place, const Layout *type)
{
    CLEANUP(buffer_free) Buffer name = {0};

    add_definition_name(&name, place->type, place->section, place->part);
    fputs(",\n", walk->out);
    jx_put_string(walk->out, name.bytes, name.length);
    fputc(':', walk->out);
    put_type(walk, type, !is_base(place));
}

static const Dialect dialects[] = {
    [LANG_ZOD] = {.atom = 1,
                  .before_literal = "z.literal(",
                  .behind_literal = ")",
                  .before_array = "z.array(",
                  .behind_array = ")",
                  .before_union = "z.union([",
                  .behind_union = "])",
                  .before_labels = "z.enum([",
                  .behind_labels = "])",
                  .record = "z.record(z.string(), z.unknown())",
                  .put_custom = zod_custom,
                  .put_object = zod_object,
                  .put_reference = zod_reference,
                  .put_literal = zod_literal,
                  .define = zod_define},
    [LANG_JSON_SCHEMA] = {.atom = 2,
                          .before_literal = "{\"const\":",
                          .behind_literal = "}",
                          .before_array = "{\"type\":\"array\",\"items\":",
                          .behind_array = "}",
                          .before_union = "{\"anyOf\":[",
                          .behind_union = "]}",
                          .before_labels = "{\"enum\":[",
                          .behind_labels = "]}",
                          .record = "{\"type\":\"object\"}",
                          .put_custom = schema_custom,
                          .put_object = schema_object,
                          .put_reference = schema_reference,
                          .put_literal = schema_literal,
                          .define = schema_define},
};

/* ---- one walk over the catalog ---- */

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
    walk->dialect->define(walk, &place, row);
    relation->type.state = TYPE_WRITTEN;
}

static void define_enum(Walk *walk, CatalogEnum *item)
{
    Layout *labels = layout_new(&walk->scratch, LAYOUT_UNION, false, NULL);

    for (size_t i = 0; i < item->labels.count; i++)
        layout_add(
            &walk->scratch, labels, NULL, false,
            layout_atom(&walk->scratch, names_literal(&walk->scratch, item->labels.items[i])));
    walk->dialect->define(walk, &(Place){.type = &item->type, .section = "Enums"}, labels);
    item->type.state = TYPE_WRITTEN;
}

static void index_open(Walk *walk, size_t indent, const char *name)
{
    fprintf(walk->index, "%*s%s: {\n", (int)indent, "", zod_key(names_key(&walk->scratch, name)));
}

static void index_close(Walk *walk, size_t indent)
{
    fprintf(walk->index, "%*s},\n", (int)indent, "");
}

static void index_put(Walk *walk, size_t indent, const char *name, const CatalogType *type,
                      const char *part)
{
    fprintf(walk->index, "%*s%s: ", (int)indent, "", zod_key(names_key(&walk->scratch, name)));
    put_constant(walk->index, type, part);
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
        walk->dialect->define(walk, &place, changes);
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
        walk->dialect->define(walk, &place, arguments);
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

bool schemas_write(Catalog *catalog, const TypescriptOptions *options, Lang lang, FILE *out,
                   Err *err)
{
    char *index = NULL;
    size_t length = 0;

    if (lang == LANG_TYPESCRIPT)
        return typescript_write(catalog, options, out, err);
    Walk walk = {.dialect = &dialects[lang], .out = out, .index = open_memstream(&index, &length)};

    if (!walk.index)
        return err_errno(err, EXIT_OS, "cannot make room for the schemas");
    walk.mapping = (Mapping){.catalog = catalog, .arena = &walk.scratch, .compat = options->compat};
    bool linked = links_resolve(catalog, options->compat, err);

    if (linked) {
        routines_link(catalog, options->compat);
        role_trim(catalog);
        fputs(lang == LANG_ZOD ? zod_head : json_head, out);
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
