#include "ddl/step.h"

#include <stdlib.h>
#include <string.h>

#include "json/jx.h"

void step_graph_open(StepGraph *graph, Arena *arena)
{
    *graph = (StepGraph){.arena = arena};
}

static void push(Arena *arena, Step ***items, size_t *count, size_t *room, Step *step)
{
    if (*count == *room) {
        size_t more = *room ? *room * 2 : 4;
        Step **grown = arena_alloc(arena, more * sizeof(Step *));

        if (*count > 0)
            memcpy(grown, *items, *count * sizeof(Step *));
        *items = grown;
        *room = more;
    }
    (*items)[(*count)++] = step;
}

void step_add(StepGraph *graph, StepType type, DdlNode *node)
{
    Step *step = arena_alloc(graph->arena, sizeof *step);

    *step = (Step){.type = type, .node = node, .number = graph->count};
    node->steps[type] = step;
    push(graph->arena, &graph->steps, &graph->count, &graph->room, step);
}

Step *step_of(const DdlNode *node, StepType type)
{
    return node ? node->steps[type] : NULL;
}

static void add_edge(StepGraph *graph, Step *before, StepEdge edge)
{
    if (before->after_count == before->after_room) {
        size_t more = before->after_room ? before->after_room * 2 : 4;
        StepEdge *grown = arena_alloc(graph->arena, more * sizeof *grown);

        if (before->after_count > 0)
            memcpy(grown, before->after, before->after_count * sizeof *grown);
        before->after = grown;
        before->after_room = more;
    }
    before->after[before->after_count++] = edge;
}

void step_order(StepGraph *graph, Step *before, Step *after)
{
    if (before && after && before != after)
        add_edge(graph, before, (StepEdge){after, false});
}

void step_prefer(StepGraph *graph, Step *before, Step *after)
{
    if (before && after && before != after)
        add_edge(graph, before, (StepEdge){after, true});
}

Step *step_top(Step *step)
{
    while (step && step->into)
        step = step->into;
    return step;
}

void step_merge(Step *step, Step *into, bool can_split)
{
    if (!step || !into || step->into || step_top(into) == step)
        return;
    step->into = into;
    step->can_split = can_split;
}

/* ---- the order where nothing decides ---- */

static const DdlNode *object_of(const DdlNode *node)
{
    return node->rule ? node->container : node;
}

static const DdlNode *outermost(const DdlNode *node)
{
    while (node->container)
        node = node->container;
    return node;
}

/* Drops first, the last kinds first; then kinds as they are made. */
static int rank_compare(const void *a, const void *b)
{
    const Step *one = *(Step *const *)a, *other = *(Step *const *)b;
    const DdlNode *x = object_of(one->node), *y = object_of(other->node);
    int late = (one->type != STEP_DROP) - (other->type != STEP_DROP);
    int order = ddl_kind(x->kind)->order - ddl_kind(y->kind)->order;
    int end = (one->type == STEP_FINISH) - (other->type == STEP_FINISH);

    if (late || end)
        return late ? late : end;
    if (order)
        return one->type == STEP_DROP ? -order : order;
    /* Of one table as they stand in the document: columns in their order. */
    int name = strcmp(outermost(x)->key, outermost(y)->key);
    if (name)
        return name;
    return one->number < other->number ? -1 : one->number > other->number;
}

/* ---- a heap of what is ready ---- */

typedef struct Heap {
    Step **items;
    size_t count;
} Heap;

static void heap_push(Heap *heap, Step *step)
{
    size_t at = heap->count++;

    while (at > 0 && heap->items[(at - 1) / 2]->rank > step->rank) {
        heap->items[at] = heap->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->items[at] = step;
}

static Step *heap_pop(Heap *heap)
{
    Step *first = heap->items[0], *last = heap->items[--heap->count];
    size_t at = 0;

    for (size_t child = 1; child < heap->count; child = 2 * at + 1) {
        child += child + 1 < heap->count && heap->items[child + 1]->rank < heap->items[child]->rank;
        if (heap->items[child]->rank >= last->rank)
            break;
        heap->items[at] = heap->items[child];
        at = child;
    }
    heap->items[at] = last;
    return first;
}

/* ---- sorting ---- */

static void count_waiting(StepGraph *graph)
{
    for (size_t i = 0; i < graph->count; i++) {
        graph->steps[i]->waiting = 0;
        graph->steps[i]->done = false;
        graph->steps[i]->merged_count = 0;
    }
    for (size_t i = 0; i < graph->count; i++) {
        Step *step = graph->steps[i], *top = step_top(step);
        if (top != step)
            push(graph->arena, &top->merged, &top->merged_count, &top->merged_room, step);
        for (size_t j = 0; j < step->after_count; j++) {
            Step *after = step_top(step->after[j].step);
            after->waiting += after != top;
        }
    }
}

static void release(Heap *ready, Step *top, const Step *step)
{
    for (size_t j = 0; j < step->after_count; j++) {
        Step *after = step_top(step->after[j].step);
        if (after != top && --after->waiting == 0)
            heap_push(ready, after);
    }
}

static void finish(Heap *ready, Step *top)
{
    top->done = true;
    release(ready, top, top);
    for (size_t i = 0; i < top->merged_count; i++)
        release(ready, top, top->merged[i]);
}

/* Who is waited for by step, among those that are not done; NULL: nobody. */
static Step *blocker(const StepGraph *graph, const Step *step)
{
    for (size_t i = 0; i < graph->count; i++) {
        Step *top = step_top(graph->steps[i]);
        if (top->done || top == step)
            continue;
        for (size_t j = 0; j < graph->steps[i]->after_count; j++)
            if (step_top(graph->steps[i]->after[j].step) == step)
                return top;
    }
    return NULL;
}

static bool is_in(Step *const *circle, size_t count, const Step *step)
{
    for (size_t i = 0; i < count; i++)
        if (circle[i] == step)
            return true;
    return false;
}

/* Whether an edge of step itself, not of what it is merged into, is part of the circle: of what is
 * made one that comes to it, of what is dropped one that leaves it. */
static bool is_in_way(const StepGraph *graph, const Step *step, Step *const *circle, size_t count)
{
    const Step *own = step_top((Step *)step);

    if (step->type == STEP_DROP) {
        for (size_t j = 0; j < step->after_count; j++) {
            const Step *after = step_top(step->after[j].step);
            if (after != own && is_in(circle, count, after))
                return true;
        }
        return false;
    }
    for (size_t i = 0; i < graph->count; i++) {
        const Step *before = step_top(graph->steps[i]);
        if (before == own || !is_in(circle, count, before))
            continue;
        for (size_t j = 0; j < graph->steps[i]->after_count; j++)
            if (graph->steps[i]->after[j].step == step)
                return true;
    }
    return false;
}

/* Gives up what was only preferred; false: the circle has nothing of the kind. */
static bool give_up(StepGraph *graph, Step *const *circle, size_t count)
{
    bool any = false;

    for (size_t i = 0; i < graph->count; i++) {
        Step *step = graph->steps[i], *own = step_top(step);
        size_t kept = 0;
        if (!is_in(circle, count, own))
            continue;
        for (size_t j = 0; j < step->after_count; j++) {
            const Step *after = step_top(step->after[j].step);
            bool leave = step->after[j].soft && after != own && is_in(circle, count, after);
            any = any || leave;
            if (!leave)
                step->after[kept++] = step->after[j];
        }
        step->after_count = kept;
    }
    return any;
}

/* Makes steps of their own of what closes the circle; false: nothing can be. */
static bool split(StepGraph *graph, Step *const *circle, size_t count)
{
    bool any = false;

    for (size_t i = 0; i < graph->count; i++) {
        Step *step = graph->steps[i], *into = step->into;
        if (!into || !step->can_split || !is_in(circle, count, step_top(step)) ||
            !is_in_way(graph, step, circle, count))
            continue;
        step->into = NULL;
        if (step->type == STEP_DROP)
            step_order(graph, step, into);
        else
            step_order(graph, into, step);
        any = true;
    }
    return any;
}

/* The steps of one circle among those that are not done. */
static size_t find_circle(const StepGraph *graph, Step **circle)
{
    Step *at = NULL;
    size_t count = 0, start = 0;

    for (size_t i = 0; i < graph->count && !at; i++)
        if (!step_top(graph->steps[i])->done)
            at = step_top(graph->steps[i]);
    while (at && !is_in(circle, count, at)) {
        circle[count++] = at;
        at = blocker(graph, at);
    }
    while (start < count && circle[start] != at)
        start++;
    memmove(circle, circle + start, (count - start) * sizeof(Step *));
    return count - start;
}

static size_t sort_once(StepGraph *graph, Step **sorted, Heap *ready)
{
    size_t count = 0;

    ready->count = 0;
    count_waiting(graph);
    for (size_t i = 0; i < graph->count; i++)
        if (!graph->steps[i]->into && graph->steps[i]->waiting == 0)
            heap_push(ready, graph->steps[i]);
    while (ready->count > 0) {
        Step *next = heap_pop(ready);
        sorted[count++] = next;
        finish(ready, next);
    }
    return count;
}

static size_t count_tops(const StepGraph *graph)
{
    size_t count = 0;

    for (size_t i = 0; i < graph->count; i++)
        count += !graph->steps[i]->into;
    return count;
}

Step **step_sort(StepGraph *graph, size_t *ret_count)
{
    Step **sorted = arena_alloc(graph->arena, (graph->count + 1) * sizeof(Step *));
    Step **circle = arena_alloc(graph->arena, (graph->count + 1) * sizeof(Step *));
    Heap ready = {arena_alloc(graph->arena, (graph->count + 1) * sizeof(Step *)), 0};

    if (graph->count > 0)
        memcpy(sorted, graph->steps, graph->count * sizeof(Step *));
    qsort(sorted, graph->count, sizeof(Step *), rank_compare);
    for (size_t i = 0; i < graph->count; i++)
        sorted[i]->rank = i;
    size_t count = sort_once(graph, sorted, &ready);
    while (count < count_tops(graph)) {
        size_t length = find_circle(graph, circle);
        if (give_up(graph, circle, length) || split(graph, circle, length)) {
            count = sort_once(graph, sorted, &ready);
            continue;
        }
        /* Nothing to cut: one of them goes first, and the server may refuse it. */
        Step *next = circle[0];
        for (size_t i = 1; i < length; i++)
            if (circle[i]->rank < next->rank)
                next = circle[i];
        sorted[count++] = next;
        next->waiting = (size_t)-1;
        ready.count = 0;
        finish(&ready, next);
        while (ready.count > 0) {
            next = heap_pop(&ready);
            if (next->done)
                continue;
            sorted[count++] = next;
            finish(&ready, next);
        }
    }
    *ret_count = count;
    return sorted;
}

DdlParts step_parts(const StepGraph *graph, const Step *step)
{
    DdlParts parts = {.items =
                          arena_alloc(graph->arena, (step->merged_count + 1) * sizeof(DdlNode *))};

    for (size_t i = 0; i < step->merged_count; i++)
        if (step->merged[i]->type == STEP_CREATE)
            parts.items[parts.count++] = step->merged[i]->node;
    return parts;
}
