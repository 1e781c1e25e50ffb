/* Statements of a file, parsed one by one or all at once.
 *
 * The whole text is parsed first; when the grammar refuses it, the scanner cuts it into statements
 * and each is parsed alone, so that one statement that PostgreSQL 15 does not know costs only
 * itself. Positions are byte offsets into the text given. */
#ifndef SQL_PARSE_H
#define SQL_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "sql/tree.h"

typedef struct SqlStatement {
    const Node *node;  /* NULL when it did not parse */
    const char *error; /* then: the parser's message; NULL of data that was not worth a tree */
    size_t offset;     /* of the first token; of the error when it did not parse */
    size_t end;        /* behind the last byte */
} SqlStatement;

typedef struct SqlParse {
    SqlStatement *statements;
    size_t count;
    struct RawTree **trees; /* private */
    size_t tree_count;
} SqlParse;

enum {
    SQL_NESTING_MAX = 2500,
    SQL_BRACKETS_MAX = 1000,
    SQL_WHOLE_MAX = 1024 * 1024,
    SQL_STATEMENT_MAX = 8 * 1024 * 1024
};

/* Parses a NUL-terminated text. Never fails: what cannot be parsed is a statement with an error.
 *
 * Refused unparsed are statements with more than SQL_NESTING_MAX operators in one expression or
 * SQL_BRACKETS_MAX open brackets, since the parser's own trees are walked recursively, and those
 * longer than SQL_STATEMENT_MAX. A text longer than SQL_WHOLE_MAX is parsed part by part, and its
 * INSERT, UPDATE, DELETE and COPY get no tree (node and error are NULL): the trees of a dump's rows
 * would take thirty times its size. Close with sql_parse_close. */
SqlParse *sql_parse(const char *text, size_t length);
void sql_parse_close(SqlParse **parse);

/* Counts the lines of a text that is asked for places one behind the other, in one go. */
typedef struct SqlPlace {
    const char *text;
    size_t offset;
    size_t lines;
    size_t returns;
    bool looked;
    bool old_mac;
} SqlPlace; /* {0} to begin with */
void sql_place(SqlPlace *place, const char *text, size_t offset, size_t *ret_line);

/* Line and column, from 1, of a byte offset; the column counts characters. */
void sql_position(const char *text, size_t offset, size_t *ret_line, size_t *ret_column);

#endif
