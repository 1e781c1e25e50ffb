/* Which files a document was made from: meta.history, an array with one "NAME HASH" for each file
 * in the order in which they ran; HASH is the first 16 hexadecimal digits of the SHA-256 of what
 * is run of it. So who compares two such documents can name the file that was added, edited or
 * removed. */
#ifndef SOURCE_HISTORY_H
#define SOURCE_HISTORY_H

#include <jansson.h>
#include <stddef.h>

enum { HISTORY_HASH_LENGTH = 16 };

/* Adds one file. A name that is not UTF-8 has question marks where it is not ASCII. */
void history_add(json_t *history, const char *name, const char *bytes, size_t length);

#endif
