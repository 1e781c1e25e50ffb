#include "source/consent.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"

enum { MAX = 1024 * 1024 };

/* NULL when there is no home. */
static const char *path_of(Arena *arena)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

    if (config && *config == '/')
        return arena_join(arena, config, "/schema-monitor/may-run", NULL);
    if (home && *home == '/')
        return arena_join(arena, home, "/.config/schema-monitor/may-run", NULL);
    return NULL;
}

Consent consent_of(const char *directory)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    const char *path = path_of(&arena);
    char *rest = NULL;
    size_t length = 0;
    Consent ret = CONSENT_UNKNOWN;
    Err ignored = {0};

    if (!path || !file_exists(path) || !file_read(path, MAX, &text, &length, &ignored))
        return CONSENT_UNKNOWN;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        bool yes = strncmp(line, "yes ", 4) == 0, no = strncmp(line, "no ", 3) == 0;
        if ((yes || no) && strcmp(line + (yes ? 4 : 3), directory) == 0)
            ret = yes ? CONSENT_YES : CONSENT_NO;
    }
    return ret;
}

bool consent_keep(const char *directory, bool yes, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *path = path_of(&arena);

    if (!path)
        return err_set(err, EXIT_OS, "there is no home directory to keep the answer in");
    if (strchr(directory, '\n'))
        return err_set(err, EXIT_DATA, "a directory with a newline in its name is not kept");
    const char *line = arena_join(&arena, yes ? "yes " : "no ", directory, "\n", NULL);
    return file_make_parents(path, 0700, err) && file_append(path, line, strlen(line), 0600, err);
}
