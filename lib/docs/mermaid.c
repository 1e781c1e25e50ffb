#include "docs/mermaid.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "docs/markdown.h"
#include "model/typename.h"
#include "model/views.h"

enum { TEXT_MAX = 48000, EDGES_MAX = 480 };
typedef enum Detail { DETAIL_COLUMNS, DETAIL_KEYS, DETAIL_NAMES, DETAIL_COUNT } Detail;

/* "text" with what Mermaid might take for something else as #code; */
static void put_string(FILE *out, const char *text)
{
    const char *shown = NULL;
    size_t length = 0;

    fputc('"', out);
    while (*text) {
        text += markdown_character(text, &shown, &length);
        if (length == 1 && !isalnum((unsigned char)*shown) && !strchr("_ .-", *shown))
            fprintf(out, "#%d;", *shown);
        else
            fwrite(shown, 1, length, out);
    }
    fputc('"', out);
}

/* The text as a word of a diagram: letters, digits, _ and brackets. True when that is all it was.
 */
static bool put_word(FILE *out, const char *text, const char *brackets)
{
    bool same = true;

    if (isdigit((unsigned char)*text) || !*text) {
        fputc('_', out);
        same = false;
    }
    for (const char *at = text; *at; at++) {
        bool kept = isalnum((unsigned char)*at) || *at == '_' ||
                    (at > text && strchr(brackets, *at) != NULL);

        fputc(kept ? *at : '_', out);
        same &= kept;
    }
    return same;
}

static bool has(const json_t *array, const char *text)
{
    size_t index = 0;
    const json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        const char *name = json_string_value(item);

        if (name && strcmp(name, text) == 0)
            return true;
    }
    return false;
}

/* Whether some constraint of that type has the column; alone, if asked. */
static bool is_in(const TableView *table, const char *type, const char *column, bool alone)
{
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(table->constraints, index, value)
    {
        ConstraintView constraint = {0};
        Err ignored = {0};

        if (view_constraint(value, &constraint, &ignored) && strcmp(constraint.type, type) == 0 &&
            has(constraint.columns, column) && (!alone || json_array_size(constraint.columns) == 1))
            return true;
    }
    return false;
}

static bool put_columns(FILE *out, const TableView *table, Detail detail, Err *err)
{
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(table->columns, index, value)
    {
        ColumnView column = {0};

        if (!view_column(value, &column, err))
            return false;
        const char *marks[] = {
            is_in(table, "primary key", column.name, false) ? "PK" : NULL,
            is_in(table, "foreign key", column.name, false) ? "FK" : NULL,
            is_in(table, "unique", column.name, true) ? "UK" : NULL,
        };
        bool any = marks[0] || marks[1];

        if (detail == DETAIL_KEYS && !any)
            continue;
        fputs("        ", out);
        put_word(out, column.type, "[]()");
        fputc(' ', out);
        bool same = put_word(out, column.name, "");

        any = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            if (marks[i])
                fprintf(out, "%s%s", any ? ", " : " ", marks[i]);
            any |= marks[i] != NULL;
        }
        if (!same) {
            fputc(' ', out);
            put_string(out, column.name);
        }
        fputc('\n', out);
    }
    return true;
}

static bool is_optional(const TableView *table, const json_t *columns)
{
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(table->columns, index, value)
    {
        ColumnView column = {0};
        Err ignored = {0};

        if (view_column(value, &column, &ignored) && has(columns, column.name) && !column.not_null)
            return true;
    }
    return false;
}

/* Whether the columns are those of a primary or unique key, in whatever order. */
static bool is_unique(const TableView *table, const json_t *columns)
{
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(table->constraints, index, value)
    {
        ConstraintView key = {0};
        Err ignored = {0};
        size_t found = 0, at = 0;
        const json_t *name = NULL;

        if (!view_constraint(value, &key, &ignored) ||
            (strcmp(key.type, "primary key") != 0 && strcmp(key.type, "unique") != 0))
            continue;
        json_array_foreach(key.columns, at, name)
        {
            found += json_is_string(name) && has(columns, json_string_value(name));
        }
        if (found == json_array_size(key.columns) && found == json_array_size(columns))
            return true;
    }
    return false;
}

static bool put_edges(FILE *out, const TableView *table, const char *schema, size_t *edges,
                      Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(table->constraints, index, value)
    {
        ConstraintView key = {0};
        const char *to_schema = NULL, *to = NULL;

        if (!view_constraint(value, &key, err))
            return false;
        if (strcmp(key.type, "foreign key") != 0 || !key.references ||
            !typename_split_id(&arena, key.references, &to_schema, &to))
            continue;
        ++*edges;
        fputs("    ", out);
        put_string(out, strcmp(to_schema, schema) == 0
                            ? to
                            : arena_printf(&arena, "%s.%s", to_schema, to));
        fprintf(out, " %s--%s ", is_optional(table, key.columns) ? "|o" : "||",
                is_unique(table, key.columns) ? "o|" : "o{");
        put_string(out, table->object.name);
        fputs(" : ", out);
        put_string(out, key.name);
        fputc('\n', out);
    }
    return true;
}

static bool draw(json_t *const *tables, size_t count, const char *schema, Detail detail, FILE *out,
                 size_t *edges, Err *err)
{
    fputs("erDiagram\n", out);
    for (size_t i = 0; i < count; i++) {
        TableView table = {0};

        if (!view_table(tables[i], &table, err))
            return false;
        fputs("    ", out);
        put_string(out, table.object.name);
        if (detail != DETAIL_NAMES && json_array_size(table.columns)) {
            fputs(" {\n", out);
            if (!put_columns(out, &table, detail, err))
                return false;
            fputs("    }", out);
        }
        fputc('\n', out);
    }
    for (size_t i = 0; i < count; i++) {
        TableView table = {0};

        if (!view_table(tables[i], &table, err) || !put_edges(out, &table, schema, edges, err))
            return false;
    }
    return true;
}

bool mermaid_draw(json_t *const *tables, size_t count, const char *schema, FILE *out,
                  bool *ret_drawn, Err *err)
{
    *ret_drawn = false;
    for (Detail detail = DETAIL_COLUMNS; count && !*ret_drawn && detail < DETAIL_COUNT; detail++) {
        CLEANUP(cleanup_free) char *text = NULL;
        size_t length = 0, edges = 0;
        FILE *memory = open_memstream(&text, &length);

        if (!memory)
            return err_errno(err, EXIT_OS, "cannot make room for a diagram");
        bool drawn = draw(tables, count, schema, detail, memory, &edges, err);

        if (fclose(memory) != 0 && drawn)
            return err_errno(err, EXIT_OS, "cannot make room for a diagram");
        if (!drawn)
            return false;
        *ret_drawn = length <= TEXT_MAX && edges <= EDGES_MAX;
        if (*ret_drawn)
            fprintf(out, "```mermaid\n%s```\n", text);
    }
    return true;
}
