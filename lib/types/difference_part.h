/* What finds differences between types: of lib/types/difference*.c alone. */
#ifndef TYPES_DIFFERENCE_PART_H
#define TYPES_DIFFERENCE_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "types/difference.h"

/* Where a type stands: code takes values out of it, or puts them in. */
typedef enum Position { READ, WRITTEN, POSITION_COUNT } Position;

typedef enum Rule {
    RULE_NONE,
    RULE_ADDED,
    RULE_ADDED_REQUIRED,
    RULE_REMOVED,
    RULE_TYPE,
    RULE_NULL_ADDED,
    RULE_NULL_REMOVED,
    RULE_VALUES_ADDED,
    RULE_VALUES_REMOVED,
    RULE_TO_UNKNOWN,
    RULE_FROM_UNKNOWN,
    RULE_TO_NEVER,
    RULE_FROM_NEVER,
    RULE_REQUIRED,
    RULE_OPTIONAL,
    RULE_LABEL_ADDED,
    RULE_ATTRIBUTE_ADDED,
    RULE_RELATIONSHIP_ADDED,
    RULE_ORDER,
    RULE_OTHER,
    RULE_COUNT
} Rule;

typedef struct FindingRule {
    const char *text;
    Severity severity[POSITION_COUNT];
} FindingRule;

extern const FindingRule finding_rules[RULE_COUNT];

typedef struct Finding {
    Arena *arena;
    Differences *found;
    size_t room;
    bool enums;     /* some differ */
    bool fields[2]; /* the old, the new file has ComputedFields */
} Finding;

/* ---- difference_part.c ---- */

Severity finding_worse(Severity a, Severity b);
void finding_add(Finding *finding, Severity severity, const char *place, const char *what);
/* Of what is both read and written. */
void finding_add_rule(Finding *finding, Rule rule, const char *place);

typedef struct Index {
    size_t count;
    const ScriptType **items; /* by key, then as they stand */
} Index;

/* Of the members that have names; object may be NULL. */
Index finding_index(Finding *finding, const ScriptType *object);
const ScriptType *finding_in_index(const Index *index, const char *key);

typedef void Compare(Finding *finding, const char *place, const ScriptType *old,
                     const ScriptType *new);

/* compare is called for what either has; old or new is NULL where the other alone has it. */
void finding_each(Finding *finding, const char *place, const ScriptType *old, const ScriptType *new,
                  Compare *compare);

/* "" of none. */
const char *finding_text(Finding *finding, const ScriptType *type);
bool finding_is_same(Finding *finding, const ScriptType *old, const ScriptType *new);

/* The type's alternatives, sorted; null is counted apart. */
typedef struct Values {
    size_t count;
    const char **items;
    bool null;
} Values;

Values finding_values(Finding *finding, const ScriptType *type);
/* Of two const char *, for qsort and bsearch. */
int finding_by_text(const void *a, const void *b);
Rule finding_rule(Finding *finding, const ScriptType *old, const ScriptType *new);

/* ---- difference_member.c: columns and arguments, which may stand in several types ---- */

typedef struct Part {
    const char *key;
    Position position;
} Part;

typedef struct Sides {           /* of one part */
    const ScriptType *old, *new; /* the objects */
    Index olds, news;
} Sides;

enum { PARTS_MAX = 3 };

/* All members that one of the objects has, in the order of their keys. */
void finding_members(Finding *finding, const char *place, const Part *parts, Sides *sides,
                     size_t count);

#endif
