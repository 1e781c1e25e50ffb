#include "config/config.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "config/dotenv.h"
#include "config/jsonc.h"
#include "config/keys.h"
#include "json/jx.h"

#define FILE_NAME "supabase/monitor-config.json"

enum { FILE_MAX = 1024 * 1024 };

struct Config {
    Arena arena;
    char *directory;
    const char *name;
    bool found;
    json_t *effective;
    json_t *variables; /* of the .env files */
};

/* ---- the directory ---- */

static bool has_marker(Arena *arena, const char *directory)
{
    return file_exists(arena_printf(arena, "%s/" FILE_NAME, directory)) ||
           file_exists(arena_printf(arena, "%s/supabase/config.toml", directory));
}

/* The nearest of directory and its ancestors with a marker, or NULL. */
static char *ancestor_find(Arena *arena, const char *directory)
{
    char *at = arena_strdup(arena, directory);

    for (;;) {
        if (has_marker(arena, at))
            return at;
        char *slash = strrchr(at, '/');
        if (!slash || at[1] == '\0')
            return NULL;
        slash[slash == at ? 1 : 0] = '\0';
    }
}

static bool directory_set(Config *config, const char *directory, Err *err)
{
    CLEANUP(cleanup_free) char *real = realpath(directory ? directory : ".", NULL);
    struct stat status;

    if (!real || stat(real, &status) != 0)
        return err_errno(err, EXIT_CONFIG, "cannot use project directory '%s'",
                         directory ? directory : ".");
    if (!S_ISDIR(status.st_mode))
        return err_set(err, EXIT_CONFIG, "cannot use project directory '%s': not a directory",
                       directory);
    char *ancestor = directory ? NULL : ancestor_find(&config->arena, real);
    config->found = ancestor || (directory && has_marker(&config->arena, real));
    config->directory = ancestor ? ancestor : arena_strdup(&config->arena, real);
    return true;
}

/* ---- the file ---- */

static bool effective_set(Config *config, Err *err)
{
    const char *path = config_path(config, FILE_NAME);
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    json_auto_t *doc = NULL;

    if (file_exists(path)) {
        if (!file_read(path, FILE_MAX, &text, &length, err)) {
            err->code = err->code == EXIT_DATA ? EXIT_CONFIG : err->code;
            return false;
        }
        doc = jsonc_parse(text, length, FILE_NAME, err);
        if (!doc)
            return false;
    }
    config->effective = keys_apply(doc, text, FILE_NAME, err);
    return config->effective != NULL;
}

static void name_set(Config *config)
{
    const char *name = config_string(config, "project.name");
    const char *slash = strrchr(config->directory, '/');

    if (!*name && slash)
        name = slash + 1;
    config->name = *name ? name : "project";
}

Config *config_open_bare(const char *directory, Err *err)
{
    CLEANUP(config_close) Config *config = arena_realloc_or_exit(NULL, sizeof *config);

    *config = (Config){0};
    if (!directory_set(config, directory, err))
        return NULL;
    config->effective = keys_apply(NULL, NULL, FILE_NAME, err);
    config->variables = json_object();
    if (!config->effective)
        return NULL;
    name_set(config);
    Config *opened = config;
    config = NULL;
    return opened;
}

Config *config_open(const char *directory, Err *err)
{
    CLEANUP(config_close) Config *config = arena_realloc_or_exit(NULL, sizeof *config);

    *config = (Config){0};
    if (!directory_set(config, directory, err) || !effective_set(config, err))
        return NULL;
    config->variables = dotenv_load(config->directory, err);
    if (!config->variables)
        return NULL;
    name_set(config);
    Config *opened = config;
    config = NULL;
    return opened;
}

void config_close(Config **config)
{
    if (!*config)
        return;
    json_decref((*config)->effective);
    json_decref((*config)->variables);
    arena_free(&(*config)->arena);
    free(*config);
    *config = NULL;
}

const char *config_directory(const Config *config)
{
    return config->directory;
}

const char *config_name(const Config *config)
{
    return config->name;
}

bool config_found(const Config *config)
{
    return config->found;
}

const char *config_path(Config *config, const char *path)
{
    if (path[0] == '/')
        return arena_strdup(&config->arena, path);
    return arena_printf(&config->arena, "%s/%s",
                        strcmp(config->directory, "/") == 0 ? "" : config->directory, path);
}

const char *config_state_path(Config *config, const char *name)
{
    return config_path(config, arena_printf(&config->arena, ".schema/%s", name));
}

/* ---- values ---- */

static const json_t *value_get(const Config *config, const char *key)
{
    const json_t *value = config->effective;

    while (*key) {
        size_t length = strcspn(key, ".");
        value = json_object_getn(value, key, length);
        key += length + (key[length] == '.');
    }
    return value;
}

static const json_t *value_expect(const Config *config, const char *key, KeyType type)
{
    const Key *row = keys_find(key);

    assert(row && row->type == type);
    (void)row;
    (void)type;
    return value_get(config, key);
}

bool config_bool(const Config *config, const char *key)
{
    return json_is_true(value_expect(config, key, KEY_BOOL));
}

int64_t config_int(const Config *config, const char *key)
{
    return json_integer_value(value_expect(config, key, KEY_INT));
}

const char *config_string(const Config *config, const char *key)
{
    return json_string_value(value_expect(config, key, KEY_STRING));
}

const json_t *config_list(const Config *config, const char *key)
{
    const json_t *value = value_get(config, key);

    assert(json_is_array(value));
    return value;
}

const json_t *config_object(const Config *config, const char *key)
{
    return value_expect(config, key, KEY_MAP);
}

static char *list_text(const json_t *list)
{
    char *text = NULL;
    size_t length = 0, index = 0;
    FILE *out = open_memstream(&text, &length);
    const json_t *item = NULL;

    json_array_foreach(list, index, item)
        fprintf(out, "%s%s", index > 0 ? "," : "", json_string_value(item));
    fclose(out);
    return text;
}

char *config_text(const Config *config, const char *key)
{
    const Key *row = strchr(key, '*') ? NULL : keys_find(key);
    const json_t *value = row ? value_get(config, key) : NULL;

    if (!row)
        return NULL;
    switch (row->type) {
    case KEY_STRING:
        return strdup(json_string_value(value));
    case KEY_LIST:
        return list_text(value);
    case KEY_BOOL:
    case KEY_INT:
    case KEY_COMMAND:
    case KEY_MAP:
    case KEY_STEPS:
        break;
    }
    return jx_text(value);
}

const json_t *config_effective(const Config *config)
{
    return config->effective;
}

/* ---- variables ---- */

const char *config_env(const Config *config, const char *name)
{
    const char *value = getenv(name);

    if (!value)
        value = json_string_value(json_object_get(config->variables, name));
    return value && *value ? value : NULL;
}

const char *config_secret(const Config *config, const char *value, Err *err)
{
    CLEANUP(cleanup_free) char *name = keys_variable(value);
    const char *secret = name ? config_env(config, name) : value;

    if (!secret)
        err_set(err, EXIT_CONFIG,
                "variable '%s' is not set: the configuration names it as env(%s), set it in .env "
                "or in the environment",
                name, name);
    return secret;
}
