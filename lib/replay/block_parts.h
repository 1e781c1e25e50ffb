/* How blocks and functions of PL/pgSQL are run: of lib/replay/block*.c alone. */
#ifndef REPLAY_BLOCK_PARTS_H
#define REPLAY_BLOCK_PARTS_H

#include "replay/ask.h"
#include "replay/parts.h"

enum { STEPS_MAX = 100000, CALLS_MAX = 20 };

/* Where the steps go on. */
typedef enum Flow { FLOW_NEXT, FLOW_EXIT, FLOW_CONTINUE, FLOW_RETURN, FLOW_RAISE } Flow;

typedef struct Variable {
    const char *name;
    const Value *value;
    const char *cursor; /* its query */
    bool record;
} Variable;

typedef struct Frame {
    struct Frame *outer;
    const char *label;
    Vec variables; /* Variable */
} Frame;

typedef struct Run {
    Replay *replay;
    Arena scratch; /* values, and the texts of expressions */
    Ask ask;
    Frame *frame;
    const char *doubt; /* why it is not known whether a step is run; NULL: it is */
    const char *label; /* that EXIT or CONTINUE names */
    const Value *result;
    Vec parses;   /* of expressions: SqlParse */
    Vec *ran;     /* statements that a handler would take back */
    bool perhaps; /* a statement has failed for which a handler is there, or has not */
    size_t steps;
} Run;

/* ---- block.c ---- */

Variable *block_variable_find(const Run *run, const char *name);
Variable *block_variable_add(Run *run, const char *name, const Value *value);
/* Of a field, nothing of the whole is known from then on. */
void block_assign(Run *run, const char *name, const Value *value);
void block_set_found(Run *run, const Value *value);
/* Whatever the steps give a value has none that is known. */
void block_forget(Run *run, const Vec *steps);
const Node *block_parsed(Run *run, const char *text);
const Value *block_expression(Run *run, const char *text);
/* A condition as a warning names it. */
const char *block_shortened(Run *run, const char *text);
/* From here on it is not known what is run, until it is again; returns what was before. */
const char *block_begin_doubt(Run *run, const char *text);

/* ---- block_statement.c ---- */

/* What INTO gets of the first row. */
void block_assign_answer(Run *run, const Vec *targets, const Answer *answer);
void block_run_query(Run *run, const Node *node, const Vec *targets);
/* One statement of SQL in a body. */
void block_run_sql(Run *run, const Node *node, const Vec *targets);
void block_run_text(Run *run, const char *text, const Vec *targets);
void block_run_execute(Run *run, const Step *step);

/* ---- block_step.c ---- */

Flow block_run_block(Run *run, const Step *block);

#endif
