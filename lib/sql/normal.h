/* One text for what servers of different versions deparse differently and mean alike. Both forms
 * of each are brought to one, so that the text is the same whichever a server chose.
 *
 * - Version 14 and later give a function that was called in SQL's own syntax back in that syntax,
 *   older ones as a plain call. Both become syntax, for a call tells the casts to text that an
 *   argument gets by itself and the syntax does not: as a call it would be another one.
 * - What a server deparses, and reads back from a dump, need not be the tree it was: a cast of
 *   ARRAY[...] becomes one of each item, and a list of AND or OR that is the first item of another
 *   such list (of BETWEEN, mostly) its items. Source: transformTypeCast() in parse_expr.c and
 *   makeAndExpr() in gram.y.
 * - Version 16 and later name a column of a query that reads from one place only without that
 *   place's name. Source: get_func_sql_syntax() and get_query_def() in ruleutils.c. */
#ifndef SQL_NORMAL_H
#define SQL_NORMAL_H

#include <stdbool.h>

#include "base/arena.h"

/* An expression, or any text with expressions in it, as a server deparsed it. The same pointer when
 * there is nothing to do, otherwise in the arena. */
const char *normal_expression(Arena *arena, const char *text);
/* The query of a view of version 15 or before (later ones are right as they are). A text that the
 * parser does not know stays. */
const char *normal_query(Arena *arena, const char *text);

/* Behind the string, quoted name or single character at text. */
const char *normal_skip_piece(const char *text);
/* Names that only versions after 15 put in quotes, without them: in ids, arguments and in what was
 * deparsed. */
const char *normal_names(Arena *arena, const char *text);
/* False: there are none in the text. */
bool normal_may_have_names(const char *text);
/* The arguments of a procedure of version 13, which leaves out IN. */
const char *normal_procedure_arguments(Arena *arena, const char *text);

#endif
