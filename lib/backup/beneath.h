/* Files below a directory one holds open, without ever following a symbolic link: neither a name in
 * the path nor the file itself may be one, and no path may have "..". So a link put in the way
 * leads nowhere. Only calls of POSIX.1-2008 (openat and its kin with O_NOFOLLOW). */
#ifndef BACKUP_BENEATH_H
#define BACKUP_BENEATH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/err.h"

/* The directory itself (links in its own path are its owner's business). Negative: failure. */
int beneath_root(const char *directory, Err *err);
/* Steps down from root by a relative path ("" is root itself). make: what is missing is made, 0700.
 * Otherwise a missing directory is EXIT_DATA. A link, a file, or another user's directory is
 * EXIT_DENIED. Negative: failure. */
int beneath_open(int root, const char *path, bool make, Err *err);
/* lstat of a name: 1 it is there and a regular file, 0 not there, -1 failure or something else. */
int beneath_look(int directory, const char *name, struct stat *ret, Err *err);
/* The whole regular file, at most max bytes, with a NUL behind it, from malloc. Not there:
 * EXIT_DATA. */
bool beneath_read(int directory, const char *name, size_t max, char **ret_bytes, size_t *ret_length,
                  Err *err);
/* Replaces name: ".NAME.tmp" is written (O_EXCL), synced, renamed, the directory synced. The caller
 * holds a lock; a .tmp of an earlier, killed try is replaced. */
bool beneath_write(int directory, const char *name, const void *bytes, size_t length, mode_t mode,
                   Err *err);
/* Removes; not there is fine. */
bool beneath_remove(int directory, const char *name, Err *err);
bool beneath_sync(int directory, Err *err);
/* The names in the directory but "." and "..", sorted by byte; NULL-terminated, from malloc each
 * and all: beneath_names_free. */
char **beneath_names(int directory, Err *err);
void beneath_names_free(char ***names);

#endif
