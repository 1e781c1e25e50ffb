#include "types/script.h"

#include <string.h>

#include "types/names.h"
#include "types/token.h"

typedef struct Parser {
    Arena *arena;
    Tokens tokens;
    Token token;     /* at hand, no comment */
    const char *end; /* of the one before it */
    size_t depth;
    Err *err;
} Parser;

static const ScriptType *parse_type(Parser *parser);

/* ---- small steps ---- */

static void step(Parser *parser)
{
    parser->end = parser->token.start + parser->token.length;
    parser->token = tokens_next_code(&parser->tokens);
}

static bool at(const Parser *parser, const char *text)
{
    return token_is(&parser->token, text);
}

static bool refuse(Parser *parser, const char *what)
{
    const Token *token = &parser->token;
    enum { SHOWN = 40 };
    int length = token->length < SHOWN ? (int)token->length : SHOWN;

    if (parser->err->code) /* the innermost place says it best */
        return false;
    if (token->kind == TOKEN_END)
        return err_set(parser->err, EXIT_DATA, "line %zu: %s, but the text ends", token->line,
                       what);
    return err_set(parser->err, EXIT_DATA, "line %zu: %s, not '%.*s'", token->line, what, length,
                   token->start);
}

static bool take(Parser *parser, const char *text)
{
    if (!at(parser, text))
        return false;
    step(parser);
    return true;
}

static bool want(Parser *parser, const char *text)
{
    CLEANUP(arena_free) Arena scratch = {0};

    return take(parser, text) ||
           refuse(parser, arena_printf(&scratch, "'%s' is missing here", text));
}

static Token peek(const Parser *parser)
{
    Tokens ahead = parser->tokens;

    return tokens_next_code(&ahead);
}

static ScriptType *type_new(const Parser *parser, ScriptKind kind)
{
    ScriptType *type = arena_alloc(parser->arena, sizeof *type);

    *type = (ScriptType){.kind = kind, .line = parser->token.line};
    return type;
}

static void type_add(ScriptType *type, const ScriptType *member)
{
    ScriptType *own = (ScriptType *)member; /* made by this module, and in no list yet */

    if (type->last)
        type->last->next = own;
    else
        type->first = own;
    type->last = own;
    type->count++;
}

static const char *text_of(const Parser *parser, Buffer *text)
{
    const char *copy = arena_strndup(parser->arena, text->bytes ? text->bytes : "", text->length);

    buffer_free(text);
    return copy;
}

static const ScriptType *text_type(const Parser *parser, ScriptKind kind, Buffer *text)
{
    ScriptType *type = type_new(parser, kind);

    type->text = text_of(parser, text);
    return type;
}

/* ---- writing ---- */

static void put_type(Buffer *out, const ScriptType *type);

static void put_in(Buffer *out, const ScriptType *type, bool brackets)
{
    buffer_text(out, brackets ? "(" : "");
    put_type(out, type);
    buffer_text(out, brackets ? ")" : "");
}

static void put_members(Buffer *out, const ScriptType *type, const char *between)
{
    for (const ScriptType *member = type->first; member; member = member->next) {
        if (member->key) {
            buffer_text(out, member->is_readonly ? "readonly " : "");
            buffer_text(out, member->key);
            buffer_text(out, member->is_optional ? "?: " : ": ");
        }
        put_in(out, member, type->kind == SCRIPT_UNION && member->kind == SCRIPT_COMPOUND);
        buffer_text(out, member->next ? between : "");
    }
}

static void put_type(Buffer *out, const ScriptType *type)
{
    switch (type->kind) {
    case SCRIPT_TEXT:
    case SCRIPT_COMPOUND:
        buffer_text(out, type->text);
        break;
    case SCRIPT_OBJECT:
        buffer_text(out, type->first ? "{ " : "{");
        put_members(out, type, "; ");
        buffer_text(out, type->first ? " }" : "}");
        break;
    case SCRIPT_UNION:
        put_members(out, type, " | ");
        break;
    case SCRIPT_LIST:
        buffer_char(out, '[');
        put_members(out, type, ", ");
        buffer_char(out, ']');
        break;
    case SCRIPT_ARRAY:
        put_in(out, type->first,
               type->first->kind == SCRIPT_UNION || type->first->kind == SCRIPT_COMPOUND);
        buffer_text(out, "[]");
        break;
    }
}

const char *script_text(Arena *arena, const ScriptType *type)
{
    Buffer out = {0};

    if (!type->text) { /* kept, for it is asked for again */
        put_type(&out, type);
        ((ScriptType *)type)->text = arena_strndup(arena, out.bytes ? out.bytes : "", out.length);
        buffer_free(&out);
    }
    return type->text;
}

const ScriptType *script_member(const ScriptType *object, const char *key)
{
    const ScriptType *member = object ? object->first : NULL;

    while (member && (!member->key || strcmp(member->key, key) != 0))
        member = member->next;
    return member;
}

/* ---- types ---- */

/* "[key: string]", "[_ in never]": up to the bracket that closes it. */
static const char *bracketed_key(Parser *parser)
{
    Buffer text = {0};
    size_t open = 0;

    do {
        const Token *token = &parser->token;

        if (token->kind == TOKEN_END || token->kind == TOKEN_BAD) {
            (void)refuse(parser, "']' is missing here");
            buffer_free(&text);
            return NULL;
        }
        open += token_is(token, "[");
        open -= token_is(token, "]");
        if (text.length > 1 && !token_is(token, "]") && !token_is(token, ":"))
            buffer_char(&text, ' ');
        token_add(token, &text);
        step(parser);
    } while (open);
    return text_of(parser, &text);
}

static const char *member_key(Parser *parser)
{
    Buffer text = {0};

    if (at(parser, "["))
        return bracketed_key(parser);
    if (parser->token.kind != TOKEN_NAME && parser->token.kind != TOKEN_STRING &&
        parser->token.kind != TOKEN_NUMBER) {
        (void)refuse(parser, "a member's name or '}' is missing here");
        return NULL;
    }
    token_add_key(&parser->token, &text);
    step(parser);
    return text_of(parser, &text);
}

static bool parse_member(Parser *parser, ScriptType *object)
{
    Token next = peek(parser);
    bool is_readonly = at(parser, "readonly") && !token_is(&next, ":") && !token_is(&next, "?");

    if (is_readonly)
        step(parser);
    const char *key = member_key(parser);
    size_t line = parser->token.line;
    bool is_optional = key && take(parser, "?");

    if (!key || !want(parser, ":"))
        return false;
    const char *start = parser->token.start;
    const ScriptType *type = parse_type(parser);

    if (!type)
        return false;
    ScriptType *member = arena_alloc(parser->arena, sizeof *member);

    *member = *type;
    member->key = key;
    member->is_optional = is_optional;
    member->is_readonly = is_readonly;
    member->line = line;
    member->start = start;
    member->length = (size_t)(parser->end - start);
    type_add(object, member);
    return take(parser, ";") || take(parser, ",") || at(parser, "}") || parser->token.is_first ||
           refuse(parser, "the end of a member is missing here");
}

static const ScriptType *parse_object(Parser *parser)
{
    ScriptType *object = type_new(parser, SCRIPT_OBJECT);

    step(parser);
    while (!take(parser, "}")) {
        if (!parse_member(parser, object))
            return NULL;
    }
    return object;
}

/* T; name: T, name?: T, ...T, ...name: T */
static const ScriptType *parse_element(Parser *parser)
{
    Buffer text = {0};
    bool is_rest = take(parser, "...");
    Token next = peek(parser);
    bool is_named =
        parser->token.kind == TOKEN_NAME && (token_is(&next, ":") || token_is(&next, "?"));

    if (!is_named && !is_rest)
        return parse_type(parser);
    buffer_text(&text, is_rest ? "..." : "");
    if (is_named) {
        token_add(&parser->token, &text);
        step(parser);
        buffer_text(&text, take(parser, "?") ? "?: " : ": ");
    }
    const ScriptType *type = !is_named || want(parser, ":") ? parse_type(parser) : NULL;

    if (type)
        put_type(&text, type);
    else
        buffer_free(&text);
    return type ? text_type(parser, SCRIPT_TEXT, &text) : NULL;
}

static const ScriptType *parse_list(Parser *parser)
{
    ScriptType *list = type_new(parser, SCRIPT_LIST);

    step(parser);
    while (!take(parser, "]")) {
        const ScriptType *element = parse_element(parser);

        if (!element)
            return NULL;
        type_add(list, element);
        if (!at(parser, "]") && !want(parser, ","))
            return NULL;
    }
    return list;
}

/* Whether the "(" at hand begins a function type: "=>" follows the one that closes it. */
static bool is_function(const Parser *parser)
{
    Tokens ahead = parser->tokens;
    size_t open = 1;
    Token token = {.kind = TOKEN_MARK};

    while (open && token.kind != TOKEN_END && token.kind != TOKEN_BAD) {
        token = tokens_next_code(&ahead);
        open += token_is(&token, "(");
        open -= token_is(&token, ")");
    }
    token = tokens_next_code(&ahead);
    return open == 0 && token_is(&token, "=>");
}

static bool parse_parameter(Parser *parser, Buffer *text)
{
    if (take(parser, "..."))
        buffer_text(text, "...");
    if (parser->token.kind != TOKEN_NAME)
        return refuse(parser, "a parameter's name is missing here");
    token_add(&parser->token, text);
    step(parser);
    buffer_text(text, take(parser, "?") ? "?: " : ": ");
    const ScriptType *type = want(parser, ":") ? parse_type(parser) : NULL;

    if (type)
        put_type(text, type);
    return type != NULL;
}

static const ScriptType *parse_function(Parser *parser)
{
    Buffer text = {0};
    const ScriptType *result = NULL;
    bool sound = true;

    buffer_char(&text, '(');
    step(parser);
    while (sound && !take(parser, ")")) {
        sound = parse_parameter(parser, &text) && (at(parser, ")") || want(parser, ","));
        if (sound && !at(parser, ")"))
            buffer_text(&text, ", ");
    }
    buffer_text(&text, ") => ");
    result = sound && want(parser, "=>") ? parse_type(parser) : NULL;
    if (!result) {
        buffer_free(&text);
        return NULL;
    }
    put_type(&text, result);
    return text_type(parser, SCRIPT_COMPOUND, &text);
}

static const ScriptType *parse_parentheses(Parser *parser)
{
    if (is_function(parser))
        return parse_function(parser);
    step(parser);
    const ScriptType *type = parse_type(parser);

    return type && want(parser, ")") ? type : NULL;
}

/* <A, B> behind a name, if it is there. */
static bool add_arguments(Parser *parser, Buffer *text)
{
    if (!at(parser, "<"))
        return true;
    step(parser);
    for (const char *mark = "<"; !take(parser, ">"); mark = ", ") {
        const ScriptType *argument = parse_type(parser);

        if (!argument)
            return false;
        buffer_text(text, mark);
        put_type(text, argument);
        if (!at(parser, ">") && !want(parser, ","))
            return false;
    }
    buffer_char(text, '>');
    return true;
}

/* import("module") */
static bool add_import(Parser *parser, Buffer *text)
{
    if (!want(parser, "("))
        return false;
    if (parser->token.kind != TOKEN_STRING)
        return refuse(parser, "a module's name in quotes is missing here");
    buffer_char(text, '(');
    token_add(&parser->token, text);
    buffer_char(text, ')');
    step(parser);
    return want(parser, ")");
}

static bool add_name(Parser *parser, Buffer *text)
{
    bool is_import = at(parser, "import");

    token_add(&parser->token, text);
    step(parser);
    if (is_import && !add_import(parser, text))
        return false;
    while (take(parser, ".")) {
        if (parser->token.kind != TOKEN_NAME)
            return refuse(parser, "a name is missing here");
        buffer_char(text, '.');
        token_add(&parser->token, text);
        step(parser);
    }
    return add_arguments(parser, text);
}

static const ScriptType *parse_name(Parser *parser)
{
    Buffer text = {0};
    bool is_query = at(parser, "typeof");

    if (is_query) {
        buffer_text(&text, "typeof ");
        step(parser);
    }
    if (parser->token.kind == TOKEN_NAME ? add_name(parser, &text)
                                         : refuse(parser, "a name is missing here"))
        return text_type(parser, SCRIPT_TEXT, &text);
    buffer_free(&text);
    return NULL;
}

static const ScriptType *parse_literal(Parser *parser)
{
    Buffer text = {0};

    if (take(parser, "-"))
        buffer_char(&text, '-');
    if (parser->token.kind != TOKEN_STRING && parser->token.kind != TOKEN_NUMBER &&
        parser->token.kind != TOKEN_TEMPLATE) {
        buffer_free(&text);
        (void)refuse(parser, "a type is missing here");
        return NULL;
    }
    token_add(&parser->token, &text);
    step(parser);
    return text_type(parser, SCRIPT_TEXT, &text);
}

static const ScriptType *parse_primary(Parser *parser)
{
    if (at(parser, "{"))
        return parse_object(parser);
    if (at(parser, "["))
        return parse_list(parser);
    if (at(parser, "("))
        return parse_parentheses(parser);
    return parser->token.kind == TOKEN_NAME ? parse_name(parser) : parse_literal(parser);
}

/* T[], T["key"]; a bracket on a new line begins a member. */
static const ScriptType *parse_postfix(Parser *parser)
{
    const ScriptType *type = parse_primary(parser);
    Buffer text = {0}; /* of it, once it has an index */

    for (size_t count = 0; type && at(parser, "[") && !parser->token.is_first; count++) {
        step(parser);
        bool is_array = take(parser, "]");

        if (is_array && !text.length && count < SCRIPT_DEPTH_MAX) {
            ScriptType *array = type_new(parser, SCRIPT_ARRAY);

            type_add(array, type);
            type = array;
            continue;
        }
        if (!text.length)
            put_in(&text, type, type->kind == SCRIPT_UNION || type->kind == SCRIPT_COMPOUND);
        buffer_char(&text, '[');
        if (!is_array) {
            const ScriptType *index = parse_type(parser);

            if (index)
                put_type(&text, index);
            if (!index || !want(parser, "]"))
                type = NULL;
        }
        buffer_char(&text, ']');
    }
    if (type && text.length)
        return text_type(parser, SCRIPT_TEXT, &text);
    buffer_free(&text);
    return type;
}

static const ScriptType *parse_prefixed(Parser *parser)
{
    static const char *const prefixes[] = {"keyof", "unique", "readonly", "infer", NULL};

    for (const char *const *prefix = prefixes; *prefix; prefix++) {
        if (!at(parser, *prefix))
            continue;
        Buffer text = {0};

        if (parser->depth == SCRIPT_DEPTH_MAX) {
            (void)refuse(parser, "it is nested too deeply here");
            return NULL;
        }
        parser->depth++;
        step(parser);
        const ScriptType *type = parse_prefixed(parser);

        parser->depth--;
        if (!type)
            return NULL;
        buffer_text(&text, *prefix);
        buffer_char(&text, ' ');
        put_in(&text, type, type->kind == SCRIPT_UNION);
        return text_type(parser, SCRIPT_COMPOUND, &text);
    }
    return parse_postfix(parser);
}

static const ScriptType *parse_intersection(Parser *parser)
{
    (void)take(parser, "&");
    const ScriptType *type = parse_prefixed(parser);
    Buffer text = {0};

    if (!type || !at(parser, "&"))
        return type;
    put_in(&text, type, type->kind == SCRIPT_UNION);
    while (take(parser, "&")) {
        type = parse_prefixed(parser);
        if (!type) {
            buffer_free(&text);
            return NULL;
        }
        buffer_text(&text, " & ");
        put_in(&text, type, type->kind == SCRIPT_UNION);
    }
    return text_type(parser, SCRIPT_COMPOUND, &text);
}

static const ScriptType *parse_union(Parser *parser)
{
    ScriptType *whole = NULL;

    (void)take(parser, "|");
    const ScriptType *type = parse_intersection(parser);

    while (type && take(parser, "|")) {
        if (!whole) {
            whole = type_new(parser, SCRIPT_UNION);
            type_add(whole, type);
        }
        type = parse_intersection(parser);
        if (type)
            type_add(whole, type);
    }
    return type && whole ? whole : type;
}

/* A extends B ? C : D, of which the first is at hand. */
static const ScriptType *parse_condition(Parser *parser, const ScriptType *type)
{
    static const char *const marks[] = {" extends ", " ? ", " : "};
    static const char *const keywords[] = {"extends", "?", ":"};
    Buffer text = {0};

    put_in(&text, type, type->kind == SCRIPT_COMPOUND);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        type =
            want(parser, keywords[i]) ? (i == 0 ? parse_union(parser) : parse_type(parser)) : NULL;
        if (!type) {
            buffer_free(&text);
            return NULL;
        }
        buffer_text(&text, marks[i]);
        put_type(&text, type);
    }
    return text_type(parser, SCRIPT_COMPOUND, &text);
}

static const ScriptType *parse_type(Parser *parser)
{
    if (parser->depth == SCRIPT_DEPTH_MAX) {
        (void)refuse(parser, "it is nested too deeply here");
        return NULL;
    }
    parser->depth++;
    const ScriptType *type = parse_union(parser);

    if (type && at(parser, "extends") && !parser->token.is_first)
        type = parse_condition(parser, type);
    parser->depth--;
    return type;
}

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

    step(&parser);
    const ScriptType *type = parse_type(&parser);

    if (type && parser.token.kind != TOKEN_END) {
        (void)refuse(&parser, "the type ends here");
        return NULL;
    }
    return checked(&parser, text, type, length);
}

const ScriptType *script_type_in_braces(Arena *arena, const char **text, Err *err)
{
    size_t length = strcspn(*text, "\r\n");
    Parser parser = {.arena = arena, .tokens = tokens_of(*text, length), .err = err};

    step(&parser);
    const ScriptType *type = want(&parser, "{") ? parse_type(&parser) : NULL;

    if (!type || !at(&parser, "}")) {
        (void)refuse(&parser, "'}' is missing here");
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
        step(&ahead);
    Token word = ahead.token;

    step(&ahead);
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
        step(parser);
        add_said(said, &before, &token, &parser->token);
        before = token;
    }
}

static bool read_known(Parser *parser, const char *name, const ScriptType **ret)
{
    static const Token end = {.kind = TOKEN_MARK, .start = "}", .length = 1};
    CLEANUP(arena_free) Arena scratch = {0};

    if (*ret)
        return refuse(parser, arena_printf(&scratch, "there is one %s only", name));
    while (!at(parser, "=") && !at(parser, "{") && parser->token.kind != TOKEN_END)
        step(parser);
    (void)take(parser, "=");
    *ret = parse_type(parser);
    if (!*ret)
        return false;
    if ((*ret)->kind != SCRIPT_OBJECT)
        return refuse(parser, arena_printf(&scratch, "%s is an object", name));
    /* "as const" */
    if (take(parser, "as"))
        step(parser);
    while (take(parser, ";"))
        ;
    return parser->token.kind == TOKEN_END || begins_statement(&parser->token, &end) ||
           refuse(parser, arena_printf(&scratch, "%s ends here", name));
}

bool script_read(Arena *arena, const char *text, size_t length, Script *ret, Err *err)
{
    Parser parser = {.arena = arena, .tokens = tokens_of(text, length), .err = err};
    ScriptStatement **last = &ret->statements;

    *ret = (Script){0};
    for (step(&parser); parser.token.kind != TOKEN_END;) {
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
            statement->text = text_of(&parser, &said);
            *last = statement;
            last = &statement->next;
        }
    }
    return ret->database || err_set(err, EXIT_DATA, "line 1: there is no type Database");
}
