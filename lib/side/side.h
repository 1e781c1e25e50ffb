/* What is compared: where the old and the new snapshot come from.
 *
 *     -                     the standard input
 *     cache                 what the project's last cycle accepted
 *     backup:ID             a version of the schema under backups/ (lib/backup), latest or a number
 *     git:REV:PATH          a document, or migrations, as a git repository has them
 *     postgres://...        a database; env(NAME) keeps the URL out of sight
 *     a folder, a .sql file  migrations
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
#include "side/git.h"

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

/* A thing of a repository: its object, what it was found by, and where its files are written out
 * for whoever reads them (from the top of the repository). */
typedef struct SideGit {
    const Git *git;
    const GitObject *object;
    const char *rev;
    const char *path;
    const char *place;
} SideGit;

/* Where the path of git:REV:PATH is from the top of the repository: one that begins with a full
 * stop is from the directory that we are in. "files" for the top itself: the name of the folder
 * tells whose migrations they are. In the arena; NULL: err filled. */
const char *side_git_place(Arena *arena, const SideContext *context, const char *path, Err *err);
/* Whether a path is that of migrations in one file. */
bool side_is_sql(const char *path);
/* What its migrations make (a tree, or a blob of SQL), by schema-snapshot's source: "offline", the
 * best there is, or "migrations", without any server. The stream is the caller's. */
FILE *side_git_migrations(const SideContext *context, const char *source, const SideGit *from,
                          const json_t *meta, Err *err);

#endif
