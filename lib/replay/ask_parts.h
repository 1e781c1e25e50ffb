/* What answers questions (replay/ask.h): of lib/replay/ask*.c alone. */
#ifndef REPLAY_ASK_PARTS_H
#define REPLAY_ASK_PARTS_H

#include "replay/ask.h"

enum { WORK_MAX = 2000000, DEPTH_MAX = 300, ROWS_MAX = 20000 };

typedef struct Item Item;

/* One entry of FROM. */
struct Item {
    const char *alias;
    RowSet set;
    bool ready;               /* set is filled */
    const Node *node;         /* otherwise: what gives it, once the entries before it have rows */
    bool is_left;             /* joined from the left: */
    const Node *outer_joined; /* ON what */
    const Row *row;           /* the one at hand */
};

typedef struct AskScope {
    struct AskScope *outer;
    Vec items;        /* Item */
    Vec ctes;         /* Item */
    Vec *group;       /* of bindings: aggregates are over these */
    bool group_maybe; /* some of which may not be there */
} AskScope;

typedef struct State {
    Ask *ask;
    AskScope *scope;
    int depth;
} State;

typedef struct Finding {
    Vec *conditions;
    Vec *found; /* Vec of Row: bindings */
    Vec maybes; /* parallel: a row when it may not be there */
    bool failed;
} Finding;

/* ---- ask.c ---- */

extern const Value ask_any_text;
/* As a text, where that is what is wanted. */
const Value *ask_as_text(Ask *ask, const Value *value);
const Value *ask_row_column(const Item *item, const char *name);
const Value *ask_evaluate(State *state, const Node *node);

/* ---- ask_operator.c ---- */

const Value *ask_negated(const Value *value);
const Value *ask_concatenated(Ask *ask, const Value *a, const Value *b);
/* Whether one (any) or each of the values fits. */
const Value *ask_over_values(Ask *ask, const char *name, const Value *left, const Vec *values,
                             bool all);
/* "{a,b}" of texts without quotes. */
const Value *ask_array_of_text(Ask *ask, const Value *value);
const Value *ask_operation(State *state, const PgQuery__AExpr *expr);

/* ---- ask_cast.c ---- */

/* The object of that name; NULL when there is none, value_unknown when that is not known. */
const Value *ask_object_named(Ask *ask, const char *kind, const char *text);
const Value *ask_cast(State *state, const PgQuery__TypeCast *node);

/* ---- ask_function.c ---- */

const Value *ask_coalesce(Ask *ask, const Vec *arguments);
bool ask_is_aggregate(const PgQuery__FuncCall *call);
void ask_bind(AskScope *scope, const Vec *rows);
const Value *ask_function_call(State *state, const PgQuery__FuncCall *call);

/* ---- ask_from.c ---- */

/* The entries of FROM one behind the other, conditions of inner joins in ret_conditions. */
bool ask_add_from(State *state, const Node *node, Vec *ret_conditions, const Node *left_on);
/* Conditions that all have to hold, each for itself. */
void ask_add_conditions(Arena *arena, Vec *ret, const Node *node);
void ask_find_rows(State *state, Finding *finding, size_t level, bool maybe);

/* ---- ask_query.c ---- */

Answer ask_select_in(State *state, const PgQuery__SelectStmt *select);

#endif
