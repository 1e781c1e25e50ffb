/* What moved in the state files: a number that grows with every change, and per kind of document
 * the number of its last change. Cheap enough to be asked twice a second: a stat(2) for each file.
 */
#ifndef DASH_WATCH_H
#define DASH_WATCH_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "dash/state.h"

typedef enum WatchKind {
    WATCH_STATUS,
    WATCH_CHANGES,
    WATCH_VALIDATION,
    WATCH_NOTIFICATIONS,
    WATCH_BACKUPS,
    WATCH_KIND_COUNT
} WatchKind;

const char *watch_kind_name(WatchKind kind);

typedef struct Watch Watch;

/* The numbers start at now_ms, so that they grow over restarts too. Safe between threads. */
Watch *watch_open(const State *state, int64_t now_ms);
void watch_close(Watch **watch);
/* Looks. For each kind that moved since the last look moved(kind, sequence, context) is called. */
void watch_look(Watch *watch, void (*moved)(WatchKind kind, int64_t sequence, void *context),
                void *context);
/* {"seq":n,"kinds":[...]}: the kinds that moved after since. A since from another life of the
 * server (smaller than its first number, or larger than the last) gives them all. */
json_t *watch_since(Watch *watch, int64_t since, Err *err);
int64_t watch_sequence(Watch *watch);

#endif
