/* The body of a DO block or a PL/pgSQL function as a tree of steps. SQL and expressions in it stay
 * text; replay/block_step.c runs the steps. Source: "PL/pgSQL — SQL Procedural Language" of the
 * PostgreSQL manual, pl_gram.y for where one thing ends and the next begins. */
#ifndef REPLAY_PLPGSQL_H
#define REPLAY_PLPGSQL_H

#include <stdbool.h>

#include "replay/catalog.h"

typedef enum StepKind {
    STEP_BLOCK,
    STEP_IF, /* CASE too: its conditions are written out */
    STEP_LOOP,
    STEP_WHILE,   /* text: the condition */
    STEP_RANGE,   /* text .. until BY by */
    STEP_QUERY,   /* text: a query; dynamic: an expression that gives one */
    STEP_FOREACH, /* text: an array */
    STEP_EXIT,    /* text: WHEN, or NULL */
    STEP_CONTINUE,
    STEP_RETURN, /* text: the value, or NULL */
    STEP_RAISE,  /* fatal: an exception */
    STEP_ASSIGN, /* targets := text */
    STEP_SQL,    /* text; targets of INTO */
    STEP_PERFORM,
    STEP_EXECUTE, /* text: the expression; arguments of USING; targets of INTO */
    STEP_IDLE     /* changes nothing but the targets */
} StepKind;

typedef struct Step Step;

typedef struct Arm {
    const char *condition; /* NULL: ELSE */
    Vec steps;
} Arm;

typedef struct Declaration {
    const char *name;
    const char *type;   /* as written; with CONSTANT, COLLATE and NOT NULL left out */
    const char *value;  /* an expression, or NULL */
    const char *cursor; /* the query of a cursor */
} Declaration;

struct Step {
    StepKind kind;
    const char *label;
    const char *text;
    const char *until;
    const char *by;
    bool reverse;
    bool dynamic;
    bool fatal;
    Vec targets;      /* const char *: variables, also "record.field" */
    Vec arguments;    /* const char *: expressions */
    Vec arms;         /* Arm */
    Vec declarations; /* Declaration */
    Vec steps;        /* Step */
    Vec handlers;     /* Arm: condition is the names behind WHEN, in lower case */
};

/* NULL when the text cannot be followed. What comes back and what it points to is the arena's. */
Step *plpgsql_parse(Arena *arena, const char *text);

#endif
