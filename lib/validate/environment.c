#include "validate/environment.h"

#include <string.h>

#include "base/text.h"
#include "validate/mask.h"

static const char *const allowed[] = {
    "PATH",   "HOME",  "USER", "LOGNAME", "LANG",   "LC_*",         "TERM",
    "TMPDIR", "SHELL", "TZ",   "CI",      "NODE_*", "npm_config_*",
};

bool environment_is_allowed(const char *name)
{
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        if (text_glob(allowed[i], name)) {
            return !mask_is_secret_name(name) && !strstr(name, "AUTH") && !strstr(name, "auth");
        }
    }
    return false;
}

static bool is_named(const json_t *names, const char *name)
{
    size_t i = 0;
    const json_t *item = NULL;

    json_array_foreach(names, i, item)
    {
        if (strcmp(json_string_value(item), name) == 0) {
            return true;
        }
    }
    return false;
}

char **environment_build(Arena *arena, char *const *all, const json_t *names,
                         EnvironmentLookup lookup, const void *context)
{
    size_t count = 0;
    size_t used = 0;
    char **built = NULL;
    size_t i = 0;
    const json_t *item = NULL;

    while (all[count]) {
        count++;
    }
    built = arena_alloc(arena, (count + json_array_size(names) + 1) * sizeof *built);
    for (size_t at = 0; at < count; at++) {
        size_t length = strcspn(all[at], "=");
        const char *name = arena_strndup(arena, all[at], length);

        if (all[at][length] == '=' && environment_is_allowed(name) && !is_named(names, name)) {
            built[used++] = arena_strdup(arena, all[at]);
        }
    }
    json_array_foreach(names, i, item)
    {
        const char *value = lookup(context, json_string_value(item));

        if (value) {
            built[used++] = arena_printf(arena, "%s=%s", json_string_value(item), value);
        }
    }
    return built;
}
