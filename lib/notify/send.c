#include "notify/send.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/lock.h"
#include "json/jx.h"
#include "notify/desktop.h"
#include "notify/memory.h"
#include "notify/outbox.h"
#include "notify/retry.h"
#include "notify/webhook.h"

/* ---- enqueue ---- */
static bool takes(const Channel *channel, const Event *event)
{
    EventSeverity severity = EVENT_INFO;

    return event_severity_parse(event->severity, &severity) && severity >= channel->min_severity;
}

static bool event_check(const json_t *doc, Event *ret, Err *err)
{
    int64_t time_ms = 0;

    if (!event_view(doc, ret, err))
        return false;
    return clock_parse(ret->timestamp, &time_ms) ||
           err_set(err, EXIT_DATA, "the event's timestamp is not a time");
}

/* The event's own history line: what becomes of it. */
static bool announce(const Sender *sender, const Event *event, size_t takers, Err *err)
{
    Delivery delivery = !sender->enabled ? delivery_of(OUTCOME_SKIPPED, "notifications are off "
                                                                        "(monitoring."
                                                                        "enableNotifications)")
                        : takers == 0    ? delivery_of(OUTCOME_SKIPPED, "no channel takes it")
                                         : delivery_of(OUTCOME_QUEUED, "%s", "");

    return history_add_event(&sender->history, event, &delivery, clock_now_ms(), err);
}

bool sender_enqueue(const Sender *sender, const json_t *doc, bool again, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const Channels *channels = &sender->channels;
    const char **wanted = arena_alloc(&arena, (channels->count + 1) * sizeof *wanted);
    size_t takers = 0;
    Event event = {0};

    if (!event_check(doc, &event, err))
        return false;
    for (size_t i = 0; i < channels->count; i++)
        takers += takes(&channels->items[i], &event);
    if (!announce(sender, &event, takers, err))
        return false;
    if (!sender->enabled || takers == 0)
        return true;
    if (!outbox_prepare(sender->outbox, err))
        return false;

    /* First the boxes, then the history: a job that leaves the box between the two has its end in
     * the history by then. */
    for (size_t i = 0; i < channels->count; i++) {
        const char *name = outbox_name(event.id, channels->items[i].name, &arena);
        bool there = outbox_has(sender->outbox, OUTBOX_NEW, name, &arena) ||
                     outbox_has(sender->outbox, OUTBOX_DEAD, name, &arena);
        if (takes(&channels->items[i], &event) && (again || !there))
            wanted[i] = name;
    }
    json_auto_t *lines = again ? json_array() : history_about(&sender->history, event.id, err);
    if (!lines)
        return false;
    for (size_t i = 0; i < channels->count; i++) {
        const char *channel = channels->items[i].name;
        if (!wanted[i] || history_end(lines, event.id, channel, "") != OUTCOME_QUEUED)
            continue;
        if (!outbox_add(sender->outbox, channel, doc, clock_now_ms(), err))
            return false;
        if (again && !outbox_remove(sender->outbox, OUTBOX_DEAD, wanted[i], &arena, err))
            return false;
    }
    return true;
}

/* ---- one delivery ---- */
static Delivery webhook_deliver(Sender *sender, const Channel *channel, const json_t *event,
                                Arena *arena)
{
    Err err = {0};
    Webhook webhook = {.user_agent = sender->user_agent, .timeout_ms = channel->timeout_ms};

    webhook.url = sender->resolve(sender->resolve_context, channel->url, &err);
    if (webhook.url && channel->secret)
        webhook.secret = sender->resolve(sender->resolve_context, channel->secret, &err);
    if (!webhook.url || (channel->secret && !webhook.secret))
        return delivery_of(OUTCOME_FAILED, "%s", err.msg);
    if (!sender->http)
        sender->http = http_open(&err);
    if (!sender->http)
        return delivery_of(OUTCOME_FAILED, "%s", err.msg);
    return webhook_send(sender->http, &webhook, event, clock_now_ms(), arena);
}

static Delivery deliver(Sender *sender, const Channel *channel, const json_t *doc,
                        const Event *event, Arena *arena)
{
    switch (channel->type) {
    case CHANNEL_DESKTOP:
        return desktop_send(event, sender->environment, arena);
    case CHANNEL_MEMORY:
        return memory_send(sender->memory, doc, sender->history.keep);
    case CHANNEL_WEBHOOK:
        return webhook_deliver(sender, channel, doc, arena);
    case CHANNEL_TYPE_COUNT:
        break;
    }
    return delivery_of(OUTCOME_DEAD, "a channel of no type");
}

bool sender_try(Sender *sender, const Channel *channel, const json_t *doc, Delivery *ret, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    Event event = {0};

    if (!event_check(doc, &event, err))
        return false;
    *ret = deliver(sender, channel, doc, &event, &arena);
    return history_add_attempt(&sender->history, &event, channel->name, ret, 1, clock_now_ms(),
                               err);
}

/* ---- drain ---- */
typedef struct Drain {
    Sender *sender;
    int64_t *holds; /* per channel: not before this time, its receiver does not answer */
    Drained *result;
} Drain;

typedef struct Due {
    const char *name;
    const char *queued;
} Due;

static void result_count(Drained *result, const char *channel, const Delivery *delivery)
{
    switch (delivery->outcome) {
    case OUTCOME_FAILED:
        result->failed++;
        break;
    case OUTCOME_DEAD:
        result->dead++;
        break;
    case OUTCOME_QUEUED:
    case OUTCOME_DELIVERED:
    case OUTCOME_SKIPPED:
    case OUTCOME_COUNT:
        return;
    }
    snprintf(result->error, sizeof result->error, "channel '%s': %s", channel, delivery->error);
}

static bool job_leave(Drain *drain, const char *name, Outcome outcome, Arena *arena, Err *err)
{
    return outcome == OUTCOME_DEAD
               ? outbox_bury(drain->sender->outbox, name, arena, err)
               : outbox_remove(drain->sender->outbox, OUTBOX_NEW, name, arena, err);
}

/* When the failed job is to be tried again; turns the delivery into a dead one after the last try.
 */
static int64_t next_try(Delivery *delivery, int attempts)
{
    uint32_t random = 0;
    int64_t wait = 0;

    digest_random(&random, sizeof random);
    if (!retry_wait(attempts, delivery->retry_after_ms, random, &wait)) {
        Delivery last = *delivery;
        *delivery =
            delivery_of(OUTCOME_DEAD, "given up after %d attempts: %.400s", attempts, last.error);
        delivery->code = last.code;
        delivery->latency_ms = last.latency_ms;
    }
    return clock_now_ms() + wait;
}

static bool job_send(Drain *drain, const char *name, json_t *doc, const Job *job,
                     const Event *event, const Channel *channel, Arena *arena, Err *err)
{
    Sender *sender = drain->sender;
    int attempts = job->attempts < RETRY_ATTEMPTS ? (int)job->attempts + 1 : RETRY_ATTEMPTS;
    int64_t later = 0;
    Delivery delivery =
        channel ? deliver(sender, channel, job->event, event, arena)
                : delivery_of(OUTCOME_DEAD, "no channel '%s' is configured any more", job->channel);
    if (delivery.outcome == OUTCOME_FAILED)
        later = next_try(&delivery, attempts);
    result_count(drain->result, job->channel, &delivery);
    if (!history_add_attempt(&sender->history, event, job->channel, &delivery, attempts,
                             clock_now_ms(), err))
        return false;
    if (delivery.outcome != OUTCOME_FAILED)
        return job_leave(drain, name, delivery.outcome, arena, err);
    if (channel && (delivery.code == 0 || delivery.retry_after_ms > 0))
        drain->holds[channel - sender->channels.items] = later;
    return outbox_postpone(sender->outbox, name, doc, attempts, later, err);
}

static bool job_refuse(Drain *drain, const char *name, const Err *why, Arena *arena, Err *err)
{
    drain->result->dead++;
    snprintf(drain->result->error, sizeof drain->result->error, "%.600s", why->msg);
    return outbox_bury(drain->sender->outbox, name, arena, err);
}

static bool job_process(Drain *drain, const char *name, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    Sender *sender = drain->sender;
    Job job = {0};
    Event event = {0};
    Err why = {0};
    json_auto_t *doc = outbox_load(sender->outbox, OUTBOX_NEW, name, &job, &arena, &why);

    /* What is no job, or no event, cannot be mended by trying again. */
    if (!doc || !event_check(job.event, &event, &why))
        return why.code == EXIT_DATA ? job_refuse(drain, name, &why, &arena, err)
                                     : err_set(err, why.code, "%s", why.msg);
    json_auto_t *lines = history_about(&sender->history, event.id, err);
    if (!lines)
        return false;
    Outcome end = history_end(lines, event.id, job.channel, job.queued);
    if (end != OUTCOME_QUEUED)
        return job_leave(drain, name, end, &arena, err);
    const Channel *channel = channels_find(&sender->channels, job.channel);
    int64_t hold = channel ? drain->holds[channel - sender->channels.items] : 0;
    if (hold > clock_now_ms())
        return outbox_postpone(sender->outbox, name, doc, (int)job.attempts, hold, err);
    return job_send(drain, name, doc, &job, &event, channel, &arena, err);
}

static int due_compare(const void *a, const void *b)
{
    const Due *one = a, *two = b;
    int order = strcmp(one->queued, two->queued);

    return order != 0 ? order : strcmp(one->name, two->name);
}

/* The jobs that are due, in the order they were queued. What cannot be read is due: to be buried.
 */
static Due *due_find(const char *outbox, size_t *ret_count, Arena *arena, Err *err)
{
    size_t total = 0, count = 0;
    const char **names = outbox_names(outbox, OUTBOX_NEW, &total, arena, err);
    Due *due = names ? arena_alloc(arena, (total + 1) * sizeof *due) : NULL;

    for (size_t i = 0; due && i < total; i++) {
        CLEANUP(arena_free) Arena scratch = {0};
        int64_t time_ms = 0;
        Job job = {0};
        Err ignored = {0};
        json_auto_t *doc = outbox_load(outbox, OUTBOX_NEW, names[i], &job, &scratch, &ignored);
        if (doc && clock_parse(job.next_try, &time_ms) && time_ms > clock_now_ms())
            continue;
        due[count++] =
            (Due){.name = names[i], .queued = arena_strdup(arena, doc ? job.queued : "")};
    }
    if (due)
        qsort(due, count, sizeof *due, due_compare);
    *ret_count = count;
    return due;
}

static bool drain_locked(Drain *drain, Err *err)
{
    for (;;) {
        CLEANUP(arena_free) Arena arena = {0};
        size_t count = 0;
        Due *due = due_find(drain->sender->outbox, &count, &arena, err);

        if (!due)
            return false;
        if (count == 0)
            return true;
        for (size_t i = 0; i < count; i++)
            if (!job_process(drain, due[i].name, err))
                return false;
    }
}

static bool drain_once(Drain *drain, Arena *arena, Err *err)
{
    Sender *sender = drain->sender;
    Err why = {0};
    CLEANUP(cleanup_close) int lock = lock_take(outbox_lock_path(sender->outbox, arena), 0, &why);

    if (lock < 0) {
        drain->result->busy = why.code == EXIT_TEMPFAIL;
        return drain->result->busy || err_set(err, why.code, "%s", why.msg);
    }
    outbox_sweep(sender->outbox, clock_now_ms(), arena);
    return drain_locked(drain, err);
}

bool sender_drain(Sender *sender, Drained *ret, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    Drain drain = {.sender = sender, .result = ret};
    size_t due = 0;

    *ret = (Drained){0};
    drain.holds = arena_alloc(&arena, (sender->channels.count + 1) * sizeof *drain.holds);
    if (!sender->enabled)
        return true;
    if (!outbox_prepare(sender->outbox, err))
        return false;
    /* Somebody may have queued a job after the last look and found the lock still taken. */
    do {
        if (!drain_once(&drain, &arena, err))
            return false;
        if (!due_find(sender->outbox, &due, &arena, err))
            return false;
    } while (due > 0 && !ret->busy);
    return true;
}

/* ---- replay ---- */
static json_t *box_find(const char *outbox, OutboxBox box, const char *id, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    size_t count = 0;
    const char **names = outbox_names(outbox, box, &count, &arena, err);

    for (size_t i = 0; names && i < count; i++) {
        Job job = {0};
        Err ignored = {0};
        if (strncmp(names[i], id, strlen(id)) != 0 || names[i][strlen(id)] != '.')
            continue;
        json_auto_t *doc = outbox_load(outbox, box, names[i], &job, &arena, &ignored);
        if (doc)
            return json_incref((json_t *)job.event);
    }
    return NULL;
}

json_t *sender_find_event(const Sender *sender, const char *id, Err *err)
{
    json_t *event = NULL;

    if (!clock_is_ulid(id)) {
        err_set(err, EXIT_USAGE, "'%s' is not the id of an event", id);
        return NULL;
    }
    event = memory_find(sender->memory, id, err);
    for (int box = 0; !event && err->code == EXIT_OK && box < OUTBOX_BOX_COUNT; box++)
        event = box_find(sender->outbox, (OutboxBox)box, id, err);
    if (!event && err->code == EXIT_OK)
        err_set(err, EXIT_DATA, "event '%s' is kept nowhere", id);
    return event;
}
