/* Where the columns of a query come from: of each column of its result that is a plain column of a
 * relation, which one, as the server's parser notes it (resorigtbl and resorigcol of a target), and
 * whether the query keeps it as it is, so that it can be NULL only where the relation's is.
 *
 * Followed are joins, aliases with lists of columns, subqueries, LATERAL and WITH; not looked into
 * are the relations themselves: of a view, its own column is the origin. A column of UNION,
 * INTERSECT, EXCEPT, VALUES, a function or an expression has none, nor has one that USING merged
 * out of two that are not the same.
 * Source of the rules: markTargetListOrigin() of parse_target.c; the names of ruleutils.c, in whose
 * texts every column is written out and qualified where it must be. */
#ifndef SQL_ORIGIN_H
#define SQL_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "sql/tree.h"

typedef struct Origin {
    const char *schema; /* NULL: it is not a plain column */
    const char *relation;
    const char *column;
    bool kept; /* no outer join, grouping set or outer query in between makes or may make it NULL */
} Origin;

/* The names of the relation's columns, in their order; NULL when it is not known: nothing comes
 * from it then. */
typedef const char *const *OriginColumns(void *context, const char *schema, const char *relation,
                                         size_t *ret_count);

/* Of each column of the result, in order; ret_count is 0 where query is no SELECT. What is returned
 * lives in the arena, texts of the tree are copied. */
const Origin *origin_of(const Node *query, OriginColumns *columns, void *context, Arena *arena,
                        size_t *ret_count);

#endif
