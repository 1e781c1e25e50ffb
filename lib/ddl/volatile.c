#include "ddl/volatile.h"

#include <string.h>

#include "json/jx.h"
#include "sql/lex.h"

/* Of the server's own functions, which are called without a schema. */
static const char *const built_in[] = {
    "clock_timestamp", "currval", "gen_random_uuid", "lastval",   "nextval", "random",
    "random_normal",   "setval",  "set_config",      "timeofday", "uuidv4",  "uuidv7",
};

static bool is_built_in_volatile(const char *name)
{
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (strcmp(built_in[i], name) == 0)
            return true;
    /* uuid-ossp's, where the schema is not told. */
    return strncmp(name, "uuid_generate_", strlen("uuid_generate_")) == 0;
}

static bool is_steady(const json_t *function)
{
    const char *volatility = jx_string(function, "volatility", "");

    return strcmp(volatility, "immutable") == 0 || strcmp(volatility, "stable") == 0;
}

/* Functions of one name are not told apart: all of them must be steady. */
static bool is_call_volatile(const DdlSide *side, const char *schema, const char *name)
{
    size_t count = 0, known = 0;

    if (!schema || strcmp(schema, "pg_catalog") == 0)
        return is_built_in_volatile(name);
    const HashItem *items = hash_items(&side->names, hash_key(schema, name), &count);
    for (size_t i = 0; i < count; i++) {
        const DdlNode *node = items[i].item;
        if (node->kind != KIND_FUNCTION || node->rule ||
            strcmp(jx_string(node->object, "name", ""), name) != 0)
            continue;
        if (!is_steady(node->object))
            return true;
        known++;
    }
    return known == 0;
}

/* The name at `at`, without its quotes; *ret_end is behind it. NULL: there is none. */
static const char *name_at(Arena *arena, const char *text, size_t length, size_t at,
                           size_t *ret_end)
{
    size_t end = at;

    if (at < length && text[at] == '"') {
        *ret_end = lex_skip_string(text, length, at);
        char *name = arena_strndup(arena, text + at + 1, *ret_end - at - 1), *to = name;
        for (const char *from = name; *from && (*from != '"' || from[1] == '"'); from++) {
            from += *from == '"';
            *to++ = *from;
        }
        *to = '\0';
        return name;
    }
    while (end < length && (lex_is_word(text[end]) || text[end] == '$'))
        end++;
    *ret_end = end;
    return end > at ? arena_strndup(arena, text + at, end - at) : NULL;
}

bool ddl_is_volatile(const DdlSide *side, const char *expression)
{
    size_t length = strlen(expression), at = 0;

    while (at < length) {
        const char *schema = NULL;
        size_t end = at;
        const char *name = name_at(side->arena, expression, length, at, &end);

        if (!name) {
            end = lex_skip(expression, length, at);
            at = end > at ? end : at + 1;
            continue;
        }
        while (end < length && expression[end] == '.') {
            const char *next = name_at(side->arena, expression, length, end + 1, &end);
            if (!next)
                break;
            schema = name;
            name = next;
        }
        if (end < length && expression[end] == '(' && is_call_volatile(side, schema, name))
            return true;
        at = end;
    }
    return false;
}
