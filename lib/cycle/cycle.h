/* One run of the cycle (design.md section 7), seen from the supervisor: its identity, which
 * survives being killed, and what it leaves behind in .schema/.
 *
 * The schema cache is replaced last. So a cycle that was killed is found again by what it changed
 * and goes on under the same id, which is in every event, backup and report it made. */
#ifndef CYCLE_CYCLE_H
#define CYCLE_CYCLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "config/config.h"

/* The id of the run that carries changes through, which key tells apart (changes_key): a new one,
 * or that of the run that was killed on the way (.schema/run/pending.json). */
bool cycle_begin(Config *config, const char *key, char ret_id[CLOCK_ULID_SIZE], Err *err);
/* Makes snapshot the cache: durable before it returns. */
bool cycle_accept(Config *config, const char *snapshot, Err *err);

typedef struct CycleEnd {
    const char *run;     /* NULL: a new id */
    const char *result;  /* "ok", "first", "changed", "failed" */
    const char *failure; /* of a failed one: an event type, "database.unreachable" */
    const char *message; /* one sentence */
    int64_t started_ms;
    int64_t planned_ms;       /* when it should have started; 0: it was asked for */
    const char *snapshot;     /* path, or NULL: unchanged since the last status */
    const char *changes;      /* path of changes/1, or NULL */
    const char *const *steps; /* "types=written", "docs=fresh", NULL-terminated */
} CycleEnd;

/* Writes .schema/status.json and a line of .schema/runs.jsonl, and forgets the pending run,
 * unless this one failed: then the next goes on with it. */
bool cycle_end(Config *config, const CycleEnd *end, Err *err);

/* The status/1 document as the last run left it, an almost empty one before the first; a new
 * reference. */
json_t *cycle_status_stored(Config *config);
/* The same with what is so now: supervisor, dashboard, backups, notifications, next check. */
json_t *cycle_status(Config *config);
/* The failure the last run ended with, "" when it did not fail; borrowed from status. */
const char *cycle_failure(const json_t *status);

#endif
