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
    const char *error; /* then: the parser's message */
    size_t offset;     /* of the first token; of the error when it did not parse */
    size_t end;        /* behind the last byte */
} SqlStatement;

typedef struct SqlParse {
    SqlStatement *statements;
    size_t count;
    void **trees; /* private */
    size_t tree_count;
} SqlParse;

enum { SQL_NESTING_MAX = 20000 };

/* Parses a NUL-terminated text. Never fails: what cannot be parsed is a statement with an error.
 * A statement with more than SQL_NESTING_MAX operators and brackets is refused unparsed: the
 * parser's own trees are walked recursively. Close with sql_parse_close. */
SqlParse *sql_parse(const char *text, size_t length);
void sql_parse_close(SqlParse **parse);

/* Line and column, from 1, of a byte offset; the column counts characters. */
void sql_position(const char *text, size_t offset, size_t *ret_line, size_t *ret_column);

#endif
