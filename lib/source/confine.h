/* A program that may read the system's own files, write below one directory, start none but the
 * programs of its own directory and the loader of libraries, and reach nobody: for a server that
 * runs code which is not ours. What it may not do fails with EACCES; modes, owners and times of
 * files stay what they are, though it is told that they were set. Nothing of it needs a privilege,
 * and nothing undoes it.
 *
 * On Linux by Landlock (files; signals from its version 6 on) and seccomp (sockets, keys, limits,
 * namespaces and the like). Sources: landlock(7), seccomp(2). Elsewhere, and on kernels before 6.2,
 * not at all: confine_is_there() says so. */
#ifndef SOURCE_CONFINE_H
#define SOURCE_CONFINE_H

#include <stdbool.h>

#include "base/err.h"

typedef struct Confine Confine;

/* executable: a directory whose programs may be run; it and lib, share and the like beside it may
 * be read. writable: a directory. */
Confine *confine_open(const char *executable, const char *writable, Err *err);
void confine_close(Confine **confine);

/* Whether the kernel does all of it. */
bool confine_is_there(void);
/* A ProcEnter; data is the Confine. */
int confine_enter(const void *data);

#endif
