#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void buffer_add(Buffer *buffer, const void *bytes, size_t length)
{
    if (length >= buffer->room - buffer->length) {
        buffer->room = (buffer->length + length) * 2 + 256;
        buffer->bytes = arena_realloc_or_exit(buffer->bytes, buffer->room);
    }
    if (length > 0)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_text(Buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void buffer_char(Buffer *buffer, char c)
{
    buffer_add(buffer, &c, 1);
}

void buffer_blanks(Buffer *buffer, size_t count)
{
    static const char blanks[] = "                                ";
    enum { BLANKS = sizeof blanks - 1 };

    for (; count > BLANKS; count -= BLANKS)
        buffer_add(buffer, blanks, BLANKS);
    buffer_add(buffer, blanks, count);
}

void buffer_number(Buffer *buffer, int64_t number)
{
    char digits[20], *start = digits + sizeof digits;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;

    do
        *--start = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        *--start = '-';
    buffer_add(buffer, start, (size_t)(digits + sizeof digits - start));
}

void buffer_clear(Buffer *buffer)
{
    buffer->length = 0;
    buffer_add(buffer, "", 0);
}

void buffer_free(Buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (Buffer){0};
}
