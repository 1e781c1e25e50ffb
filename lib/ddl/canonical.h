/* A schema as SQL for eyes and for comparing: a block for each object with all that makes it, in
 * the order of the snapshot and not in one that could be run. */
#ifndef DDL_CANONICAL_H
#define DDL_CANONICAL_H

#include <jansson.h>

#include "base/arena.h"
#include "model/kind.h"

typedef struct DdlBlock {
    KindId kind;
    const char *key;  /* the object's id; NULL behind the last block */
    const char *text; /* lines, an empty one at the end */
} DdlBlock;

/* In the arena, ascending by ddl_block_compare. */
const DdlBlock *ddl_canonical(Arena *arena, const json_t *snapshot);
/* By kind, then by id. */
int ddl_block_compare(const DdlBlock *a, const DdlBlock *b);

#endif
