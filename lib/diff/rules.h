/* The rules by which a change is judged: kind, op, field and a test of both sides to how bad it is,
 * what it is about, whom it affects, and why. The first that fits speaks: diff/severity.h.
 *
 * Sources: PostgreSQL's manual, of what statements do with such an object; PostgREST's for pgrst.*;
 * the classes are those of changes(5). */
#ifndef DIFF_RULES_H
#define DIFF_RULES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "model/change.h"
#include "model/kind.h"

typedef struct Verdict {
    Severity severity;
    Class class;
    const char *affects; /* comma list, see changes_add */
    const char *why;
} Verdict;

/* old and new are the objects; NULL for the side that is not there. */
typedef bool RuleTest(const json_t *old, const json_t *new);

typedef struct Rule {
    int kind; /* or KIND_NONE: any */
    Op op;
    /* NULL: any; NAME or NAME*: that begin so; +NAME: a flag that was not set and is; -NAME: was
     * and is not; NAME=ITEM: that item of a list of "name=value"; $ITEM: that setting of a role, a
     * database or a function. */
    const char *field;
    RuleTest *test; /* NULL: always */
    Verdict verdict;
} Rule;

typedef struct RuleSet {
    const Rule *rules;
    size_t count;
} RuleSet;

/* In the order in which they are asked; NULL at the end. */
const RuleSet *const *rules_all(void);

/* How a setting of a role begins that it has in this database only (share/sql/roles.sql). */
#define RULES_IN_DATABASE "in this database: "

/* The value of a name in a list of "name=value", "" where it has none; NULL where it is not. */
const char *rules_item_value(const json_t *list, const char *name, size_t length);

#endif
