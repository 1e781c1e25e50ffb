#include "replay/plpgsql.h"

#include <string.h>
#include <strings.h>

enum { NESTING_MAX = 200 };

/* A word, a quoted name or string, a run of dots, ":=" or a single sign. */
typedef struct Token {
    const char *start;
    const char *end;
    char kind; /* w word, n quoted name, s string, else the sign; 0 at the end */
} Token;

typedef struct Reader {
    Arena *arena;
    const char *at;
    Token token; /* the one at hand */
    int depth;
    bool failed;
} Reader;

/* ---- tokens ---- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (c & 0x80);
}

static const char *skip_comment(const char *at)
{
    size_t depth = 0;

    if (at[0] == '-' && at[1] == '-')
        return at + strcspn(at, "\n");
    if (at[0] != '/' || at[1] != '*')
        return at;
    do {
        if (at[0] == '/' && at[1] == '*') {
            depth++;
            at += 2;
        } else if (at[0] == '*' && at[1] == '/') {
            depth--;
            at += 2;
        } else {
            at++;
        }
    } while (*at && depth);
    return at;
}

static const char *skip_blank(const char *at)
{
    for (;;) {
        const char *next = skip_comment(at + strspn(at, " \t\r\n\f\v"));

        if (next == at)
            return at;
        at = next;
    }
}

/* Behind what begins with that quote; in a string that begins with E a backslash hides the next. */
static const char *skip_quoted(const char *at, bool escapes)
{
    char quote = *at++;

    while (*at) {
        if (escapes && *at == '\\' && at[1])
            at++;
        else if (*at == quote && at[1] == quote)
            at++;
        else if (*at == quote)
            return at + 1;
        at++;
    }
    return at;
}

/* Behind $tag$...$tag$; NULL when it is none. */
static const char *skip_dollar(const char *at)
{
    size_t length = 1;

    while (is_word(at[length]))
        length++;
    if (at[length++] != '$')
        return NULL;
    for (const char *end = strchr(at + length, '$'); end; end = strchr(end + 1, '$'))
        if (strncmp(end, at, length) == 0)
            return end + length;
    return NULL;
}

static Token token_at(const char *at)
{
    Token token = {.start = skip_blank(at)};

    at = token.start;
    token.kind = *at;
    if (!*at) {
        token.end = at;
    } else if ((*at == 'e' || *at == 'E') && at[1] == '\'') {
        token.kind = 's';
        token.end = skip_quoted(at + 1, true);
    } else if (*at == '\'' || *at == '"') {
        token.kind = *at == '"' ? 'n' : 's';
        token.end = skip_quoted(at, false);
    } else if (*at == '$' && skip_dollar(at)) {
        token.kind = 's';
        token.end = skip_dollar(at);
    } else if (is_word(*at)) {
        token.kind = 'w';
        while (is_word(*at) || *at == '$')
            at++;
        token.end = at;
    } else if (at[0] == ':' && at[1] == '=') {
        token.kind = '=';
        token.end = at + 2;
    } else if ((at[0] == ':' && at[1] == ':') || (at[0] == '.' && at[1] == '.') ||
               (at[0] == '<' && at[1] == '<') || (at[0] == '>' && at[1] == '>')) {
        token.kind = at[0] == '.' ? '~' : at[0] == ':' ? ':' : at[0] == '<' ? '{' : '}';
        token.end = at + 2;
    } else {
        token.end = at + 1;
    }
    return token;
}

static void next(Reader *reader)
{
    reader->token = token_at(reader->token.end);
}

static bool token_is(const Token *token, const char *word)
{
    size_t length = (size_t)(token->end - token->start);

    return token->kind == 'w' && strlen(word) == length &&
           strncasecmp(token->start, word, length) == 0;
}

static bool is(const Reader *reader, const char *word)
{
    return token_is(&reader->token, word);
}

static bool take(Reader *reader, const char *word)
{
    bool found = is(reader, word);

    if (found)
        next(reader);
    return found;
}

static bool take_sign(Reader *reader, char sign)
{
    bool found = reader->token.kind == sign;

    if (found)
        next(reader);
    return found;
}

static void want(Reader *reader, bool found)
{
    reader->failed |= !found;
}

/* A name as the server keeps it: in lower case unless quoted. */
static const char *name_of(Arena *arena, const Token *token)
{
    char *name;
    char *to;

    if (token->kind != 'n') {
        name = arena_strndup(arena, token->start, (size_t)(token->end - token->start));
        for (to = name; *to; to++)
            *to = *to >= 'A' && *to <= 'Z' ? (char)(*to + 32) : *to;
        return name;
    }
    name = to = arena_strndup(arena, token->start + 1, (size_t)(token->end - token->start - 2));
    for (const char *from = name; *from; from++) {
        *to++ = *from;
        from += from[0] == '"' && from[1] == '"';
    }
    *to = '\0';
    return name;
}

static const char *text_between(const Reader *reader, const char *start, const char *end)
{
    while (end > start && strchr(" \t\r\n", end[-1]))
        end--;
    return arena_strndup(reader->arena, start, (size_t)(end - start));
}

static bool one_of(const Token *token, const char *const *words)
{
    for (; words && *words; words++)
        if (token_is(token, *words))
            return true;
    return false;
}

/* The text up to one of the words or signs outside of brackets and of CASE ... END; the reader is
 * left at what ended it. */
static const char *read_until(Reader *reader, const char *const *words, const char *signs)
{
    const char *start = reader->token.start;
    int brackets = 0, cases = 0;

    for (; reader->token.kind; next(reader)) {
        char kind = reader->token.kind;

        if (brackets == 0 && cases == 0 &&
            ((kind == 'w' && one_of(&reader->token, words)) ||
             (kind != 'w' && kind != 's' && kind != 'n' && strchr(signs, kind))))
            return text_between(reader, start, reader->token.start);
        if (kind == '(' || kind == '[')
            brackets++;
        else if (kind == ')' || kind == ']')
            brackets--;
        else if (is(reader, "case"))
            cases++;
        else if (cases && is(reader, "end"))
            cases--;
    }
    reader->failed = true;
    return "";
}

static const char *read_statement(Reader *reader)
{
    const char *text = read_until(reader, NULL, ";");

    want(reader, take_sign(reader, ';'));
    return text;
}

/* ---- steps ---- */

static void read_steps(Reader *reader, Vec *ret, const char *const *ends);

static Step *step_new(Reader *reader, StepKind kind)
{
    Step *step = arena_alloc(reader->arena, sizeof *step);

    step->kind = kind;
    return step;
}

/* The variables behind INTO. */
static void read_targets(Reader *reader, Step *step)
{
    take(reader, "strict");
    do {
        const char *name = NULL;

        want(reader, reader->token.kind == 'w' || reader->token.kind == 'n');
        if (reader->failed)
            return;
        name = name_of(reader->arena, &reader->token);
        next(reader);
        while (take_sign(reader, '.')) {
            name =
                arena_printf(reader->arena, "%s.%s", name, name_of(reader->arena, &reader->token));
            next(reader);
        }
        if (take_sign(reader, '['))
            reader->failed = true;
        vec_add(reader->arena, &step->targets, name);
    } while (take_sign(reader, ','));
}

/* An SQL statement, its INTO taken out. */
static void read_sql(Reader *reader, Step *step)
{
    const char *start = reader->token.start;
    bool query = is(reader, "select") || is(reader, "with") || is(reader, "values") ||
                 is(reader, "insert") || is(reader, "update") || is(reader, "delete") ||
                 is(reader, "merge");
    bool definition = is(reader, "create");
    const char *before = NULL;
    Token last = {0};
    int brackets = 0;
    int bodies = 0; /* open BEGIN ATOMIC of a function and, in it, CASE */

    while (reader->token.kind && (reader->token.kind != ';' || brackets || bodies)) {
        char kind = reader->token.kind;

        brackets += (kind == '(') - (kind == ')');
        if (definition && (is(reader, "begin") || (bodies && is(reader, "case"))))
            bodies++;
        else if (bodies && is(reader, "end"))
            bodies--;
        if (query && !before && brackets == 0 && is(reader, "into") && !token_is(&last, "insert") &&
            !token_is(&last, "merge")) {
            before = text_between(reader, start, reader->token.start);
            next(reader);
            read_targets(reader, step);
            if (reader->failed)
                return;
            start = reader->token.start;
            continue;
        }
        last = reader->token;
        next(reader);
    }
    step->text = text_between(reader, start, reader->token.start);
    if (before)
        step->text = arena_printf(reader->arena, "%s %s", before, step->text);
    want(reader, take_sign(reader, ';'));
}

static void read_execute(Reader *reader, Step *step)
{
    static const char *const ends[] = {"into", "using", NULL};

    step->text = read_until(reader, ends, ";");
    while (!reader->failed && reader->token.kind != ';') {
        if (take(reader, "into")) {
            read_targets(reader, step);
            continue;
        }
        if (!take(reader, "using") && !take_sign(reader, ',')) {
            reader->failed = true;
            return;
        }
        vec_add(reader->arena, &step->arguments, read_until(reader, ends, ",;"));
    }
    want(reader, take_sign(reader, ';'));
}

static Step *read_if(Reader *reader)
{
    static const char *const then[] = {"then", NULL};
    static const char *const ends[] = {"elsif", "elseif", "else", "end", NULL};
    Step *step = step_new(reader, STEP_IF);

    do {
        Arm *arm = arena_alloc(reader->arena, sizeof *arm);

        arm->condition = read_until(reader, then, "");
        next(reader);
        read_steps(reader, &arm->steps, ends);
        vec_add(reader->arena, &step->arms, arm);
    } while (!reader->failed && (take(reader, "elsif") || take(reader, "elseif")));
    if (take(reader, "else")) {
        Arm *arm = arena_alloc(reader->arena, sizeof *arm);

        read_steps(reader, &arm->steps, ends);
        vec_add(reader->arena, &step->arms, arm);
    }
    want(reader, take(reader, "end") && take(reader, "if") && take_sign(reader, ';'));
    return step;
}

static Step *read_case(Reader *reader)
{
    static const char *const when[] = {"when", NULL};
    static const char *const then[] = {"then", NULL};
    static const char *const ends[] = {"when", "else", "end", NULL};
    Step *step = step_new(reader, STEP_IF);
    const char *subject = is(reader, "when") ? NULL : read_until(reader, when, "");

    while (!reader->failed && take(reader, "when")) {
        Arm *arm = arena_alloc(reader->arena, sizeof *arm);
        const char *text = read_until(reader, then, "");

        next(reader);
        arm->condition =
            subject ? arena_printf(reader->arena, "(%s) in (%s)", subject, text) : text;
        read_steps(reader, &arm->steps, ends);
        vec_add(reader->arena, &step->arms, arm);
    }
    if (take(reader, "else")) {
        Arm *arm = arena_alloc(reader->arena, sizeof *arm);

        read_steps(reader, &arm->steps, ends);
        vec_add(reader->arena, &step->arms, arm);
    }
    want(reader, take(reader, "end") && take(reader, "case") && take_sign(reader, ';'));
    return step;
}

/* What is repeated, from behind LOOP to END LOOP. */
static Step *read_loop(Reader *reader, Step *step)
{
    static const char *const ends[] = {"end", NULL};

    want(reader, take(reader, "loop"));
    read_steps(reader, &step->steps, ends);
    want(reader, take(reader, "end") && take(reader, "loop"));
    if (reader->token.kind == 'w' || reader->token.kind == 'n')
        next(reader);
    want(reader, take_sign(reader, ';'));
    return step;
}

static Step *read_for(Reader *reader)
{
    static const char *const loop[] = {"loop", NULL};
    static const char *const using[] = {"loop", "using", NULL};
    static const char *const by[] = {"loop", "by", NULL};
    Step *step = step_new(reader, STEP_QUERY);

    read_targets(reader, step);
    want(reader, take(reader, "in"));
    step->reverse = take(reader, "reverse");
    if (take(reader, "execute")) {
        step->dynamic = true;
        step->text = read_until(reader, using, "");
        while (!reader->failed && !is(reader, "loop")) {
            next(reader);
            vec_add(reader->arena, &step->arguments, read_until(reader, loop, ","));
        }
        return read_loop(reader, step);
    }
    step->text = read_until(reader, loop, "~");
    if (take_sign(reader, '~')) {
        step->kind = STEP_RANGE;
        step->until = read_until(reader, by, "");
        if (take(reader, "by"))
            step->by = read_until(reader, loop, "");
    }
    return read_loop(reader, step);
}

static Step *read_foreach(Reader *reader)
{
    static const char *const loop[] = {"loop", NULL};
    Step *step = step_new(reader, STEP_FOREACH);

    read_targets(reader, step);
    /* With SLICE the values are arrays. */
    if (take(reader, "slice"))
        reader->failed = true;
    want(reader, take(reader, "in") && take(reader, "array"));
    step->text = read_until(reader, loop, "");
    return read_loop(reader, step);
}

static Step *read_leave(Reader *reader, StepKind kind)
{
    Step *step = step_new(reader, kind);

    if (!is(reader, "when") && reader->token.kind != ';') {
        step->label = name_of(reader->arena, &reader->token);
        next(reader);
    }
    if (take(reader, "when"))
        step->text = read_until(reader, NULL, ";");
    want(reader, take_sign(reader, ';'));
    return step;
}

static Step *read_return(Reader *reader)
{
    Step *step = step_new(reader, STEP_RETURN);
    const char *text;

    /* RETURN NEXT and RETURN QUERY go on. */
    if (is(reader, "next") || is(reader, "query")) {
        bool query = take(reader, "query");

        if (!query)
            next(reader);
        step->kind = query && is(reader, "execute") ? STEP_EXECUTE : query ? STEP_SQL : STEP_IDLE;
        if (step->kind == STEP_EXECUTE) {
            next(reader);
            read_execute(reader, step);
        } else {
            step->text = read_statement(reader);
        }
        return step;
    }
    text = read_statement(reader);
    step->text = *text ? text : NULL;
    return step;
}

static Step *read_raise(Reader *reader)
{
    static const char *const mild[] = {"debug", "log", "info", "notice", "warning", NULL};
    Step *step = step_new(reader, STEP_RAISE);

    step->fatal = !one_of(&reader->token, mild);
    step->text = read_statement(reader);
    return step;
}

/* What only sets variables or moves cursors. */
static Step *read_idle(Reader *reader)
{
    static const char *const into[] = {"into", NULL};
    Step *step = step_new(reader, STEP_IDLE);
    bool diagnostics = take(reader, "get");

    if (diagnostics) {
        if (!take(reader, "current"))
            take(reader, "stacked");
        want(reader, take(reader, "diagnostics"));
        do {
            read_targets(reader, step);
            read_until(reader, NULL, ",;");
        } while (!reader->failed && take_sign(reader, ','));
        want(reader, take_sign(reader, ';'));
        return step;
    }
    if (is(reader, "fetch")) {
        read_until(reader, into, ";");
        if (take(reader, "into"))
            read_targets(reader, step);
    }
    step->text = read_statement(reader);
    return step;
}

static void read_declarations(Reader *reader, Step *block)
{
    static const char *const ends[] = {"default", "collate", "not", NULL};

    while (!reader->failed && !is(reader, "begin")) {
        Declaration *declaration;

        if (take(reader, "declare"))
            continue;
        declaration = arena_alloc(reader->arena, sizeof *declaration);
        declaration->name = name_of(reader->arena, &reader->token);
        next(reader);
        vec_add(reader->arena, &block->declarations, declaration);
        take(reader, "constant");
        if (is(reader, "cursor") || is(reader, "no") || is(reader, "scroll")) {
            static const char *const query[] = {"for", "is", NULL};

            declaration->type = "cursor";
            read_until(reader, query, ";");
            next(reader);
            declaration->cursor = read_statement(reader);
            continue;
        }
        declaration->type = read_until(reader, ends, "=;");
        if (take(reader, "collate")) {
            next(reader);
            while (take_sign(reader, '.'))
                next(reader);
        }
        if (take(reader, "not"))
            want(reader, take(reader, "null"));
        if (take_sign(reader, '=') || take(reader, "default"))
            declaration->value = read_until(reader, NULL, ";");
        want(reader, take_sign(reader, ';'));
    }
}

static Step *read_block(Reader *reader)
{
    static const char *const ends[] = {"end", "exception", NULL};
    static const char *const then[] = {"then", NULL};
    static const char *const next_handler[] = {"when", "end", NULL};
    Step *block = step_new(reader, STEP_BLOCK);

    if (take(reader, "declare"))
        read_declarations(reader, block);
    want(reader, take(reader, "begin"));
    read_steps(reader, &block->steps, ends);
    if (take(reader, "exception")) {
        while (!reader->failed && take(reader, "when")) {
            Arm *arm = arena_alloc(reader->arena, sizeof *arm);
            char *names = arena_strdup(reader->arena, read_until(reader, then, ""));

            for (char *c = names; *c; c++)
                *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
            arm->condition = names;
            next(reader);
            read_steps(reader, &arm->steps, next_handler);
            vec_add(reader->arena, &block->handlers, arm);
        }
    }
    want(reader, take(reader, "end"));
    return block;
}

/* Whether what begins here gives a variable a value; the reader is then left at the value. */
static bool read_assignment(Reader *reader, Step *step)
{
    Reader ahead = *reader;
    const char *name;

    if (ahead.token.kind != 'w' && ahead.token.kind != 'n')
        return false;
    name = name_of(reader->arena, &ahead.token);
    next(&ahead);
    while (take_sign(&ahead, '.')) {
        name = arena_printf(reader->arena, "%s.%s", name, name_of(reader->arena, &ahead.token));
        next(&ahead);
    }
    if (take_sign(&ahead, '[')) {
        read_until(&ahead, NULL, "]");
        next(&ahead);
        step->kind = STEP_IDLE; /* one element of it: then nothing of it is known */
    }
    if (ahead.token.kind != '=')
        return false;
    next(&ahead);
    vec_add(reader->arena, &step->targets, name);
    *reader = ahead;
    return true;
}

static Step *read_labelled(Reader *reader, const char *label)
{
    Step *step;
    Step *assignment = step_new(reader, STEP_ASSIGN);

    if (is(reader, "declare") || is(reader, "begin")) {
        step = read_block(reader);
        if (reader->token.kind == 'w' || reader->token.kind == 'n')
            next(reader);
        want(reader, take_sign(reader, ';'));
    } else if (read_assignment(reader, assignment)) {
        step = assignment;
        step->text = read_statement(reader);
    } else if (take(reader, "if")) {
        step = read_if(reader);
    } else if (take(reader, "case")) {
        step = read_case(reader);
    } else if (is(reader, "loop")) {
        step = read_loop(reader, step_new(reader, STEP_LOOP));
    } else if (take(reader, "while")) {
        static const char *const loop[] = {"loop", NULL};

        step = step_new(reader, STEP_WHILE);
        step->text = read_until(reader, loop, "");
        step = read_loop(reader, step);
    } else if (take(reader, "for")) {
        step = read_for(reader);
    } else if (take(reader, "foreach")) {
        step = read_foreach(reader);
    } else if (take(reader, "exit")) {
        step = read_leave(reader, STEP_EXIT);
    } else if (take(reader, "continue")) {
        step = read_leave(reader, STEP_CONTINUE);
    } else if (take(reader, "return")) {
        step = read_return(reader);
    } else if (take(reader, "raise")) {
        step = read_raise(reader);
    } else if (take(reader, "perform")) {
        step = step_new(reader, STEP_PERFORM);
        step->text = read_statement(reader);
    } else if (take(reader, "execute")) {
        step = step_new(reader, STEP_EXECUTE);
        read_execute(reader, step);
    } else if (is(reader, "get") || is(reader, "open") || is(reader, "fetch") ||
               is(reader, "move") || is(reader, "close") || is(reader, "null") ||
               is(reader, "commit") || is(reader, "rollback") || is(reader, "assert")) {
        step = read_idle(reader);
    } else {
        step = step_new(reader, STEP_SQL);
        read_sql(reader, step);
    }
    if (label && step->kind != STEP_EXIT && step->kind != STEP_CONTINUE)
        step->label = label;
    return step;
}

/* Steps up to a word that ends them, which is left. */
static void read_steps(Reader *reader, Vec *ret, const char *const *ends)
{
    if (++reader->depth > NESTING_MAX)
        reader->failed = true;
    while (!reader->failed && !one_of(&reader->token, ends)) {
        const char *label = NULL;

        if (take_sign(reader, ';'))
            continue;
        if (take_sign(reader, '{')) {
            label = name_of(reader->arena, &reader->token);
            next(reader);
            want(reader, take_sign(reader, '}'));
        }
        want(reader, reader->token.kind != 0);
        if (!reader->failed)
            vec_add(reader->arena, ret, read_labelled(reader, label));
    }
    reader->depth--;
}

Step *plpgsql_parse(Arena *arena, const char *text)
{
    Reader reader = {.arena = arena};
    const char *label = NULL;
    Step *block;

    reader.token.end = text;
    next(&reader);
    while (take_sign(&reader, '#')) /* "#variable_conflict use_column": a line of its own */
        reader.token = token_at(reader.token.start + strcspn(reader.token.start, "\n"));
    if (take_sign(&reader, '{')) {
        label = name_of(arena, &reader.token);
        next(&reader);
        want(&reader, take_sign(&reader, '}'));
    }
    block = read_block(&reader);
    block->label = label;
    return reader.failed ? NULL : block;
}
