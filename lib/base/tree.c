#include "base/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"

enum {
    CHUNK = 128 * 1024,
    ENTRY_BYTES = 4096,
    DEPTH_MAX = 64,
    TREE = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
};

static void directory_close(DIR **directory)
{
    if (*directory)
        closedir(*directory);
    *directory = NULL;
}

/* The directory, read from its beginning; NULL with errno. */
static DIR *directory_open(int parent, const char *name)
{
    int fd = openat(parent, name, TREE);
    DIR *ret = fd < 0 ? NULL : fdopendir(fd);

    if (fd >= 0 && !ret)
        close(fd);
    return ret;
}

/* The next entry's name; NULL at the end. */
static const char *directory_next(DIR *directory)
{
    const struct dirent *entry = readdir(directory);

    while (entry && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0))
        entry = readdir(directory);
    return entry ? entry->d_name : NULL;
}

/* ---- copying ---- */

typedef struct Copy {
    const ProcUser *owner;
    long long room; /* bytes that may still be taken */
} Copy;

static bool bytes_copy(Copy *copy, int in, int out)
{
    char bytes[CHUNK];
    ssize_t got = 0;

    while ((got = read(in, bytes, sizeof bytes)) != 0) {
        if (got < 0 && errno != EINTR)
            return false;
        copy->room -= got > 0 ? got : 0;
        if (copy->room < 0) {
            errno = EFBIG;
            return false;
        }
        for (ssize_t done = 0; done < got;) {
            ssize_t put = write(out, bytes + done, (size_t)(got - done));
            if (put < 0 && errno != EINTR)
                return false;
            done += put > 0 ? put : 0;
        }
    }
    return true;
}

static bool own(const Copy *copy, int fd)
{
    return fd >= 0 && (!copy->owner || fchown(fd, copy->owner->uid, copy->owner->gid) == 0);
}

static bool file_copy(Copy *copy, int from, int to, const char *name, Err *err)
{
    /* It may have become a pipe meanwhile: that is not waited for. */
    CLEANUP(cleanup_close)
    int in = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    CLEANUP(cleanup_close)
    int out = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (in < 0 || !own(copy, out) || !bytes_copy(copy, in, out))
        return err_errno(err, EXIT_IO, "cannot copy '%s'", name);
    return true;
}

static bool directory_copy(Copy *copy, int from, int to, const char *source, const char *target,
                           int depth, Err *err);

static bool entry_copy(Copy *copy, int from, int to, const char *name, int depth, Err *err)
{
    struct stat status;

    copy->room -= ENTRY_BYTES;
    if (copy->room < 0) {
        errno = EFBIG;
        return err_errno(err, EXIT_IO, "cannot copy '%s'", name);
    }
    if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return err_errno(err, EXIT_IO, "cannot copy '%s'", name);
    if (S_ISDIR(status.st_mode))
        return directory_copy(copy, from, to, name, name, depth + 1, err);
    if (!S_ISREG(status.st_mode))
        return err_set(err, EXIT_IO, "cannot copy '%s': it is no regular file", name);
    return file_copy(copy, from, to, name, err);
}

static bool directory_copy(Copy *copy, int from, int to, const char *source, const char *target,
                           int depth, Err *err)
{
    CLEANUP(directory_close) DIR *directory = directory_open(from, source);
    const char *name = NULL;

    if (depth > DEPTH_MAX || copy->room < 0)
        errno = EFBIG;
    if (!directory || depth > DEPTH_MAX || copy->room < 0 || mkdirat(to, target, 0700) != 0)
        return err_errno(err, EXIT_IO, "cannot copy '%s'", source);
    CLEANUP(cleanup_close) int inner = openat(to, target, TREE);
    if (!own(copy, inner))
        return err_errno(err, EXIT_IO, "cannot copy '%s'", source);
    while ((name = directory_next(directory)))
        if (!entry_copy(copy, dirfd(directory), inner, name, depth, err))
            return false;
    return true;
}

bool tree_copy(const char *from, const char *to, const ProcUser *owner, long long max_bytes,
               Err *err)
{
    Copy copy = {.owner = owner, .room = max_bytes};

    return directory_copy(&copy, AT_FDCWD, AT_FDCWD, from, to, 0, err);
}

/* ---- measuring ---- */

static long long directory_room(int parent, const char *name, int depth)
{
    CLEANUP(directory_close) DIR *directory = directory_open(parent, name);
    const char *inner = NULL;
    struct stat status;
    long long ret = 0;

    while (directory && depth < DEPTH_MAX && (inner = directory_next(directory))) {
        if (fstatat(dirfd(directory), inner, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        ret += (long long)status.st_blocks * 512;
        if (S_ISDIR(status.st_mode))
            ret += directory_room(dirfd(directory), inner, depth + 1);
    }
    return ret;
}

long long tree_room(const char *path)
{
    return directory_room(AT_FDCWD, path, 0);
}

/* ---- removing ---- */

typedef struct Removal {
    int top;             /* the tree's own directory; -1 until it is open */
    unsigned long moved; /* what was removed or lifted */
} Removal;

/* What lies deeper than that goes up to the top, to be removed from there. */
static bool lift(Removal *removal, int parent, const char *name)
{
    char lifted[32];

    for (int i = 0; i < 1000; i++) {
        snprintf(lifted, sizeof lifted, "lifted-%lu", removal->moved++);
        if (renameat(parent, name, removal->top, lifted) == 0)
            return true;
    }
    return false;
}

static bool removed(Removal *removal, int parent, const char *name, int flags)
{
    bool ok = unlinkat(parent, name, flags) == 0;

    removal->moved += ok;
    return ok || errno == ENOENT;
}

/* Goes on where something cannot be removed. */
static bool entry_remove(Removal *removal, int parent, const char *name, int depth)
{
    const char *inner = NULL;
    bool ok = true;

    if (removed(removal, parent, name, 0))
        return true;
    if (errno != EISDIR && errno != EPERM && errno != EACCES)
        return false;
    if (depth > DEPTH_MAX)
        return lift(removal, parent, name);
    CLEANUP(directory_close) DIR *directory = directory_open(parent, name);
    if (!directory)
        return false;
    if (depth == 0)
        removal->top = dirfd(directory);
    while ((inner = directory_next(directory)))
        ok = entry_remove(removal, dirfd(directory), inner, depth + 1) && ok;
    return removed(removal, parent, name, AT_REMOVEDIR) && ok;
}

bool tree_remove(const char *path, Err *err)
{
    Removal removal = {.top = -1};

    /* Again while there is progress: something may be made meanwhile, or was lifted. */
    for (unsigned long before = removal.moved; !entry_remove(&removal, AT_FDCWD, path, 0);
         before = removal.moved)
        if (removal.moved == before)
            return err_errno(err, EXIT_IO, "cannot remove all of '%s'", path);
    return true;
}
