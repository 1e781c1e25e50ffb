#include <string.h>
#include <strings.h>

#include "replay/parts.h"

/* A statement of SQL in a block. */
typedef struct Piece {
    const char *sql;
    bool guarded; /* behind a condition that asks the catalogs whether it is needed */
} Piece;

typedef struct Block {
    Replay *replay;
    Vec pieces; /* Piece */
} Block;

/* ---- words ---- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static const char *skip_blank(const char *at)
{
    for (;;) {
        at += strspn(at, " \t\r\n");
        if (strncmp(at, "--", 2) == 0)
            at += strcspn(at, "\n");
        else if (strncmp(at, "/*", 2) == 0 && strstr(at, "*/"))
            at = strstr(at, "*/") + 2;
        else
            return at;
    }
}

/* Behind the string, quoted name, dollar-quoted text or single character at text. */
static const char *skip_token(const char *at)
{
    const char *end;

    if (*at == '\'' || *at == '"') {
        end = strchr(at + 1, *at);
        return end ? end + 1 : at + strlen(at);
    }
    if (*at == '$') {
        size_t tag = 1;

        while (is_word(at[tag]))
            tag++;
        for (end = at + tag + 1; at[tag] == '$' && *end; end++)
            if (strncmp(end, at, tag + 1) == 0)
                return end + tag + 1;
        return at + 1;
    }
    if (!is_word(*at))
        return at + 1;
    while (is_word(*at))
        at++;
    return at;
}

/* The next word in lower case; a sign or the beginning of something quoted comes as one character,
 * "" is the end. */
static const char *next_word(Replay *replay, const char **at)
{
    const char *start = *at = skip_blank(*at);
    size_t length = 0;
    char *word;

    while (is_word(start[length]))
        length++;
    if (!length && *start)
        length = 1;
    *at = start + length;
    word = arena_strndup(replay->arena, start, length);
    for (char *c = word; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
    return word;
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

/* The semicolon that ends the statement; NULL when there is none. */
static const char *statement_end(const char *at)
{
    while (*at && *at != ';') {
        const char *next = skip_blank(at);

        at = next != at ? next : skip_token(at);
    }
    return *at ? at : NULL;
}

/* ---- conditions ---- */

/* Whether every table that a condition reads is one of the catalogs. */
static bool reads_catalogs(Replay *replay, const char *condition)
{
    static const char *const words[] = {"from", "join", NULL};
    const char *at = condition, *word = next_word(replay, &at);

    while (*word) {
        if (*word == '\'' || *word == '"')
            at = skip_token(at - 1);
        if (is_one_of(word, words)) {
            word = next_word(replay, &at);
            if (strcmp(word, "pg_catalog") != 0 && strncmp(word, "pg_", 3) != 0 &&
                strcmp(word, "information_schema") != 0)
                return false;
        }
        word = next_word(replay, &at);
    }
    return true;
}

/* [NOT] EXISTS (SELECT ... FROM pg_...): asks whether what follows is needed. */
static bool is_guard(Replay *replay, const char *condition)
{
    const char *at = condition, *word = next_word(replay, &at);
    int depth = 0;

    if (strcmp(word, "not") == 0)
        word = next_word(replay, &at);
    if (strcmp(word, "exists") != 0 || *skip_blank(at) != '(')
        return false;
    at = skip_blank(at);
    do {
        const char *next = skip_blank(at);

        depth += (*next == '(') - (*next == ')');
        at = *next ? skip_token(next) : next;
    } while (*at && depth > 0);
    return depth == 0 && !*skip_blank(at) && reads_catalogs(replay, condition);
}

/* Whatever the case of letters. */
static bool contains_word(const char *text, const char *word, size_t length)
{
    for (const char *at = text; *at; at++)
        if (strncasecmp(at, word, length) == 0 && (at == text || !is_word(at[-1])) &&
            !is_word(at[length]))
            return true;
    return false;
}

/* Whether a name that the condition asks for is one that the statements behind it speak of: then
 * they are not needed only because they were run before. */
static bool asks_for(const char *condition, const Vec *pieces, size_t first)
{
    for (const char *at = strchr(condition, '\''); at; at = strchr(at, '\'')) {
        const char *end = strchr(at + 1, '\'');

        if (!end)
            return false;
        for (size_t i = first; i < pieces->count && end > at + 1; i++)
            if (contains_word(((const Piece *)pieces->items[i])->sql, at + 1,
                              (size_t)(end - at - 1)))
                return true;
        at = end + 1;
    }
    return false;
}

/* ---- statements ---- */

static const char *read_statements(Block *block, const char *at, const char *const *ends);

/* IF ... THEN ... END IF; NULL when it cannot be followed. */
static const char *read_if(Block *block, const char *at)
{
    static const char *const ends[] = {"end", NULL};
    Replay *replay = block->replay;
    const char *start = at, *condition = NULL;
    size_t first = block->pieces.count;

    while (*at && !condition) {
        const char *before = at, *word = next_word(replay, &at);

        if (strcmp(word, "then") == 0)
            condition = arena_strndup(replay->arena, start, (size_t)(before - start));
        else if (*word == '\'' || *word == '"' || *word == '$')
            at = skip_token(at - 1);
    }
    at = condition ? read_statements(block, at, ends) : NULL;
    if (!at || strcmp(next_word(replay, &at), "end") != 0 ||
        strcmp(next_word(replay, &at), "if") != 0 || strcmp(next_word(replay, &at), ";") != 0)
        return NULL;
    if (block->pieces.count == first)
        return at;
    if (!is_guard(replay, condition) || !asks_for(condition, &block->pieces, first))
        return NULL;
    for (size_t i = first; i < block->pieces.count; i++)
        ((Piece *)block->pieces.items[i])->guarded = true;
    return at;
}

/* Statements up to a word that ends them, which is left; NULL when one cannot be followed. */
static const char *read_statements(Block *block, const char *at, const char *const *ends)
{
    static const char *const sql[] = {"create", "alter",   "drop",     "comment", "grant",
                                      "revoke", "reindex", "security", NULL};
    /* What changes no schema. */
    static const char *const idle[] = {"insert", "update", "delete", "raise", "null", NULL};
    Replay *replay = block->replay;

    for (;;) {
        const char *start = skip_blank(at), *rest = start, *word = next_word(replay, &rest), *end;

        if (is_one_of(word, ends))
            return start;
        if (strcmp(word, "if") == 0) {
            at = read_if(block, rest);
            if (!at)
                return NULL;
            continue;
        }
        end = statement_end(start);
        if (!end)
            return NULL;
        if (is_one_of(word, sql)) {
            Piece *piece = arena_alloc(replay->arena, sizeof *piece);

            piece->sql = arena_strndup(replay->arena, start, (size_t)(end - start));
            vec_add(replay->arena, &block->pieces, piece);
        } else if (!is_one_of(word, idle) && strncmp(skip_blank(rest), ":=", 2) != 0) {
            return NULL;
        }
        at = end + 1;
    }
}

/* A handler for errors that only says NULL or RAISE NOTICE: [WHEN name THEN ...] END */
static bool is_idle_handler(Replay *replay, const char *at)
{
    static const char *const ends[] = {"when", "end", NULL};
    Block block = {.replay = replay};
    const char *word = next_word(replay, &at);

    while (strcmp(word, "when") == 0) {
        while (*word && strcmp(word, "then") != 0)
            word = next_word(replay, &at);
        at = *word ? read_statements(&block, at, ends) : NULL;
        if (!at || block.pieces.count)
            return false;
        word = next_word(replay, &at);
    }
    return strcmp(word, "end") == 0;
}

/* Straight SQL between BEGIN and END, behind declarations; with a handler for errors only a single
 * statement, which may then fail. */
static bool run_straight(Replay *replay, const char *body)
{
    static const char *const ends[] = {"end", "exception", NULL};
    Block block = {.replay = replay};
    const char *at = body, *word = next_word(replay, &at);
    Vec nodes = {0};
    bool handler;

    if (strcmp(word, "declare") == 0) {
        do {
            const char *rest = skip_blank(at), *end;

            at = rest;
            word = next_word(replay, &rest);
            if (strcmp(word, "begin") == 0)
                at = rest;
            else
                at = (end = statement_end(at)) ? end + 1 : "";
        } while (*at && strcmp(word, "begin") != 0);
    }
    if (strcmp(word, "begin") != 0)
        return false;
    at = read_statements(&block, at, ends);
    if (!at)
        return false;
    handler = strcmp(next_word(replay, &at), "exception") == 0;
    if (handler && (block.pieces.count > 1 || !is_idle_handler(replay, at)))
        return false;
    for (size_t i = 0; i < block.pieces.count; i++) {
        const Piece *piece = block.pieces.items[i];
        const SqlParse *parse = replay_parse(replay, piece->sql, strlen(piece->sql));

        if (parse->count != 1 || !parse->statements[0].node)
            return false;
        vec_add(replay->arena, &nodes, parse->statements[0].node);
    }
    for (size_t i = 0; i < nodes.count; i++) {
        bool guarded = ((const Piece *)block.pieces.items[i])->guarded;

        replay->forgiving = guarded ? FORGIVE_MISSING : handler ? FORGIVE_EXISTING : FORGIVE_NONE;
        replay_statement(replay, nodes.items[i]);
    }
    replay->forgiving = FORGIVE_NONE;
    return true;
}

/* Rights that a block may have changed are not certain: of what there is by now. */
static void doubt_rights(Replay *replay, const char *body)
{
    Catalog *catalog = replay->catalog;
    bool functions = contains_word(body, "function", 8) || contains_word(body, "functions", 9);
    bool tables = contains_word(body, "table", 5) || contains_word(body, "tables", 6);

    if (!contains_word(body, "grant", 5) && !contains_word(body, "revoke", 6))
        return;
    for (size_t i = 0; i < catalog->functions.count && (functions || !tables); i++)
        ((Function *)catalog->functions.items[i])->rights.doubtful = true;
    for (size_t i = 0; i < catalog->relations.count && (tables || !functions); i++)
        ((Relation *)catalog->relations.items[i])->rights.doubtful = true;
}

void block_run(Replay *replay, const PgQuery__DoStmt *block)
{
    const char *body = NULL;
    bool plpgsql = true;

    for (size_t i = 0; i < block->n_args; i++) {
        const PgQuery__DefElem *option = block->args[i]->def_elem;

        if (strcmp(option->defname, "as") == 0)
            body = tree_string(option->arg);
        else if (strcmp(option->defname, "language") == 0)
            plpgsql = strcmp(tree_string(option->arg), "plpgsql") == 0;
    }
    if (body && plpgsql && run_straight(replay, body))
        return;
    replay_warn(replay, "a DO block is not run: what it changes is not known");
    if (body)
        doubt_rights(replay, body);
}
