#include "source/shown.h"

#include <pthread.h>
#include <stdlib.h>

#include "source/object.h"

enum { BATCH = 64, WORTH_A_THREAD = 16 };

/* What one thread makes of a batch. */
typedef struct Share {
    size_t first, count; /* of the batch */
    Arena scratch;
    Err err;
} Share;

typedef enum HelperStage { HELPER_NONE, HELPER_IDLE, HELPER_BUSY, HELPER_LEAVES } HelperStage;

struct ShownBatch {
    const Live *live;
    KindId kind;
    size_t first, count;
    Shown shown[BATCH];
    Share own, other;
    pthread_t helper;      /* makes the other share */
    pthread_mutex_t mutex; /* of stage */
    pthread_cond_t moved;
    HelperStage stage; /* HELPER_NONE: it was not started, or cannot be */
};

static bool make(ShownBatch *batch, Shown *ret, size_t index, Arena *scratch, Err *err)
{
    const Reading *reading = &batch->live->reading;

    arena_clear(&ret->arena);
    arena_clear(scratch);
    buffer_clear(&ret->text);
    buffer_clear(&ret->lineage);
    ret->id = object_id(reading, batch->kind, index, &ret->oid, &ret->arena, err);
    if (!ret->id)
        return false;
    const char *stamp = touched_stamp(batch->live, batch->kind, ret->oid, scratch, err);
    return err->code == EXIT_OK &&
           object_put(reading, batch->kind, index, stamp, scratch, &ret->text,
                      batch->live->choice.narrow ? NULL : &ret->lineage, err);
}

static void make_share(ShownBatch *batch, Share *share)
{
    bool ok = true;

    for (size_t i = share->first; i < share->first + share->count && ok; i++)
        ok = make(batch, &batch->shown[i], batch->first + i, &share->scratch, &share->err);
}

static void move(ShownBatch *batch, HelperStage to)
{
    pthread_mutex_lock(&batch->mutex);
    batch->stage = to;
    pthread_cond_broadcast(&batch->moved);
    pthread_mutex_unlock(&batch->mutex);
}

/* Waits while it is at that stage, and returns the next. */
static HelperStage behind(ShownBatch *batch, HelperStage stage)
{
    pthread_mutex_lock(&batch->mutex);
    while (batch->stage == stage)
        pthread_cond_wait(&batch->moved, &batch->mutex);
    HelperStage ret = batch->stage;
    pthread_mutex_unlock(&batch->mutex);
    return ret;
}

static void *help(void *data)
{
    ShownBatch *batch = data;

    while (behind(batch, HELPER_IDLE) != HELPER_LEAVES) {
        make_share(batch, &batch->other);
        move(batch, HELPER_IDLE);
    }
    return NULL;
}

static bool has_helper(ShownBatch *batch)
{
    if (batch->stage == HELPER_NONE) {
        batch->stage = HELPER_IDLE;
        if (pthread_create(&batch->helper, NULL, help, batch) != 0)
            batch->stage = HELPER_NONE;
    }
    return batch->stage != HELPER_NONE;
}

static bool fill(ShownBatch *batch, KindId kind, size_t first, Err *err)
{
    size_t left = object_count(&batch->live->reading, kind) - first;
    size_t count = left < BATCH ? left : BATCH;
    /* Little is to be put together of a part: a thread costs as much. */
    bool is_much = count >= WORTH_A_THREAD && !live_is_partial(batch->live);
    size_t beside = is_much && has_helper(batch) ? count / 2 : 0;

    batch->kind = kind;
    batch->first = first;
    batch->count = 0;
    batch->own.first = 0;
    batch->other.first = batch->own.count = count - beside;
    batch->other.count = beside;
    if (beside > 0)
        move(batch, HELPER_BUSY);
    make_share(batch, &batch->own);
    if (beside > 0)
        behind(batch, HELPER_BUSY);
    *err = batch->own.err.code != EXIT_OK ? batch->own.err : batch->other.err;
    batch->count = err->code == EXIT_OK ? count : 0;
    return batch->count > 0;
}

ShownBatch *shown_open(const Live *live)
{
    ShownBatch *batch = arena_realloc_or_exit(NULL, sizeof *batch);

    *batch = (ShownBatch){.live = live};
    pthread_mutex_init(&batch->mutex, NULL);
    pthread_cond_init(&batch->moved, NULL);
    return batch;
}

void shown_close(ShownBatch **batch)
{
    if (!*batch)
        return;
    if ((*batch)->stage != HELPER_NONE) {
        move(*batch, HELPER_LEAVES);
        pthread_join((*batch)->helper, NULL);
    }
    for (int i = 0; i < BATCH; i++) {
        arena_free(&(*batch)->shown[i].arena);
        buffer_free(&(*batch)->shown[i].text);
        buffer_free(&(*batch)->shown[i].lineage);
    }
    arena_free(&(*batch)->own.scratch);
    arena_free(&(*batch)->other.scratch);
    pthread_cond_destroy(&(*batch)->moved);
    pthread_mutex_destroy(&(*batch)->mutex);
    free(*batch);
    *batch = NULL;
}

const Shown *shown_at(ShownBatch *batch, KindId kind, size_t index, Err *err)
{
    bool has = batch->kind == kind && index >= batch->first && index < batch->first + batch->count;

    return has || fill(batch, kind, index, err) ? &batch->shown[index - batch->first] : NULL;
}
