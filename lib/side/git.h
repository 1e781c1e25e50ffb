/* What a git repository holds, read by the git program: names go to its standard input, never to
 * its command line, so that none of them can be an option. */
#ifndef SIDE_GIT_H
#define SIDE_GIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "side/scratch.h"

enum { GIT_OID_SIZE = 65 }; /* SHA-256, NUL */

typedef enum GitType { GIT_NONE, GIT_BLOB, GIT_TREE, GIT_OTHER } GitType;

typedef struct GitObject {
    GitType type; /* GIT_NONE: there is no such thing */
    char oid[GIT_OID_SIZE];
} GitObject;

/* A repository: the one that directory (NULL: the working directory) is in. subject names for
 * messages what is read. */
typedef struct Git {
    const char *directory;
    const char *subject;
} Git;

/* Splits "REV:PATH" as git does, at the first colon outside of braces (gitrevisions(7)); both in
 * the arena. EXIT_USAGE when one of them is missing. */
bool git_split(Arena *arena, const char *text, const char **ret_rev, const char **ret_path,
               Err *err);

/* What the names (gitrevisions(7)) mean, into ret[count]. EXIT_DATA where there is no repository.
 */
bool git_find(const Git *git, const char *const *names, size_t count, GitObject *ret, Err *err);
/* "REV:PATH" of a repository: a blob or a tree; else EXIT_DATA says which of both there is not. */
bool git_find_path(const Git *git, const char *rev, const char *path, GitObject *ret, Err *err);

/* The bytes of a blob, as a temporary file. */
FILE *git_blob(const Git *git, const char *oid, Err *err);
/* Writes the files of a tree below prefix in the scratch directory. EXIT_DATA for a symbolic link
 * among the SQL, which may lead anywhere, and for more than a GiB. */
bool git_export(const Git *git, const char *oid, const char *prefix, const Scratch *scratch,
                Err *err);

/* ---- history ---- */

typedef struct GitCommit {
    const char *id;
    const char *parent; /* NULL: the first one */
    const char *author;
    long long time_s; /* since 1970-01-01 UTC, when it was committed */
} GitCommit;

/* Where a path of the file system is in its repository, from the top, in the arena; ret_top is the
 * directory of the repository. *ret NULL: it is in none, or there is no git. */
bool git_place(Arena *arena, const char *path, const char **ret_top, const char **ret, Err *err);
/* The commits that changed path, newest first, merges left out: what they brought together was
 * changed by others. rev is an object's name in hexadecimal digits. In the arena. */
bool git_log(const Git *git, Arena *arena, const char *rev, const char *path, GitCommit **ret,
             size_t *ret_count, Err *err);

#endif
