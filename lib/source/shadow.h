/* A snapshot from migration files by a PostgreSQL of our own: one is started where nobody else
 * reaches it (source/server.h), the files run on it (source/apply.h), and what came of it is read
 * as any live database is; then it is gone. Exact, but for what a stub of an extension says of
 * itself.
 *
 * Migrations are code: the caller has asked whether they may run (source/consent.h). */
#ifndef SOURCE_SHADOW_H
#define SOURCE_SHADOW_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "model/snapshot.h"

typedef struct ShadowOptions {
    const char *directory;      /* a folder or one .sql file */
    const char *base;           /* what runs before it, likewise, or NULL */
    const char *server_bin;     /* where postgres and initdb are; NULL or "": to be found */
    const char *project;        /* a directory whose node_modules may have a server, or NULL */
    bool keep_going;            /* see ApplyOptions */
    const char *const *schemas; /* patterns, NULL-terminated; see model/scope.h */
    const char *const *exclude;
    const json_t *meta;          /* to be completed */
    const unsigned char *secret; /* SECRET_KEY_SIZE bytes */
} ShadowOptions;

/* Writes the document to out, which must be seekable: meta.source "shadow", meta.files,
 * meta.migrations (the newest file's name), meta.warnings. EXIT_UNAVAILABLE: there is no server to
 * run; EXIT_DATA: no migrations, or one that does not run; else as live_snapshot(). */
bool shadow_snapshot(const ShadowOptions *options, FILE *out, char ret_hash[SNAPSHOT_HASH_SIZE],
                     Err *err);

#endif
