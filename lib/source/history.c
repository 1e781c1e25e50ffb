#include "source/history.h"

#include <string.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/text.h"

void history_add(json_t *history, const char *name, const char *bytes, size_t length)
{
    CLEANUP(arena_free) Arena arena = {0};
    char hex[DIGEST_HEX_SIZE];
    char *shown = arena_strdup(&arena, name);

    if (!text_is_utf8(shown, strlen(shown)))
        for (char *c = shown; *c; c++)
            *c = (unsigned char)*c < 0x80 ? *c : '?';
    digest_hex(bytes, length, hex);
    json_array_append_new(history, json_sprintf("%s %.*s", shown, HISTORY_HASH_LENGTH, hex));
}
