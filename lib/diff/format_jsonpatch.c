/* A JSON Patch (RFC 6902) that turns the whole old document into the new one: a walk over both,
 * line by line, for which the lines of a section are matched by what they are about. Each operation
 * holds for the document that the ones before it made; the first one makes sure that it is the
 * right document. Memory is that of two lines. */
#include "diff/format.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "json/jx.h"
#include "model/kind.h"

typedef struct Patch {
    FILE *out;
    Buffer path;
    bool any;
} Patch;

static void patch_free(Patch *patch)
{
    buffer_free(&patch->path);
}

/* ---- operations ---- */

/* Adds a reference token (RFC 6901 section 3); the length to go back to. */
static size_t push(Patch *patch, const char *token)
{
    size_t length = patch->path.length;

    buffer_char(&patch->path, '/');
    for (; *token; token++) {
        if (*token == '~' || *token == '/')
            buffer_text(&patch->path, *token == '~' ? "~0" : "~1");
        else
            buffer_char(&patch->path, *token);
    }
    return length;
}

static size_t push_index(Patch *patch, size_t index)
{
    size_t length = patch->path.length;

    buffer_char(&patch->path, '/');
    buffer_number(&patch->path, (int64_t)index);
    return length;
}

static void pop(Patch *patch, size_t length)
{
    patch->path.length = length;
    patch->path.bytes[length] = '\0';
}

/* Up to what comes behind the path. */
static void put_start(Patch *patch, const char *op)
{
    fprintf(patch->out, "%s{\"op\":\"%s\",\"path\":", patch->any ? ",\n" : "[\n", op);
    jx_put_string(patch->out, patch->path.bytes, patch->path.length);
    patch->any = true;
}

static void put_value(Patch *patch, const json_t *value)
{
    CLEANUP(cleanup_free) char *text = jx_text(value);

    fputs(text ? text : "null", patch->out);
}

/* value NULL: it has none. */
static void put(Patch *patch, const char *op, const json_t *value)
{
    put_start(patch, op);
    if (value) {
        fputs(",\"value\":", patch->out);
        put_value(patch, value);
    }
    fputc('}', patch->out);
}

static void put_index(Patch *patch, const char *op, size_t index, const json_t *value)
{
    size_t length = push_index(patch, index);

    put(patch, op, value);
    pop(patch, length);
}

/* ---- values ---- */

static void patch_value(Patch *patch, const json_t *old, const json_t *new);

static void patch_object(Patch *patch, const json_t *old, const json_t *new)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)old, key, value)
    {
        size_t length = push(patch, key);
        const json_t *now = json_object_get(new, key);

        if (now)
            patch_value(patch, value, now);
        else
            put(patch, "remove", NULL);
        pop(patch, length);
    }
    json_object_foreach((json_t *)new, key, value)
    {
        size_t length = push(patch, key);

        if (!json_object_get(old, key))
            put(patch, "add", value);
        pop(patch, length);
    }
}

/* Whether two items are one thing: nested objects have names. */
static bool is_match(const json_t *old, const json_t *new)
{
    const json_t *name = json_object_get(old, "name");

    return name ? json_equal(name, json_object_get(new, "name")) : json_equal(old, new);
}

typedef struct Items {
    const json_t *array;
    size_t first;
    size_t end;
} Items;

static const json_t *item(const Items *items, size_t index)
{
    return json_array_get(items->array, items->first + index);
}

enum { CELLS_MAX = 1 << 22 };

/* How many of what begins at each pair of items can be matched in order; NULL where that would take
 * too long: then the items are taken in pairs as they come. */
static unsigned *matches_of(const Items *old, const Items *new)
{
    size_t height = old->end - old->first + 1, width = new->end - new->first + 1;

    if (height > CELLS_MAX / width)
        return NULL;
    unsigned *matches = arena_realloc_or_exit(NULL, height * width * sizeof *matches);

    for (size_t i = height; i-- > 0;)
        for (size_t j = width; j-- > 0;) {
            unsigned *at = &matches[i * width + j];

            if (i == height - 1 || j == width - 1)
                *at = 0;
            else if (is_match(item(old, i), item(new, j)))
                *at = at[width + 1] + 1;
            else
                *at = at[width] >= at[1] ? at[width] : at[1];
        }
    return matches;
}

/* What stands before the next match: as far as there is something on both sides one replaces the
 * other. *at is the place in the array as it becomes. */
static void patch_run(Patch *patch, size_t *at, const Items *old, const Items *new)
{
    size_t removed = old->end - old->first, added = new->end - new->first;

    for (size_t i = 0; i < removed && i < added; i++)
        put_index(patch, "replace", (*at)++, item(new, i));
    for (size_t i = added; i < removed; i++)
        put_index(patch, "remove", *at, NULL);
    for (size_t i = removed; i < added; i++)
        put_index(patch, "add", (*at)++, item(new, i));
}

static void patch_middle(Patch *patch, Items old, Items new)
{
    CLEANUP(cleanup_free) unsigned *matches = matches_of(&old, &new);
    size_t height = old.end - old.first, width = new.end - new.first + 1, at = new.first;
    size_t i = 0, j = 0, run_i = 0, run_j = 0;

    for (;;) {
        bool is_end = !matches || i == height || j == width - 1;
        bool is_pair = !is_end && is_match(item(&old, i), item(&new, j));

        if (!is_end && !is_pair) {
            bool is_removed = matches[(i + 1) * width + j] >= matches[i * width + j + 1];
            i += is_removed;
            j += !is_removed;
            continue;
        }
        Items before = {old.array, old.first + run_i, is_end ? old.end : old.first + i};
        Items after = {new.array, new.first + run_j, is_end ? new.end : new.first + j};
        patch_run(patch, &at, &before, &after);
        if (is_end)
            return;
        size_t length = push_index(patch, at++);
        patch_value(patch, item(&old, i), item(&new, j));
        pop(patch, length);
        run_i = ++i;
        run_j = ++j;
    }
}

static void patch_array(Patch *patch, const json_t *old, const json_t *new)
{
    Items before = {old, 0, json_array_size(old)}, after = {new, 0, json_array_size(new)};

    while (before.first < before.end && after.first < after.end &&
           json_equal(item(&before, 0), item(&after, 0))) {
        before.first++;
        after.first++;
    }
    while (before.first < before.end && after.first < after.end &&
           json_equal(json_array_get(old, before.end - 1), json_array_get(new, after.end - 1))) {
        before.end--;
        after.end--;
    }
    patch_middle(patch, before, after);
}

static void patch_value(Patch *patch, const json_t *old, const json_t *new)
{
    if (json_equal(old, new))
        return;
    if (json_is_object(old) && json_is_object(new))
        patch_object(patch, old, new);
    else if (json_is_array(old) && json_is_array(new))
        patch_array(patch, old, new);
    else
        put(patch, "replace", new);
}

/* ---- documents ---- */

enum { PLACE_END = INT_MAX };

typedef struct Side {
    SnapshotReader *reader;
    SnapshotLine line;
    int place; /* of the section that the line is in */
    char *key; /* what the line is about, once it was asked for */
} Side;

static void side_free(Side *side)
{
    free(side->key);
}

static bool side_next(Side *side, Err *err)
{
    int got = snapshot_reader_next(side->reader, &side->line, err);

    free(side->key);
    side->key = NULL;
    side->place = got <= 0                             ? PLACE_END
                  : side->line.part == SNAPSHOT_OBJECT ? (int)side->line.kind
                                                       : KIND_COUNT + (int)side->line.part;
    return got >= 0;
}

static const char *section_name(const Side *side)
{
    switch (side->line.part) {
    case SNAPSHOT_OBJECT:
        return kind_of(side->line.kind)->member;
    case SNAPSHOT_MEMBER:
        return "members";
    case SNAPSHOT_TRANSACTION:
        return "transactions";
    case SNAPSHOT_LINEAGE:
        break;
    }
    return "lineage";
}

static json_t *side_parse(const Side *side, Err *err)
{
    return snapshot_line_parse(&side->line, snapshot_reader_name(side->reader), err);
}

/* A text by whose order the lines of the section are sorted; were they not, the patch would only be
 * longer. */
static bool side_key(Side *side, Err *err)
{
    Buffer key = {0};
    char number[32] = "";
    KindId kind = KIND_SCHEMA;

    if (side->key)
        return true;
    if (side->line.part == SNAPSHOT_OBJECT) {
        side->key = snapshot_line_id(&side->line, err);
        return side->key != NULL;
    }
    json_auto_t *line = side_parse(side, err);
    if (!line ||
        (side->line.part == SNAPSHOT_LINEAGE && !snapshot_line_kind(&side->line, &kind, err)))
        return false;
    snprintf(number, sizeof number, "%03d %020lld ", (int)kind,
             (long long)jx_int(line, "xid", 0) * (side->line.part == SNAPSHOT_TRANSACTION));
    buffer_text(&key, number);
    buffer_text(&key, jx_string(line, "section", ""));
    buffer_char(&key, ' ');
    buffer_text(&key, jx_string(json_object_get(line, "object"), "id", jx_string(line, "id", "")));
    side->key = key.bytes;
    return true;
}

/* A section that the old document has not, as one value, a line of it at a time. */
static bool add_section(Patch *patch, Side *new, Err *err)
{
    int place = new->place;
    const char *before = "";

    put_start(patch, "add");
    fputs(",\"value\":[", patch->out);
    for (; new->place == place; before = ",\n") {
        json_auto_t *value = side_parse(new, err);

        if (!value)
            return false;
        fputs(before, patch->out);
        put_value(patch, value);
        if (!side_next(new, err))
            return false;
    }
    fputs("]}", patch->out);
    return true;
}

static bool remove_section(Patch *patch, Side *old, Err *err)
{
    int place = old->place;

    put(patch, "remove", NULL);
    while (old->place == place)
        if (!side_next(old, err))
            return false;
    return true;
}

static bool is_same_line(const Side *old, const Side *new)
{
    return old->line.length ==
           new->line.length &&memcmp(old->line.text, new->line.text, old->line.length) == 0;
}

/* One line of either or both, in a section that both have. */
static bool patch_line(Patch *patch, Side *old, Side *new, int place, size_t *index, Err *err)
{
    bool has_old = old->place == place, has_new = new->place == place;

    if (has_old && has_new && is_same_line(old, new)) {
        ++*index;
        return side_next(old, err) && side_next(new, err);
    }
    if (has_old && has_new) {
        if (!side_key(old, err) || !side_key(new, err))
            return false;
        int order = strcmp(old->key, new->key);
        has_old = order <= 0;
        has_new = order >= 0;
    }
    json_auto_t *before = has_old && has_new ? side_parse(old, err) : NULL;
    json_auto_t *after = has_new ? side_parse(new, err) : NULL;
    if ((has_new && !after) || (has_old && has_new && !before))
        return false;
    size_t length = push_index(patch, *index);
    if (!has_new)
        put(patch, "remove", NULL);
    else if (!has_old)
        put(patch, "add", after);
    else
        patch_value(patch, before, after);
    pop(patch, length);
    *index += has_new;
    return (!has_old || side_next(old, err)) && (!has_new || side_next(new, err));
}

static bool patch_section(Patch *patch, Side *old, Side *new, Err *err)
{
    int place = old->place < new->place ? old->place : new->place;
    size_t index = 0, length = push(patch, section_name(old->place == place ? old : new));
    bool ok = true;

    if (new->place != place)
        ok = remove_section(patch, old, err);
    else if (old->place != place)
        ok = add_section(patch, new, err);
    while (ok && (old->place == place || new->place == place))
        ok = patch_line(patch, old, new, place, &index, err);
    pop(patch, length);
    return ok;
}

static bool patch_documents(Patch *patch, SnapshotReader *old_reader, SnapshotReader *new_reader,
                            Err *err)
{
    CLEANUP(side_free) Side old = {.reader = old_reader};
    CLEANUP(side_free) Side new = {.reader = new_reader};

    if (!snapshot_reader_again(old_reader, err) || !snapshot_reader_again(new_reader, err))
        return false;
    snapshot_reader_with_asides(old_reader);
    snapshot_reader_with_asides(new_reader);
    snapshot_reader_with_members(old_reader);
    snapshot_reader_with_members(new_reader);
    if (!side_next(&old, err) || !side_next(&new, err))
        return false;
    while (old.place != PLACE_END || new.place != PLACE_END)
        if (!patch_section(patch, &old, &new, err))
            return false;
    return true;
}

/* The hash, and what else is of the whole document. */
static void patch_head(Patch *patch, const FormatContext *context, bool is_short)
{
    json_auto_t *from = json_string(snapshot_reader_hash(context->old));
    json_auto_t *to = json_string(snapshot_reader_hash(context->new));
    size_t length = push(patch, "hash");

    put(patch, "test", from);
    patch_value(patch, from, to);
    pop(patch, length);
    length = push(patch, "meta");
    if (!is_short)
        patch_value(patch, snapshot_reader_meta(context->old), snapshot_reader_meta(context->new));
    pop(patch, length);
}

bool format_jsonpatch(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    CLEANUP(patch_free) Patch patch = {.out = out};
    bool is_short = !context->old || snapshot_reader_is_short(context->old) ||
                    snapshot_reader_is_short(context->new);

    (void)changes;
    if (context->old)
        patch_head(&patch, context, is_short);
    if (!is_short && !patch_documents(&patch, context->old, context->new, err))
        return false;
    fputs(patch.any ? "\n]\n" : "[]\n", out);
    return true;
}
