/* Looks through analysed expressions and queries. */
#ifndef REPLAY_SEARCH_H
#define REPLAY_SEARCH_H

#include <stdbool.h>

#include "replay/expr.h"

/* What to look for; NULL and 0 are not looked for. */
typedef struct Search {
    const Relation *relation;
    const Column *column;
    const Function *function;
    Oid type;
    const RangeEntry *entry;
    const Constraint *key; /* a primary key by which a query groups, and has need of that */
} Search;

/* Whether an expression or query mentions one of these. */
bool search_expr(const Expr *expr, const Search *search);
bool search_query(const Query *query, const Search *search);
/* The distinct columns an expression names, sub-selects left out. */
void search_columns(Arena *arena, const Expr *expr, Vec *ret);

#endif
