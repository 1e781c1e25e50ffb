/* The server's catalogs: which of them say something of a schema, and how their state is asked for.
 * A catalog that is not listed, of a later version, is asked like the listed ones. */
#ifndef SOURCE_CATALOGS_H
#define SOURCE_CATALOGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* fingerprint.sql, complete. */
const char *catalogs_sql(Arena *arena);
/* A text[] of those whose counts of writes tell of changes of a schema. */
const char *catalogs_counted(Arena *arena);
/* Whether the part of the fingerprint with that name is of a catalog with names or rules that stand
 * in the texts of relations, or that say which relations there are to read: after a change of one
 * everything is read again. */
bool catalogs_reaches_far(const char *name, size_t length);

#endif
