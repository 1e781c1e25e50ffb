#include "source/rewrite.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "model/ident.h"
#include "sql/lex.h"
#include "sql/parse.h"

static bool has(const char *const *list, const char *name)
{
    for (; *list; list++)
        if (strcmp(*list, name) == 0)
            return true;
    return false;
}

/* As a constant; NULL is null. */
static const char *quoted(Arena *arena, const char *text)
{
    CLEANUP(buffer_free) Buffer out = {0};

    if (!text)
        return "null";
    buffer_text(&out, "'");
    for (; *text; text++) {
        if (*text == '\'')
            buffer_char(&out, '\'');
        buffer_char(&out, *text);
    }
    buffer_text(&out, "'");
    return arena_strdup(arena, out.bytes);
}

static const char *make_stub(Arena *arena, const char *verb, const char *name, const char *schema,
                             bool if_not_exists)
{
    return arena_join(arena, verb, " supabase_shim.create_extension(", quoted(arena, name), ", ",
                      quoted(arena, schema), ", ", if_not_exists ? "true" : "false", ")", NULL);
}

/* ---- CREATE EXTENSION ---- */

static const char *option_text(Node *const *options, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (options[i]->node_case == NODE(DEF_ELEM) &&
            strcmp(options[i]->def_elem->defname, name) == 0 && options[i]->def_elem->arg)
            return tree_given(tree_string(options[i]->def_elem->arg));
    return NULL;
}

/* NULL when the server has it. */
static const char *extension(const PgQuery__CreateExtensionStmt *create, const char *verb,
                             const char *const *extensions, Arena *arena)
{
    return has(extensions, create->extname)
               ? NULL
               : make_stub(arena, verb, create->extname,
                           option_text(create->options, create->n_options, "schema"),
                           create->if_not_exists);
}

/* ---- text ---- */

static const char *skip_space(const char *at)
{
    while (isspace((unsigned char)*at))
        at++;
    return at;
}

/* Behind the word, whatever its case, and the space behind it; NULL when it is not there. */
static const char *word(const char *at, const char *want)
{
    size_t length = strlen(want);

    if (!at || strncasecmp(at, want, length) != 0 || lex_is_word(at[length]))
        return NULL;
    return skip_space(at + length);
}

/* The lines stay what they were. */
static void keep_lines(Buffer *out, const char *from, const char *to)
{
    for (; from < to; from++)
        if (*from == '\n')
            buffer_char(out, '\n');
}

/* A string constant without escapes. */
typedef struct Constant {
    const char *quote; /* that it begins with: ' or $tag$ */
    const char *text;  /* what it says */
    const char *end;   /* behind it */
} Constant;

/* False when none begins there, and for one in which a backslash might mean something. */
static bool constant_at(const char *at, Arena *arena, Constant *ret)
{
    CLEANUP(buffer_free) Buffer text = {0};
    size_t tag = 1;

    if (*at == '$') {
        while (lex_is_word(at[tag]))
            tag++;
        if (at[tag++] != '$' || isdigit((unsigned char)at[1]))
            return false;
        const char *quote = arena_strndup(arena, at, tag), *end = strstr(at + tag, quote);
        if (end)
            *ret = (Constant){quote, arena_strndup(arena, at + tag, (size_t)(end - at) - tag),
                              end + tag};
        return end;
    }
    if (*at != '\'')
        return false;
    buffer_clear(&text);
    for (at++; *at && *at != '\\' && (*at != '\'' || at[1] == '\''); at++) {
        at += *at == '\'';
        buffer_char(&text, *at);
    }
    if (*at != '\'')
        return false;
    *ret = (Constant){"'", arena_strdup(arena, text.bytes), at + 1};
    return true;
}

/* Another text in the same quotes; NULL when they cannot hold it. */
static const char *requoted(const Constant *constant, const char *text, Arena *arena)
{
    if (*constant->quote == '\'')
        return strchr(text, '\\') ? NULL : quoted(arena, text);
    return strstr(text, constant->quote)
               ? NULL
               : arena_join(arena, constant->quote, text, constant->quote, NULL);
}

/* ---- within DO ---- */

/* Blocks in constants of blocks are followed so far. */
enum { DEPTH_MAX = 8 };

typedef struct Rewriter {
    const char *const *extensions;
    Arena *arena;
    int depth;
} Rewriter;

static const char *within_do(Rewriter *rewriter, const PgQuery__DoStmt *block, const char *text);

/* What EXECUTE runs, which is SQL as a whole; NULL when nothing is to do. */
static const char *within_sql(Rewriter *rewriter, const char *text)
{
    CLEANUP(buffer_free) Buffer out = {0};
    CLEANUP(sql_parse_close) SqlParse *parse = sql_parse(text, strlen(text));
    size_t done = 0;

    buffer_clear(&out);
    for (size_t i = 0; i < parse->count; i++) {
        const SqlStatement *statement = &parse->statements[i];
        const char *own = arena_strndup(rewriter->arena, text + statement->offset,
                                        statement->end - statement->offset);
        const char *other = NULL;
        if (!statement->node)
            return NULL;
        if (statement->node->node_case == NODE(CREATE_EXTENSION_STMT))
            other = extension(statement->node->create_extension_stmt, "select",
                              rewriter->extensions, rewriter->arena);
        else if (statement->node->node_case == NODE(DO_STMT))
            other = within_do(rewriter, statement->node->do_stmt, own);
        if (!other)
            continue;
        buffer_add(&out, text + done, statement->offset - done);
        buffer_text(&out, other);
        done = statement->end;
        if (statement->node->node_case == NODE(CREATE_EXTENSION_STMT))
            keep_lines(&out, own, own + strlen(own));
    }
    if (done == 0)
        return NULL;
    buffer_text(&out, text + done);
    return arena_strdup(rewriter->arena, out.bytes);
}

/* A statement of a block that is rewritten: what comes in its place, and behind what. */
typedef struct Piece {
    const char *text;
    const char *end;
} Piece;

/* EXECUTE of a constant and nothing else. */
static Piece execute_at(Rewriter *rewriter, const char *at)
{
    const char *begin = word(at, "execute"), *text = NULL;
    Constant constant = {0};

    if (!begin || !constant_at(begin, rewriter->arena, &constant) ||
        *skip_space(constant.end) != ';')
        return (Piece){0};
    text = within_sql(rewriter, constant.text);
    text = text ? requoted(&constant, text, rewriter->arena) : NULL;
    if (!text)
        return (Piece){0};
    return (Piece){arena_join(rewriter->arena,
                              arena_strndup(rewriter->arena, at, (size_t)(begin - at)), text, NULL),
                   constant.end};
}

/* A whole CREATE EXTENSION; its semicolon stays. */
static Piece extension_at(Rewriter *rewriter, const char *at)
{
    if (!word(word(at, "create"), "extension"))
        return (Piece){0};
    size_t end = lex_end(at, strlen(at), 0);
    const char *own = arena_strndup(rewriter->arena, at, end), *text = NULL;
    if (own[end - 1] != ';')
        return (Piece){0};
    CLEANUP(sql_parse_close) SqlParse *parse = sql_parse(own, end);
    if (parse->count == 1 && parse->statements[0].node &&
        parse->statements[0].node->node_case == NODE(CREATE_EXTENSION_STMT))
        text = extension(parse->statements[0].node->create_extension_stmt, "perform",
                         rewriter->extensions, rewriter->arena);
    if (!text)
        return (Piece){0};
    CLEANUP(buffer_free) Buffer out = {0};
    buffer_text(&out, text);
    keep_lines(&out, own, own + end);
    return (Piece){arena_strdup(rewriter->arena, out.bytes), at + end - 1};
}

/* Behind what a statement of PL/pgSQL begins. Source: pl_gram.y, proc_sect. */
static bool opens(const char *at, size_t length)
{
    static const char *const words[] = {"begin", "then", "else", "loop"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && strncasecmp(at, words[i], length) == 0)
            return true;
    return length == 1 && *at == ';';
}

/* The body of a block; NULL when nothing is to do. */
static const char *within_body(Rewriter *rewriter, const char *body)
{
    CLEANUP(buffer_free) Buffer out = {0};
    size_t length = strlen(body);
    bool any = false, begins = false;

    buffer_clear(&out);
    for (size_t at = 0, end = 0; at < length; at = end) {
        bool is_code = (end = lex_skip(body, length, at)) == at;
        Piece piece = {0};

        while (is_code && end < length && lex_is_word(body[end]))
            end++;
        end += end == at;
        if (begins && is_code)
            piece = extension_at(rewriter, body + at);
        if (begins && is_code && !piece.text)
            piece = execute_at(rewriter, body + at);
        if (piece.text) {
            buffer_text(&out, piece.text);
            end = (size_t)(piece.end - body);
            any = true;
        } else {
            buffer_add(&out, body + at, end - at);
        }
        if (is_code ? !lex_is_blank(body[at]) : body[at] != '-' && body[at] != '/')
            begins = !piece.text && opens(body + at, end - at);
    }
    return any ? arena_strdup(rewriter->arena, out.bytes) : NULL;
}

static const char *within_do(Rewriter *rewriter, const PgQuery__DoStmt *block, const char *text)
{
    const char *body = option_text(block->args, block->n_args, "as");
    const char *language = option_text(block->args, block->n_args, "language");
    const char *instead = NULL;
    size_t length = strlen(text);
    Constant constant = {0};

    if (!body || (language && strcmp(language, "plpgsql") != 0) || rewriter->depth == DEPTH_MAX)
        return NULL;
    rewriter->depth++;
    instead = within_body(rewriter, body);
    rewriter->depth--;
    /* The parser has read the constant that it is, which is the one that says the same. */
    for (size_t at = 0, end = 0; instead && at < length; at = end) {
        end = lex_skip(text, length, at);
        if (end == at)
            end++;
        else if (constant_at(text + at, rewriter->arena, &constant)) {
            end = (size_t)(constant.end - text);
            if (strcmp(constant.text, body) != 0)
                continue;
            instead = requoted(&constant, instead, rewriter->arena);
            return instead ? arena_join(rewriter->arena, arena_strndup(rewriter->arena, text, at),
                                        instead, constant.end, NULL)
                           : NULL;
        }
    }
    return NULL;
}

/* ---- indexes ---- */

/* Access methods that extensions.sql makes of what can do nothing with their options, each with the
 * extension that has it. */
static const struct {
    const char *method;
    const char *extension;
} methods[] = {{"hnsw", "vector"}, {"ivfflat", "vector"}, {"pgroonga", "pgroonga"}};

static bool is_stub_method(const char *method, const char *const *extensions)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i].method, method) == 0)
            return !has(extensions, methods[i].extension);
    return false;
}

/* The bracket that is open there closes. */
static const char *behind_bracket(const char *at)
{
    int depth = 0;

    for (; *at; at++) {
        depth += (*at == '(') - (*at == ')');
        if (depth == 0)
            return at + 1;
    }
    return at;
}

/* {m=16,ef_construction=64} */
static const char *options_array(const PgQuery__IndexStmt *index, Arena *arena)
{
    const char *ret = "";

    for (size_t i = 0; i < index->n_options; i++) {
        const PgQuery__DefElem *option = index->options[i]->def_elem;
        const Node *value = option->arg;
        const char *text = "true";
        if (value && value->node_case == NODE(INTEGER))
            text = arena_printf(arena, "%ld", (long)value->integer->ival);
        else if (value && value->node_case == NODE(FLOAT))
            text = value->float_->fval;
        else if (value)
            text = tree_string(value);
        ret = arena_join(arena, ret, i ? "," : "", "\"", option->defname, "=", text, "\"", NULL);
    }
    return arena_join(arena, "{", ret, "}", NULL);
}

/* Where WITH (...) begins, outside of all brackets; NULL when it is not there. */
static const char *with_clause(const char *text)
{
    size_t length = strlen(text);
    int depth = 0;
    bool is_word = false;

    for (const char *at = text; *at;) {
        const char *end = text + lex_skip(text, length, (size_t)(at - text)),
                   *behind = depth == 0 && !is_word ? word(at, "with") : NULL;
        if (behind && *behind == '(')
            return at;
        depth += end == at ? (*at == '(') - (*at == ')') : 0;
        end = end == at ? at + 1 : end;
        is_word = isalnum((unsigned char)end[-1]) || end[-1] == '_' || end[-1] == '"';
        at = end;
    }
    return NULL;
}

static Rewrite stub_index(const PgQuery__IndexStmt *index, const char *text, Arena *arena)
{
    const char *with = with_clause(text);
    const char *table = ident_quote(arena, index->relation->relname);

    if (!with)
        return (Rewrite){text, NULL};
    if (tree_given(index->relation->schemaname))
        table =
            arena_join(arena, ident_quote(arena, index->relation->schemaname), ".", table, NULL);
    return (Rewrite){
        arena_join(arena, arena_strndup(arena, text, (size_t)(with - text)),
                   behind_bracket(strchr(with, '(')), NULL),
        /* The index that was made last has the greatest oid of the table's. */
        arena_join(
            arena, "update pg_catalog.pg_class set reloptions = ",
            quoted(arena, options_array(index, arena)),
            " where oid = (select i.indexrelid from pg_catalog.pg_index i where i.indrelid = ",
            quoted(arena, table),
            "::pg_catalog.regclass order by i.indexrelid desc limit 1) and reloptions is null and "
            "relam = (select m.oid from pg_catalog.pg_am m where m.amname = ",
            quoted(arena, index->access_method), ")", NULL)};
}

Rewrite rewrite_statement(const Node *node, const char *text, const char *const *extensions,
                          Arena *arena)
{
    Rewriter rewriter = {.extensions = extensions, .arena = arena};
    const PgQuery__IndexStmt *index = NULL;
    const char *other = NULL;

    if (!node)
        return (Rewrite){text, NULL};
    switch ((int)node->node_case) {
    case NODE(CREATE_EXTENSION_STMT):
        other = extension(node->create_extension_stmt, "select", extensions, arena);
        return (Rewrite){other ? other : text, NULL};
    case NODE(DO_STMT):
        other = within_do(&rewriter, node->do_stmt, text);
        return (Rewrite){other ? other : text, NULL};
    case NODE(INDEX_STMT):
        index = node->index_stmt;
        return index->n_options > 0 && is_stub_method(index->access_method, extensions)
                   ? stub_index(index, text, arena)
                   : (Rewrite){text, NULL};
    default:
        return (Rewrite){text, NULL};
    }
}
