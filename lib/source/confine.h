/* A program that may read the system's own files, write below one directory, start nothing but what
 * is in its own directory, and reach nobody: for a server that runs code which is not ours. What it
 * may not do fails with EACCES. Nothing of it needs a privilege, and nothing undoes it.
 *
 * On Linux by Landlock (files, signals) and seccomp (sockets other than AF_UNIX, connect, tracing,
 * io_uring). Sources: landlock(7), seccomp(2). Elsewhere, and on kernels without them, not at all:
 * confine_is_there() says so. */
#ifndef SOURCE_CONFINE_H
#define SOURCE_CONFINE_H

#include <stdbool.h>

typedef struct Confine Confine;

/* executable: a directory whose programs may be run; it and lib, share and the like beside it may
 * be read. writable: a directory. */
Confine *confine_open(const char *executable, const char *writable);
void confine_close(Confine **confine);

/* Whether the kernel does all of it. */
bool confine_is_there(void);
/* A ProcEnter; data is the Confine. */
int confine_enter(const void *data);

#endif
