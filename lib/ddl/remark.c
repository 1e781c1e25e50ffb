#include "ddl/remark.h"

#include <string.h>

#include "ddl/step.h"
#include "json/jx.h"
#include "model/change.h"
#include "model/secret.h"

typedef struct Remarks {
    Arena *arena;
    const char **items;
    size_t count, room;
} Remarks;

static void add(Remarks *remarks, const char *text)
{
    for (size_t i = 0; i < remarks->count; i++)
        if (strcmp(remarks->items[i], text) == 0)
            return;
    if (remarks->count + 1 >= remarks->room) {
        size_t room = remarks->room ? remarks->room * 2 : 8;
        const char **items = arena_alloc(remarks->arena, room * sizeof *items);

        if (remarks->count > 0)
            memcpy(items, remarks->items, remarks->count * sizeof *items);
        remarks->items = items;
        remarks->room = room;
    }
    remarks->items[remarks->count++] = text;
}

/* A comment ends with its line. */
static const char *one_line(Arena *arena, const char *text)
{
    char *line = arena_strdup(arena, text);

    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    return line;
}

static const char *label(Arena *arena, const DdlNode *node)
{
    const char *parent = jx_string(node->parent, "id", NULL);
    const char *own = jx_string(node->object, parent ? "name" : "id", "");

    return one_line(arena, arena_printf(arena, "%s %s%s%s", kind_of(node->kind)->name,
                                        parent ? parent : "", parent ? "." : "", own));
}

static bool has_step(const DdlNode *node)
{
    for (size_t i = 0; i < sizeof node->steps / sizeof *node->steps; i++)
        if (node->steps[i])
            return true;
    return false;
}

/* Kinds that are data of an extension, or nobody knows what. */
static bool is_unwritten(KindId kind)
{
    return kind_is_opted(kind) || kind == KIND_FACT;
}

static void remark_object(Remarks *remarks, const DdlNode *node)
{
    Arena *arena = remarks->arena;
    size_t index = 0;
    json_t *member = NULL;

    json_array_foreach(json_object_get(node->object, "inexact"), index, member)
    {
        add(remarks, arena_printf(arena, "%s: its %s is not known exactly", label(arena, node),
                                  one_line(arena, jx_item(member))));
    }
    if (is_unwritten(node->kind))
        add(remarks, arena_printf(arena, "%s: no SQL is written for it", label(arena, node)));
    if (node->kind == KIND_SUBSCRIPTION && node->steps[STEP_CREATE])
        add(remarks,
            arena_printf(arena, "%s: what it connects to is to be filled in", label(arena, node)));
    if (node->kind == KIND_USER_MAPPING && node->steps[STEP_CREATE])
        add(remarks,
            arena_printf(arena, "%s: its options are not shown: add them", label(arena, node)));
    if (node->kind == KIND_TABLESPACE && !node->twin)
        add(remarks,
            arena_printf(arena, "%s: where its directory is, is not known", label(arena, node)));
    if (node->kind == KIND_CONSTRAINT && jx_bool(node->object, "disabled"))
        add(remarks, arena_printf(arena, "%s: its triggers are not disabled", label(arena, node)));
    if ((node->kind == KIND_INDEX || node->kind == KIND_VIEW_INDEX) &&
        jx_bool(node->object, "invalid"))
        add(remarks, arena_printf(arena, "%s: it is made valid", label(arena, node)));
}

static const json_t *column_named(const json_t *columns, const char *name)
{
    for (size_t i = 0; i < json_array_size(columns); i++)
        if (strcmp(jx_string(json_array_get(columns, i), "name", ""), name) == 0)
            return json_array_get(columns, i);
    return NULL;
}

/* Whether the columns that both have stand in one order, and new ones behind them. */
static bool keeps_order(const json_t *old, const json_t *new)
{
    size_t at = 0, index = 0;
    json_t *column = NULL;

    json_array_foreach(old, index, column)
    {
        const char *name = jx_string(column, "name", "");
        if (!column_named(new, name))
            continue;
        if (strcmp(jx_string(json_array_get(new, at), "name", ""), name) != 0)
            return false;
        at++;
    }
    return true;
}

static void remark_order(Remarks *remarks, const DdlNode *node)
{
    if (node->kind == KIND_TABLE && !node->rule && node->twin && !node->steps[0] &&
        !keeps_order(json_object_get(node->object, "columns"),
                     json_object_get(node->twin->object, "columns")))
        add(remarks, arena_printf(remarks->arena, "%s: its columns come in another order",
                                  label(remarks->arena, node)));
}

/* A column that a table has of its own stays that when a parent hands it down as well: only one
 * that is made with the table, or in a partition, is not. */
static void remark_inherited(Remarks *remarks, const DdlNode *node)
{
    const json_t *columns = json_object_get(node->object, "columns");

    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *column = json_array_get(columns, i);
        const json_t *old = column_named(json_object_get(node->twin->object, "columns"),
                                         jx_string(column, "name", ""));
        if (old && jx_bool(column, "inherited") && !jx_bool(old, "inherited")) {
            add(remarks,
                arena_printf(remarks->arena, "%s: the columns it inherits stay its own too",
                             label(remarks->arena, node)));
            return;
        }
    }
}

/* Secrets that are others now, of which both sides show the same. */
static void remark_secrets(Remarks *remarks, const json_t *changes)
{
    Err err = {0};

    for (size_t i = 0; i < changes_count(changes); i++) {
        Change change = {0};
        size_t index = 0;
        json_t *field = NULL;

        if (!changes_view(changes, i, &change, &err))
            continue;
        json_array_foreach(change.fields, index, field)
        {
            if (strcmp(jx_string(field, "old", ""), SECRET_SHOWN) == 0 &&
                strcmp(jx_string(field, "new", ""), SECRET_SHOWN) == 0)
                add(remarks,
                    one_line(
                        remarks->arena,
                        arena_printf(remarks->arena,
                                     "%s %s: a secret in its %s is another one: set it by hand",
                                     change.kind, change.id, jx_string(field, "name", ""))));
        }
    }
}

const char *const *ddl_remarks(Arena *arena, const DdlSide *old, const DdlSide *new,
                               const json_t *changes, const DdlScript *script)
{
    static const char *const none[] = {NULL};
    Remarks remarks = {.arena = arena};

    for (size_t i = 0; i < old->count; i++)
        remark_order(&remarks, old->nodes[i]);
    for (size_t i = 0; i < old->count; i++)
        if (!old->nodes[i]->rule && !old->nodes[i]->twin && is_unwritten(old->nodes[i]->kind))
            remark_object(&remarks, old->nodes[i]);
    for (size_t i = 0; i < new->count; i++) {
        const DdlNode *node = new->nodes[i];
        if (!node->rule && (has_step(node) || (node->twin && has_step(node->twin))))
            remark_object(&remarks, node);
    }
    for (size_t i = 0; i < new->count; i++) {
        const DdlNode *node = new->nodes[i];
        if (node->kind == KIND_TABLE && !node->rule && node->twin && !node->steps[STEP_CREATE] &&
            json_object_get(node->object, "inherits"))
            remark_inherited(&remarks, node);
    }
    remark_secrets(&remarks, changes);
    for (size_t i = 0; i < script->count; i++)
        if (strstr(script->items[i].text, SECRET_SHOWN))
            add(&remarks, "secrets are not shown: fill them in where it says " SECRET_SHOWN);
    return remarks.count > 0 ? remarks.items : none;
}
