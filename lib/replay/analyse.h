/* From the raw parse tree to typed expressions: what PostgreSQL's parse analysis does
 * (parse_expr.c, parse_func.c, parse_oper.c, parse_coerce.c, parse_clause.c), for what a schema is
 * made of.
 *
 * Analysis never fails: what it cannot resolve becomes a best effort of the same text, and
 * analysis->problem says why; the caller then marks the member as inexact. */
#ifndef REPLAY_ANALYSE_H
#define REPLAY_ANALYSE_H

#include "replay/catalog.h"
#include "replay/expr.h"
#include "sql/tree.h"

enum { ANALYSE_DEPTH_MAX = 2000 };

typedef struct Scope Scope;

typedef struct Analysis {
    Catalog *catalog;
    Arena *arena;
    const char *problem; /* the first; NULL: the result is exact */
    Scope *scope;
    const Type *value_type; /* of VALUE, in a domain's check */
    int depth;
    bool set_leaf; /* the query at hand is a branch of UNION */
} Analysis;

/* The collation of an expression, qualified, as assign_collations_walker() in parse_collate.c finds
 * it; NULL: that of its type, or none. */
const char *analyse_collation(const Analysis *analysis, const Expr *expr);

typedef enum Context { COERCE_IMPLICIT, COERCE_ASSIGNMENT, COERCE_EXPLICIT } Context;

void analyse_problem(Analysis *analysis, const char *format, ...) PRINTF(2, 3);

/* ---- entry points ---- */
Analysis analyse_open(Catalog *catalog);
/* Makes the columns of one relation visible: its checks, defaults, policies, index keys. The
 * entry's alias is the relation's name unless given. Returns the entry. */
RangeEntry *analyse_relation(Analysis *analysis, Relation *relation, const char *alias);
Expr *analyse_expr(Analysis *analysis, const Node *node);
/* As the value of a column or domain of that type. */
Expr *analyse_assigned(Analysis *analysis, const Node *node, TypeRef type);
/* coerce_to_specific_type() in parse_coerce.c: an argument's default, which keeps the modifier it
 * has if it is of that type. */
Expr *analyse_specific(Analysis *analysis, const Node *node, Oid type);
Expr *analyse_boolean(Analysis *analysis, const Node *node);
Query *analyse_query(Analysis *analysis, const PgQuery__SelectStmt *select);

/* ---- between the modules of analysis ---- */
Expr *expr_new(Analysis *analysis, ExprKind kind, Oid type);
Expr *expr_const(Analysis *analysis, Oid type, const char *text);
void expr_add(Analysis *analysis, Expr *expr, Expr *argument);
bool expr_is_unknown(const Expr *expr);
/* What is under the casts that do not show. */
Expr *expr_strip_implicit(Expr *expr);
/* Whether the two are the same expression; server procs are the same only as one object. */
bool expr_same(const Expr *a, const Expr *b);

/* coerce.c */
bool coerce_possible(const Analysis *analysis, Oid from, Oid to, Context context);
/* Whether an explicit cast changes nothing but the name, or goes through the text form. */
bool coerce_is_relabel(const Analysis *analysis, Oid from, Oid to, bool *ret_text_form);
Expr *coerce_type(Analysis *analysis, Expr *expr, TypeRef to, Context context, Form form);
/* With the type modifier applied; a problem when there is no way. */
Expr *coerce_to(Analysis *analysis, Expr *expr, TypeRef to, Context context, Form form);
Oid coerce_common(Analysis *analysis, const Vec *exprs);
int32_t coerce_common_modifier(const Vec *exprs, Oid type);
/* A literal's text as the type's output function would write it back; NULL: not known here. */
const char *literal_normal(Analysis *analysis, Oid type, int32_t modifier, const char *text);

/* The relation a regclass literal names, or NULL. */
Relation *literal_relation(const Analysis *analysis, const char *text);

/* call.c */
Expr *call_operator(Analysis *analysis, const char *schema, const char *name, Expr *left,
                    Expr *right);
Expr *call_any_all(Analysis *analysis, const char *schema, const char *name, Expr *left,
                   Expr *right, bool all);
/* The result type of the operator on these types; 0 when there is none. */
Oid call_operator_type(Analysis *analysis, const char *name, Oid left, Oid right);
Expr *call_function(Analysis *analysis, const PgQuery__FuncCall *call, Vec *arguments);

/* select.c */
Expr *select_column(Analysis *analysis, const PgQuery__ColumnRef *reference);
Query *select_query(Analysis *analysis, const PgQuery__SelectStmt *select);
const char *select_name(const Node *node);
Window *select_window(Analysis *analysis, const PgQuery__WindowDef *definition);
/* The columns a row of that expression has (a composite, or a function's), in ret. */
bool select_row_columns(Analysis *analysis, const Expr *expr, Vec *ret);
void select_sort(Analysis *analysis, Query *query, Node *const *nodes, size_t count, Vec *ret);
void select_note_aggregate(Analysis *analysis);
/* Whether a query within an expression speaks of what the query at hand reads. */
bool select_is_correlated(const Analysis *analysis, const Expr *expr);

#endif
