#include "types/dialect.h"

#include <ctype.h>
#include <string.h>

#include "base/buffer.h"
#include "json/jx.h"

struct Dialect {
    const char *head;
    size_t atom; /* its column in atoms */
    const char *before_literal, *behind_literal;
    const char *before_array, *behind_array;
    const char *before_union, *behind_union;
    const char *before_labels, *behind_labels;
    const char *record; /* of unknown values by name */
    void (*put_object)(Writer *, const Layout *, bool strict);
    void (*put_reference)(Writer *, const CatalogType *, const char *section);
    void (*put_literal)(Writer *, const char *);    /* written as in TypeScript */
    void (*put_custom)(Writer *, const char *text); /* somebody's own type: taken, not checked */
    void (*define)(Writer *, const Place *, const Layout *);
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

static void put_type(Writer *writer, const Layout *node, bool strict);

static void put_members(Writer *writer, const Layout *node)
{
    for (const Layout *member = node->first; member; member = member->next) {
        put_type(writer, member, false);
        if (member->next)
            fputs(", ", writer->out);
    }
}

static void put_atom(Writer *writer, const Layout *node)
{
    const Dialect *dialect = writer->dialect;

    if (node->refers) {
        dialect->put_reference(writer, node->refers, node->section);
        return;
    }
    if (is_literal(node)) {
        fputs(dialect->before_literal, writer->out);
        dialect->put_literal(writer, node->text);
        fputs(dialect->behind_literal, writer->out);
        return;
    }
    for (size_t i = 0; i < sizeof atoms / sizeof *atoms; i++) {
        if (strcmp(atoms[i][0], node->text) == 0) {
            fputs(atoms[i][dialect->atom], writer->out);
            return;
        }
    }
    dialect->put_custom(writer, node->text);
}

static void put_type(Writer *writer, const Layout *node, bool strict)
{
    const Dialect *dialect = writer->dialect;

    switch (node->kind) {
    case LAYOUT_ATOM:
        put_atom(writer, node);
        break;
    case LAYOUT_ARRAY:
        fputs(dialect->before_array, writer->out);
        put_type(writer, node->first, false);
        fputs(dialect->behind_array, writer->out);
        break;
    case LAYOUT_UNION:
        if (is_labels(node)) {
            fputs(dialect->before_labels, writer->out);
            for (const Layout *member = node->first; member; member = member->next) {
                dialect->put_literal(writer, member->text);
                if (member->next)
                    fputs(", ", writer->out);
            }
            fputs(dialect->behind_labels, writer->out);
            break;
        }
        fputs(dialect->before_union, writer->out);
        put_members(writer, node);
        fputs(dialect->behind_union, writer->out);
        break;
    case LAYOUT_GENERIC:
        if (strcmp(node->text, "Omit") == 0) /* of computed fields, which our rows have not */
            put_type(writer, node->first, false);
        else
            fputs(dialect->record, writer->out);
        break;
    case LAYOUT_OBJECT:
        dialect->put_object(writer, node, strict);
        break;
    case LAYOUT_ERROR:
        put_type(writer, layout_atom(writer->arena, "never"), false);
        break;
    }
}

/* ---- zod ---- */

/* A constant's name: letters, digits and "_" as they are, other bytes "$$" and two hexadecimal
 * digits, "$" between the parts. */
void dialect_put_constant(FILE *out, const CatalogType *type, const char *part)
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
const char *dialect_key(const char *key)
{
    return strcmp(key, "__proto__") == 0 ? "[\"__proto__\"]" : key;
}

static void zod_object(Writer *writer, const Layout *node, bool strict)
{
    fputs(node->first ? "z.object({\n" : "z.object({", writer->out);
    for (const Layout *member = node->first; member; member = member->next) {
        fprintf(writer->out, "  %s: ", dialect_key(member->key));
        put_type(writer, member, false);
        fputs(member->optional ? ".optional(),\n" : ",\n", writer->out);
    }
    fputs(strict ? "}).strict()" : "})", writer->out);
}

static void zod_reference(Writer *writer, const CatalogType *type, const char *section)
{
    (void)section;
    if (type->state == TYPE_WRITTEN)
        dialect_put_constant(writer->out, type, NULL);
    else /* a row that by its name holds itself: no such row can be made */
        fputs("z.any()", writer->out);
}

static void zod_literal(Writer *writer, const char *text)
{
    fputs(text, writer->out);
}

static void zod_custom(Writer *writer, const char *text)
{
    fprintf(writer->out, "z.custom<%s>()", text);
}

static bool is_base(const Place *place)
{
    return !place->part || strcmp(place->part, "Row") == 0;
}

static void zod_define(Writer *writer, const Place *place, const Layout *type)
{
    const char *part = is_base(place) ? NULL : place->part;

    fputs("const ", writer->out);
    dialect_put_constant(writer->out, place->type, part);
    fputs(" = ", writer->out);
    put_type(writer, type, part != NULL);
    fputs("\n\n", writer->out);
}

/* ---- JSON Schema ---- */

/* The value of a literal or a bare key, as JSON. */
static void schema_literal(Writer *writer, const char *text)
{
    size_t length = strlen(text);

    if (*text != '\'') {
        fprintf(writer->out, *text == '"' ? "%s" : "\"%s\"", text);
        return;
    }
    fputc('"', writer->out);
    for (const char *at = text + 1; at < text + length - 1; at++) {
        if (*at == '\\' && at[1] == '\'')
            at++;
        else if (*at == '\\')
            fputc(*at++, writer->out);
        else if (*at == '"')
            fputc('\\', writer->out);
        fputc(*at, writer->out);
    }
    fputc('"', writer->out);
}

static void schema_object(Writer *writer, const Layout *node, bool strict)
{
    const char *comma = "";

    fprintf(writer->out, "{%s\"properties\":{", strict ? "\"additionalProperties\":false," : "");
    for (const Layout *member = node->first; member; member = member->next) {
        fputs(comma, writer->out);
        schema_literal(writer, member->key);
        fputc(':', writer->out);
        put_type(writer, member, false);
        comma = ",";
    }
    fputs("},\"required\":[", writer->out);
    comma = "";
    for (const Layout *member = node->first; member; member = member->next) {
        if (member->optional)
            continue;
        fputs(comma, writer->out);
        schema_literal(writer, member->key);
        comma = ",";
    }
    fputs("],\"type\":\"object\"}", writer->out);
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

static void schema_reference(Writer *writer, const CatalogType *type, const char *section)
{
    static const char plain[] = "-._!$&'()*+,;=:@/?";
    CLEANUP(buffer_free) Buffer name = {0};
    bool row = strcmp(section, "Tables") == 0 || strcmp(section, "Views") == 0;

    add_definition_name(&name, type, section, row ? "Row" : NULL);
    fputs("{\"$ref\":\"#/$defs/", writer->out);
    for (const char *byte = name.bytes; *byte; byte++) {
        unsigned char c = (unsigned char)*byte;

        if (c == '~' || c == '/')
            fputs(c == '~' ? "~0" : "~1", writer->out);
        else if (c < 0x80 && (isalnum(c) || strchr(plain, c)))
            fputc(c, writer->out);
        else
            fprintf(writer->out, "%%%02X", c);
    }
    fputs("\"}", writer->out);
}

static void schema_custom(Writer *writer, const char *text)
{
    (void)text;
    fputs("true", writer->out);
}

static void schema_define(Writer *writer, const Place *place, const Layout *type)
{
    CLEANUP(buffer_free) Buffer name = {0};

    add_definition_name(&name, place->type, place->section, place->part);
    fputs(",\n", writer->out);
    jx_put_string(writer->out, name.bytes, name.length);
    fputc(':', writer->out);
    put_type(writer, type, !is_base(place));
}

static const Dialect zod = {.head = zod_head,
                            .atom = 1,
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
                            .define = zod_define};

static const Dialect json_schema = {.head = json_head,
                                    .atom = 2,
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
                                    .define = schema_define};

const Dialect *const dialect_zod = &zod;
const Dialect *const dialect_json_schema = &json_schema;

const char *dialect_head(const Dialect *dialect)
{
    return dialect->head;
}

void dialect_define(Writer *writer, const Place *place, const Layout *type)
{
    writer->dialect->define(writer, place, type);
}
