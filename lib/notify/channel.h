/* Where notifications go: two built-in channels and those of the configuration.
 *
 * "desktop" (notifications.push) shows a message on this machine, "memory" (notifications.memory)
 * keeps every event for local programs, and channels.NAME are webhooks. A channel's url and secret
 * may be env(NAME); they are resolved at the moment of sending, so that a job never holds one. */
#ifndef NOTIFY_CHANNEL_H
#define NOTIFY_CHANNEL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/event.h"

typedef enum ChannelType {
    CHANNEL_DESKTOP,
    CHANNEL_MEMORY,
    CHANNEL_WEBHOOK,
    CHANNEL_TYPE_COUNT
} ChannelType;

typedef struct Channel {
    const char *name;
    ChannelType type;
    EventSeverity min_severity;
    const char *url;    /* CHANNEL_WEBHOOK: as configured */
    const char *secret; /* as configured, or NULL */
    int64_t timeout_ms;
} Channel;

typedef struct Channels {
    size_t count;
    const Channel *items;
} Channels;

/* configured: the object of "channels", whose keys the config floor has checked; the strings in ret
 * are borrowed from it. What is left to be wrong (a type that cannot be configured, a name that is
 * taken, a url that is none) is EXIT_CONFIG with file and key; a url's text is never quoted. */
bool channels_load(Arena *arena, bool push, bool memory, const json_t *configured, Channels *ret,
                   Err *err);
/* NULL when there is none of that name. */
const Channel *channels_find(const Channels *channels, const char *name);
/* The same with an error: EXIT_USAGE naming the nearest channel. */
const Channel *channels_need(const Channels *channels, const char *name, Err *err);

#endif
