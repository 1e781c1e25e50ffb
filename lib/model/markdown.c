#include "model/markdown.h"

#include <ctype.h>
#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD";
static const char line_sign[] = "\xE2\x8F\x8E";

/* U+202A to U+202E, U+2066 to U+2069, U+200E, U+200F, U+061C: they reorder what is read. U+2028 and
 * U+2029 end lines. */
static bool is_override(const unsigned char *at)
{
    if (at[0] == 0xD8)
        return at[1] == 0x9C;
    if (at[0] != 0xE2)
        return false;
    return (at[1] == 0x80 &&
            ((at[2] >= 0xA8 && at[2] <= 0xAE) || at[2] == 0x8E || at[2] == 0x8F)) ||
           (at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9);
}

size_t markdown_character(const char *text, const char **ret_shown, size_t *ret_length)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t length = 1;

    while (at[0] >= 0xC0 && (at[length] & 0xC0) == 0x80)
        length++;
    bool control = *at < ' ' || *at == 0x7F || (at[0] == 0xC2 && at[1] < 0xA0) || is_override(at);

    *ret_shown = control ? (*at == '\n' ? line_sign : *at == '\t' ? " " : replacement) : text;
    *ret_length = control ? strlen(*ret_shown) : length;
    return length;
}

static bool is_word(char character)
{
    return isalnum((unsigned char)character) || (unsigned char)character >= 0x80;
}

/* Whether the text can stand between backticks: a bar would end a cell, a backslash before it makes
 * renderers differ, and what looks like a tag is not left to them. */
static bool is_plain(const char *text)
{
    for (const char *at = text; *at; at++) {
        if (strchr("`|\\\n\r\t\v\f", *at) ||
            (*at == '<' && (isalpha((unsigned char)at[1]) || (at[1] && strchr("/!?", at[1])))))
            return false;
    }
    return *text != ' ' && (!*text || text[strlen(text) - 1] != ' ');
}

void markdown_code(FILE *out, const char *text)
{
    bool plain = is_plain(text);
    const char *shown = NULL;
    size_t length = 0;

    if (!*text)
        return;
    fputs(plain ? "`" : "<code>", out);
    for (char before = ' '; *text; before = *shown) {
        text += markdown_character(text, &shown, &length);
        bool inside = *shown == '_' && is_word(before) && is_word(*text);

        if (!plain && length == 1 && strchr("`|\\<>&*_[]~$:@#!", *shown) && !inside)
            fprintf(out, "&#%d;", *shown);
        else
            fwrite(shown, 1, length, out);
    }
    fputs(plain ? "`" : "</code>", out);
}

/* What would begin a heading, list, rule or quotation where a paragraph begins. */
static bool begins_block(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return strchr("#+-=", *text) != NULL || (digits && strchr(".)", text[digits]) && text[digits]);
}

void markdown_text(FILE *out, const char *text)
{
    const char *start = text;
    const char *shown = NULL;
    size_t length = 0;

    if (*text && begins_block(text)) {
        size_t digits = strspn(text, "0123456789");

        fprintf(out, "%.*s\\%c", (int)digits, text, text[digits]);
        text += digits + 1;
    }
    while (*text) {
        const char *here = text;
        char before = here > start ? here[-1] : ' ';

        text += markdown_character(text, &shown, &length);
        if (*here == '\n')
            fputs("<br>", out);
        else if (*here == '\r' && *text == '\n')
            continue;
        else if (*here == '<' || *here == '>' || *here == '&' || *here == '|')
            fprintf(out, "&#%d;", *here);
        else if (*here == '_' && is_word(before) && is_word(*text))
            fputc('_', out);
        else if (strchr("\\`*_[]~$", *here))
            fprintf(out, "\\%c", *here);
        else
            fwrite(shown, 1, length, out);
    }
}

void markdown_paragraph(FILE *out, const char *comment)
{
    if (comment) {
        markdown_text(out, comment);
        fputs("\n\n", out);
    }
}

void markdown_fence(FILE *out, const char *language, const char *text)
{
    size_t longest = 2, run = 0;
    const char *shown = NULL;
    size_t length = 0;

    for (const char *at = text; *at; at++) {
        run = *at == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; i++)
        fputc('`', out);
    fprintf(out, "%s\n", language);
    while (*text) {
        if (*text == '\n' || *text == '\t') {
            fputc(*text++, out);
            continue;
        }
        text += markdown_character(text, &shown, &length);
        fwrite(shown, 1, length, out);
    }
    fputc('\n', out);
    for (size_t i = 0; i <= longest; i++)
        fputc('`', out);
    fputc('\n', out);
}

void markdown_anchor(FILE *out, const char *kind, const char *text)
{
    fprintf(out, "%s-", kind);
    for (; *text; text++) {
        if (isalnum((unsigned char)*text) || *text == '_')
            fputc(*text, out);
        else if (*text == '.')
            fputc('-', out);
        else
            fprintf(out, ".%02x", (unsigned char)*text);
    }
}

void markdown_target(FILE *out, const char *kind, const char *text)
{
    fputs("<a id=\"", out);
    markdown_anchor(out, kind, text);
    fputs("\"></a>\n", out);
}
