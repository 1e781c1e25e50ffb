#include "cycle/init.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "json/jx.h"

static const char config_text[] =
    "{\n"
    "  \"monitoring\": {\n"
    "    \"enabled\": true,\n"
    "    \"interval\": 300000, // ms between checks\n"
    "    \"autoTypeGeneration\": true,\n"
    "    \"enableNotifications\": true\n"
    "  },\n"
    "  \"dashboard\": { \"enabled\": true, \"port\": 3001, \"host\": \"localhost\" },\n"
    "  \"notifications\": { \"push\": true, \"memory\": true }\n"
    "}\n";

static const char *const script_names[] = {"start", "stop",     "status",   "check",
                                           "types", "validate", "dashboard"};

/* What the monitor writes and nobody wants in a commit. */
static const char *const ignored_paths[] = {"/.schema/", "/backups/", "/logs/"};

static bool init_config(const char *directory, FILE *out, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *path = arena_printf(&arena, "%s/supabase/monitor-config.json", directory);

    if (file_exists(path)) {
        fprintf(out, "kept     supabase/monitor-config.json\n");
        return true;
    }
    fprintf(out, "written  supabase/monitor-config.json\n");
    return file_make_parents(path, 0755, err) &&
           file_write(path, config_text, sizeof config_text - 1, 0644, err);
}

/* The byte behind the brace that opens the object at member "scripts" of the top level; NULL when
 * there is none. text is known to be JSON. */
static const char *scripts_start(const char *text)
{
    static const char key[] = "\"scripts\"";
    int depth = 0;

    for (const char *c = text; *c; c++) {
        if (*c == '{' || *c == '[') {
            depth++;
        } else if (*c == '}' || *c == ']') {
            depth--;
        } else if (*c == '"') {
            const char *behind = c + sizeof key - 1;
            if (depth == 1 && strncmp(c, key, sizeof key - 1) == 0 &&
                behind[strspn(behind, " \t\r\n")] == ':')
                return strchr(behind, '{') + 1;
            for (c++; *c != '"'; c++)
                c += *c == '\\';
        }
    }
    return NULL;
}

/* The white space in front of the first member of the object that starts at brace. */
static const char *indent_of(Arena *arena, const char *inside, const char *otherwise)
{
    size_t length = strspn(inside, " \t\r\n");

    if (inside[length] == '}' || !memchr(inside, '\n', length))
        return otherwise;
    const char *line = inside + length;
    while (line[-1] != '\n')
        line--;
    return arena_strndup(arena, line, (size_t)(inside + length - line));
}

/* Lines for the scripts that are missing; NULL when none is. */
static char *script_lines(Arena *arena, const json_t *scripts, const char *indent)
{
    char *lines = NULL;

    for (size_t i = 0; i < sizeof script_names / sizeof *script_names; i++) {
        const char *key = arena_printf(arena, "schema:%s", script_names[i]);
        if (json_object_get(scripts, key))
            continue;
        lines = arena_printf(arena, "%s%s\n%s\"%s\": \"schema %s\"", lines ? lines : "",
                             lines ? "," : "", indent, key, script_names[i]);
    }
    return lines;
}

static bool init_scripts(const char *directory, FILE *out, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    const char *path = arena_printf(&arena, "%s/package.json", directory);

    if (!file_exists(path))
        return true;
    if (!file_read(path, 0, &text, &length, err))
        return false;
    json_auto_t *package = jx_parse(text, length, path, err);
    if (!package)
        return false;
    const json_t *scripts = json_object_get(package, "scripts");
    const char *brace = strchr(text, '{');
    if (!brace || !json_is_object(package) || (scripts && !json_is_object(scripts)))
        return err_set(err, EXIT_DATA, "'%s' has no object of scripts", path);
    const char *place = scripts ? scripts_start(text) : brace + 1;
    if (!place)
        return err_set(err, EXIT_DATA, "'%s' writes the name of its scripts in an unusual way",
                       path);
    const char *outer = indent_of(&arena, brace + 1, "  ");
    const char *indent = scripts
                             ? indent_of(&arena, place, arena_printf(&arena, "%s%s", outer, outer))
                             : arena_printf(&arena, "%s%s", outer, outer);
    char *lines = script_lines(&arena, scripts, indent);
    if (!lines) {
        fprintf(out, "kept     package.json\n");
        return true;
    }
    bool empty = json_object_size(scripts ? scripts : package) == 0;
    if (!scripts)
        lines = arena_printf(&arena, "\n%s\"scripts\": {%s\n%s}", outer, lines, outer);
    const char *tail = empty ? (scripts ? arena_printf(&arena, "\n%s", outer) : "\n") : ",";
    char *whole = arena_printf(&arena, "%.*s%s%s%s", (int)(place - text), text, lines, tail, place);
    json_auto_t *check = jx_parse(whole, strlen(whole), path, err);
    if (!check)
        return err_in(err, "after adding the scripts");
    fprintf(out, "scripts  package.json\n");
    return file_write(path, whole, strlen(whole), 0644, err);
}

static bool has_line(const char *text, const char *line)
{
    size_t length = strlen(line);

    for (const char *c = text; c; c = strchr(c, '\n') ? strchr(c, '\n') + 1 : NULL) {
        size_t size = strcspn(c, "\r\n");
        if (size == length && memcmp(c, line, length) == 0)
            return true;
    }
    return false;
}

static bool init_gitignore(const char *directory, FILE *out, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    const char *path = arena_printf(&arena, "%s/.gitignore", directory);

    if (file_exists(path) && !file_read(path, 0, &text, &length, err))
        return false;
    const char *old = text ? text : "";
    bool ended = !*old || old[strlen(old) - 1] == '\n';
    char *whole = arena_printf(&arena, "%s%s", old, ended ? "" : "\n");
    size_t before = strlen(whole);
    for (size_t i = 0; i < sizeof ignored_paths / sizeof *ignored_paths; i++)
        if (!has_line(whole, ignored_paths[i]))
            whole = arena_printf(&arena, "%s%s\n", whole, ignored_paths[i]);
    bool changed = strlen(whole) > before;
    fprintf(out, "%s .gitignore\n", changed ? "ignored " : "kept    ");
    return !changed || file_write(path, whole, strlen(whole), 0644, err);
}

bool init_project(const char *directory, FILE *out, Err *err)
{
    return init_config(directory, out, err) && init_scripts(directory, out, err) &&
           init_gitignore(directory, out, err);
}
