#include "base/memory.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"

void memory_check(void)
{
    if (errno == ENOMEM)
        arena_die("out of memory");
}

void *memory_malloc(size_t size)
{
    return arena_realloc_or_exit(NULL, size);
}

void *memory_realloc(void *old, size_t size)
{
    return arena_realloc_or_exit(old, size);
}

char *memory_strdup(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(memory_malloc(size), text, size);
}
