/* How types/script.h reads types: of lib/types/script*.c alone. */
#ifndef TYPES_SCRIPT_PARSER_H
#define TYPES_SCRIPT_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "types/script.h"
#include "types/token.h"

typedef struct Parser {
    Arena *arena;
    Tokens tokens;
    Token token;     /* at hand, no comment */
    const char *end; /* of the one before it */
    size_t depth;
    Err *err;
} Parser;

/* To the next token that is no comment. */
void parser_step(Parser *parser);
bool parser_at(const Parser *parser, const char *text);
/* Passes the token where it is that one. */
bool parser_take(Parser *parser, const char *text);
/* The same, and an error where it is not. */
bool parser_want(Parser *parser, const char *text);
/* Always false, with EXIT_DATA and "line N: what, not 'token'". */
bool parser_refuse(Parser *parser, const char *what);
/* The text, in the arena; the buffer is freed. */
const char *parser_text(const Parser *parser, Buffer *text);
/* The type at hand; NULL: refused. */
const ScriptType *parser_type(Parser *parser);

/* The type on one line; likewise, in parentheses. */
void script_put(Buffer *out, const ScriptType *type);
void script_put_in(Buffer *out, const ScriptType *type, bool brackets);

#endif
