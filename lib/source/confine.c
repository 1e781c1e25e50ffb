#ifdef __linux__
#define _GNU_SOURCE /* syscall(2), O_PATH */
#endif
#include "source/confine.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/cleanup.h"

#ifdef __linux__

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* One number on all architectures, for headers older than the calls. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

struct Confine {
    int rules; /* of Landlock, or -1 */
};

/* ---- files ---- */

/* The kernel's numbers, which headers older than it lack. Source: linux/landlock.h. */
enum {
    RIGHT_EXECUTE = 1 << 0,
    RIGHT_WRITE = 1 << 1,
    RIGHT_READ = 1 << 2,
    RIGHT_LIST = 1 << 3,
    RIGHTS_FIRST = (1 << 13) - 1,   /* what the first version knows */
    RIGHT_REFER = 1 << 13,          /* since version 2 */
    RIGHT_TRUNCATE = 1 << 14,       /* 3 */
    SCOPE_ABSTRACT_SOCKET = 1 << 0, /* 6 */
    SCOPE_SIGNAL = 1 << 1,          /* 6 */
    RULE_BENEATH = 1,
    ASK_VERSION = 1,
    RIGHTS_OF_FILES = RIGHT_EXECUTE | RIGHT_WRITE | RIGHT_READ | RIGHT_TRUNCATE,
    READING = RIGHT_READ | RIGHT_LIST,
};

typedef struct Ruleset {
    uint64_t files;
    uint64_t net;
    uint64_t scopes;
} Ruleset;

typedef struct __attribute__((packed)) Rule {
    uint64_t rights;
    int32_t fd;
} Rule;

static uint64_t all_rights(long version)
{
    return RIGHTS_FIRST | (version >= 2 ? RIGHT_REFER : 0U) | (version >= 3 ? RIGHT_TRUNCATE : 0U);
}

/* What a server reads of the system: its libraries, locales and time zones, who it is, chance. Not
 * /proc, which shows what others were started with. */
static const struct {
    const char *path;
    uint64_t rights;
} system_files[] = {
    {"/usr", READING},
    {"/lib", READING},
    {"/lib64", READING},
    {"/lib32", READING},
    {"/etc/ld.so.cache", RIGHT_READ},
    {"/etc/passwd", RIGHT_READ},
    {"/etc/group", RIGHT_READ},
    {"/etc/nsswitch.conf", RIGHT_READ},
    {"/etc/localtime", RIGHT_READ},
    {"/etc/timezone", RIGHT_READ},
    {"/etc/ssl/openssl.cnf", RIGHT_READ},
    {"/dev/urandom", RIGHT_READ},
    {"/dev/random", RIGHT_READ},
    {"/dev/zero", RIGHT_READ},
    {"/dev/null", RIGHT_READ | RIGHT_WRITE},
    /* What the kernel itself starts to load the libraries. */
    {"/lib64/ld-linux-x86-64.so.2", RIGHT_READ | RIGHT_EXECUTE},
    {"/lib/ld-linux-aarch64.so.1", RIGHT_READ | RIGHT_EXECUTE},
    {"/lib/ld-linux-armhf.so.3", RIGHT_READ | RIGHT_EXECUTE},
    {"/lib/ld-musl-x86_64.so.1", RIGHT_READ | RIGHT_EXECUTE},
    {"/lib/ld-musl-aarch64.so.1", RIGHT_READ | RIGHT_EXECUTE},
};

/* What is not there needs no right. */
static bool allow(int rules, const char *path, uint64_t rights)
{
    CLEANUP(cleanup_close) int fd = open(path, O_PATH | O_CLOEXEC);
    struct stat status;

    if (fd < 0)
        return true;
    if (fstat(fd, &status) != 0)
        return false;
    Rule rule = {S_ISDIR(status.st_mode) ? rights : rights & RIGHTS_OF_FILES, fd};
    return syscall(SYS_landlock_add_rule, rules, RULE_BENEATH, &rule, 0) == 0;
}

/* What stands beside a program's own directory, when it is no part of the system. */
static const char *const beside[] = {"../lib", "../lib64", "../share", "../etc"};

static bool allow_beside(int rules, const char *directory)
{
    CLEANUP(arena_free) Arena arena = {0};
    bool ok = true;

    for (size_t i = 0; ok && i < sizeof beside / sizeof *beside; i++)
        ok = allow(rules, arena_join(&arena, directory, "/", beside[i], NULL), READING);
    return ok;
}

static int rules_make(const char *executable, const char *writable)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
    uint64_t all = all_rights(version);
    Ruleset set = {all, 0, version >= 6 ? SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL : 0U};
    /* A kernel refuses a structure longer than its own unless the rest is zero. */
    size_t size = version >= 6 ? sizeof set : sizeof set.files;
    int rules = version < 1 ? -1 : (int)syscall(SYS_landlock_create_ruleset, &set, size, 0);
    bool ok = rules >= 0;

    for (size_t i = 0; ok && i < sizeof system_files / sizeof *system_files; i++)
        ok = allow(rules, system_files[i].path, system_files[i].rights);
    ok = ok && allow(rules, executable, READING | RIGHT_EXECUTE) &&
         allow_beside(rules, executable) && allow(rules, writable, all & ~(uint64_t)RIGHT_EXECUTE);
    if (rules >= 0 && !ok) {
        close(rules);
        rules = -1;
    }
    return rules;
}

/* ---- sockets ---- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE
#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (skip))
#define ANSWER(what) BPF_STMT(BPF_RET | BPF_K, (what))
#define REFUSE ANSWER(SECCOMP_RET_ERRNO | EACCES)
#define REFUSED(call) UNLESS(SYS_##call, 1), REFUSE
/* Says that it was done. */
#define PRETENDED(call) UNLESS(SYS_##call, 1), ANSWER(SECCOMP_RET_ERRNO)
#define NAMESPACES 0x7E020080 /* the CLONE_NEW... */

/* What Landlock does not cover. */
static const struct sock_filter filter[] = {
    LOAD(arch),
    UNLESS(ARCHITECTURE, 1),
    BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
    REFUSE,
    LOAD(nr),
#ifdef __x86_64__
    /* The x32 calls are the same ones under other numbers. */
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    REFUSE,
#endif
    /* Others: their sockets, memory, keys, limits. */
    REFUSED(connect),
    REFUSED(ptrace),
    REFUSED(process_vm_readv),
    REFUSED(process_vm_writev),
    REFUSED(keyctl),
    REFUSED(add_key),
    REFUSED(request_key),
    REFUSED(msgget),
    REFUSED(msgsnd),
    REFUSED(msgrcv),
    REFUSED(semget),
    REFUSED(semop),
    REFUSED(semtimedop),
    REFUSED(semctl),
    REFUSED(setpriority),
    REFUSED(sched_setaffinity),
    REFUSED(sched_setscheduler),
    REFUSED(sched_setparam),
    REFUSED(ioprio_set),
    REFUSED(inotify_init1),
    /* The kernel's less trodden paths. */
    REFUSED(unshare),
    REFUSED(setns),
    REFUSED(bpf),
    REFUSED(perf_event_open),
    REFUSED(userfaultfd),
#ifdef SYS_io_uring_setup
    REFUSED(io_uring_setup),
#endif
    /* Modes and times of files anywhere. Its own are as they should be. */
    PRETENDED(fchmod),
    PRETENDED(fchmodat),
    PRETENDED(fchown),
    PRETENDED(fchownat),
    PRETENDED(utimensat),
    PRETENDED(setxattr),
    PRETENDED(lsetxattr),
    PRETENDED(fsetxattr),
    PRETENDED(removexattr),
    PRETENDED(lremovexattr),
    PRETENDED(fremovexattr),
    UNLESS(452, 1), /* fchmodat2 */
    ANSWER(SECCOMP_RET_ERRNO),
#ifdef SYS_chmod
    PRETENDED(chmod),
    PRETENDED(chown),
    PRETENDED(lchown),
    PRETENDED(utime),
    PRETENDED(utimes),
    PRETENDED(futimesat),
#endif
    /* A process of its own kind, in no namespace of its own; what hides its flags is not there. */
    UNLESS(435, 1), /* clone3 */
    ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
    UNLESS(SYS_clone, 4),
    LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, NAMESPACES, 0, 1),
    REFUSE,
    ANSWER(SECCOMP_RET_ALLOW),
    /* Limits of its own only. */
    UNLESS(SYS_prlimit64, 4),
    LOAD(args[0]),
    UNLESS(0, 1),
    ANSWER(SECCOMP_RET_ALLOW),
    REFUSE,
    /* A stream between processes of this machine: what it needs to be asked. */
    UNLESS(SYS_socketpair, 1),
    BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
    UNLESS(SYS_socket, 7),
    LOAD(args[0]),
    UNLESS(AF_UNIX, 4),
    LOAD(args[1]),
    BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xF),
    UNLESS(SOCK_STREAM, 1),
    ANSWER(SECCOMP_RET_ALLOW),
    REFUSE,
    ANSWER(SECCOMP_RET_ALLOW),
};
#endif

static bool sockets_refuse(void)
{
#ifdef ARCHITECTURE
    struct sock_fprog program = {sizeof filter / sizeof *filter, (struct sock_filter *)filter};

    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
#else
    return true;
#endif
}

static bool has_seccomp(void)
{
#ifdef ARCHITECTURE
    return prctl(PR_GET_SECCOMP) >= 0;
#else
    return false;
#endif
}

/* ---- both ---- */

/* The first version that keeps files from being emptied. */
enum { LEAST_VERSION = 3 };

static bool has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION) >= LEAST_VERSION;
}

bool confine_is_there(void)
{
    return has_landlock() && has_seccomp();
}

Confine *confine_open(const char *executable, const char *writable, Err *err)
{
    Confine *ret = arena_realloc_or_exit(NULL, sizeof *ret);

    ret->rules = has_landlock() ? rules_make(executable, writable) : -1;
    if (has_landlock() && ret->rules < 0) {
        err_errno(err, EXIT_OS, "the server cannot be confined");
        confine_close(&ret);
    }
    return ret;
}

void confine_close(Confine **confine)
{
    if (*confine && (*confine)->rules >= 0)
        close((*confine)->rules);
    free(*confine);
    *confine = NULL;
}

int confine_enter(const void *data)
{
    const Confine *confine = data;

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        (confine->rules >= 0 && syscall(SYS_landlock_restrict_self, confine->rules, 0) != 0) ||
        (has_seccomp() && !sockets_refuse()))
        return errno;
    return 0;
}

#else

struct Confine {
    char nothing;
};

Confine *confine_open(const char *executable, const char *writable, Err *err)
{
    (void)executable;
    (void)writable;
    (void)err;
    return arena_realloc_or_exit(NULL, sizeof(Confine));
}

void confine_close(Confine **confine)
{
    free(*confine);
    *confine = NULL;
}

bool confine_is_there(void)
{
    return false;
}

int confine_enter(const void *data)
{
    (void)data;
    return 0;
}

#endif
