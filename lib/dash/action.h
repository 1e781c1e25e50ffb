/* Asking the supervisor for something: one word and a newline into its FIFO .schema/requests. The
 * supervisor does it, when it can; nothing is run here. */
#ifndef DASH_ACTION_H
#define DASH_ACTION_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum { ACTIONS_A_MINUTE = 6, ACTION_WINDOW_MS = 60000 };

/* The times of the last actions, for the limit. {0} is fresh. */
typedef struct ActionLimit {
    int64_t times_ms[ACTIONS_A_MINUTE];
} ActionLimit;

/* The action's word in a body {"action":"check"}, from a table; NULL with EXIT_DATA for anything
 * else. */
const char *action_parse(const char *body, size_t length, Err *err);
/* Whether one more may be now, and counts it; otherwise the seconds to wait. */
bool action_allow(ActionLimit *limit, int64_t now_ms, int *ret_wait_s);
/* EXIT_UNAVAILABLE when no supervisor reads, EXIT_TEMPFAIL when it has not read for long,
 * EXIT_DENIED when the path is no FIFO of ours. */
bool action_send(const char *path, const char *action, Err *err);

#endif
