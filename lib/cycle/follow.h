/* Waits for a migration file to be added, edited or removed: told at once where the system tells
 * (inotify(7) on Linux), else, and on file systems that tell nothing, within two seconds.
 *
 * Files are those whose name ends in .sql, in the folder and one level below it; what editors keep
 * beside them is not looked at, and nothing is said before the files have been still for a moment,
 * so that a file that is being written or replaced is one change. A file with the same bytes as
 * before did not change. */
#ifndef CYCLE_FOLLOW_H
#define CYCLE_FOLLOW_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

/* Compares the folder (or single file) with what state, a file of ours, remembers of it, and waits
 * until they differ; then writes one line a file, "added NAME", "edited NAME" or "removed NAME",
 * and remembers. Without a state it remembers and returns at once, having written nothing. So
 * nothing is missed between two calls. A folder that is not there has no files. EXIT_OS when the
 * caller's parent ended. */
bool follow_wait(const char *path, const char *state, FILE *out, Err *err);

#endif
