#include "types/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "types/unicode.h"

/* Where each ASCII character stands in the primary order: control characters that count, space,
 * then _ - , ; : ! ? . ' " ( ) [ ] { } @ * / \ & # % ` ^ + < = > | ~ $, digits, letters. What has
 * no place is ignored. */
/* clang-format off */
static const unsigned char primaries[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    6, 12, 16, 28, 38, 29, 27, 15, 17, 18, 24, 32, 9, 8, 14, 25,
    39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 11, 10, 33, 34, 35, 13,
    23, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 19, 26, 20, 31, 7,
    30, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 21, 36, 22, 37, 0,
};
/* clang-format on */

/* A character beyond ASCII; all zero for what is none. Written by tests/official/letters.mjs. */
typedef struct Letter {
    char ascii;           /* what it is but for accents, or stands behind */
    char second;          /* of those that are two; or 0 */
    unsigned char own;    /* one of its own: its place among those behind the same; or 0 */
    unsigned char accent; /* its place among those that are the same but for accents */
    unsigned char form;   /* among those that have the same accents, too: capitals behind others */
} Letter;

static const Letter beyond_ascii[] = {
#include "types/letters.inc"
};

enum { PRIMARY_SHIFT = 21 };

/* Those in beyond_ascii, which has one span behind the other. */
static const struct {
    unsigned first;
    unsigned last;
} spans[] = {{0xA0, 0x52F}, {0x2010, 0x20C0}};

static const Letter *letter_of(unsigned code)
{
    size_t at = 0;

    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        if (code >= spans[i].first && code <= spans[i].last) {
            const Letter *letter = &beyond_ascii[at + code - spans[i].first];
            return letter->ascii ? letter : NULL;
        }
        at += spans[i].last - spans[i].first + 1;
    }
    return NULL;
}

typedef struct Weights {
    unsigned primary;
    unsigned accent;
    unsigned form;
} Weights;

/* Where a code point stands behind a character of primaries. */
static unsigned primary_behind(char character, unsigned code)
{
    return (unsigned)primaries[(unsigned char)character] << PRIMARY_SHIFT | code;
}

static bool is_katakana(unsigned code)
{
    return code >= 0x30A1 && code <= 0x30F6;
}

/* Katakana differ from Hiragana in the third rank only. Hangul, Kana and Han come in that order,
 * which is not that of their code points. */
static unsigned place_of(unsigned code)
{
    enum { BEHIND_HANGUL = 0x20000, BEHIND_KANA = 0x100000 };

    if (is_katakana(code))
        code -= 0x60;
    if (code >= 0x3041 && code <= 0x30FF)
        return code + BEHIND_HANGUL;
    if ((code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
        (code >= 0x20000 && code <= 0x3FFFF))
        return code + BEHIND_KANA;
    return code;
}

typedef struct Rest {
    const char *text;
    char second; /* of a letter that is two */
} Rest;

/* The weights of the next character that counts; all zero at the end. */
static Weights weights_next(Rest *rest)
{
    if (rest->second) {
        Weights weights = {.primary = primary_behind(rest->second, 0)};
        rest->second = 0;
        return weights;
    }
    while (*rest->text) {
        unsigned code = (unsigned char)*rest->text;
        Weights weights = {0};

        if (code < 0x80)
            rest->text++;
        else
            code = unicode_next(&rest->text);
        const Letter *letter = code < 0x80 ? NULL : letter_of(code);
        if (letter) {
            rest->second = letter->second;
            return (Weights){.primary = primary_behind(letter->ascii, letter->own),
                             .accent = letter->accent,
                             .form = letter->form};
        }
        if (code >= 0x80 && unicode_is_zero_width(code))
            continue;
        if (code >= 0x80) {
            weights.primary =
                primary_behind(unicode_is_id_continue(code) ? 'z' : '~', place_of(code));
            weights.form = is_katakana(code);
            return weights;
        }
        if (primaries[code]) {
            weights.primary = primary_behind((char)code, 0);
            weights.form = code >= 'A' && code <= 'Z';
            return weights;
        }
    }
    return (Weights){0};
}

int names_compare(const char *a, const char *b)
{
    Rest rest_a = {.text = a}, rest_b = {.text = b};
    int accent = 0, form = 0;

    /* What they begin with tells nothing of their order, as long as it is letters that stand alone.
     */
    while (*rest_a.text == *rest_b.text && *rest_a.text && (unsigned char)*rest_a.text < 0x80) {
        rest_a.text++;
        rest_b.text++;
    }
    for (;;) {
        Weights one = weights_next(&rest_a), two = weights_next(&rest_b);

        if (one.primary != two.primary)
            return one.primary < two.primary ? -1 : 1;
        if (!one.primary)
            break;
        if (!accent && one.accent != two.accent)
            accent = one.accent < two.accent ? -1 : 1;
        if (!form && one.form != two.form)
            form = one.form < two.form ? -1 : 1;
    }
    return accent ? accent : form ? form : strcmp(a, b);
}

char *names_literal(Arena *arena, const char *value)
{
    size_t doubles = 0, singles = 0;

    for (const char *at = value; *at; at++) {
        doubles += *at == '"';
        singles += *at == '\'';
    }
    char quote = doubles > singles ? '\'' : '"';
    char *text = arena_alloc(arena, strlen(value) * 6 + 3);
    char *to = text;

    *to++ = quote;
    for (const char *at = value; *at; at++) {
        static const char named[] = "\b\t\n\f\r", letters[] = "btnfr";
        const char *found = strchr(named, *at);

        if (*at == quote || *at == '\\' || found) {
            *to++ = '\\';
            *to++ = found ? letters[found - named] : *at;
        } else if ((unsigned char)*at < ' ') {
            to += sprintf(to, "\\u%04x", (unsigned)*at);
        } else {
            *to++ = *at;
        }
    }
    *to++ = quote;
    *to = '\0';
    return text;
}

static bool is_letter(unsigned code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '$' ||
           code == '_';
}

static bool is_digit(unsigned code)
{
    return code >= '0' && code <= '9';
}

static bool is_identifier(const char *name)
{
    const char *rest = name;

    while (*rest) {
        bool first = rest == name;
        unsigned code = (unsigned char)*rest;

        if (code < 0x80) {
            if (!is_letter(code) && (first || !is_digit(code)))
                return false;
            rest++;
            continue;
        }
        code = unicode_next(&rest);
        if (!(first ? unicode_is_id_start(code)
                    : unicode_is_id_continue(code) || code == 0x200C || code == 0x200D))
            return false;
    }
    return *name;
}

const char *names_key(Arena *arena, const char *name)
{
    return is_identifier(name) ? name : names_literal(arena, name);
}

size_t names_width(const char *text)
{
    enum { JOINER = 0x200D, EMOJI_STYLE = 0xFE0F, TONE_FIRST = 0x1F3FB, TONE_LAST = 0x1F3FF };
    size_t width = 0, last = 0;
    bool joined = false, symbol = false;

    while (text[width] && (unsigned char)text[width] < 0x80)
        width++;
    if (!text[width])
        return width;
    for (width = 0; *text;) {
        unsigned code = unicode_next(&text);
        size_t here = 1;

        if (code >= 0x80 && unicode_is_wide(code))
            here = (code >= TONE_FIRST && code <= TONE_LAST && last == 2) ? 0 : 2;
        else if (code >= 0x80 && unicode_is_zero_width(code))
            here = code == EMOJI_STYLE && last == 1 && symbol ? 1 : 0;
        if (joined && here == 2)
            here = 0;
        symbol = code == '#' || code == '*' || (code >= '0' && code <= '9') ||
                 (code >= 0xA9 && !unicode_is_id_continue(code));
        joined = code == JOINER && last == 2;
        if (code == EMOJI_STYLE && here)
            last = 2;
        else if (here)
            last = here;
        width += here;
    }
    return width;
}

bool names_index(const char *name, unsigned long *ret)
{
    size_t length = strlen(name);

    if (length == 0 || length > 10 || strspn(name, "0123456789") != length ||
        (*name == '0' && length > 1))
        return false;
    unsigned long long value = strtoull(name, NULL, 10);

    if (value > 4294967294ULL)
        return false;
    *ret = (unsigned long)value;
    return true;
}
