/* A plan in the making, of lib/ddl/plan*.c alone: what becomes of each node, then in which order,
 * then the statements. */
#ifndef DDL_PLANNING_H
#define DDL_PLANNING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "ddl/plan.h"
#include "ddl/side.h"
#include "ddl/step.h"

/* What becomes of a node of the old side; of one of the new side only FRESH or what its twin is. */
typedef enum State {
    STATE_SAME,
    STATE_CHANGED, /* in place: alteration */
    STATE_AGAIN,   /* dropped and made again */
    STATE_REBUILT, /* a type: renamed away, made again, dropped once nothing has it */
    STATE_GONE,
    STATE_FRESH
} State;

typedef struct Plan {
    Arena *arena;
    DdlSide old, new;
    const DdlOptions *options;
    int server_version;
    StepGraph graph;
    DdlNode **queue; /* whose users are to be looked at */
    size_t queued, queue_room;
} Plan;

/* plan_decide.c: sets twin, state and alteration of each node. What differs decides, and what that
 * does to those that stand on it. */
void plan_decide(Plan *plan);
/* plan_circle.c: sets in_circle of the nodes of a side. */
void plan_find_circles(const DdlSide *side);
/* Whether both are in circles, so that one is not made, or dropped, behind the other but with it.
 */
bool plan_is_circle(const DdlNode *node, const DdlNode *other);
/* Whether the server may know that the function calls other, which has its name. */
bool plan_may_call(const DdlSide *side, const DdlNode *node, const DdlNode *other);
/* plan_order.c: the steps that make it so, and what comes before what. */
void plan_order(Plan *plan);
/* plan_write.c: adds the statements of a step. */
void plan_write(Plan *plan, const Step *step, DdlScript *script);
/* The table's own check of that name, or NULL. */
const DdlNode *plan_find_check(const DdlNode *table, const char *name);
/* plan_leave.c: of a table that leaves its parents, what drops what it had from them and is not to
 * have of its own; under which names it has that no snapshot tells. */
void plan_write_leave(const Plan *plan, const Step *step, DdlScript *script);
/* The same of a table that comes to parents: the checks that it is to have before. */
void plan_write_join(const Plan *plan, const Step *step, DdlScript *script);

/* One of both may be NULL. */
DdlChange plan_change(Plan *plan, const DdlNode *old, const DdlNode *new);
/* Whether the member says the same in both, or neither has it. */
bool plan_keeps(const DdlNode *old, const DdlNode *new, const char *member);
/* ENUM, DOMAIN, ... : what columns are of, beside what is a relation. */
bool plan_is_type(KindId kind);
/* Relations, and the types that each of them is too, share their names; functions do not. */
bool plan_shares_names(KindId kind);
bool plan_has_form(const DdlScript *script, DdlForm form);
/* A relation that is there before the script, and not made again by it: others use it. */
bool plan_is_in_use(const Plan *plan, const char *id);

#endif
