/* A snapshot from migration files alone, without any server: the files are replayed
 * (replay/replay.h). meta.warnings names what could not be, "file:line: why". */
#ifndef SOURCE_MIGRATIONS_H
#define SOURCE_MIGRATIONS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "model/snapshot.h"

typedef struct MigrationsOptions {
    const char *directory;      /* a folder or one .sql file */
    const char *base;           /* the same, run before it; may be NULL */
    const char *const *schemas; /* NULL-terminated patterns, or NULL: model/scope.h */
    const char *const *exclude;
    const json_t *meta_base; /* members to start meta with; may be NULL; borrowed */
} MigrationsOptions;

/* Writes a snapshot/1 to out: meta.source "migrations", meta.time, meta.files (how many),
 * meta.migrations (the newest file's name), meta.layout (the form of the folder), meta.order when
 * its names tell none, meta.base, meta.history, meta.warnings. ret_hash may be NULL. A folder
 * without migrations is EXIT_DATA, and so is one in which nothing can be parsed. */
bool migrations_snapshot(const MigrationsOptions *options, FILE *out,
                         char ret_hash[SNAPSHOT_HASH_SIZE], Err *err);

#endif
