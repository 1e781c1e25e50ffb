/* Objects as they stand in the document, a batch at a time: putting them together takes a while
 * when all has been read, so a thread does half of them. */
#ifndef SOURCE_SHOWN_H
#define SOURCE_SHOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "source/attempt.h"

typedef struct Shown {
    Arena arena;
    const char *id; /* in the arena */
    uint32_t oid;
    Buffer text;
    Buffer lineage; /* its line; empty when it has none */
} Shown;

typedef struct ShownBatch ShownBatch;

/* live must outlive it. */
ShownBatch *shown_open(const Live *live);
void shown_close(ShownBatch **batch);
/* The object of the kind with that index, until one of another batch is asked for: cheap when they
 * are asked for one behind the other. NULL: the errors of object_put(). */
const Shown *shown_at(ShownBatch *batch, KindId kind, size_t index, Err *err);

#endif
