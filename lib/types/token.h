/* The tokens of TypeScript, as far as files of types need them: names, literals, comments and
 * marks, each with its line. Code that is no type (regular expressions, for example) is read well
 * enough to find its end. Nothing fails: what is no token comes back as TOKEN_BAD. Source:
 * ECMA-262, chapter 12. */
#ifndef TYPES_TOKEN_H
#define TYPES_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_NAME, /* keywords, too */
    TOKEN_STRING,
    TOKEN_TEMPLATE, /* with all that is in it */
    TOKEN_NUMBER,
    TOKEN_REGEX,
    TOKEN_MARK,    /* one character, "=>" or "..." */
    TOKEN_COMMENT, /* without the end of its line */
    TOKEN_BAD      /* an open string or comment, a control character */
} TokenKind;

typedef struct Token {
    TokenKind kind;
    const char *start; /* borrowed from the text */
    size_t length;
    size_t line;   /* from 1 */
    bool is_first; /* of its line */
} Token;

typedef struct Tokens {
    const char *at;
    const char *end;
    size_t line;
    bool is_value; /* what came last ends a value, so that a slash divides */
    bool broken;   /* the next is the first of its line */
} Tokens;

/* text need not end in a NUL. */
Tokens tokens_of(const char *text, size_t length);
Token tokens_next(Tokens *tokens);
/* The next that is no comment. */
Token tokens_next_code(Tokens *tokens);

bool token_is(const Token *token, const char *text);
/* As it is written in our own files: strings in double quotes, blanks in comments one each. */
void token_add(const Token *token, Buffer *out);
/* As the key of a member: bare when it may be. */
void token_add_key(const Token *token, Buffer *out);

#endif
