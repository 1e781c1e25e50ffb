#include "sql/pattern.h"

#include <string.h>

/* The pattern as a row of these: characters that stand for themselves, and all else. */
typedef struct Piece {
    char byte;
    bool plain;
} Piece;

typedef struct Pieces {
    size_t count;
    Piece *items;
} Pieces;

static Pieces pieces_new(Arena *arena, const char *text)
{
    return (Pieces){.items = arena_alloc(arena, (strlen(text) + 1) * sizeof(Piece))};
}

static void piece_add(Pieces *pieces, char byte, bool plain)
{
    pieces->items[pieces->count++] = (Piece){.byte = byte, .plain = plain};
}

/* The plain bytes from a place on, to the first that is none. */
static char *plain_text(Arena *arena, const Pieces *pieces, size_t from)
{
    char *text = arena_alloc(arena, pieces->count - from + 1);
    size_t length = 0;

    for (; from < pieces->count && pieces->items[from].plain; from++)
        text[length++] = pieces->items[from].byte;
    return text;
}

/* The plain bytes at the end, none of them before `least`. */
static const char *plain_end(Arena *arena, const Pieces *pieces, size_t least)
{
    size_t from = pieces->count;

    while (from > least && pieces->items[from - 1].plain)
        from--;
    return plain_text(arena, pieces, from);
}

bool pattern_like(const char *text, Arena *arena, Pattern *ret)
{
    Pieces pieces = pieces_new(arena, text);
    size_t first = 0;

    if (strlen(text) > PATTERN_MAX)
        return false;
    for (const char *at = text; *at; at++) {
        bool escaped = *at == '\\';

        if (escaped && !*++at)
            return false;
        piece_add(&pieces, *at, escaped || (*at != '%' && *at != '_'));
    }
    while (first < pieces.count && pieces.items[first].plain)
        first++;
    ret->count = 1;
    ret->starts = arena_alloc(arena, sizeof *ret->starts);
    ret->starts[0] = plain_text(arena, &pieces, 0);
    ret->end = first == pieces.count ? NULL : plain_end(arena, &pieces, first);
    return true;
}

/* ---- regular expressions ---- */

/* Behind the bracket expression at `at`; NULL when it is not closed. */
static const char *skip_bracket(const char *at)
{
    at++;
    at += *at == '^';
    at += *at == ']';
    while (*at && *at != ']') {
        if (*at == '[' && at[1] && strchr(":.=", at[1])) {
            const char close[] = {at[1], ']', '\0'};

            at = strstr(at + 2, close);
            if (!at)
                return NULL;
            at += 2;
        } else if (*at == '\\' && at[1]) {
            at += 2;
        } else {
            at++;
        }
    }
    return *at ? at + 1 : NULL;
}

/* Behind the group at `at`; NULL when it is not closed, or has a comment in it. */
static const char *skip_group(const char *at)
{
    size_t depth = 0;

    do {
        if (*at == '(') {
            if (at[1] == '?' && at[2] == '#')
                return NULL;
            depth++;
        }
        depth -= *at == ')';
        if (*at == '[')
            at = skip_bracket(at);
        else
            at += *at == '\\' && at[1] ? 2 : 1;
    } while (at && *at && depth);
    return depth ? NULL : at;
}

/* Behind a quantifier at `at`; at itself when there is none. */
static const char *skip_quantifier(const char *at)
{
    if (*at == '{' && at[1] >= '0' && at[1] <= '9') {
        const char *end = strchr(at, '}');

        at = end ? end + 1 : at;
    } else if (*at && strchr("*+?", *at)) {
        at++;
    } else {
        return at;
    }
    return at + (*at == '?');
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The character that stands for itself at *at; *at moves behind it. */
static bool plain_character(const char **at, char bytes[5])
{
    size_t length = 1;

    if (**at == '\\') {
        if (!(*at)[1] || is_word((*at)[1]))
            return false;
        (*at)++;
    } else if (strchr(".*+?()[]{}|^$", **at)) {
        return false;
    }
    while (length < 4 && ((*at)[length] & 0xC0) == 0x80)
        length++;
    memcpy(bytes, *at, length);
    bytes[length] = '\0';
    *at += length;
    return true;
}

/* What the group at *at chooses between, when these are plain texts: "(a|b)" or "(?:a|b)", not
 * repeated. *at moves behind it. 0: it is something else. */
static size_t choices(const char **at, Arena *arena, const char **ret)
{
    const char *from = *at + 1;
    char *text = arena_strdup(arena, "");
    size_t count = 0;

    if (strncmp(from, "?:", 2) == 0)
        from += 2;
    for (;;) {
        char bytes[5] = "";

        if (*from == '|' || *from == ')') {
            if (count == PATTERN_STARTS_MAX)
                return 0;
            ret[count++] = text;
            text = arena_strdup(arena, "");
            if (*from++ == ')')
                break;
        } else if (*from && plain_character(&from, bytes) && skip_quantifier(from) == from) {
            text = arena_join(arena, text, bytes, NULL);
        } else {
            return 0;
        }
    }
    if (skip_quantifier(from) != from)
        return 0;
    *at = from;
    return count;
}

static bool multiply(Arena *arena, Pattern *pattern, const char *const *by, size_t count)
{
    if (pattern->count * count > PATTERN_STARTS_MAX)
        return false;
    const char **starts = arena_alloc(arena, pattern->count * count * sizeof *starts);
    size_t next = 0;

    for (size_t i = 0; i < pattern->count; i++)
        for (size_t k = 0; k < count; k++)
            starts[next++] = arena_join(arena, pattern->starts[i], by[k], NULL);
    pattern->count = next;
    pattern->starts = starts;
    return true;
}

/* The pieces of a pattern without choices at its outermost level; false: it is not understood. */
static bool regex_pieces(const char *at, Pieces *pieces, bool *ret_ends)
{
    *ret_ends = false;
    while (*at) {
        const char *from = at;
        char bytes[5] = "";
        bool plain = plain_character(&at, bytes);

        if (*from == '|')
            return false;
        if (*from == '$' && !from[1]) {
            *ret_ends = true;
            return true;
        }
        if (plain) {
            plain = skip_quantifier(at) == at;
        } else if (*from == '[') {
            at = skip_bracket(from);
        } else if (*from == '(') {
            at = skip_group(from);
        } else if (*from == '\\') {
            if (!from[1] || !strchr("dwsDWS", from[1])) /* others are of any length */
                return false;
            at = from + 2;
        } else {
            at = from + 1;
        }
        if (!at)
            return false;
        at = skip_quantifier(at);
        for (const char *byte = bytes; plain && *byte; byte++)
            piece_add(pieces, *byte, true);
        if (!plain)
            piece_add(pieces, '\0', false);
    }
    return true;
}

bool pattern_regex(const char *text, Arena *arena, Pattern *ret)
{
    const char **by = arena_alloc(arena, PATTERN_STARTS_MAX * sizeof *by);
    Pattern pattern = {.count = 1, .starts = arena_alloc(arena, sizeof(char *)), .end = ""};
    Pieces pieces = pieces_new(arena, text);
    bool ends = false, starts = *text == '^';
    const char *at = text + starts;

    if (strlen(text) > PATTERN_MAX || strncmp(text, "***", 3) == 0 || strncmp(text, "(?", 2) == 0 ||
        !regex_pieces(at, &pieces, &ends))
        return false;
    pattern.starts[0] = "";
    if (starts) {
        for (;;) {
            const char *from = at;
            char bytes[5] = "";
            size_t count = *at == '(' ? choices(&at, arena, by) : 0;

            if (!count && plain_character(&at, bytes) && skip_quantifier(at) == at) {
                by[0] = bytes;
                count = 1;
            }
            if (!count || !multiply(arena, &pattern, by, count)) {
                at = from;
                break;
            }
        }
        if (strcmp(at, "$") == 0) {
            pattern.end = NULL;
            *ret = pattern;
            return true;
        }
        pieces.count = 0;
        (void)regex_pieces(at, &pieces, &ends);
    }
    if (ends)
        pattern.end = plain_end(arena, &pieces, 0);
    *ret = pattern;
    return true;
}
