#include "types/script_parser.h"

#include <string.h>

/* ---- small steps ---- */

void parser_step(Parser *parser)
{
    parser->end = parser->token.start + parser->token.length;
    parser->token = tokens_next_code(&parser->tokens);
}

bool parser_at(const Parser *parser, const char *text)
{
    return token_is(&parser->token, text);
}

bool parser_refuse(Parser *parser, const char *what)
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

bool parser_take(Parser *parser, const char *text)
{
    if (!parser_at(parser, text))
        return false;
    parser_step(parser);
    return true;
}

bool parser_want(Parser *parser, const char *text)
{
    CLEANUP(arena_free) Arena scratch = {0};

    return parser_take(parser, text) ||
           parser_refuse(parser, arena_printf(&scratch, "'%s' is missing here", text));
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

const char *parser_text(const Parser *parser, Buffer *text)
{
    const char *copy = arena_strndup(parser->arena, text->bytes ? text->bytes : "", text->length);

    buffer_free(text);
    return copy;
}

static const ScriptType *text_type(const Parser *parser, ScriptKind kind, Buffer *text)
{
    ScriptType *type = type_new(parser, kind);

    type->text = parser_text(parser, text);
    return type;
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
            (void)parser_refuse(parser, "']' is missing here");
            buffer_free(&text);
            return NULL;
        }
        open += token_is(token, "[");
        open -= token_is(token, "]");
        if (text.length > 1 && !token_is(token, "]") && !token_is(token, ":"))
            buffer_char(&text, ' ');
        token_add(token, &text);
        parser_step(parser);
    } while (open);
    return parser_text(parser, &text);
}

static const char *member_key(Parser *parser)
{
    Buffer text = {0};

    if (parser_at(parser, "["))
        return bracketed_key(parser);
    if (parser->token.kind != TOKEN_NAME && parser->token.kind != TOKEN_STRING &&
        parser->token.kind != TOKEN_NUMBER) {
        (void)parser_refuse(parser, "a member's name or '}' is missing here");
        return NULL;
    }
    token_add_key(&parser->token, &text);
    parser_step(parser);
    return parser_text(parser, &text);
}

static bool parse_member(Parser *parser, ScriptType *object)
{
    Token next = peek(parser);
    bool is_readonly =
        parser_at(parser, "readonly") && !token_is(&next, ":") && !token_is(&next, "?");

    if (is_readonly)
        parser_step(parser);
    const char *key = member_key(parser);
    size_t line = parser->token.line;
    bool is_optional = key && parser_take(parser, "?");

    if (!key || !parser_want(parser, ":"))
        return false;
    const char *start = parser->token.start;
    const ScriptType *type = parser_type(parser);

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
    return parser_take(parser, ";") || parser_take(parser, ",") || parser_at(parser, "}") ||
           parser->token.is_first || parser_refuse(parser, "the end of a member is missing here");
}

static const ScriptType *parse_object(Parser *parser)
{
    ScriptType *object = type_new(parser, SCRIPT_OBJECT);

    parser_step(parser);
    while (!parser_take(parser, "}")) {
        if (!parse_member(parser, object))
            return NULL;
    }
    return object;
}

/* T; name: T, name?: T, ...T, ...name: T */
static const ScriptType *parse_element(Parser *parser)
{
    Buffer text = {0};
    bool is_rest = parser_take(parser, "...");
    Token next = peek(parser);
    bool is_named =
        parser->token.kind == TOKEN_NAME && (token_is(&next, ":") || token_is(&next, "?"));

    if (!is_named && !is_rest)
        return parser_type(parser);
    buffer_text(&text, is_rest ? "..." : "");
    if (is_named) {
        token_add(&parser->token, &text);
        parser_step(parser);
        buffer_text(&text, parser_take(parser, "?") ? "?: " : ": ");
    }
    const ScriptType *type = !is_named || parser_want(parser, ":") ? parser_type(parser) : NULL;

    if (type)
        script_put(&text, type);
    else
        buffer_free(&text);
    return type ? text_type(parser, SCRIPT_TEXT, &text) : NULL;
}

static const ScriptType *parse_list(Parser *parser)
{
    ScriptType *list = type_new(parser, SCRIPT_LIST);

    parser_step(parser);
    while (!parser_take(parser, "]")) {
        const ScriptType *element = parse_element(parser);

        if (!element)
            return NULL;
        type_add(list, element);
        if (!parser_at(parser, "]") && !parser_want(parser, ","))
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
    if (parser_take(parser, "..."))
        buffer_text(text, "...");
    if (parser->token.kind != TOKEN_NAME)
        return parser_refuse(parser, "a parameter's name is missing here");
    token_add(&parser->token, text);
    parser_step(parser);
    buffer_text(text, parser_take(parser, "?") ? "?: " : ": ");
    const ScriptType *type = parser_want(parser, ":") ? parser_type(parser) : NULL;

    if (type)
        script_put(text, type);
    return type != NULL;
}

static const ScriptType *parse_function(Parser *parser)
{
    Buffer text = {0};
    const ScriptType *result = NULL;
    bool sound = true;

    buffer_char(&text, '(');
    parser_step(parser);
    while (sound && !parser_take(parser, ")")) {
        sound =
            parse_parameter(parser, &text) && (parser_at(parser, ")") || parser_want(parser, ","));
        if (sound && !parser_at(parser, ")"))
            buffer_text(&text, ", ");
    }
    buffer_text(&text, ") => ");
    result = sound && parser_want(parser, "=>") ? parser_type(parser) : NULL;
    if (!result) {
        buffer_free(&text);
        return NULL;
    }
    script_put(&text, result);
    return text_type(parser, SCRIPT_COMPOUND, &text);
}

static const ScriptType *parse_parentheses(Parser *parser)
{
    if (is_function(parser))
        return parse_function(parser);
    parser_step(parser);
    const ScriptType *type = parser_type(parser);

    return type && parser_want(parser, ")") ? type : NULL;
}

/* <A, B> behind a name, if it is there. */
static bool add_arguments(Parser *parser, Buffer *text)
{
    if (!parser_at(parser, "<"))
        return true;
    parser_step(parser);
    for (const char *mark = "<"; !parser_take(parser, ">"); mark = ", ") {
        const ScriptType *argument = parser_type(parser);

        if (!argument)
            return false;
        buffer_text(text, mark);
        script_put(text, argument);
        if (!parser_at(parser, ">") && !parser_want(parser, ","))
            return false;
    }
    buffer_char(text, '>');
    return true;
}

/* import("module") */
static bool add_import(Parser *parser, Buffer *text)
{
    if (!parser_want(parser, "("))
        return false;
    if (parser->token.kind != TOKEN_STRING)
        return parser_refuse(parser, "a module's name in quotes is missing here");
    buffer_char(text, '(');
    token_add(&parser->token, text);
    buffer_char(text, ')');
    parser_step(parser);
    return parser_want(parser, ")");
}

static bool add_name(Parser *parser, Buffer *text)
{
    bool is_import = parser_at(parser, "import");

    token_add(&parser->token, text);
    parser_step(parser);
    if (is_import && !add_import(parser, text))
        return false;
    while (parser_take(parser, ".")) {
        if (parser->token.kind != TOKEN_NAME)
            return parser_refuse(parser, "a name is missing here");
        buffer_char(text, '.');
        token_add(&parser->token, text);
        parser_step(parser);
    }
    return add_arguments(parser, text);
}

static const ScriptType *parse_name(Parser *parser)
{
    Buffer text = {0};
    bool is_query = parser_at(parser, "typeof");

    if (is_query) {
        buffer_text(&text, "typeof ");
        parser_step(parser);
    }
    if (parser->token.kind == TOKEN_NAME ? add_name(parser, &text)
                                         : parser_refuse(parser, "a name is missing here"))
        return text_type(parser, SCRIPT_TEXT, &text);
    buffer_free(&text);
    return NULL;
}

static const ScriptType *parse_literal(Parser *parser)
{
    Buffer text = {0};

    if (parser_take(parser, "-"))
        buffer_char(&text, '-');
    if (parser->token.kind != TOKEN_STRING && parser->token.kind != TOKEN_NUMBER &&
        parser->token.kind != TOKEN_TEMPLATE) {
        buffer_free(&text);
        (void)parser_refuse(parser, "a type is missing here");
        return NULL;
    }
    token_add(&parser->token, &text);
    parser_step(parser);
    return text_type(parser, SCRIPT_TEXT, &text);
}

static const ScriptType *parse_primary(Parser *parser)
{
    if (parser_at(parser, "{"))
        return parse_object(parser);
    if (parser_at(parser, "["))
        return parse_list(parser);
    if (parser_at(parser, "("))
        return parse_parentheses(parser);
    return parser->token.kind == TOKEN_NAME ? parse_name(parser) : parse_literal(parser);
}

/* T[], T["key"]; a bracket on a new line begins a member. */
static const ScriptType *parse_postfix(Parser *parser)
{
    const ScriptType *type = parse_primary(parser);
    Buffer text = {0}; /* of it, once it has an index */

    for (size_t count = 0; type && parser_at(parser, "[") && !parser->token.is_first; count++) {
        parser_step(parser);
        bool is_array = parser_take(parser, "]");

        if (is_array && !text.length && count < SCRIPT_DEPTH_MAX) {
            ScriptType *array = type_new(parser, SCRIPT_ARRAY);

            type_add(array, type);
            type = array;
            continue;
        }
        if (!text.length)
            script_put_in(&text, type, type->kind == SCRIPT_UNION || type->kind == SCRIPT_COMPOUND);
        buffer_char(&text, '[');
        if (!is_array) {
            const ScriptType *index = parser_type(parser);

            if (index)
                script_put(&text, index);
            if (!index || !parser_want(parser, "]"))
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
        if (!parser_at(parser, *prefix))
            continue;
        Buffer text = {0};

        if (parser->depth == SCRIPT_DEPTH_MAX) {
            (void)parser_refuse(parser, "it is nested too deeply here");
            return NULL;
        }
        parser->depth++;
        parser_step(parser);
        const ScriptType *type = parse_prefixed(parser);

        parser->depth--;
        if (!type)
            return NULL;
        buffer_text(&text, *prefix);
        buffer_char(&text, ' ');
        script_put_in(&text, type, type->kind == SCRIPT_UNION);
        return text_type(parser, SCRIPT_COMPOUND, &text);
    }
    return parse_postfix(parser);
}

static const ScriptType *parse_intersection(Parser *parser)
{
    (void)parser_take(parser, "&");
    const ScriptType *type = parse_prefixed(parser);
    Buffer text = {0};

    if (!type || !parser_at(parser, "&"))
        return type;
    script_put_in(&text, type, type->kind == SCRIPT_UNION);
    while (parser_take(parser, "&")) {
        type = parse_prefixed(parser);
        if (!type) {
            buffer_free(&text);
            return NULL;
        }
        buffer_text(&text, " & ");
        script_put_in(&text, type, type->kind == SCRIPT_UNION);
    }
    return text_type(parser, SCRIPT_COMPOUND, &text);
}

static const ScriptType *parse_union(Parser *parser)
{
    ScriptType *whole = NULL;

    (void)parser_take(parser, "|");
    const ScriptType *type = parse_intersection(parser);

    while (type && parser_take(parser, "|")) {
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

    script_put_in(&text, type, type->kind == SCRIPT_COMPOUND);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        type = parser_want(parser, keywords[i])
                   ? (i == 0 ? parse_union(parser) : parser_type(parser))
                   : NULL;
        if (!type) {
            buffer_free(&text);
            return NULL;
        }
        buffer_text(&text, marks[i]);
        script_put(&text, type);
    }
    return text_type(parser, SCRIPT_COMPOUND, &text);
}

const ScriptType *parser_type(Parser *parser)
{
    if (parser->depth == SCRIPT_DEPTH_MAX) {
        (void)parser_refuse(parser, "it is nested too deeply here");
        return NULL;
    }
    parser->depth++;
    const ScriptType *type = parse_union(parser);

    if (type && parser_at(parser, "extends") && !parser->token.is_first)
        type = parse_condition(parser, type);
    parser->depth--;
    return type;
}
