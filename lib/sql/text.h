/* A SQL file as UTF-8 text.
 *
 * Bytes that are no UTF-8 are read as Windows-1252, which is Latin-1 with letters where that has
 * control characters, and the first of them is told; what is UTF-8 in the same file stays. Refused
 * is what is no text: NUL bytes, UTF-16, compressed files, archives of pg_dump, our own snapshots.
 * Source of the code page: WindowsBestFit/bestfit1252.txt of unicode.org. */
#ifndef SQL_TEXT_H
#define SQL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

typedef struct SqlText {
    char *text; /* NUL behind it */
    size_t length;
    bool latin;        /* some of it was no UTF-8 */
    size_t latin_line; /* then: the first such byte */
    unsigned char latin_byte;
} SqlText;

/* Does not wait for what is no regular file. name is for messages. A file that is gone is
 * EXIT_TEMPFAIL, one that may not be read EXIT_DENIED, what is no SQL or too large EXIT_DATA. */
bool sql_text_read(const char *path, const char *name, SqlText *ret, Err *err);
/* Fits CLEANUP. */
void sql_text_close(SqlText *text);

#endif
