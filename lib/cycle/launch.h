/* What a POSIX shell cannot do by itself: hold a kernel lock, become a daemon, wait for a request
 * or a time, whichever comes first. */
#ifndef CYCLE_LAUNCH_H
#define CYCLE_LAUNCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "config/config.h"

/* Makes .schema/ and .schema/run/ (0700), telling git to ignore what is in them. */
bool launch_make_state(Config *config, Err *err);

/* Puts what scripts need of the configuration into the environment, as SCHEMA_PROJECT_DIR, _NAME
 * and one variable a plain key or list: monitoring.interval becomes SCHEMA_MONITORING_INTERVAL.
 * Then SCHEMA_STARTED, the time in ms; SCHEMA_LAST_FAILURE, the event type of what the last run
 * failed with; SCHEMA_LAST_SOURCE, where the last good one read; SCHEMA_LAST_PENDING, how many
 * migrations the database had not applied when it was read; SCHEMA_LAST_TYPES and _DOCS, how these
 * steps ended. No secrets. */
bool launch_environment(Config *config, Err *err);

/* Replaces this process by the program. False only when it cannot be started. */
bool launch_exec(char *const *argv, Err *err);

/* Detaches from terminal and parent (fork, setsid, fork), stdin from /dev/null, stdout and stderr
 * appended to log. Returns true in the daemon only; the caller's process exits 0. */
bool launch_daemon(const char *log, Err *err);

typedef struct LaunchWait {
    int fd;           /* for a line on it: the line is written */
    int64_t until_ms; /* wall clock: "timer". A clock that jumped is noticed within a second */
    int64_t most_ms;  /* no longer than this: "pause"; 0: no limit */
    pid_t pid;        /* for the end of this process: "ended"; 0: none */
} LaunchWait;

/* Waits for the first of these and writes its word on out. EXIT_OS when the caller's parent ended:
 * nobody is there to be told. */
bool launch_wait(const LaunchWait *wait, FILE *out, Err *err);

#endif
