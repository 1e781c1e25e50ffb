#include "types/jsdoc.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "types/unicode.h"

static const char blanks[] = " \t\v\f\r";

/* Line separators, controls, and what turns the direction. */
static bool is_hostile(unsigned code)
{
    return (code < 0x20 && code != '\t') || (code >= 0x7F && code < 0xA0) || code == 0x61C ||
           code == 0x200E || code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

static void put_code(Buffer *out, unsigned code)
{
    char text[sizeof "\\u10ffff"];

    snprintf(text, sizeof text, "\\u%04x", code);
    buffer_text(out, text);
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static void put_text(Buffer *out, const char *text, size_t length)
{
    const char *end = text + length;

    for (const char *at = text, *next = at; at < end; at = next) {
        unsigned code = (unsigned char)*at;

        if (code < 0x80)
            next = at + 1;
        else
            code = unicode_next(&next);
        if (is_hostile(code))
            put_code(out, code);
        else if (code == '@' && (at == text || !is_word(at[-1])))
            buffer_text(out, "\\@");
        else if (code == '/' && at > text && at[-1] == '*')
            buffer_text(out, "\\/");
        else
            buffer_add(out, at, (size_t)(next - at));
    }
}

/* The line at text without blanks behind it; *next is the one after it, or NULL. */
static size_t line_length(const char *text, const char **next)
{
    size_t length = strcspn(text, "\r\n");

    *next = text[length] ? text + length + (strncmp(text + length, "\r\n", 2) == 0 ? 2 : 1) : NULL;
    while (length && strchr(blanks, text[length - 1]))
        length--;
    return length;
}

void jsdoc_put(Buffer *out, size_t indent, const char *comment)
{
    const char *next = NULL;

    if (!comment)
        return;
    while (*comment == '\n' || (*comment && strchr(blanks, *comment)))
        comment++;
    if (!*comment)
        return;
    size_t length = line_length(comment, &next);

    if (!next || !next[strspn(next, " \t\v\f\r\n")]) {
        buffer_blanks(out, indent);
        buffer_text(out, "/** ");
        put_text(out, comment, length);
        buffer_text(out, " */\n");
        return;
    }
    buffer_blanks(out, indent);
    buffer_text(out, "/**\n");
    for (const char *line = comment; line && line[strspn(line, " \t\v\f\r\n")]; line = next) {
        length = line_length(line, &next);
        buffer_blanks(out, indent);
        buffer_text(out, length ? " * " : " *");
        put_text(out, line, length);
        buffer_char(out, '\n');
    }
    buffer_blanks(out, indent);
    buffer_text(out, " */\n");
}
