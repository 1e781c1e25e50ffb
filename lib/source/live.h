/* A snapshot of a live database.
 *
 * Round trips after the connection (counted by tests/pg/link.sh): where the line is short a glance
 * at the counts of writes, which mostly is all; one look (facts, schemas, whether anything can have
 * changed), one that begins the REPEATABLE READ READ ONLY transaction and asks which kinds there
 * are, together with the look where there is no known document, one that reads,
 * one that ends it. A reading of few relations ends with what it reads, and asks first for what
 * hangs on them; one more for times, where transactions ended meanwhile, where locks were met or
 * the second connection was not to be had, and all again for each new attempt. A second connection,
 * for a large schema, opens and reads beside the first. No user table is locked or read; a role
 * without any grant will do. Rows are kept in a temporary file once they are many.
 *
 * What the server deparses it takes from its newest catalogs, not from the transaction's: so the
 * state of the catalogs is taken before and after, and when it moved all is read again, five times
 * at most. What waits longer than 200 ms for a lock is left inexact. Rules: man/schema-snapshot.1.
 */
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
    const json_t *meta; /* to be completed: source (else "live"), time, tool, what was asked for:
                           schemas, exclude, kinds */
    bool is_throwaway;  /* a database that nobody will meet again: meta has its source, and
                           which database it is goes unsaid */
    const char *known;  /* a document that may still hold, or NULL */
    bool exact;         /* believe no counters */
    FILE *direct; /* where a document may go at once that is whole before any of it is written;
                     NULL: to out */
    const unsigned char *secret; /* SECRET_KEY_SIZE bytes */
} LiveOptions;

typedef struct LiveResult {
    char hash[SNAPSHOT_HASH_SIZE];
    bool unchanged;    /* the short form was written: known holds */
    json_t *delivered; /* the meta of what went to direct, a reference; NULL: it is in out */
} LiveResult;

/* Writes the document to out, which must be seekable. EXIT_UNAVAILABLE, EXIT_DENIED, EXIT_TEMPFAIL
 * (the schema went on changing while it was read), EXIT_IO. */
bool live_snapshot(const LiveOptions *options, FILE *out, LiveResult *ret, Err *err);

#endif
