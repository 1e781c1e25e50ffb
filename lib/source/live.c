#include "source/live.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/embed.h"
#include "json/jx.h"
#include "model/scope.h"
#include "source/attempt.h"
#include "source/catalogs.h"
#include "source/object.h"
#include "source/probe.h"
#include "sql_files.h"

enum {
    TRIES = 5,
    FIRST_PAUSE_MS = 50,
    PARTIAL_MAX = 20, /* partial readings in a row before all is read again */
    TOUCHED_PERCENT = 20,
    PARAMETER_COUNT = 6
};

/* SQLSTATEs of what was dropped or renamed under the query's hands. */
static const char *const torn_states[] = {"XX000", "42P01", "42704", "42883",
                                          "42703", "3F000", "40001", NULL};
static const char lock_state[] = "55P03";
static const char fingerprint_file[] = "fingerprint.sql", stamps_file[] = "stamps.sql";

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
    json_decref(live->meta);
    json_decref(live->busy);
    free(live->touched);
    arena_free(&live->arena);
}

/* ---- reading ---- */

/* No transaction ended since the look, which has the state of the catalogs then. */
static bool look_still_holds(const Live *live)
{
    size_t length = strlen(live->moment);

    return live->look.fingerprint && !live->look.standby &&
           strncmp(live->look.snapshot, live->moment, length) == 0 &&
           live->look.snapshot[length] == ' ';
}

/* Whether the statement is to be sent: for this server, asked for, readable, and not in vain. */
static bool is_wanted(const Live *live, int index)
{
    const CatalogQuery *query = query_at(index);
    const char *const *kinds = live->options->kinds;
    const Kind *kind = kind_of(query->kind);
    const char *section = query->use == QUERY_ASIDE ? query->file : kind->member;

    if (!query_is_for(index, live->look.server_version) ||
        live_has(live->look.empty, query->file) ||
        (strcmp(query->file, fingerprint_file) == 0 && look_still_holds(live)))
        return false;
    if (query->relation &&
        (live_has(live->look.unread, section) || live_has(live->look.absent, section)))
        return false;
    if (query->use == QUERY_ASIDE)
        return true;
    if (!kinds)
        return query->use == QUERY_OBJECTS;
    if (kind->parent != KIND_NONE)
        section = kind_of((KindId)kind->parent)->member;
    return live_has(kinds, section) ||
           (kind->parent == (int)KIND_TABLE && live_has(kinds, "views"));
}

static Rows *rows_of(Live *live, const char *file)
{
    return &live->reading.rows[query_of_file(file)];
}

static void parameters_fill(const Live *live, DbParameter ret[PARAMETER_COUNT])
{
    ret[0] = (DbParameter){DB_PARAMETER_TEXTS, live->scope};
    ret[1] = (DbParameter){DB_PARAMETER_OIDS, live->relations};
    ret[2] = (DbParameter){DB_PARAMETER_OIDS, live->locked};
    ret[3] = (DbParameter){DB_PARAMETER_TEXTS, live->platform};
    ret[4] = (DbParameter){DB_PARAMETER_TEXTS, live->roles};
    ret[5] = (DbParameter){DB_PARAMETER_INT, live->since};
}

static bool torn(Err *err)
{
    return err_set(err, EXIT_TEMPFAIL, "the schema changed while it was read");
}

static bool moment_read(Live *live, const char **ret, int64_t *ret_latest, Err *err)
{
    Db *db = lane_db(live->lane);
    bool same = true;
    int got = 0;

    while ((got = db_row(db, err)) > 0) {
        *ret = live_keep(live, db_value(db, 0));
        *ret_latest = probe_latest(*ret, db_value(db, 1));
        same = strcmp(db_value(db, 2), live->look.schemas) == 0;
    }
    return got == 0 && (same || torn(err));
}

/* Begins the transaction and asks which kinds there are at all. *ret_exported: for a second
 * connection, where there is much to read. */
static bool read_begin(Live *live, const char **ret_exported, Err *err)
{
    Db *db = lane_db(live->lane);
    int got = 0;

    if (!lane_queue_begin(live->lane, NULL, err) ||
        !db_queue(db, live_sql("moment.sql"), NULL, 0, err) ||
        !db_queue(db, live_sql("census.sql"), NULL, 0, err) || !db_flush(db, err) ||
        !lane_skip_begin(live->lane, NULL, err) ||
        !moment_read(live, &live->moment, &live->reading.latest, err))
        return false;
    while ((got = db_row(db, err)) > 0) {
        live->look.empty = db_array_items(&live->arena, live_keep(live, db_value(db, 0)));
        *ret_exported = db_value(db, 1) ? live_keep(live, db_value(db, 1)) : NULL;
    }
    return got == 0 && db_finish(db, err);
}

/* A second connection is a help, not a need: no word when it cannot be had. */
static void second_open(Live *live)
{
    Err ignored = {0};
    Db *db = live->second || live->alone
                 ? NULL
                 : db_open(live->options->conninfo, "schema-snapshot", &ignored);

    if (db)
        live->second = lane_open(db);
}

/* What is read at once. */
typedef enum Share {
    SHARE_ALL,
    SHARE_FIRST, /* the stamps, and what is read whole in any case */
    SHARE_REST,  /* the others */
} Share;

static bool is_in(Share share, const CatalogQuery *query)
{
    return share == SHARE_ALL || (share == SHARE_REST) == query->by_relation;
}

/* Of two, the one that reads the statement. */
static Lane *lane_of(const Live *live, Share share, const CatalogQuery *query)
{
    bool second = share == SHARE_FIRST ? strcmp(query->file, stamps_file) != 0 : query->second;

    return second ? live->second : live->lane;
}

static bool second_wait(Live *live, bool first_read, bool *ret_read, Err *err)
{
    Err second = {0};
    bool ok = lane_wait(live->second, ret_read, &second);

    if (!first_read || ok)
        return first_read;
    if (second.code != EXIT_UNAVAILABLE) {
        *err = second;
        return false;
    }
    lane_close(&live->second);
    live->alone = true;
    return torn(err);
}

/* Both connections, when there are two. The known document is read meanwhile, when that is
 * wanted. */
static bool share_read(Live *live, Share share, const char *exported, bool *ret_known, Err *err)
{
    DbParameter parameters[PARAMETER_COUNT];
    bool two = exported && !live_is_partial(live), second_read = true;

    parameters_fill(live, parameters);
    if (two)
        second_open(live);
    two = two && live->second;
    for (int i = 0; i < query_count(); i++) {
        const CatalogQuery *query = query_at(i);
        if (is_wanted(live, i) && is_in(share, query))
            lane_add(two ? lane_of(live, share, query) : live->lane, query->file,
                     strcmp(query->file, fingerprint_file) == 0 ? catalogs_sql(&live->arena)
                                                                : query_sql(i),
                     &live->reading.rows[i]);
    }
    bool started = two && lane_start(live->second, exported, parameters, PARAMETER_COUNT);
    bool read = lane_send(live->lane, parameters, PARAMETER_COUNT, err);
    if (read && ret_known)
        *ret_known = known_load(live->known);
    read = read && lane_receive(live->lane, err);
    if (started)
        read = second_wait(live, read, &second_read, err);
    if (!read || !two || (started && second_read))
        return read;
    lane_take(live->lane, live->second);
    lane_close(&live->second);
    return lane_send(live->lane, parameters, PARAMETER_COUNT, err) && lane_receive(live->lane, err);
}

/* Whether a part will do, from the stamps. */
static bool touched_take(Live *live, Err *err)
{
    size_t all = 0;
    bool written = false;

    if (!touched_find(live, &all, err) || !touched_elsewhere(live, &written, err))
        return false;
    if (written ||
        strcmp(live->elsewhere, jx_string(known_probe(live->known), "elsewhere", "")) != 0)
        return true;
    return (live->touched_count * 100 > all * TOUCHED_PERCENT && !live->busy) ||
           touched_extend(live, err);
}

static bool fingerprint_fill(Live *live, Err *err)
{
    const Rows *rows = rows_of(live, fingerprint_file);
    CLEANUP(row_free) Row row = {0};

    if (look_still_holds(live)) {
        live->fingerprint = live->look.fingerprint;
        return true;
    }
    if (rows->count != 1)
        return err_set(err, EXIT_SOFTWARE, "the state of the catalogs was not told");
    if (!rows_get(rows, 0, &row, err))
        return false;
    live->fingerprint =
        probe_fingerprint(&live->arena, row_value(&row, "fingerprint"), live->reading.latest);
    return true;
}

static const char *since(Live *live)
{
    const char *snapshot = jx_string(known_probe(live->known), "snapshot", "");

    return arena_printf(&live->arena, "%" PRId32, probe_since(snapshot, live->reading.latest));
}

static bool read_all(Live *live, bool *may_be_partial, Err *err)
{
    const char *exported = NULL;
    bool read = read_begin(live, &exported, err), ignored = false;

    live->since = *may_be_partial ? since(live) : "-1";
    if (read && *may_be_partial)
        read = share_read(live, SHARE_FIRST, exported, may_be_partial, err) &&
               (!*may_be_partial || touched_take(live, err)) &&
               share_read(live, SHARE_REST, exported, NULL, err);
    else if (read)
        read = share_read(live, SHARE_ALL, exported, NULL, err);
    return read && fingerprint_fill(live, err) && touched_elsewhere(live, &ignored, err);
}

/* Ends the transaction, with what only the rows could tell us to ask for. *ret_after: the moment
 * behind it. */
static bool read_end(Live *live, const char **ret_after, Err *err)
{
    Reading *reading = &live->reading;
    Db *db = lane_db(live->lane);
    int64_t latest = 0;

    return names_fill(&reading->names, rows_of(live, "columns.sql"),
                      rows_of(live, "referenced.sql"), err) &&
           index_forms_collect(&reading->forms, rows_of(live, "indexes.sql"), &reading->names,
                               err) &&
           index_forms_queue(&reading->forms, db, err) && db_queue(db, "commit", NULL, 0, err) &&
           db_queue(db, live_sql("moment.sql"), NULL, 0, err) && db_flush(db, err) &&
           index_forms_read(&reading->forms, db, err) && db_skip(db, err) &&
           moment_read(live, ret_after, &latest, err) && db_finish(db, err);
}

/* The catalogs did not move while they were read: no transaction ended, or their state is the same.
 */
static bool is_steady(Live *live, const char *after, bool *ret, Err *err)
{
    Db *db = lane_db(live->lane);
    const char *moment = NULL, *fingerprint = "";
    int64_t latest = 0;
    int got = 0;

    *ret = !live->look.standby && strcmp(after, live->moment) == 0;
    if (*ret)
        return true;
    if (!lane_queue_begin(live->lane, NULL, err) ||
        !db_queue(db, live_sql("moment.sql"), NULL, 0, err) ||
        !db_queue(db, catalogs_sql(&live->arena), NULL, 0, err) ||
        !db_queue(db, "commit", NULL, 0, err) || !db_flush(db, err) ||
        !lane_skip_begin(live->lane, NULL, err) || !moment_read(live, &moment, &latest, err))
        return false;
    while ((got = db_row(db, err)) > 0)
        fingerprint = probe_fingerprint(&live->arena, db_value(db, 0), latest);
    *ret = strcmp(fingerprint, live->fingerprint) == 0;
    return got == 0 && db_skip(db, err) && db_finish(db, err);
}

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

/* Who holds what, into busy; the relations to leave alone, into locked. */
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
    json_decref(live->busy);
    live->busy = json_array();
    while ((got = db_row(db, err)) > 0) {
        list = arena_printf(&live->arena, "%.*s%s%s}", (int)strlen(list) - 1, list,
                            strlen(list) > 2 ? "," : "", db_value(db, 0));
        if (*db_value(db, 1) == 't')
            json_array_append_new(
                live->busy, json_pack("{s:s, s:s}", "id", db_value(db, 2), "by", db_value(db, 3)));
    }
    if (json_array_size(live->busy) == 0) {
        json_decref(live->busy);
        live->busy = NULL;
    }
    live->locked = list;
    return got == 0 && db_skip(db, err) && db_finish(db, err);
}

/* ---- attempts ---- */

static void pause_ms(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};

    while (nanosleep(&time, &time) != 0 && errno == EINTR)
        continue;
}

static void attempt_reset(Live *live)
{
    reading_free(&live->reading);
    live->reading = (Reading){.key = live->options->secret,
                              .server_version = live->look.server_version,
                              .owner = live->look.owner};
    lane_reset(live->lane);
    if (live->second)
        lane_reset(live->second);
    free(live->touched);
    live->touched = NULL;
    live->touched_count = 0;
    live->relations = NULL;
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
        torn(err);
    return OUTCOME_AGAIN;
}

static Outcome attempt(Live *live, bool *may_be_partial, Err *err)
{
    const char *after = NULL;
    bool steady = false, renamed = false;

    attempt_reset(live);
    if (!read_all(live, may_be_partial, err) || !read_end(live, &after, err) ||
        !is_steady(live, after, &steady, err))
        return failed(live, err);
    object_prepare(&live->reading);
    if (!functions_renamed(live, &renamed, err))
        return OUTCOME_FAILED;
    if (steady && !renamed)
        return OUTCOME_READ;
    *may_be_partial &= !renamed;
    torn(err);
    return OUTCOME_AGAIN;
}

/* ---- */

static json_t *meta_start(const LiveOptions *options)
{
    json_t *meta = json_deep_copy(options->meta);
    char id[SECRET_KEY_ID_SIZE];

    json_object_set_new(meta, "source", json_string("live"));
    secret_key_id(options->secret, id);
    json_object_set_new(meta, "secret_key", json_string(id));
    return meta;
}

/* Sections that this role may not read: a comparison leaves them alone. */
static void meta_unread(Live *live)
{
    json_t *list = json_array();
    KindId kind = KIND_SCHEMA;

    for (const char *const *section = live->look.unread; section && *section; section++)
        if (kind_by_section(*section, strlen(*section), &kind) &&
            (live->options->kinds ? live_has(live->options->kinds, *section)
                                  : !kind_is_opted(kind)))
            json_array_append_new(list, json_string(*section));
    if (json_array_size(list) > 0)
        json_object_set(live->meta, "unread", list);
    json_decref(list);
}

/* Whether a part of the database may be all that is to be read: the catalogs that changed tell
 * which. */
static bool may_be_partial(Live *live)
{
    const json_t *probe = live->known ? known_probe(live->known) : NULL;

    return look_is_comparable(live) && !live->options->kinds &&
           live_is_same(known_meta(live->known), live->meta, "secret_key") &&
           !look_any_opted(live) && live->look.fingerprint &&
           !json_object_get(known_meta(live->known), "busy") &&
           jx_int(probe, "partial", 0) < PARTIAL_MAX && *jx_string(probe, "snapshot", "") &&
           probe_is_local(jx_string(probe, "fingerprint", ""), live->look.fingerprint);
}

bool live_snapshot(const LiveOptions *options, FILE *out, LiveResult *ret, Err *err)
{
    CLEANUP(live_close)
    Live live = {.options = options, .meta = meta_start(options), .locked = "{}"};
    Outcome outcome = OUTCOME_AGAIN;
    Db *db = db_open(options->conninfo, "schema-snapshot", err);

    *ret = (LiveResult){0};
    if (!db)
        return false;
    live.lane = lane_open(db);
    live.roles = db_array_text(&live.arena, scope_platform_roles());
    live.known = known_open(options->known);
    if (!look_take(&live, true, err))
        return false;
    meta_unread(&live);
    if (look_is_unchanged(&live))
        return document_write_short(&live, out, ret, err);
    bool partial = may_be_partial(&live);
    for (int try = 0; try < TRIES && outcome == OUTCOME_AGAIN; try++) {
        *err = (Err){0};
        if (try > 0 && !live.busy)
            pause_ms(FIRST_PAUSE_MS << (try - 1));
        if (try > 0 && !look_take(&live, false, err))
            return false;
        outcome = attempt(&live, &partial, err);
    }
    return outcome == OUTCOME_READ && document_write(&live, out, ret, err);
}
