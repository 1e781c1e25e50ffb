/* How bad a change is, for whom, and why: one table of rules, first match wins. What no rule knows
 * is risky, never safe. Source of the classes: man/changes.5. */
#ifndef DIFF_SEVERITY_H
#define DIFF_SEVERITY_H

#include <jansson.h>

#include "model/change.h"
#include "model/kind.h"

typedef struct Verdict {
    Severity severity;
    const char *affects; /* comma list, see changes_add */
    const char *why;
} Verdict;

/* Of one object added (old NULL) or removed (new NULL), or of one field of a changed object; field
 * NULL for added and removed. Objects are those of the snapshot. */
Verdict severity_judge(KindId kind, Op op, const char *field, const json_t *old, const json_t *new);

#endif
