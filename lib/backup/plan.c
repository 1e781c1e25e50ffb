#include "backup/plan.h"

#include <inttypes.h>

#include "json/jx.h"

enum { FEW = 4 };

/* Why the entry at index of count stays; an empty array when it does not. */
static json_t *reasons(const json_t *entry, size_t index, size_t count, size_t keep, Err *err)
{
    json_auto_t *why = json_array();
    const char *pinned = jx_string(entry, "pinned", NULL);
    bool good = true;

    if (index + 1 == count) {
        good = jx_append(why, json_string("the newest"), err);
    }
    if (good && count - index <= keep) {
        good = jx_append(why, json_sprintf("one of the last %zu", keep), err);
    }
    if (good && pinned) {
        good = jx_append(
            why, pinned[0] ? json_sprintf("pinned: %s", pinned) : json_string("pinned"), err);
    }
    return good ? json_incref(why) : NULL;
}

static bool judge(json_t *plan, const json_t *entry, size_t index, size_t count, size_t keep,
                  Err *err)
{
    json_t *why = reasons(entry, index, count, keep, err);
    bool stays = json_array_size(why) > 0;

    if (!why || (!stays && !jx_append(why, json_sprintf("older than the last %zu", keep), err))) {
        json_decref(why);
        return false;
    }
    return jx_append(json_object_get(plan, stays ? "keep" : "remove"),
                     json_pack("{s:O, s:O, s:o}", "id", json_object_get(entry, "id"), "seq",
                               json_object_get(entry, "seq"), "why", why),
                     err);
}

json_t *backup_plan(const json_t *entries, int64_t keep, Err *err)
{
    size_t count = json_array_size(entries);
    json_auto_t *plan = NULL;
    size_t index = 0;
    const json_t *entry = NULL;
    size_t removed = 0;

    if (keep < 1) {
        err_set(err, EXIT_USAGE, "keeping the last %" PRId64 " would keep nothing", keep);
        return NULL;
    }
    plan = json_pack("{s:s, s:I, s:[], s:[]}", "format", "backup-plan/1", "last", (json_int_t)keep,
                     "keep", "remove");
    json_array_foreach(entries, index, entry)
    {
        if (!judge(plan, entry, index, count, (size_t)keep, err)) {
            return NULL;
        }
    }
    removed = json_array_size(json_object_get(plan, "remove"));
    return jx_set(plan, "needs_yes", json_boolean(count > FEW && 2 * removed > count), err)
               ? json_incref(plan)
               : NULL;
}

bool backup_plan_removes(const json_t *plan)
{
    return json_array_size(json_object_get(plan, "remove")) > 0;
}
