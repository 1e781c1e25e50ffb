/* Kernel locks on a file: fcntl(2) record locks, which belong to one process, survive exec, are not
 * inherited by its children and are gone the moment it ends. So there is nothing to repair after a
 * crash, no orphan can keep one, and the kernel itself names the holder. Available on Linux and
 * macOS alike (POSIX.1-2008 fcntl).
 *
 * One caution from fcntl(2): closing any descriptor of the file in the holding process drops the
 * lock, so a lock file is opened only through this module. */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/* Takes the lock, waiting up to timeout_ms (0: not at all). Creates the file (0600). The returned
 * descriptor is not close-on-exec, so that the lock may be handed through exec; close it to let
 * go (cleanup_close). Negative: failure, EXIT_TEMPFAIL "held by process N" when busy. */
int lock_take(const char *path, int timeout_ms, Err *err);
/* The process that holds the lock; 0 when none does or the file is not there. Not for a process
 * that holds it itself: it would learn 0 and, by the caution above, let go. */
pid_t lock_holder(const char *path);

#endif
