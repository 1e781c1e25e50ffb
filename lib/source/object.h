/* Rows of the catalogs as lines of the document: the object, and its line in the lineage. */
#ifndef SOURCE_OBJECT_H
#define SOURCE_OBJECT_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/err.h"
#include "source/reading.h"

/* Once everything is read. */
bool object_prepare(Reading *reading, Err *err);

/* Writes row index of the kind's statement as an object to out, and its lineage, without newlines,
 * to lineage (NULL: not asked for; nothing when it has no physical identity). stamp: of its
 * relation, or NULL. What is in the arena behind it is of no use any more. EXIT_TEMPFAIL when the
 * parts do not fit: the schema changed while it was read. */
bool object_put(const Reading *reading, KindId kind, size_t index, const char *stamp, Arena *arena,
                Buffer *out, Buffer *lineage, Err *err);

/* The objects of the kind's statement, in ascending order of their ids. */
size_t object_count(const Reading *reading, KindId kind);
/* The id of row index, in the arena. NULL with err filled when it cannot be read. */
const char *object_id(const Reading *reading, KindId kind, size_t index, uint32_t *ret_oid,
                      Arena *arena, Err *err);
#endif
