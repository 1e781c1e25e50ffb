#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

enum { BLOCK_SIZE = 64 * 1024 - 64, ALIGNMENT = 16 };

struct ArenaBlock {
    ArenaBlock *before;
    size_t used;
    size_t size;
};

static const size_t header_size = (sizeof(ArenaBlock) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

_Noreturn void arena_die(const char *what)
{
    fprintf(stderr, "%s\n", what);
    _exit(EXIT_OS);
}

static void out_of_memory(void)
{
    arena_die("out of memory");
}

void *arena_realloc_or_exit(void *old, size_t size)
{
    void *grown = realloc(old, size ? size : 1);

    if (!grown)
        out_of_memory();
    return grown;
}

void *arena_alloc(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ArenaBlock *block = arena->last;
    if (!block || block->size - block->used < size) {
        size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block = arena_realloc_or_exit(NULL, header_size + room);
        block->before = arena->last;
        block->used = 0;
        block->size = room;
        arena->last = block;
    }
    char *piece = (char *)block + header_size + block->used;
    block->used += size;
    return memset(piece, 0, size);
}

char *arena_strndup(Arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);

    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(Arena *arena, const char *text)
{
    return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_alloc(arena, (size_t)(length < 0 ? 0 : length) + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)(length < 0 ? 0 : length) + 1, format, arguments);
    va_end(arguments);
    return text;
}

char *arena_join(Arena *arena, const char *first, ...)
{
    va_list texts;
    size_t length = 0;

    va_start(texts, first);
    for (const char *text = first; text; text = va_arg(texts, const char *))
        length += strlen(text);
    va_end(texts);
    char *ret = arena_alloc(arena, length + 1), *end = ret;
    va_start(texts, first);
    for (const char *text = first; text; text = va_arg(texts, const char *)) {
        size_t size = strlen(text);
        memcpy(end, text, size);
        end += size;
    }
    va_end(texts);
    return ret;
}

void arena_free(Arena *arena)
{
    while (arena->last) {
        ArenaBlock *before = arena->last->before;
        free(arena->last);
        arena->last = before;
    }
}

void arena_clear(Arena *arena)
{
    ArenaBlock *kept = arena->last;

    if (!kept || kept->size != BLOCK_SIZE) {
        arena_free(arena);
        return;
    }
    arena->last = kept->before;
    arena_free(arena);
    kept->before = NULL;
    kept->used = 0;
    arena->last = kept;
}

/* ---- images ---- */

typedef struct Saved {
    char *bytes; /* where they are in the arena */
    size_t size;
} Saved;

struct ArenaImage {
    Saved *blocks;
    size_t count;
    char *copy; /* of all of them, one behind the other */
};

size_t arena_size(const Arena *arena)
{
    size_t size = 0;

    for (const ArenaBlock *block = arena->last; block; block = block->before)
        size += block->used;
    return size;
}

ArenaImage *arena_save(const Arena *arena)
{
    ArenaImage *image = arena_realloc_or_exit(NULL, sizeof *image);
    char *to = arena_realloc_or_exit(NULL, arena_size(arena));
    size_t blocks = 0;

    for (const ArenaBlock *block = arena->last; block; block = block->before)
        blocks++;
    *image = (ArenaImage){.copy = to};
    image->blocks = arena_realloc_or_exit(NULL, blocks * sizeof *image->blocks);
    for (ArenaBlock *block = arena->last; block; block = block->before) {
        char *bytes = (char *)block + header_size;

        image->blocks[image->count++] = (Saved){bytes, block->used};
        memcpy(to, bytes, block->used);
        to += block->used;
    }
    return image;
}

void arena_restore(const ArenaImage *image)
{
    const char *from = image->copy;

    for (size_t i = 0; i < image->count; i++) {
        memcpy(image->blocks[i].bytes, from, image->blocks[i].size);
        from += image->blocks[i].size;
    }
}

void arena_image_free(ArenaImage **image)
{
    if (*image) {
        free((*image)->blocks);
        free((*image)->copy);
    }
    free(*image);
    *image = NULL;
}
