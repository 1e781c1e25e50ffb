#include "base/memory.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"

void memory_check(void)
{
    if (errno == ENOMEM)
        arena_die("out of memory");
}

FILE *memory_open(char **text, size_t *length)
{
    FILE *stream = open_memstream(text, length);

    if (!stream)
        arena_die("out of memory");
    return stream;
}

void memory_close(FILE *stream)
{
    if (fclose(stream) != 0)
        arena_die("out of memory");
    memory_check();
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
