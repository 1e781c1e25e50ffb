#include "docs/stale.h"

#include <string.h>

#include "base/text.h"

static size_t line_length(const char *text)
{
    size_t length = strcspn(text, "\n");

    return length + (text[length] == '\n');
}

static void put_line(FILE *out, const char *before, const char *line, size_t length)
{
    enum { SHOWN_MAX = 200 };
    char shown[SHOWN_MAX + 1];

    if (length && line[length - 1] == '\n')
        length--;
    if (length > SHOWN_MAX)
        length = text_cut(line, SHOWN_MAX);
    memcpy(shown, line, length);
    shown[length] = '\0';
    fputs(before, out);
    text_print_safe(out, shown);
    fputc('\n', out);
}

static void put_lines(FILE *out, const char *before, const char *text, const char *end, size_t most)
{
    for (size_t i = 0; text < end && i < most; i++) {
        put_line(out, before, text, line_length(text));
        text += line_length(text);
    }
    size_t left = 0;

    for (; text < end; text += line_length(text))
        left++;
    if (left)
        fprintf(out, "%s... and %zu more lines\n", before, left);
}

bool stale_compare(const char *old_text, const char *new_text, size_t most, FILE *out)
{
    const char *heading = NULL;
    const char *old_end = old_text + strlen(old_text), *new_end = new_text + strlen(new_text);

    if (strcmp(old_text, new_text) == 0)
        return true;
    while (*old_text && *new_text) {
        size_t length = line_length(old_text);

        if (length != line_length(new_text) || memcmp(old_text, new_text, length) != 0)
            break;
        if (*new_text == '#')
            heading = new_text;
        old_text += length;
        new_text += length;
    }
    /* Back from the ends, by whole lines. */
    while (old_end > old_text && new_end > new_text) {
        const char *one = old_end - 1, *two = new_end - 1;

        while (one > old_text && one[-1] != '\n')
            one--;
        while (two > new_text && two[-1] != '\n')
            two--;
        if (old_end - one != new_end - two || memcmp(one, two, (size_t)(old_end - one)) != 0)
            break;
        old_end = one;
        new_end = two;
    }
    if (heading)
        put_line(out, "  ", heading, line_length(heading));
    put_lines(out, "- ", old_text, old_end, most);
    put_lines(out, "+ ", new_text, new_end, most);
    return false;
}
