#include "sql/parse.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "pg_query.h"
#include "sql/lex.h"
#include "sql/raw.h"

static SqlStatement *add_statement(SqlParse *parse)
{
    if ((parse->count & (parse->count - 1)) == 0) {
        size_t capacity = parse->count ? parse->count * 2 : 1;

        parse->statements =
            arena_realloc_or_exit(parse->statements, capacity * sizeof *parse->statements);
    }
    parse->statements[parse->count] = (SqlStatement){0};
    return &parse->statements[parse->count++];
}

static void keep_tree(SqlParse *parse, RawTree *tree)
{
    if ((parse->tree_count & (parse->tree_count - 1)) == 0) {
        size_t capacity = parse->tree_count ? parse->tree_count * 2 : 1;

        parse->trees = arena_realloc_or_exit(parse->trees, capacity * sizeof *parse->trees);
    }
    parse->trees[parse->tree_count++] = tree;
}

/* The parser counts characters from 1; 0 says it does not know. */
static size_t byte_offset(const char *text, int position)
{
    size_t at = 0;

    for (int i = 1; i < position && text[at]; i++) {
        at++;
        while (((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

/* Parses one text and adds its statements; false when the grammar refused it. */
static bool parse_text(SqlParse *parse, const char *text, size_t shift, char **ret_error,
                       size_t *ret_at)
{
    size_t length = strlen(text);
    int position = 0;
    RawTree *tree = raw_parse(text, ret_error, &position);

    if (!tree) {
        *ret_at = byte_offset(text, position);
        return false;
    }
    keep_tree(parse, tree);
    const PgQuery__ParseResult *result = raw_result(tree);

    for (size_t i = 0; i < result->n_stmts; i++) {
        const PgQuery__RawStmt *raw = result->stmts[i];
        size_t start = raw->stmt_location > 0 ? (size_t)raw->stmt_location : 0;
        size_t end = raw->stmt_len > 0 ? start + (size_t)raw->stmt_len : length;
        SqlStatement *statement = add_statement(parse);

        end = end > length ? length : end;
        start = start > end ? end : start;
        statement->node = raw->stmt;
        statement->offset = shift + lex_code(text, end, start);
        statement->end = shift + end;
    }
    return true;
}

/* ---- how deep a tree can become ---- */

/* What a word does to the depth of the tree around it. */
typedef enum WordKind {
    WORD_PLAIN,
    WORD_OPERATOR, /* one level more */
    WORD_QUERY,    /* the same, of the query, whatever expressions stand in between */
    WORD_PART,     /* what follows is beside what went before, not below */
    WORD_CASE,
    WORD_END
} WordKind;

static const struct {
    const char *word;
    WordKind kind;
} depth_words[] = {
    {"is", WORD_OPERATOR},       {"isnull", WORD_OPERATOR},   {"notnull", WORD_OPERATOR},
    {"in", WORD_OPERATOR},       {"not", WORD_OPERATOR},      {"like", WORD_OPERATOR},
    {"ilike", WORD_OPERATOR},    {"at", WORD_OPERATOR},       {"collate", WORD_OPERATOR},
    {"between", WORD_OPERATOR},  {"operator", WORD_OPERATOR}, {"similar", WORD_OPERATOR},
    {"overlaps", WORD_OPERATOR}, {"any", WORD_OPERATOR},      {"all", WORD_OPERATOR},
    {"join", WORD_QUERY},        {"union", WORD_QUERY},       {"except", WORD_QUERY},
    {"intersect", WORD_QUERY},   {"and", WORD_PART},          {"or", WORD_PART},
    {"when", WORD_PART},         {"then", WORD_PART},         {"else", WORD_PART},
    {"select", WORD_PART},       {"from", WORD_PART},         {"where", WORD_PART},
    {"on", WORD_PART},           {"case", WORD_CASE},         {"end", WORD_END}};

static WordKind kind_of_word(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof depth_words / sizeof *depth_words; i++)
        if ((*text | 0x20) == *depth_words[i].word && strlen(depth_words[i].word) == size &&
            strncasecmp(depth_words[i].word, text, size) == 0)
            return depth_words[i].kind;
    return WORD_PLAIN;
}

/* An upper bound of the depth: of what is open, the operators of the part at hand count, and of
 * what was closed, those of its deepest part. */
typedef struct Level {
    size_t operators, deepest, query;
    bool is_case;
} Level;

typedef struct Depth {
    Level levels[SQL_BRACKETS_MAX];
    size_t level;
    size_t sum; /* of operators and query of the open levels */
} Depth;

static void depth_part(Depth *depth)
{
    Level *level = &depth->levels[depth->level];

    depth->sum -= level->operators;
    if (level->operators > level->deepest)
        level->deepest = level->operators;
    level->operators = 0;
}

static bool depth_open(Depth *depth, bool is_case)
{
    if (depth->level + 1 == SQL_BRACKETS_MAX)
        return false;
    depth->levels[++depth->level] = (Level){.is_case = is_case};
    return true;
}

static void depth_close(Depth *depth)
{
    Level *level = &depth->levels[depth->level];
    size_t inner;

    if (!depth->level)
        return;
    depth_part(depth);
    inner = level->deepest + level->query + 1;
    depth->sum += inner - level->query;
    depth->levels[--depth->level].operators += inner;
}

/* Behind an operator: its signs are one, and what begins a comment is none of them. */
static size_t skip_operator(const char *text, size_t length, size_t at)
{
    do
        at++;
    while (at < length && text[at] && strchr("+*/<>=|:%~!^#&?@-", text[at]) &&
           lex_skip(text, length, at) == at);
    return at;
}

static size_t depth_word(Depth *depth, const char *text, size_t length, size_t at, bool *ret_ok)
{
    size_t next = at;

    while (next < length && lex_is_word(text[next]))
        next++;
    switch (kind_of_word(text + at, next - at)) {
    case WORD_PLAIN:
        break;
    case WORD_OPERATOR:
        depth->levels[depth->level].operators++;
        depth->sum++;
        break;
    case WORD_QUERY:
        depth_part(depth);
        depth->levels[depth->level].query++;
        depth->sum++;
        break;
    case WORD_PART:
        depth_part(depth);
        break;
    case WORD_CASE:
        *ret_ok = depth_open(depth, true);
        break;
    case WORD_END:
        if (depth->levels[depth->level].is_case)
            depth_close(depth);
        break;
    }
    return next;
}

/* Why the text may not be parsed: NULL when it may. */
static const char *too_deep(const char *text, size_t length)
{
    Depth depth;
    bool ok = true;
    size_t next;

    /* A level is emptied when it is opened. */
    depth.level = depth.sum = 0;
    depth.levels[0] = (Level){0};

    for (size_t at = 0; at < length && ok; at = next) {
        char c = text[at];

        next = lex_skip(text, length, at);
        if (next > at)
            continue;
        next = at + 1;
        if (lex_is_word(c)) {
            next = depth_word(&depth, text, length, at, &ok);
        } else if (c == ';') {
            depth.level = depth.sum = 0;
            depth.levels[0] = (Level){0};
        } else if (c == ',') {
            depth_part(&depth);
        } else if (c == '(' || c == '[') {
            ok = depth_open(&depth, false);
        } else if (c == ')' || c == ']') {
            depth_close(&depth);
        } else if (c && strchr("+*/<>=|:%~!^#&?@-", c)) {
            depth.levels[depth.level].operators++;
            depth.sum++;
            next = skip_operator(text, length, at);
        }
        if (depth.sum > SQL_NESTING_MAX)
            return "too many operators for one statement";
    }
    return ok ? NULL : "too many brackets within brackets for one statement";
}

/* ---- texts ---- */

static char *text_of(const char *text, size_t start, size_t size)
{
    char *piece = arena_realloc_or_exit(NULL, size + 1);

    memcpy(piece, text + start, size);
    piece[size] = '\0';
    return piece;
}

/* One statement, or what the scanner took for one; shift: where the text begins in the file. */
static void parse_piece(SqlParse *parse, const char *text, size_t shift, size_t start, size_t size)
{
    char *piece = text_of(text, start, size);
    const char *deep = too_deep(piece, size);
    char *error = NULL;
    size_t at = 0;

    if (deep)
        error = memory_strdup(deep);
    if (error || !parse_text(parse, piece, shift + start, &error, &at)) {
        SqlStatement *statement = add_statement(parse);

        statement->error = error;
        statement->offset =
            shift + start + (at ? (at < size ? at : size) : lex_code(piece, size, 0));
        statement->end = shift + start + size;
    }
    free(piece);
}

static void add_error(SqlParse *parse, const char *message, size_t offset, size_t end)
{
    SqlStatement *statement = add_statement(parse);

    statement->error = memory_strdup(message ? message : "cannot be read");
    statement->offset = offset;
    statement->end = end;
}

/* What the scanner took for no statement, for there is no keyword in it. */
static void parse_gap(SqlParse *parse, const char *text, size_t shift, size_t from, size_t to)
{
    for (size_t at = lex_code(text, to, from), end; at < to; at = lex_code(text, to, end)) {
        end = lex_end(text, to, at);
        parse_piece(parse, text, shift, at, end - at);
    }
}

static void parse_pieces(SqlParse *parse, const char *text, size_t length, size_t shift)
{
    PgQuerySplitResult split = pg_query_split_with_scanner(text);
    size_t done = 0;

    memory_check();
    /* A quote that never ends or a number that goes on as a word: our own cut does for the rest. */
    while (split.error && done < length) {
        size_t start = lex_code(text, length, done);

        done = lex_end(text, length, start);
        if (start < done)
            parse_piece(parse, text, shift, start, done - start);
    }
    for (int i = 0; !split.error && i < split.n_stmts; i++) {
        size_t start = (size_t)split.stmts[i]->stmt_location;
        size_t size = (size_t)split.stmts[i]->stmt_len;

        parse_gap(parse, text, shift, done, start);
        parse_piece(parse, text, shift, start, size);
        done = start + size;
    }
    /* The scanner drops an end that it waits to see a bracket closed in. */
    done = lex_code(text, length, done);
    if (done < length)
        parse_piece(parse, text, shift, done, length - done);
    pg_query_free_split_result(split);
}

/* Whole statements: all at once, and when the grammar refuses that, one by one. */
static void parse_part(SqlParse *parse, const char *text, size_t start, size_t size)
{
    char *part = text_of(text, start, size);
    char *error = NULL;
    size_t at = 0;

    if (too_deep(part, size) || !parse_text(parse, part, start, &error, &at))
        parse_pieces(parse, part, size, start);
    free(error);
    free(part);
}

/* What changes rows only. */
static bool is_data(const char *text, size_t length)
{
    static const char *const words[] = {"insert", "update", "delete", "copy"};
    size_t size = 0;

    while (size < length && lex_is_word(text[size]))
        size++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == size && strncasecmp(words[i], text, size) == 0)
            return true;
    return false;
}

/* Where a quote begins that has no end before that of the text; length: nowhere. */
static size_t open_quote(const char *text, size_t length, size_t at)
{
    while (at < length) {
        size_t next = lex_skip(text, length, at);

        if (next == length && lex_is_open(text, length, at))
            break;
        at = next > at ? next : at + 1;
    }
    return at;
}

/* A large text: runs of whole statements, cut where there is data or where they become long. */
static void parse_large(SqlParse *parse, const char *text, size_t length)
{
    enum { PART = 256 * 1024 };
    size_t start = 0; /* of what is not parsed yet */

    for (size_t at = 0; at < length;) {
        size_t code = lex_code(text, length, at);
        size_t end = lex_end(text, length, code);
        bool data = is_data(text + code, end - code);
        bool is_long = end - code > SQL_STATEMENT_MAX;
        size_t quote = data && end == length ? open_quote(text, end, code) : end;

        if ((data || is_long || code - at > PART) && at > start)
            parse_part(parse, text, start, at - start);
        if (code - at > PART)
            start = code;
        if (quote < end)
            add_error(parse, "a quote without an end", quote, end);
        else if (data)
            *add_statement(parse) = (SqlStatement){.offset = code, .end = end};
        else if (is_long)
            add_error(parse, "longer than 8 MB", code, end);
        if (data || is_long)
            start = end;
        if (end - start > PART || (end == length && end > start)) {
            parse_part(parse, text, start, end - start);
            start = end;
        }
        at = end;
    }
}

SqlParse *sql_parse(const char *text, size_t length)
{
    SqlParse *parse = arena_realloc_or_exit(NULL, sizeof *parse);

    *parse = (SqlParse){0};
    if (length > SQL_WHOLE_MAX)
        parse_large(parse, text, length);
    else
        parse_part(parse, text, 0, length);
    return parse;
}

void sql_parse_close(SqlParse **parse)
{
    if (!*parse)
        return;
    for (size_t i = 0; i < (*parse)->count; i++)
        free((void *)(*parse)->statements[i].error);
    for (size_t i = 0; i < (*parse)->tree_count; i++)
        raw_close((*parse)->trees[i]);
    free((*parse)->trees);
    free((*parse)->statements);
    free(*parse);
    *parse = NULL;
}

/* A file of an old Mac has CR alone, and its lines are counted by that. */
void sql_place(SqlPlace *place, const char *text, size_t offset, size_t *ret_line)
{
    if (offset < place->offset || place->text != text)
        *place = (SqlPlace){.text = text};
    for (; text && place->offset < offset && text[place->offset]; place->offset++) {
        place->lines += text[place->offset] == '\n';
        place->returns += text[place->offset] == '\r';
    }
    if (!place->lines && place->returns && !place->looked) {
        place->looked = true;
        place->old_mac = !strchr(text + place->offset, '\n');
    }
    *ret_line = 1 + (place->old_mac && !place->lines ? place->returns : place->lines);
}

void sql_position(const char *text, size_t offset, size_t *ret_line, size_t *ret_column)
{
    SqlPlace place = {0};
    size_t column = 1;

    sql_place(&place, text, offset, ret_line);
    for (size_t i = place.offset; i > 0; i--) {
        char c = text[i - 1];

        if (c == '\n' || (c == '\r' && place.old_mac))
            break;
        column += ((unsigned char)c & 0xC0) != 0x80;
    }
    *ret_column = column;
}
