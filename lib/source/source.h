/* Where a schema comes from: auto takes the first source that serves, in the order given, and says
 * which and why in the document's meta. Rule: design.md section 4. */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "model/snapshot.h"

typedef struct SourceOptions {
    const char *const
        *order; /* names to try, NULL-terminated: "live", "supabase", "shadow", "migrations" */
    const char *conninfo;   /* NULL: no database is configured; "" leaves it to PG* variables */
    const char *migrations; /* folder or file */
    const char *base;       /* what runs before them, likewise, or NULL */
    const char *server_bin; /* see ShadowOptions, as are the next two */
    const char *project;
    const char *password; /* of the linked Supabase project, or NULL */
    bool keep_going;
    /* Asked before migrations are run: whether they may; EXIT_UNAVAILABLE says why not. */
    bool (*may_run)(const void *data, Err *err);
    const void *may_run_data;
    const char *const *schemas; /* patterns, see model/scope.h */
    const char *const *exclude;
    const char *const *kinds; /* sections, NULL-terminated; NULL: the usual ones */
    const char *known;        /* a document that may still hold, or NULL */
    bool exact;               /* see LiveOptions, as is the next */
    FILE *direct;
    const unsigned char *secret; /* SECRET_KEY_SIZE bytes */
    const char *time;
} SourceOptions;

typedef struct SourceResult {
    const char *source; /* the name that served */
    char passed[512];   /* why a configured one before it did not; "" when none was passed over */
    char hash[SNAPSHOT_HASH_SIZE];
    bool unchanged;    /* the short form was written */
    json_t *delivered; /* see LiveResult */
    bool found;        /* a database was known of, whether it could be reached or not */
} SourceResult;

/* Whether what it gives is the state of a database that people use, and not what files make. */
bool source_is_database(const char *name);

/* Writes the document to out (from its beginning: out must be seekable, it is emptied between
 * sources). A source is passed over when it is not configured or cannot be reached
 * (EXIT_UNAVAILABLE); any other failure ends the search. */
bool source_snapshot(const SourceOptions *options, FILE *out, SourceResult *ret, Err *err);

#endif
