#include "diff/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "diff/severity.h"
#include "json/jx.h"
#include "model/change.h"
#include "model/ident.h"

/* What makes up one change while its object is compared. */
typedef struct Draft {
    json_t *fields;
    Verdict worst;
    char affects[64];
} Draft;

static bool has_word(const char *list, const char *word, size_t length)
{
    for (; *list; list += strcspn(list, ","), list += *list == ',')
        if (strcspn(list, ",") == length && memcmp(list, word, length) == 0)
            return true;
    return false;
}

/* The union of two comma lists; the room is that of every word there is. */
static void add_affects(char affects[64], const char *more)
{
    while (*more) {
        size_t length = strcspn(more, ","), used = strlen(affects);
        if (!has_word(affects, more, length))
            snprintf(affects + used, 64 - used, "%s%.*s", used ? "," : "", (int)length, more);
        more += length + (more[length] == ',');
    }
}

/* The verdict that speaks for the whole change: the more severe, among equals the one about
 * security.
 */
static bool is_worse(Verdict verdict, Verdict than)
{
    if (verdict.severity != than.severity)
        return verdict.severity > than.severity;
    return strstr(verdict.affects, "security") && !strstr(than.affects, "security");
}

static bool draft_add(Draft *draft, const char *name, const json_t *old, const json_t *new,
                      Verdict verdict, Err *err)
{
    json_t *field = json_pack("{s:s, s:O*, s:O*}", "name", name, "old", old, "new", new);

    if (json_array_size(draft->fields) == 0 || is_worse(verdict, draft->worst))
        draft->worst = verdict;
    add_affects(draft->affects, verdict.affects);
    return jx_append(draft->fields, field, err);
}

/* ---- whole objects ---- */

static bool is_identity(const char *member)
{
    return strcmp(member, "id") == 0 || strcmp(member, "name") == 0 ||
           strcmp(member, "schema") == 0;
}

static bool whole(json_t *changes, KindId kind, Op op, const char *id, const json_t *object,
                  Err *err)
{
    bool added = op == OP_ADDED;
    Verdict verdict = severity_judge(kind, op, NULL, added ? NULL : object, added ? object : NULL);
    json_t *fields = json_array();
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)object, key, value)
    {
        if (!is_identity(key))
            json_array_append_new(
                fields, json_pack("{s:s, s:O}", "name", key, added ? "new" : "old", value));
    }
    return changes_add(changes, op, kind_of(kind)->name, id, fields, verdict.severity,
                       verdict.affects, verdict.why, err);
}

/* ---- objects on both sides ---- */

static bool compare(json_t *changes, KindId kind, const char *id, const json_t *old,
                    const json_t *new, Err *err);

static const json_t *find_named(const json_t *array, const char *name)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        if (strcmp(jx_string(item, "name", ""), name) == 0)
            return item;
    }
    return NULL;
}

/* The names that both sides have, in the order of one. */
static json_t *common_names(const json_t *side, const json_t *other)
{
    json_t *names = json_array();
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(side, index, item)
    {
        const char *name = jx_string(item, "name", "");
        if (find_named(other, name))
            json_array_append_new(names, json_string(name));
    }
    return names;
}

static bool nested_side(json_t *changes, KindId kind, Op op, const char *parent, const json_t *side,
                        const json_t *other, Err *err)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(side, index, item)
    {
        const char *name = jx_string(item, "name", "");
        const json_t *match = find_named(other, name);
        CLEANUP(cleanup_free) char *id = ident_join(parent, name);
        if (op == OP_REMOVED && match && !json_equal(item, (json_t *)match)) {
            if (!compare(changes, kind, id, item, match, err))
                return false;
        } else if (!match && !whole(changes, kind, op, id, item, err)) {
            return false;
        }
    }
    return true;
}

static bool nested(json_t *changes, Draft *draft, KindId kind, const char *parent,
                   const json_t *old, const json_t *new, Err *err)
{
    if (kind_of(kind)->ordered) {
        json_auto_t *before = common_names(old, new);
        json_auto_t *after = common_names(new, old);
        if (!json_equal(before, after) &&
            !draft_add(draft, "column order", before, after,
                       severity_judge((KindId)kind_of(kind)->parent, OP_CHANGED, "column order",
                                      before, after),
                       err))
            return false;
    }
    return nested_side(changes, kind, OP_REMOVED, parent, old, new, err) &&
           nested_side(changes, kind, OP_ADDED, parent, new, old, err);
}

static int key_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The members of both objects, each once, sorted; borrowed, NULL-terminated, from malloc. */
static const char **members_of(const json_t *old, const json_t *new)
{
    size_t room = json_object_size(old) + json_object_size(new) + 1, count = 0, kept = 0;
    const char **keys = arena_realloc_or_exit(NULL, room * sizeof *keys);
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)old, key, value)
    {
        keys[count++] = key;
    }
    json_object_foreach((json_t *)new, key, value)
    {
        keys[count++] = key;
    }
    qsort(keys, count, sizeof *keys, key_compare);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(keys[kept - 1], keys[i]) != 0)
            keys[kept++] = keys[i];
    keys[kept] = NULL;
    return keys;
}

static void draft_free(Draft *draft)
{
    json_decref(draft->fields);
}

/* Whether the member's value is one that its source could not know exactly (man/snapshot.5), so
 * that another value on the other side is no change. */
static bool is_inexact(const json_t *object, const char *member)
{
    size_t index = 0;
    json_t *name = NULL;

    json_array_foreach(json_object_get(object, "inexact"), index, name)
    {
        if (strcmp(json_string_value(name) ? json_string_value(name) : "", member) == 0)
            return true;
    }
    return false;
}

static void count_uncertain(json_t *changes)
{
    json_object_set_new(changes, "uncertain", json_integer(jx_int(changes, "uncertain", 0) + 1));
}

static bool compare(json_t *changes, KindId kind, const char *id, const json_t *old,
                    const json_t *new, Err *err)
{
    CLEANUP(cleanup_free) const char **members = members_of(old, new);
    CLEANUP(draft_free) Draft draft = {.fields = json_array()};

    for (const char **member = members; *member; member++) {
        const json_t *before = json_object_get(old, *member),
                     *after = json_object_get(new, *member);
        KindId inner = KIND_SCHEMA;
        if (strcmp(*member, "inexact") == 0 ||
            (before && after && json_equal((json_t *)before, (json_t *)after)))
            continue;
        if (is_inexact(old, *member) || is_inexact(new, *member)) {
            count_uncertain(changes);
            continue;
        }
        bool ok = kind_nested(kind, *member, &inner)
                      ? nested(changes, &draft, inner, id, before, after, err)
                      : draft_add(&draft, *member, before, after,
                                  severity_judge(kind, OP_CHANGED, *member, old, new), err);
        if (!ok)
            return false;
    }
    if (json_array_size(draft.fields) == 0)
        return true;
    return changes_add(changes, OP_CHANGED, kind_of(kind)->name, id, json_incref(draft.fields),
                       draft.worst.severity, draft.affects, draft.worst.why, err);
}

/* ---- the walk ---- */

typedef struct Side {
    SnapshotReader *reader; /* NULL: nothing on this side */
    SnapshotLine line;
    int got;
    char *id; /* of the line at hand once it was asked for */
} Side;

static void side_free(Side *side)
{
    free(side->id);
}

static bool side_next(Side *side, Err *err)
{
    free(side->id);
    side->id = NULL;
    side->got = side->reader ? snapshot_reader_next(side->reader, &side->line, err) : 0;
    return side->got >= 0;
}

static bool side_id(Side *side, Err *err)
{
    if (!side->id)
        side->id = snapshot_line_id(&side->line, err);
    return side->id != NULL;
}

static bool lone(json_t *changes, Side *side, Op op, Err *err)
{
    json_auto_t *object = snapshot_line_parse(&side->line, snapshot_reader_name(side->reader), err);

    return object && side_id(side, err) &&
           whole(changes, side->line.kind, op, side->id, object, err) && side_next(side, err);
}

static bool both(json_t *changes, Side *old, Side *new, Err *err)
{
    json_auto_t *before = snapshot_line_parse(&old->line, snapshot_reader_name(old->reader), err);
    json_auto_t *after =
        before ? snapshot_line_parse(&new->line, snapshot_reader_name(new->reader), err) : NULL;

    return after && compare(changes, old->line.kind, old->id, before, after, err) &&
           side_next(old, err) && side_next(new, err);
}

static bool is_same_line(const Side *old, const Side *new)
{
    if (old->line.kind != new->line.kind || old->line.length != new->line.length)
        return false;
    return memcmp(old->line.text, new->line.text, old->line.length) == 0;
}

static bool step(json_t *changes, Side *old, Side *new, Err *err)
{
    int order = 0;

    if (old->got && new->got && is_same_line(old, new))
        return side_next(old, err) && side_next(new, err);
    if (!old->got || !new->got) {
        order = old->got ? -1 : 1;
    } else if (old->line.kind != new->line.kind) {
        order = old->line.kind < new->line.kind ? -1 : 1;
    } else {
        if (!side_id(old, err) || !side_id(new, err))
            return false;
        order = strcmp(old->id, new->id);
    }
    if (order == 0)
        return both(changes, old, new, err);
    return order < 0 ? lone(changes, old, OP_REMOVED, err) : lone(changes, new, OP_ADDED, err);
}

static bool drain(Side *side, Err *err)
{
    while (side->got > 0)
        if (!side_next(side, err))
            return false;
    return true;
}

json_t *diff_snapshots(SnapshotReader *old_reader, SnapshotReader *new_reader, Err *err)
{
    CLEANUP(side_free) Side old = {.reader = old_reader};
    CLEANUP(side_free) Side new = {.reader = new_reader};
    bool is_short = snapshot_reader_is_short(new_reader) ||
                    (old_reader && snapshot_reader_is_short(old_reader));
    json_auto_t *found = changes_new(NULL, "", err);

    if (!found || !side_next(&old, err) || !side_next(&new, err))
        return NULL;
    if (is_short || !old_reader) {
        if (!drain(&old, err) || !drain(&new, err))
            return NULL;
    } else {
        while (old.got || new.got)
            if (!step(found, &old, &new, err))
                return NULL;
    }
    const char *from = old_reader ? snapshot_reader_hash(old_reader) : NULL;
    const char *to = snapshot_reader_hash(new_reader);
    if (is_short && from && strcmp(from, to) != 0) {
        err_set(err, EXIT_DATA,
                "the short form says 'unchanged' of another schema than the old one");
        return NULL;
    }
    if ((from && !jx_set(found, "from", json_string(from), err)) ||
        !jx_set(found, "to", json_string(to), err) || !changes_finish(found, err))
        return NULL;
    return json_incref(found);
}
