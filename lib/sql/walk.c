#include "sql/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/cleanup.h"

typedef struct Walker {
    Walk *walk;
    const char *root;
    char *real_root;
    size_t entries;
    size_t entries_max;
    size_t depth_max;
    Err *err;
} Walker;

bool walk_has_end(const char *name, const char *end)
{
    size_t length = strlen(name), size = strlen(end);

    return length >= size && strcasecmp(name + length - size, end) == 0;
}

const char *walk_base(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

static void add_name(Walk *walk, WalkNames *names, const char *name)
{
    if ((names->count & (names->count - 1)) == 0) {
        size_t capacity = names->count ? names->count * 2 : 1;
        const char **items = arena_alloc(&walk->arena, capacity * sizeof *items);

        if (names->count)
            memcpy(items, names->items, names->count * sizeof *items);
        names->items = items;
    }
    names->items[names->count++] = name;
}

void walk_note(Walk *walk, const char *name, const char *why)
{
    add_name(walk, &walk->names, arena_strdup(&walk->arena, name));
    add_name(walk, &walk->whys, arena_strdup(&walk->arena, why));
}

static void add_link(Walker *walker, const char *path, const char *name)
{
    CLEANUP(cleanup_free) char *real = realpath(path, NULL);
    size_t length = strlen(walker->real_root);
    struct stat status;
    bool is_sql = walk_has_end(name, ".sql");

    if (!real || stat(real, &status) != 0) {
        if (is_sql)
            walk_note(walker->walk, name,
                      errno == ELOOP ? "is a symbolic link that goes in a circle: left out"
                                     : "is a symbolic link to what is not there: left out");
    } else if (S_ISDIR(status.st_mode)) {
        walk_note(walker->walk, name, "is a symbolic link to a folder: not followed");
    } else if (!S_ISREG(status.st_mode)) {
        if (is_sql)
            walk_note(walker->walk, name, "is a symbolic link to what is no file: left out");
    } else if (strncmp(real, walker->real_root, length) != 0 ||
               (real[length] != '/' && length > 1)) {
        if (is_sql)
            walk_note(
                walker->walk, name,
                "is a symbolic link out of the folder: not followed, put a copy in its place");
    } else {
        add_name(walker->walk, &walker->walk->files, name);
    }
}

static bool walk_within(Walker *walker, const char *path, const char *prefix, size_t depth);

static bool take_entry(Walker *walker, const char *directory, const char *prefix, const char *entry,
                       size_t depth)
{
    Arena *arena = &walker->walk->arena;
    const char *name = arena_join(arena, prefix, entry, NULL);
    const char *path = arena_join(arena, directory, "/", entry, NULL);
    struct stat status;

    if (lstat(path, &status) != 0) {
        if (errno != ENOENT)
            walk_note(walker->walk, name,
                      arena_printf(arena, "cannot be looked at: %s", strerror(errno)));
        return true;
    }
    if (S_ISLNK(status.st_mode)) {
        add_link(walker, path, name);
    } else if (S_ISREG(status.st_mode)) {
        add_name(walker->walk, &walker->walk->files, name);
    } else if (S_ISDIR(status.st_mode)) {
        return walk_within(walker, path, arena_join(arena, name, "/", NULL), depth + 1);
    } else if (walk_has_end(entry, ".sql")) {
        walk_note(walker->walk, name,
                  S_ISFIFO(status.st_mode)   ? "is a FIFO, no file: left out"
                  : S_ISSOCK(status.st_mode) ? "is a socket, no file: left out"
                                             : "is a device, no file: left out");
    }
    return true;
}

static void directory_close(DIR **directory)
{
    if (*directory)
        closedir(*directory);
}

static bool walk_within(Walker *walker, const char *path, const char *prefix, size_t depth)
{
    Arena *arena = &walker->walk->arena;
    const char *shown = depth ? arena_strndup(arena, prefix, strlen(prefix) - 1) : prefix;
    const struct dirent *entry;

    if (depth > walker->depth_max) {
        walk_note(walker->walk, shown, "is nested too deeply: not looked into");
        return true;
    }
    CLEANUP(directory_close) DIR *directory = opendir(path);
    if (!directory && depth == 0)
        return errno == ENOENT
                   ? err_set(walker->err, EXIT_DATA, "no migration files in '%s'", path)
                   : err_errno(walker->err, EXIT_DATA, "cannot read directory '%s'", path);
    if (!directory) {
        walk_note(
            walker->walk, shown,
            arena_printf(arena, "cannot be read, what it holds is not known: %s", strerror(errno)));
        return true;
    }
    for (;;) {
        errno = 0;
        entry = readdir(directory);
        if (!entry && errno)
            return err_errno(walker->err, EXIT_IO, "cannot read directory '%s'", path);
        if (!entry)
            return true;
        if (++walker->entries > walker->entries_max)
            return err_set(walker->err, EXIT_DATA,
                           "'%s' holds more than %zu entries: give the folder of the migrations "
                           "themselves",
                           walker->root, walker->entries_max);
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, "node_modules") != 0 &&
            !take_entry(walker, path, prefix, entry->d_name, depth))
            return false;
    }
}

bool walk_folder(const char *path, size_t entries_max, size_t depth_max, Walk *ret, Err *err)
{
    CLEANUP(cleanup_free) char *real = realpath(path, NULL);
    Walker walker = {.walk = ret,
                     .root = path,
                     .real_root = real,
                     .entries_max = entries_max,
                     .depth_max = depth_max,
                     .err = err};

    *ret = (Walk){0};
    if (!real)
        return errno == ENOENT ? err_set(err, EXIT_DATA, "no migration files in '%s'", path)
                               : err_errno(err, EXIT_DATA, "cannot read directory '%s'", path);
    return walk_within(&walker, path, "", 0);
}

void walk_close(Walk *walk)
{
    arena_free(&walk->arena);
    *walk = (Walk){0};
}
