#include "base/text.h"

#include <stdint.h>
#include <string.h>

enum { DISTANCE_MAX = 255 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned text_distance(const char *a, const char *b)
{
    size_t m = strlen(a), n = strlen(b);
    unsigned rows[3][DISTANCE_MAX + 1];

    if (m > DISTANCE_MAX || n > DISTANCE_MAX)
        return DISTANCE_MAX;
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= m; i++) {
        unsigned *row = rows[i % 3], *before = rows[(i + 2) % 3], *older = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= n; j++) {
            unsigned change = before[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(change, least(before[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], older[j - 2] + 1);
        }
    }
    return rows[m % 3][n];
}

const char *text_nearest(const char *text, const char *const *names)
{
    const char *nearest = NULL;
    unsigned best = (unsigned)strlen(text) / 3 + 1;

    for (; *names; names++) {
        unsigned distance = text_distance(text, *names);
        if (distance < best || (distance == best && !nearest)) {
            nearest = *names;
            best = distance;
        }
    }
    return nearest;
}

/* Behind the character of UTF-8 at text. */
static const char *character_end(const char *text)
{
    do
        text++;
    while (((unsigned char)*text & 0xc0) == 0x80);
    return text;
}

bool text_glob(const char *pattern, const char *text)
{
    const char *star = NULL, *retry = NULL;

    while (*text) {
        if (*pattern == '*') {
            star = pattern++;
            retry = text;
        } else if (*pattern == '?') {
            pattern++;
            text = character_end(text);
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star) {
            pattern = star + 1;
            text = retry = character_end(retry);
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

/* Length of the well-formed sequence at bytes, 0 if there is none. RFC 3629 section 4. */
static size_t sequence_length(const unsigned char *bytes, size_t length)
{
    unsigned char first = bytes[0];
    size_t need = first < 0x80                    ? 1
                  : first >= 0xc2 && first < 0xe0 ? 2
                  : first >= 0xe0 && first < 0xf0 ? 3
                  : first >= 0xf0 && first < 0xf5 ? 4
                                                  : 0;

    if (need == 0 || need > length)
        return 0;
    for (size_t i = 1; i < need; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    if ((first == 0xe0 && bytes[1] < 0xa0) || (first == 0xed && bytes[1] > 0x9f) ||
        (first == 0xf0 && bytes[1] < 0x90) || (first == 0xf4 && bytes[1] > 0x8f))
        return 0;
    return need;
}

size_t text_utf8_length(const char *bytes, size_t length)
{
    const unsigned char *next = (const unsigned char *)bytes;
    size_t at = 0;

    while (at < length) {
        size_t step = sequence_length(next + at, length - at);
        if (step == 0)
            break;
        at += step;
    }
    return at;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    return text_utf8_length(bytes, length) == length;
}

void text_mend_utf8(char *bytes, size_t length)
{
    const uint64_t beyond_ascii = 0x8080808080808080;
    size_t at = 0;
    uint64_t eight;

    for (; at + sizeof eight <= length; at += sizeof eight) {
        memcpy(&eight, bytes + at, sizeof eight);
        if (eight & beyond_ascii)
            break;
    }
    while ((at += text_utf8_length(bytes + at, length - at)) < length)
        bytes[at] = '?';
}

size_t text_cut(const char *text, size_t max)
{
    size_t length = strlen(text);

    if (length <= max)
        return length;
    while (max > 0 && ((unsigned char)text[max] & 0xc0) == 0x80)
        max--;
    return max;
}

/* C0, DEL and C1 controls, line separators, and the marks that reorder text on screen. */
static bool is_unsafe(const unsigned char *bytes, size_t length)
{
    if (length == 1)
        return bytes[0] < 0x20 || bytes[0] == 0x7f;
    if (length == 2)
        return (bytes[0] == 0xc2 && bytes[1] < 0xa0) || (bytes[0] == 0xd8 && bytes[1] == 0x9c);
    if (length == 3 && bytes[0] == 0xe2 && bytes[1] == 0x80)
        return (bytes[2] >= 0x8b && bytes[2] <= 0x8f) || (bytes[2] >= 0xa8 && bytes[2] <= 0xae);
    return length == 3 && bytes[0] == 0xe2 && bytes[1] == 0x81 && bytes[2] >= 0xa0 &&
           bytes[2] <= 0xaf;
}

char *text_split(char *text, char mark)
{
    while (*text && *text != mark)
        text++;
    if (*text)
        *text++ = '\0';
    return text;
}

void text_print_safe(FILE *out, const char *text)
{
    const unsigned char *next = (const unsigned char *)text;
    size_t length = strlen(text);

    while (length > 0) {
        size_t step = sequence_length(next, length);
        if (step == 0 || is_unsafe(next, step))
            fputs("\xef\xbf\xbd", out);
        else
            fwrite(next, 1, step, out);
        step += step == 0;
        next += step;
        length -= step;
    }
}

enum { BLOCK = 64, LOOKED_AT = 4 };

/* Whether it may begin at any place of the block, from a few of its bytes: compilers look at many
 * places at a time. */
static bool may_begin(const char *block, const char *wanted, size_t size)
{
    const size_t at[LOOKED_AT] = {0, size > 1, size / 2, size - 1};
    const char *first = block, *second = block + at[1], *middle = block + at[2],
               *last = block + at[3];
    const char a = *wanted, b = wanted[at[1]], c = wanted[at[2]], d = wanted[at[3]];
    unsigned char any = 0;

    for (int i = 0; i < BLOCK; i++)
        any |=
            (unsigned char)((first[i] == a) & (second[i] == b) & (middle[i] == c) & (last[i] == d));
    return any;
}

const char *text_within(const char *bytes, size_t length, const char *wanted, size_t size)
{
    size_t places = size > 0 && size <= length ? length - size + 1 : 0;

    for (size_t block = 0; block < places; block += BLOCK) {
        bool whole = places - block >= BLOCK;
        size_t end = whole ? block + BLOCK : places;
        if (whole && !may_begin(bytes + block, wanted, size))
            continue;
        for (size_t at = block; at < end; at++)
            if (bytes[at] == *wanted && memcmp(bytes + at, wanted, size) == 0)
                return bytes + at;
    }
    return NULL;
}
