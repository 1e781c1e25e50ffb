/* How bad a change is, what it is about, for whom, and why: one table of rules, first match wins.
 * What no rule knows is risky and of the class unknown, never safe. Source of the classes:
 * man/changes.5; of the rules: PostgreSQL's manual, of what a statement does with such an object.
 */
#ifndef DIFF_SEVERITY_H
#define DIFF_SEVERITY_H

#include <jansson.h>
#include <stdbool.h>

#include "model/change.h"
#include "model/kind.h"

/* Of all that is known of one change: the severity is the worst, the class is the worst, and the
 * reason is that of the most severe, among equals that of the worst class. {0} is none yet. */
typedef struct Judgement {
    bool any;
    Severity severity;
    Class class;
    Class reason; /* the class of what why tells */
    const char *why;
    char affects[64]; /* comma list, see changes_add */
} Judgement;

/* Adds the verdict of one object added (old NULL) or removed (new NULL), renamed or replaced, or of
 * one field of a changed object; field NULL where the whole object is meant. Objects are those of
 * the snapshot. Of a list of "name=value" each name whose value is another one is judged. */
void severity_judge(Judgement *judgement, KindId kind, Op op, const char *field, const json_t *old,
                    const json_t *new);

#endif
