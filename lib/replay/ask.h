/* Answers what a migration asks before it decides: expressions and queries over the system
 * catalogs, constant lists and tables that no migration filled, evaluated as far as they can be
 * known. What cannot is VALUE_UNKNOWN, never a guess. Source of the meaning of every node:
 * parse_expr.c and executor of PostgreSQL; of the functions: "Functions and Operators" of the
 * manual. */
#ifndef REPLAY_ASK_H
#define REPLAY_ASK_H

#include "replay/parts.h"
#include "replay/rows.h"
#include "replay/value.h"

typedef struct Ask Ask;

/* Variables and functions are the caller's. variable: NULL when there is none of that name; field
 * NULL for the whole. call: what the function gives; its effects are the caller's to bring about.
 */
struct Ask {
    Replay *replay;
    Arena *arena; /* what values live in */
    void *context;
    const Value *(*variable)(void *context, const char *name, const char *field);
    const Value *(*call)(void *context, Function *function, const Vec *arguments);
    bool looking; /* functions are not called: only looked at */
    size_t work;  /* rows and calls so far */
};

typedef struct Answer {
    RowSet set;
    bool known; /* false: nothing of it is */
} Answer;

const Value *ask_expr(Ask *ask, const Node *node);
Answer ask_select(Ask *ask, const PgQuery__SelectStmt *select);
/* Whether there is a row: true, false or unknown. */
const Value *ask_exists(const Answer *answer);
/* The first column of the only row; null when there is none. */
const Value *ask_scalar(const Answer *answer);
/* A type as it is written; 0 when there is none. The value as one of that type: a text that names
 * an object is that object. */
Oid ask_type(Ask *ask, const char *text);
const Value *ask_as_type(Ask *ask, const Value *value, Oid type);
/* A value written into a text: what is not known stands as VALUE_ANY. NULL for the null value. */
const char *ask_text(Ask *ask, const Value *value);

#endif
