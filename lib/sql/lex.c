#include "sql/lex.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

bool lex_is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

bool lex_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

size_t lex_line_end(const char *text, size_t length, size_t at)
{
    while (at < length && text[at] != '\n' && text[at] != '\r')
        at++;
    return at;
}

static size_t skip_string(const char *text, size_t length, size_t at, bool *ret_open)
{
    char c = text[at];
    bool escapes = c == '\'' && at > 0 && (text[at - 1] == 'E' || text[at - 1] == 'e') &&
                   (at < 2 || !lex_is_word(text[at - 2]));

    for (at++; at < length; at++) {
        if ((escapes && text[at] == '\\') ||
            (text[at] == c && at + 1 < length && text[at + 1] == c)) /* doubled: one in it */
            at++;
        else if (text[at] == c)
            break;
    }
    *ret_open = at >= length;
    return at < length ? at + 1 : length;
}

size_t lex_skip_string(const char *text, size_t length, size_t at)
{
    bool open = false;

    return skip_string(text, length, at, &open);
}

static size_t skip_comment(const char *text, size_t length, size_t at, bool *ret_open)
{
    size_t depth = 0;

    do {
        if (at + 1 < length && text[at] == '/' && text[at + 1] == '*')
            depth++, at++;
        else if (at + 1 < length && text[at] == '*' && text[at + 1] == '/')
            depth--, at++;
        at++;
    } while (depth && at < length);
    *ret_open = depth > 0;
    return at < length ? at : length;
}

static size_t skip_dollar(const char *text, size_t length, size_t at, bool *ret_open)
{
    size_t tag = at + 1;

    if (at > 0 && lex_is_word(text[at - 1]))
        return at;
    while (tag < length && lex_is_word(text[tag]))
        tag++;
    if (tag < length && text[tag] == '$' && !isdigit((unsigned char)text[at + 1])) {
        size_t size = tag + 1 - at;
        const char *next = text + tag + 1, *end = text + length;

        while ((next = memchr(next, '$', (size_t)(end - next)))) {
            if ((size_t)(end - next) < size)
                break;
            if (memcmp(next, text + at, size) == 0)
                return (size_t)(next - text) + size;
            next++;
        }
        *ret_open = true;
        return length;
    }
    return at;
}

static size_t skip(const char *text, size_t length, size_t at, bool *ret_open)
{
    char c = text[at];
    char next = at + 1 < length ? text[at + 1] : '\0';

    *ret_open = false;
    if (c == '\'' || c == '"')
        return skip_string(text, length, at, ret_open);
    if (c == '-' && next == '-')
        return lex_line_end(text, length, at);
    if (c == '/' && next == '*')
        return skip_comment(text, length, at, ret_open);
    return c == '$' ? skip_dollar(text, length, at, ret_open) : at;
}

size_t lex_skip(const char *text, size_t length, size_t at)
{
    bool open = false;

    return skip(text, length, at, &open);
}

bool lex_is_open(const char *text, size_t length, size_t at)
{
    bool open = false;

    skip(text, length, at, &open);
    return open;
}

size_t lex_code(const char *text, size_t length, size_t at)
{
    while (at < length) {
        bool comment = text[at] == '-' || text[at] == '/';
        size_t next = comment ? lex_skip(text, length, at) : at;

        if (next > at)
            at = next;
        else if (lex_is_blank(text[at]) || text[at] == ';')
            at++;
        else
            break;
    }
    return at;
}

static bool is_text(const char *text, size_t size, const char *wanted)
{
    return strlen(wanted) == size && strncasecmp(text, wanted, size) == 0;
}

size_t lex_end(const char *text, size_t length, size_t at)
{
    size_t brackets = 0;
    size_t blocks = 0; /* open BEGIN ATOMIC and, in it, CASE */
    bool begun = false;

    while (at < length) {
        size_t next = lex_skip(text, length, at);

        if (next > at) {
            at = next;
        } else if (lex_is_word(text[at])) {
            while (next < length && lex_is_word(text[next]))
                next++;
            if (begun && is_text(text + at, next - at, "atomic"))
                blocks++;
            else if (blocks && is_text(text + at, next - at, "case"))
                blocks++;
            else if (blocks && is_text(text + at, next - at, "end"))
                blocks--;
            begun = is_text(text + at, next - at, "begin");
            at = next;
        } else {
            if (text[at] == '(')
                brackets++;
            else if (text[at] == ')')
                brackets -= brackets > 0;
            else if (text[at] == ';' && !brackets && !blocks)
                return at + 1;
            at++;
        }
    }
    return length;
}

size_t lex_name_end(const char *text, size_t length, size_t at)
{
    if (text[at] == '"')
        return lex_skip_string(text, length, at);
    while (at < length && lex_is_word(text[at]))
        at++;
    return at;
}
