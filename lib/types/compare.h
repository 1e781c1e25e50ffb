/* What differs between two generated files, in a few lines: each line is known by where it stands,
 * "public.Tables.orders.Row", so that moving an object is no difference. */
#ifndef TYPES_COMPARE_H
#define TYPES_COMPARE_H

#include <stdbool.h>
#include <stdio.h>

/* Writes "- place: line" for what only the old text has and "+ place: line" for the new one's, at
 * most most lines and then how many more. True when the texts are the same byte for byte (nothing
 * is written then). */
bool compare_texts(const char *old_text, const char *new_text, size_t most, FILE *out);

#endif
