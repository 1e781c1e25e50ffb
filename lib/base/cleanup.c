#include "base/cleanup.h"

#include <stdlib.h>
#include <unistd.h>

void cleanup_free(void *pointer)
{
    void **owned = pointer;

    free(*owned);
    *owned = NULL;
}

void cleanup_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}
