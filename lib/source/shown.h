/* Objects as they stand in the document, a batch at a time: putting them together takes a while
 * when all has been read, so a thread does half of them. */
#ifndef SOURCE_SHOWN_H
#define SOURCE_SHOWN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "source/attempt.h"

enum { SHOWN_MAX = 64 };

typedef struct Shown {
    Arena arena;
    const char *id; /* in the arena */
    uint32_t oid;
    Buffer text;
    Buffer lineage; /* its line; empty when it has none */
} Shown;            /* {0}, filled again and again, then shown_free */

/* The objects of the kind from index first on, SHOWN_MAX of them or as many as there are. Errors
 * are those of object_put(). */
bool shown_make(const Live *live, KindId kind, size_t first, Shown ret[SHOWN_MAX], Err *err);
void shown_free(Shown *shown);

#endif
