#include "source/rewrite.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "model/ident.h"

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

static Rewrite extension(const PgQuery__CreateExtensionStmt *create, const char *text,
                         const char *const *extensions, Arena *arena)
{
    if (has(extensions, create->extname))
        return (Rewrite){text, NULL};
    return (Rewrite){make_stub(arena, "select", create->extname,
                               option_text(create->options, create->n_options, "schema"),
                               create->if_not_exists),
                     NULL};
}

/* ---- within DO ---- */

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

    if (!at || strncasecmp(at, want, length) != 0 || isalnum((unsigned char)at[length]) ||
        at[length] == '_')
        return NULL;
    return skip_space(at + length);
}

/* Behind a name, which is folded unless it is in quotes; NULL when there is none. */
static const char *name_at(const char *at, Arena *arena, const char **ret)
{
    CLEANUP(buffer_free) Buffer name = {0};
    bool is_quoted = *at == '"';

    for (at += is_quoted; *at; at++) {
        if (is_quoted && *at == '"' && at[1] != '"')
            break;
        if (!is_quoted && !isalnum((unsigned char)*at) && *at != '_')
            break;
        at += is_quoted && *at == '"';
        buffer_char(&name, is_quoted ? *at : (char)tolower((unsigned char)*at));
    }
    *ret = arena_strdup(arena, name.bytes);
    return *ret && **ret ? skip_space(at + is_quoted) : NULL;
}

/* A whole CREATE EXTENSION at that place: behind its semicolon, which stays, else NULL. */
static const char *extension_at(const char *at, const char *const *extensions, Arena *arena,
                                const char **ret)
{
    const char *name = NULL, *schema = NULL, *next = word(word(at, "create"), "extension");
    const char *condition = next ? word(word(word(next, "if"), "not"), "exists") : NULL;

    next = next ? name_at(condition ? condition : next, arena, &name) : NULL;
    while (next && *next && *next != ';') {
        const char *behind = word(next, "schema");
        if (behind)
            next = name_at(behind, arena, &schema);
        else
            next = skip_space(next + 1 + strcspn(next + 1, " \t\r\n;"));
    }
    if (!next || *next != ';' || has(extensions, name))
        return NULL;
    *ret = make_stub(arena, "perform", name, schema, condition != NULL);
    return next;
}

/* The lines stay what they were. */
static void keep_lines(Buffer *out, const char *from, const char *to)
{
    for (; from < to; from++)
        if (*from == '\n')
            buffer_char(out, '\n');
}

/* Behind the comment or string constant at that place; the place itself when there is none. */
static const char *skip_piece(const char *at)
{
    const char *end = NULL;

    if (at[0] == '-' && at[1] == '-')
        return at + strcspn(at, "\n");
    if (at[0] == '/' && at[1] == '*')
        return (end = strstr(at + 2, "*/")) ? end + 2 : at + strlen(at);
    if (*at == '\'' || *at == '"')
        return (end = strchr(at + 1, *at)) ? end + 1 : at + strlen(at);
    return at;
}

/* The dollar quote that begins there, $tag$; 0 when none does. */
static size_t dollar_quote(const char *at)
{
    size_t length = 1;

    if (*at != '$')
        return 0;
    while (isalnum((unsigned char)at[length]) || at[length] == '_' || (at[length] & 0x80))
        length++;
    return at[length] == '$' && !isdigit((unsigned char)at[1]) ? length + 1 : 0;
}

/* Behind a constant in dollar quotes; the place itself when there is none. */
static const char *skip_dollars(const char *at, Arena *arena)
{
    size_t length = dollar_quote(at);
    const char *end = length ? strstr(at + length, arena_strndup(arena, at, length)) : NULL;

    return end ? end + length : at;
}

static Rewrite within_do(const char *text, const char *const *extensions, Arena *arena)
{
    CLEANUP(buffer_free) Buffer out = {0};
    const char *call = NULL;
    bool any = false, is_word = false;
    const char *body = strchr(text, '$');
    size_t tag = body ? dollar_quote(body) : 0;

    if (tag == 0)
        return (Rewrite){text, NULL};
    buffer_clear(&out);
    buffer_add(&out, text, (size_t)(body - text) + tag);
    for (const char *at = body + tag; *at;) {
        const char *end = skip_piece(at);
        /* What is quoted within is text for somebody else; the body's own end is not. */
        if (end == at && strncmp(at, body, tag) != 0)
            end = skip_dollars(at, arena);
        const char *next =
            end == at && !is_word ? extension_at(at, extensions, arena, &call) : NULL;
        if (next) {
            buffer_text(&out, call);
            keep_lines(&out, at, next);
            at = next;
            any = true;
            continue;
        }
        end = end == at ? at + 1 : end;
        buffer_add(&out, at, (size_t)(end - at));
        is_word = isalnum((unsigned char)end[-1]) || end[-1] == '_';
        at = end;
    }
    return (Rewrite){any ? arena_strdup(arena, out.bytes) : text, NULL};
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
    int depth = 0;
    bool is_word = false;

    for (const char *at = text; *at;) {
        const char *end = skip_piece(at),
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
    const PgQuery__IndexStmt *index = NULL;

    if (!node)
        return (Rewrite){text, NULL};
    switch ((int)node->node_case) {
    case NODE(CREATE_EXTENSION_STMT):
        return extension(node->create_extension_stmt, text, extensions, arena);
    case NODE(DO_STMT):
        return within_do(text, extensions, arena);
    case NODE(INDEX_STMT):
        index = node->index_stmt;
        return index->n_options > 0 && is_stub_method(index->access_method, extensions)
                   ? stub_index(index, text, arena)
                   : (Rewrite){text, NULL};
    default:
        return (Rewrite){text, NULL};
    }
}
