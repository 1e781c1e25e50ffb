/* logs/notifications/history.jsonl: every event and every attempt to deliver it.
 *
 *     {"time","event","type","severity","summary","channel"?,"outcome","attempt"?,"code"?,
 *      "latency_ms"?,"error"?}
 *
 * The line without a channel is the event's own: "queued", or "skipped" with the reason when no
 * channel was to get it. */
#ifndef NOTIFY_HISTORY_H
#define NOTIFY_HISTORY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/event.h"
#include "notify/delivery.h"

typedef struct History {
    const char *path;
    size_t keep;
} History;

/* The event's own line, unless the event is in the history already. */
bool history_add_event(const History *history, const Event *event, const Delivery *delivery,
                       int64_t now_ms, Err *err);
/* A line for an attempt on a channel; attempt 0: none was made. */
bool history_add_attempt(const History *history, const Event *event, const char *channel,
                         const Delivery *delivery, int attempt, int64_t now_ms, Err *err);
/* The newest lines, oldest first; count 0: all. */
json_t *history_load(const History *history, size_t count, Err *err);
/* The lines about one event, oldest first. Looks for the id in the text and parses only what has
 * it: a history is long and this is asked at every delivery. */
json_t *history_about(const History *history, const char *event_id, Err *err);
/* How the event ended on the channel: OUTCOME_DELIVERED, OUTCOME_SKIPPED or OUTCOME_DEAD of the
 * newest such line not before since (a time as text; "" for any), else OUTCOME_QUEUED. Pure. */
Outcome history_end(const json_t *lines, const char *event_id, const char *channel,
                    const char *since);

#endif
