/* Analysed expressions and queries as text: what pg_get_expr(), pg_get_viewdef() and their kin
 * print with an empty search_path, without the pretty flag. Source: ruleutils.c of PostgreSQL 15.
 */
#ifndef REPLAY_DEPARSE_H
#define REPLAY_DEPARSE_H

#include "replay/catalog.h"
#include "replay/expr.h"

/* An expression over one relation's columns (NULL: none), which are named without qualification
 * outside of sub-selects. */
const char *deparse_expr(Catalog *catalog, const Expr *expr, const Relation *relation);
/* A default in the arguments of a function: pg_get_function_arguments() breaks no lines. */
const char *deparse_on_one_line(Catalog *catalog, const Expr *expr);
/* The same with every column qualified: WHEN of a trigger, over old and new. */
const char *deparse_when(Catalog *catalog, const Expr *expr);
/* A view's query with the semicolon. columns: names of the result, as the view has them. */
const char *deparse_view(Catalog *catalog, Query *query, const Vec *columns);
/* Whether the text of an index key needs no parentheses of its own. */
bool deparse_is_call(const Expr *expr);

#endif
