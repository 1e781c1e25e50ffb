/* When a failed delivery is tried again, and when no more. Pure.
 *
 * Source: the Standard Webhooks specification 1.0.0 ("Deliverability and reliability"): the first
 * try at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, with jitter; a
 * 2xx answer is success and everything else is not, redirects included. */
#ifndef NOTIFY_RETRY_H
#define NOTIFY_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "notify/delivery.h"

enum { RETRY_ATTEMPTS = 10 };

/* What an HTTP status means: OUTCOME_DELIVERED (2xx), OUTCOME_FAILED (to be tried again: 1xx, 3xx,
 * 5xx, and 408, 425 and 429) or OUTCOME_DEAD (410, the receiver wants no more, and the other 4xx,
 * which no repetition mends). */
Outcome retry_outcome(int status);

/* The wait in ms after failure number attempts (1 for the first): the table's, made up to 20 %
 * longer or shorter by random (any 32 bits), and at least retry_after_ms (negative: none asked
 * for), of which 24 h are honoured. False when attempts are used up. */
bool retry_wait(int attempts, int64_t retry_after_ms, uint32_t random, int64_t *ret_ms);

#endif
