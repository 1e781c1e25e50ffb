/* A file of types that exists, beside the types that were made now. */
#ifndef TYPES_EXISTING_H
#define TYPES_EXISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "types/merge.h"
#include "types/schemas.h"

/* Whether the file says what fresh does: a file of generated types, in whatever layout and with
 * custom regions; of another language, byte for byte. What differs is written to out. */
bool existing_check(const char *path, Lang lang, const char *fresh, FILE *out, bool *ret_same,
                    Err *err);

/* Whether the file has the lines of a merge: custom regions, the hash. */
bool existing_is_merged(const Merge *file);
/* Reads a file to merge into, or nothing where there is none; *ret_text is from malloc, and what is
 * in ret lasts as long. EXIT_DATA where it is no file of types. */
bool existing_read(const char *path, Arena *arena, char **ret_text, size_t *ret_length, Merge *ret,
                   Err *err);
/* What was edited in the generated part, in a few words, as far as the types of now say it. */
void existing_put_edits(const Merge *file, const char *fresh, FILE *out);

#endif
