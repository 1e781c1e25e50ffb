#include "dash/token.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "base/file.h"

enum { TOKEN_BYTES = (TOKEN_SIZE - 1) / 2 };

static void random_text(char ret[TOKEN_SIZE])
{
    unsigned char bytes[TOKEN_BYTES];

    digest_random(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(ret + 2 * i, 3, "%02x", bytes[i]);
}

static bool token_make(const char *path, char ret[TOKEN_SIZE], Err *err)
{
    char line[TOKEN_SIZE + 1];
    char token[TOKEN_SIZE];

    if (!file_make_parents(path, 0700, err))
        return false;
    CLEANUP(cleanup_close)
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_errno(err, EXIT_CREATE, "cannot make '%s'", path);
    random_text(token);
    int length = snprintf(line, sizeof line, "%s\n", token);
    if (write(fd, line, (size_t)length) != length || fsync(fd) != 0) {
        err_errno(err, EXIT_IO, "cannot write '%s'", path);
        unlink(path);
        return false;
    }
    memcpy(ret, token, TOKEN_SIZE);
    return true;
}

static bool token_read(int fd, const char *path, char ret[TOKEN_SIZE], Err *err)
{
    struct stat status = {0};
    char line[TOKEN_SIZE + 2] = "";

    if (fstat(fd, &status) != 0)
        return err_errno(err, EXIT_IO, "cannot examine '%s'", path);
    if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || (status.st_mode & 077) != 0)
        return err_set(err, EXIT_DENIED, "'%s' must be a plain file that only its owner can read",
                       path);
    ssize_t length = read(fd, line, sizeof line - 1);
    if (length < 0)
        return err_errno(err, EXIT_IO, "cannot read '%s'", path);
    line[length] = '\0';
    line[strcspn(line, "\n")] = '\0';
    if (strlen(line) != TOKEN_SIZE - 1 || strspn(line, "0123456789abcdef") != TOKEN_SIZE - 1)
        return err_set(err, EXIT_DATA, "no token in '%s': remove the file to get a new one", path);
    memcpy(ret, line, TOKEN_SIZE);
    return true;
}

bool token_load(const char *path, char ret[TOKEN_SIZE], Err *err)
{
    CLEANUP(cleanup_close) int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

    if (fd >= 0)
        return token_read(fd, path, ret, err);
    if (errno != ENOENT)
        return err_errno(err, EXIT_DENIED, "cannot open '%s'", path);
    return token_make(path, ret, err);
}

void tickets_issue(Tickets *tickets, int64_t now_ms, char ret[TOKEN_SIZE])
{
    Ticket *oldest = &tickets->items[0];

    for (size_t i = 1; i < TICKETS_MAX; i++)
        if (tickets->items[i].until_ms < oldest->until_ms)
            oldest = &tickets->items[i];
    random_text(oldest->text);
    oldest->until_ms = now_ms + TICKET_LIFE_MS;
    memcpy(ret, oldest->text, TOKEN_SIZE);
}

bool tickets_redeem(Tickets *tickets, int64_t now_ms, const char *text)
{
    if (strlen(text) != TOKEN_SIZE - 1)
        return false;
    for (size_t i = 0; i < TICKETS_MAX; i++) {
        Ticket *ticket = &tickets->items[i];
        if (ticket->until_ms <= now_ms || !digest_equal(ticket->text, text, TOKEN_SIZE - 1))
            continue;
        *ticket = (Ticket){0};
        return true;
    }
    return false;
}
