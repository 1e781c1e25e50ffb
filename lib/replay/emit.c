/* The catalog as snapshot objects: the same members as source/live.c reads from a server. */
#include "replay/emit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "json/jx.h"
#include "model/scope.h"
#include "model/text.h"
#include "replay/deparse.h"
#include "replay/names.h"
#include "replay/types.h"
#include "sql/normal.h"

/* ---- members ---- */

void emit_set(Emit *emit, json_t *object, const char *name, json_t *value)
{
    if (!jx_set(object, name, value, emit->err)) {
        err_in(emit->err, "in member '%s'", name);
        emit->failed = true;
    }
}

void emit_text(Emit *emit, json_t *object, const char *name, const char *text)
{
    if (text)
        emit_set(emit, object, name, json_string(text));
}

void emit_flag(Emit *emit, json_t *object, const char *name, bool value)
{
    if (value)
        emit_set(emit, object, name, json_true());
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void emit_texts(Emit *emit, json_t *object, const char *name, const Vec *texts)
{
    json_t *array;

    if (!texts->count)
        return;
    array = json_array();
    Vec kept = *texts;
    if (text_is_set(name)) {
        kept = (Vec){0};
        for (size_t i = 0; i < texts->count; i++)
            vec_add(emit->arena, &kept, texts->items[i]);
        qsort(kept.items, kept.count, sizeof *kept.items, compare_text);
        texts = &kept;
    }
    for (size_t i = 0; i < texts->count; i++) {
        if (!jx_append(array, json_string(texts->items[i]), emit->err))
            emit->failed = true;
    }
    emit_set(emit, object, name, array);
}

void emit_inexact(Emit *emit, json_t *object, const Vec *inexact)
{
    const json_t *rights = json_object_get(object, "inexact");
    Vec all = {0};

    for (size_t i = 0; i < json_array_size(rights); i++)
        vec_add(emit->arena, &all,
                arena_strdup(emit->arena, json_string_value(json_array_get(rights, i))));
    for (size_t i = 0; i < inexact->count; i++)
        if (!vec_has_text(&all, inexact->items[i]))
            vec_add(emit->arena, &all, inexact->items[i]);
    if (all.count > 1)
        qsort(all.items, all.count, sizeof *all.items, compare_text);
    emit_texts(emit, object, "inexact", &all);
}

void emit_columns_of(Emit *emit, json_t *object, const char *name, const Vec *columns)
{
    Vec names = {0};

    for (size_t i = 0; i < columns->count; i++) {
        const Column *column = columns->items[i]; /* NULL: an expression of an exclusion */

        vec_add(emit->arena, &names, column ? column->name : "");
    }
    emit_texts(emit, object, name, &names);
}

void emit_rights(Emit *emit, json_t *object, const Rights *rights)
{
    PrivilegeForm form = rights_form(emit->replay, rights, false);
    const char *const texts[] = {form.grants, form.revokes};

    if (rights->doubtful)
        emit_set(emit, object, "inexact", json_pack("[ss]", "grants", "revokes"));
    if (rights->owner && strcmp(rights->owner, rights_database_owner) != 0)
        emit_text(emit, object, "owner", rights->owner);
    for (size_t i = 0; i < 2; i++)
        if (texts[i])
            emit_set(emit, object, i ? "revokes" : "grants",
                     jx_parse(texts[i], strlen(texts[i]), "rights", emit->err));
}

void emit_firing(Emit *emit, json_t *object, char firing)
{
    emit_text(emit, object, "firing",
              firing == 'D'   ? "disabled"
              : firing == 'R' ? "replica"
              : firing == 'A' ? "always"
                              : NULL);
}

/* "a, b" of columns, quoted. */
static const char *column_list(Emit *emit, const Vec *columns)
{
    const char *text = "";

    for (size_t i = 0; i < columns->count; i++)
        text = arena_printf(emit->arena, "%s%s%s", text, i ? ", " : "",
                            names_quote(emit->arena, ((const Column *)columns->items[i])->name));
    return text;
}

const char *emit_qualified(Emit *emit, const Relation *relation)
{
    return names_qualified(emit->arena, relation->schema, relation->name);
}

bool emit_shows(const Emit *emit, const char *schema)
{
    return *schema && scope_includes(schema, emit->include, emit->exclude, emit->replay->supabase);
}

/* ---- texts ---- */

static const char *option_shown(Emit *emit, KindId kind, const char *option)
{
    size_t length = strcspn(option, "=");
    const char *name = arena_strndup(emit->arena, option, length);
    const char *bare = strrchr(name, ' '); /* "in this database: name" */

    if (option[length] == '=' && secret_is_option(text_secrets(kind), bare ? bare + 1 : name))
        return arena_printf(emit->arena, "%s=" SECRET_SHOWN, name);
    return secret_hide(emit->arena, option);
}

static json_t *text_shown(Emit *emit, KindId kind, const char *member, const char *text)
{
    switch (text_rule(kind, member)) {
    case TEXT_QUERY:
        text = normal_expression(emit->arena, normal_query(emit->arena, text));
        break;
    case TEXT_DEPARSED:
        text = normal_expression(emit->arena, text);
        break;
    case TEXT_OPTIONS:
        return json_string(option_shown(emit, kind, text));
    case TEXT_WRITTEN:
    case TEXT_ARGUMENTS:
    case TEXT_BODY:
        break;
    case TEXT_PLAIN:
        return NULL;
    }
    return json_string(secret_hide(emit->arena, text));
}

/* Brings the texts of an object and of what is nested in it to the form in which they are shown. */
static void settle_texts(Emit *emit, KindId kind, json_t *object)
{
    const char *member = NULL;
    json_t *value = NULL, *item = NULL;
    size_t place = 0;
    void *next = NULL;

    json_object_foreach_safe(object, next, member, value)
    {
        KindId nested = kind;

        if (json_is_string(value)) {
            json_t *shown = text_shown(emit, kind, member, json_string_value(value));

            if (shown)
                json_object_set_new(object, member, shown);
        } else if (json_is_array(value) && kind_nested(kind, member, &nested)) {
            json_array_foreach(value, place, item) settle_texts(emit, nested, item);
        } else if (json_is_array(value) && text_rule(kind, member) == TEXT_OPTIONS) {
            json_array_foreach(value, place, item) json_array_set_new(
                value, place, json_string(option_shown(emit, kind, json_string_value(item))));
        }
    }
}

/* ---- sorting ---- */

typedef struct Row {
    const char *id;
    json_t *object;
} Row;

static int compare_rows(const void *a, const void *b)
{
    return strcmp((*(const Row *const *)a)->id, (*(const Row *const *)b)->id);
}

void emit_row(Emit *emit, Rows *rows, const char *id, json_t *object)
{
    Row *row = arena_alloc(emit->arena, sizeof *row);

    row->id = id;
    row->object = object;
    vec_add(emit->arena, &rows->rows, row);
}

static bool write_rows(Emit *emit, Rows *rows, KindId kind, SnapshotWriter *writer)
{
    const char *last = NULL;
    bool ok = !emit->failed;

    if (rows->rows.count > 1)
        qsort(rows->rows.items, rows->rows.count, sizeof *rows->rows.items, compare_rows);
    for (size_t i = 0; i < rows->rows.count; i++) {
        Row *row = rows->rows.items[i];

        settle_texts(emit, kind, row->object);
        /* Two of one name cannot be in a server: what could not be replayed left the first. */
        if (ok && (!last || strcmp(last, row->id) != 0))
            ok = snapshot_writer_add_json(writer, kind, row->object, emit->err);
        last = row->id;
        json_decref(row->object);
    }
    return ok;
}

/* A nested array, ascending by name. */
void emit_rows(Emit *emit, json_t *object, const char *name, Rows *rows)
{
    json_t *array = json_array();

    if (rows->rows.count > 1)
        qsort(rows->rows.items, rows->rows.count, sizeof *rows->rows.items, compare_rows);
    for (size_t i = 0; i < rows->rows.count; i++)
        json_array_append_new(array, ((const Row *)rows->rows.items[i])->object);
    if (rows->rows.count)
        emit_set(emit, object, name, array);
    else
        json_decref(array);
}

/* ---- indexes ---- */

const char *emit_key(Emit *emit, const Relation *relation, const IndexKey *key, bool order)
{
    const char *text;

    if (key->column) {
        text = names_quote(emit->arena, key->column->name);
    } else if (key->expr) {
        text = deparse_expr(emit->catalog, key->expr, relation);
        if (!deparse_is_call(key->expr))
            text = arena_printf(emit->arena, "(%s)", text);
    } else {
        text = "?";
    }
    if (key->collation)
        text = arena_printf(emit->arena, "%s COLLATE %s", text, key->collation);
    if (key->class_name)
        text = arena_printf(emit->arena, "%s %s", text, key->class_name);
    if (key->class_options) {
        const char *options = "";

        for (const char *at = key->class_options; *at;) {
            size_t length = strcspn(at, "\n");
            size_t name = strcspn(at, "=");

            options = arena_printf(emit->arena, "%s%s%.*s='%.*s'", options, *options ? ", " : "",
                                   (int)name, at, (int)(length - name - 1), at + name + 1);
            at += length + (at[length] == '\n');
        }
        text = arena_printf(emit->arena, "%s (%s)", text, options);
    }
    if (order && key->has_order) {
        if (key->descending)
            text =
                arena_printf(emit->arena, "%s DESC%s", text, key->nulls_first ? "" : " NULLS LAST");
        else if (key->nulls_first)
            text = arena_printf(emit->arena, "%s NULLS FIRST", text);
    }
    return text;
}

static const char *options_text(Emit *emit, const Vec *options)
{
    const char *text = "";

    for (size_t i = 0; i < options->count; i++) {
        const char *option = options->items[i];
        size_t name = strcspn(option, "=");
        const char *value = option + name + (option[name] == '=');

        if (strcmp(names_quote(emit->arena, value), value) != 0)
            value = names_literal(emit->arena, value);
        text =
            arena_printf(emit->arena, "%s%s%s=%s", text, *text ? ", " : "",
                         names_quote(emit->arena, arena_strndup(emit->arena, option, name)), value);
    }
    return text;
}

static const char *index_text(Emit *emit, const Relation *relation, const Index *index)
{
    Arena *arena = emit->arena;
    const char *text =
        arena_printf(arena, "CREATE %sINDEX %s ON %s%s USING %s (", index->unique ? "UNIQUE " : "",
                     names_quote(arena, index->name), relation->kind == 'p' ? "ONLY " : "",
                     emit_qualified(emit, relation), names_quote(arena, index->method));

    for (size_t i = 0; i < index->keys.count; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? ", " : "",
                            emit_key(emit, relation, index->keys.items[i], true));
    text = arena_printf(arena, "%s)", text);
    if (index->included.count)
        text = arena_printf(arena, "%s INCLUDE (%s)", text, column_list(emit, &index->included));
    if (index->nulls_not_distinct)
        text = arena_printf(arena, "%s NULLS NOT DISTINCT", text);
    if (index->options.count)
        text = arena_printf(arena, "%s WITH (%s)", text, options_text(emit, &index->options));
    if (index->predicate)
        text = arena_printf(arena, "%s WHERE %s", text,
                            deparse_expr(emit->catalog, index->predicate, relation));
    return text;
}

/* Targets of the columns of an index with expressions; "" where there is none. */
static void emit_statistics(Emit *emit, json_t *item, const Index *index)
{
    Vec targets = {0};
    bool expressions = false, any = false;

    for (size_t i = 0; i < index->keys.count + index->included.count; i++) {
        const IndexKey *key = i < index->keys.count ? index->keys.items[i] : NULL;

        expressions |= key && !key->column;
        any |= key && key->statistics;
        vec_add(emit->arena, &targets,
                key && key->statistics ? arena_printf(emit->arena, "%d", key->statistics - 1) : "");
    }
    if (expressions && any)
        emit_texts(emit, item, "statistics", &targets);
}

static void emit_indexes(Emit *emit, json_t *object, const Relation *relation)
{
    Rows rows = {0};

    for (size_t i = 0; i < relation->indexes.count; i++) {
        const Index *index = relation->indexes.items[i];
        json_t *item;
        Vec names = {0};

        if (index->of_partition)
            continue;
        item = json_object();

        for (size_t k = 0; k < index->keys.count; k++) {
            const IndexKey *key = index->keys.items[k];

            vec_add(emit->arena, &names, (key->column ? key->column->name : ""));
        }
        emit_text(emit, item, "name", index->name);
        emit_flag(emit, item, "invalid", index->lacking.count > 0);
        emit_text(emit, item, "definition", index_text(emit, relation, index));
        emit_flag(emit, item, "unique", index->unique);
        emit_text(emit, item, "method", index->method);
        emit_texts(emit, item, "columns", &names);
        if (index->predicate)
            emit_text(emit, item, "predicate",
                      deparse_expr(emit->catalog, index->predicate, relation));
        emit_text(emit, item, "tablespace", index->tablespace);
        emit_statistics(emit, item, index);
        emit_text(emit, item, "comment", index->comment);
        emit_inexact(emit, item, &index->inexact);
        emit_row(emit, &rows, index->name, item);
    }
    emit_rows(emit, object, "indexes", &rows);
}

/* ---- constraints ---- */

static const char *action_text(char action)
{
    switch (action) {
    case 'r':
        return "RESTRICT";
    case 'c':
        return "CASCADE";
    case 'n':
        return "SET NULL";
    case 'd':
        return "SET DEFAULT";
    default:
        return NULL;
    }
}

static const char *constraint_text(Emit *emit, const Relation *relation,
                                   const Constraint *constraint)
{
    Arena *arena = emit->arena;
    const char *text = "";

    switch (constraint->type) {
    case 'f':
        text = arena_printf(arena, "FOREIGN KEY (%s) REFERENCES %s(%s)",
                            column_list(emit, &constraint->columns),
                            emit_qualified(emit, constraint->references),
                            column_list(emit, &constraint->reference_columns));
        if (constraint->match == 'f')
            text = arena_printf(arena, "%s MATCH FULL", text);
        if (action_text(constraint->on_update))
            text = arena_printf(arena, "%s ON UPDATE %s", text, action_text(constraint->on_update));
        if (action_text(constraint->on_delete))
            text = arena_printf(arena, "%s ON DELETE %s", text, action_text(constraint->on_delete));
        if (constraint->set_columns.count)
            text =
                arena_printf(arena, "%s (%s)", text, column_list(emit, &constraint->set_columns));
        break;
    case 'p':
    case 'u':
        text = arena_printf(arena, "%s%s (%s)", constraint->type == 'p' ? "PRIMARY KEY" : "UNIQUE",
                            constraint->type == 'u' && constraint->index->nulls_not_distinct
                                ? " NULLS NOT DISTINCT"
                                : "",
                            column_list(emit, &constraint->columns));
        if (constraint->index->included.count)
            text = arena_printf(arena, "%s INCLUDE (%s)", text,
                                column_list(emit, &constraint->index->included));
        break;
    case 'x': {
        text = arena_printf(arena, "EXCLUDE USING %s (", constraint->index->method);
        for (size_t i = 0; i < constraint->index->keys.count; i++) {
            const IndexKey *key = constraint->index->keys.items[i];

            text = arena_printf(arena, "%s%s%s WITH %s", text, i ? ", " : "",
                                emit_key(emit, relation, key, true), key->operator);
        }
        text = arena_printf(arena, "%s)", text);
        if (constraint->index->options.count)
            text = arena_printf(arena, "%s WITH (%s)", text,
                                options_text(emit, &constraint->index->options));
        if (constraint->index->predicate)
            text =
                arena_printf(arena, "%s WHERE (%s)", text,
                             deparse_expr(emit->catalog, constraint->index->predicate, relation));
        break;
    }
    default:
        text = arena_printf(arena, "CHECK (%s)%s",
                            deparse_expr(emit->catalog, constraint->check, relation),
                            constraint->no_inherit ? " NO INHERIT" : "");
        break;
    }
    if (constraint->deferrable)
        text = arena_printf(arena, "%s DEFERRABLE", text);
    if (constraint->initially_deferred)
        text = arena_printf(arena, "%s INITIALLY DEFERRED", text);
    if (constraint->not_valid)
        text = arena_printf(arena, "%s NOT VALID", text);
    return text;
}

static void emit_constraints(Emit *emit, json_t *object, const Relation *relation)
{
    static const struct {
        char type;
        const char *name;
    } types[] = {{'p', "primary key"},
                 {'u', "unique"},
                 {'f', "foreign key"},
                 {'c', "check"},
                 {'x', "exclusion"}};
    Rows rows = {0};

    for (size_t i = 0; i < relation->constraints.count; i++) {
        const Constraint *constraint = relation->constraints.items[i];
        json_t *item;

        if (constraint->of_parent || (constraint->inherited && constraint->type == 'c'))
            continue;
        item = json_object();
        emit_text(emit, item, "name", constraint->name);
        for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
            if (types[k].type == constraint->type)
                emit_text(emit, item, "type", types[k].name);
        }
        emit_columns_of(emit, item, "columns", &constraint->columns);
        emit_text(emit, item, "definition", constraint_text(emit, relation, constraint));
        if (constraint->references) {
            emit_text(emit, item, "references", emit_qualified(emit, constraint->references));
            emit_columns_of(emit, item, "reference_columns", &constraint->reference_columns);
        }
        emit_flag(emit, item, "deferrable", constraint->deferrable);
        emit_flag(emit, item, "initially_deferred", constraint->initially_deferred);
        emit_flag(emit, item, "not_valid", constraint->not_valid);
        emit_flag(emit, item, "disabled", constraint->disabled || constraint->disabled_foreign);
        if (constraint->index) {
            emit_texts(emit, item, "index_options", &constraint->index->options);
            emit_text(emit, item, "index_tablespace", constraint->index->tablespace);
            emit_text(emit, item, "index_comment", constraint->index->comment);
        }
        emit_text(emit, item, "comment", constraint->comment);
        emit_inexact(emit, item, &constraint->inexact);
        emit_row(emit, &rows, constraint->name, item);
    }
    emit_rows(emit, object, "constraints", &rows);
}

/* ---- policies, triggers ---- */

static void emit_policies(Emit *emit, json_t *object, const Relation *relation)
{
    Rows rows = {0};

    for (size_t i = 0; i < relation->policies.count; i++) {
        Policy *policy = relation->policies.items[i];
        json_t *item = json_object();

        if (policy->roles.count > 1)
            qsort(policy->roles.items, policy->roles.count, sizeof *policy->roles.items,
                  compare_text);

        emit_text(emit, item, "name", policy->name);
        emit_text(emit, item, "command", policy->command);
        emit_flag(emit, item, "restrictive", policy->restrictive);
        emit_texts(emit, item, "roles", &policy->roles);
        if (policy->using_expr)
            emit_text(emit, item, "using",
                      deparse_expr(emit->catalog, policy->using_expr, relation));
        if (policy->check)
            emit_text(emit, item, "check", deparse_expr(emit->catalog, policy->check, relation));
        emit_text(emit, item, "comment", policy->comment);
        emit_inexact(emit, item, &policy->inexact);
        emit_row(emit, &rows, policy->name, item);
    }
    emit_rows(emit, object, "policies", &rows);
}

static const char *trigger_function(Emit *emit, const Trigger *trigger)
{
    return trigger->function ? names_qualified(emit->arena, trigger->function->proc.schema,
                                               trigger->function->proc.name)
                             : trigger->function_name;
}

static const char *trigger_text(Emit *emit, const Relation *relation, const Trigger *trigger)
{
    enum { BEFORE = 2, INSERT = 4, DELETE = 8, UPDATE = 16, TRUNCATE = 32, INSTEAD = 64 };
    Arena *arena = emit->arena;
    const char *events = "";
    const char *text;

    if (trigger->events & INSERT)
        events = "INSERT";
    if (trigger->events & DELETE)
        events = arena_printf(arena, "%s%sDELETE", events, *events ? " OR " : "");
    if (trigger->events & UPDATE) {
        events = arena_printf(arena, "%s%sUPDATE", events, *events ? " OR " : "");
        if (trigger->columns.count)
            events = arena_printf(arena, "%s OF %s", events, column_list(emit, &trigger->columns));
    }
    if (trigger->events & TRUNCATE)
        events = arena_printf(arena, "%s%sTRUNCATE", events, *events ? " OR " : "");
    text = arena_printf(arena, "CREATE %sTRIGGER %s %s %s ON %s ",
                        trigger->constraint ? "CONSTRAINT " : "", names_quote(arena, trigger->name),
                        trigger->timing & BEFORE    ? "BEFORE"
                        : trigger->timing & INSTEAD ? "INSTEAD OF"
                                                    : "AFTER",
                        events, emit_qualified(emit, relation));
    if (trigger->constraint) {
        if (trigger->from)
            text = arena_printf(arena, "%sFROM %s ", text, emit_qualified(emit, trigger->from));
        text = arena_printf(arena, "%s%sDEFERRABLE INITIALLY %s ", text,
                            trigger->deferrable ? "" : "NOT ",
                            trigger->initially_deferred ? "DEFERRED" : "IMMEDIATE");
    }
    if (trigger->old_table || trigger->new_table) {
        text = arena_printf(arena, "%sREFERENCING ", text);
        if (trigger->old_table)
            text = arena_printf(arena, "%sOLD TABLE AS %s ", text,
                                names_quote(arena, trigger->old_table));
        if (trigger->new_table)
            text = arena_printf(arena, "%sNEW TABLE AS %s ", text,
                                names_quote(arena, trigger->new_table));
    }
    text = arena_printf(arena, "%sFOR EACH %s ", text, trigger->row ? "ROW" : "STATEMENT");
    if (trigger->when)
        text =
            arena_printf(arena, "%sWHEN (%s) ", text, deparse_when(emit->catalog, trigger->when));
    text = arena_printf(arena, "%sEXECUTE FUNCTION %s(", text, trigger_function(emit, trigger));
    for (size_t i = 0; i < trigger->arguments.count; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? ", " : "",
                            names_literal(arena, trigger->arguments.items[i]));
    return arena_printf(arena, "%s)", text);
}

static void emit_triggers(Emit *emit, json_t *object, const Relation *relation)
{
    Rows rows = {0};

    for (size_t i = 0; i < relation->triggers.count; i++) {
        const Trigger *trigger = relation->triggers.items[i];
        const char *function = trigger_function(emit, trigger);
        json_t *item = json_object();

        if (!trigger->function && !strchr(function, '.'))
            function = arena_printf(emit->arena, "pg_catalog.%s", function);
        emit_text(emit, item, "name", trigger->name);
        emit_text(emit, item, "definition", trigger_text(emit, relation, trigger));
        emit_text(emit, item, "function", arena_printf(emit->arena, "%s()", function));
        emit_firing(emit, item, trigger->firing);
        emit_text(emit, item, "comment", trigger->comment);
        emit_inexact(emit, item, &trigger->inexact);
        emit_row(emit, &rows, trigger->name, item);
    }
    emit_rows(emit, object, "triggers", &rows);
}

/* ---- relations ---- */

json_t *emit_head(Emit *emit, const char *id, const char *schema, const char *name)
{
    json_t *object = json_object();

    emit_text(emit, object, "id", id);
    emit_text(emit, object, "schema", schema);
    emit_text(emit, object, "name", name);
    return object;
}

/* pg_column_is_updatable() */
static bool column_updatable(Emit *emit, const Relation *relation, const Column *column)
{
    const unsigned both = VIEW_UPDATE | VIEW_DELETE;
    Vec columns = {0};

    vec_add(emit->arena, &columns, column);
    return (view_events(emit->arena, relation, false, &columns) & both) == both;
}

static void emit_columns(Emit *emit, json_t *object, const char *member, const Relation *relation)
{
    json_t *array = json_array();
    bool view = relation->kind == 'v' || relation->kind == 'm';

    for (size_t i = 0; i < relation->columns.count; i++) {
        const Column *column = relation->columns.items[i];
        json_t *item = json_object();

        emit_text(emit, item, "name", column->name);
        emit_text(emit, item, "type", types_format(emit->catalog, column->type));
        emit_text(emit, item, "collation", column->collation);
        if (!view && relation->kind != 'c')
            emit_flag(emit, item, "not_null", column->not_null);
        if (column->default_expr)
            emit_text(emit, item, "default",
                      deparse_expr(emit->catalog, column->default_expr, relation));
        emit_text(emit, item, "identity",
                  relation->is_partition    ? NULL
                  : column->identity == 'a' ? "always"
                  : column->identity == 'd' ? "by default"
                                            : NULL);
        emit_text(emit, item, "generated", column->generated ? "stored" : NULL);
        if (relation->kind != 'v')
            emit_text(emit, item, "storage", column->storage);
        emit_text(emit, item, "compression", column->compression);
        if (column->statistics)
            emit_set(emit, item, "statistics", json_integer(column->statistics - 1));
        emit_texts(emit, item, "options", &column->options);
        emit_texts(emit, item, "foreign_options", &column->foreign_options);
        emit_flag(emit, item, "inherited", column->inherited && !relation->is_partition);
        emit_rights(emit, item, &column->rights);
        if (relation->kind == 'v')
            emit_flag(emit, item, "updatable", column_updatable(emit, relation, column));
        emit_text(emit, item, "comment", column->comment);
        emit_inexact(emit, item, &column->inexact);
        json_array_append_new(array, item);
    }
    emit_set(emit, object, member, array);
}

static const char *partition_key_text(Emit *emit, const Relation *relation)
{
    const char *text = relation->strategy == 'l'   ? "LIST ("
                       : relation->strategy == 'h' ? "HASH ("
                                                   : "RANGE (";

    for (size_t i = 0; i < relation->partition_keys.count; i++)
        text = arena_printf(emit->arena, "%s%s%s", text, i ? ", " : "",
                            emit_key(emit, relation, relation->partition_keys.items[i], false));
    return arena_printf(emit->arena, "%s)", text);
}

static bool has_index(const Relation *relation, const Index *index)
{
    if (index && vec_has(&relation->indexes, index))
        return true;
    for (size_t i = 0; index && i < relation->constraints.count; i++)
        if (((const Constraint *)relation->constraints.items[i])->index == index)
            return true;
    return false;
}

static const char *identity_text(Emit *emit, const Relation *relation)
{
    switch (relation->replica_identity) {
    case 'f':
        return "full";
    case 'n':
        return "nothing";
    case 'i':
        return has_index(relation, relation->identity_index)
                   ? arena_printf(emit->arena, "index %s",
                                  names_quote(emit->arena, relation->identity_index->name))
                   : NULL;
    default:
        return NULL;
    }
}

/* Where and how rows lie. */
static void emit_storage(Emit *emit, json_t *object, const Relation *relation)
{
    if (relation->access_method && strcmp(relation->access_method, "heap") != 0)
        emit_text(emit, object, "access_method", relation->access_method);
    if (relation->tablespace)
        emit_text(emit, object, "tablespace", relation->tablespace);
    if (has_index(relation, relation->cluster_on))
        emit_text(emit, object, "cluster_on", relation->cluster_on->name);
}

static json_t *table_object(Emit *emit, const Relation *relation, const char *id)
{
    json_t *object = emit_head(emit, id, relation->schema, relation->name);
    Vec parents = {0};

    for (size_t i = 0; i < relation->parents.count; i++)
        vec_add(emit->arena, &parents, emit_qualified(emit, relation->parents.items[i]));
    emit_text(emit, object, "kind",
              relation->kind == 'p'   ? "partitioned table"
              : relation->kind == 'f' ? "foreign table"
                                      : "table");
    emit_flag(emit, object, "unlogged", relation->unlogged);
    if (relation->kind == 'p')
        emit_text(emit, object, "partition_key", partition_key_text(emit, relation));
    if (relation->is_partition && parents.count) {
        emit_text(emit, object, "partition_of", parents.items[0]);
        emit_text(emit, object, "partition_bound", relation->bound);
    } else {
        emit_texts(emit, object, "inherits", &parents);
    }
    emit_texts(emit, object, "options", &relation->options);
    emit_texts(emit, object, "toast_options", &relation->toast_options);
    emit_texts(emit, object, "foreign_options", &relation->foreign_options);
    emit_text(emit, object, "server", relation->server);
    emit_text(emit, object, "replica_identity", identity_text(emit, relation));
    if (relation->of_type)
        emit_text(emit, object, "of_type",
                  types_format(emit->catalog, (TypeRef){relation->of_type->oid, -1}));
    emit_storage(emit, object, relation);
    emit_rights(emit, object, &relation->rights);
    emit_flag(emit, object, "row_security", relation->row_security);
    emit_flag(emit, object, "force_row_security", relation->force_row_security);
    emit_text(emit, object, "comment", relation->comment);
    emit_columns(emit, object, "columns", relation);
    emit_constraints(emit, object, relation);
    emit_indexes(emit, object, relation);
    emit_policies(emit, object, relation);
    emit_triggers(emit, object, relation);
    emit_rules(emit, object, relation);
    emit_inexact(emit, object, &relation->inexact);
    return object;
}

static json_t *view_object(Emit *emit, const Relation *relation, const char *id)
{
    json_t *object = emit_head(emit, id, relation->schema, relation->name);
    Vec names = {0};
    unsigned events = view_events(emit->arena, relation, true, NULL);

    for (size_t i = 0; i < relation->columns.count; i++)
        vec_add(emit->arena, &names, ((const Column *)relation->columns.items[i])->name);
    emit_flag(emit, object, "materialized", relation->kind == 'm');
    if (relation->query)
        emit_text(emit, object, "definition", deparse_view(emit->catalog, relation->query, &names));
    emit_texts(emit, object, "options", &relation->options);
    emit_flag(emit, object, "insertable", events & VIEW_INSERT);
    emit_flag(emit, object, "updatable", events & VIEW_UPDATE);
    emit_text(emit, object, "comment", relation->comment);
    emit_storage(emit, object, relation);
    emit_rights(emit, object, &relation->rights);
    emit_columns(emit, object, "columns", relation);
    emit_indexes(emit, object, relation);
    emit_triggers(emit, object, relation);
    emit_rules(emit, object, relation);
    emit_inexact(emit, object, &relation->inexact);
    return object;
}

static json_t *sequence_object(Emit *emit, const Relation *sequence, const char *id)
{
    json_t *object = emit_head(emit, id, sequence->schema, sequence->name);

    emit_text(emit, object, "data_type", sequence->data_type);
    emit_set(emit, object, "start", json_integer(sequence->start));
    emit_set(emit, object, "increment", json_integer(sequence->increment));
    emit_set(emit, object, "minimum", json_integer(sequence->minimum));
    emit_set(emit, object, "maximum", json_integer(sequence->maximum));
    emit_set(emit, object, "cache", json_integer(sequence->cache));
    emit_flag(emit, object, "cycle", sequence->cycle);
    if (sequence->owner && sequence->owner_column)
        emit_text(emit, object, "owned_by",
                  arena_printf(emit->arena, "%s.%s", emit_qualified(emit, sequence->owner),
                               names_quote(emit->arena, sequence->owner_column->name)));
    emit_flag(emit, object, "identity", sequence->identity);
    emit_flag(emit, object, "unlogged",
              sequence->unlogged && !(sequence->owner && sequence->owner->unlogged));
    emit_rights(emit, object, &sequence->rights);
    emit_text(emit, object, "comment", sequence->comment);
    emit_inexact(emit, object, &sequence->inexact);
    return object;
}

/* ---- types ---- */

static json_t *domain_object(Emit *emit, const Type *type, const char *id)
{
    json_t *object = emit_head(emit, id, type->schema, type->name);
    Rows rows = {0};

    emit_text(emit, object, "base_type", types_format(emit->catalog, type->base));
    emit_text(emit, object, "collation", type->collation_name);
    emit_flag(emit, object, "not_null", type->not_null);
    if (type->default_expr)
        emit_text(emit, object, "default", deparse_expr(emit->catalog, type->default_expr, NULL));
    for (size_t i = 0; i < type->constraints.count; i++) {
        const Constraint *constraint = type->constraints.items[i];
        json_t *item = json_object();

        emit_text(emit, item, "name", constraint->name);
        emit_text(emit, item, "definition", constraint_text(emit, NULL, constraint));
        emit_flag(emit, item, "not_valid", constraint->not_valid);
        emit_text(emit, item, "comment", constraint->comment);
        emit_inexact(emit, item, &constraint->inexact);
        emit_row(emit, &rows, constraint->name, item);
    }
    emit_rows(emit, object, "constraints", &rows);
    emit_rights(emit, object, &type->rights);
    emit_text(emit, object, "comment", type->comment);
    emit_inexact(emit, object, &type->inexact);
    return object;
}

/* ---- functions ---- */

static const char *type_text(Emit *emit, Oid oid)
{
    return types_format(emit->catalog, (TypeRef){oid, -2});
}

static const char *arguments_text(Emit *emit, const Function *function, bool table)
{
    const char *text = "";

    for (size_t i = 0; i < function->arguments.count; i++) {
        const Argument *argument = function->arguments.items[i];
        const char *mode = "";

        if ((argument->mode == 't') != table)
            continue;
        if (argument->mode == 'o')
            mode = "OUT ";
        else if (argument->mode == 'b')
            mode = "INOUT ";
        else if (argument->mode == 'v')
            mode = "VARIADIC ";
        else if (argument->mode == 'i' && function->proc.kind == 'p')
            mode = "IN ";
        text = arena_printf(emit->arena, "%s%s%s%s%s%s", text,
                            i == function->ordered_from - 1 ? (i ? " ORDER BY " : "ORDER BY ")
                            : *text                         ? ", "
                                                            : "",
                            mode, *argument->name ? names_quote(emit->arena, argument->name) : "",
                            *argument->name ? " " : "", type_text(emit, argument->type.oid));
        if (argument->default_expr)
            text = arena_printf(emit->arena, "%s DEFAULT %s", text,
                                deparse_on_one_line(emit->catalog, argument->default_expr));
    }
    return text;
}

static const char *function_id(Emit *emit, const Function *function)
{
    const char *text = "";

    for (size_t i = 0; i < function->proc.count; i++)
        text = arena_printf(emit->arena, "%s%s%s", text, i ? ", " : "",
                            type_text(emit, function->proc.arguments[i]));
    return arena_printf(emit->arena, "%s(%s)",
                        names_qualified(emit->arena, function->proc.schema, function->proc.name),
                        text);
}

static json_t *function_object(Emit *emit, const Function *function, const char *id)
{
    json_t *object = emit_head(emit, id, function->proc.schema, function->proc.name);
    char kind = function->proc.kind;
    Vec names = {0};
    Vec types = {0};
    Vec modes = {0};

    for (size_t i = 0; i < function->arguments.count; i++) {
        const Argument *argument = function->arguments.items[i];

        vec_add(emit->arena, &names, argument->name);
        vec_add(emit->arena, &types, type_text(emit, argument->type.oid));
        vec_add(emit->arena, &modes,
                (argument->mode == 'o'   ? "out"
                 : argument->mode == 'b' ? "inout"
                 : argument->mode == 'v' ? "variadic"
                 : argument->mode == 't' ? "table"
                                         : "in"));
    }
    emit_text(emit, object, "kind",
              kind == 'p'   ? "procedure"
              : kind == 'a' ? "aggregate"
              : kind == 'w' ? "window"
                            : "function");
    emit_text(emit, object, "arguments", arguments_text(emit, function, false));
    emit_texts(emit, object, "argument_names", &names);
    emit_texts(emit, object, "argument_types", &types);
    emit_texts(emit, object, "argument_modes", &modes);
    if (function->proc.defaults)
        emit_set(emit, object, "default_count", json_integer((json_int_t)function->proc.defaults));
    if (kind != 'p') {
        const char *result = type_text(emit, function->proc.result);

        emit_text(emit, object, "returns",
                  function->table
                      ? arena_printf(emit->arena, "TABLE(%s)", arguments_text(emit, function, true))
                  : function->proc.set ? arena_printf(emit->arena, "SETOF %s", result)
                                       : result);
        emit_text(emit, object, "return_type", result);
    }
    emit_flag(emit, object, "returns_set", function->proc.set);
    if (function->proc.set)
        emit_set(emit, object, "rows", json_integer(function->rows));
    emit_text(emit, object, "language", function->language);
    emit_text(emit, object, "volatility",
              function->volatility == 'i'   ? "immutable"
              : function->volatility == 's' ? "stable"
                                            : "volatile");
    emit_flag(emit, object, "strict", function->strict);
    emit_flag(emit, object, "security_definer", function->security_definer);
    emit_flag(emit, object, "leakproof", function->leakproof);
    emit_text(emit, object, "parallel",
              function->parallel == 's'   ? "safe"
              : function->parallel == 'r' ? "restricted"
                                          : "unsafe");
    emit_text(emit, object, "cost", function->cost);
    emit_texts(emit, object, "config", &function->config);
    emit_text(emit, object, "body", function->body);
    emit_text(emit, object, "library", function->library);
    emit_text(emit, object, "support", function->support);
    emit_texts(emit, object, "transforms", &function->transforms);
    if (function->aggregate)
        json_object_update(object, function->aggregate);
    emit_rights(emit, object, &function->rights);
    emit_text(emit, object, "comment", function->comment);
    emit_inexact(emit, object, &function->inexact);
    return object;
}

/* What is the user's on a table of the platform; NULL when nothing is. */
static json_t *platform_table_object(Emit *emit, const Relation *relation, const char *id)
{
    Relation own = *relation;

    own.triggers = (Vec){0};
    for (size_t i = 0; i < relation->triggers.count; i++) {
        const Trigger *trigger = relation->triggers.items[i];
        const Proc *proc = trigger->function ? &trigger->function->proc : NULL;

        if (!proc || !scope_is_platform(proc->schema, emit->replay->supabase))
            vec_add(emit->arena, &own.triggers, trigger);
    }
    if (!own.triggers.count && !own.policies.count)
        return NULL;
    json_t *object = emit_head(emit, id, relation->schema, relation->name);
    emit_policies(emit, object, &own);
    emit_triggers(emit, object, &own);
    return object;
}

/* ---- sections ---- */

static void collect_relations(Emit *emit, KindId kind, Rows *rows)
{
    /* Letters of pg_class.relkind. */
    static const char *const letters[KIND_COUNT] = {
        [KIND_TABLE] = "rpf",           [KIND_VIEW] = "vm",
        [KIND_SEQUENCE] = "S",          [KIND_COMPOSITE] = "c",
        [KIND_PLATFORM_TABLE] = "rpfv",
    };
    bool platform = kind == KIND_PLATFORM_TABLE;

    for (size_t i = 0; letters[kind] && i < emit->catalog->relations.count; i++) {
        const Relation *relation = emit->catalog->relations.items[i];
        const char *id;
        json_t *object = NULL;

        if (!strchr(letters[kind], relation->kind) || relation->member ||
            (platform ? !scope_is_platform(relation->schema, emit->replay->supabase)
                      : relation->known) ||
            emit_shows(emit, relation->schema) == platform)
            continue;
        id = emit_qualified(emit, relation);
        if (platform)
            object = platform_table_object(emit, relation, id);
        else if (kind == KIND_TABLE)
            object = table_object(emit, relation, id);
        else if (kind == KIND_VIEW)
            object = view_object(emit, relation, id);
        else if (kind == KIND_SEQUENCE)
            object = sequence_object(emit, relation, id);
        else {
            object = emit_head(emit, id, relation->schema, relation->name);
            emit_columns(emit, object, "attributes", relation);
            emit_rights(emit, object, &relation->type->rights);
            emit_text(emit, object, "comment", relation->type->comment);
            emit_inexact(emit, object, &relation->inexact);
        }
        if (object)
            emit_row(emit, rows, id, object);
    }
}

static void collect_types(Emit *emit, KindId kind, Rows *rows)
{
    char wanted = kind == KIND_ENUM     ? TYPE_ENUM
                  : kind == KIND_DOMAIN ? TYPE_DOMAIN
                  : kind == KIND_RANGE  ? TYPE_RANGE
                                        : 0;

    for (size_t i = 0; wanted && i < emit->catalog->types.count; i++) {
        const Type *type = emit->catalog->types.items[i];
        const char *id;

        if (type->kind != wanted || type->member || type->known || !emit_shows(emit, type->schema))
            continue;
        id = names_qualified(emit->arena, type->schema, type->name);
        if (wanted == TYPE_ENUM) {
            json_t *object = emit_head(emit, id, type->schema, type->name);

            emit_texts(emit, object, "labels", &type->labels);
            emit_rights(emit, object, &type->rights);
            emit_text(emit, object, "comment", type->comment);
            emit_inexact(emit, object, &type->inexact);
            emit_row(emit, rows, id, object);
        } else if (wanted == TYPE_DOMAIN) {
            emit_row(emit, rows, id, domain_object(emit, type, id));
        } else {
            json_t *object = emit_head(emit, id, type->schema, type->name);

            json_object_update(object, type->members);
            if (type->kind == TYPE_RANGE &&
                (strcmp(type->multirange_schema, type->schema) != 0 ||
                 strcmp(type->multirange, type_multirange(emit->replay, type->name)) != 0))
                emit_text(emit, object, "multirange",
                          names_qualified(emit->arena, type->multirange_schema, type->multirange));
            emit_rights(emit, object, &type->rights);
            emit_text(emit, object, "comment", type->comment);
            emit_inexact(emit, object, &type->inexact);
            emit_row(emit, rows, id, object);
        }
    }
}

static void collect_rest(Emit *emit, KindId kind, Rows *rows)
{
    const Catalog *catalog = emit->catalog;

    for (size_t i = 0; kind == KIND_SCHEMA && i < catalog->schemas.count; i++) {
        const Schema *schema = catalog->schemas.items[i];
        const char *id = names_quote(emit->arena, schema->name);
        json_t *object;

        if (!emit_shows(emit, schema->name) || (schema->known && !emit->replay->supabase))
            continue;
        object = json_object();
        emit_text(emit, object, "id", id);
        emit_text(emit, object, "name", schema->name);
        emit_rights(emit, object, &schema->rights);
        /* What initdb says of public is not told, and its built-in owner only of another name. */
        if (strcmp(schema->name, "public") != 0 && schema->rights.initial && !schema->rights.owner)
            emit_text(emit, object, "owner", rights_owner(&schema->rights));
        if (strcmp(schema->name, "public") != 0 || !schema->comment ||
            strcmp(schema->comment, catalog_public_comment) != 0)
            emit_text(emit, object, "comment", schema->comment);
        emit_row(emit, rows, id, object);
    }
    for (size_t i = 0; kind == KIND_EXTENSION && i < catalog->extensions.count; i++) {
        Extension *extension = catalog->extensions.items[i];
        const char *id = names_quote(emit->arena, extension->name);
        json_t *object;

        if (extension->platform)
            continue;
        object = emit_head(emit, id, extension->schema, extension->name);
        emit_text(emit, object, "version", extension->version);
        emit_text(emit, object, "owner", extension->owner);
        emit_text(emit, object, "comment", extension->comment);
        emit_inexact(emit, object, &extension->inexact);
        emit_row(emit, rows, id, object);
    }
    for (size_t i = 0; kind == KIND_FUNCTION && i < catalog->functions.count; i++) {
        const Function *function = catalog->functions.items[i];
        const char *id;

        if (function->member || function->known || !emit_shows(emit, function->proc.schema))
            continue;
        id = function_id(emit, function);
        emit_row(emit, rows, id, function_object(emit, function, id));
    }
}

bool replay_write(Replay *replay, const char *const *include, const char *const *exclude,
                  SnapshotWriter *writer, Err *err)
{
    Emit emit = {.replay = replay,
                 .catalog = replay->catalog,
                 .arena = replay->arena,
                 .include = include,
                 .exclude = exclude,
                 .err = err};

    for (int kind = 0; kind < KIND_COUNT; kind++) {
        Rows rows = {0};

        if (kind_of((KindId)kind)->parent != KIND_NONE)
            continue;
        collect_relations(&emit, (KindId)kind, &rows);
        collect_types(&emit, (KindId)kind, &rows);
        collect_rest(&emit, (KindId)kind, &rows);
        emit_things(&emit, (KindId)kind, &rows);
        if (!write_rows(&emit, &rows, (KindId)kind, writer))
            return false;
    }
    return emit_members(&emit, writer);
}
