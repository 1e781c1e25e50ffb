/* What the project's state files say, as documents for the page. Only reads; a file that is missing
 * or damaged makes its part empty, never the whole answer fail. */
#ifndef DASH_STATE_H
#define DASH_STATE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct State State;

/* directory: the project's. interval_ms: how often it is checked, where status.json does not say.
 */
State *state_open(const char *directory, const char *project, int64_t interval_ms);
void state_close(State **state);

/* "DIRECTORY/name", of the state's; from malloc. */
char *state_path(const State *state, const char *name);

/* .schema/status.json with "can_act" (a supervisor holds .schema/lock.supervisor) and "stale" (the
 * last check is older than two intervals and 30 s, or there was none) set: man/status.5. Without
 * the file, a status that says so. */
json_t *state_status(const State *state, int64_t now_ms, Err *err);
/* Adds what differs with every request: "server_time", and "age_ms" when there was a check. */
bool state_stamp(json_t *status, int64_t now_ms, Err *err);

/* {"changes":[{"id","time","severity","summary","from"?,"to"?,"totals"?,"changes"?,"left_out"?}],
 * "next"?}: the schema.changed events, newest first, at most limit of them, from behind the one
 * with the id before ("" for the newest). At most STATE_CHANGES_MAX changes of each; left_out
 * counts the rest. next, when there are more, is the before that gives them. *ret_gone, and no
 * document, when there is no event of the id before (any more). */
enum { STATE_CHANGES_MAX = 400 };
json_t *state_changes(const State *state, size_t limit, const char *before, bool *ret_gone,
                      Err *err);
/* {"runs":[...]}: the last count of .schema/runs.jsonl, oldest first. */
json_t *state_runs(const State *state, size_t count, Err *err);
/* {"report"?,"history":[...]}: the newest report with its outputs cut to their last
 * STATE_OUTPUT_MAX bytes ("output_cut": bytes left out), and the summaries, newest first. */
enum { STATE_OUTPUT_MAX = 64 * 1024 };
json_t *state_validation(const State *state, Err *err);
/* {"notifications":[...],"pending":n,"dead":n}: the newest count lines of the history, newest
 * first, and how many jobs wait or were given up, counted in the outbox. */
json_t *state_notifications(const State *state, size_t count, Err *err);
/* {"sets":[{"name","count","bytes","newest"?,"items":[...]}]}: from backups/SET/manifest.jsonl. */
json_t *state_backups(const State *state, Err *err);

#endif
