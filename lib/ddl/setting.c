#include "ddl/setting.h"

#include <string.h>

#include "base/buffer.h"
#include "ddl/template.h"
#include "model/ident.h"

static const char *const lists[] = {"local_preload_libraries",   "search_path",
                                    "session_preload_libraries", "shared_preload_libraries",
                                    "temp_tablespaces",          "unix_socket_directories"};

static bool is_list(const char *name)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(lists[i], name) == 0)
            return true;
    return false;
}

const char *setting_name(Arena *arena, const char *item)
{
    return arena_strndup(arena, item, strcspn(item, "="));
}

/* The names of a list, each a literal. */
static void add_list(Buffer *out, Arena *arena, const char *value)
{
    bool first = true;

    while (*value) {
        CLEANUP(buffer_free) Buffer name = {0};

        value += strspn(value, " ,");
        if (!*value)
            break;
        if (*value == '"') {
            for (value++; *value && (*value != '"' || value[1] == '"'); value++) {
                buffer_char(&name, *value);
                value += *value == '"';
            }
            value += *value == '"';
        } else
            while (*value && *value != ',' && *value != ' ')
                buffer_char(&name, *value++);
        if (!first)
            buffer_text(out, ", ");
        buffer_text(out, ddl_literal(arena, name.bytes ? name.bytes : ""));
        first = false;
    }
    if (first)
        buffer_text(out, "''");
}

/* A setting of an extension has a full stop in its name. */
static const char *quoted_name(Arena *arena, const char *name)
{
    const char *dot = strchr(name, '.');

    return dot ? arena_printf(arena, "%s.%s",
                              ident_quote(arena, arena_strndup(arena, name, (size_t)(dot - name))),
                              ident_quote(arena, dot + 1))
               : ident_quote(arena, name);
}

const char *setting_text(Arena *arena, const char *item)
{
    CLEANUP(buffer_free) Buffer out = {0};
    const char *name = setting_name(arena, item), *equal = strchr(item, '=');
    const char *value = equal ? equal + 1 : "";

    buffer_text(&out, quoted_name(arena, name));
    buffer_text(&out, " TO ");
    if (is_list(name))
        add_list(&out, arena, value);
    else
        buffer_text(&out, ddl_literal(arena, value));
    return arena_strndup(arena, out.bytes, out.length);
}
