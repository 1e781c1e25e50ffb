#include "config/jsonc.h"

#include <stdbool.h>
#include <string.h>

#include "json/jx.h"

static void place_of(const char *text, const char *at, int *ret_line, int *ret_column)
{
    int line = 1, column = 1;

    for (; text < at; text++) {
        if (*text == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)*text & 0xc0) != 0x80) {
            column++;
        }
    }
    *ret_line = line;
    *ret_column = column;
}

/* The end of the comment that starts at text[start], or 0 when it has none. */
static size_t comment_end(const char *text, size_t length, size_t start)
{
    if (text[start + 1] == '/') {
        const char *end = memchr(text + start, '\n', length - start);
        return end ? (size_t)(end - text) : length;
    }
    for (size_t i = start + 2; i + 1 < length; i++)
        if (text[i] == '*' && text[i + 1] == '/')
            return i + 2;
    return 0;
}

/* Puts blanks for a comment, one for each character: continuation bytes of UTF-8 count for none. */
static size_t comment_blank(char *out, const char *comment, size_t length)
{
    size_t used = 0;

    for (size_t i = 0; i < length; i++)
        if (((unsigned char)comment[i] & 0xc0) != 0x80)
            out[used++] = comment[i] == '\n' ? '\n' : ' ';
    return used;
}

/* Behind the string whose opening quote is text[start]; length when it is not closed. */
static size_t string_end(const char *text, size_t length, size_t start)
{
    for (size_t i = start + 1; i < length; i++) {
        if (text[i] == '\\')
            i++;
        else if (text[i] == '"')
            return i + 1;
    }
    return length;
}

/* Rewrites text in place; what is written never overtakes what is read. */
static bool comments_blank(char *text, size_t *length, const char *name, Err *err)
{
    char before = '\0',
         last = '\0'; /* the last two characters that are neither blank nor comment */
    size_t comma = 0, in = 0, out = 0;

    if (*length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        in = 3;
    while (in < *length) {
        char c = text[in];
        size_t end = in + 1;
        if (c == '/' && end < *length && (text[end] == '/' || text[end] == '*')) {
            end = comment_end(text, *length, in);
            if (end == 0) {
                int line = 0, column = 0;
                place_of(text, text + out, &line, &column);
                return err_set(err, EXIT_CONFIG, "'%s':%d:%d: the comment has no end", name, line,
                               column);
            }
            out += comment_blank(text + out, text + in, end - in);
            in = end;
            continue;
        }
        if (!memchr(" \t\r\n", c, 4)) {
            if ((c == '}' || c == ']') && last == ',' && !memchr("{[,:", before, 4))
                text[comma] = ' ';
            if (c == ',')
                comma = out;
            before = last;
            last = c;
            if (c == '"')
                end = string_end(text, *length, in);
        }
        memmove(text + out, text + in, end - in);
        out += end - in;
        in = end;
    }
    text[out] = '\0';
    *length = out;
    return true;
}

/* jansson ends a message with "near '...'", the token it stopped at. A key that stands twice is
 * worth showing; anything else may be a value. */
static void message_clean(Err *err)
{
    char *near = strstr(err->msg, " near '");

    if (near && !strstr(err->msg, ": duplicate object key near '"))
        *near = '\0';
}

json_t *jsonc_parse(char *text, size_t length, const char *name, Err *err)
{
    if (!comments_blank(text, &length, name, err))
        return NULL;
    json_t *document = jx_parse(text, length, name, err);
    if (!document) {
        message_clean(err);
        err->code = EXIT_CONFIG;
    }
    return document;
}

/* From here on the text is known to be JSON. */

static const char *skip_space(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

static const char *skip_string(const char *at)
{
    return at + string_end(at, strlen(at), 0);
}

static const char *skip_value(const char *at)
{
    int depth = 0;

    do {
        at = skip_space(at);
        if (*at == '"') {
            at = skip_string(at);
        } else if (*at == '{' || *at == '[') {
            depth++;
            at++;
        } else if (*at == '}' || *at == ']') {
            depth--;
            at++;
        } else if (*at == ',' || *at == ':') {
            at++;
        } else {
            at += strcspn(at, ",:{}[]\" \t\r\n");
        }
    } while (depth > 0 && *at);
    return at;
}

/* Over a member's key and colon, to its value. */
static const char *skip_key(const char *at)
{
    return skip_space(skip_space(skip_string(at)) + 1);
}

/* Where place begins; its value's beginning in *ret_value. */
static const char *find(const char *text, const JsoncPlace *place, const char **ret_value)
{
    const char *at = skip_space(text);

    *ret_value = at;
    if (!place)
        return at;
    find(text, place->up, &at);
    bool members = *at == '{';
    at = skip_space(at + 1);
    for (size_t i = 0; i < place->index; i++) {
        at = skip_space(skip_value(members ? skip_key(at) : at));
        at = skip_space(at + (*at == ','));
    }
    *ret_value = members ? skip_key(at) : at;
    return at;
}

void jsonc_locate(const char *text, const JsoncPlace *place, int *ret_line, int *ret_column)
{
    const char *value = NULL;

    place_of(text, find(text, place, &value), ret_line, ret_column);
}
