/* The content store of a set: objects/<sha256>.zst, each the zstd form (RFC 8878) of bytes whose
 * SHA-256 is its name, so that equal contents are stored once and zstdcat reads them without us. */
#ifndef BACKUP_OBJECT_H
#define BACKUP_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
    OBJECT_MAX_BYTES = 256 << 20, /* larger contents are refused */
    OBJECT_NAME_SIZE = 64 + 4 + 1 /* digits, ".zst", NUL */
};

void object_name(const char *sha256, char ret[OBJECT_NAME_SIZE]);
/* Whether name is one this module gives. */
bool object_is_name(const char *name);
/* Whether name is what a killed object_write may leave. */
bool object_is_temporary(const char *name);
/* Stores bytes under their hash in the directory; one that is there and whole is left alone. */
bool object_write(int directory, const char *sha256, const void *bytes, size_t length, Err *err);
/* The bytes (malloc, a NUL behind them); size is what they must be. Not there, damaged, or of
 * another size or hash: EXIT_DATA. */
bool object_read(int directory, const char *sha256, size_t size, char **ret_bytes, Err *err);

#endif
