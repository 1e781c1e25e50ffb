#include "source/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/ident.h"
#include "sql/normal.h"

enum { KEYS_MAX = 32 }; /* INDEX_MAX_KEYS of the server */

/* "_keys": the vectors indclass, indcollation and indoption, then what follows the keys. */
typedef struct Keys {
    int columns[KEYS_MAX];
    const char *classes[KEYS_MAX];
    const char *collations[KEYS_MAX];
    const char *options[KEYS_MAX];
    int count;
    const char *behind;
} Keys;

static int split(char *text, const char *ret[KEYS_MAX])
{
    char *rest = NULL;
    int count = 0;

    for (char *word = strtok_r(text, " ", &rest); word && count < KEYS_MAX;
         word = strtok_r(NULL, " ", &rest))
        ret[count++] = word;
    return count;
}

static bool keys_read(Keys *keys, const Row *row, Arena *arena)
{
    const char *text = row_value(row, "_keys");
    char *classes = arena_strdup(arena, text);
    char *collations = text_split(classes, '|'), *options = text_split(collations, '|');
    const char **numbers = db_array_items(arena, row_value(row, "columns"));

    *keys = (Keys){.behind = text_split(options, '|')};
    keys->count = split(classes, keys->classes);
    for (int i = 0; i < keys->count; i++) {
        if (!numbers[i])
            return false;
        keys->columns[i] = atoi(numbers[i]);
    }
    return split(collations, keys->collations) == keys->count &&
           split(options, keys->options) == keys->count;
}

static const char *signature(const Keys *keys, int place, const NamedColumn *column,
                             const char *method, Arena *arena)
{
    return arena_join(arena, method, " ", keys->classes[place], " ", keys->collations[place], " ",
                      keys->options[place], " ", column->collation ? column->collation : "", " ",
                      column->type, NULL);
}

static IndexForm *form_find(const IndexForms *forms, const char *wanted)
{
    for (size_t i = 0; i < forms->count; i++)
        if (strcmp(forms->forms[i].signature, wanted) == 0)
            return &forms->forms[i];
    return NULL;
}

/* What follows the name of the column at that place in USING method (...). */
static const char *suffix_of(const char *definition, int place, Arena *arena)
{
    const char *at = NULL;
    int depth = 0;

    /* " USING " could be in a name in quotes before it. */
    for (const char *text = definition; *text; text = normal_skip_piece(text))
        if (strncmp(text, " USING ", 7) == 0) {
            at = text;
            break;
        }
    at = at ? strchr(at, '(') : NULL;
    if (!at)
        return NULL;
    for (at++; place > 0 && *at; at = normal_skip_piece(at)) {
        depth += (*at == '(') - (*at == ')');
        if (depth == 0 && *at == ',' && --place == 0)
            break;
    }
    at += *at == ',';
    at += *at == ' ';
    for (const char *name = at; *name; name = normal_skip_piece(name)) {
        at = name;
        if (*name == ' ' || *name == ',' || *name == ')')
            break;
    }
    const char *end = at;
    for (depth = 0; *end && (depth > 0 || (*end != ',' && *end != ')'));
         end = normal_skip_piece(end))
        depth += (*end == '(') - (*end == ')');
    return arena_strndup(arena, at, (size_t)(end - at));
}

/* More than indexes.sql leaves to us, which does not matter for a few. */
bool index_forms_queue_few(Db *db, const char *relations, const char *locked, Err *err)
{
    static const char sql[] =
        "select i.indexrelid, pg_catalog.pg_get_indexdef(i.indexrelid) from pg_catalog.pg_index i "
        "where i.indrelid = any ($1) and i.indrelid <> all ($2) and i.indexprs is null";
    const DbParameter parameters[] = {{DB_PARAMETER_OIDS, relations}, {DB_PARAMETER_OIDS, locked}};

    return db_queue(db, sql, parameters, 2, err);
}

bool index_forms_read_few(IndexForms *forms, Db *db, Err *err)
{
    int got = 0;

    while ((got = db_row(db, err)) > 0) {
        if (!db_value(db, 1))
            continue;
        forms->texts =
            arena_realloc_or_exit(forms->texts, (forms->text_count + 1) * sizeof *forms->texts);
        forms->texts[forms->text_count++] =
            (IndexText){(uint32_t)strtoul(db_value(db, 0), NULL, 10),
                        arena_strdup(&forms->arena, db_value(db, 1))};
    }
    return got == 0;
}

static const char *text_find(const IndexForms *forms, uint32_t index)
{
    for (size_t i = 0; i < forms->text_count; i++)
        if (forms->texts[i].index == index)
            return forms->texts[i].definition;
    return NULL;
}

static void form_add(IndexForms *forms, const char *key, uint32_t example, int place)
{
    if (forms->count == forms->room) {
        forms->room = forms->room ? forms->room * 2 : 32;
        forms->forms = arena_realloc_or_exit(forms->forms, forms->room * sizeof *forms->forms);
    }
    const char *text = text_find(forms, example);
    forms->forms[forms->count++] =
        (IndexForm){.signature = arena_strdup(&forms->arena, key),
                    .example = example,
                    .place = place,
                    .suffix = text ? suffix_of(text, place, &forms->arena) : NULL};
}

bool index_forms_collect(IndexForms *forms, const Rows *indexes, const Names *names, Err *err)
{
    CLEANUP(row_free) Row row = {0};
    CLEANUP(arena_free) Arena arena = {0};

    for (size_t i = 0; i < indexes->count; i++) {
        Keys keys = {0};
        arena_clear(&arena);
        if (!rows_get(indexes, i, &row, err))
            return false;
        if (!row_value(&row, "_keys") || !keys_read(&keys, &row, &arena))
            continue;
        for (int place = 0; place < keys.count; place++) {
            const NamedColumn *column =
                names_find(names, indexes->places[i].parent, keys.columns[place]);
            if (!column || !column->type)
                continue;
            const char *key = signature(&keys, place, column, row_value(&row, "method"), &arena);
            if (!form_find(forms, key))
                form_add(forms, key, (uint32_t)strtoul(row_value(&row, "_oid"), NULL, 10), place);
        }
    }
    return true;
}

bool index_forms_queue(IndexForms *forms, Db *db, Err *err)
{
    static const char sql[] =
        "select pg_catalog.pg_get_indexdef(u.index) from pg_catalog.unnest($1) with ordinality "
        "as u (index, place) order by u.place";
    CLEANUP(arena_free) Arena arena = {0};
    const char *list = "{";

    if (forms->count == 0)
        return true;
    for (size_t i = 0; i < forms->count; i++)
        list = arena_printf(&arena, "%s%s%lu", list, i ? "," : "",
                            (unsigned long)forms->forms[i].example);
    DbParameter parameter = {DB_PARAMETER_OIDS, arena_printf(&arena, "%s}", list)};
    return db_queue(db, sql, &parameter, 1, err);
}

bool index_forms_read(IndexForms *forms, Db *db, Err *err)
{
    int got = 0;

    if (forms->count == 0)
        return true;
    for (size_t i = 0; (got = db_row(db, err)) > 0; i++)
        if (i < forms->count && db_value(db, 0))
            forms->forms[i].suffix =
                suffix_of(db_value(db, 0), forms->forms[i].place, &forms->arena);
    return got == 0;
}

bool index_definition(const IndexForms *forms, const Names *names, const Row *row,
                      uint32_t relation, const char *table, Arena *arena, const char **ret)
{
    Keys keys = {0};
    const char *method = row_value(row, "method");
    const char *list = "";

    if (!keys_read(&keys, row, arena))
        return false;
    for (int place = 0; place < keys.count; place++) {
        const NamedColumn *column = names_find(names, relation, keys.columns[place]);
        const IndexForm *form =
            column && column->type
                ? form_find(forms, signature(&keys, place, column, method, arena))
                : NULL;
        if (!form || !form->suffix)
            return false;
        list = arena_join(arena, list, place ? ", " : "", ident_quote(arena, column->name),
                          form->suffix, NULL);
    }
    const char *predicate = row_value(row, "predicate");
    *ret = arena_join(arena, row_flag(row, "unique") ? "CREATE UNIQUE INDEX " : "CREATE INDEX ",
                      ident_quote(arena, row_value(row, "name")), " ON ", table, " USING ", method,
                      " (", list, ")", keys.behind, predicate ? " WHERE " : "",
                      predicate ? predicate : "", NULL);
    return true;
}

void index_forms_free(IndexForms *forms)
{
    arena_free(&forms->arena);
    free(forms->forms);
    free(forms->texts);
    *forms = (IndexForms){0};
}
