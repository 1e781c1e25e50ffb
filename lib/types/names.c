#include "types/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "types/unicode.h"

/* ASCII in its primary order, control characters that count among them; the letters behind. What is
 * not in here, NUL apart, is ignored. */
static const char primaries[] = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789"
                                "abcdefghijklmnopqrstuvwxyz";
/* A letter from U+00C0 to U+024F; all zero for what is none. Written by
 * tests/official/latin.mjs. */
typedef struct Latin {
    char letter;          /* the plain letter that it is but for accents, or stands behind */
    char second;          /* of those that are two; or 0 */
    unsigned char own;    /* a letter of its own: its place among those behind the same; or 0 */
    unsigned char accent; /* its place among those that are the same letters but for accents */
    unsigned char upper;
} Latin;

enum { LATIN_FIRST = 0xC0, PRIMARY_SHIFT = 21 };

static const Latin latins[] = {
#include "types/latin.inc"
};

typedef struct Weights {
    unsigned primary;
    unsigned accent;
    unsigned upper;
} Weights;

/* Where a code point stands behind a character of primaries. */
static unsigned primary_behind(char character, unsigned code)
{
    const char *found = strchr(primaries, character);

    return ((unsigned)(found - primaries) + 1) << PRIMARY_SHIFT | code;
}

/* Greek and Cyrillic capitals, and Katakana, differ from another letter in the third rank only.
 * Then come Hangul, Kana and Han, which is not the order of their code points. */
static unsigned plain_letter(unsigned code)
{
    enum { BEHIND_HANGUL = 0x20000, BEHIND_KANA = 0x100000 };

    if (code >= 0x30A1 && code <= 0x30F6)
        code -= 0x60;
    if (code >= 0x3041 && code <= 0x30FF)
        return code + BEHIND_HANGUL;
    if ((code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
        (code >= 0x20000 && code <= 0x3FFFF))
        return code + BEHIND_KANA;
    if ((code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F))
        return code + 0x20;
    return code >= 0x400 && code <= 0x40F ? code + 0x50 : code;
}

static bool is_upper(unsigned code)
{
    return (code >= 0x391 && code <= 0x3A9) || (code >= 0x400 && code <= 0x42F) ||
           (code >= 0x30A1 && code <= 0x30F6);
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
        unsigned code = unicode_next(&rest->text);
        Weights weights = {0};

        if (code >= LATIN_FIRST && code - LATIN_FIRST < sizeof latins / sizeof *latins &&
            latins[code - LATIN_FIRST].letter) {
            const Latin *latin = &latins[code - LATIN_FIRST];
            rest->second = latin->second;
            return (Weights){.primary = primary_behind(latin->letter, latin->own),
                             .accent = latin->accent,
                             .upper = latin->upper};
        }
        if (code >= 0x80 && unicode_is_zero_width(code))
            continue;
        if (code >= 0x80) {
            unsigned letter = plain_letter(code);

            weights.primary = primary_behind(unicode_is_id_continue(code) ? 'z' : '~', letter);
            weights.upper = is_upper(code);
            return weights;
        }
        if (code >= 'A' && code <= 'Z') {
            weights.upper = 1;
            code += 'a' - 'A';
        }
        if (strchr(primaries, (int)code)) {
            weights.primary = primary_behind((char)code, 0);
            return weights;
        }
    }
    return (Weights){0};
}

int names_compare(const char *a, const char *b)
{
    Rest rest_a = {.text = a}, rest_b = {.text = b};
    int accent = 0, upper = 0;

    for (;;) {
        Weights one = weights_next(&rest_a), two = weights_next(&rest_b);

        if (one.primary != two.primary)
            return one.primary < two.primary ? -1 : 1;
        if (!one.primary)
            break;
        if (!accent && one.accent != two.accent)
            accent = one.accent < two.accent ? -1 : 1;
        if (!upper && one.upper != two.upper)
            upper = one.upper < two.upper ? -1 : 1;
    }
    return accent ? accent : upper ? upper : strcmp(a, b);
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

static bool is_identifier(const char *name)
{
    const char *rest = name;

    while (*rest) {
        bool first = rest == name;
        unsigned code = unicode_next(&rest);
        bool letter = (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '$' ||
                      code == '_';

        if (code >= 0x80)
            letter = first ? unicode_is_id_start(code)
                           : unicode_is_id_continue(code) || code == 0x200C || code == 0x200D;
        if (!letter && (first || code < '0' || code > '9'))
            return false;
    }
    return *name;
}

char *names_key(Arena *arena, const char *name)
{
    return is_identifier(name) ? arena_strdup(arena, name) : names_literal(arena, name);
}

size_t names_width(const char *text)
{
    enum { JOINER = 0x200D, EMOJI_STYLE = 0xFE0F, TONE_FIRST = 0x1F3FB, TONE_LAST = 0x1F3FF };
    size_t width = 0, last = 0;
    bool joined = false, symbol = false;

    while (*text) {
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
