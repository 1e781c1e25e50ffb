#include "side/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/tree.h"

static const int endings[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

enum { ENDING_COUNT = sizeof endings / sizeof *endings };

bool scratch_open(Scratch *scratch, Err *err)
{
    static const char name[] = "/schema-diff.XXXXXX";
    const char *base = getenv("TMPDIR");
    sigset_t held;

    if (!base || *base != '/')
        base = "/tmp";
    size_t size = strlen(base) + sizeof name;
    CLEANUP(cleanup_free) char *path = arena_realloc_or_exit(NULL, size);
    snprintf(path, size, "%s%s", base, name);
    sigemptyset(&held);
    for (size_t i = 0; i < ENDING_COUNT; i++) {
        struct sigaction action = {0};
        if (sigaction(endings[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&held, endings[i]);
    }
    sigprocmask(SIG_BLOCK, &held, &scratch->before);
    if (!mkdtemp(path)) {
        err_errno(err, EXIT_CREATE, "cannot make a directory in '%s'", base);
        sigprocmask(SIG_SETMASK, &scratch->before, NULL);
        return false;
    }
    scratch->path = path;
    path = NULL;
    return true;
}

bool scratch_is_ending(void)
{
    sigset_t pending;

    sigemptyset(&pending);
    sigpending(&pending);
    for (size_t i = 0; i < ENDING_COUNT; i++)
        if (sigismember(&pending, endings[i]) == 1)
            return true;
    return false;
}

static bool is_inside(const char *name)
{
    while (*name) {
        size_t length = strcspn(name, "/");
        if (length == 0 || (length == 1 && *name == '.') ||
            (length == 2 && strncmp(name, "..", 2) == 0))
            return false;
        name += length;
        if (*name == '/' && !*++name)
            return false;
    }
    return true;
}

bool scratch_write(const Scratch *scratch, const char *name, const void *bytes, size_t length,
                   Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *path = arena_printf(&arena, "%s/%s", scratch->path, name);

    if (!*name || !is_inside(name))
        return err_set(err, EXIT_DATA, "'%s' is no name of a file", name);
    if (!file_make_parents(path, 0700, err))
        return false;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_errno(err, errno == EEXIST ? EXIT_DATA : EXIT_CREATE, "cannot write '%s'", name);
    const char *at = bytes;
    while (length > 0) {
        ssize_t wrote = write(fd, at, length);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            break;
        at += wrote;
        length -= (size_t)wrote;
    }
    if (length > 0)
        err_errno(err, EXIT_IO, "cannot write '%s'", name);
    return close(fd) == 0 && length == 0;
}

void scratch_close(Scratch *scratch)
{
    Err ignored = {0};

    if (!scratch->path)
        return;
    tree_remove(scratch->path, &ignored);
    free(scratch->path);
    scratch->path = NULL;
    sigprocmask(SIG_SETMASK, &scratch->before, NULL);
}
