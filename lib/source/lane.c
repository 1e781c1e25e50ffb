#include "source/lane.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "source/queries.h"

/* How far the reading in a thread is. Who moves it to LANE_READING or LANE_LEFT decides who reads.
 */
typedef enum LaneStage {
    LANE_OPENING,
    LANE_READING,
    LANE_BEGUN, /* the server has answered */
    LANE_ENDED,
    LANE_LEFT, /* it is read by another connection */
} LaneStage;

struct Lane {
    Db *db;       /* NULL: not opened yet */
    Spare *spare; /* where it comes from then */
    Store *store;
    Arena arena;
    struct {
        const char *file;
        const char *sql;
        Rows *rows;
    } statements[QUERY_MAX];
    int count;
    /* Of a reading in a thread. */
    pthread_t thread;
    const char *snapshot;
    const DbParameter *parameters;
    int parameter_count;
    int32_t reference;
    bool begun;
    bool ok;
    Err err;
    pthread_mutex_t mutex; /* of stage */
    pthread_cond_t moved;
    LaneStage stage;
};

static const char begin[] = "begin isolation level repeatable read read only";
/* Everything that could make a server print the same definition in two ways, and the limits. */
static const char settings[] =
    "select pg_catalog.set_config(s.name, s.value, true), pg_catalog.age('3'::xid) from (values "
    "('search_path', ''), "
    "('statement_timeout', '60s'), ('lock_timeout', '200ms'), "
    "('idle_in_transaction_session_timeout', '120s'), ('datestyle', 'ISO'), "
    "('intervalstyle', 'postgres'), ('timezone', 'UTC'), ('extra_float_digits', '3'), "
    "('quote_all_identifiers', 'off'), ('bytea_output', 'hex'), "
    "('standard_conforming_strings', 'on'), ('jit', 'off'), ('row_security', 'off'), "
    "('max_parallel_workers_per_gather', '0')) s (name, value)";

static Lane *open(Db *db, Spare *spare)
{
    Lane *lane = arena_realloc_or_exit(NULL, sizeof *lane);

    *lane = (Lane){.db = db, .spare = spare, .store = store_open()};
    pthread_mutex_init(&lane->mutex, NULL);
    pthread_cond_init(&lane->moved, NULL);
    return lane;
}

Lane *lane_open(Db *db)
{
    return open(db, NULL);
}

Lane *lane_open_spare(Spare *spare)
{
    return open(NULL, spare);
}

void lane_close(Lane **lane)
{
    if (!*lane)
        return;
    spare_close(&(*lane)->spare);
    db_close(&(*lane)->db);
    store_close(&(*lane)->store);
    arena_free(&(*lane)->arena);
    pthread_cond_destroy(&(*lane)->moved);
    pthread_mutex_destroy(&(*lane)->mutex);
    free(*lane);
    *lane = NULL;
}

Db *lane_db(const Lane *lane)
{
    return lane->db;
}

void lane_reset(Lane *lane)
{
    store_close(&lane->store);
    lane->store = store_open();
    arena_free(&lane->arena);
    lane->count = 0;
}

bool lane_queue_begin(Lane *lane, const char *snapshot, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};

    return db_queue(lane->db, begin, NULL, 0, err) &&
           (!snapshot ||
            db_queue(lane->db, arena_printf(&arena, "set transaction snapshot '%s'", snapshot),
                     NULL, 0, err)) &&
           db_queue(lane->db, settings, NULL, 0, err);
}

bool lane_skip_begin(Lane *lane, const char *snapshot, Err *err)
{
    int got = 0;

    if (!db_skip(lane->db, err) || (snapshot && !db_skip(lane->db, err)))
        return false;
    while ((got = db_row(lane->db, err)) > 0)
        lane->reference = (int32_t)strtol(db_value(lane->db, 1), NULL, 10);
    return got == 0;
}

int32_t lane_reference(const Lane *lane)
{
    return lane->reference;
}

void lane_add(Lane *lane, const char *file, const char *sql, Rows *rows)
{
    assert(lane->count < QUERY_MAX);
    lane->statements[lane->count].file = file;
    lane->statements[lane->count].sql = sql;
    lane->statements[lane->count++].rows = rows;
}

void lane_take(Lane *lane, Lane *from)
{
    for (int i = 0; i < from->count; i++)
        lane_add(lane, from->statements[i].file, from->statements[i].sql, from->statements[i].rows);
    from->count = 0;
}

bool lane_queue(Lane *lane, const DbParameter *parameters, int count, Err *err)
{
    for (int i = 0; i < lane->count; i++)
        if (!db_queue(lane->db, lane->statements[i].sql, parameters, count, err))
            return err_in(err, "(%s)", lane->statements[i].file);
    return true;
}

bool lane_read_rows(Lane *lane, Err *err)
{
    for (int i = 0; i < lane->count; i++)
        if (!rows_read(lane->statements[i].rows, lane->db, lane->store, &lane->arena, err))
            return err_in(err, "(%s)", lane->statements[i].file);
    for (int i = 0; i < lane->count; i++)
        lane->statements[i].rows->reference = lane->reference;
    lane->count = 0;
    return true;
}

bool lane_read(Lane *lane, const DbParameter *parameters, int count, Err *err)
{
    return lane->count == 0 ||
           (lane_queue(lane, parameters, count, err) && db_flush(lane->db, err) &&
            lane_read_rows(lane, err) && db_finish(lane->db, err));
}

/* ---- in a thread ---- */

/* False: it was not there. */
static bool move(Lane *lane, LaneStage from, LaneStage to)
{
    pthread_mutex_lock(&lane->mutex);
    bool ret = lane->stage == from;
    if (ret)
        lane->stage = to;
    pthread_cond_signal(&lane->moved);
    pthread_mutex_unlock(&lane->mutex);
    return ret;
}

/* Whether it has begun, or it has ended, within a while. */
static bool begins(Lane *lane)
{
    enum { PATIENCE_S = 1 };
    struct timespec until = {0};
    int waited = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    pthread_mutex_lock(&lane->mutex);
    while (lane->stage == LANE_READING && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&lane->moved, &lane->mutex, &until);
    bool ret = lane->stage != LANE_READING;
    pthread_mutex_unlock(&lane->mutex);
    return ret;
}

/* All of it in one round trip. */
static bool read_at_once(Lane *lane)
{
    Err *err = &lane->err;

    if (!lane_queue_begin(lane, lane->snapshot, err) || !db_queue_answer(lane->db, err) ||
        !lane_queue(lane, lane->parameters, lane->parameter_count, err) ||
        !db_queue(lane->db, "commit", NULL, 0, err) || !db_flush(lane->db, err))
        return false;
    lane->begun = lane_skip_begin(lane, lane->snapshot, err);
    move(lane, LANE_READING, LANE_BEGUN);
    return lane->begun && lane_read_rows(lane, err) && db_skip(lane->db, err) &&
           db_finish(lane->db, err);
}

static void *run(void *context)
{
    Lane *lane = context;

    if (!lane->db)
        lane->db = spare_take(lane->spare);
    if (lane->db && move(lane, LANE_OPENING, LANE_READING))
        lane->ok = read_at_once(lane);
    move(lane, LANE_READING, LANE_ENDED);
    return NULL;
}

bool lane_start(Lane *lane, const char *snapshot, const DbParameter *parameters, int count)
{
    lane->snapshot = snapshot;
    lane->parameters = parameters;
    lane->parameter_count = count;
    lane->begun = lane->ok = false;
    lane->stage = LANE_OPENING;
    lane->err = (Err){0};
    return pthread_create(&lane->thread, NULL, run, lane) == 0;
}

LaneEnd lane_wait(Lane *lane, Err *err)
{
    if (move(lane, LANE_OPENING, LANE_LEFT)) {
        if (lane->spare)
            spare_cancel(lane->spare);
    } else if (!begins(lane)) {
        db_abandon(lane->db);
    }
    pthread_join(lane->thread, NULL);
    if (!lane->begun)
        return LANE_UNREAD;
    if (lane->ok)
        return LANE_READ;
    *err = lane->err;
    return LANE_FAILED;
}
