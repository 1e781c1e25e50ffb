#include "sql/parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "pg_query.h"

/* The first byte of a statement that is neither blank nor part of a comment. */
static size_t skip_blank(const char *text, size_t at, size_t end)
{
    while (at < end) {
        if (strchr(" \t\r\n\f\v;", text[at])) {
            at++;
        } else if (text[at] == '-' && at + 1 < end && text[at + 1] == '-') {
            while (at < end && text[at] != '\n')
                at++;
        } else if (text[at] == '/' && at + 1 < end && text[at + 1] == '*') {
            size_t depth = 0;

            do {
                if (at + 1 < end && text[at] == '/' && text[at + 1] == '*') {
                    depth++;
                    at += 2;
                } else if (at + 1 < end && text[at] == '*' && text[at + 1] == '/') {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth && at < end);
        } else {
            break;
        }
    }
    return at;
}

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

static void keep_tree(SqlParse *parse, PgQuery__ParseResult *tree)
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
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(text);
    size_t length = strlen(text);
    bool ok = false;

    /* Without memory is not without sense: what comes of it must not be taken for the text's. */
    memory_check();
    if (result.error) {
        *ret_error =
            memory_strdup(result.error->message ? result.error->message : "cannot be parsed");
        *ret_at = byte_offset(text, result.error->cursorpos);
    } else {
        PgQuery__ParseResult *tree = pg_query__parse_result__unpack(
            NULL, result.parse_tree.len, (const uint8_t *)result.parse_tree.data);

        memory_check();
        if (!tree) {
            *ret_error = memory_strdup("cannot be parsed: nested too deeply");
        } else {
            keep_tree(parse, tree);
            ok = true;
            for (size_t i = 0; i < tree->n_stmts; i++) {
                const PgQuery__RawStmt *raw = tree->stmts[i];
                size_t start = raw->stmt_location > 0 ? (size_t)raw->stmt_location : 0;
                size_t end = raw->stmt_len > 0 ? start + (size_t)raw->stmt_len : length;
                SqlStatement *statement = add_statement(parse);

                end = end > length ? length : end;
                start = start > end ? end : start;
                statement->node = raw->stmt;
                statement->offset = shift + skip_blank(text, start, end);
                statement->end = shift + end;
            }
        }
    }
    pg_query_free_protobuf_parse_result(result);
    return ok;
}

/* A rough upper bound of how deep the tree of a text can be: brackets within brackets, and the
 * operators of one expression at one level of them. */
static bool too_deep(const char *text, size_t length)
{
    enum { LEVELS = 1000 };
    size_t marks[LEVELS] = {0};
    size_t level = 0;
    bool quoted = false;

    for (size_t i = 0; i < length; i++) {
        char c = text[i];

        if (c == '\'') {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (c == ';' || c == ',') {
            marks[level] = 0;
            level = c == ';' ? 0 : level;
        } else if (c == '(' || c == '[') {
            if (++level == LEVELS)
                return true;
            marks[level] = 0;
        } else if (c == ')' || c == ']') {
            level -= level > 0;
        }
        if (!quoted && c && strchr("+*/<>=|:%~!^#&?@[", c) && ++marks[level] > SQL_NESTING_MAX)
            return true;
    }
    return false;
}

/* One statement, or what the scanner took for one. */
static void parse_piece(SqlParse *parse, const char *text, size_t start, size_t size)
{
    char *piece = arena_realloc_or_exit(NULL, size + 1);
    char *error = NULL;
    size_t at = 0;

    memcpy(piece, text + start, size);
    piece[size] = '\0';
    if (too_deep(piece, size))
        error = memory_strdup("too many operators for one statement");
    if (error || !parse_text(parse, piece, start, &error, &at)) {
        SqlStatement *statement = add_statement(parse);

        statement->error = error;
        statement->offset = start + (at ? (at < size ? at : size) : skip_blank(piece, 0, size));
        statement->end = start + size;
    }
    free(piece);
}

static void add_error(SqlParse *parse, const PgQueryError *error, size_t offset, size_t end)
{
    SqlStatement *statement = add_statement(parse);

    statement->error = memory_strdup(error->message ? error->message : "cannot be read");
    statement->offset = offset;
    statement->end = end;
}

/* What stands in front of an offset, up to the last semicolon there. */
static size_t before(const char *text, size_t offset)
{
    while (offset && text[offset - 1] != ';')
        offset--;
    return offset;
}

static void parse_pieces(SqlParse *parse, const char *text, size_t length)
{
    PgQuerySplitResult split = pg_query_split_with_scanner(text);
    size_t done = 0;

    if (split.error) {
        /* A quote that never ends, most often: what is in front of it can still be read. */
        size_t offset = byte_offset(text, split.error->cursorpos);
        size_t readable = before(text, offset);

        if (readable) {
            char *front = arena_realloc_or_exit(NULL, readable + 1);

            memcpy(front, text, readable);
            front[readable] = '\0';
            parse_pieces(parse, front, readable);
            free(front);
        }
        add_error(parse, split.error, offset, length);
        done = length;
    }
    for (int i = 0; !split.error && i < split.n_stmts; i++) {
        size_t start = (size_t)split.stmts[i]->stmt_location;
        size_t size = (size_t)split.stmts[i]->stmt_len;

        parse_piece(parse, text, start, size);
        done = start + size;
    }
    /* The scanner drops an end that it waits to see a bracket closed in. */
    done = skip_blank(text, done, length);
    if (done < length)
        parse_piece(parse, text, done, length - done);
    pg_query_free_split_result(split);
}

SqlParse *sql_parse(const char *text, size_t length)
{
    SqlParse *parse = arena_realloc_or_exit(NULL, sizeof *parse);
    char *error = NULL;
    size_t at = 0;

    *parse = (SqlParse){0};
    if (too_deep(text, length) || !parse_text(parse, text, 0, &error, &at))
        parse_pieces(parse, text, length);
    free(error);
    return parse;
}

void sql_parse_close(SqlParse **parse)
{
    if (!*parse)
        return;
    for (size_t i = 0; i < (*parse)->count; i++)
        free((void *)(*parse)->statements[i].error);
    for (size_t i = 0; i < (*parse)->tree_count; i++)
        pg_query__parse_result__free_unpacked((*parse)->trees[i], NULL);
    free((*parse)->trees);
    free((*parse)->statements);
    free(*parse);
    *parse = NULL;
}

void sql_position(const char *text, size_t offset, size_t *ret_line, size_t *ret_column)
{
    size_t line = 1;
    size_t column = 1;

    for (size_t i = 0; i < offset && text[i]; i++) {
        if (text[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            column++;
        }
    }
    *ret_line = line;
    *ret_column = column;
}
