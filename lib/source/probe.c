#include "source/probe.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source/catalogs.h"

int64_t probe_latest(const char *snapshot, const char *reference)
{
    const char *colon = strchr(snapshot, ':');
    int64_t end = colon ? strtoll(colon + 1, NULL, 10) : 0;
    uint32_t latest = (uint32_t)strtoll(reference, NULL, 10) + 3;

    /* The one whose lower half it is, next to the end of the snapshot. */
    return end + (int32_t)(latest - (uint32_t)end);
}

/* Unsigned: a sum may wrap, and is compared for being the same only. */
static uint64_t sum_of(int64_t counted, int64_t ages, int64_t latest)
{
    return (uint64_t)counted * (uint64_t)latest - (uint64_t)ages;
}

const char *probe_fingerprint(Arena *arena, const char *text, int64_t latest)
{
    enum { NUMBERS = 48 }; /* bytes that two numbers take at the most */
    size_t items = 1;
    for (const char *c = text; *c; c++)
        items += *c == ',';
    char *ret = arena_alloc(arena, strlen(text) + items * NUMBERS + 1), *next = ret;
    char *rest = NULL, *copy = arena_strdup(arena, text);

    for (char *item = strtok_r(copy, ",", &rest); item; item = strtok_r(NULL, ",", &rest)) {
        char *fields = strchr(item, ':');
        long long rows = 0, ages = 0;
        if (!fields || sscanf(fields, ":%lld:%lld", &rows, &ages) != 2) {
            next += sprintf(next, "%s%s", next > ret ? "," : "", item);
            continue;
        }
        next += sprintf(next, "%s%.*s:%lld:%" PRIu64, next > ret ? "," : "", (int)(fields - item),
                        item, rows, sum_of(rows, ages, latest));
    }
    return ret;
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
