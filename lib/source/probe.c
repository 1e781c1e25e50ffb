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
static void rebase_written(Buffer *out, const char *text, const char *end, int64_t delta)
{
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
    int64_t delta = strtoll(to, NULL, 10) - strtoll(from, NULL, 10);

    buffer_clear(&ret);
    while (*text) {
        size_t length = strcspn(text, ","), name = strcspn(text, ":");
        size_t rows = name < length ? name + 1 + strcspn(text + name + 1, ":,") : length;
        buffer_add(&ret, text, rows);
        if (rows < length) {
            buffer_text(&ret, ":");
            rebase_written(&ret, text + rows + 1, text + length, delta);
        }
        text += length;
        buffer_text(&ret, *text ? "," : "");
        text += *text == ',';
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
    if (at[ret->name_length] == ':') {
        ret->rows = strtoll(at + ret->name_length + 1, &behind, 10);
        ret->written = behind + (*behind == ':');
        ret->written_length = (size_t)(end - ret->written);
    }
    *text = end + (*end == ',');
    return true;
}

bool probe_next_pair(const char **old, const char **new, ProbeItem *before, ProbeItem *after)
{
    return probe_next(old, before) && probe_next(new, after) &&
           before->name_length == after->name_length &&
           memcmp(before->text, after->text, after->name_length) == 0;
}

bool probe_item_is_same(const ProbeItem *a, const ProbeItem *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

bool probe_is_local(const char *old, const char *new)
{
    ProbeItem before, after;

    while (probe_next_pair(&old, &new, &before, &after))
        if (!probe_item_is_same(&before, &after) &&
            catalogs_reaches_far(after.text, after.name_length))
            return false;
    return !*old && !*new; /* else other catalogs: another server */
}
