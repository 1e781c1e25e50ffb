#include "types/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

typedef struct Line {
    const char *place; /* of the objects around it */
    const char *text;
    size_t number;
} Line;

typedef struct Lines {
    size_t count;
    Line *items;   /* in the order of the file */
    Line **sorted; /* by place and text */
} Lines;

enum { DEPTH_MAX = 16, STEP = 2 };

static int by_place(const void *a, const void *b)
{
    const Line *one = *(Line *const *)a;
    const Line *two = *(Line *const *)b;
    int order = strcmp(one->place, two->place);

    if (!order)
        order = strcmp(one->text, two->text);
    return order ? order : (one->number > two->number) - (one->number < two->number);
}

/* "Row: {" opens "Row"; other openings have no name. */
static const char *opened_name(Arena *arena, const char *text)
{
    size_t length = strcspn(text, "{[(|<=");

    while (length && strchr(": ", text[length - 1]))
        length--;
    return arena_strndup(arena, text, length);
}

static Lines lines_of(Arena *arena, const char *text)
{
    Lines lines = {0};
    size_t room = 2;
    const char *places[DEPTH_MAX + 1] = {""};

    for (const char *at = text; *at; at++)
        room += *at == '\n';
    lines.items = arena_alloc(arena, room * sizeof *lines.items);
    lines.sorted = arena_alloc(arena, room * sizeof(Line *));
    while (*text) {
        size_t length = strcspn(text, "\n");
        size_t indent = strspn(text, " ");
        size_t depth = indent / STEP < DEPTH_MAX ? indent / STEP : DEPTH_MAX;
        Line *line = &lines.items[lines.count];

        line->text = arena_strndup(arena, text + indent, length > indent ? length - indent : 0);
        for (size_t i = 1; i <= depth; i++) {
            if (!places[i])
                places[i] = places[i - 1];
        }
        line->place = places[depth];
        line->number = lines.count;
        if (depth < DEPTH_MAX && length > indent) {
            const char *name = opened_name(arena, line->text);

            places[depth + 1] =
                depth == 0 ? ""
                : *name ? arena_printf(arena, "%s%s%s", line->place, *line->place ? "." : "", name)
                        : line->place;
        }
        lines.sorted[lines.count] = line;
        lines.count++;
        text += length + (text[length] == '\n');
    }
    qsort(lines.sorted, lines.count, sizeof(Line *), by_place);
    return lines;
}

static void put_line(FILE *out, char sign, const Line *line)
{
    fprintf(out, "%c ", sign);
    text_print_safe(out, line->place);
    fputs(*line->place ? ": " : "", out);
    text_print_safe(out, line->text);
    fputc('\n', out);
}

bool compare_texts(const char *old_text, const char *new_text, size_t most, FILE *out)
{
    CLEANUP(arena_free) Arena arena = {0};
    size_t found = 0;

    if (strcmp(old_text, new_text) == 0)
        return true;
    Lines old_lines = lines_of(&arena, old_text), new_lines = lines_of(&arena, new_text);

    for (size_t i = 0, j = 0; i < old_lines.count || j < new_lines.count;) {
        int order = 0;

        if (i == old_lines.count || j == new_lines.count) {
            order = i == old_lines.count ? 1 : -1;
        } else {
            const Line *one = old_lines.sorted[i], *two = new_lines.sorted[j];

            order = strcmp(one->place, two->place);
            order = order ? order : strcmp(one->text, two->text);
        }
        if (order && found++ < most)
            put_line(out, order < 0 ? '-' : '+',
                     order < 0 ? old_lines.sorted[i] : new_lines.sorted[j]);
        i += order <= 0;
        j += order >= 0;
    }
    if (found > most)
        fprintf(out, "... and %zu more\n", found - most);
    if (!found)
        fputs("the same lines in another order, or another ending\n", out);
    return false;
}
