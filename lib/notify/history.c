#include "notify/history.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "json/jsonl.h"
#include "json/jx.h"

static json_t *line_of(const Event *event, const char *channel, const Delivery *delivery,
                       int attempt, int64_t now_ms, Err *err)
{
    char now[CLOCK_TEXT_SIZE];
    json_auto_t *line = json_object();
    bool ok = true;

    clock_format(now_ms, now);
    ok = jx_set(line, "time", json_string(now), err) &&
         jx_set(line, "event", json_string(event->id), err) &&
         jx_set(line, "type", json_string(event->type), err) &&
         jx_set(line, "severity", json_string(event->severity), err) &&
         jx_set(line, "summary", json_string(event->summary), err) &&
         jx_set(line, "outcome", json_string(outcome_name(delivery->outcome)), err);
    if (ok && channel)
        ok = jx_set(line, "channel", json_string(channel), err);
    if (ok && attempt > 0)
        ok = jx_set(line, "attempt", json_integer(attempt), err);
    if (ok && delivery->code > 0)
        ok = jx_set(line, "code", json_integer(delivery->code), err);
    if (ok && delivery->latency_ms >= 0)
        ok = jx_set(line, "latency_ms", json_integer(delivery->latency_ms), err);
    if (ok && delivery->error[0] != '\0')
        ok = jx_set(line, "error", json_string(delivery->error), err);
    return ok ? json_incref(line) : NULL;
}

bool history_add_event(const History *history, const Event *event, const Delivery *delivery,
                       int64_t now_ms, Err *err)
{
    json_auto_t *line = line_of(event, NULL, delivery, 0, now_ms, err);

    return line && jsonl_append_once(history->path, line, "event", history->keep, err);
}

bool history_add_attempt(const History *history, const Event *event, const char *channel,
                         const Delivery *delivery, int attempt, int64_t now_ms, Err *err)
{
    json_auto_t *line = line_of(event, channel, delivery, attempt, now_ms, err);

    return line && jsonl_append(history->path, line, history->keep, err);
}

json_t *history_load(const History *history, size_t count, Err *err)
{
    return jsonl_tail(history->path, count, err);
}

json_t *history_about(const History *history, const char *event_id, Err *err)
{
    CLEANUP(cleanup_free) char *text = NULL;
    json_auto_t *lines = json_array();
    size_t length = 0;

    if (!clock_is_ulid(event_id) || !file_exists(history->path))
        return json_incref(lines);
    if (!file_read(history->path, 0, &text, &length, err))
        return NULL;
    for (char *found = text; (found = strstr(found, event_id)) != NULL;) {
        char *start = found, *end = found + strcspn(found, "\n");
        Err broken = {0}; /* a line that a kill cut short */
        while (start > text && start[-1] != '\n')
            start--;
        json_t *line = jx_parse(start, (size_t)(end - start), history->path, &broken);
        if (line && strcmp(jx_string(line, "event", ""), event_id) == 0)
            json_array_append(lines, line);
        json_decref(line);
        found = end;
    }
    return json_incref(lines);
}

Outcome history_end(const json_t *lines, const char *event_id, const char *channel,
                    const char *since)
{
    static const Outcome ends[] = {OUTCOME_DELIVERED, OUTCOME_SKIPPED, OUTCOME_DEAD};

    for (size_t i = json_array_size(lines); i > 0; i--) {
        const json_t *line = json_array_get(lines, i - 1);
        if (strcmp(jx_string(line, "event", ""), event_id) != 0 ||
            strcmp(jx_string(line, "channel", ""), channel) != 0 ||
            strcmp(jx_string(line, "time", ""), since) < 0)
            continue;
        for (size_t j = 0; j < sizeof ends / sizeof ends[0]; j++)
            if (strcmp(jx_string(line, "outcome", ""), outcome_name(ends[j])) == 0)
                return ends[j];
    }
    return OUTCOME_QUEUED;
}
