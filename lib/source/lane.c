#include "source/lane.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "source/queries.h"

struct Lane {
    Db *db;
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
    bool begun;
    bool ok;
    Err err;
};

static const char begin[] = "begin isolation level repeatable read read only";
/* Everything that could make a server print the same definition in two ways, and the limits. */
static const char settings[] =
    "select pg_catalog.set_config(s.name, s.value, true) from (values ('search_path', ''), "
    "('statement_timeout', '60s'), ('lock_timeout', '200ms'), "
    "('idle_in_transaction_session_timeout', '120s'), ('datestyle', 'ISO'), "
    "('intervalstyle', 'postgres'), ('timezone', 'UTC'), ('extra_float_digits', '3'), "
    "('quote_all_identifiers', 'off'), ('bytea_output', 'hex'), "
    "('standard_conforming_strings', 'on'), ('jit', 'off'), ('row_security', 'off'), "
    "('max_parallel_workers_per_gather', '0')) s (name, value)";

Lane *lane_open(Db *db)
{
    Lane *lane = arena_realloc_or_exit(NULL, sizeof *lane);

    *lane = (Lane){.db = db, .store = store_open()};
    return lane;
}

void lane_close(Lane **lane)
{
    if (!*lane)
        return;
    db_close(&(*lane)->db);
    store_close(&(*lane)->store);
    arena_free(&(*lane)->arena);
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
    return db_skip(lane->db, err) && (!snapshot || db_skip(lane->db, err)) &&
           db_skip(lane->db, err);
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

bool lane_send(Lane *lane, const DbParameter *parameters, int count, Err *err)
{
    for (int i = 0; i < lane->count; i++)
        if (!db_queue(lane->db, lane->statements[i].sql, parameters, count, err))
            return err_in(err, "(%s)", lane->statements[i].file);
    return lane->count == 0 || db_flush(lane->db, err);
}

bool lane_receive(Lane *lane, Err *err)
{
    if (lane->count == 0)
        return true;
    for (int i = 0; i < lane->count; i++)
        if (!rows_read(lane->statements[i].rows, lane->db, lane->store, &lane->arena, err))
            return err_in(err, "(%s)", lane->statements[i].file);
    lane->count = 0;
    return db_finish(lane->db, err);
}

static void *run(void *context)
{
    Lane *lane = context;

    lane->begun =
        lane_queue_begin(lane, lane->snapshot, &lane->err) && db_flush(lane->db, &lane->err) &&
        lane_skip_begin(lane, lane->snapshot, &lane->err) && db_finish(lane->db, &lane->err);
    lane->ok = lane->begun &&
               lane_send(lane, lane->parameters, lane->parameter_count, &lane->err) &&
               lane_receive(lane, &lane->err) && db_execute(lane->db, "commit", &lane->err);
    return NULL;
}

bool lane_start(Lane *lane, const char *snapshot, const DbParameter *parameters, int count)
{
    lane->snapshot = snapshot;
    lane->parameters = parameters;
    lane->parameter_count = count;
    lane->begun = lane->ok = false;
    lane->err = (Err){0};
    return pthread_create(&lane->thread, NULL, run, lane) == 0;
}

bool lane_wait(Lane *lane, bool *ret_read, Err *err)
{
    pthread_join(lane->thread, NULL);
    *ret_read = lane->begun;
    if (lane->ok || !lane->begun)
        return true;
    *err = lane->err;
    return false;
}
