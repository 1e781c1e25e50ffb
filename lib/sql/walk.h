/* The names in a folder and the folders in it, for sql/layout.h. */
#ifndef SQL_WALK_H
#define SQL_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

typedef struct WalkNames {
    const char **items;
    size_t count;
} WalkNames;

typedef struct Walk {
    Arena arena;
    WalkNames files; /* relative paths of regular files, as the bytes are, in no order */
    WalkNames names; /* what a note is on, and why: pairs at the same place */
    WalkNames whys;
} Walk;

/* Hidden entries and node_modules are passed over; links to folders are not followed, links to
 * files only within the folder. More than entries_max entries are EXIT_DATA. A folder within that
 * cannot be read is a note. Close with walk_close, also after failure. */
bool walk_folder(const char *path, size_t entries_max, size_t depth_max, Walk *ret, Err *err);
void walk_close(Walk *walk);

void walk_note(Walk *walk, const char *name, const char *why);

/* Whether the name ends so, whatever the case of its letters. */
bool walk_has_end(const char *name, const char *end);
const char *walk_base(const char *name);

#endif
