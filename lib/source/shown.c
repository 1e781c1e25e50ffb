#include "source/shown.h"

#include <pthread.h>

#include "source/object.h"

typedef struct Share {
    const Live *live;
    KindId kind;
    size_t first, count;
    Shown *ret;
    Err err;
} Share;

static bool make(const Share *share, size_t index, Err *err)
{
    const Reading *reading = &share->live->reading;
    Shown *ret = &share->ret[index];

    arena_clear(&ret->arena);
    buffer_clear(&ret->text);
    buffer_clear(&ret->lineage);
    ret->id = object_id(reading, share->kind, share->first + index, &ret->oid, &ret->arena, err);
    if (!ret->id)
        return false;
    const char *stamp = touched_stamp(share->live, share->kind, ret->oid, &ret->arena, err);
    return err->code == EXIT_OK && object_put(reading, share->kind, share->first + index, stamp,
                                              &ret->text, &ret->lineage, err);
}

static void *run(void *data)
{
    Share *share = data;

    for (size_t i = 0; i < share->count && make(share, i, &share->err); i++)
        continue;
    return NULL;
}

bool shown_make(const Live *live, KindId kind, size_t first, Shown ret[SHOWN_MAX], Err *err)
{
    enum { WORTH_A_THREAD = 16 };
    size_t left = object_count(&live->reading, kind) - first;
    size_t count = left < SHOWN_MAX ? left : SHOWN_MAX;
    size_t beside = count >= WORTH_A_THREAD ? count / 2 : 0, own = count - beside;
    Share mine = {.live = live, .kind = kind, .first = first, .count = own, .ret = ret};
    Share others = {
        .live = live, .kind = kind, .first = first + own, .count = beside, .ret = ret + own};
    pthread_t thread;
    bool has_thread = beside > 0 && pthread_create(&thread, NULL, run, &others) == 0;

    run(&mine);
    if (has_thread)
        pthread_join(thread, NULL);
    else
        run(&others);
    *err = mine.err.code != EXIT_OK ? mine.err : others.err;
    return err->code == EXIT_OK;
}

void shown_free(Shown *shown)
{
    arena_free(&shown->arena);
    buffer_free(&shown->text);
    buffer_free(&shown->lineage);
}
