/* Which backups of a set stay and which go. Pure: documents in, document out. */
#ifndef BACKUP_PLAN_H
#define BACKUP_PLAN_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* entries: as manifest_entries gives them, oldest first. Kept are the newest, the last keep, and
 * what is pinned (a pinned one among the last keep counts as one of them); all others go. Order is
 * by the list, never by a clock. keep below 1 is EXIT_USAGE: a policy that keeps nothing is a
 * mistake.
 *
 * {"format":"backup-plan/1","last":keep,"keep":[{"id","seq","why":[..]}],
 * "remove":[{"id","seq","why":[..]}],"needs_yes":bool}: needs_yes stands for more than half of more
 * than four at once, which no ordinary add brings about. */
json_t *backup_plan(const json_t *entries, int64_t keep, Err *err);
/* Whether it removes anything. */
bool backup_plan_removes(const json_t *plan);

#endif
