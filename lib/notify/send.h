/* From an event to deliveries: enqueue puts a job per channel in the outbox, drain sends what is
 * due.
 *
 * At least once, always under the event's id: a job leaves the outbox only when the history line of
 * its end is on disk, and a job whose end is in the history is not sent again. An event that is
 * enqueued again (a cycle that was killed and runs again) makes no second job and no second
 * message. */
#ifndef NOTIFY_SEND_H
#define NOTIFY_SEND_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "net/http.h"
#include "notify/channel.h"
#include "notify/delivery.h"
#include "notify/history.h"

/* All that the environment decides; everything borrowed. */
typedef struct Sender {
    bool enabled; /* monitoring.enableNotifications */
    Channels channels;
    History history;
    const char *outbox;
    const char *memory; /* the memory channel's file */
    char *const *environment;
    const char *user_agent;
    /* What a channel's url or secret stands for: config_secret. */
    const char *(*resolve)(const void *context, const char *value, Err *err);
    const void *resolve_context;
    Http *http; /* made at the first webhook; the owner closes it */
} Sender;

/* Enqueues the event for every channel that takes its severity. again: also where it has been
 * delivered or given up (notify replay). */
bool sender_enqueue(const Sender *sender, const json_t *event, bool again, Err *err);

typedef struct Drained {
    bool busy;     /* another process was sending; nothing done */
    size_t failed; /* to be tried again */
    size_t dead;
    char error[640]; /* the last failure, with its channel */
} Drained;

/* Sends every due job, one process at a time. False only when outbox or history cannot be used: a
 * delivery that fails is counted, not an error. Nothing is sent while notifications are off. */
bool sender_drain(Sender *sender, Drained *ret, Err *err);

/* One try on one channel, past the outbox, recorded in the history. */
bool sender_try(Sender *sender, const Channel *channel, const json_t *event, Delivery *ret,
                Err *err);

/* The event of that id, from dead and waiting jobs or the memory channel's file; a new reference.
 * EXIT_DATA when it is kept nowhere. */
json_t *sender_find_event(const Sender *sender, const char *id, Err *err);

#endif
