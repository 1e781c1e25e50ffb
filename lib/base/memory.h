/* Text that is made in memory by writing to a stream, whole or not at all.
 *
 * open_memstream leaves out what it finds no memory for, and in glibc tells so neither by ferror
 * nor by fclose, only by errno at the time (libio/strops.c). So the text could lack a piece. Here
 * the process ends then, as by arena_alloc; and when ENOMEM has another reason, which is rare: who
 * begins something where many follow clears errno first. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>
#include <stdio.h>

/* *text and *length as open_memstream has them; never NULL. */
FILE *memory_open(char **text, size_t *length);
/* The text is whole, and the caller's to free. Until then nothing may clear errno but
 * memory_check. */
void memory_close(FILE *stream);
/* Ends the process when memory was wanting in this thread: before what may clear errno. */
void memory_check(void);

/* As without memory_, but they end the process instead of failing: for libraries that do not look.
 * CMakeLists.txt gives them to libpg_query. */
void *memory_malloc(size_t size);
void *memory_realloc(void *old, size_t size);
char *memory_strdup(const char *text);

#endif
