#include "history/blame.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "json/jx.h"
#include "model/change.h"
#include "model/ident.h"
#include "model/kind.h"

enum { VALUE_MAX = 60, COMMIT_SHOWN = 10 };

/* ---- one step ---- */

/* What is behind id and a full stop, when other is nested in it; else NULL. */
static const char *within(const char *other, const char *id)
{
    size_t length = strlen(id);

    return strncmp(other, id, length) == 0 && other[length] == '.' ? other + length + 1 : NULL;
}

static const json_t *transaction_of(const json_t *changes, json_int_t xid)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(json_object_get(changes, "transactions"), index, item)
    {
        if (jx_int(item, "xid", 0) == xid)
            return item;
    }
    return NULL;
}

/* The files that a step added or edited, or else removed: "1_a.sql, 2_b.sql"; NULL: none. */
static const char *files_of(Arena *arena, const json_t *changes)
{
    static const char *const members[] = {"added", "edited", "removed"};
    const char *list = NULL;

    for (size_t i = 0; i < sizeof members / sizeof *members && (i < 2 || !list); i++) {
        const json_t *names = json_object_get(changes_migrations(changes), members[i]);
        for (size_t at = 0; at < json_array_size(names); at++)
            list = arena_printf(arena, "%s%s%s", list ? list : "", list ? ", " : "",
                                json_string_value(json_array_get(names, at)));
    }
    return list;
}

/* What the step and its transaction tell of when and by whom. */
static bool add_origin(json_t *event, const json_t *step, json_int_t xid, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const json_t *changes = json_object_get(step, "changes");
    const json_t *transaction = xid ? transaction_of(changes, xid) : NULL;
    const char *files = files_of(&arena, changes);
    json_auto_t *origin =
        json_pack("{s:s*, s:s*, s:O*, s:O*}", "time",
                  jx_string(transaction, "time", jx_string(step, "time", NULL)), "migration",
                  jx_string(transaction, "migration", files), "commit",
                  json_object_get(step, "commit"), "author", json_object_get(step, "author"));

    return origin && json_object_update(event, origin) == 0 &&
           (!xid || jx_set(event, "transaction", json_integer(xid), err));
}

static bool add_event(json_t *events, const json_t *step, const Change *change, const char *kind,
                      const char *id, json_t *fields, Err *err)
{
    json_auto_t *event =
        json_pack("{s:s, s:s, s:s, s:o, s:s, s:s}", "op", change->op, "kind", kind, "id", id,
                  "fields", fields, "severity", change->severity, "why", change->why);

    if (!event)
        return err_set(err, EXIT_DATA, "a change that is no text");
    if (strcmp(id, change->id) != 0 && !jx_set(event, "with", json_string(change->id), err))
        return false;
    return add_origin(event, step, change->transaction, err) &&
           jx_append(events, json_incref(event), err);
}

static json_t *fields_of(const json_t *item, const char *side)
{
    json_t *fields = json_array();
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)item, key, value)
    {
        if (strcmp(key, "name") != 0)
            json_array_append_new(fields, json_pack("{s:s, s:O}", "name", key, side, value));
    }
    return fields;
}

/* An object that is nested in the one that was added or removed, when that one had it. */
static bool add_nested(json_t *events, const json_t *step, const Change *change, const char *id,
                       Err *err)
{
    const char *side = strcmp(change->op, "added") == 0 ? "new" : "old";
    KindId parent = KIND_SCHEMA, kind = KIND_SCHEMA;
    size_t index = 0, at = 0;
    json_t *field = NULL, *item = NULL;

    json_array_foreach(change->fields, index, field)
    {
        if (!kind_by_name(change->kind, &parent) ||
            !kind_nested(parent, jx_string(field, "name", ""), &kind))
            continue;
        json_array_foreach(json_object_get(field, side), at, item)
        {
            CLEANUP(cleanup_free) char *whole = ident_join(change->id, jx_string(item, "name", ""));
            if (strcmp(whole, id) == 0)
                return add_event(events, step, change, kind_of(kind)->name, id,
                                 fields_of(item, side), err);
        }
    }
    return true;
}

static bool is_op(const Change *change, Op op)
{
    return strcmp(change->op, op_name(op)) == 0;
}

/* Adds what the change means to the object, and says in *before (in the arena) what it was called
 * before. */
static bool look_at(json_t *events, const json_t *step, const Change *change, const char *id,
                    Arena *arena, const char **before, Err *err)
{
    const char *old = change_old_id(change);
    const char *rest = id ? within(id, change->id) : NULL;

    if (!id || strcmp(change->id, id) == 0 || within(change->id, id)) {
        if (id && old && strcmp(change->id, id) == 0)
            *before = arena_strdup(arena, old);
        return add_event(events, step, change, change->kind, change->id,
                         json_incref((json_t *)change->fields), err);
    }
    if (!rest || strcmp(change->kind, "schema") == 0)
        return true;
    if (old) {
        *before = arena_printf(arena, "%s.%s", old, rest);
        json_auto_t *fields =
            json_pack("[{s:s, s:s, s:s}]", "name", "id", "old", *before, "new", id);
        return add_event(events, step, change, change->kind, id, json_incref(fields), err);
    }
    if (is_op(change, OP_REPLACED))
        return add_event(events, step, change, change->kind, id, json_array(), err);
    return is_op(change, OP_CHANGED) || add_nested(events, step, change, id, err);
}

/* ---- who it is ---- */

/* Whether the step tells of an object of that very name, or of what is nested in it, as it is after
 * the step; else *ret_now is what it became, or NULL. */
static bool step_knows(const json_t *step, const char *id, Arena *arena, const char **ret_now)
{
    const json_t *changes = json_object_get(step, "changes");
    Change change = {0};
    Err ignored = {0};

    for (size_t i = 0; changes_view(changes, i, &change, &ignored); i++) {
        const char *old = change_old_id(&change);
        if (strcmp(change.id, id) == 0 || within(change.id, id)) {
            *ret_now = NULL;
            return true;
        }
        if (old && strcmp(old, id) == 0)
            *ret_now = arena_strdup(arena, change.id);
    }
    return false;
}

/* What the step makes of a name that something has before it, by itself or with what it is nested
 * in. */
static const char *name_after(const json_t *step, const char *id, Arena *arena)
{
    const json_t *changes = json_object_get(step, "changes");
    const char *now = id;
    Change change = {0};
    Err ignored = {0};

    for (size_t i = 0; changes_view(changes, i, &change, &ignored); i++) {
        const char *old = change_old_id(&change);
        const char *rest = old ? within(id, old) : NULL;
        if (old && strcmp(old, id) == 0)
            return arena_strdup(arena, change.id);
        if (rest)
            now = arena_printf(arena, "%s.%s", change.id, rest);
    }
    return now;
}

/* An older name becomes the newest one: from the last step on that tells of it. */
static const char *newest_name(const json_t *steps, const char *id, Arena *arena)
{
    size_t count = json_array_size(steps), at = count;
    const char *now = NULL;

    while (at > 0 && !now && !step_knows(json_array_get(steps, at - 1), id, arena, &now))
        at -= !now;
    for (id = now ? now : id; at < count; at++)
        id = name_after(json_array_get(steps, at), id, arena);
    return id;
}

json_t *blame_events(const json_t *steps, const char *id, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    json_auto_t *newest_first = json_array();
    json_t *events = json_array();

    id = id ? newest_name(steps, id, &arena) : NULL;
    for (size_t i = json_array_size(steps); i-- > 0;) {
        const json_t *step = json_array_get(steps, i);
        const json_t *changes = json_object_get(step, "changes");
        json_auto_t *found = json_array();
        const char *before = id;
        Change change = {0};
        bool ok = true;
        for (size_t at = 0; ok && at < changes_count(changes); at++)
            ok = changes_view(changes, at, &change, err) &&
                 look_at(found, step, &change, id, &arena, &before, err);
        if (!ok) {
            json_decref(events);
            return NULL;
        }
        for (size_t at = json_array_size(found); at-- > 0;)
            json_array_append(newest_first, json_array_get(found, at));
        id = before;
    }
    for (size_t i = json_array_size(newest_first); i-- > 0;)
        json_array_append(events, json_array_get(newest_first, i));
    return events;
}

/* ---- both lines ---- */

static bool is_same_text(const json_t *a, const json_t *b, const char *member)
{
    return strcmp(jx_string(a, member, ""), jx_string(b, member, "")) == 0;
}

static bool is_same_event(const json_t *a, const json_t *b)
{
    const char *op = jx_string(a, "op", "");

    return is_same_text(a, b, "op") && is_same_text(a, b, "kind") && is_same_text(a, b, "id") &&
           (strcmp(op, op_name(OP_CHANGED)) != 0 ||
            json_equal(json_object_get(a, "fields"), json_object_get(b, "fields")));
}

/* The last of them that is the same and not later, else the first that is the same. */
static size_t find_same(const json_t *committed, const char *taken, const json_t *event)
{
    size_t count = json_array_size(committed), best = count;

    for (size_t i = 0; i < count; i++) {
        const json_t *other = json_array_get(committed, i);
        bool is_earlier = strcmp(jx_string(other, "time", ""), jx_string(event, "time", "")) <= 0;
        if (!taken[i] && is_same_event(event, other) && (is_earlier || best == count))
            best = i;
    }
    return best;
}

static int time_order(const void *a, const void *b)
{
    const json_t *one = *(const json_t *const *)a, *two = *(const json_t *const *)b;
    int order = strcmp(jx_string(one, "time", ""), jx_string(two, "time", ""));
    json_int_t first = jx_int(one, "place", 0), second = jx_int(two, "place", 0);

    return order ? order : (first > second) - (first < second);
}

static json_t *sorted(json_t **events, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_object_set_new(events[i], "place", json_integer((json_int_t)i));
    qsort(events, count, sizeof *events, time_order);
    for (size_t i = 0; i < count; i++) {
        json_object_del(events[i], "place");
        json_array_append_new(array, events[i]);
    }
    return array;
}

json_t *blame_merge(const json_t *accepted, const json_t *committed, Err *err)
{
    size_t many = json_array_size(accepted), more = json_array_size(committed), count = 0;
    CLEANUP(cleanup_free) char *taken = arena_realloc_or_exit(NULL, more + 1);
    CLEANUP(cleanup_free)
    json_t **events = arena_realloc_or_exit(NULL, (many + more + 1) * sizeof *events);

    (void)err;
    memset(taken, 0, more + 1);
    for (size_t i = 0; i < many; i++) {
        json_t *event = json_copy(json_array_get(accepted, i));
        size_t same = find_same(committed, taken, event);
        if (same < more) {
            const json_t *other = json_array_get(committed, same);
            json_auto_t *brought = json_pack(
                "{s:O*, s:O*, s:O*}", "commit", json_object_get(other, "commit"), "author",
                json_object_get(other, "author"), "migration", json_object_get(other, "migration"));
            json_object_update_missing(event, brought);
            taken[same] = 1;
        }
        events[count++] = event;
    }
    for (size_t i = 0; i < more; i++)
        if (!taken[i])
            events[count++] = json_copy(json_array_get(committed, i));
    return sorted(events, count);
}

/* ---- writing ---- */

static void put_value(const json_t *value, FILE *out)
{
    CLEANUP(cleanup_free) char *json = !value || json_is_string(value) ? NULL : jx_text(value);
    const char *text = !value ? "none" : json ? json : json_string_value(value);
    size_t length = text_cut(text, VALUE_MAX);
    CLEANUP(arena_free) Arena arena = {0};
    char *cut = arena_printf(&arena, "%.*s%s", (int)length, text, text[length] ? "..." : "");

    for (char *c = cut; *c; c++)
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    text_print_safe(out, cut);
}

/* Of what was there before and is: what of it changed. */
static void put_fields(const json_t *event, FILE *out)
{
    size_t index = 0;
    json_t *field = NULL;

    json_array_foreach(json_object_get(event, "fields"), index, field)
    {
        const json_t *old = json_object_get(field, "old"), *new = json_object_get(field, "new");
        fputs(index ? ", " : "  ", out);
        text_print_safe(out, jx_string(field, "name", ""));
        fputs(": ", out);
        put_value(old, out);
        fputs(" -> ", out);
        put_value(new, out);
    }
}

static void put_text(const char *before, const char *text, FILE *out)
{
    if (!*text)
        return;
    fputs(before, out);
    text_print_safe(out, text);
}

static void put_event(const json_t *event, FILE *out)
{
    const char *op = jx_string(event, "op", ""), *commit = jx_string(event, "commit", "");
    bool is_whole = strcmp(op, op_name(OP_ADDED)) == 0 || strcmp(op, op_name(OP_REMOVED)) == 0;
    char shown[COMMIT_SHOWN + 1];

    put_text("", jx_string(event, "time", "-"), out);
    fprintf(out, "  %-8s  %s ", op, jx_string(event, "kind", ""));
    text_print_safe(out, jx_string(event, "id", ""));
    put_text(" with ", jx_string(event, "with", ""), out);
    if (!is_whole)
        put_fields(event, out);
    put_text("  ", jx_string(event, "migration", ""), out);
    snprintf(shown, sizeof shown, "%.*s", COMMIT_SHOWN, commit);
    put_text("  ", shown, out);
    put_text(" ", jx_string(event, "author", ""), out);
    if (json_object_get(event, "transaction"))
        fprintf(out, "  transaction %lld", (long long)jx_int(event, "transaction", 0));
    fputc('\n', out);
}

bool blame_write_text(const json_t *events, FILE *out, Err *err)
{
    size_t index = 0;
    json_t *event = NULL;

    (void)err;
    json_array_foreach(events, index, event)
    {
        put_event(event, out);
    }
    return true;
}

bool blame_write_json(const json_t *events, const char *id, FILE *out, Err *err)
{
    json_auto_t *name = id ? json_string(id) : NULL;
    CLEANUP(cleanup_free) char *quoted = name ? jx_text(name) : NULL;
    size_t index = 0;
    json_t *event = NULL;

    if (id && !name)
        return err_set(err, EXIT_USAGE, "the id is not UTF-8");
    fputs("{\"format\":\"history/1\",\n\"events\":[", out);
    json_array_foreach(events, index, event)
    {
        CLEANUP(cleanup_free) char *text = jx_text(event);
        fprintf(out, "%s\n%s", index ? "," : "", text);
    }
    fprintf(out, "\n]%s%s}\n", quoted ? ",\n\"id\":" : "", quoted ? quoted : "");
    return true;
}
