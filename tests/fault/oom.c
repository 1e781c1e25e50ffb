/* Preloaded (LD_PRELOAD), makes allocations of a process fail.
 *
 *   OOM_AT=N        the Nth, counted from 1 in the order of all threads
 *   OOM_ON=1        and every one behind it
 *   OOM_REPORT=FILE is made when that happens; without OOM_AT it gets the number of allocations
 * when the process ends
 *
 * Needs glibc, whose own calls (strdup, getline, stdio) come here too. */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static atomic_long calls;
static long at;
static bool counts, on;
static const char *report;

static void tell(const char *text)
{
    int fd = report ? open(report, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;

    if (fd >= 0 && write(fd, text, strlen(text)) < 0)
        abort();
    if (fd >= 0)
        close(fd);
}

static bool fails(void)
{
    long call = counts ? atomic_fetch_add(&calls, 1) + 1 : 0;

    if (at == 0 || call < at || (call > at && !on))
        return false;
    if (call == at)
        tell("struck\n");
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

/* What the loader needs before is no matter of the program's. */
__attribute__((constructor)) static void start(void)
{
    const char *text = getenv("OOM_AT");

    report = getenv("OOM_REPORT");
    on = getenv("OOM_ON") != NULL;
    at = text ? atol(text) : 0;
    counts = true;
}

__attribute__((destructor)) static void end(void)
{
    char text[32];

    counts = false;
    snprintf(text, sizeof text, "%ld\n", (long)calls);
    if (at == 0)
        tell(text);
}
