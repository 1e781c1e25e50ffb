#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

static struct flock whole_file(short type)
{
    return (struct flock){.l_type = type, .l_whence = SEEK_SET};
}

static pid_t holder_of(int fd)
{
    struct flock lock = whole_file(F_WRLCK);

    return fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? lock.l_pid : 0;
}

/* Shells take the numbers up to 9 for themselves; a program started through exec must not close the
 * lock's descriptor by reusing its number. The original is closed before anything is locked. */
static int open_high(const char *path)
{
    enum { FIRST = 64 };
    CLEANUP(cleanup_close) int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);

    return fd < 0 ? -1 : fcntl(fd, F_DUPFD, FIRST);
}

int lock_take(const char *path, int timeout_ms, Err *err)
{
    int64_t deadline = clock_monotonic_ms() + timeout_ms;
    CLEANUP(cleanup_close) int fd = open_high(path);

    if (fd < 0) {
        err_errno(err, EXIT_CREATE, "cannot open lock '%s'", path);
        return -1;
    }
    for (;;) {
        struct flock lock = whole_file(F_WRLCK);
        if (fcntl(fd, F_SETLK, &lock) == 0) {
            int taken = fd;
            fd = -1;
            return taken;
        }
        if (errno != EACCES && errno != EAGAIN && errno != EINTR) {
            err_errno(err, EXIT_IO, "cannot lock '%s'", path);
            return -1;
        }
        if (clock_monotonic_ms() >= deadline) {
            err_set(err, EXIT_TEMPFAIL, "'%s' is held by process %ld", path, (long)holder_of(fd));
            return -1;
        }
        nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
    }
}

pid_t lock_holder(const char *path)
{
    CLEANUP(cleanup_close) int fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);

    return fd < 0 ? 0 : holder_of(fd);
}
