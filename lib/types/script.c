#include "types/script.h"

#include <string.h>

#include "types/names.h"
#include "types/script_parser.h"
#include "types/token.h"

/* ---- a type on its own ---- */

bool script_is_hidden(const char *text, size_t length)
{
    static const char *const hidden[] = {
        "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAA",
        "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x81\xA6",
        "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9", "\xD8\x9C",     NULL};

    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7F)
            return true;
        for (const char *const *mark = hidden; *mark; mark++) {
            if (strncmp(text + i, *mark, strlen(*mark)) == 0)
                return true;
        }
    }
    return false;
}

/* What TypeScript would read as other tokens than we do, or not at all; NULL: nothing. */
static const char *foreign_token(Arena *arena, const char *text, size_t length)
{
    Tokens tokens = tokens_of(text, length);

    for (Token token = tokens_next(&tokens); token.kind != TOKEN_END;
         token = tokens_next(&tokens)) {
        if (token.kind == TOKEN_COMMENT)
            return "it has a comment";
        if (token.kind == TOKEN_NAME &&
            *names_key(arena, arena_strndup(arena, token.start, token.length)) != *token.start)
            return "it has a name that is no identifier";
    }
    return NULL;
}

static const ScriptType *checked(Parser *parser, const char *text, const ScriptType *type,
                                 size_t length)
{
    const char *foreign = type ? foreign_token(parser->arena, text, length) : NULL;

    if (type && script_is_hidden(text, length))
        foreign = "it has a control or reordering character";
    if (foreign)
        (void)err_set(parser->err, EXIT_DATA, "%s", foreign);
    return foreign ? NULL : type;
}

const ScriptType *script_type(Arena *arena, const char *text, Err *err)
{
    size_t length = strlen(text);
    Parser parser = {.arena = arena, .tokens = tokens_of(text, length), .err = err};

    parser_step(&parser);
    const ScriptType *type = parser_type(&parser);

    if (type && parser.token.kind != TOKEN_END) {
        (void)parser_refuse(&parser, "the type ends here");
        return NULL;
    }
    return checked(&parser, text, type, length);
}

const ScriptType *script_type_in_braces(Arena *arena, const char **text, Err *err)
{
    size_t length = strcspn(*text, "\r\n");
    Parser parser = {.arena = arena, .tokens = tokens_of(*text, length), .err = err};

    parser_step(&parser);
    const ScriptType *type = parser_want(&parser, "{") ? parser_type(&parser) : NULL;

    if (!type || !parser_at(&parser, "}")) {
        (void)parser_refuse(&parser, "'}' is missing here");
        return NULL;
    }
    const char *from = *text;

    *text = parser.token.start + 1;
    return checked(&parser, from, type, (size_t)(*text - from));
}

/* ---- what a text says ---- */

static bool is_leading(const Token *before)
{
    static const char *const marks[] = {"=", ":", "(", "<", "?",  ",", ";",
                                        "[", "{", "|", "&", "=>", NULL};

    for (const char *const *mark = marks; *mark; mark++)
        if (token_is(before, *mark))
            return true;
    return before->kind == TOKEN_END;
}

/* One token between its neighbours; before is TOKEN_END at the beginning. */
static void add_said(Buffer *out, const Token *before, const Token *token, const Token *next)
{
    if (token_is(token, ";") || token_is(token, ",") ||
        ((token_is(token, "|") || token_is(token, "&")) && is_leading(before)))
        return;
    if (out->length)
        buffer_char(out, ' ');
    if (token_is(next, ":") || token_is(next, "?"))
        token_add_key(token, out);
    else
        token_add(token, out);
}

void script_digest(const char *text, size_t length, char ret[DIGEST_HEX_SIZE])
{
    Tokens tokens = tokens_of(text, length);
    Digest *digest = digest_open();
    Token before = {.kind = TOKEN_END};
    Buffer said = {0};

    for (Token token = tokens_next(&tokens); token.kind != TOKEN_END;) {
        Token next = tokens_next(&tokens);

        add_said(&said, &before, &token, &next);
        if (said.length) {
            buffer_char(&said, ' ');
            digest_add(digest, said.bytes, said.length);
            buffer_clear(&said);
        }
        before = token.kind == TOKEN_COMMENT ? before : token;
        token = next;
    }
    digest_end_hex(digest, ret);
    digest_close(&digest);
    buffer_free(&said);
}

/* ---- files ---- */

static bool is_one_of(const Token *token, const char *const *words)
{
    while (*words && !token_is(token, *words))
        words++;
    return *words != NULL;
}

static bool begins_statement(const Token *token, const Token *before)
{
    static const char *const first[] = {"export",  "type",  "import",   "interface", "const",
                                        "let",     "var",   "class",    "function",  "enum",
                                        "declare", "async", "abstract", "namespace", NULL};
    static const char *const open[] = {"=", "|",  "&",      "?",       ":",       ",",     ".", "+",
                                       "-", "=>", "export", "declare", "extends", "keyof", NULL};

    return token->is_first && token->kind == TOKEN_NAME && is_one_of(token, first) &&
           !is_one_of(before, open);
}

/* "type Tables" of "export declare type Tables<...". */
static const char *statement_name(Parser *parser)
{
    static const char *const passed[] = {"export", "declare", "default", "async", "abstract", NULL};
    Parser ahead = *parser;
    enum { SHOWN = 60 };

    while (is_one_of(&ahead.token, passed))
        parser_step(&ahead);
    Token word = ahead.token;

    parser_step(&ahead);
    if (ahead.token.kind == TOKEN_NAME && word.kind == TOKEN_NAME && !token_is(&word, "import"))
        return arena_printf(parser->arena, "%.*s %.*s", (int)word.length, word.start,
                            ahead.token.length < SHOWN ? (int)ahead.token.length : SHOWN,
                            ahead.token.start);
    return arena_printf(parser->arena, "%.*s", word.length < SHOWN ? (int)word.length : SHOWN,
                        word.start);
}

/* To the next statement; its text is added to said. */
static void skip_statement(Parser *parser, Buffer *said)
{
    size_t open = 0;
    Token before = {.kind = TOKEN_END};

    while (parser->token.kind != TOKEN_END) {
        const Token token = parser->token;
        bool opens = token_is(&token, "{") || token_is(&token, "(") || token_is(&token, "[");
        bool closes = token_is(&token, "}") || token_is(&token, ")") || token_is(&token, "]");

        if (!open && before.kind != TOKEN_END && begins_statement(&token, &before))
            return;
        open += opens;
        open -= closes && open;
        parser_step(parser);
        add_said(said, &before, &token, &parser->token);
        before = token;
    }
}

static bool read_known(Parser *parser, const char *name, const ScriptType **ret)
{
    static const Token end = {.kind = TOKEN_MARK, .start = "}", .length = 1};
    CLEANUP(arena_free) Arena scratch = {0};

    if (*ret)
        return parser_refuse(parser, arena_printf(&scratch, "there is one %s only", name));
    while (!parser_at(parser, "=") && !parser_at(parser, "{") && parser->token.kind != TOKEN_END)
        parser_step(parser);
    (void)parser_take(parser, "=");
    *ret = parser_type(parser);
    if (!*ret)
        return false;
    if ((*ret)->kind != SCRIPT_OBJECT)
        return parser_refuse(parser, arena_printf(&scratch, "%s is an object", name));
    /* "as const" */
    if (parser_take(parser, "as"))
        parser_step(parser);
    while (parser_take(parser, ";"))
        ;
    return parser->token.kind == TOKEN_END || begins_statement(&parser->token, &end) ||
           parser_refuse(parser, arena_printf(&scratch, "%s ends here", name));
}

bool script_read(Arena *arena, const char *text, size_t length, Script *ret, Err *err)
{
    Parser parser = {.arena = arena, .tokens = tokens_of(text, length), .err = err};
    ScriptStatement **last = &ret->statements;

    *ret = (Script){0};
    for (parser_step(&parser); parser.token.kind != TOKEN_END;) {
        const char *name = statement_name(&parser);
        Buffer said = {0};

        if (strcmp(name, "type Database") == 0 || strcmp(name, "interface Database") == 0) {
            if (!read_known(&parser, "type Database", &ret->database))
                return false;
        } else if (strcmp(name, "const Constants") == 0) {
            if (!read_known(&parser, "constant Constants", &ret->constants))
                return false;
        } else {
            ScriptStatement *statement = arena_alloc(arena, sizeof *statement);

            statement->name = name;
            statement->line = parser.token.line;
            skip_statement(&parser, &said);
            statement->text = parser_text(&parser, &said);
            *last = statement;
            last = &statement->next;
        }
    }
    return ret->database || err_set(err, EXIT_DATA, "line 1: there is no type Database");
}
