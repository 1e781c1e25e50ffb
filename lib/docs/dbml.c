#include "docs/dbml.h"

#include <string.h>

#include "json/jx.h"
#include "model/markdown.h"
#include "model/views.h"

/* ---- texts ---- */

static void put_escaped(FILE *out, const char *text, char quote)
{
    const char *shown = NULL;
    size_t length = 0;

    while (*text) {
        text += markdown_character(text, &shown, &length);
        if (length == 1 && (*shown == quote || *shown == '\\'))
            fputc('\\', out);
        fwrite(shown, 1, length, out);
    }
}

static void put_name(FILE *out, const char *name)
{
    fputc('"', out);
    put_escaped(out, name, '"');
    fputc('"', out);
}

static void put_full_name(FILE *out, const char *schema, const char *name)
{
    put_name(out, schema);
    fputc('.', out);
    put_name(out, name);
}

/* As '''...''' where it has lines. */
static void put_string(FILE *out, const char *text)
{
    const char *quote = strchr(text, '\n') ? "'''" : "'";

    fputs(quote, out);
    while (*text) {
        const char *shown = NULL;
        size_t length = 0;

        if (*text == '\n') {
            fputc(*text++, out);
            continue;
        }
        text += markdown_character(text, &shown, &length);
        if (length == 1 && (*shown == '\'' || *shown == '\\'))
            fputc('\\', out);
        fwrite(shown, 1, length, out);
    }
    fputs(quote, out);
}

static void put_expression(FILE *out, const char *text, size_t size)
{
    const char *end = text + size;
    const char *shown = NULL;
    size_t length = 0;

    fputc('`', out);
    while (text < end) {
        if (*text == '`') {
            fputs("\xCB\x8B", out);
            text++;
        } else if (*text == '\n') {
            fputc(*text++, out);
        } else {
            text += markdown_character(text, &shown, &length);
            fwrite(shown, 1, length, out);
        }
    }
    fputc('`', out);
}

/* ---- settings ---- */

static FILE *setting(FILE *out, bool *any)
{
    fputs(*any ? ", " : " [", out);
    *any = true;
    return out;
}

static void put_note(FILE *out, bool *any, const char *text)
{
    if (text && *text) {
        fputs("note: ", setting(out, any));
        put_string(out, text);
    }
}

static void put_type(FILE *out, const FactsColumn *column)
{
    const FactsObject *type = column->of_type;
    size_t length = strlen(column->type);

    if (type && type->kind == KIND_ENUM && (!length || column->type[length - 1] != ']'))
        put_full_name(out, type->schema, type->name);
    else
        put_name(out, column->type);
}

static size_t primary_count(const FactsObject *table)
{
    size_t count = 0;

    for (size_t i = 0; i < table->column_count; i++)
        count += table->columns[i].primary;
    return count;
}

static bool put_column(FILE *out, const FactsObject *table, const FactsColumn *column,
                       const json_t *value, Err *err)
{
    ColumnView view = {0};
    bool any = false;

    if (!view_column(value, &view, err))
        return false;
    fputs("  ", out);
    put_name(out, column->name);
    fputc(' ', out);
    put_type(out, column);
    if (column->primary && primary_count(table) == 1)
        fputs("pk", setting(out, &any));
    if (column->not_null)
        fputs("not null", setting(out, &any));
    if (column->unique)
        fputs("unique", setting(out, &any));
    if (view.identity)
        fputs("increment", setting(out, &any));
    if (view.default_text) {
        fputs("default: ", setting(out, &any));
        put_expression(out, view.default_text, strlen(view.default_text));
    }
    put_note(out, &any, view.comment);
    fputs(any ? "]\n" : "\n", out);
    return true;
}

/* ---- indexes and checks ---- */

static void put_columns(FILE *out, const json_t *columns)
{
    size_t index = 0;
    const json_t *item = NULL;

    fputc('(', out);
    json_array_foreach(columns, index, item)
    {
        fputs(index ? ", " : "", out);
        put_name(out, json_is_string(item) ? json_string_value(item) : "");
    }
    fputc(')', out);
}

/* What stands between the first brackets behind USING: the columns as SQL has them. */
static const char *index_body(const char *definition, size_t *ret_length)
{
    const char *start = NULL;
    bool quoted = false;
    int depth = 0;

    for (const char *at = definition; *at; at++) {
        quoted ^= *at == '"' || *at == '\'';
        if (quoted)
            continue;
        if (!start && strncmp(at, " USING ", 7) == 0) {
            start = strchr(at, '(');
            if (!start)
                return NULL;
            at = start;
        }
        depth += start && *at == '(' ? 1 : start && *at == ')' ? -1 : 0;
        if (start && !depth) {
            *ret_length = (size_t)(at - start - 1);
            return start + 1;
        }
    }
    return NULL;
}

static bool has_expression(const json_t *columns)
{
    size_t index = 0;
    const json_t *item = NULL;

    json_array_foreach(columns, index, item)
    {
        if (json_is_string(item) && !*json_string_value(item))
            return true;
    }
    return !json_array_size(columns);
}

static bool put_index(FILE *out, const json_t *value, Err *err)
{
    IndexView view = {0};
    bool any = false;
    size_t length = 0;

    if (!view_index(value, &view, err))
        return false;
    const char *body = view.definition ? index_body(view.definition, &length) : NULL;

    fputs("    ", out);
    if (!has_expression(view.columns))
        put_columns(out, view.columns);
    else
        put_expression(out, body && length ? body : view.name,
                       body && length ? length : strlen(view.name));
    if (view.unique)
        fputs("unique", setting(out, &any));
    fputs("name: ", setting(out, &any));
    put_name(out, view.name);
    if (view.method) {
        fputs("type: ", setting(out, &any));
        put_name(out, view.method);
    }
    if (view.predicate || view.comment) {
        fputs("note: ", setting(out, &any));
        CLEANUP(arena_free) Arena arena = {0};

        put_string(out, arena_join(&arena, view.predicate ? "where " : "",
                                   view.predicate ? view.predicate : "",
                                   view.predicate && view.comment ? "\n" : "",
                                   view.comment ? view.comment : "", (char *)NULL));
    }
    fputs("]\n", out);
    return true;
}

/* The keys of several columns, and the indexes; with the brackets around them if there are any. */
static bool put_indexes(FILE *out, const TableView *table, Err *err)
{
    size_t index = 0;
    const json_t *value = NULL;
    bool open = false;

    json_array_foreach(table->constraints, index, value)
    {
        ConstraintView view = {0};
        bool any = false;

        if (!view_constraint(value, &view, err))
            return false;
        bool primary = strcmp(view.type, "primary key") == 0;

        if ((!primary && strcmp(view.type, "unique") != 0) || json_array_size(view.columns) < 2)
            continue;
        fputs(open ? "    " : "\n  indexes {\n    ", out);
        open = true;
        put_columns(out, view.columns);
        fputs(primary ? "pk" : "unique", setting(out, &any));
        fputs("name: ", setting(out, &any));
        put_name(out, view.name);
        put_note(out, &any, view.comment);
        fputs("]\n", out);
    }
    json_array_foreach(table->indexes, index, value)
    {
        fputs(open ? "" : "\n  indexes {\n", out);
        open = true;
        if (!put_index(out, value, err))
            return false;
    }
    fputs(open ? "  }\n" : "", out);
    return true;
}

/* "CHECK ((price > 0))": the expression alone. */
static void put_check(FILE *out, const ConstraintView *view)
{
    const char *text = view->definition ? view->definition : "";
    size_t length = 0;

    if (strncmp(text, "CHECK (", 7) == 0) {
        const char *end = strrchr(text, ')');

        text += 7;
        length = end && end > text ? (size_t)(end - text) : strlen(text);
    } else {
        length = strlen(text);
    }
    fputs("    ", out);
    put_expression(out, text, length);
    fputs(" [name: ", out);
    put_name(out, view->name);
    fputs("]\n", out);
}

static bool put_checks(FILE *out, const TableView *table, Err *err)
{
    size_t index = 0;
    const json_t *value = NULL;
    bool open = false;

    json_array_foreach(table->constraints, index, value)
    {
        ConstraintView view = {0};

        if (!view_constraint(value, &view, err))
            return false;
        if (strcmp(view.type, "check") != 0)
            continue;
        fputs(open ? "" : "\n  checks {\n", out);
        open = true;
        put_check(out, &view);
    }
    fputs(open ? "  }\n" : "", out);
    return true;
}

/* ---- references ---- */

static bool same_names(const char *const *one, size_t one_count, const char *const *two,
                       size_t two_count)
{
    bool same = one_count == two_count;

    for (size_t i = 0; same && i < one_count; i++)
        same = strcmp(one[i], two[i]) == 0;
    return same;
}

/* Whether both have the same ends, either way round. */
static bool same_ends(const FactsKey *a, const FactsKey *b)
{
    return (a->from == b->from && a->to == b->to &&
            same_names(a->columns, a->count, b->columns, b->count) &&
            same_names(a->references, a->reference_count, b->references, b->reference_count)) ||
           (a->from == b->to && a->to == b->from &&
            same_names(a->columns, a->count, b->references, b->reference_count) &&
            same_names(a->references, a->reference_count, b->columns, b->count));
}

static bool is_said(const FactsKey *key)
{
    if (!key->to || !key->count || key->count != key->reference_count ||
        (key->from == key->to &&
         same_names(key->columns, key->count, key->references, key->reference_count)))
        return false;
    for (const FactsKey *other = key->from->keys; other < key; other++)
        if (same_ends(other, key))
            return false;
    for (size_t i = 0; key->to < key->from && i < key->to->key_count; i++)
        if (same_ends(&key->to->keys[i], key))
            return false;
    return true;
}

/* What stands behind ON DELETE or ON UPDATE, outside of quotes. */
static const char *action_of(const char *definition, const char *event)
{
    static const char *const actions[][2] = {{"CASCADE", "cascade"},
                                             {"RESTRICT", "restrict"},
                                             {"SET NULL", "set null"},
                                             {"SET DEFAULT", "set default"}};
    bool quoted = false;

    for (const char *at = definition; *at; at++) {
        quoted ^= *at == '"';
        if (quoted || strncmp(at, event, strlen(event)) != 0)
            continue;
        for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
            if (strncmp(at + strlen(event), actions[i][0], strlen(actions[i][0])) == 0)
                return actions[i][1];
    }
    return NULL;
}

static void put_end(FILE *out, const FactsObject *table, const char *const *columns, size_t count)
{
    put_full_name(out, table->schema, table->name);
    fputs(count > 1 ? ".(" : ".", out);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ", " : "", out);
        put_name(out, columns[i]);
    }
    fputs(count > 1 ? ")" : "", out);
}

static void put_reference(FILE *out, const FactsKey *key, const json_t *constraints)
{
    size_t index = 0;
    const json_t *value = NULL;
    const char *definition = "";
    bool any = false;

    json_array_foreach(constraints, index, value)
    {
        if (strcmp(jx_string(value, "name", ""), key->name) == 0)
            definition = jx_string(value, "definition", "");
    }
    fputs("Ref ", out);
    put_name(out, key->name);
    fputs(": ", out);
    put_end(out, key->from, key->columns, key->count);
    fputs(key->single ? " - " : " > ", out);
    put_end(out, key->to, key->references, key->reference_count);
    const char *deletes = action_of(definition, " ON DELETE ");
    const char *updates = action_of(definition, " ON UPDATE ");

    if (deletes)
        fprintf(setting(out, &any), "delete: %s", deletes);
    if (updates)
        fprintf(setting(out, &any), "update: %s", updates);
    fputs(any ? "]\n" : "\n", out);
}

/* ---- objects ---- */

static bool put_table(FILE *out, const FactsObject *table, const json_t *value, Err *err)
{
    TableView view = {0};
    size_t index = 0;
    const json_t *column = NULL;

    if (!view_table(value, &view, err))
        return false;
    if (!table->column_count) {
        fputs("// no columns: ", out);
        put_full_name(out, table->schema, table->name);
        fputs("\n\n", out);
        return true;
    }
    fputs("Table ", out);
    put_full_name(out, table->schema, table->name);
    fputs(" {\n", out);
    json_array_foreach(view.columns, index, column)
    {
        if (!put_column(out, table, &table->columns[index], column, err))
            return false;
    }
    if (!put_indexes(out, &view, err) || !put_checks(out, &view, err))
        return false;
    if (view.object.comment && *view.object.comment) {
        fputs("\n  Note: ", out);
        put_string(out, view.object.comment);
        fputc('\n', out);
    }
    fputs("}\n", out);
    for (size_t i = 0; i < table->key_count; i++)
        if (is_said(&table->keys[i]))
            put_reference(out, &table->keys[i], view.constraints);
    fputc('\n', out);
    return true;
}

static bool put_enum(FILE *out, const FactsObject *object, const json_t *value, Err *err)
{
    EnumView view = {0};
    size_t index = 0;
    const json_t *label = NULL;

    if (!view_enum(value, &view, err))
        return false;
    fputs(json_array_size(view.labels) ? "Enum " : "// no values: ", out);
    put_full_name(out, object->schema, object->name);
    fputs(json_array_size(view.labels) ? " {\n" : "\n\n", out);
    json_array_foreach(view.labels, index, label)
    {
        const char *text = json_is_string(label) ? json_string_value(label) : "";

        fputs("  ", out);
        put_name(out, *text ? text : " ");
        fputs(*text ? "\n" : " [note: 'the empty text']\n", out);
    }
    fputs(json_array_size(view.labels) ? "}\n\n" : "", out);
    return true;
}

/* With more than one schema, which tables are in which. */
static void put_groups(const Facts *facts, FILE *out)
{
    size_t schemas = 0;

    for (size_t i = 0; i < facts->count; i++)
        schemas += facts->objects[i].kind == KIND_SCHEMA;
    for (size_t i = 0; schemas > 1 && i < facts->count; i++) {
        const FactsObject *schema = &facts->objects[i];

        if (schema->kind != KIND_SCHEMA)
            continue;
        FactsRun run = facts_run(facts, schema->schema, KIND_TABLE);
        bool open = false;

        for (size_t j = 0; j < run.count; j++) {
            if (!run.first[j].column_count)
                continue;
            if (!open) {
                fputs("TableGroup ", out);
                put_name(out, schema->name);
                fputs(" {\n", out);
            }
            open = true;
            fputs("  ", out);
            put_full_name(out, run.first[j].schema, run.first[j].name);
            fputc('\n', out);
        }
        fputs(open ? "}\n\n" : "", out);
    }
}

bool dbml_write(const Facts *facts, const char *title, FILE *out, Err *err)
{
    fputs("Project ", out);
    put_name(out, title ? title : "Database schema");
    fputs(" {\n  database_type: 'PostgreSQL'\n}\n\n", out);
    for (size_t i = 0; i < facts->count; i++) {
        const FactsObject *object = &facts->objects[i];

        if (object->kind != KIND_ENUM && object->kind != KIND_TABLE)
            continue;
        json_auto_t *value = jx_parse(object->text, object->length, object->id, err);

        if (!value || !(object->kind == KIND_ENUM ? put_enum(out, object, value, err)
                                                  : put_table(out, object, value, err)))
            return value && err_in(err, "in '%s'", object->id);
    }
    put_groups(facts, out);
    return true;
}
