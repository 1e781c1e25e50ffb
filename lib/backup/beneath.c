#include "backup/beneath.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

enum { DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

int beneath_root(const char *directory, Err *err)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0) {
        (void)err_errno(err, EXIT_DATA, "cannot open directory '%s'", directory);
    }
    return fd;
}

/* root may work in anybody's directory: it is he who is careful not to follow links. */
static bool is_ours(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 && (status.st_uid == geteuid() || geteuid() == 0);
}

static int step_down(int at, const char *name, bool make, Err *err)
{
    CLEANUP(cleanup_close) int next = -1;
    int found = -1;

    if (make && mkdirat(at, name, 0700) < 0 && errno != EEXIST) {
        (void)err_errno(err, EXIT_CREATE, "cannot make directory '%s'", name);
        return -1;
    }
    next = openat(at, name, DIRECTORY_FLAGS);
    if (next < 0 && (errno == ELOOP || errno == ENOTDIR || errno == EMLINK)) {
        (void)err_set(err, EXIT_DENIED, "'%s' is a symbolic link or no directory", name);
        return -1;
    }
    if (next < 0) {
        (void)err_errno(err, EXIT_DATA, "cannot open directory '%s'", name);
        return -1;
    }
    if (make && !is_ours(next)) {
        (void)err_set(err, EXIT_DENIED, "directory '%s' belongs to another user", name);
        return -1;
    }
    found = next;
    next = -1;
    return found;
}

int beneath_open(int root, const char *path, bool make, Err *err)
{
    int at = fcntl(root, F_DUPFD_CLOEXEC, 3);

    if (at < 0) {
        (void)err_errno(err, EXIT_OS, "cannot open '%s'", path);
    }
    while (at >= 0 && *path) {
        size_t length = strcspn(path, "/");

        if (length == 2 && strncmp(path, "..", 2) == 0) {
            (void)err_set(err, EXIT_DENIED, "'..' has no place in a path here");
            cleanup_close(&at);
        } else if (length > 0 && !(length == 1 && *path == '.')) {
            CLEANUP(cleanup_free) char *name = strndup(path, length);
            int next = name ? step_down(at, name, make, err) : -1;

            cleanup_close(&at);
            at = next;
        }
        path += length;
        path += *path == '/';
    }
    return at;
}

int beneath_look(int directory, const char *name, struct stat *ret, Err *err)
{
    if (fstatat(directory, name, ret, AT_SYMLINK_NOFOLLOW) < 0) {
        if (errno == ENOENT) {
            return 0;
        }
        (void)err_errno(err, EXIT_IO, "cannot look at '%s'", name);
        return -1;
    }
    if (!S_ISREG(ret->st_mode)) {
        (void)err_set(err, EXIT_DENIED, "'%s' is a symbolic link or no regular file", name);
        return -1;
    }
    return 1;
}

static bool read_all(int fd, char *bytes, size_t length, size_t *ret_length)
{
    size_t used = 0;

    while (used < length) {
        ssize_t got = read(fd, bytes + used, length - used);

        if (got < 0 && errno != EINTR) {
            return false;
        }
        if (got == 0) {
            break;
        }
        used += got > 0 ? (size_t)got : 0;
    }
    *ret_length = used;
    return true;
}

bool beneath_read(int directory, const char *name, size_t max, char **ret_bytes, size_t *ret_length,
                  Err *err)
{
    /* O_NONBLOCK: a FIFO put there must not hang us. */
    CLEANUP(cleanup_close)
    int fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    CLEANUP(cleanup_free) char *bytes = NULL;
    struct stat status;

    if (fd < 0 && (errno == ELOOP || errno == EMLINK)) {
        return err_set(err, EXIT_DENIED, "'%s' is a symbolic link", name);
    }
    if (fd < 0 || fstat(fd, &status) < 0) {
        return err_errno(err, errno == ENOENT ? EXIT_DATA : EXIT_IO, "cannot open '%s'", name);
    }
    if (!S_ISREG(status.st_mode)) {
        return err_set(err, EXIT_DENIED, "'%s' is no regular file", name);
    }
    if ((uintmax_t)status.st_size > max) {
        return err_set(err, EXIT_DATA, "'%s' is larger than %zu bytes", name, max);
    }
    bytes = arena_realloc_or_exit(NULL, (size_t)status.st_size + 1);
    if (!read_all(fd, bytes, (size_t)status.st_size, ret_length)) {
        return err_errno(err, EXIT_IO, "cannot read '%s'", name);
    }
    bytes[*ret_length] = '\0';
    *ret_bytes = bytes;
    bytes = NULL;
    return true;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(fd, bytes, length);

        if (put < 0 && errno != EINTR) {
            return false;
        }
        if (put > 0) {
            bytes += put;
            length -= (size_t)put;
        }
    }
    return true;
}

static bool write_new(int directory, const char *name, const void *bytes, size_t length,
                      mode_t mode)
{
    CLEANUP(cleanup_close)
    int fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    int open_fd = fd;

    if (fd < 0 || !write_all(fd, bytes, length) || fsync(fd) < 0) {
        return false;
    }
    fd = -1;
    return close(open_fd) == 0;
}

bool beneath_sync(int directory, Err *err)
{
    /* EINVAL: a file system that cannot sync a directory has nothing to sync. */
    return fsync(directory) == 0 || errno == EINVAL ||
           err_errno(err, EXIT_IO, "cannot sync a directory");
}

bool beneath_write(int directory, const char *name, const void *bytes, size_t length, mode_t mode,
                   Err *err)
{
    Arena arena = {0};
    const char *temporary = arena_printf(&arena, ".%s.tmp", name);
    bool good = true;

    if (unlinkat(directory, temporary, 0) < 0 && errno != ENOENT) {
        good = err_errno(err, EXIT_CREATE, "cannot remove '%s'", temporary);
    } else if (!write_new(directory, temporary, bytes, length, mode)) {
        good = err_errno(err, EXIT_CREATE, "cannot write '%s'", name);
        (void)unlinkat(directory, temporary, 0);
    } else if (renameat(directory, temporary, directory, name) < 0) {
        good = err_errno(err, EXIT_CREATE, "cannot replace '%s'", name);
        (void)unlinkat(directory, temporary, 0);
    }
    arena_free(&arena);
    return good && beneath_sync(directory, err);
}

bool beneath_remove(int directory, const char *name, Err *err)
{
    return unlinkat(directory, name, 0) == 0 || errno == ENOENT ||
           err_errno(err, EXIT_IO, "cannot remove '%s'", name);
}

static int by_byte(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **beneath_names(int directory, Err *err)
{
    int fd = openat(directory, ".", DIRECTORY_FLAGS);
    DIR *stream = fd < 0 ? NULL : fdopendir(fd);
    const struct dirent *entry = NULL;
    char **names = NULL;
    size_t count = 0;

    if (!stream) {
        (void)err_errno(err, EXIT_IO, "cannot list a directory");
        cleanup_close(&fd);
        return NULL;
    }
    names = arena_realloc_or_exit(NULL, sizeof *names);
    while ((entry = readdir(stream))) {
        size_t size = strlen(entry->d_name) + 1;

        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            names = arena_realloc_or_exit(names, (count + 2) * sizeof *names);
            names[count] = arena_realloc_or_exit(NULL, size);
            memcpy(names[count++], entry->d_name, size);
        }
    }
    (void)closedir(stream);
    names[count] = NULL;
    qsort(names, count, sizeof *names, by_byte);
    return names;
}

void beneath_names_free(char ***names)
{
    for (char **name = *names; name && *name; name++) {
        free(*name);
    }
    free(*names);
    *names = NULL;
}
