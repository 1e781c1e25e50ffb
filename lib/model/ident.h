/* SQL identifiers as quote_ident and format('%I') write them: bare when they are lower case,
 * digits, underscore and no keyword that is more than an unreserved one. Source: quote_identifier()
 * in ruleutils.c, pg_get_keywords() of version 15. */
#ifndef MODEL_IDENT_H
#define MODEL_IDENT_H

#include <stdbool.h>

/* Whether the name can stand without quotes. */
bool ident_is_bare(const char *name);
/* "parent.name" with name quoted as needed, from malloc. */
char *ident_join(const char *parent, const char *name);

#endif
