/* Directory trees. Each entry is reached from its open directory and links are never followed, so
 * that nothing outside is read, written or removed, whoever changes the tree meanwhile. */
#ifndef BASE_TREE_H
#define BASE_TREE_H

#include <limits.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/proc.h"

/* Copies directories and regular files below from into to, which is made and must not be there;
 * other kinds of files are an error. Directories get mode 0700, files 0600, and the owner unless it
 * is NULL (which takes root). What would take more than max_bytes, 4 KiB being counted for each
 * entry, is an error. What was made stays on failure. */
bool tree_copy(const char *from, const char *to, const ProcUser *owner, long long max_bytes,
               Err *err);
#define TREE_ANY_SIZE LLONG_MAX
/* The room that all of it takes, in bytes; what cannot be read takes none. */
long long tree_room(const char *path);
/* One that is not there is fine. */
bool tree_remove(const char *path, Err *err);

#endif
