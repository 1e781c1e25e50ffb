#include "sql/older.h"

#include <string.h>
#include <strings.h>

#include "sql/lex.h"

/* A word, or one byte of something else; what is quoted is a byte of that sort. */
typedef struct Piece {
    size_t start, end;
} Piece;

static Piece piece_at(const char *text, size_t length, size_t at)
{
    Piece piece = {0};

    while (at < length && lex_is_blank(text[at]))
        at++;
    piece.start = piece.end = at;
    if (at == length)
        return piece;
    piece.end = lex_skip(text, length, at);
    while (piece.end == at ||
           (lex_is_word(text[at]) && piece.end < length && lex_is_word(text[piece.end])))
        piece.end++;
    return piece;
}

static bool is_word(const char *text, Piece piece, const char *word)
{
    return strlen(word) == piece.end - piece.start &&
           strncasecmp(text + piece.start, word, piece.end - piece.start) == 0;
}

static bool is_one_of(const char *text, Piece piece, const char *const *words)
{
    for (; *words; words++)
        if (is_word(text, piece, *words))
            return true;
    return false;
}

/* Behind the bracket that closes the one at `open`. */
static size_t bracket_end(const char *text, size_t length, size_t open)
{
    size_t depth = 0;

    for (Piece piece = piece_at(text, length, open); piece.end > piece.start;
         piece = piece_at(text, length, piece.end)) {
        if (text[piece.start] == '(')
            depth++;
        else if (text[piece.start] == ')' && --depth == 0)
            return piece.end;
    }
    return length;
}

static void blank(char *text, size_t from, size_t to)
{
    if (to > from)
        memset(text + from, ' ', to - from);
}

/* "IS [NOT] JSON ..." from behind IS. */
static bool is_json(char *text, size_t length, Piece is)
{
    static const char *const more[] = {"value",   "object", "array", "scalar", "with",
                                       "without", "unique", "keys",  NULL};
    Piece piece = piece_at(text, length, is.end);

    if (is_word(text, piece, "not"))
        piece = piece_at(text, length, piece.end);
    if (!is_word(text, piece, "json"))
        return false;
    memcpy(text + piece.start, "null", 4);
    for (piece = piece_at(text, length, piece.end); is_one_of(text, piece, more);
         piece = piece_at(text, length, piece.end))
        blank(text, piece.start, piece.end);
    return true;
}

static bool no_indent(char *text, size_t from, size_t to)
{
    bool changed = false;

    for (Piece piece = piece_at(text, to, from), before = piece; piece.end > piece.start;
         before = piece, piece = piece_at(text, to, piece.end)) {
        if (!is_word(text, piece, "indent"))
            continue;
        if (is_word(text, before, "no"))
            blank(text, before.start, before.end);
        blank(text, piece.start, piece.end);
        changed = true;
    }
    return changed;
}

bool older_make(char *text, size_t length)
{
    static const char *const functions[] = {"json",        "json_array",  "json_arrayagg",
                                            "json_exists", "json_object", "json_objectagg",
                                            "json_query",  "json_scalar", "json_serialize",
                                            "json_table",  "json_value",  NULL};
    bool changed = false;

    for (Piece piece = piece_at(text, length, 0); piece.end > piece.start;
         piece = piece_at(text, length, piece.end)) {
        Piece next = piece_at(text, length, piece.end);

        if (is_word(text, piece, "is"))
            changed |= is_json(text, length, piece);
        if (next.end == next.start || text[next.start] != '(')
            continue;
        size_t end = bracket_end(text, length, next.start);

        if (is_word(text, piece, "xmlserialize"))
            changed |= no_indent(text, next.end, end);
        if (is_one_of(text, piece, functions)) {
            blank(text, next.end, end - 1);
            changed = true;
        }
    }
    return changed;
}

SqlParse *older_parse(const char *text, Arena *arena)
{
    size_t length = strlen(text);
    SqlParse *parse = sql_parse(text, length);
    char *older = parse->count && !parse->statements[0].node ? arena_strdup(arena, text) : NULL;

    if (!older || !older_make(older, length))
        return parse;
    sql_parse_close(&parse);
    return sql_parse(older, length);
}
