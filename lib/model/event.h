/* event/1: something happened that people may want to know. Written by every step of the cycle,
 * kept in the outbox, sent by notify, shown by the dashboard. Shape after Standard Webhooks.
 *
 *     {"format":"event/1","data":{...},"id":"<26>","links":{...},"project":"shop",
 *      "severity":"warning","summary":"one sentence","timestamp":"...","type":"schema.changed"}
 *
 * The id is made from the run's id and the type, so that a cycle that was killed and is run again
 * announces the same event under the same id. */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include <jansson.h>
#include <stdbool.h>

#include "base/clock.h"
#include "base/err.h"

typedef enum EventSeverity {
    EVENT_INFO,
    EVENT_SUCCESS,
    EVENT_WARNING,
    EVENT_ERROR,
    EVENT_CRITICAL,
    EVENT_SEVERITY_COUNT
} EventSeverity;

const char *event_severity_name(EventSeverity severity);
bool event_severity_parse(const char *name, EventSeverity *ret);

/* The event types there are, NULL-terminated: "schema.changed", ... */
const char *const *event_types(void);

typedef struct Event {
    const char *id;
    const char *type;
    const char *timestamp;
    const char *severity;
    const char *project;
    const char *summary;
    const json_t *data;
} Event;

/* run: the id of the cycle's run (any text). data is taken over, may be NULL. */
json_t *event_new(const char *type, EventSeverity severity, const char *project, const char *run,
                  const char *summary, json_t *data, Err *err);
/* A schema.changed event carrying changes/1 (as data.from, to, summary, changes). Severity:
 * breaking gives warning, else info. */
json_t *event_from_changes(const json_t *changes, const char *project, const char *run, Err *err);
/* Checks the format and fills the view, borrowed from doc. */
bool event_view(const json_t *doc, Event *ret, Err *err);
void event_id(const char *run, const char *type, char ret[CLOCK_ULID_SIZE]);

#endif
