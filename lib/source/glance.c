#include "source/attempt.h"

#include <stdlib.h>
#include <string.h>

#include "json/jx.h"
#include "pg/db.h"

/* glance.sql's, in its order. */
enum {
    SNAPSHOT,
    STARTED,
    STATISTICS_STARTED,
    RESET,
    PATH,
    COUNTS,
    ROLE,
    INSERTED,
    UPDATED,
    DELETED
};

/* glance.sql with its two parameters in their places. */
static const char *glance_sql(Live *live, const char *catalogs, long long database)
{
    const char *sql = live_sql("glance.sql");
    const char *first = strstr(sql, "$1"), *second = strstr(sql, "$2");

    return arena_printf(&live->arena, "%.*s%lld%.*s%s%s", (int)(first - sql), sql, database,
                        (int)(second - first) - 2, first + 2, catalogs, second + 2);
}

/* "base/OID/FILE", or the same in a tablespace. */
static long long path_database(const char *path)
{
    const char *end = strrchr(path, '/'), *begin = end;

    while (begin && begin > path && begin[-1] != '/')
        begin--;
    return begin ? strtoll(begin, NULL, 10) : 0;
}

/* Whether the snapshot or the counts of writes, both as look.sql has them, are those of the known
 * document. */
static bool is_same(const Live *live, const char *snapshot)
{
    const json_t *probe = known_probe(live->known);

    return strcmp(snapshot, jx_string(probe, "snapshot", "")) == 0 ||
           strcmp(live->look.glanced, jx_string(probe, "counters", "")) == 0;
}

/* Of any row. */
static bool row_is_comparable(const Live *live)
{
    const Db *db = lane_db(live->lane);
    const json_t *meta = known_meta(live->known);
    const char *path = db_value(db, PATH);

    return strcmp(db_value(db, COUNTS), "on") == 0 &&
           strcmp(db_value(db, ROLE), jx_string(meta, "role", "")) == 0 && path &&
           path_database(path) == jx_int(meta, "database_oid", 0);
}

static long long row_writes(const Db *db)
{
    long long writes = 0;

    for (int i = INSERTED; i <= DELETED; i++)
        writes += strtoll(db_value(db, i), NULL, 10);
    return writes;
}

static bool glance_rows(Live *live, bool *ret_same, Err *err)
{
    Db *db = lane_db(live->lane);
    const char *snapshot = NULL, *start = NULL, *reset = NULL;
    long long writes = 0;
    bool comparable = false;
    int got = 0;

    /* The settings have neither rows nor columns. */
    while ((got = db_row(db, err)) == 0 && db_columns(db) == 0)
        continue;
    for (; got > 0; got = db_row(db, err)) {
        if (!snapshot) {
            const char *statistics = db_value(db, STATISTICS_STARTED);
            const char *since = db_value(db, RESET);
            start = arena_printf(&live->arena, "%s%s%s", db_value(db, STARTED),
                                 statistics ? " " : "", statistics ? statistics : "");
            snapshot = arena_printf(&live->arena, "%s %s", db_value(db, SNAPSHOT), start);
            reset = live_keep(live, since ? since : "-");
            comparable = row_is_comparable(live);
        }
        writes += row_writes(db);
    }
    if (got < 0 || !snapshot)
        return got == 0;
    live->look.glanced = arena_printf(&live->arena, "%s %s %lld", start, reset, writes);
    *ret_same = comparable && look_trusts(live) && is_same(live, snapshot);
    return true;
}

static bool glance_ask(Live *live, const char *catalogs, bool *ret_same, Err *err)
{
    long long database = jx_int(known_meta(live->known), "database_oid", 0);
    Db *db = lane_db(live->lane);

    if (!db_send(db, glance_sql(live, catalogs, database), err))
        return false;
    return glance_rows(live, ret_same, err) && db_finish(db, err);
}

bool look_glance(Live *live, bool *ret_same, Err *err)
{
    const json_t *meta = live->known ? known_meta(live->known) : NULL;
    const char *catalogs = look_counted(live);

    *ret_same = false;
    if (!catalogs || live->options->exact || !look_is_asked(live) || json_object_get(meta, "busy"))
        return true;
    if (!glance_ask(live, catalogs, ret_same, err)) {
        if (err->code == EXIT_UNAVAILABLE || !db_recover(lane_db(live->lane), err))
            return false;
        *err = (Err){0};
        *ret_same = false;
    }
    if (*ret_same)
        look_answer_known(live);
    return true;
}
