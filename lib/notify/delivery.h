/* What came of an attempt to hand an event to a channel. */
#ifndef NOTIFY_DELIVERY_H
#define NOTIFY_DELIVERY_H

#include <assert.h>
#include <stdint.h>

#include "base/cleanup.h"

typedef enum Outcome {
    OUTCOME_QUEUED,
    OUTCOME_DELIVERED,
    OUTCOME_FAILED,  /* and will be tried again */
    OUTCOME_DEAD,    /* and will not */
    OUTCOME_SKIPPED, /* not wanted or not possible here; no failure */
    OUTCOME_COUNT
} Outcome;

typedef struct Delivery {
    Outcome outcome;
    int code;               /* the HTTP status; 0: none */
    int64_t latency_ms;     /* of an answer; negative: none */
    int64_t retry_after_ms; /* negative: none asked for */
    char error[512];        /* why not; no secret in it */
} Delivery;

const char *outcome_name(Outcome outcome);
/* Without code, latency or Retry-After; a longer text is cut. */
Delivery delivery_of(Outcome outcome, const char *format, ...) PRINTF(2, 3);

#endif
