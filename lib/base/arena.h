/* Memory that lives as long as one run, document or request: allocated piece by piece, freed at
 * once. arena_alloc cannot fail: without memory the process ends with EXIT_OS, having written
 * nothing (files are replaced only when complete, see base/file.h). */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/cleanup.h"

typedef struct ArenaBlock ArenaBlock;
typedef struct Arena {
    ArenaBlock *last;
} Arena; /* {0} is an empty arena */

/* size bytes, zeroed, aligned for any type. */
void *arena_alloc(Arena *arena, size_t size);
/* A copy of text (NULL gives NULL), or of its first length bytes, NUL behind it. */
char *arena_strdup(Arena *arena, const char *text);
char *arena_strndup(Arena *arena, const char *text, size_t length);
char *arena_printf(Arena *arena, const char *format, ...) PRINTF(2, 3);
/* The texts one behind the other, NULL behind the last: where there are many, much cheaper. */
char *arena_join(Arena *arena, const char *first, ...) SENTINEL;
/* Frees everything; the arena is empty and may be used again. Fits CLEANUP. */
void arena_free(Arena *arena);
/* The same, but that a block is kept for what is allocated next: for an arena that is emptied
 * often.
 */
void arena_clear(Arena *arena);

/* What an arena holds, to be put back there later, for what is changed on trial: size bytes are
 * copied. What is allocated meanwhile stays allocated and keeps what it holds. The arena must not
 * be freed or cleared before the image is. */
typedef struct ArenaImage ArenaImage;
size_t arena_size(const Arena *arena);
ArenaImage *arena_save(const Arena *arena);
void arena_restore(const ArenaImage *image);
void arena_image_free(ArenaImage **image);

/* Says what is missing ("out of memory") and ends the process with EXIT_OS: the one exit below cli,
 * for what no caller could handle. */
_Noreturn void arena_die(const char *what);

/* For the few owners of growing arrays outside an arena: never NULL, ends the process instead. */
void *arena_realloc_or_exit(void *old, size_t size);

#endif
