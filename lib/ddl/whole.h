/* A schema from nothing: the SQL that makes it in a new database, or, of a Supabase project, in one
 * that has what the platform has from the start (share/supabase/baseline.json). */
#ifndef DDL_WHOLE_H
#define DDL_WHOLE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "ddl/plan.h"

typedef struct DdlWhole {
    char *text; /* from malloc, as is what follows from the arena */
    size_t length;
    const char *const *remarks; /* of the plan */
    bool is_supabase;
} DdlWhole;

/* document: as by ddl_document, borrowed. EXIT_OS. */
bool ddl_write_whole(const json_t *document, Arena *arena, DdlWhole *ret, Err *err);

#endif
