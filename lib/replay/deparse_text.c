#include <string.h>

#include "replay/deparse_parts.h"
#include "replay/names.h"
#include "replay/types.h"

void deparse_bytes(Text *text, const char *bytes, size_t length)
{
    if (text->length + length + 1 > text->capacity) {
        size_t capacity = 2 * text->capacity + length + 64;
        char *larger = arena_alloc(text->arena, capacity);

        if (text->length)
            memcpy(larger, text->bytes, text->length);
        text->bytes = larger;
        text->capacity = capacity;
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void deparse_put(Deparse *deparse, const char *string)
{
    deparse_bytes(deparse->text, string, strlen(string));
}

void deparse_name(Deparse *deparse, const char *name)
{
    deparse_put(deparse, names_quote(deparse->arena, name));
}

void deparse_type(Deparse *deparse, TypeRef type)
{
    deparse_put(deparse, types_format(deparse->catalog, type));
}

void deparse_cut_blanks(Text *text)
{
    while (text->length && text->bytes[text->length - 1] == ' ')
        text->bytes[--text->length] = '\0';
}

/* appendContextKeyword() */
void deparse_keyword(Deparse *deparse, const char *word, int before, int after, int plus)
{
    int amount;

    if (deparse->one_line) {
        deparse_put(deparse, word);
        return;
    }
    deparse->indent += before;
    deparse_cut_blanks(deparse->text);
    deparse_put(deparse, "\n");
    if (deparse->indent < INDENT_LIMIT)
        amount = (deparse->indent > 0 ? deparse->indent : 0) + plus;
    else
        amount =
            (INDENT_LIMIT + (deparse->indent - INDENT_LIMIT) / (INDENT / 2)) % INDENT_LIMIT + plus;
    for (int i = 0; i < amount; i++)
        deparse_put(deparse, " ");
    deparse_put(deparse, word);
    deparse->indent += after;
    if (deparse->indent < 0)
        deparse->indent = 0;
}

/* A part made aside, as the server measures it before it goes in. */
Text *deparse_aside(Deparse *deparse, Text *aside)
{
    Text *saved = deparse->text;

    deparse->text = aside;
    return saved;
}
