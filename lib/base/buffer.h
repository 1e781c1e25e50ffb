/* Bytes that grow, for text that is put together from many small pieces: a stream in memory locks
 * and checks at every one. Never fails: no memory ends the process as base/arena.h says. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stddef.h>
#include <stdint.h>

typedef struct Buffer {
    char *bytes; /* a NUL behind them once there are any; of the buffer */
    size_t length;
    size_t room;
} Buffer; /* {0} is empty */

void buffer_add(Buffer *buffer, const void *bytes, size_t length);
void buffer_text(Buffer *buffer, const char *text);
void buffer_char(Buffer *buffer, char c);
/* That many of them. */
void buffer_blanks(Buffer *buffer, size_t count);
void buffer_number(Buffer *buffer, int64_t number);
/* Empty, for the next text; bytes is "" then. */
void buffer_clear(Buffer *buffer);
void buffer_free(Buffer *buffer);

#endif
