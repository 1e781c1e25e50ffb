#include "notify/delivery.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"

const char *outcome_name(Outcome outcome)
{
    static const char *const names[] = {
        [OUTCOME_QUEUED] = "queued", [OUTCOME_DELIVERED] = "delivered", [OUTCOME_FAILED] = "failed",
        [OUTCOME_DEAD] = "dead",     [OUTCOME_SKIPPED] = "skipped",
    };
    static_assert(sizeof names / sizeof names[0] == OUTCOME_COUNT, "a name per outcome");

    return names[outcome];
}

Delivery delivery_of(Outcome outcome, const char *format, ...)
{
    Delivery delivery = {.outcome = outcome, .latency_ms = -1, .retry_after_ms = -1};
    char text[sizeof delivery.error + 4];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    snprintf(delivery.error, sizeof delivery.error, "%.*s",
             (int)text_cut(text, sizeof delivery.error - 1), text);
    return delivery;
}
