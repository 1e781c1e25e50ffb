/* SQL identifiers as quote_ident and format('%I') write them: bare when they are lower case,
 * digits, underscore and no keyword that is more than an unreserved one. Source: quote_identifier()
 * in ruleutils.c, pg_get_keywords() of version 15. */
#ifndef MODEL_IDENT_H
#define MODEL_IDENT_H

#include "base/arena.h"

/* The name as it stands in SQL: itself, or a quoted copy in the arena. */
const char *ident_quote(Arena *arena, const char *name);
/* "parent.name" with name quoted as needed, from malloc. */
char *ident_join(const char *parent, const char *name);

#endif
