#include "dash/action.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "json/jx.h"

static const char *const actions[] = {"check"};

const char *action_parse(const char *body, size_t length, Err *err)
{
    Err unread = {0};
    json_auto_t *doc = jx_parse(body, length, "the body", &unread);
    const char *name = jx_string(doc, "action", "");

    if (json_object_size(doc) == 1)
        for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
            if (strcmp(actions[i], name) == 0)
                return actions[i];
    err_set(err, EXIT_DATA, "the body must be {\"action\":\"check\"}");
    return NULL;
}

bool action_allow(ActionLimit *limit, int64_t now_ms, int *ret_wait_s)
{
    int64_t *oldest = &limit->times_ms[0];

    for (size_t i = 1; i < ACTIONS_A_MINUTE; i++)
        if (limit->times_ms[i] < *oldest)
            oldest = &limit->times_ms[i];
    int64_t wait_ms = *oldest ? *oldest + ACTION_WINDOW_MS - now_ms : 0;
    if (wait_ms > 0) {
        *ret_wait_s = (int)((wait_ms + 999) / 1000);
        return false;
    }
    *oldest = now_ms;
    return true;
}

bool action_send(const char *path, const char *action, Err *err)
{
    static const char nobody[] = "no supervisor is running: start it with 'schema start'";
    CLEANUP(cleanup_close) int fd = open(path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    struct stat status = {0};
    char line[32];

    if (fd < 0 && (errno == ENXIO || errno == ENOENT))
        return err_set(err, EXIT_UNAVAILABLE, "%s", nobody);
    if (fd < 0)
        return err_errno(err, EXIT_DENIED, "cannot reach the supervisor");
    if (fstat(fd, &status) != 0 || !S_ISFIFO(status.st_mode) || status.st_uid != geteuid())
        return err_set(err, EXIT_DENIED, "'.schema/requests' is not the supervisor's FIFO");
    int length = snprintf(line, sizeof line, "%s\n", action);
    if (write(fd, line, (size_t)length) == length)
        return true;
    if (errno == EPIPE)
        return err_set(err, EXIT_UNAVAILABLE, "%s", nobody);
    return err_set(err, EXIT_TEMPFAIL, "the supervisor is busy and has not read earlier requests");
}
