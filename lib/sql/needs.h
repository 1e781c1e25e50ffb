/* What a SQL text makes and what it needs, by its parse trees: schemas, relations and types,
 * functions, roles and what else has a name. Names are found wherever they stand in a tree, also in
 * the bodies of SQL functions and in the statements of DO blocks; bodies in other languages are
 * looked into by PostgreSQL only when they run, and need nothing to be made. */
#ifndef SQL_NEEDS_H
#define SQL_NEEDS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum NeedKind {
    NEED_SCHEMA,
    NEED_RELATION, /* types too: each relation is one */
    NEED_FUNCTION,
    NEED_ROLE,
    NEED_EXTENSION,
    NEED_OTHER,       /* servers, publications, languages, text search ... */
    NEED_WHOLE_SCHEMA /* all that is in a schema: GRANT ... ON ALL TABLES IN SCHEMA */
} NeedKind;

typedef struct Need {
    bool makes; /* else it mentions */
    NeedKind kind;
    const char *schema;      /* NULL: none is named, and the path says where to look */
    const char *name;        /* of NEED_SCHEMA and NEED_WHOLE_SCHEMA: the schema's */
    const char *const *path; /* search_path, NULL behind the last */
} Need;

/* Called for each; the strings are only there meanwhile. */
typedef void NeedTake(void *context, const Need *need);

/* text: plain SQL (sql/split.h), NUL-terminated. */
void needs_find(const char *text, size_t length, NeedTake *take, void *context);

#endif
