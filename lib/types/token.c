#include "types/token.h"

#include <string.h>

enum { NESTING_MAX = 32 };

Tokens tokens_of(const char *text, size_t length)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* the byte order mark */
    size_t skip = length >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;

    return (Tokens){.at = text + skip, .end = text + length, .line = 1, .broken = true};
}

/* Names may have any character beyond ASCII but those that end a line (U+2028, U+2029). */
static bool is_line_separator(const char *at, const char *end)
{
    return end - at >= 3 && memcmp(at, "\xE2\x80", 2) == 0 && ((unsigned char)at[2] & 0xFE) == 0xA8;
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *name_end(const char *at, const char *end)
{
    while (at < end && (is_name_start(*at) || is_digit(*at)) && !is_line_separator(at, end))
        at++;
    return at;
}

/* Behind the closing quote, or NULL when the line ends before it. */
static const char *string_end(const char *at, const char *end)
{
    for (char quote = *at++; at < end && *at && *at != '\n' && *at != '\r'; at++) {
        if (*at == quote)
            return at + 1;
        if (*at == '\\' && at + 1 < end && at[1] != '\n' && at[1] != '\r')
            at++;
    }
    return NULL;
}

/* Behind the closing backtick, or NULL. ${ } may hold strings and templates again. */
static const char *template_end(const char *at, const char *end)
{
    size_t braces[NESTING_MAX] = {0}; /* open in the innermost ${ } */
    size_t depth = 1;
    bool is_text = true;

    for (at++; at < end && *at; at++) {
        if (is_text) {
            if (*at == '\\' && at + 1 < end) {
                at++;
            } else if (*at == '`') {
                if (--depth == 0)
                    return at + 1;
                is_text = false;
            } else if (*at == '$' && at + 1 < end && at[1] == '{') {
                is_text = false;
                braces[depth - 1] = 0;
                at++;
            }
        } else if (*at == '`') {
            if (depth == NESTING_MAX)
                return NULL;
            depth++;
            is_text = true;
        } else if (*at == '{') {
            braces[depth - 1]++;
        } else if (*at == '}') {
            is_text = braces[depth - 1] == 0;
            braces[depth - 1] -= !is_text;
        } else if (*at == '"' || *at == '\'') {
            const char *close = string_end(at, end);

            if (!close)
                return NULL;
            at = close - 1;
        }
    }
    return NULL;
}

static const char *regex_end(const char *at, const char *end)
{
    bool is_class = false;

    for (at++; at < end && *at != '\n' && *at != '\r'; at++) {
        if (*at == '\\' && at + 1 < end && at[1] != '\n')
            at++;
        else if (*at == '/' && !is_class)
            return name_end(at + 1, end);
        else if (*at == '[')
            is_class = true;
        else if (*at == ']')
            is_class = false;
    }
    return NULL;
}

static const char *comment_end(const char *at, const char *end)
{
    if (at[1] == '/') {
        while (at < end && *at != '\n' && *at != '\r')
            at++;
        return at;
    }
    for (at += 2; at + 1 < end; at++) {
        if (at[0] == '*' && at[1] == '/')
            return at + 2;
    }
    return NULL;
}

/* Moves over blanks, and counts lines up to there. */
static void skip_blanks(Tokens *tokens)
{
    for (; tokens->at < tokens->end; tokens->at++) {
        if (*tokens->at == '\n') {
            tokens->line++;
            tokens->broken = true;
        } else if (is_line_separator(tokens->at, tokens->end)) {
            tokens->broken = true;
            tokens->at += 2;
        } else if (*tokens->at != ' ' && *tokens->at != '\t' && *tokens->at != '\r' &&
                   *tokens->at != '\v' && *tokens->at != '\f') {
            return;
        }
    }
}

/* The kind of token that begins here, and its end; NULL: it has none. */
static const char *token_end(const Tokens *tokens, TokenKind *ret)
{
    const char *at = tokens->at, *end = tokens->end;
    char next = '\0';

    if (at + 1 < end)
        next = at[1];
    if (*at == '"' || *at == '\'') {
        *ret = TOKEN_STRING;
        return string_end(at, end);
    }
    if (*at == '`') {
        *ret = TOKEN_TEMPLATE;
        return template_end(at, end);
    }
    if (is_name_start(*at)) {
        *ret = TOKEN_NAME;
        return name_end(at, end);
    }
    if (is_digit(*at)) {
        *ret = TOKEN_NUMBER;
        for (at++; at < end && (is_digit(*at) || *at == '.' || is_name_start(*at));)
            at++;
        return at;
    }
    if (*at == '/' && (next == '/' || next == '*')) {
        *ret = TOKEN_COMMENT;
        return comment_end(at, end);
    }
    if (*at == '/' && !tokens->is_value) {
        *ret = TOKEN_REGEX;
        return regex_end(at, end);
    }
    *ret = (unsigned char)*at < ' ' || *at == 0x7F ? TOKEN_BAD : TOKEN_MARK;
    if (*at == '=' && next == '>')
        return at + 2;
    if (end - at >= 3 && memcmp(at, "...", 3) == 0)
        return at + 3;
    return at + 1;
}

Token tokens_next(Tokens *tokens)
{
    TokenKind kind = TOKEN_END;

    skip_blanks(tokens);
    Token token = {.start = tokens->at, .line = tokens->line, .is_first = tokens->broken};

    if (tokens->at == tokens->end)
        return token;
    const char *end = token_end(tokens, &kind);

    if (!end) { /* to the end of the line, so that there is a next one */
        kind = TOKEN_BAD;
        for (end = tokens->at; end < tokens->end && *end != '\n';)
            end++;
    }
    token.kind = kind;
    token.length = (size_t)(end - tokens->at);
    for (const char *at = tokens->at; at < end; at++)
        tokens->line += *at == '\n';
    tokens->at = end;
    tokens->broken = false;
    if (kind == TOKEN_COMMENT)
        tokens->broken = tokens->line > token.line;
    else
        tokens->is_value =
            kind != TOKEN_MARK || *token.start == ')' || *token.start == ']' || *token.start == '}';
    return token;
}

Token tokens_next_code(Tokens *tokens)
{
    bool is_first = false;
    Token token = {0};

    do {
        token = tokens_next(tokens);
        is_first |= token.is_first;
    } while (token.kind == TOKEN_COMMENT);
    token.is_first = is_first;
    return token;
}

bool token_is(const Token *token, const char *text)
{
    return token->kind != TOKEN_STRING && token->kind != TOKEN_COMMENT &&
           strlen(text) == token->length && memcmp(token->start, text, token->length) == 0;
}

static void add_string(const Token *token, Buffer *out)
{
    const char *end = token->start + token->length - 1;

    buffer_char(out, '"');
    for (const char *at = token->start + 1; at < end; at++) {
        if (*at == '\\' && at + 1 < end) {
            at++;
            if (*at != '\'')
                buffer_char(out, '\\');
        } else if (*at == '"') {
            buffer_char(out, '\\');
        }
        buffer_char(out, *at);
    }
    buffer_char(out, '"');
}

static void add_comment(const Token *token, Buffer *out)
{
    bool blank = false;

    for (size_t i = 0; i < token->length; i++) {
        char c = token->start[i];

        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            blank = true;
            continue;
        }
        if (blank)
            buffer_char(out, ' ');
        blank = false;
        buffer_char(out, c);
    }
}

void token_add(const Token *token, Buffer *out)
{
    if (token->kind == TOKEN_STRING)
        add_string(token, out);
    else if (token->kind == TOKEN_COMMENT)
        add_comment(token, out);
    else
        buffer_add(out, token->start, token->length);
}

void token_add_key(const Token *token, Buffer *out)
{
    const char *inner = token->start + 1;

    if (token->kind == TOKEN_STRING && token->length > 2 && is_name_start(*inner) &&
        name_end(inner, inner + token->length - 2) == inner + token->length - 2)
        buffer_add(out, inner, token->length - 2);
    else
        token_add(token, out);
}
