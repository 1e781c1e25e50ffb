/* The catalog as snapshot objects: the same members as source/live.c reads from a server. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "json/jx.h"
#include "model/scope.h"
#include "replay/deparse.h"
#include "replay/names.h"
#include "replay/replay.h"
#include "replay/types.h"

typedef struct Emit {
    Replay *replay;
    Catalog *catalog;
    Arena *arena;
    const char *const *include;
    const char *const *exclude;
    Err *err;
    bool failed;
} Emit;

/* ---- members ---- */

static void set(Emit *emit, json_t *object, const char *name, json_t *value)
{
    if (!jx_set(object, name, value, emit->err)) {
        err_in(emit->err, "in member '%s'", name);
        emit->failed = true;
    }
}

static void set_text(Emit *emit, json_t *object, const char *name, const char *text)
{
    if (text)
        set(emit, object, name, json_string(text));
}

static void set_flag(Emit *emit, json_t *object, const char *name, bool value)
{
    if (value)
        set(emit, object, name, json_true());
}

static void set_texts(Emit *emit, json_t *object, const char *name, const Vec *texts)
{
    json_t *array;

    if (!texts->count)
        return;
    array = json_array();
    for (size_t i = 0; i < texts->count; i++) {
        if (!jx_append(array, json_string(texts->items[i]), emit->err))
            emit->failed = true;
    }
    set(emit, object, name, array);
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void set_inexact(Emit *emit, json_t *object, const Vec *inexact)
{
    if (inexact->count > 1)
        qsort(inexact->items, inexact->count, sizeof *inexact->items, compare_text);
    set_texts(emit, object, "inexact", inexact);
}

static void set_columns(Emit *emit, json_t *object, const char *name, const Vec *columns)
{
    Vec names = {0};

    for (size_t i = 0; i < columns->count; i++) {
        const Column *column = columns->items[i]; /* NULL: an expression of an exclusion */

        vec_add(emit->arena, &names, column ? column->name : "");
    }
    set_texts(emit, object, name, &names);
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

static const char *qualified(Emit *emit, const Relation *relation)
{
    return names_qualified(emit->arena, relation->schema, relation->name);
}

static bool is_shown(const Emit *emit, const char *schema)
{
    return *schema && scope_includes(schema, emit->include, emit->exclude);
}

/* ---- sorting ---- */

typedef struct Row {
    const char *id;
    json_t *object;
} Row;

typedef struct Rows {
    Vec rows;
} Rows;

static int compare_rows(const void *a, const void *b)
{
    return strcmp((*(const Row *const *)a)->id, (*(const Row *const *)b)->id);
}

static void add_row(Emit *emit, Rows *rows, const char *id, json_t *object)
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

        /* Two of one name cannot be in a server: what could not be replayed left the first. */
        if (ok && (!last || strcmp(last, row->id) != 0))
            ok = snapshot_writer_add_json(writer, kind, row->object, emit->err);
        last = row->id;
        json_decref(row->object);
    }
    return ok;
}

/* A nested array, ascending by name. */
static void set_rows(Emit *emit, json_t *object, const char *name, Rows *rows)
{
    json_t *array = json_array();

    if (rows->rows.count > 1)
        qsort(rows->rows.items, rows->rows.count, sizeof *rows->rows.items, compare_rows);
    for (size_t i = 0; i < rows->rows.count; i++)
        json_array_append_new(array, ((const Row *)rows->rows.items[i])->object);
    if (rows->rows.count)
        set(emit, object, name, array);
    else
        json_decref(array);
}

/* ---- indexes ---- */

static const char *key_text(Emit *emit, const Relation *relation, const IndexKey *key, bool order)
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

static const char *options_text(Emit *emit, const char *options)
{
    const char *text = "";

    for (const char *at = options; *at;) {
        size_t length = strcspn(at, "\n");
        size_t name = strcspn(at, "=");
        const char *value = arena_strndup(emit->arena, at + name + 1, length - name - 1);

        if (strcmp(names_quote(emit->arena, value), value) != 0)
            value = names_literal(emit->arena, value);
        text = arena_printf(emit->arena, "%s%s%s=%s", text, *text ? ", " : "",
                            names_quote(emit->arena, arena_strndup(emit->arena, at, name)), value);
        at += length + (at[length] == '\n');
    }
    return text;
}

static const char *index_text(Emit *emit, const Relation *relation, const Index *index)
{
    Arena *arena = emit->arena;
    const char *text =
        arena_printf(arena, "CREATE %sINDEX %s ON %s%s USING %s (", index->unique ? "UNIQUE " : "",
                     names_quote(arena, index->name), index->only ? "ONLY " : "",
                     qualified(emit, relation), names_quote(arena, index->method));

    for (size_t i = 0; i < index->keys.count; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? ", " : "",
                            key_text(emit, relation, index->keys.items[i], true));
    text = arena_printf(arena, "%s)", text);
    if (index->included.count)
        text = arena_printf(arena, "%s INCLUDE (%s)", text, column_list(emit, &index->included));
    if (index->nulls_not_distinct)
        text = arena_printf(arena, "%s NULLS NOT DISTINCT", text);
    if (index->options)
        text = arena_printf(arena, "%s WITH (%s)", text, options_text(emit, index->options));
    if (index->predicate)
        text = arena_printf(arena, "%s WHERE %s", text,
                            deparse_expr(emit->catalog, index->predicate, relation));
    return text;
}

static void emit_indexes(Emit *emit, json_t *object, const Relation *relation)
{
    Rows rows = {0};

    for (size_t i = 0; i < relation->indexes.count; i++) {
        const Index *index = relation->indexes.items[i];
        json_t *item = json_object();
        Vec names = {0};

        for (size_t k = 0; k < index->keys.count; k++) {
            const IndexKey *key = index->keys.items[k];

            vec_add(emit->arena, &names, (key->column ? key->column->name : ""));
        }
        set_text(emit, item, "name", index->name);
        set_text(emit, item, "definition", index_text(emit, relation, index));
        set_flag(emit, item, "unique", index->unique);
        set_text(emit, item, "method", index->method);
        set_texts(emit, item, "columns", &names);
        if (index->predicate)
            set_text(emit, item, "predicate",
                     deparse_expr(emit->catalog, index->predicate, relation));
        set_text(emit, item, "comment", index->comment);
        set_inexact(emit, item, &index->inexact);
        add_row(emit, &rows, index->name, item);
    }
    set_rows(emit, object, "indexes", &rows);
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
                            qualified(emit, constraint->references),
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
                            constraint->index->nulls_not_distinct ? " NULLS NOT DISTINCT" : "",
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
                                key_text(emit, relation, key, true), key->operator);
        }
        text = arena_printf(arena, "%s)", text);
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
        set_text(emit, item, "name", constraint->name);
        for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
            if (types[k].type == constraint->type)
                set_text(emit, item, "type", types[k].name);
        }
        set_columns(emit, item, "columns", &constraint->columns);
        set_text(emit, item, "definition", constraint_text(emit, relation, constraint));
        if (constraint->references) {
            set_text(emit, item, "references", qualified(emit, constraint->references));
            set_columns(emit, item, "reference_columns", &constraint->reference_columns);
        }
        set_flag(emit, item, "deferrable", constraint->deferrable);
        set_flag(emit, item, "initially_deferred", constraint->initially_deferred);
        set_flag(emit, item, "not_valid", constraint->not_valid);
        set_text(emit, item, "comment", constraint->comment);
        set_inexact(emit, item, &constraint->inexact);
        add_row(emit, &rows, constraint->name, item);
    }
    set_rows(emit, object, "constraints", &rows);
}

/* ---- policies, triggers ---- */

static void emit_policies(Emit *emit, json_t *object, const Relation *relation)
{
    Rows rows = {0};

    for (size_t i = 0; i < relation->policies.count; i++) {
        const Policy *policy = relation->policies.items[i];
        json_t *item = json_object();

        set_text(emit, item, "name", policy->name);
        set_text(emit, item, "command", policy->command);
        set_flag(emit, item, "restrictive", policy->restrictive);
        set_texts(emit, item, "roles", &policy->roles);
        if (policy->using_expr)
            set_text(emit, item, "using",
                     deparse_expr(emit->catalog, policy->using_expr, relation));
        if (policy->check)
            set_text(emit, item, "check", deparse_expr(emit->catalog, policy->check, relation));
        set_text(emit, item, "comment", policy->comment);
        set_inexact(emit, item, &policy->inexact);
        add_row(emit, &rows, policy->name, item);
    }
    set_rows(emit, object, "policies", &rows);
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
                        events, qualified(emit, relation));
    if (trigger->constraint) {
        if (trigger->from)
            text = arena_printf(arena, "%sFROM %s ", text, qualified(emit, trigger->from));
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
        set_text(emit, item, "name", trigger->name);
        set_text(emit, item, "definition", trigger_text(emit, relation, trigger));
        set_text(emit, item, "function", arena_printf(emit->arena, "%s()", function));
        set_text(emit, item, "firing",
                 trigger->firing == 'D'   ? "disabled"
                 : trigger->firing == 'R' ? "replica"
                 : trigger->firing == 'A' ? "always"
                                          : NULL);
        set_text(emit, item, "comment", trigger->comment);
        set_inexact(emit, item, &trigger->inexact);
        add_row(emit, &rows, trigger->name, item);
    }
    set_rows(emit, object, "triggers", &rows);
}

/* ---- relations ---- */

static json_t *head(Emit *emit, const char *id, const char *schema, const char *name)
{
    json_t *object = json_object();

    set_text(emit, object, "id", id);
    set_text(emit, object, "schema", schema);
    set_text(emit, object, "name", name);
    return object;
}

static void emit_columns(Emit *emit, json_t *object, const char *member, const Relation *relation)
{
    json_t *array = json_array();
    bool view = relation->kind == 'v' || relation->kind == 'm';

    for (size_t i = 0; i < relation->columns.count; i++) {
        const Column *column = relation->columns.items[i];
        json_t *item = json_object();

        set_text(emit, item, "name", column->name);
        set_text(emit, item, "type", types_format(emit->catalog, column->type));
        set_text(emit, item, "collation", column->collation);
        if (!view && relation->kind != 'c') {
            set_flag(emit, item, "not_null", column->not_null);
            if (column->default_expr)
                set_text(emit, item, "default",
                         deparse_expr(emit->catalog, column->default_expr, relation));
            set_text(emit, item, "identity",
                     column->identity == 'a'   ? "always"
                     : column->identity == 'd' ? "by default"
                                               : NULL);
            set_text(emit, item, "generated", column->generated ? "stored" : NULL);
        }
        if (relation->kind == 'v')
            set_flag(emit, item, "updatable", column->updatable);
        set_text(emit, item, "comment", column->comment);
        set_inexact(emit, item, &column->inexact);
        json_array_append_new(array, item);
    }
    set(emit, object, member, array);
}

static const char *partition_key_text(Emit *emit, const Relation *relation)
{
    const char *text = relation->strategy == 'l'   ? "LIST ("
                       : relation->strategy == 'h' ? "HASH ("
                                                   : "RANGE (";

    for (size_t i = 0; i < relation->partition_keys.count; i++)
        text = arena_printf(emit->arena, "%s%s%s", text, i ? ", " : "",
                            key_text(emit, relation, relation->partition_keys.items[i], false));
    return arena_printf(emit->arena, "%s)", text);
}

static json_t *table_object(Emit *emit, const Relation *relation, const char *id)
{
    json_t *object = head(emit, id, relation->schema, relation->name);
    Vec parents = {0};

    for (size_t i = 0; i < relation->parents.count; i++)
        vec_add(emit->arena, &parents, qualified(emit, relation->parents.items[i]));
    set_text(emit, object, "kind",
             relation->kind == 'p'   ? "partitioned table"
             : relation->kind == 'f' ? "foreign table"
                                     : "table");
    set_flag(emit, object, "unlogged", relation->unlogged);
    if (relation->kind == 'p')
        set_text(emit, object, "partition_key", partition_key_text(emit, relation));
    if (relation->is_partition && parents.count) {
        set_text(emit, object, "partition_of", parents.items[0]);
        set_text(emit, object, "partition_bound", relation->bound);
    } else {
        set_texts(emit, object, "inherits", &parents);
    }
    set_texts(emit, object, "options", &relation->options);
    set_flag(emit, object, "row_security", relation->row_security);
    set_flag(emit, object, "force_row_security", relation->force_row_security);
    set_text(emit, object, "comment", relation->comment);
    emit_columns(emit, object, "columns", relation);
    emit_constraints(emit, object, relation);
    emit_indexes(emit, object, relation);
    emit_policies(emit, object, relation);
    emit_triggers(emit, object, relation);
    set_inexact(emit, object, &relation->inexact);
    return object;
}

static json_t *view_object(Emit *emit, const Relation *relation, const char *id)
{
    json_t *object = head(emit, id, relation->schema, relation->name);
    Vec names = {0};
    bool insertable = relation->insertable;
    bool updatable = relation->updatable;

    for (size_t i = 0; i < relation->columns.count; i++)
        vec_add(emit->arena, &names, ((const Column *)relation->columns.items[i])->name);
    for (size_t i = 0; i < relation->triggers.count; i++) {
        const Trigger *trigger = relation->triggers.items[i];

        if (trigger->timing & 64) {
            insertable |= (trigger->events & 4) != 0;
            updatable |= (trigger->events & 16) != 0;
        }
    }
    set_flag(emit, object, "materialized", relation->kind == 'm');
    if (relation->query)
        set_text(emit, object, "definition", deparse_view(emit->catalog, relation->query, &names));
    set_texts(emit, object, "options", &relation->options);
    set_flag(emit, object, "insertable", insertable);
    set_flag(emit, object, "updatable", updatable);
    set_text(emit, object, "comment", relation->comment);
    emit_columns(emit, object, "columns", relation);
    emit_indexes(emit, object, relation);
    emit_triggers(emit, object, relation);
    set_inexact(emit, object, &relation->inexact);
    return object;
}

static json_t *sequence_object(Emit *emit, const Relation *sequence, const char *id)
{
    json_t *object = head(emit, id, sequence->schema, sequence->name);

    set_text(emit, object, "data_type", sequence->data_type);
    set(emit, object, "start", json_integer(sequence->start));
    set(emit, object, "increment", json_integer(sequence->increment));
    set(emit, object, "minimum", json_integer(sequence->minimum));
    set(emit, object, "maximum", json_integer(sequence->maximum));
    set(emit, object, "cache", json_integer(sequence->cache));
    set_flag(emit, object, "cycle", sequence->cycle);
    if (sequence->owner && sequence->owner_column)
        set_text(emit, object, "owned_by",
                 arena_printf(emit->arena, "%s.%s", qualified(emit, sequence->owner),
                              names_quote(emit->arena, sequence->owner_column->name)));
    set_flag(emit, object, "identity", sequence->identity);
    set_text(emit, object, "comment", sequence->comment);
    set_inexact(emit, object, &sequence->inexact);
    return object;
}

/* ---- types ---- */

static json_t *domain_object(Emit *emit, const Type *type, const char *id)
{
    json_t *object = head(emit, id, type->schema, type->name);
    Rows rows = {0};

    set_text(emit, object, "base_type", types_format(emit->catalog, type->base));
    set_text(emit, object, "collation", type->collation_name);
    set_flag(emit, object, "not_null", type->not_null);
    if (type->default_expr)
        set_text(emit, object, "default", deparse_expr(emit->catalog, type->default_expr, NULL));
    for (size_t i = 0; i < type->constraints.count; i++) {
        const Constraint *constraint = type->constraints.items[i];
        json_t *item = json_object();

        set_text(emit, item, "name", constraint->name);
        set_text(emit, item, "definition", constraint_text(emit, NULL, constraint));
        set_flag(emit, item, "not_valid", constraint->not_valid);
        set_text(emit, item, "comment", constraint->comment);
        set_inexact(emit, item, &constraint->inexact);
        add_row(emit, &rows, constraint->name, item);
    }
    set_rows(emit, object, "constraints", &rows);
    set_text(emit, object, "comment", type->comment);
    set_inexact(emit, object, &type->inexact);
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
        text = arena_printf(emit->arena, "%s%s%s%s%s%s", text, *text ? ", " : "", mode,
                            *argument->name ? names_quote(emit->arena, argument->name) : "",
                            *argument->name ? " " : "", type_text(emit, argument->type.oid));
        if (argument->default_expr)
            text = arena_printf(emit->arena, "%s DEFAULT %s", text,
                                deparse_expr(emit->catalog, argument->default_expr, NULL));
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
    json_t *object = head(emit, id, function->proc.schema, function->proc.name);
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
    set_text(emit, object, "kind",
             kind == 'p'   ? "procedure"
             : kind == 'a' ? "aggregate"
             : kind == 'w' ? "window"
                           : "function");
    set_text(emit, object, "arguments", arguments_text(emit, function, false));
    set_texts(emit, object, "argument_names", &names);
    set_texts(emit, object, "argument_types", &types);
    set_texts(emit, object, "argument_modes", &modes);
    if (function->proc.defaults)
        set(emit, object, "default_count", json_integer((json_int_t)function->proc.defaults));
    if (kind != 'p') {
        const char *result = type_text(emit, function->proc.result);

        set_text(emit, object, "returns",
                 function->table
                     ? arena_printf(emit->arena, "TABLE(%s)", arguments_text(emit, function, true))
                 : function->proc.set ? arena_printf(emit->arena, "SETOF %s", result)
                                      : result);
        set_text(emit, object, "return_type", result);
    }
    set_flag(emit, object, "returns_set", function->proc.set);
    if (function->proc.set)
        set(emit, object, "rows", json_integer(function->rows));
    set_text(emit, object, "language", function->language);
    set_text(emit, object, "volatility",
             function->volatility == 'i'   ? "immutable"
             : function->volatility == 's' ? "stable"
                                           : "volatile");
    set_flag(emit, object, "strict", function->strict);
    set_flag(emit, object, "security_definer", function->security_definer);
    set_flag(emit, object, "leakproof", function->leakproof);
    set_text(emit, object, "parallel",
             function->parallel == 's'   ? "safe"
             : function->parallel == 'r' ? "restricted"
                                         : "unsafe");
    set_text(emit, object, "cost", function->cost);
    set_texts(emit, object, "config", &function->config);
    set_text(emit, object, "body", function->body);
    set_text(emit, object, "comment", function->comment);
    set_inexact(emit, object, &function->inexact);
    return object;
}

/* ---- sections ---- */

static void collect_relations(Emit *emit, KindId kind, Rows *rows)
{
    for (size_t i = 0; i < emit->catalog->relations.count; i++) {
        const Relation *relation = emit->catalog->relations.items[i];
        const char *id = qualified(emit, relation);
        json_t *object = NULL;

        if (relation->member || relation->known || !is_shown(emit, relation->schema))
            continue;
        if (kind == KIND_TABLE && strchr("rpf", relation->kind))
            object = table_object(emit, relation, id);
        else if (kind == KIND_VIEW && strchr("vm", relation->kind))
            object = view_object(emit, relation, id);
        else if (kind == KIND_SEQUENCE && relation->kind == 'S')
            object = sequence_object(emit, relation, id);
        else if (kind == KIND_COMPOSITE && relation->kind == 'c') {
            object = head(emit, id, relation->schema, relation->name);
            emit_columns(emit, object, "attributes", relation);
            set_text(emit, object, "comment", relation->type->comment);
            set_inexact(emit, object, &relation->inexact);
        }
        if (object)
            add_row(emit, rows, id, object);
    }
}

static void collect_types(Emit *emit, KindId kind, Rows *rows)
{
    for (size_t i = 0; i < emit->catalog->types.count; i++) {
        const Type *type = emit->catalog->types.items[i];
        const char *id = names_qualified(emit->arena, type->schema, type->name);

        if (type->member || type->known || !is_shown(emit, type->schema))
            continue;
        if (kind == KIND_ENUM && type->kind == TYPE_ENUM) {
            json_t *object = head(emit, id, type->schema, type->name);

            set_texts(emit, object, "labels", &type->labels);
            set_text(emit, object, "comment", type->comment);
            set_inexact(emit, object, &type->inexact);
            add_row(emit, rows, id, object);
        } else if (kind == KIND_DOMAIN && type->kind == TYPE_DOMAIN) {
            add_row(emit, rows, id, domain_object(emit, type, id));
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

        if (!is_shown(emit, schema->name))
            continue;
        object = json_object();
        set_text(emit, object, "id", id);
        set_text(emit, object, "name", schema->name);
        set_text(emit, object, "comment", schema->comment);
        add_row(emit, rows, id, object);
    }
    for (size_t i = 0; kind == KIND_EXTENSION && i < catalog->extensions.count; i++) {
        const Extension *extension = catalog->extensions.items[i];
        const char *id = names_quote(emit->arena, extension->name);
        json_t *object;
        Vec inexact = {0};

        if (extension->platform)
            continue;
        object = head(emit, id, extension->schema, extension->name);
        set_text(emit, object, "version", extension->version);
        if (!extension->version)
            catalog_inexact(emit->catalog, &inexact, "version");
        set_inexact(emit, object, &inexact);
        add_row(emit, rows, id, object);
    }
    for (size_t i = 0; kind == KIND_FUNCTION && i < catalog->functions.count; i++) {
        const Function *function = catalog->functions.items[i];
        const char *id;

        if (function->member || function->known || !is_shown(emit, function->proc.schema))
            continue;
        id = function_id(emit, function);
        add_row(emit, rows, id, function_object(emit, function, id));
    }
}

bool replay_write(Replay *replay, const char *const *include, const char *const *exclude,
                  SnapshotWriter *writer, Err *err)
{
    static const KindId kinds[] = {KIND_SCHEMA, KIND_EXTENSION, KIND_ENUM,
                                   KIND_DOMAIN, KIND_COMPOSITE, KIND_SEQUENCE,
                                   KIND_TABLE,  KIND_VIEW,      KIND_FUNCTION};
    Emit emit = {.replay = replay,
                 .catalog = replay->catalog,
                 .arena = replay->arena,
                 .include = include,
                 .exclude = exclude,
                 .err = err};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Rows rows = {0};

        collect_relations(&emit, kinds[i], &rows);
        collect_types(&emit, kinds[i], &rows);
        collect_rest(&emit, kinds[i], &rows);
        if (!write_rows(&emit, &rows, kinds[i], writer))
            return false;
    }
    return true;
}
