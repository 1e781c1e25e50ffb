/* A directory for what programs must read as files. It goes with whoever made it: by scratch_close,
 * and by a signal that ends the process, which is held back while the directory is there. */
#ifndef SIDE_SCRATCH_H
#define SIDE_SCRATCH_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

typedef struct Scratch {
    char *path; /* NULL: none */
    sigset_t before;
} Scratch; /* {0} is none */

/* In TMPDIR or /tmp, mode 0700. EXIT_CREATE. */
bool scratch_open(Scratch *scratch, Err *err);
/* Whether a signal to end has come: then all that is left to do is scratch_close, which lets it
 * take effect. Without an open scratch: no. */
bool scratch_is_ending(void);
/* Writes a file below it, with its directories. EXIT_DATA for a name that leads elsewhere ("..",
 * an absolute one) or is there already. */
bool scratch_write(const Scratch *scratch, const char *name, const void *bytes, size_t length,
                   Err *err);
/* Removes all of it. Fits CLEANUP. */
void scratch_close(Scratch *scratch);

#endif
