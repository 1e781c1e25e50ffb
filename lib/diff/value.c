#include "diff/value.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "json/jx.h"

/* ---- texts ---- */

static void add_item(Buffer *lines, const char *key, const json_t *value)
{
    CLEANUP(cleanup_free) char *json = json_is_string(value) ? NULL : jx_text(value);
    const char *text = json ? json : json_string_value(value);

    if (lines->length > 0)
        buffer_char(lines, '\n');
    if (key) {
        buffer_text(lines, key);
        buffer_text(lines, ": ");
    }
    buffer_text(lines, text ? text : "");
}

static const char *keep(Arena *arena, Buffer *text)
{
    const char *kept = arena_strndup(arena, text->bytes ? text->bytes : "", text->length);

    buffer_free(text);
    return kept;
}

const char *value_lines(Arena *arena, const json_t *value)
{
    Buffer lines = {0};
    const char *key = NULL;
    json_t *item = NULL;
    size_t index = 0;

    if (!value || json_is_string(value))
        return json_string_value(value);
    if (json_array_size(value) < 2 && json_object_size(value) < 2) {
        add_item(&lines, NULL, value);
        return keep(arena, &lines);
    }
    json_array_foreach(value, index, item)
    {
        add_item(&lines, NULL, item);
    }
    json_object_foreach((json_t *)value, key, item)
    {
        add_item(&lines, key, item);
    }
    return keep(arena, &lines);
}

const char *value_line(Arena *arena, const json_t *value)
{
    Buffer line = {0};

    if (!value)
        return "none";
    add_item(&line, NULL, value);
    for (size_t i = 0; i < line.length; i++)
        if (strchr("\n\t", line.bytes[i]))
            line.bytes[i] = ' ';
    return keep(arena, &line);
}

bool value_is_long(const char *old, const char *new)
{
    return (old && strchr(old, '\n')) || (new &&strchr(new, '\n'));
}

/* ---- columns ---- */

static size_t character(const char *text, unsigned *ret_code)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t length = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    unsigned code = length == 1 ? at[0] : at[0] & (0xffU >> (length + 1));

    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            *ret_code = 0xfffd;
            return 1;
        }
        code = code << 6 | (at[i] & 0x3fU);
    }
    *ret_code = code;
    return length;
}

/* Source: Unicode's EastAsianWidth.txt, W and F, and combining marks, roughly. */
static size_t width_of(unsigned code)
{
    static const struct {
        unsigned first;
        unsigned last;
        size_t width;
    } ranges[] = {
        {0x0300, 0x036f, 0}, {0x1100, 0x115f, 2},   {0x2e80, 0xa4cf, 2},   {0xac00, 0xd7a3, 2},
        {0xf900, 0xfaff, 2}, {0xfe00, 0xfe0f, 0},   {0xfe30, 0xfe6f, 2},   {0xff00, 0xff60, 2},
        {0xffe0, 0xffe6, 2}, {0x1f300, 0x1faff, 2}, {0x20000, 0x3fffd, 2},
    };

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return ranges[i].width;
    return 1;
}

size_t value_columns(const char *text)
{
    size_t columns = 0;
    unsigned code = 0;

    while (*text) {
        text += character(text, &code);
        columns += width_of(code);
    }
    return columns;
}

/* The bytes of at most that many columns. */
static size_t bytes_of(const char *text, size_t columns)
{
    size_t length = 0;
    unsigned code = 0;

    for (size_t used = 0; text[length];) {
        size_t step = character(text + length, &code);

        used += width_of(code);
        if (used > columns)
            break;
        length += step;
    }
    return length;
}

enum { WORDS_KEPT = 24, DOTS = 3 };

/* Where to begin, so that what differs is among what is seen. */
static const char *start_of(const char *text, const char *other, size_t columns)
{
    size_t same = 0;

    while (other && text[same] && text[same] == other[same])
        same++;
    while (same > 0 && ((unsigned char)text[same] & 0xc0) == 0x80)
        same--;
    if (same < WORDS_KEPT || bytes_of(text, columns) >= same + WORDS_KEPT)
        return text;
    const char *start = text + same - WORDS_KEPT;
    const char *blank = memchr(start, ' ', WORDS_KEPT - 1);

    if (blank)
        return blank + 1;
    while (((unsigned char)*start & 0xc0) == 0x80)
        start++;
    return start;
}

const char *value_cut(Arena *arena, const char *text, const char *other, size_t columns)
{
    if (value_columns(text) <= columns)
        return text;
    const char *start = start_of(text, other, columns);
    size_t room = columns - (start > text ? DOTS : 0);
    bool whole = value_columns(start) <= room;
    size_t length = whole ? strlen(start) : bytes_of(start, room - DOTS);

    return arena_printf(arena, "%s%.*s%s", start > text ? "..." : "", (int)length, start,
                        whole ? "" : "...");
}

/* ---- lines ---- */

typedef struct Line {
    const char *text;
    size_t length;
} Line;

typedef struct Lines {
    Line *lines; /* from malloc */
    size_t count;
} Lines;

static void lines_free(Lines *lines)
{
    free(lines->lines);
}

static Lines lines_of(const char *text)
{
    Lines lines = {0};

    if (!text)
        return lines;
    size_t count = 1;

    for (const char *at = text; *at; at++)
        count += *at == '\n';
    lines.lines = arena_realloc_or_exit(NULL, count * sizeof *lines.lines);
    while (lines.count < count) {
        size_t length = strcspn(text, "\n");

        lines.lines[lines.count++] = (Line){text, length};
        text += length + 1;
    }
    return lines;
}

/* Whether a line end stands at the end, behind which there is no line. */
static bool is_ended(const Lines *lines)
{
    return lines->count == 0 || (lines->count > 1 && lines->lines[lines->count - 1].length == 0);
}

static bool is_same(Line one, Line other)
{
    return one.length == other.length && memcmp(one.text, other.text, one.length) == 0;
}

/* What is told, with the lines that are the same held back until it is known which are near. */
typedef struct Telling {
    LinePut *put;
    void *aim;
    size_t context;
    const Line *same; /* a run of them, in old */
    size_t count;
    bool any; /* something was told before it */
} Telling;

static void put_lines(const Telling *telling, LineMark mark, const Line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        telling->put(telling->aim, mark, lines[i].text, lines[i].length);
}

/* The run of lines that are the same is over; is_end: nothing comes behind it. */
static void end_same(Telling *telling, bool is_end)
{
    size_t before = telling->any ? telling->context : 0, after = is_end ? 0 : telling->context;

    if (telling->count <= before + after + 1 && telling->count > 0 && telling->context > 0) {
        put_lines(telling, LINE_SAME, telling->same, telling->count);
    } else if (telling->count > 0) {
        before = before < telling->count ? before : telling->count;
        put_lines(telling, LINE_SAME, telling->same, before);
        telling->put(telling->aim, LINE_SKIPPED, NULL, telling->count - before - after);
        put_lines(telling, LINE_SAME, telling->same + telling->count - after, after);
    }
    telling->any = true;
    telling->count = 0;
}

static void tell(Telling *telling, LineMark mark, const Line *line)
{
    if (mark == LINE_SAME) {
        telling->same = telling->count++ ? telling->same : line;
        return;
    }
    end_same(telling, false);
    put_lines(telling, mark, line, 1);
}

enum { CELLS_MAX = 1 << 21 };

/* How long the longest common subsequence of what begins at each pair of lines is. */
static uint32_t *lengths_of(const Line *old, size_t old_count, const Line *new, size_t new_count)
{
    size_t width = new_count + 1;
    uint32_t *lengths = arena_realloc_or_exit(NULL, (old_count + 1) * width * sizeof *lengths);

    for (size_t i = old_count + 1; i-- > 0;)
        for (size_t j = new_count + 1; j-- > 0;) {
            uint32_t *at = &lengths[i * width + j];

            if (i == old_count || j == new_count)
                *at = 0;
            else if (is_same(old[i], new[j]))
                *at = at[width + 1] + 1;
            else
                *at = at[width] >= at[1] ? at[width] : at[1];
        }
    return lengths;
}

static void tell_middle(Telling *telling, const Line *old, size_t old_count, const Line *new,
                        size_t new_count)
{
    size_t i = 0, j = 0, width = new_count + 1;
    bool few = (old_count + 1) <= CELLS_MAX / width;
    CLEANUP(cleanup_free)
    uint32_t *lengths = few ? lengths_of(old, old_count, new, new_count) : NULL;

    while (lengths && i < old_count && j < new_count) {
        if (is_same(old[i], new[j])) {
            tell(telling, LINE_SAME, &old[i++]);
            j++;
        } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
            tell(telling, LINE_OLD, &old[i++]);
        } else {
            tell(telling, LINE_NEW, &new[j++]);
        }
    }
    while (i < old_count)
        tell(telling, LINE_OLD, &old[i++]);
    while (j < new_count)
        tell(telling, LINE_NEW, &new[j++]);
}

void value_compare(const char *old, const char *new, size_t context, LinePut *put, void *aim)
{
    CLEANUP(lines_free) Lines before = lines_of(old);
    CLEANUP(lines_free) Lines after = lines_of(new);
    Telling telling = {.put = put, .aim = aim, .context = context};

    if (is_ended(&before) && is_ended(&after)) {
        before.count -= before.count > 0;
        after.count -= after.count > 0;
    }
    size_t least = before.count < after.count ? before.count : after.count, first = 0, last = 0;

    while (first < least && is_same(before.lines[first], after.lines[first]))
        first++;
    while (last < least - first &&
           is_same(before.lines[before.count - 1 - last], after.lines[after.count - 1 - last]))
        last++;
    for (size_t i = 0; i < first; i++)
        tell(&telling, LINE_SAME, &before.lines[i]);
    size_t gone = before.count - first - last, come = after.count - first - last;
    tell_middle(&telling, gone > 0 ? before.lines + first : NULL, gone,
                come > 0 ? after.lines + first : NULL, come);
    for (size_t i = 0; i < last; i++)
        tell(&telling, LINE_SAME, &before.lines[before.count - last + i]);
    end_same(&telling, true);
}
