/* The server's catalogs: which of them say something of a schema, and how their state is asked for.
 * A catalog that is not listed, of a later version, is asked like the listed ones. */
#ifndef SOURCE_CATALOGS_H
#define SOURCE_CATALOGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* fingerprint.sql, complete, for a server of that version, told from the transaction since: an xid.
 * known: a fingerprint of the same database, which says what is worth asking for first, or NULL. */
const char *catalogs_sql(Arena *arena, int version, const char *since, const char *known);
/* A text[] of those whose counts of writes tell of changes of a schema. */
const char *catalogs_counted(Arena *arena);
/* Whether the part of the fingerprint with that name is of a catalog with names or rules that stand
 * in the texts of relations, or that say which relations there are to read: after a change of one
 * everything is read again. */
bool catalogs_reaches_far(const char *name, size_t length);

/* What a part of the fingerprint tells of the relations that were touched, beyond which of them
 * have rows written. */
typedef enum CatalogTouch {
    TOUCH_NONE,     /* rows are of no relation */
    TOUCH_WRITTEN,  /* rows go only with the relation, or when another one of it is written */
    TOUCH_REMOVED,  /* rows may go without another being written */
    TOUCH_RELATION, /* pg_class */
    TOUCH_UNTOLD, /* stamps.sql looks at it, the fingerprint does not tell of which relations it is
                   */
} CatalogTouch;

CatalogTouch catalogs_touch(const char *name, size_t length);

#endif
