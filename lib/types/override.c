#include "types/override.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/typename.h"
#include "types/token.h"

/* ---- reading what is configured ---- */

static bool is_identifier(const char *text)
{
    if (!isalpha((unsigned char)*text) && *text != '_' && *text != '$')
        return false;
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && *text != '_' && *text != '$')
            return false;
    return true;
}

/* The part of a pattern at *text: bare up to the next dot, or in double quotes. */
static const char *pattern_part(Arena *arena, const char **text)
{
    if (**text == '"')
        return typename_identifier(arena, text);
    size_t length = strcspn(*text, ".\"");
    const char *part = length ? arena_strndup(arena, *text, length) : NULL;

    *text += length;
    return part;
}

/* At most three parts; how many, 0 when it is no pattern. */
static size_t pattern_split(Arena *arena, const char *pattern, const char *parts[3])
{
    size_t count = 0;

    for (; count < 3; pattern++) {
        parts[count] = pattern_part(arena, &pattern);
        if (!parts[count++])
            return 0;
        if (*pattern != '.')
            break;
    }
    return *pattern ? 0 : count;
}

const char *override_pattern_fault(const char *pattern)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *parts[3] = {0};

    return pattern_split(&arena, pattern, parts)
               ? NULL
               : "must be schema.table.column, or the name of a PostgreSQL type";
}

static size_t literal_characters(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += *text != '*' && *text != '?';
    return count;
}

static bool pattern_read(OverrideRule *rule, Arena *arena, const char *section, Err *err)
{
    const char *parts[3] = {0};
    size_t count = pattern_split(arena, rule->pattern, parts);

    if (!count || (count != 3 && !rule->type))
        return err_set(err, EXIT_CONFIG, "%s: '%s' is not schema.table.column%s", section,
                       rule->pattern, rule->type ? ", nor the name of a PostgreSQL type" : "");
    if (count == 3) {
        rule->table = parts[1];
    } else if (!strpbrk(parts[count - 1], "*?") && rule->pattern[0] != '"') {
        /* "bigint" is int8 */
        TypeName known = typename_parse(arena, parts[count - 1]);

        parts[count - 1] = known.array ? parts[count - 1] : known.name;
    }
    rule->schema = count > 1 ? parts[0] : "*";
    rule->column = parts[count - 1];
    rule->literal = literal_characters(rule->schema) + literal_characters(rule->column) +
                    (rule->table ? literal_characters(rule->table) : 0);
    return true;
}

static Token put_token(Tokens *tokens, const Token *token, const char *blank, Buffer *line)
{
    buffer_text(line, blank);
    token_add(token, line);
    return tokens_next(tokens);
}

/* NAME, or NAME as NAME; false when there is none. */
static bool put_names(Tokens *tokens, Token *token, Buffer *line)
{
    if (token->kind != TOKEN_NAME)
        return false;
    *token = put_token(tokens, token, " ", line);
    if (!token_is(token, "as"))
        return true;
    *token = put_token(tokens, token, " ", line);
    if (token->kind != TOKEN_NAME)
        return false;
    *token = put_token(tokens, token, " ", line);
    return true;
}

/* { A, B as C } */
static bool put_list(Tokens *tokens, Token *token, Buffer *line)
{
    *token = put_token(tokens, token, " ", line);
    while (!token_is(token, "}")) {
        if (!put_names(tokens, token, line))
            return false;
        if (token_is(token, ","))
            *token = put_token(tokens, token, "", line);
        else if (!token_is(token, "}"))
            return false;
    }
    *token = put_token(tokens, token, " ", line);
    return true;
}

/* import type { A, B as C } from "module"; also import type A and import type * as A. The line as
 * we write it, or NULL. */
static const char *import_line(Arena *arena, const char *text)
{
    static const char *const words[] = {"import", "type"};
    Tokens tokens = tokens_of(text, strlen(text));
    Token token = tokens_next(&tokens);
    CLEANUP(buffer_free) Buffer line = {0};
    bool sound = !script_is_hidden(text, strlen(text));

    for (size_t i = 0; i < 2 && sound; i++) {
        sound = token_is(&token, words[i]);
        token = put_token(&tokens, &token, i ? " " : "", &line);
    }
    if (sound && token_is(&token, "*")) {
        token = put_token(&tokens, &token, " ", &line);
        sound = token_is(&token, "as");
        token = put_token(&tokens, &token, " ", &line);
        sound = sound && put_names(&tokens, &token, &line);
    } else if (sound) {
        sound = token_is(&token, "{") ? put_list(&tokens, &token, &line)
                                      : put_names(&tokens, &token, &line);
    }
    sound = sound && token_is(&token, "from");
    token = put_token(&tokens, &token, " ", &line);
    sound = sound && token.kind == TOKEN_STRING;
    token = put_token(&tokens, &token, " ", &line);
    if (token_is(&token, ";"))
        token = tokens_next(&tokens);
    return sound && token.kind == TOKEN_END ? arena_strndup(arena, line.bytes, line.length) : NULL;
}

static bool override_read(OverrideRule *rule, Arena *arena, const json_t *value, Err *err)
{
    static const char section[] = "types.overrides";
    const char *text = json_string_value(json_object_get(value, "type"));
    const char *import = json_string_value(json_object_get(value, "import"));
    Err why = {0};

    rule->type = script_type(arena, text ? text : "", &why);
    if (!rule->type)
        return err_set(err, EXIT_CONFIG, "%s: the type of '%s' is no TypeScript type: %s", section,
                       rule->pattern, why.msg);
    if (import && *import) {
        rule->import = import_line(arena, import);
        if (!rule->import)
            return err_set(err, EXIT_CONFIG,
                           "%s: the import of '%s' is not import type { Name } from \"module\"",
                           section, rule->pattern);
    }
    return pattern_read(rule, arena, section, err);
}

static bool brand_read(OverrideRule *rule, Arena *arena, const json_t *value, Err *err)
{
    const char *name = json_string_value(json_object_get(value, "name"));

    if (name && *name) {
        if (!is_identifier(name))
            return err_set(err, EXIT_CONFIG,
                           "types.brand: the name of '%s' must be letters, digits, _ and $",
                           rule->pattern);
        rule->brand = arena_strdup(arena, name);
    }
    return pattern_read(rule, arena, "types.brand", err);
}

static int by_precedence(const void *a, const void *b)
{
    const OverrideRule *one = a, *two = b;

    if (one->literal != two->literal)
        return one->literal > two->literal ? -1 : 1;
    return strcmp(one->pattern, two->pattern);
}

bool overrides_read(Overrides *ret, Arena *arena, const json_t *overrides, const json_t *brands,
                    Err *err)
{
    static bool (*const readers[])(OverrideRule *, Arena *, const json_t *, Err *) = {override_read,
                                                                                      brand_read};
    const json_t *sections[] = {overrides, brands};
    const char *pattern = NULL;
    json_t *value = NULL;

    ret->arena = arena;
    ret->rules = arena_alloc(arena, (json_object_size(overrides) + json_object_size(brands) + 1) *
                                        sizeof(OverrideRule));
    for (size_t i = 0; i < 2; i++) {
        json_object_foreach((json_t *)sections[i], pattern, value)
        {
            OverrideRule *rule = &ret->rules[ret->count++];

            *rule = (OverrideRule){.pattern = arena_strdup(arena, pattern)};
            if (!readers[i](rule, arena, value, err))
                return false;
        }
    }
    qsort(ret->rules, ret->count, sizeof *ret->rules, by_precedence);
    return true;
}

/* ---- comments ---- */

/* Behind the tag in the comment, where it begins a word; NULL when it is not there. */
static const char *tag_find(const char *comment, const char *tag)
{
    size_t length = strlen(tag);

    for (const char *at = comment; (at = strstr(at, tag)); at += length)
        if ((at == comment || isspace((unsigned char)at[-1])) &&
            (at[length] == ' ' || at[length] == '\t' || at[length] == '{'))
            return at + length + strspn(at + length, " \t");
    return NULL;
}

static void note(const Overrides *overrides, const CatalogRelation *relation,
                 const CatalogColumn *column, const char *what, const char *why)
{
    if (overrides->notes) {
        text_print_safe(overrides->notes, relation->type.schema);
        fputc('.', overrides->notes);
        text_print_safe(overrides->notes, relation->type.name);
        fputc('.', overrides->notes);
        text_print_safe(overrides->notes, column->name);
        fprintf(overrides->notes, ": the comment's %s is left out: ", what);
        text_print_safe(overrides->notes, why);
        fputc('\n', overrides->notes);
    }
}

static void comment_read(const Overrides *overrides, const CatalogRelation *relation,
                         CatalogColumn *column)
{
    const char *type = tag_find(column->tags, "@type");
    const char *brand = tag_find(column->tags, "@brand");
    Err why = {0};

    if (type && !column->given) {
        column->given = script_type_in_braces(overrides->arena, &type, &why);
        if (!column->given)
            note(overrides, relation, column, "@type", why.msg);
    }
    if (brand && !column->brand) {
        const char *name = arena_strndup(overrides->arena, brand, strcspn(brand, " \t\r\n"));

        if (is_identifier(name))
            column->brand = name;
        else
            note(overrides, relation, column, "@brand", "it is no name of letters and digits");
    }
}

/* ---- applying ---- */

static bool rule_matches(const OverrideRule *rule, const CatalogRelation *relation,
                         const CatalogColumn *column)
{
    return rule->table && text_glob(rule->column, column->name) &&
           text_glob(rule->table, relation->type.name) &&
           text_glob(rule->schema, relation->type.schema);
}

/* "order_items", "id": OrderItemsId */
static const char *brand_of(Arena *arena, const CatalogRelation *relation,
                            const CatalogColumn *column)
{
    const char *parts[] = {relation->type.name, column->name};
    Buffer name = {0};

    for (size_t i = 0; i < 2; i++) {
        bool is_start = true;

        for (const char *at = parts[i]; *at; at++) {
            if (!isalnum((unsigned char)*at)) {
                is_start = true;
                continue;
            }
            if (!name.length && isdigit((unsigned char)*at))
                buffer_char(&name, '_');
            buffer_char(&name, is_start ? (char)toupper((unsigned char)*at) : *at);
            is_start = false;
        }
    }
    const char *copy =
        arena_strndup(arena, name.length ? name.bytes : "Id", name.length ? name.length : 2);

    buffer_free(&name);
    return copy;
}

void overrides_column(Overrides *overrides, const CatalogRelation *relation, CatalogColumn *column)
{
    for (size_t i = 0; i < overrides->count; i++) {
        OverrideRule *rule = &overrides->rules[i];

        if ((rule->type ? column->given != NULL : column->brand != NULL) ||
            !rule_matches(rule, relation, column))
            continue;
        rule->is_used |= relation->type.included;
        if (rule->type)
            column->given = rule->type;
        else
            column->brand =
                rule->brand ? rule->brand : brand_of(overrides->arena, relation, column);
    }
}

static void column_apply(Overrides *overrides, const CatalogRelation *relation,
                         CatalogColumn *column)
{
    overrides_column(overrides, relation, column);
    if (overrides->comments && column->tags)
        comment_read(overrides, relation, column);
}

static CatalogColumn *column_named(const CatalogRelation *relation, const char *name)
{
    for (size_t i = 0; relation && i < relation->column_count; i++)
        if (strcmp(relation->columns[i].name, name) == 0)
            return &relation->columns[i];
    return NULL;
}

/* Whether a column of the key got the brand of what it refers to. */
static bool key_follow(const Catalog *catalog, const CatalogRelation *table, const CatalogKey *key)
{
    const CatalogRelation *to = catalog_relation(catalog, key->schema, key->relation);
    bool changed = false;

    for (size_t i = 0; i < key->columns.count && i < key->references.count; i++) {
        CatalogColumn *column = column_named(table, key->columns.items[i]);
        const CatalogColumn *other = column_named(to, key->references.items[i]);

        if (column && other && other->brand && !column->brand) {
            column->brand = other->brand;
            changed = true;
        }
    }
    return changed;
}

static bool view_follow(CatalogRelation *view)
{
    bool changed = false;

    for (size_t i = 0; view->origins && i < view->column_count; i++) {
        CatalogColumn *column = &view->columns[i];
        const CatalogRelation *from = view->origins[i].relation;
        const CatalogColumn *other = from ? &from->columns[view->origins[i].column] : NULL;

        if (other && other->given && !column->given) {
            column->given = other->given;
            changed = true;
        }
        if (other && other->brand && !column->brand) {
            column->brand = other->brand;
            changed = true;
        }
    }
    return changed;
}

static CatalogRelation *relation_at(const Catalog *catalog, size_t i)
{
    return (CatalogRelation *)catalog->relations.items[i];
}

/* Imports are written before the types are known to use them: every place counts where one may. */
static void types_use(Overrides *overrides, const TypeName *type)
{
    for (size_t i = 0; i < overrides->count; i++) {
        OverrideRule *rule = &overrides->rules[i];

        if (!rule->table && text_glob(rule->column, type->name) &&
            text_glob(rule->schema, type->schema)) {
            rule->is_used = true;
            return;
        }
    }
}

static void types_mark(Overrides *overrides, const Catalog *catalog)
{
    for (size_t i = 0; i < catalog->relations.count; i++) {
        const CatalogRelation *relation = relation_at(catalog, i);

        for (size_t j = 0; relation->type.included && j < relation->column_count; j++) {
            if (relation->columns[j].given)
                continue;
            types_use(overrides, &relation->columns[j].declared);
            types_use(overrides, &relation->columns[j].type);
        }
    }
    for (size_t i = 0; i < catalog->functions.count; i++) {
        const CatalogFunction *function = (const CatalogFunction *)catalog->functions.items[i];

        types_use(overrides, &function->result);
        for (size_t j = 0; j < function->argument_count; j++)
            types_use(overrides, &function->arguments[j].type);
    }
}

void overrides_apply(Overrides *overrides, Catalog *catalog)
{
    size_t count = catalog->relations.count;
    bool changed = true;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < relation_at(catalog, i)->column_count; j++)
            column_apply(overrides, relation_at(catalog, i), &relation_at(catalog, i)->columns[j]);
    while (changed) { /* each time at least one column more */
        changed = false;
        for (size_t i = 0; i < count; i++) {
            CatalogRelation *relation = relation_at(catalog, i);

            for (size_t j = 0; j < relation->key_count; j++)
                changed |= key_follow(catalog, relation, &relation->keys[j]);
            changed |= view_follow(relation);
        }
    }
    types_mark(overrides, catalog);
}

const ScriptType *overrides_type(const Overrides *overrides, const char *schema, const char *name)
{
    for (size_t i = 0; overrides && i < overrides->count; i++) {
        const OverrideRule *rule = &overrides->rules[i];

        if (rule->type && !rule->table && text_glob(rule->column, name) &&
            text_glob(rule->schema, schema))
            return rule->type;
    }
    return NULL;
}

void overrides_put_imports(const Overrides *overrides, Buffer *out)
{
    bool any = false;

    for (size_t i = 0; i < overrides->count; i++) {
        const OverrideRule *rule = &overrides->rules[i];
        bool is_new = rule->is_used && rule->import;

        for (size_t j = 0; j < i && is_new; j++)
            is_new = !overrides->rules[j].is_used || !overrides->rules[j].import ||
                     strcmp(overrides->rules[j].import, rule->import) != 0;
        if (is_new) {
            buffer_text(out, rule->import);
            buffer_char(out, '\n');
        }
        any |= is_new;
    }
    buffer_text(out, any ? "\n" : "");
}
