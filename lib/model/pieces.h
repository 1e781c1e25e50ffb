/* A document that has most of its bytes in common with an older one, which is in memory: what is
 * the older one's is told by its place there, only the rest is kept. */
#ifndef MODEL_PIECES_H
#define MODEL_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/digest.h"

typedef struct Pieces Pieces;

/* old must outlive it, unaltered. Never NULL. */
Pieces *pieces_open(const char *old, size_t length);
void pieces_close(Pieces **pieces);
/* Bytes behind the others. They are known as the older document's when they stand in it, or are
 * alike those that come next there. */
void pieces_add(Pieces *pieces, const char *bytes, size_t length);
/* How many bytes there are. */
size_t pieces_size(const Pieces *pieces);
/* How many bytes from that one on are known as the older one's from that place on. */
size_t pieces_shared(const Pieces *pieces, size_t from, size_t old_from);
/* Adds the bytes of that range to the digest. */
void pieces_digest(const Pieces *pieces, size_t from, size_t until, Digest *digest);
/* False when writing fails: errno. */
bool pieces_write(const Pieces *pieces, FILE *out);

#endif
