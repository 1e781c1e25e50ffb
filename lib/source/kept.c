#include "source/kept.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/lock.h"
#include "base/tree.h"

static const char new_prefix[] = ".new-";

const char *kept_directory(Arena *arena)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    const char *ret = NULL;
    Err ignored = {0};

    if (cache && *cache == '/')
        ret = arena_printf(arena, "%s/schema-monitor/shadow", cache);
    else if (home && *home == '/')
        ret = arena_printf(arena, "%s/.cache/schema-monitor/shadow", home);
    return ret && file_make_directories(ret, 0700, &ignored) ? ret : NULL;
}

int kept_lock(const char *directory, int timeout_ms)
{
    CLEANUP(arena_free) Arena arena = {0};
    Err ignored = {0};

    return directory ? lock_take(arena_printf(&arena, "%s/lock", directory), timeout_ms, &ignored)
                     : -1;
}

/* The directory of ours that is there now; 0: none. */
static ino_t identity(const char *path)
{
    struct stat status;

    return path && lstat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
                   status.st_uid == geteuid()
               ? status.st_ino
               : 0;
}

bool kept_has(const char *path)
{
    return identity(path) != 0;
}

/* It loses its name first: who copies it can tell that it was whole until then. */
static void drop(const char *path)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *slash = strrchr(path, '/');
    const char *gone = arena_printf(&arena, "%.*s/%sgone-%ld", (int)(slash - path), path,
                                    new_prefix, (long)getpid());
    Err ignored = {0};

    tree_remove(rename(path, gone) == 0 ? gone : path, &ignored);
}

bool kept_start(const char *path, Server *server)
{
    ino_t before = identity(path);
    Err ignored = {0};

    if (before != 0 &&
        tree_copy(path, server_data(server), server_user(server), TREE_ANY_SIZE, &ignored) &&
        identity(path) == before && server_start(server, &ignored)) {
        utimensat(AT_FDCWD, path, NULL, 0);
        return true;
    }
    tree_remove(server_data(server), &ignored);
    if (before != 0 && identity(path) == before)
        drop(path);
    return false;
}

/* Not waited for on the disk: what is of this run of the machine need not be there. */
static bool note_put(const char *directory, const char *note)
{
    CLEANUP(arena_free) Arena arena = {0};
    FILE *file = note ? fopen(arena_printf(&arena, "%s/" KEPT_NOTE, directory), "we") : NULL;

    if (!file)
        return !note;
    bool ok = fputs(note, file) >= 0;
    return fclose(file) == 0 && ok;
}

/* Whether ALTER SYSTEM has set nothing: what it sets holds for some sessions, and not for others.
 */
static bool is_as_made(const char *directory)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    Err ignored = {0};
    const char *path = arena_printf(&arena, "%s/postgresql.auto.conf", directory);

    if (!file_exists(path))
        return true;
    if (!file_read(path, 1 << 20, &text, &length, &ignored))
        return false;
    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n')
        if (*line != '#' && *line != '\n')
            return false;
    return true;
}

void kept_put(const char *path, const Server *server, const char *note, bool is_of_run,
              long long max_bytes)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *slash = strrchr(path, '/');
    const char *new =
        arena_printf(&arena, "%.*s/%s%ld", (int)(slash - path), path, new_prefix, (long)getpid());
    Err ignored = {0};

    if (tree_copy(server_data(server), new, NULL, max_bytes, &ignored) && is_as_made(new) &&
        note_put(new, note)) {
        if (kept_has(path))
            drop(path);
        if (!is_of_run)
            sync();
        if (rename(new, path) == 0)
            return;
    }
    tree_remove(new, &ignored);
}

typedef struct Entry {
    const char *path;
    time_t used;
} Entry;

static int by_use(const void *a, const void *b)
{
    const Entry *left = a, *right = b;

    return (left->used < right->used) - (left->used > right->used);
}

void kept_prune(const char *directory, const char *prefix, time_t since, size_t max)
{
    CLEANUP(arena_free) Arena arena = {0};
    Entry *found = NULL;
    DIR *entries = opendir(directory);
    const struct dirent *entry = NULL;
    size_t count = 0;

    while (entries && (entry = readdir(entries))) {
        const char *path = arena_printf(&arena, "%s/%s", directory, entry->d_name);
        bool half = strncmp(entry->d_name, new_prefix, sizeof new_prefix - 1) == 0;
        struct stat status;
        if (!half && (*entry->d_name == '.' || strncmp(entry->d_name, prefix, strlen(prefix)) != 0))
            continue;
        if (lstat(path, &status) != 0 || !S_ISDIR(status.st_mode))
            continue;
        found = arena_realloc_or_exit(found, (count + 1) * sizeof *found);
        found[count++] = (Entry){.path = path, .used = half ? 0 : status.st_mtime};
    }
    if (entries)
        closedir(entries);
    if (count > 0)
        qsort(found, count, sizeof *found, by_use);
    for (size_t i = 0; i < count; i++)
        if (i >= max || found[i].used < since)
            drop(found[i].path);
    free(found);
}
