/* Steps of a migration, and what has to come before what: sorted so that each need is met, and
 * where none decides by kind and name. A step may be part of another one, whose statement does it;
 * where that would close a circle it becomes one of its own. */
#ifndef DDL_STEP_H
#define DDL_STEP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "ddl/side.h"
#include "ddl/write.h"

typedef enum StepType {
    STEP_DROP,
    STEP_ALTER,
    STEP_CREATE,
    STEP_FINISH,
    STEP_SHELL, /* of a base type: its name, for the functions that it is then made of; of a
                 * function what others call before it has its body */
    STEP_TYPE_COUNT
} StepType;

typedef struct DdlStep Step;
typedef struct StepEdge {
    Step *step;
    bool soft; /* given up where it closes a circle */
} StepEdge;

struct DdlStep {
    StepType type;
    DdlNode *node;
    Step *into; /* whose statement does it; NULL: its own */
    bool can_split;
    StepEdge *after; /* what comes behind it */
    size_t after_count, after_room;
    size_t number, waiting, rank;
    Step **merged; /* into this one */
    size_t merged_count, merged_room;
    bool done;
};

typedef struct StepGraph {
    Arena *arena;
    Step **steps;
    size_t count, room;
} StepGraph;

void step_graph_open(StepGraph *graph, Arena *arena);
/* Sets node->steps[type]. */
void step_add(StepGraph *graph, StepType type, DdlNode *node);
/* NULL: it has none, or there is no node. */
Step *step_of(const DdlNode *node, StepType type);
/* Either may be NULL: then nothing is said. */
void step_order(StepGraph *graph, Step *before, Step *after);
/* The same where it can be. */
void step_prefer(StepGraph *graph, Step *before, Step *after);
void step_merge(Step *step, Step *into, bool can_split);
/* The one whose statement does it, itself or what it is part of; NULL of NULL. */
Step *step_top(Step *step);
/* Those that have a statement of their own, in order. */
Step **step_sort(StepGraph *graph, size_t *ret_count);
/* The nodes that the statement of step makes besides its own. */
DdlParts step_parts(const StepGraph *graph, const Step *step);

#endif
