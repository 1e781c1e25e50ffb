/* What is compared: where the old and the new snapshot come from.
 *
 *     -                     the standard input
 *     cache                 what the project's last cycle accepted
 *     backup:ID             a version of the schema under backups/ (lib/backup); latest, or a
 * number git:REV:PATH          a document, or migrations, as a git repository has them
 *     postgres://...        a database; env(NAME) keeps the URL out of sight
 *     a folder, a .sql file migrations
 *     any other path        a document
 *
 * Databases and migrations are read by schema-snapshot, for the schemas that the other side was
 * asked for. Rules: man/schema-diff.1. */
#ifndef SIDE_SIDE_H
#define SIDE_SIDE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "config/config.h"
#include "model/snapshot.h"

/* What sides are opened with; everything borrowed. */
typedef struct SideContext {
    const char *called;  /* argv[0]: schema-snapshot is looked for beside it */
    const char *project; /* --project; NULL: not given */
    Config *config;
    FILE *in;
} SideContext;

typedef struct Side {
    SnapshotReader *reader; /* NULL: the cache, and there is none yet */
    const char *name;       /* for messages: no credentials */
    bool is_made;           /* from migrations: meta tells what could not be replayed */
    FILE *file;
    Arena arena;
} Side; /* {0} is a closed one */

/* Opens both, in the order that lets one tell the other its schemas. old may read
 * nothing (no cache); everything else that is not there is EXIT_DATA. EXIT_USAGE: both are the
 * standard input, a password in a URL, a form that is none. */
bool side_open_both(const SideContext *context, const char *old, const char *new, Side *ret_old,
                    Side *ret_new, Err *err);
/* One alone; meta, or NULL, is that of a document with the schemas that are wanted. */
bool side_open(const SideContext *context, const char *which, const json_t *meta, Side *ret,
               Err *err);
void side_close(Side *side);

/* Migrations as schema-snapshot replays them (source: "offline", the best there is, or
 * "migrations", without any server). subject names them for messages; where hidden is not NULL it
 * is a part of path that people do not know, shown instead. */
FILE *side_replay(const SideContext *context, const char *source, const char *path,
                  const json_t *meta, const char *subject, const char *hidden, const char *shown,
                  Err *err);

#endif
