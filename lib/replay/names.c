#include "replay/names.h"

#include <string.h>

#include "base/text.h"
#include "model/ident.h"

const char *names_quote(Arena *arena, const char *name)
{
    return ident_quote(arena, name);
}

const char *names_qualified(Arena *arena, const char *schema, const char *name)
{
    if (!schema)
        return names_quote(arena, name);
    return arena_printf(arena, "%s.%s", names_quote(arena, schema), names_quote(arena, name));
}

const char *names_tablespace(const char *name)
{
    return name && *name && strcmp(name, "pg_default") != 0 ? name : NULL;
}

const char *names_literal(Arena *arena, const char *text)
{
    char *result = arena_alloc(arena, 2 * strlen(text) + 3);
    char *to = result;

    *to++ = '\'';
    for (; *text; text++) {
        if (*text == '\'')
            *to++ = *text;
        *to++ = *text;
    }
    *to = '\'';
    return result;
}

const char *names_make(Arena *arena, const char *first, const char *second, const char *label)
{
    size_t first_length = strlen(first);
    size_t second_length = second ? strlen(second) : 0;
    size_t overhead = (second ? 1 : 0) + (label ? strlen(label) + 1 : 0);
    size_t room = overhead < NAMES_LENGTH_MAX ? NAMES_LENGTH_MAX - overhead : 0;

    while (first_length + second_length > room) {
        if (first_length > second_length)
            first_length--;
        else
            second_length--;
    }
    first_length = text_cut(first, first_length);
    second_length = second ? text_cut(second, second_length) : 0;
    return arena_printf(arena, "%.*s%s%.*s%s%s", (int)first_length, first, second ? "_" : "",
                        (int)second_length, second ? second : "", label ? "_" : "",
                        label ? label : "");
}

const char *names_cut(Arena *arena, const char *name)
{
    return strlen(name) <= NAMES_LENGTH_MAX
               ? name
               : arena_strndup(arena, name, text_cut(name, NAMES_LENGTH_MAX));
}

const char *names_read(Arena *arena, const char **at, const char *ends)
{
    static const char blank[] = " \t\n\r\f";
    const char *from = *at + strspn(*at, blank);
    char *name = arena_alloc(arena, strlen(from) + 1), *to = name;

    if (*from == '"') {
        for (from++; *from && (*from != '"' || from[1] == '"'); from++) {
            from += *from == '"';
            *to++ = *from;
        }
        from += *from == '"';
        from += strspn(from, blank);
    } else {
        for (; *from && !strchr(ends, *from); from++)
            *to++ = (char)(*from >= 'A' && *from <= 'Z' ? *from - 'A' + 'a' : *from);
        while (to > name && strchr(blank, to[-1]))
            to--;
    }
    *to = '\0';
    *at = from;
    return names_cut(arena, name);
}
