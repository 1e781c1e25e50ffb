/* Where a written page differs from what it should be, in a few lines. */
#ifndef DOCS_STALE_H
#define DOCS_STALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Writes the nearest heading and at most most lines of each text ("- " and "+ ") from the first
 * difference to the last. True when there is none; nothing is written then. */
bool stale_compare(const char *old_text, const char *new_text, size_t most, FILE *out);

#endif
