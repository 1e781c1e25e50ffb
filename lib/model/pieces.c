#include "model/pieces.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"

typedef struct Piece {
    bool is_old;
    size_t from; /* in the older document, or in what is our own */
    size_t length;
} Piece;

struct Pieces {
    const char *old;
    size_t old_length;
    size_t next; /* there: behind the bytes that were known last */
    Buffer own;
    Piece *list;
    size_t count, room;
    size_t size;
};

Pieces *pieces_open(const char *old, size_t length)
{
    Pieces *pieces = arena_realloc_or_exit(NULL, sizeof *pieces);

    *pieces = (Pieces){.old = old, .old_length = length};
    return pieces;
}

void pieces_close(Pieces **pieces)
{
    if (!*pieces)
        return;
    buffer_free(&(*pieces)->own);
    free((*pieces)->list);
    free(*pieces);
    *pieces = NULL;
}

static bool goes_on(const Piece *last, bool is_old, size_t from)
{
    return last->is_old == is_old && last->from + last->length == from;
}

static void piece_add(Pieces *pieces, bool is_old, size_t from, size_t length)
{
    pieces->size += length;
    if (pieces->count > 0 && goes_on(&pieces->list[pieces->count - 1], is_old, from)) {
        pieces->list[pieces->count - 1].length += length;
        return;
    }
    if (pieces->count == pieces->room) {
        pieces->room = pieces->room * 2 + 16;
        pieces->list = arena_realloc_or_exit(pieces->list, pieces->room * sizeof *pieces->list);
    }
    pieces->list[pieces->count++] = (Piece){is_old, from, length};
}

/* A line that takes the place of the one that comes next: behind that it may go on alike. */
static void pass_line(Pieces *pieces)
{
    const char *at = pieces->old + pieces->next;
    size_t left = pieces->old_length - pieces->next;
    const char *end = pieces->next > 0 && at[-1] == '\n' ? memchr(at, '\n', left) : NULL;

    if (end)
        pieces->next += (size_t)(end - at) - (end > at && end[-1] == ',');
}

void pieces_add(Pieces *pieces, const char *bytes, size_t length)
{
    uintptr_t place = (uintptr_t)bytes - (uintptr_t)pieces->old;
    bool is_within = place < pieces->old_length && length <= pieces->old_length - place;

    if (length == 0)
        return;
    if (is_within || (length <= pieces->old_length - pieces->next &&
                      memcmp(pieces->old + pieces->next, bytes, length) == 0)) {
        size_t from = is_within ? (size_t)place : pieces->next;
        piece_add(pieces, true, from, length);
        pieces->next = from + length;
        return;
    }
    piece_add(pieces, false, pieces->own.length, length);
    buffer_add(&pieces->own, bytes, length);
    if (*bytes == '{')
        pass_line(pieces);
}

size_t pieces_size(const Pieces *pieces)
{
    return pieces->size;
}

static const char *bytes_of(const Pieces *pieces, const Piece *piece)
{
    return (piece->is_old ? pieces->old : pieces->own.bytes) + piece->from;
}

size_t pieces_shared(const Pieces *pieces, size_t from, size_t old_from)
{
    size_t at = 0;

    for (size_t i = 0; i < pieces->count; i++) {
        const Piece *piece = &pieces->list[i];
        if (from < at + piece->length)
            return piece->is_old && piece->from + (from - at) == old_from
                       ? piece->length - (from - at)
                       : 0;
        at += piece->length;
    }
    return 0;
}

void pieces_digest(const Pieces *pieces, size_t from, size_t until, Digest *digest)
{
    size_t at = 0;

    for (size_t i = 0; i < pieces->count && at < until; i++) {
        const Piece *piece = &pieces->list[i];
        size_t first = from > at ? from - at : 0;
        size_t end = until - at < piece->length ? until - at : piece->length;
        if (first < end)
            digest_add(digest, bytes_of(pieces, piece) + first, end - first);
        at += piece->length;
    }
}

bool pieces_write(const Pieces *pieces, FILE *out)
{
    for (size_t i = 0; i < pieces->count; i++) {
        const Piece *piece = &pieces->list[i];
        if (fwrite(bytes_of(pieces, piece), 1, piece->length, out) != piece->length)
            return false;
    }
    return true;
}
