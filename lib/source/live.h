/* A snapshot of a live database: one REPEATABLE READ READ ONLY transaction, all queries in one
 * round trip, rows streamed to the document. No user table is locked or read; a role without any
 * grant will do. Nested objects are spooled to an unlinked temporary file, so memory does not grow
 * with the schema. Rules: man/schema-snapshot.1. */
#ifndef SOURCE_LIVE_H
#define SOURCE_LIVE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "model/snapshot.h"

typedef struct LiveOptions {
    const char *conninfo;       /* see db_open */
    const char *const *schemas; /* patterns, NULL-terminated; see model/scope.h */
    const char *const *exclude;
    const json_t *meta; /* to be completed: time, tool, what was asked for */
} LiveOptions;

/* Writes the document. EXIT_UNAVAILABLE, EXIT_DENIED, EXIT_TEMPFAIL (the schema changed while it
 * was read, or a lock was held), EXIT_IO. */
bool live_snapshot(const LiveOptions *options, FILE *out, char ret_hash[SNAPSHOT_HASH_SIZE],
                   Err *err);

#endif
