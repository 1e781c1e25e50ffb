/* SQL that turns one schema into another, in an order that the server accepts.
 *
 * What is on one side only is made or dropped; what differs is changed in place where SQL can
 * (ddl/rules.h), else made again, together with what stands on it: a view on a column whose type
 * changes, a policy that calls a function that must be made again. A type that cannot be changed is
 * renamed away while the columns of that type are written anew as texts. Nothing is dropped by
 * CASCADE that is not made again. Cycles are cut where a table's defaults and constraints can come
 * later, or go earlier, than their table. */
#ifndef DDL_PLAN_H
#define DDL_PLAN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "ddl/rules.h"

typedef struct DdlPlan {
    DdlStatement *statements; /* in the arena */
    size_t count;
    const char *const *remarks; /* what SQL cannot bring about, or only in part; NULL at the end */
} DdlPlan;

typedef struct DdlOptions {
    bool online;           /* ddl/online.h */
    const json_t *changes; /* that tell what was renamed (ddl/rename.h); NULL: nothing was */
    bool is_back;          /* they are told from new to old */
} DdlOptions;

/* old NULL: an empty database. Both as snapshot_load gives them; borrowed. */
DdlPlan ddl_plan(Arena *arena, const json_t *old, const json_t *new, const DdlOptions *options);

#endif
