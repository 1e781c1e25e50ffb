#include "types/official.h"

#include <string.h>

#include "types/names.h"
#include "types/token.h"

/* The line on which the types begin, and what ends them. */
static const char start[] = "export type Json";

static const char *find_start(const char *output, const char *end)
{
    for (const char *line = output; line && line < end;) {
        if ((size_t)(end - line) > sizeof start && memcmp(line, start, sizeof start - 1) == 0)
            return line;
        line = memchr(line, '\n', (size_t)(end - line));
        line = line ? line + 1 : NULL;
    }
    return NULL;
}

static bool is_blank(char c)
{
    return c == '\n' || c == '\r' || c == ' ' || c == '\t';
}

bool official_read(Arena *arena, const char *output, size_t length, Official *ret, Err *err)
{
    const char *end = output + length, *text = find_start(output, end);
    Err why = {0};

    if (!text)
        return err_set(err, EXIT_UNAVAILABLE, "the official CLI wrote no types");
    while (end > text && is_blank(end[-1]))
        end--;
    *ret = (Official){.text = text, .length = (size_t)(end - text)};
    if (!script_read(arena, text, ret->length, &ret->script, &why))
        return err_set(err, EXIT_UNAVAILABLE,
                       "what the official CLI wrote is no whole file of types: %s", why.msg);
    return ret->script.constants ||
           err_set(err, EXIT_UNAVAILABLE,
                   "what the official CLI wrote is no whole file of types: it has no Constants");
}

/* ---- the types that people say ---- */

typedef struct Patching {
    const Official *official;
    Overrides *overrides;
    Buffer *out;
    const char *done; /* of the official text: what is in out */
} Patching;

static bool is_null(const ScriptType *type)
{
    return type->kind == SCRIPT_TEXT && strcmp(type->text, "null") == 0;
}

static bool has_null(const ScriptType *type)
{
    if (type->kind != SCRIPT_UNION)
        return is_null(type);
    for (const ScriptType *member = type->first; member; member = member->next)
        if (is_null(member))
            return true;
    return false;
}

/* The type without null; NULL where several are left. */
static const char *single(const ScriptType *type)
{
    const ScriptType *left = NULL;

    if (type->kind != SCRIPT_UNION)
        return type->kind == SCRIPT_TEXT ? type->text : NULL;
    for (const ScriptType *member = type->first; member; member = member->next) {
        if (is_null(member))
            continue;
        if (left || member->kind != SCRIPT_TEXT)
            return NULL;
        left = member;
    }
    return left ? left->text : NULL;
}

static void put_instead(Patching *patching, const ScriptType *old, const char *text)
{
    buffer_add(patching->out, patching->done, (size_t)(old->start - patching->done));
    buffer_text(patching->out, text);
    patching->done = old->start + old->length;
}

static void patch_column(Patching *patching, const ScriptType *old, const CatalogColumn *column)
{
    Arena *arena = patching->overrides->arena;
    const ScriptType *given = column->given;
    const char *is = single(old);
    const char *text = given ? script_text(arena, given) : is;
    bool nulls = has_null(old) && !(given && has_null(given));
    bool compound = given && given->kind == SCRIPT_COMPOUND;

    if (is && strcmp(is, "never") == 0)
        return;
    if (!given) {
        if (!column->brand || !is || (strcmp(is, "string") != 0 && strcmp(is, "number") != 0))
            return;
        text = arena_join(arena, is, " & { readonly __brand: ", names_literal(arena, column->brand),
                          " }", NULL);
        compound = true;
    }
    if (nulls)
        text =
            arena_join(arena, compound ? "(" : "", text, compound ? ") | null" : " | null", NULL);
    put_instead(patching, old, text);
}

/* A key as it was before it was written. */
static const char *name_of(Arena *arena, const char *key)
{
    size_t length = strlen(key);
    bool quoted = length > 1 && (*key == '"' || *key == '\'');
    char *name = arena_strndup(arena, key + quoted, length - 2 * quoted), *to = name;

    for (const char *from = name; *from; from++) {
        if (*from == '\\' && from[1])
            from++;
        *to++ = *from;
    }
    *to = '\0';
    return name;
}

static void patch_relation(Patching *patching, const char *schema, const ScriptType *relation)
{
    static const char *const parts[] = {"Row", "Insert", "Update"};
    Arena *arena = patching->overrides->arena;
    const CatalogRelation named = {
        .type = {.schema = schema, .name = name_of(arena, relation->key), .included = true}};

    for (const ScriptType *part = relation->first; part; part = part->next)
        for (size_t i = 0; part->key && i < sizeof parts / sizeof *parts; i++) {
            if (strcmp(part->key, parts[i]) != 0 || part->kind != SCRIPT_OBJECT)
                continue;
            for (const ScriptType *member = part->first; member; member = member->next) {
                CatalogColumn column = {.name = name_of(arena, member->key)};

                overrides_column(patching->overrides, &named, &column);
                if (column.given || column.brand)
                    patch_column(patching, member, &column);
            }
        }
}

static void patch_section(Patching *patching, const char *schema, const ScriptType *section)
{
    for (const ScriptType *relation = section ? section->first : NULL; relation;
         relation = relation->next)
        if (relation->kind == SCRIPT_OBJECT && relation->key && *relation->key != '[')
            patch_relation(patching, schema, relation);
}

static void note_types(const Overrides *overrides)
{
    for (size_t i = 0; overrides->notes && i < overrides->count; i++)
        if (!overrides->rules[i].table)
            fprintf(overrides->notes,
                    "types.overrides: '%s' is a type of PostgreSQL, which the official CLI's "
                    "output does not name\n",
                    overrides->rules[i].pattern);
}

void official_put(const Official *official, Overrides *overrides, Buffer *out)
{
    CLEANUP(buffer_free) Buffer text = {0};
    Patching patching = {official, overrides, &text, official->text};
    const ScriptType *schema = overrides ? official->script.database->first : NULL;

    for (; schema; schema = schema->next) {
        /* In the order in which they stand in the text. */
        for (const ScriptType *section = schema->first; section; section = section->next)
            if (section->key && section->kind == SCRIPT_OBJECT &&
                (strcmp(section->key, "Tables") == 0 || strcmp(section->key, "Views") == 0))
                patch_section(&patching, name_of(overrides->arena, schema->key), section);
    }
    buffer_add(&text, patching.done, (size_t)(official->text + official->length - patching.done));
    if (overrides) {
        note_types(overrides);
        overrides_put_imports(overrides, out);
    }
    buffer_add(out, text.bytes, text.length);
    buffer_char(out, '\n');
}
