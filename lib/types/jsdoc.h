/* COMMENTs as JSDoc blocks. A comment is text and nothing else: it cannot end the block, makes no
 * tags (an @ that would begin one is written \@, which is shown as @), and has no characters that
 * move the cursor or turn the direction of the text (those are written as \uXXXX). */
#ifndef TYPES_JSDOC_H
#define TYPES_JSDOC_H

#include <stddef.h>

#include "base/buffer.h"

/* A block of its own lines, indented; nothing for NULL or a comment of blanks. */
void jsdoc_put(Buffer *out, size_t indent, const char *comment);

#endif
