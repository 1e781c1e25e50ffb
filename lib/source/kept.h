/* Data directories that a server can start from at once, below the user's cache directory:
 *
 *   $XDG_CACHE_HOME/schema-monitor/shadow/NAME/    the data directory itself
 *   $XDG_CACHE_HOME/schema-monitor/shadow/lock     held while one is made or put there
 *
 * Losing one costs time alone: what fails here is not told. */
#ifndef SOURCE_KEPT_H
#define SOURCE_KEPT_H

#include <stdbool.h>
#include <time.h>

#include "base/arena.h"
#include "source/server.h"

/* Where they are, made; NULL: nothing can be kept. In the arena. */
const char *kept_directory(Arena *arena);
/* As lock_take(); directory may be NULL, which gives none. */
int kept_lock(const char *directory, int timeout_ms);
/* A directory of ours; path may be NULL. */
bool kept_has(const char *path);
/* Starts the server on a copy. False when it is of no use: then it is gone, and the server's data
 * is as it was. */
bool kept_start(const char *path, Server *server);
/* A copy of the data of the server, which was ended, but for what ALTER SYSTEM set; under the lock.
 * note, or NULL, is the text of KEPT_NOTE within. It has its name when it is whole, and, unless it
 * is of this run of the machine alone, on the disk. max_bytes: what takes more is not kept. */
void kept_put(const char *path, const Server *server, const char *note, bool is_of_run,
              long long max_bytes);
/* Removes what was half made, and of the prefix those that nobody used since, and all but the max
 * that were used last; under the lock. */
void kept_prune(const char *directory, const char *prefix, time_t since, size_t max);

#define KEPT_NOTE "schema-note.json"

#endif
