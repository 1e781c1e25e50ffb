/* Runs migration files on a server of our own, as their tools do: each in one transaction, but for
 * what no transaction allows (CREATE INDEX CONCURRENTLY, VACUUM, a value of an enum used at once,
 * COMMIT in a DO block), or for what begins and ends its own; nothing of a session is left to the
 * next one. CREATE EXTENSION of what the server has no files of makes a stub
 * (share/supabase/extensions.sql). Rows of COPY ... FROM stdin are left out: they are no schema. */
#ifndef SOURCE_APPLY_H
#define SOURCE_APPLY_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "sql/chain.h"

typedef struct ApplyOptions {
    const char *conninfo; /* of a superuser */
    bool keep_going;      /* a statement that fails is a warning, and the rest runs */
} ApplyOptions;

/* Adds "NAME:LINE: why" to warnings. Where the names tell no order, a file that fails is tried
 * again behind the others, until none helps. EXIT_DATA "NAME:LINE:COLUMN: why" for a statement that
 * the server refuses; EXIT_TEMPFAIL for one that takes minutes. */
bool apply_chain(const ApplyOptions *options, const Chain *chain, json_t *warnings, Err *err);

#endif
