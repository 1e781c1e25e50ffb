#ifdef __linux__
#define _GNU_SOURCE /* syscall(2), for pidfd_open and close_range */
#endif
#include "base/proc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "base/arena.h"
#include "base/clock.h"

extern char **environ;

enum {
    GRACE_MS = 2000,
    TICK_MS = 20, /* where the end of a process cannot be polled for */
    SWEEP_MS = 2000,
    CHUNK = 65536,
    DRAIN_MAX = 4 << 20 /* taken from the pipe after the end: more than any pipe holds */
};

/* The first head_max bytes and the last tail_max, as they come. */
typedef struct Capture {
    size_t head_max;
    size_t tail_max;
    char *head;
    size_t head_length;
    size_t head_space;
    char *tail; /* a ring once tail_length is tail_max */
    size_t tail_length;
    size_t tail_space;
    size_t tail_at;
    size_t skipped;
} Capture;

struct Proc {
    pid_t pid;
    int output; /* read end, or -1 */
    int input;  /* write end, or -1 */
    int pidfd;  /* or -1 */
    const char *text;
    size_t text_left;
    int64_t started;
    int64_t deadline; /* 0: none */
    int64_t grace_ms;
    int64_t kill_at; /* 0: it was not asked to end */
    bool killed;
    bool done;
    Capture capture;
    ProcResult result;
};

/* ---- captured output ---- */

static void grow(char **bytes, size_t *space, size_t want, size_t max)
{
    size_t next = *space ? *space : 4096;

    if (want <= *space) {
        return;
    }
    while (next < want) {
        next *= 2;
    }
    if (next > max) {
        next = max;
    }
    *bytes = arena_realloc_or_exit(*bytes, next);
    *space = next;
}

static void capture_tail(Capture *capture, const char *bytes, size_t length)
{
    size_t room = capture->tail_max - capture->tail_length;
    size_t part = length < room ? length : room;

    if (part > 0) {
        grow(&capture->tail, &capture->tail_space, capture->tail_length + part, capture->tail_max);
        memcpy(capture->tail + capture->tail_length, bytes, part);
        capture->tail_length += part;
        bytes += part;
        length -= part;
    }
    capture->skipped += length;
    if (length > capture->tail_max) {
        bytes += length - capture->tail_max;
        length = capture->tail_max;
    }
    while (length > 0) {
        room = capture->tail_max - capture->tail_at;
        part = length < room ? length : room;
        memcpy(capture->tail + capture->tail_at, bytes, part);
        capture->tail_at = (capture->tail_at + part) % capture->tail_max;
        bytes += part;
        length -= part;
    }
}

static void capture_add(Capture *capture, const char *bytes, size_t length)
{
    size_t room = capture->head_max - capture->head_length;
    size_t part = length < room ? length : room;

    if (part > 0) {
        grow(&capture->head, &capture->head_space, capture->head_length + part, capture->head_max);
        memcpy(capture->head + capture->head_length, bytes, part);
        capture->head_length += part;
    }
    if (length > part) {
        capture_tail(capture, bytes + part, length - part);
    }
}

static void capture_take(Capture *capture, ProcResult *ret)
{
    size_t wrapped = capture->tail_length - capture->tail_at;
    size_t length = capture->head_length + capture->tail_length;
    char *text = arena_realloc_or_exit(NULL, length + 1);

    if (capture->head_length > 0) {
        memcpy(text, capture->head, capture->head_length);
    }
    if (capture->tail_length > 0) {
        memcpy(text + capture->head_length, capture->tail + capture->tail_at, wrapped);
        memcpy(text + capture->head_length + wrapped, capture->tail, capture->tail_at);
    }
    text[length] = '\0';
    ret->output = text;
    ret->output_length = length;
    ret->output_head = capture->head_length;
    ret->output_skipped = capture->skipped;
}

/* ---- finding programs ---- */

static bool is_program(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* The path to execute, from malloc; NULL when there is none. Relative directories in PATH are left
 * out: what they name depends on where one happens to be. */
static char *program_path(const char *name)
{
    const char *path = getenv("PATH");
    size_t name_length = strlen(name);

    if (name_length == 0) {
        return NULL;
    }
    if (strchr(name, '/')) {
        char *copy = arena_realloc_or_exit(NULL, name_length + 1);

        memcpy(copy, name, name_length + 1);
        return copy;
    }
    for (const char *at = path ? path : "/usr/bin:/bin"; at; at = *at ? at + 1 : NULL) {
        size_t length = strcspn(at, ":");

        if (length > 0 && *at == '/') {
            char *candidate = arena_realloc_or_exit(NULL, length + name_length + 2);

            memcpy(candidate, at, length);
            candidate[length] = '/';
            memcpy(candidate + length + 1, name, name_length + 1);
            if (is_program(candidate)) {
                return candidate;
            }
            free(candidate);
        }
        at += length;
    }
    return NULL;
}

bool proc_exists(const char *name)
{
    CLEANUP(cleanup_free) char *path = program_path(name);

    return path && is_program(path);
}

/* ---- the child ---- */

static void close_from(int lowest)
{
    long max = sysconf(_SC_OPEN_MAX);

#if defined(__linux__) && defined(SYS_close_range)
    if (syscall(SYS_close_range, (unsigned)lowest, ~0U, 0U) == 0) {
        return;
    }
#endif
    if (max < 0 || max > 65536) {
        max = 65536;
    }
    for (int fd = lowest; fd < max; fd++) {
        (void)close(fd);
    }
}

static void default_signals(void)
{
    static const int signals[] = {SIGPIPE, SIGINT,  SIGTERM, SIGHUP,  SIGQUIT, SIGCHLD,
                                  SIGUSR1, SIGUSR2, SIGALRM, SIGTSTP, SIGTTIN, SIGTTOU};
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigset_t none;

    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        (void)sigaction(signals[i], &action, NULL);
    }
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Between fork and execve: async-signal-safe calls only. The descriptors are all above 2, so that
 * none is overwritten before its turn. report stays open until execve and carries errno back. */
static void child(const ProcSpec *spec, const char *path, pid_t parent, int in, int out, int report)
{
    const struct rlimit no_core = {0, 0};
    int failure = 0;

    /* Another user first: that takes the signal at death back. */
    if (spec->user &&
        (setgroups(0, NULL) < 0 || setgid(spec->user->gid) < 0 || setuid(spec->user->uid) < 0)) {
        failure = errno;
    }
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, spec->death_signal ? spec->death_signal : SIGKILL);
    /* 0: the caller is outside of the namespace that the child begins. */
    if (getppid() != parent && getppid() != 0) {
        _exit(127);
    }
#else
    (void)parent;
#endif
    (void)setsid();
    (void)setrlimit(RLIMIT_CORE, &no_core);
    default_signals();
    if (!failure && spec->enter) {
        failure = spec->enter(spec->enter_data);
    }
    if (failure) {
        /* told below */
    } else if (dup2(in, 0) < 0 || dup2(spec->output_fd > 2 ? spec->output_fd : out, 1) < 0 ||
               dup2(spec->remarks ? spec->remarks : out, 2) < 0 ||
               (report != 3 && dup2(report, 3) < 0) || fcntl(3, F_SETFD, FD_CLOEXEC) < 0) {
        failure = errno;
    } else {
        report = 3;
        close_from(4);
        if (spec->directory && chdir(spec->directory) < 0) {
            failure = errno;
        } else {
            (void)execve(path, spec->argv, spec->environment ? spec->environment : environ);
            failure = errno;
        }
    }
    while (write(report, &failure, sizeof failure) < 0 && errno == EINTR) {
    }
    _exit(127);
}

/* A descriptor above 3, so that the child can put 0 to 3 in place; the old one is closed. */
static int above(int fd)
{
    int copy = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 4);

    if (fd >= 0) {
        int saved = errno;

        (void)close(fd);
        errno = saved;
    }
    return copy;
}

static bool pipe_above(int ends[2])
{
    int raw[2];

    if (pipe(raw) < 0) {
        return false;
    }
    ends[0] = above(raw[0]);
    ends[1] = above(raw[1]);
    return ends[0] >= 0 && ends[1] >= 0;
}

static bool set_nonblocking(int fd)
{
    int flags = fcntl(fd, F_GETFL);

    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

/* The errno the child sent; 0 when execve closed the pipe. */
static int read_failure(int report)
{
    int failure = 0;
    ssize_t got = 0;

    do {
        got = read(report, &failure, sizeof failure);
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof failure ? failure : 0;
}

static void mark_missing(ProcResult *result, int failure)
{
    result->exit_code = -1;
    result->start_errno = failure;
    result->not_found = failure == ENOENT || failure == ENOTDIR || failure == EACCES;
}

static void reap(pid_t pid, int *status)
{
    while (waitpid(pid, status, 0) < 0 && errno == EINTR) {
    }
}

static bool launch(Proc *proc, const ProcSpec *spec, const char *path, Err *err)
{
    CLEANUP(cleanup_close) int in = -1;
    CLEANUP(cleanup_close) int out = -1;
    CLEANUP(cleanup_close) int report_in = -1;
    CLEANUP(cleanup_close) int report_out = -1;
    int output[2] = {-1, -1};
    int input[2] = {-1, -1};
    int report[2] = {-1, -1};
    bool ready = pipe_above(output) && pipe_above(report);
    int failure = 0;

    if (ready && spec->input) {
        ready = pipe_above(input) && set_nonblocking(input[1]);
    } else if (ready) {
        input[0] = above(open("/dev/null", O_RDONLY | O_CLOEXEC));
        ready = input[0] >= 0;
    }
    ready = ready && set_nonblocking(output[0]);
    proc->output = output[0];
    proc->input = input[1];
    in = input[0];
    out = output[1];
    report_in = report[0];
    report_out = report[1];
    if (!ready) {
        return err_errno(err, EXIT_OS, "cannot make a pipe for '%s'", spec->argv[0]);
    }

    pid_t parent = getpid();

    proc->pid = fork();
    if (proc->pid < 0) {
        return err_errno(err, EXIT_OS, "cannot fork for '%s'", spec->argv[0]);
    }
    if (proc->pid == 0) {
        child(spec, path, parent, in, out, report_out);
    }
    (void)close(report_out);
    report_out = -1;
    failure = read_failure(report_in);
    if (failure) {
        reap(proc->pid, NULL);
        proc->pid = -1;
        proc->done = true;
        mark_missing(&proc->result, failure);
    }
#if defined(__linux__) && defined(SYS_pidfd_open)
    else {
        proc->pidfd = (int)syscall(SYS_pidfd_open, proc->pid, 0U);
    }
#endif
    return true;
}

Proc *proc_start(const ProcSpec *spec, Err *err)
{
    Proc *proc = arena_realloc_or_exit(NULL, sizeof *proc);
    CLEANUP(cleanup_free) char *path = program_path(spec->argv[0]);
    int64_t now = clock_monotonic_ms();

    *proc = (Proc){
        .pid = -1,
        .output = -1,
        .input = -1,
        .pidfd = -1,
        .text = spec->input,
        .text_left = spec->input ? strlen(spec->input) : 0,
        .started = now,
        .deadline = spec->timeout_ms > 0 ? now + spec->timeout_ms : 0,
        .grace_ms = spec->grace_ms > 0 ? spec->grace_ms : GRACE_MS,
        .capture = {.head_max = spec->head_bytes, .tail_max = spec->tail_bytes},
    };
    if (!path) {
        proc->done = true;
        mark_missing(&proc->result, ENOENT);
    } else if (!launch(proc, spec, path, err)) {
        proc_close(&proc);
    }
    return proc;
}

/* ---- while it runs ---- */

static void close_end(int *fd)
{
    cleanup_close(fd);
    *fd = -1;
}

/* Takes what is there, at most max bytes. */
static void drain(Proc *proc, size_t max)
{
    char bytes[CHUNK];

    while (proc->output >= 0 && max > 0) {
        ssize_t got = read(proc->output, bytes, sizeof bytes);

        if (got > 0) {
            capture_add(&proc->capture, bytes, (size_t)got);
            max -= (size_t)got < max ? (size_t)got : max;
        } else if (got == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) {
            close_end(&proc->output);
        } else if (errno != EINTR) {
            return;
        }
    }
}

/* write(2) that cannot end us by SIGPIPE, whatever the program made of that signal. */
static ssize_t write_quietly(int fd, const char *bytes, size_t length)
{
    sigset_t pipe_signal;
    sigset_t pending;
    sigset_t before;
    int ignored = 0;
    int saved = 0;
    ssize_t written = -1;

    (void)sigemptyset(&pipe_signal);
    (void)sigaddset(&pipe_signal, SIGPIPE);
    (void)sigprocmask(SIG_BLOCK, &pipe_signal, &before);
    written = write(fd, bytes, length);
    saved = errno;
    if (written < 0 && saved == EPIPE && sigpending(&pending) == 0 &&
        sigismember(&pending, SIGPIPE) && !sigismember(&before, SIGPIPE)) {
        (void)sigwait(&pipe_signal, &ignored);
    }
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    errno = saved;
    return written;
}

static void feed(Proc *proc)
{
    while (proc->input >= 0) {
        ssize_t written = 0;

        if (proc->text_left == 0) {
            close_end(&proc->input);
            return;
        }
        written = write_quietly(proc->input, proc->text, proc->text_left);
        if (written >= 0) {
            proc->text += written;
            proc->text_left -= (size_t)written;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno != EINTR) {
            close_end(&proc->input);
        }
    }
}

static void signal_group(const Proc *proc, int number)
{
    if (kill(-proc->pid, number) < 0) {
        (void)kill(proc->pid, number);
    }
}

static bool has_ended(const Proc *proc)
{
    siginfo_t info = {0};

    return waitid(P_PID, (id_t)proc->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == proc->pid;
}

/* The group is killed before its leader is reaped: until then the number belongs to it. */
static void end(Proc *proc)
{
    int status = 0;

    signal_group(proc, SIGKILL);
    drain(proc, DRAIN_MAX);
    reap(proc->pid, &status);
    proc->pid = -1;
    close_end(&proc->output);
    close_end(&proc->input);
    close_end(&proc->pidfd);
    proc->result.duration_ms = clock_monotonic_ms() - proc->started;
    proc->result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    proc->result.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    proc->done = true;
}

void proc_end(Proc *proc, int signal)
{
    if (proc->done) {
        return;
    }
    if (proc->kill_at == 0) {
        proc->kill_at = clock_monotonic_ms() + proc->grace_ms;
    }
    (void)kill(proc->pid, signal);
}

void proc_await(const Proc *proc, int timeout_ms)
{
    struct pollfd end = {.fd = proc->pidfd, .events = POLLIN};

    /* Without a descriptor for it nothing else is sure. */
    (void)poll(&end, proc->pidfd >= 0 ? 1 : 0, timeout_ms);
}

void proc_stop(Proc *proc)
{
    if (!proc->done && proc->kill_at == 0) {
        proc->kill_at = clock_monotonic_ms() + proc->grace_ms;
        signal_group(proc, SIGTERM);
        signal_group(proc, SIGCONT);
    }
}

static void keep_time(Proc *proc)
{
    int64_t now = clock_monotonic_ms();

    if (proc->deadline && now >= proc->deadline && proc->kill_at == 0) {
        proc->result.timed_out = true;
        proc_stop(proc);
    } else if (proc->kill_at && now >= proc->kill_at && !proc->killed) {
        proc->killed = true;
        signal_group(proc, SIGKILL);
    }
}

/* How long poll may sleep for this one; at most wait. */
static int64_t sleep_for(const Proc *proc, int64_t wait)
{
    int64_t now = clock_monotonic_ms();
    int64_t due = proc->kill_at ? proc->kill_at : proc->deadline;

    if (proc->pidfd < 0 && wait > TICK_MS) {
        wait = TICK_MS;
    }
    if (due && !proc->killed && due - now < wait) {
        wait = due > now ? due - now : 0;
    }
    return wait;
}

static nfds_t watch(const Proc *proc, struct pollfd *fds)
{
    nfds_t count = 0;

    if (proc->output >= 0) {
        fds[count++] = (struct pollfd){.fd = proc->output, .events = POLLIN};
    }
    if (proc->input >= 0) {
        fds[count++] = (struct pollfd){.fd = proc->input, .events = POLLOUT};
    }
    if (proc->pidfd >= 0) {
        fds[count++] = (struct pollfd){.fd = proc->pidfd, .events = POLLIN};
    }
    return count;
}

static bool serve(Proc *proc)
{
    drain(proc, DRAIN_MAX);
    feed(proc);
    if (has_ended(proc)) {
        end(proc);
    } else {
        keep_time(proc);
    }
    return proc->done;
}

void proc_poll(Proc *const *procs, size_t count, int timeout_ms)
{
    CLEANUP(cleanup_free)
    struct pollfd *fds = arena_realloc_or_exit(NULL, (3 * count + 1) * sizeof *fds);
    int64_t until = clock_monotonic_ms() + timeout_ms;
    int64_t now = clock_monotonic_ms();
    bool one_ended = false;

    do {
        int64_t wait = until - now;
        nfds_t watched = 0;

        for (size_t i = 0; i < count; i++) {
            if (procs[i] && !procs[i]->done) {
                watched += watch(procs[i], fds + watched);
                wait = sleep_for(procs[i], wait);
            }
        }
        (void)poll(fds, watched, (int)(wait > 0 ? wait : 0));
        for (size_t i = 0; i < count; i++) {
            if (procs[i] && !procs[i]->done && serve(procs[i])) {
                one_ended = true;
            }
        }
        now = clock_monotonic_ms();
    } while (!one_ended && now < until);
}

bool proc_is_done(const Proc *proc)
{
    return proc->done;
}

void proc_finish(Proc *proc, ProcResult *ret)
{
    *ret = proc->result;
    capture_take(&proc->capture, ret);
}

void proc_close(Proc **proc)
{
    if (!*proc) {
        return;
    }
    if ((*proc)->pid > 0) {
        end(*proc);
    }
    cleanup_close(&(*proc)->output);
    cleanup_close(&(*proc)->input);
    cleanup_close(&(*proc)->pidfd);
    free((*proc)->capture.head);
    free((*proc)->capture.tail);
    free(*proc);
    *proc = NULL;
}

bool proc_run(const ProcSpec *spec, ProcResult *ret, Err *err)
{
    CLEANUP(proc_close) Proc *proc = proc_start(spec, err);

    if (!proc) {
        return false;
    }
    while (!proc->done) {
        proc_poll(&proc, 1, 60000);
    }
    proc_sweep();
    proc_finish(proc, ret);
    return true;
}

void proc_result_free(ProcResult *result)
{
    free(result->output);
    result->output = NULL;
}

/* ---- orphans ---- */

#ifdef __linux__
void proc_adopt_orphans(void)
{
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

/* The parent of a process by proc_pid_stat(5): the name may hold anything, so the fields are
 * counted from its last closing parenthesis. */
static pid_t parent_of(const char *pid)
{
    char path[64];
    char line[1024];
    CLEANUP(cleanup_close) int fd = -1;
    ssize_t got = 0;
    const char *at = NULL;

    (void)snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    got = fd < 0 ? -1 : read(fd, line, sizeof line - 1);
    if (got <= 0) {
        return 0;
    }
    line[got] = '\0';
    at = strrchr(line, ')');
    return at && strlen(at) > 4 ? (pid_t)strtol(at + 4, NULL, 10) : 0;
}

static void kill_children(void)
{
    DIR *processes = opendir("/proc");
    const struct dirent *entry = NULL;
    pid_t self = getpid();

    while (processes && (entry = readdir(processes))) {
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
            parent_of(entry->d_name) == self) {
            (void)kill((pid_t)strtol(entry->d_name, NULL, 10), SIGKILL);
        }
    }
    if (processes) {
        (void)closedir(processes);
    }
}

void proc_sweep(void)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    int64_t until = clock_monotonic_ms() + SWEEP_MS;
    int adopting = 0;
    pid_t reaped = 0;

    if (prctl(PR_GET_CHILD_SUBREAPER, &adopting, 0, 0, 0) < 0 || !adopting) {
        return;
    }
    while ((reaped = waitpid(-1, NULL, WNOHANG)) >= 0 && clock_monotonic_ms() < until) {
        if (reaped == 0) {
            kill_children();
            (void)nanosleep(&pause, NULL);
        }
    }
}
#else
void proc_adopt_orphans(void)
{
}

void proc_sweep(void)
{
}
#endif
