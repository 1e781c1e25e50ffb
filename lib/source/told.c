#include <stdlib.h>
#include <string.h>

#include "json/jx.h"
#include "source/attempt.h"
#include "source/catalogs.h"
#include "source/probe.h"

/* The fingerprint names the relations of rows that were written; what was taken away shows by
 * counts alone. So where no more is gone than was replaced, all that was touched is told. */

/* The stamps in the document are of the same moment as the fingerprint. */
static bool is_of_document(const Live *live)
{
    const json_t *probe = known_probe(live->known);

    return strcmp(jx_string(probe, "since", ""), jx_string(probe, "base", "")) == 0;
}

/* How many rows of it were there before the base. */
static int64_t rows_before(const ProbeItem *item)
{
    const char *end = item->written + item->written_length;
    int64_t rows = item->rows;

    for (const char *at = item->written; at < end; at++)
        if (*at == '=')
            rows -= strtoll(at + 1, NULL, 10);
    return rows;
}

bool told_may(const Live *live, const char *new)
{
    const char *old = known_fingerprint(live->known);
    ProbeItem before, after;

    while (probe_next_pair(&old, &new, &before, &after)) {
        if (probe_item_is_same(&before, &after))
            continue;
        CatalogTouch touch = catalogs_touch(after.text, after.name_length);
        if (touch == TOUCH_UNTOLD || (touch != TOUCH_NONE && before.written_length > 0) ||
            (touch == TOUCH_REMOVED && rows_before(&before) != rows_before(&after)))
            return false;
    }
    return is_of_document(live);
}

/* Adds the relations that the item names; false where it does not name them. */
static bool add_named(Live *live, const ProbeItem *item)
{
    const char *at = item->written, *end = at + item->written_length;

    while (at < end) {
        char *behind = (char *)at + strcspn(at, "@;,");
        if (*behind != '@')
            return false;
        while (*behind == '@' || *behind == '+')
            touched_add(live, (uint32_t)strtoul(behind + 1, &behind, 10));
        at = behind + (*behind == ';');
    }
    return true;
}

static size_t count_known(const Live *live)
{
    size_t count = 0;

    for (size_t i = 0; i < live->touched_count; i++)
        count += touched_known(live, live->touched[i]) != NULL;
    return count;
}

/* Of pg_class: relations that were made, and those that were there, which the document must know,
 * or another may be gone for each that it does not. */
static bool add_relations(Live *live, const char *new)
{
    const char *old = known_fingerprint(live->known);
    ProbeItem before, after;

    while (probe_next_pair(&old, &new, &before, &after))
        if (catalogs_touch(after.text, after.name_length) == TOUCH_RELATION &&
            !probe_item_is_same(&before, &after))
            return add_named(live, &after) &&
                   (int64_t)count_known(live) == rows_before(&before) - rows_before(&after);
    return true;
}

/* Rows of all others: of a relation that the document knows, or of one of the first made ones. */
static bool add_others(Live *live, const char *new)
{
    const char *old = known_fingerprint(live->known);
    size_t made = live->touched_count;
    ProbeItem before, after;

    while (probe_next_pair(&old, &new, &before, &after)) {
        CatalogTouch touch = catalogs_touch(after.text, after.name_length);
        if ((touch == TOUCH_WRITTEN || touch == TOUCH_REMOVED) &&
            !probe_item_is_same(&before, &after) && !add_named(live, &after))
            return false;
    }
    for (size_t i = made; i < live->touched_count; i++)
        if (!touched_has_among(live, made, live->touched[i]) &&
            !touched_known(live, live->touched[i]))
            return false;
    return true;
}

bool told_find(Live *live, const char *fingerprint)
{
    bool ret = told_may(live, fingerprint) && add_relations(live, fingerprint);

    touched_sort(live);
    ret = ret && add_others(live, fingerprint);
    touched_sort(live);
    if (!ret)
        touched_clear(live);
    return ret;
}
