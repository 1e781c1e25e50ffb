#include "notify/retry.h"

#include <stddef.h>

static const int64_t second = 1000, minute = INT64_C(60) * 1000, hour = INT64_C(3600) * 1000;

Outcome retry_outcome(int status)
{
    static const int temporary[] = {408, 425, 429};

    if (status >= 200 && status < 300)
        return OUTCOME_DELIVERED;
    for (size_t i = 0; i < sizeof temporary / sizeof temporary[0]; i++)
        if (status == temporary[i])
            return OUTCOME_FAILED;
    return status >= 400 && status < 500 ? OUTCOME_DEAD : OUTCOME_FAILED;
}

bool retry_wait(int attempts, int64_t retry_after_ms, uint32_t random, int64_t *ret_ms)
{
    const int64_t waits[] = {5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour,
                             10 * hour,  14 * hour,  20 * hour,   24 * hour};
    int64_t wait = 0, asked = retry_after_ms < 24 * hour ? retry_after_ms : 24 * hour;

    static_assert(sizeof waits / sizeof waits[0] == RETRY_ATTEMPTS - 1, "a wait between attempts");
    if (attempts < 1 || attempts >= RETRY_ATTEMPTS)
        return false;
    wait = waits[attempts - 1];
    wait += wait / 5 * ((int64_t)random - INT32_MAX) / INT32_MAX;
    *ret_ms = wait > asked ? wait : asked;
    return true;
}
