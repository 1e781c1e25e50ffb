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

/* Of a number of any length, what is left by 2^64: sums may wrap, and are only compared. */
static uint64_t wrapped(const char **text)
{
    uint64_t number = 0;
    bool negative = **text == '-';

    for (*text += negative; **text >= '0' && **text <= '9'; ++*text)
        number = number * 10 + (uint64_t)(**text - '0');
    return negative ? -number : number;
}

/* "rows:ages:squares" as "rows:numbers:squares", of numbers that do not age: latest - age. NULL
 * when it is no such item. */
static const char *unaged(Arena *arena, const char *item, int64_t latest)
{
    uint64_t sums[3] = {0}, end = (uint64_t)latest;

    for (int i = 0; i < 3; i++) {
        if (*item != ':')
            return NULL;
        item++;
        sums[i] = wrapped(&item);
    }
    return arena_printf(arena, ":%" PRIu64 ":%" PRIu64 ":%" PRIu64, sums[0],
                        sums[0] * end - sums[1], sums[0] * end * end - 2 * end * sums[1] + sums[2]);
}

const char *probe_fingerprint(Arena *arena, const char *text, int64_t latest)
{
    CLEANUP(buffer_free) Buffer ret = {0};

    buffer_clear(&ret);
    while (*text) {
        size_t length = strcspn(text, ","), name = strcspn(text, ":");
        const char *sums = name < length ? unaged(arena, text + name, latest) : NULL;
        buffer_add(&ret, text, sums ? name : length);
        buffer_text(&ret, sums ? sums : "");
        text += length;
        buffer_text(&ret, *text ? "," : "");
        text += *text == ',';
    }
    return arena_strdup(arena, ret.bytes);
}

const char *probe_since(Arena *arena, const char *since, const char *now, int64_t latest)
{
    enum { FAR = 2000000000 }; /* numbers are compared within half of their 2^32 */
    const char *start = strchr(since, ' '), *start_now = strchr(now, ' ');
    char *end = NULL;
    int64_t oldest = strtoll(since, &end, 10);
    bool may_tell = *end == ':' && start && start_now && strcmp(start, start_now) == 0;

    return may_tell && oldest <= latest && latest - oldest < FAR
               ? arena_printf(arena, "%" PRIu32, (uint32_t)oldest)
               : NULL;
}

bool probe_is_local(const char *old, const char *new)
{
    while (*old && *new) {
        size_t before = strcspn(old, ","), after = strcspn(new, ",");
        size_t name = strcspn(old, ":");
        if (name != strcspn(new, ":") || memcmp(old, new, name) != 0)
            return false; /* other catalogs: another server */
        if ((before != after || memcmp(old, new, before) != 0) && catalogs_reaches_far(old, name))
            return false;
        old += before + (old[before] == ',');
        new += after + (new[after] == ',');
    }
    return *old == *new;
}
