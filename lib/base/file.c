#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"

/* glibc takes the size only with a buffer. */
void file_set_buffer(FILE *file, char buffer[FILE_BUFFER])
{
    setvbuf(file, buffer, _IOFBF, FILE_BUFFER);
}

bool file_read_stream(FILE *in, const char *name, size_t max, char **ret_text, size_t *ret_length,
                      Err *err)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0, room = 0;

    for (;;) {
        if (room - length < 2) {
            room = room ? room * 2 : 16 * 1024;
            text = arena_realloc_or_exit(text, room);
        }
        size_t got = fread(text + length, 1, room - length - 1, in);
        length += got;
        if (max && length > max)
            return err_set(err, EXIT_DATA, "'%s' is larger than %zu bytes", name, max);
        if (got == 0)
            break;
    }
    if (ferror(in))
        return err_errno(err, EXIT_IO, "cannot read '%s'", name);
    text[length] = '\0';
    *ret_text = text;
    *ret_length = length;
    text = NULL;
    return true;
}

static void stream_close(FILE **stream)
{
    if (*stream)
        fclose(*stream);
    *stream = NULL;
}

bool file_read(const char *path, size_t max, char **ret_text, size_t *ret_length, Err *err)
{
    CLEANUP(stream_close) FILE *in = fopen(path, "re");

    if (!in)
        return err_errno(err, EXIT_DATA, "cannot open '%s'", path);
    return file_read_stream(in, path, max, ret_text, ret_length, err);
}

FILE *file_open(const char *path, Err *err)
{
    struct stat status;
    FILE *file = fopen(path, "re");

    if (!file) {
        err_errno(err, EXIT_DATA, "cannot open '%s'", path);
    } else if (fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode)) {
        err_set(err, EXIT_DATA, "'%s' is a directory", path);
        fclose(file);
        file = NULL;
    }
    return file;
}

bool file_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

static char *directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == path ? 1 : slash ? (size_t)(slash - path) : 1;
    char *directory = arena_realloc_or_exit(NULL, length + 1);

    memcpy(directory, slash ? path : ".", length);
    directory[length] = '\0';
    return directory;
}

static bool directory_sync(const char *directory, Err *err)
{
    CLEANUP(cleanup_close) int fd = open(directory, O_RDONLY | O_CLOEXEC);

    /* EINVAL: a file system that cannot sync a directory, and needs not. */
    if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
        return err_errno(err, EXIT_IO, "cannot sync directory '%s'", directory);
    return true;
}

bool file_sync_parent(const char *path, Err *err)
{
    CLEANUP(cleanup_free) char *directory = directory_of(path);

    return directory_sync(directory, err);
}

bool file_make_directories(const char *path, mode_t mode, Err *err)
{
    size_t length = strlen(path);
    CLEANUP(cleanup_free) char *part = arena_realloc_or_exit(NULL, length + 1);
    struct stat status;

    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, mode) != 0 && errno != EEXIST)
            return err_errno(err, EXIT_CREATE, "cannot make directory '%s'", part);
    }
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
        return err_set(err, EXIT_CREATE, "'%s' is not a directory", path);
    return true;
}

bool file_make_parents(const char *path, mode_t mode, Err *err)
{
    CLEANUP(cleanup_free) char *directory = directory_of(path);

    return file_make_directories(directory, mode, err);
}

/* The file a symbolic link names, so that replacing it does not turn the link into a file. */
static char *resolve(const char *path)
{
    struct stat status;

    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode)) {
        char *real = realpath(path, NULL);
        if (real)
            return real;
        memory_check();
    }
    size_t length = strlen(path);
    return memcpy(arena_realloc_or_exit(NULL, length + 1), path, length + 1);
}

/* Removes what killed processes left of earlier replacements: "NAME.tmp-PID-N" whose PID is no
 * more; of one name or, when that is NULL, of all that are ours. */
static void remove_leftovers(const char *directory, const char *name, FileIsOurs *is_ours)
{
    static time_t first; /* our number may have been another's: of one that came before us */
    struct stat status;
    DIR *entries = opendir(directory);

    first = first ? first : time(NULL);
    for (struct dirent *entry = NULL; entries && (entry = readdir(entries));) {
        const char *end = entry->d_name;
        long pid = 0;
        unsigned try = 0;

        for (const char *at = end; (at = strstr(at, ".tmp-")); at++)
            end = at;
        size_t length = (size_t)(end - entry->d_name);

        if (sscanf(end, ".tmp-%ld-%u", &pid, &try) == 2 && pid > 0 &&
            (name ? strlen(name) == length && memcmp(entry->d_name, name, length) == 0
                  : is_ours(entry->d_name, length)) &&
            (pid == (long)getpid() ? fstatat(dirfd(entries), entry->d_name, &status, 0) == 0 &&
                                         status.st_mtime < first
                                   : kill((pid_t)pid, 0) != 0 && errno == ESRCH))
            unlinkat(dirfd(entries), entry->d_name, 0);
    }
    if (entries)
        closedir(entries);
}

void file_remove_leftovers(const char *directory, FileIsOurs *is_ours)
{
    remove_leftovers(directory, NULL, is_ours);
}

/* A new file beside path, of its mode if it is there: a file that people or their programs can read
 * goes on being readable by them. Negative: errno says why. */
static int open_temporary(FileReplace *replace, const struct stat *old, mode_t mode)
{
    size_t size = strlen(replace->path) + 64;
    int fd = -1;

    replace->temporary = arena_realloc_or_exit(NULL, size);
    for (unsigned try = 0; fd < 0 && try < 100; try++) {
        snprintf(replace->temporary, size, "%s.tmp-%ld-%u", replace->path, (long)getpid(), try);
        fd = open(replace->temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (fd < 0 && errno != EEXIST)
            break;
    }
    if (fd < 0) {
        free(replace->temporary);
        replace->temporary = NULL;
    } else if (old && fchmod(fd, old->st_mode & 07777) != 0) {
        cleanup_close(&fd);
    }
    return fd;
}

static FileReplace *replace_open(const char *path, mode_t mode, bool is_swept, Err *err)
{
    CLEANUP(file_replace_close) FileReplace *replace = arena_realloc_or_exit(NULL, sizeof *replace);
    CLEANUP(cleanup_close) int fd = -1;
    struct stat old;

    *replace = (FileReplace){.path = resolve(path)};
    bool there = stat(replace->path, &old) == 0;

    if (!is_swept && (!there || S_ISREG(old.st_mode))) {
        CLEANUP(cleanup_free) char *directory = directory_of(replace->path);
        const char *slash = strrchr(replace->path, '/');

        remove_leftovers(directory, slash ? slash + 1 : replace->path, NULL);
    }
    /* A device or a pipe is written to: replacing /dev/null would take it from everybody. */
    if (there && !S_ISREG(old.st_mode))
        fd = open(replace->path, O_WRONLY | O_CLOEXEC);
    else
        fd = open_temporary(replace, there ? &old : NULL, mode);
    replace->out = fd < 0 ? NULL : fdopen(fd, replace->temporary ? "w+" : "w");
    if (!replace->out) {
        err_errno(err, EXIT_CREATE, "cannot write '%s'", path);
        return NULL;
    }
    fd = -1; /* the stream's now */
    file_set_buffer(replace->out, replace->buffer);
    FileReplace *opened = replace;
    replace = NULL;
    return opened;
}

FileReplace *file_replace_open(const char *path, mode_t mode, Err *err)
{
    return replace_open(path, mode, false, err);
}

FileReplace *file_replace_open_swept(const char *path, mode_t mode, Err *err)
{
    return replace_open(path, mode, true, err);
}

bool file_flush(FILE *out, const char *name, Err *err)
{
    if (fflush(out) != 0 || ferror(out))
        return err_errno(err, EXIT_IO, "cannot write '%s'", name);
    return true;
}

bool file_replace_commit(FileReplace *replace, Err *err)
{
    /* Now: without memory nothing must have been replaced. */
    CLEANUP(cleanup_free) char *directory = directory_of(replace->path);

    if (!file_flush(replace->out, replace->path, err))
        return false;
    if (replace->temporary && !replace->may_be_lost && fsync(fileno(replace->out)) != 0)
        return err_errno(err, EXIT_IO, "cannot write '%s'", replace->path);
    int closed = fclose(replace->out);
    replace->out = NULL;
    if (closed != 0)
        return err_errno(err, EXIT_IO, "cannot write '%s'", replace->path);
    if (!replace->temporary)
        return true;
    if (rename(replace->temporary, replace->path) != 0)
        return err_errno(err, EXIT_IO, "cannot replace '%s'", replace->path);
    free(replace->temporary);
    replace->temporary = NULL;
    return replace->may_be_lost || directory_sync(directory, err);
}

void file_replace_close(FileReplace **replace)
{
    if (!*replace)
        return;
    if ((*replace)->out)
        fclose((*replace)->out);
    if ((*replace)->temporary)
        unlink((*replace)->temporary);
    free((*replace)->temporary);
    free((*replace)->path);
    free(*replace);
    *replace = NULL;
}

bool file_write(const char *path, const void *bytes, size_t length, mode_t mode, Err *err)
{
    CLEANUP(file_replace_close) FileReplace *replace = file_replace_open(path, mode, err);

    if (!replace)
        return false;
    if (length && fwrite(bytes, 1, length, replace->out) != length)
        return err_errno(err, EXIT_IO, "cannot write '%s'", path);
    return file_replace_commit(replace, err);
}

bool file_write_if_changed(const char *path, const void *bytes, size_t length, mode_t mode,
                           bool *ret_changed, Err *err)
{
    CLEANUP(cleanup_free) char *old = NULL;
    size_t old_length = 0;
    Err ignored = {0};
    bool same = file_read(path, 0, &old, &old_length, &ignored) && old_length == length &&
                (length == 0 || memcmp(old, bytes, length) == 0);

    if (!same && !file_write(path, bytes, length, mode, err))
        return false;
    if (ret_changed)
        *ret_changed = !same;
    return true;
}

bool file_append(const char *path, const void *bytes, size_t length, mode_t mode, Err *err)
{
    CLEANUP(cleanup_close)
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, mode);
    struct stat before;

    if (fd < 0 || fstat(fd, &before) != 0)
        return err_errno(err, EXIT_CREATE, "cannot append to '%s'", path);
    ssize_t wrote = write(fd, bytes, length);
    if (wrote != (ssize_t)length) {
        if (wrote >= 0)
            errno = ENOSPC;
        err_errno(err, EXIT_IO, "cannot append to '%s'", path);
        /* A half-written line helps nobody; the history as it was does. */
        if (wrote > 0 && ftruncate(fd, before.st_size) != 0)
            return err_in(err, "(a partial line is left behind)");
        return false;
    }
    if (fsync(fd) != 0 && errno != EINVAL)
        return err_errno(err, EXIT_IO, "cannot append to '%s'", path);
    return true;
}

bool file_remove(const char *path, Err *err)
{
    if (unlink(path) != 0 && errno != ENOENT)
        return err_errno(err, EXIT_IO, "cannot remove '%s'", path);
    return true;
}
