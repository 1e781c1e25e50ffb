#include "ddl/template.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ddl/rules.h"
#include "json/jx.h"
#include "model/ident.h"

/* What a member's value is called in SQL. */
static const struct {
    const char *member, *value, *word;
} words[] = {
    {"firing", "disabled", "DISABLE"},
    {"firing", "replica", "ENABLE REPLICA"},
    {"firing", "always", "ENABLE ALWAYS"},
    {"identity", "always", "ALWAYS"},
    {"identity", "by default", "BY DEFAULT"},
    {"replica_identity", "full", "FULL"},
    {"replica_identity", "nothing", "NOTHING"},
    {"context", "assignment", " AS ASSIGNMENT"},
    {"context", "implicit", " AS IMPLICIT"},
    {"context", "explicit", ""},
    {"kind", "function", "FUNCTION"},
    {"kind", "window", "FUNCTION"},
    {"kind", "procedure", "PROCEDURE"},
    {"kind", "aggregate", "AGGREGATE"},
    {"command", "select", "SELECT"},
    {"command", "insert", "INSERT"},
    {"command", "update", "UPDATE"},
    {"command", "delete", "DELETE"},
    {"command", "all", "ALL"},
    {"method", "function", "WITH FUNCTION"},
    {"method", "binary", "WITHOUT FUNCTION"},
    {"method", "inout", "WITH INOUT"},
    {"type", "table", "TABLE"},
    {"type", "index", "INDEX"},
    {"alignment", "c", "char"},
    {"alignment", "s", "int2"},
    {"alignment", "i", "int4"},
    {"alignment", "d", "double"},
    {"storage", "p", "plain"},
    {"storage", "e", "external"},
    {"storage", "x", "extended"},
    {"storage", "m", "main"},
};

const char *ddl_literal(Arena *arena, const char *text)
{
    CLEANUP(buffer_free) Buffer out = {0};

    buffer_char(&out, '\'');
    for (const char *c = text; *c; c++) {
        if (*c == '\'')
            buffer_char(&out, '\'');
        buffer_char(&out, *c);
    }
    buffer_char(&out, '\'');
    return arena_strndup(arena, out.bytes, out.length);
}

const char *ddl_dollar_quoted(Arena *arena, const char *text)
{
    const char *tag = "$$";

    for (int i = 0; strstr(text, tag) || (text[0] && text[strlen(text) - 1] == '$'); i++) {
        tag = i == 0 ? "$function$" : arena_printf(arena, "$function%d$", i);
        if (!strstr(text, tag))
            break;
    }
    return arena_join(arena, tag, text, tag, NULL);
}

const char *ddl_text(Arena *arena, const Buffer *buffer)
{
    return arena_strndup(arena, buffer->bytes ? buffer->bytes : "", buffer->length);
}

bool ddl_has(const DdlScope *scope, const char *member)
{
    return json_object_get(scope->object, member) != NULL;
}

const char *ddl_string(const DdlScope *scope, const char *member)
{
    return jx_string(scope->object, member, "");
}

static const char *word_of(const char *member, const char *value)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].member, member) == 0 && strcmp(words[i].value, value) == 0)
            return words[i].word;
    return value;
}

static void add_option(Buffer *out, Arena *arena, const char *item, const char *between)
{
    size_t length = strcspn(item, "=");
    const char *key = arena_strndup(arena, item, length);
    const char *dot = strchr(key, '.'); /* of toast.autovacuum_enabled */

    if (between[0] == '=' && dot)
        buffer_text(out, arena_printf(arena, "%.*s.%s", (int)(dot - key), key,
                                      ident_quote(arena, dot + 1)));
    else
        buffer_text(out, ident_quote(arena, key));
    buffer_text(out, between);
    buffer_text(out, ddl_literal(arena, item[length] ? item + length + 1 : ""));
}

static void add_item(Buffer *out, Arena *arena, const char *member, char form, const char *item)
{
    switch (form) {
    case 'i':
        buffer_text(out, ident_quote(arena, item));
        break;
    case 'l':
        buffer_text(out, ddl_literal(arena, item));
        break;
    case 'o':
        add_option(out, arena, item, "=");
        break;
    case 'f':
        add_option(out, arena, item, " ");
        break;
    case 'r':
        buffer_text(out, strcmp(item, "public") == 0 ? "PUBLIC" : ident_quote(arena, item));
        break;
    case 'w':
        buffer_text(out, word_of(member, item));
        break;
    default:
        buffer_text(out, item);
    }
}

static void add_value(Buffer *out, Arena *arena, const char *member, char form, const json_t *value)
{
    size_t index = 0;
    json_t *item = NULL;

    if (json_is_string(value))
        add_item(out, arena, member, form, jx_item(value));
    else if (json_is_integer(value))
        add_item(out, arena, member, form,
                 arena_printf(arena, "%lld", (long long)json_integer_value(value)));
    json_array_foreach(value, index, item)
    {
        if (index > 0)
            buffer_text(out, ", ");
        add_value(out, arena, member, form, item);
    }
}

static const json_t *member_of(const DdlScope *scope, const char **name)
{
    if (**name == '^')
        return json_object_get(scope->parent, ++*name);
    return json_object_get(scope->object, *name);
}

/* One {...}, text being what is inside; false: there is no such member. */
static bool add_member(Buffer *out, const DdlScope *scope, const char *text, size_t length)
{
    char spec[64] = "";
    char form = 0;

    assert(length < sizeof spec);
    memcpy(spec, text, length);
    if (spec[0] == '@') {
        buffer_text(out, spec[1] ? ddl_name(scope) : ddl_target(scope));
        return true;
    }
    if (length > 2 && spec[length - 2] == ':') {
        form = spec[length - 1];
        spec[length - 2] = '\0';
    }
    const char *name = spec;
    const json_t *value = member_of(scope, &name);
    if (value)
        add_value(out, scope->arena, name, form, value);
    return value != NULL;
}

/* Whether a part [name?...] or [name!...] is wanted; *ret is behind that, or where it was. */
static bool is_wanted(const DdlScope *scope, const char *part, const char *end, const char **ret)
{
    const char *sign = part + strspn(part, "^_abcdefghijklmnopqrstuvwxyz");
    const char *name = arena_strndup(scope->arena, part, (size_t)(sign - part));

    *ret = part;
    if (sign == part || sign >= end || (*sign != '?' && *sign != '!'))
        return true;
    *ret = sign + 1;
    return (member_of(scope, &name) != NULL) == (*sign == '?');
}

static bool add_text(Buffer *out, const DdlScope *scope, const char *text, const char *end)
{
    bool whole = true;

    while (text < end) {
        const char *close = *text == '{' ? memchr(text, '}', (size_t)(end - text)) : NULL;
        if (close) {
            whole = add_member(out, scope, text + 1, (size_t)(close - text - 1)) && whole;
            text = close + 1;
        } else
            buffer_char(out, *text++);
    }
    return whole;
}

const char *ddl_expand(const DdlScope *scope, const char *template)
{
    CLEANUP(buffer_free) Buffer out = {0};

    while (*template) {
        if (*template == '[') {
            CLEANUP(buffer_free) Buffer part = {0};
            const char *end = strchr(template, ']'), *text = NULL;

            assert(end);
            if (is_wanted(scope, template + 1, end, &text) && add_text(&part, scope, text, end))
                buffer_add(&out, part.bytes ? part.bytes : "", part.length);
            template = end + 1;
            continue;
        }
        const char *end = template + strcspn(template, "[");
        add_text(&out, scope, template, end);
        template = end;
    }
    return ddl_text(scope->arena, &out);
}

void ddl_expand_to(Buffer *out, const DdlScope *scope, const char *template)
{
    buffer_text(out, ddl_expand(scope, template));
}
