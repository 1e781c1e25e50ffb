#include "notify/memory.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "json/jsonl.h"
#include "json/jx.h"

Delivery memory_send(const char *path, const json_t *event, size_t keep)
{
    Err err = {0};

    if (!jsonl_append_once(path, event, "id", keep, &err))
        return delivery_of(OUTCOME_FAILED, "%s", err.msg);
    return delivery_of(OUTCOME_DELIVERED, "%s", "");
}

static bool is_wanted(const json_t *event, const char *type, int64_t since_ms)
{
    int64_t time_ms = 0;

    if (type && !text_glob(type, jx_string(event, "type", "")))
        return false;
    return clock_parse(jx_string(event, "timestamp", ""), &time_ms) && time_ms >= since_ms;
}

json_t *memory_list(const char *path, const char *type, int64_t since_ms, Err *err)
{
    json_auto_t *events = jsonl_tail(path, 0, err);
    json_auto_t *wanted = events ? json_array() : NULL;
    size_t index = 0;
    json_t *event = NULL;

    json_array_foreach(events, index, event)
    {
        if (is_wanted(event, type, since_ms) && !jx_append(wanted, json_incref(event), err))
            return NULL;
    }
    return json_incref(wanted);
}

json_t *memory_find(const char *path, const char *id, Err *err)
{
    json_auto_t *events = jsonl_tail(path, 0, err);
    json_t *found = NULL;
    size_t index = 0;
    json_t *event = NULL;

    json_array_foreach(events, index, event)
    {
        if (strcmp(jx_string(event, "id", ""), id) == 0)
            found = event;
    }
    return json_incref(found);
}
