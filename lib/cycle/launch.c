#include "cycle/launch.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "cycle/cycle.h"
#include "cycle/pending.h"
#include "json/jx.h"

enum { SLICE_MS = 500, WORD_MAX = 64 };

static bool export(const char *name, const char *value, Err *err)
{
    return setenv(name, value, 1) == 0 || err_errno(err, EXIT_OS, "cannot set %s", name);
}

/* "monitoring.autoTypeGeneration" gives "SCHEMA_MONITORING_AUTO_TYPE_GENERATION". */
static void variable_name(const char *section, const char *key, char name[128])
{
    size_t used = (size_t)snprintf(name, 64, "SCHEMA_%s_", section);

    for (; *key && used < 126; key++) {
        if (isupper((unsigned char)*key))
            name[used++] = '_';
        name[used++] = *key;
    }
    name[used] = '\0';
    for (char *c = name; *c; c++)
        *c = (char)toupper((unsigned char)*c);
}

bool launch_make_state(Config *config, Err *err)
{
    static const char everything[] = "*\n";
    const char *ignore = config_state_path(config, ".gitignore");

    return file_make_directories(config_state_path(config, "run"), 0700, err) &&
           (file_exists(ignore) ||
            file_write(ignore, everything, sizeof everything - 1, 0600, err));
}

static const char *step_result(const json_t *status, const char *step)
{
    return jx_string(json_object_get(status, step), "result", "");
}

static bool export_state(Config *config, Err *err)
{
    json_auto_t *status = cycle_status_stored(config);
    json_auto_t *migrations = pending_survey(config);
    char now[32], pending[32];

    snprintf(now, sizeof now, "%lld", (long long)clock_now_ms());
    snprintf(pending, sizeof pending, "%lld", (long long)jx_int(migrations, "pending", 0));
    return export("SCHEMA_STARTED", now, err) &&
           export("SCHEMA_LAST_FAILURE", cycle_failure(status), err) &&
           export("SCHEMA_LAST_SOURCE", jx_string(status, "source", ""), err) &&
           export("SCHEMA_LAST_PENDING", pending, err) &&
           export("SCHEMA_LAST_TYPES", step_result(status, "types"), err) &&
           export("SCHEMA_LAST_DOCS", step_result(status, "docs"), err);
}

bool launch_environment(Config *config, Err *err)
{
    const char *section = NULL, *key = NULL;
    json_t *members = NULL, *value = NULL;

    if (!export("SCHEMA_PROJECT_DIR", config_directory(config), err) ||
        !export("SCHEMA_PROJECT_NAME", config_name(config), err) || !export_state(config, err))
        return false;
    json_object_foreach((json_t *)config_effective(config), section, members)
    {
        json_object_foreach(members, key, value)
        {
            char dotted[128], name[128];
            if (json_is_object(value) || json_is_object(json_array_get(value, 0)) ||
                (json_is_string(value) && strncmp(json_string_value(value), "env(", 4) == 0))
                continue;
            snprintf(dotted, sizeof dotted, "%s.%s", section, key);
            CLEANUP(cleanup_free) char *text = config_text(config, dotted);
            variable_name(section, key, name);
            if (text && strcmp(name, "SCHEMA_PROJECT_NAME") != 0 && !export(name, text, err))
                return false;
        }
    }
    return true;
}

bool launch_exec(char *const *argv, Err *err)
{
    execvp(argv[0], argv);
    return err_errno(err, EXIT_OS, "cannot start '%s'", argv[0]);
}

static bool redirect(const char *log, Err *err)
{
    CLEANUP(cleanup_close) int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    CLEANUP(cleanup_close)
    int file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (null < 0 || file < 0)
        return err_errno(err, EXIT_CREATE, "cannot write '%s'", log);
    if (dup2(null, STDIN_FILENO) < 0 || dup2(file, STDOUT_FILENO) < 0 ||
        dup2(file, STDERR_FILENO) < 0)
        return err_errno(err, EXIT_OS, "cannot redirect to '%s'", log);
    return true;
}

bool launch_daemon(const char *log, Err *err)
{
    pid_t child = fork();

    if (child < 0)
        return err_errno(err, EXIT_OS, "cannot fork");
    if (child > 0) {
        waitpid(child, NULL, 0);
        _exit(EXIT_OK);
    }
    if (setsid() < 0)
        return err_errno(err, EXIT_OS, "cannot leave the session");
    child = fork();
    if (child < 0)
        return err_errno(err, EXIT_OS, "cannot fork");
    if (child > 0)
        _exit(EXIT_OK);
    return redirect(log, err);
}

/* One line, byte by byte, so that what comes behind it stays for the next call. Only words pass. */
static bool read_word(int fd, char word[WORD_MAX])
{
    size_t length = 0;
    char byte = 0;

    while (read(fd, &byte, 1) == 1 && byte != '\n')
        if (length < WORD_MAX - 1)
            word[length++] = byte;
    word[length] = '\0';
    return length > 0 && strspn(word, "abcdefghijklmnopqrstuvwxyz") == length;
}

/* Somebody took .schema/ away: nobody can reach us any more. */
static bool is_removed(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 && status.st_nlink == 0;
}

bool launch_wait(const LaunchWait *wait, FILE *out, Err *err)
{
    struct pollfd watched = {.fd = wait->fd, .events = POLLIN};
    int64_t give_up = wait->most_ms ? clock_monotonic_ms() + wait->most_ms : INT64_MAX;
    pid_t parent = getppid();
    char word[WORD_MAX];

    while (getppid() == parent) {
        int64_t left = wait->until_ms - clock_now_ms();
        if (left <= 0)
            return fputs("timer\n", out) >= 0;
        if (clock_monotonic_ms() >= give_up)
            return fputs("pause\n", out) >= 0;
        int got = poll(&watched, 1, (int)(left < SLICE_MS ? left : SLICE_MS));
        if (got < 0 && errno != EINTR)
            return err_errno(err, EXIT_OS, "cannot wait");
        if (got > 0 && (watched.revents & POLLIN) && read_word(wait->fd, word))
            return fprintf(out, "%s\n", word) >= 0;
        if ((got > 0 && !(watched.revents & POLLIN)) || is_removed(wait->fd))
            return err_set(err, EXIT_IO, "the requests' pipe is gone");
        if (wait->pid && kill(wait->pid, 0) != 0 && errno == ESRCH)
            return fputs("ended\n", out) >= 0;
    }
    return err_set(err, EXIT_OS, "the supervisor ended");
}
