/* The outbox: one file a job, which is one event for one channel.
 *
 *     tmp/   being written        new/EVENT.CHANNEL.json   waiting        dead/   given up
 *
 * A job is written in tmp, synced and renamed, so new holds whole jobs only; its name comes from
 * event and channel, so the same job cannot be there twice. It carries the channel's name, never
 * its url or secret. Directories are 0700, files 0600; a job of another user is refused.
 *
 *     {"format":"job/1","attempts":0,"channel":"ops","event":{...},"next_try":"...","queued":"..."}
 */
#ifndef NOTIFY_OUTBOX_H
#define NOTIFY_OUTBOX_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

typedef enum OutboxBox { OUTBOX_NEW, OUTBOX_DEAD, OUTBOX_BOX_COUNT } OutboxBox;

typedef struct Job {
    const char *channel;
    const char *queued;
    const char *next_try;
    json_int_t attempts;
    const json_t *event;
} Job;

/* Makes the directories. */
bool outbox_prepare(const char *outbox, Err *err);
const char *outbox_lock_path(const char *outbox, Arena *arena);
/* "EVENT.CHANNEL.json". */
const char *outbox_name(const char *event_id, const char *channel, Arena *arena);
bool outbox_has(const char *outbox, OutboxBox box, const char *name, Arena *arena);
/* Puts a new job, due at once, or replaces it. */
bool outbox_add(const char *outbox, const char *channel, const json_t *event, int64_t now_ms,
                Err *err);

/* The names in a box, in no order; NULL behind the last. A box that is not there is empty. */
const char **outbox_names(const char *outbox, OutboxBox box, size_t *ret_count, Arena *arena,
                          Err *err);
/* A new reference, and a view borrowed from it. EXIT_DATA for what is no job of ours. */
json_t *outbox_load(const char *outbox, OutboxBox box, const char *name, Job *ret, Arena *arena,
                    Err *err);
/* The job again, with another count of attempts and next try. */
bool outbox_postpone(const char *outbox, const char *name, json_t *job, int attempts,
                     int64_t next_try_ms, Err *err);
bool outbox_remove(const char *outbox, OutboxBox box, const char *name, Arena *arena, Err *err);
/* From new to dead. */
bool outbox_bury(const char *outbox, const char *name, Arena *arena, Err *err);
/* Removes what killed writers left in tmp, when older than an hour. */
void outbox_sweep(const char *outbox, int64_t now_ms, Arena *arena);

/* {"dead":n,"oldest":"..."?,"pending":n}; oldest is when the oldest waiting job was queued. */
json_t *outbox_status(const char *outbox, Err *err);

#endif
