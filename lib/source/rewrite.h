/* Statements that a server without an extension's files cannot run, as ones that it can:
 * CREATE EXTENSION makes a stub (share/supabase/extensions.sql), also within a DO block, as a
 * statement of it or in EXECUTE of a constant that is SQL as a whole; of an index by a stub's
 * access method the options are put into the catalog by hand, since what serves it would refuse
 * them. Any other text stays, whatever it looks like. */
#ifndef SOURCE_REWRITE_H
#define SOURCE_REWRITE_H

#include "base/arena.h"
#include "sql/tree.h"

typedef struct Rewrite {
    const char *text;  /* what to run: the statement's own text where nothing is to do */
    const char *after; /* to run behind it, or NULL */
} Rewrite;

/* node: the statement, or NULL when it did not parse; extensions: those that the server has,
 * NULL-terminated. Results are in the arena. */
Rewrite rewrite_statement(const Node *node, const char *text, const char *const *extensions,
                          Arena *arena);

#endif
