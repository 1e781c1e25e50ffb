#include "sql/declared.h"

#include <string.h>

#include "base/cleanup.h"
#include "sql/text.h"

enum { NAME_SIZE = 128 };

static const char wanted[] = "db.migrations.schema_paths";

static const char *skip_space(const char *at)
{
    for (;;) {
        at += strspn(at, " \t\r\n,");
        if (*at != '#')
            return at;
        at += strcspn(at, "\n");
    }
}

/* Adds a key, of which blanks and quotes are not part, to the dotted name. */
static const char *read_key(const char *at, char name[NAME_SIZE], size_t used)
{
    if (used && used < NAME_SIZE - 1)
        name[used++] = '.';
    for (; *at && !strchr("=]\n#", *at); at++)
        if (!strchr(" \t\r\"'", *at) && used < NAME_SIZE - 1)
            name[used++] = *at;
    name[used] = '\0';
    return at;
}

/* Behind the string at `at`; one in double quotes has escapes, of which paths need none but the
 * quoted sign itself. */
static const char *read_string(const char *at, Arena *arena, const char **ret)
{
    char quote = *at++;
    char *text = arena_strndup(arena, at, strcspn(at, "\n")), *to = text;

    while (*at && *at != quote && *at != '\n') {
        if (quote == '"' && *at == '\\' && at[1])
            at++;
        *to++ = *at++;
    }
    *to = '\0';
    *ret = text;
    return *at == quote ? at + 1 : at;
}

/* Behind a value that is not wanted: a string may have anything in it. */
static const char *skip_value(const char *at, Arena *arena)
{
    size_t depth = 0;
    const char *ignored;

    for (; *at; at++) {
        for (int i = 0; i < 2; i++) {
            const char *triple = i ? "'''" : "\"\"\"";
            const char *end = strncmp(at, triple, 3) == 0 ? strstr(at + 3, triple) : NULL;

            at = end ? end + 3 : at;
        }
        if (*at == '"' || *at == '\'')
            at = read_string(at, arena, &ignored);
        if (*at == '#')
            at += strcspn(at, "\n");
        if (*at == '[' || *at == '{')
            depth++;
        else if (*at == ']' || *at == '}')
            depth -= depth > 0;
        else if ((*at == '\n' && !depth) || !*at)
            break;
    }
    return at;
}

static const char *read_list(const char *at, Arena *arena, WalkNames *ret)
{
    enum { MAX = 1000 };

    ret->items = arena_alloc(arena, MAX * sizeof *ret->items);
    for (at = skip_space(at); *at == '"' || *at == '\''; at = skip_space(at)) {
        const char *text = NULL;

        at = read_string(at, arena, &text);
        if (*text && ret->count < MAX)
            ret->items[ret->count++] = text;
    }
    return at + (*at == ']');
}

bool declared_paths(const char *config_path, Arena *arena, WalkNames *ret)
{
    CLEANUP(sql_text_close) SqlText file = {0};
    char table[NAME_SIZE] = "", name[NAME_SIZE];
    Err ignored = {0};

    *ret = (WalkNames){0};
    if (!sql_text_read(config_path, config_path, &file, &ignored))
        return false;
    for (const char *at = skip_space(file.text); *at; at = skip_space(at)) {
        if (*at == '[') {
            at = read_key(at + strspn(at, "["), table, 0);
            at += strcspn(at, "\n");
            continue;
        }
        memcpy(name, table, sizeof name);
        at = read_key(at, name, strlen(name));
        if (*at != '=') {
            at += strcspn(at, "\n");
            continue;
        }
        at += 1 + strspn(at + 1, " \t");
        at = strcmp(name, wanted) == 0 && *at == '[' ? read_list(at + 1, arena, ret)
                                                     : skip_value(at, arena);
    }
    return ret->count > 0;
}

/* Without recursion over a *: of several, only the last need be tried again. */
static bool match_name(const char *pattern, size_t pattern_size, const char *name, size_t size)
{
    size_t p = 0, n = 0, star = (size_t)-1, again = 0;

    while (n < size) {
        if (p < pattern_size && pattern[p] == '*') {
            star = p++;
            again = n;
        } else if (p < pattern_size && (pattern[p] == '?' || pattern[p] == name[n])) {
            p++;
            n++;
        } else if (star != (size_t)-1) {
            p = star + 1;
            n = ++again;
        } else {
            return false;
        }
    }
    while (p < pattern_size && pattern[p] == '*')
        p++;
    return p == pattern_size;
}

bool declared_match(const char *pattern, const char *path)
{
    const char *star = NULL, *again = NULL;

    while (strncmp(pattern, "./", 2) == 0)
        pattern += 2;
    for (;;) {
        size_t size = strcspn(pattern, "/"), length = strcspn(path, "/");

        if (size == 2 && strncmp(pattern, "**", 2) == 0 && pattern[2] == '/') {
            star = pattern += 3;
            again = path;
            continue;
        }
        if (match_name(pattern, size, path, length) &&
            (pattern[size] == '/') == (path[length] == '/')) {
            if (!path[length])
                return true;
            pattern += size + 1;
            path += length + 1;
        } else if (star && again[strcspn(again, "/")]) {
            pattern = star;
            path = again = again + strcspn(again, "/") + 1;
        } else {
            return false;
        }
    }
}
