#include "source/live.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/embed.h"
#include "json/jx.h"
#include "model/scope.h"
#include "source/attempt.h"
#include "source/object.h"
#include "source/probe.h"
#include "sql_files.h"

enum {
    TRIES = 5,
    FIRST_PAUSE_MS = 50,
    PARTIAL_MAX = 20, /* partial readings in a row before all is read again */
    SPARE_MS = 10     /* a connection that takes longer to open has a long line */
};

/* SQLSTATEs of what was dropped or renamed under the query's hands. */
static const char *const torn_states[] = {"XX000", "42P01", "42704", "42883",
                                          "42703", "3F000", "40001", NULL};
static const char lock_state[] = "55P03";

/* ---- shared ---- */

const char *live_keep(Live *live, const char *text)
{
    return arena_strdup(&live->arena, text);
}

bool live_has(const char *const *list, const char *text)
{
    for (; list && *list; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
}

const char *live_sql(const char *file)
{
    return (const char *)embedded_find(sql_files, file)->bytes;
}

bool live_is_partial(const Live *live)
{
    return live->relations != NULL;
}

bool live_is_same(const json_t *a, const json_t *b, const char *member)
{
    const json_t *left = json_object_get(a, member), *right = json_object_get(b, member);

    return left && right ? json_equal(left, right) : left == right;
}

static void live_close(Live *live)
{
    reading_free(&live->reading);
    known_close(&live->known);
    lane_close(&live->lane);
    lane_close(&live->second);
    spare_close(&live->spare);
    json_decref(live->meta);
    json_decref(live->busy);
    free(live->touched);
    arena_free(&live->arena);
}

/* ---- attempts ---- */

/* Functions are always read; one that has another name than it had stands in texts of relations. */
static bool functions_renamed(Live *live, bool *ret, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};

    *ret = false;
    for (size_t i = 0; live_is_partial(live) && i < object_count(&live->reading, KIND_FUNCTION);
         i++) {
        uint32_t oid = 0;
        const char *id = object_id(&live->reading, KIND_FUNCTION, i, &oid, &arena, err);
        const KnownObject *before = id ? known_find(live->known, KIND_FUNCTION, oid) : NULL;
        if (!id)
            return false;
        *ret |= before && strcmp(before->id, id) != 0;
    }
    return true;
}

/* ---- locks ---- */

/* Who was seen to hold what, before those seen earlier. */
static void busy_add(Live *live, const char *id, const char *by)
{
    json_t *holder = json_pack("{s:s, s:s}", "id", id, "by", by);

    live->busy = live->busy ? live->busy : json_array();
    for (size_t i = json_array_size(live->busy); i > 0; i--)
        if (json_equal(json_array_get(live->busy, i - 1), holder))
            json_array_remove(live->busy, i - 1);
    json_array_insert_new(live->busy, 0, holder);
}

/* Who holds what, into busy; the relations to leave alone, into locked. What an attempt before this
 * one met stays in both: it is left alone still, though it may be free by now. */
static bool locks_read(Live *live, Err *err)
{
    Db *db = lane_db(live->lane);
    const char *list = live->locked;
    int got = 0;

    if (!lane_queue_begin(live->lane, NULL, err) ||
        !db_queue(db, live_sql("locks.sql"), NULL, 0, err) ||
        !db_queue(db, "commit", NULL, 0, err) || !db_flush(db, err) ||
        !lane_skip_begin(live->lane, NULL, err))
        return false;
    while ((got = db_row(db, err)) > 0) {
        list = arena_printf(&live->arena, "%.*s%s%s}", (int)strlen(list) - 1, list,
                            strlen(list) > 2 ? "," : "", db_value(db, 0));
        if (*db_value(db, 1) == 't')
            busy_add(live, db_value(db, 2), db_value(db, 3));
    }
    live->locked = list;
    return got == 0 && db_skip(db, err) && db_finish(db, err);
}

static void pause_ms(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};

    while (nanosleep(&time, &time) != 0 && errno == EINTR)
        continue;
}

static void attempt_reset(Live *live)
{
    reading_free(&live->reading);
    live->reading = (Reading){.choice = &live->choice,
                              .key = live->options->secret,
                              .server_version = live->look.server_version,
                              .owner = live->look.owner};
    lane_reset(live->lane);
    if (live->second)
        lane_reset(live->second);
    free(live->touched);
    live->touched = NULL;
    live->touched_count = 0;
    live->relations = live->after = NULL;
    live->told = false;
    memset(live->sent, 0, sizeof live->sent);
}

typedef enum Outcome { OUTCOME_READ, OUTCOME_AGAIN, OUTCOME_FAILED } Outcome;

/* Whether the failure is one that goes away; then both connections are ready to begin again. */
static Outcome failed(Live *live, Err *err)
{
    const char *state = live_keep(live, db_sqlstate(lane_db(live->lane)));
    const char *other = live->second ? live_keep(live, db_sqlstate(lane_db(live->second))) : "";

    if (!*state)
        state = other;
    bool locked = strcmp(state, lock_state) == 0;
    live->waited = locked;
    if (err->code != EXIT_TEMPFAIL && !live_has(torn_states, state))
        return OUTCOME_FAILED;
    if (*state && !locked && !live_has(torn_states, state))
        return OUTCOME_FAILED;
    Err ignored = {0};
    if (live->second && !db_recover(lane_db(live->second), &ignored))
        lane_close(&live->second);
    if (!db_recover(lane_db(live->lane), err) || (locked && !locks_read(live, err)))
        return OUTCOME_FAILED;
    const json_t *first = json_array_get(live->busy, 0);
    if (locked && first)
        err_set(err, EXIT_TEMPFAIL, "'%s' is being altered by %s", jx_string(first, "id", ""),
                jx_string(first, "by", ""));
    else
        reading_torn(err);
    return OUTCOME_AGAIN;
}

static Outcome attempt(Live *live, bool *may_be_partial, Err *err)
{
    bool steady = false, renamed = false;

    live->waited = false;
    attempt_reset(live);
    if (!read_all(live, may_be_partial, err) || !read_is_steady(live, &steady, err))
        return failed(live, err);
    if (!object_prepare(&live->reading, err) || !functions_renamed(live, &renamed, err))
        return OUTCOME_FAILED;
    if (steady && !renamed)
        return OUTCOME_READ;
    *may_be_partial &= !renamed;
    reading_torn(err);
    return OUTCOME_AGAIN;
}

/* ---- */

static json_t *meta_start(const LiveOptions *options)
{
    json_t *meta = json_deep_copy(options->meta);
    char id[SECRET_KEY_ID_SIZE];

    if (!json_object_get(meta, "source"))
        json_object_set_new(meta, "source", json_string("live"));
    secret_key_id(options->secret, id);
    json_object_set_new(meta, "secret_key", json_string(id));
    return meta;
}

/* Whether a part of the database may be all that is to be read: the catalogs that changed tell
 * which. */
static bool may_be_partial(Live *live)
{
    const json_t *probe = live->known ? known_probe(live->known) : NULL;

    live->since =
        probe_since(&live->arena, jx_string(probe, "since", ""), live->look.snapshot, live->latest);
    return look_is_comparable(live) && !live->choice.any &&
           live_is_same(known_meta(live->known), live->meta, "secret_key") &&
           !look_any_opted(live) && live->look.fingerprint &&
           !json_object_get(known_meta(live->known), "busy") &&
           jx_int(probe, "partial", 0) < PARTIAL_MAX && live->since &&
           probe_is_local(known_fingerprint(live->known), live->look.fingerprint);
}

/* Where all will be read anyway, a second connection that is on a long line is opened beside the
 * first. */
static bool connection_open(Live *live, Err *err)
{
    const LiveOptions *options = live->options;
    Db *db = NULL;

    live->target = db_target(options->conninfo, "schema-snapshot", &live->arena, err);
    if (!live->target)
        return false;
    if (!live->known)
        live->spare = spare_start(live->target, SPARE_MS);
    int64_t before = clock_monotonic_ms();
    db = db_open(live->target, err);
    live->near = clock_monotonic_ms() - before < SPARE_MS;
    /* It may have got the last one that was free. */
    if (!db && err->code == EXIT_TEMPFAIL && live->spare)
        db = spare_take(live->spare);
    if (!db)
        return false;
    *err = (Err){0};
    live->lane = lane_open(db);
    return true;
}

bool live_snapshot(const LiveOptions *options, FILE *out, LiveResult *ret, Err *err)
{
    CLEANUP(live_close)
    Live live = {.options = options, .meta = meta_start(options), .locked = "{}"};
    Outcome outcome = OUTCOME_AGAIN;

    *ret = (LiveResult){0};
    snapshot_choice(live.meta, &live.choice);
    live.roles = db_array_text(&live.arena, scope_platform_roles());
    live.known = known_open(options->known);
    bool same = false;
    if (!connection_open(&live, err) || (live.near && !look_glance(&live, &same, err)))
        return false;
    if (same)
        return document_write_short(&live, out, ret, err);
    if (!look_take(&live, true, err))
        return false;
    if (look_is_unchanged(&live)) {
        look_keep(&live);
        return document_write_short(&live, out, ret, err);
    }
    bool partial = may_be_partial(&live);
    if (!partial && !live.spare)
        live.spare = spare_start(live.target, SPARE_MS);
    for (int try = 0; try < TRIES && outcome == OUTCOME_AGAIN; try++) {
        *err = (Err){0};
        if (try > 0 && !live.waited)
            pause_ms(FIRST_PAUSE_MS << (try - 1));
        if (try > 0 && !look_take(&live, false, err))
            return false;
        outcome = attempt(&live, &partial, err);
    }
    return outcome == OUTCOME_READ && document_write(&live, out, ret, err);
}
