/* Every change of one object, and of what is nested in it, out of steps (history/versions.h): one
 * event each, oldest first.
 *
 *     {"time"?,"op","kind","id","fields","severity","why","migration"?,"commit"?,"author"?,
 *     "transaction"?,"with"?}
 *
 * Names are followed: the id is that of the newest version, or an older one that became it; an
 * object that came, went or was renamed with the one it is nested in has that change too ("with"
 * is its id). */
#ifndef HISTORY_BLAME_H
#define HISTORY_BLAME_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

/* id NULL: of all objects. A new reference. */
json_t *blame_events(const json_t *steps, const char *id, Err *err);
/* Both lines as one, by time: an event that both have is one, of the time it was accepted, with the
 * commit that brought it. A new reference. */
json_t *blame_merge(const json_t *accepted, const json_t *committed, Err *err);

bool blame_write_text(const json_t *events, FILE *out, Err *err);
/* The history/1 document, one event a line; id may be NULL. */
bool blame_write_json(const json_t *events, const char *id, FILE *out, Err *err);

#endif
