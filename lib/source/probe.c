#include "source/probe.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "source/catalogs.h"

int64_t probe_latest(const char *snapshot, const char *reference)
{
    const char *colon = strchr(snapshot, ':');
    int64_t end = colon ? strtoll(colon + 1, NULL, 10) : 0;
    uint32_t latest = (uint32_t)strtoll(reference, NULL, 10) + 3;

    /* The one whose lower half it is, next to the end of the snapshot. */
    return end + (int32_t)(latest - (uint32_t)end);
}

/* "number=rows@relations;..." without those that come before the new base. */
static void rebase_written(Buffer *out, const ProbeItem *item, int64_t delta)
{
    const char *text = item->written, *end = text + item->written_length;
    bool any = false;

    while (text < end) {
        size_t length = strcspn(text, ";,");
        char *behind = NULL;
        long long number = strtoll(text, &behind, 10) - delta;
        if (number >= 0) {
            buffer_text(out, any ? ";" : "");
            buffer_number(out, number);
            buffer_add(out, behind, (size_t)(text + length - behind));
            any = true;
        }
        text += length + (text[length] == ';');
    }
}

const char *probe_rebase(Arena *arena, const char *text, const char *from, const char *to)
{
    CLEANUP(buffer_free) Buffer ret = {0};
    CLEANUP(buffer_free) Buffer written = {0};
    int64_t delta = strtoll(to, NULL, 10) - strtoll(from, NULL, 10);
    ProbeItem item;

    buffer_clear(&ret);
    while (probe_next(&text, &item)) {
        buffer_clear(&written);
        rebase_written(&written, &item, delta);
        if (item.rows == 0 && item.written[-1] == ':' && written.length == 0)
            continue;
        buffer_text(&ret, ret.length > 0 ? "," : "");
        buffer_add(&ret, item.text, (size_t)(item.written - item.text));
        buffer_text(&ret, written.bytes);
    }
    return arena_strdup(arena, ret.bytes);
}

const char *probe_base_xid(Arena *arena, const char *snapshot)
{
    return arena_printf(arena, "%" PRIu32, (uint32_t)strtoll(snapshot, NULL, 10));
}

const char *probe_since(Arena *arena, const char *since, const char *now, int64_t latest)
{
    enum { FAR = 2000000000 }; /* numbers are compared within half of their 2^32 */
    const char *start = strchr(since, ' '), *start_now = strchr(now, ' ');
    char *end = NULL;
    int64_t oldest = strtoll(since, &end, 10);
    bool may_tell = *end == ':' && start && start_now && strcmp(start, start_now) == 0;

    return may_tell && oldest <= latest && latest - oldest < FAR ? probe_base_xid(arena, since)
                                                                 : NULL;
}

bool probe_next(const char **text, ProbeItem *ret)
{
    const char *at = *text, *end = at + strcspn(at, ",");
    char *behind = NULL;

    if (!*at)
        return false;
    *ret = (ProbeItem){.text = at, .length = (size_t)(end - at), .name_length = strcspn(at, ":,")};
    ret->written = end;
    if (at[ret->name_length] == ':') {
        ret->rows = strtoll(at + ret->name_length + 1, &behind, 10);
        if (*behind == ':')
            ret->written = behind + 1;
        ret->written_length = (size_t)(end - ret->written);
    }
    *text = end + (*end == ',');
    return true;
}

/* Which of two comes first; what has ended comes last. */
static int compare_names(const ProbeItem *a, const ProbeItem *b)
{
    size_t length = a->name_length < b->name_length ? a->name_length : b->name_length;

    if (a->length == 0 || b->length == 0)
        return (a->length == 0) - (b->length == 0);
    int ret = memcmp(a->text, b->text, length);
    return ret != 0 ? ret : (a->name_length > b->name_length) - (a->name_length < b->name_length);
}

static ProbeItem without_rows(const ProbeItem *of)
{
    return (ProbeItem){.text = of->text, .name_length = of->name_length, .written = of->text};
}

bool probe_next_pair(const char **old, const char **new, ProbeItem *before, ProbeItem *after)
{
    const char *old_next = *old, *new_next = *new;

    *before = *after = (ProbeItem){0};
    bool had = probe_next(&old_next, before), has = probe_next(&new_next, after);
    if (!had && !has)
        return false;
    int order = compare_names(before, after);
    if (order > 0)
        *before = without_rows(after);
    else
        *old = old_next;
    if (order < 0)
        *after = without_rows(before);
    else
        *new = new_next;
    return true;
}

bool probe_item_is_same(const ProbeItem *a, const ProbeItem *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

bool probe_is_local(const char *old, const char *new)
{
    ProbeItem before, after;

    if (!*old || !*new)
        return false;
    while (probe_next_pair(&old, &new, &before, &after))
        if (!probe_item_is_same(&before, &after) &&
            catalogs_reaches_far(after.text, after.name_length))
            return false;
    return true;
}
