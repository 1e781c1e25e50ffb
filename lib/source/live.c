#include "source/live.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/embed.h"
#include "json/jx.h"
#include "model/scope.h"
#include "pg/db.h"
#include "source/known.h"
#include "source/object.h"
#include "source/probe.h"
#include "source/reading.h"
#include "sql_files.h"

enum {
    TRIES = 5,
    FIRST_PAUSE_MS = 50,
    TRUST_MS = 600000, /* how long the write counters are believed without a look at the rows */
    PARTIAL_MAX = 20,  /* partial readings in a row before all is read again */
    TOUCHED_PERCENT = 20,
    PARAMETER_COUNT = 5,
    LOOK_PARAMETERS = 7
};

/* Everything that could make a server print the same definition in two ways is pinned, for this
 * transaction only, which transaction poolers demand. */
static const char begin[] = "begin isolation level repeatable read read only";
static const char settings[] =
    "select pg_catalog.set_config(s.name, s.value, true) from (values ('search_path', ''), "
    "('statement_timeout', '60s'), ('lock_timeout', '200ms'), "
    "('idle_in_transaction_session_timeout', '30s'), ('datestyle', 'ISO'), "
    "('intervalstyle', 'postgres'), ('timezone', 'UTC'), ('extra_float_digits', '3'), "
    "('quote_all_identifiers', 'off'), ('bytea_output', 'hex'), "
    "('standard_conforming_strings', 'on'), ('jit', 'off'), ('row_security', 'off'), "
    "('max_parallel_workers_per_gather', '0')) s (name, value)";

/* Roles that hosting platforms make: patterns as for LIKE. */
static const char *const platform_roles[] = {"anon",           "authenticated", "authenticator",
                                             "azure\\_%",      "cloudsql%",     "dashboard\\_user",
                                             "neon\\_%",       "pgbouncer",     "pgsodium\\_key%",
                                             "postgres",       "rds\\_%",       "rdsadmin",
                                             "service\\_role", "supabase\\_%",  NULL};

/* SQLSTATEs of what was dropped or renamed under the query's hands. */
static const char *const torn_states[] = {"XX000", "42P01", "42704", "42883",
                                          "42703", "3F000", "40001", NULL};
static const char lock_state[] = "55P03";

/* What the look told. */
typedef struct Look {
    int server_version;
    const char *owner; /* of the database */
    bool dated;        /* transactions have times */
    bool superuser;
    bool standby;
    const char *snapshot;
    const char *counters;    /* NULL: not to be believed */
    const char *fingerprint; /* NULL: nothing can have changed, or it was not asked for */
    const char *schemas;     /* text of the array of all */
    const char **unread;
    const char **absent;
    const char **empty; /* files that have nothing to read */
} Look;

typedef struct Live {
    const LiveOptions *options;
    Db *db;
    Arena arena;
    Known *known; /* NULL: nothing to go by */
    Look look;
    json_t *meta;
    Reading reading;
    /* Parameters of the statements. */
    const char *scope;     /* $1 */
    const char *relations; /* $2; NULL: all */
    const char *locked;    /* $3 */
    const char *platform;  /* $4 */
    const char *roles;     /* $5 */
    /* Of a partial reading: what was touched, ascending, and the stamps that are. */
    uint32_t *touched;
    size_t touched_count;
    json_t *busy;
    const char *moment;      /* the snapshot that was read under */
    const char *fingerprint; /* of the catalogs then */
} Live;

static void live_close(Live *live)
{
    reading_free(&live->reading);
    known_close(&live->known);
    db_close(&live->db);
    json_decref(live->meta);
    json_decref(live->busy);
    free(live->touched);
    arena_free(&live->arena);
}

static const char *sql_file(const char *name)
{
    return (const char *)embedded_find(sql_files, name)->bytes;
}

static bool has(const char *const *list, const char *text)
{
    for (; list && *list; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
}

static bool is_torn(const Live *live, const Err *err)
{
    return err->code == EXIT_TEMPFAIL &&
           (!*db_sqlstate(live->db) || has(torn_states, db_sqlstate(live->db)));
}

/* ---- which statements ---- */

/* Whether the statement is to be sent: for this server, asked for, and readable. */
static bool is_wanted(const Live *live, int index)
{
    const CatalogQuery *query = query_at(index);
    const char *const *kinds = live->options->kinds;

    if (!query_is_for(index, live->look.server_version))
        return false;
    const char *section = query->use == QUERY_ASIDE ? query->file : kind_of(query->kind)->member;
    if (has(live->look.empty, query->file))
        return false;
    if (query->relation && (has(live->look.unread, section) || has(live->look.absent, section)))
        return false;
    if (query->use == QUERY_ASIDE)
        return true;
    const Kind *kind = kind_of(query->kind);
    section = kind->parent == KIND_NONE ? section : kind_of((KindId)kind->parent)->member;
    if (!kinds)
        return query->use == QUERY_OBJECTS;
    return has(kinds, section) || (kind->parent == (int)KIND_TABLE && has(kinds, "views"));
}

static bool any_opted(const Live *live)
{
    for (int i = 0; i < query_count(); i++)
        if (query_at(i)->use == QUERY_OPTED && live->options->kinds &&
            has(live->options->kinds, kind_of(query_at(i)->kind)->member))
            return true;
    return false;
}

static bool is_partial(const Live *live)
{
    return live->relations != NULL;
}

/* ---- the look ---- */

static void look_parameters(Live *live, DbParameter parameters[LOOK_PARAMETERS], bool first)
{
    const char *sections[QUERY_MAX + 1] = {0}, *relations[QUERY_MAX + 1] = {0},
                                     *columns[QUERY_MAX + 1] = {0};
    int count = 0;
    const json_t *probe = first && live->known ? known_probe(live->known) : NULL;
    long long checked = probe ? jx_int(probe, "checked_ms", 0) : 0;
    bool trusts = probe && !live->options->exact && !any_opted(live) &&
                  clock_now_ms() - checked < TRUST_MS && clock_now_ms() >= checked;

    for (int i = 0; i < query_count(); i++) {
        const CatalogQuery *query = query_at(i);
        if (!query->relation)
            continue;
        sections[count] = query->use == QUERY_ASIDE ? query->file : kind_of(query->kind)->member;
        relations[count] = query->relation;
        columns[count++] = query->column;
    }
    parameters[0] = (DbParameter){DB_PARAMETER_TEXT, jx_string(probe, "snapshot", "")};
    parameters[1] =
        (DbParameter){DB_PARAMETER_TEXT, trusts ? jx_string(probe, "counters", "") : ""};
    parameters[2] = (DbParameter){DB_PARAMETER_TEXTS, db_array_text(&live->arena, sections)};
    parameters[3] = (DbParameter){DB_PARAMETER_TEXTS, db_array_text(&live->arena, relations)};
    parameters[4] = (DbParameter){DB_PARAMETER_TEXTS, db_array_text(&live->arena, columns)};
    parameters[5] = (DbParameter){DB_PARAMETER_TEXT, probe ? "yes" : "no"};
    parameters[6] = (DbParameter){DB_PARAMETER_TEXT, sql_file("fingerprint.sql")};
}

static const char *keep(Live *live, const char *text)
{
    return arena_strdup(&live->arena, text);
}

/* A column of the look: a member of meta, or, with an underscore, for us. */
static void look_column(Live *live, int column, const char **reference)
{
    const char *name = db_column_name(live->db, column), *value = db_value(live->db, column);
    Look *look = &live->look;

    if (strcmp(name, "_snapshot") == 0)
        look->snapshot = keep(live, value);
    else if (strcmp(name, "_counters") == 0)
        look->counters = value ? keep(live, value) : NULL;
    else if (strcmp(name, "_fingerprint") == 0)
        look->fingerprint = value ? keep(live, value) : NULL;
    else if (strcmp(name, "_reference") == 0)
        *reference = keep(live, value);
    else if (strcmp(name, "_schemas") == 0)
        look->schemas = keep(live, value);
    else if (strcmp(name, "_unread") == 0)
        look->unread = db_array_items(&live->arena, keep(live, value));
    else if (strcmp(name, "_absent") == 0)
        look->absent = db_array_items(&live->arena, keep(live, value));
    else if (strcmp(name, "_dated") == 0)
        look->dated = *value == 't';
    else if (strcmp(name, "_superuser") == 0)
        look->superuser = *value == 't';
    else if (strcmp(name, "standby") == 0 && *value == 'f')
        return;
    else if (value)
        json_object_set_new(live->meta, name,
                            db_column_type(live->db, column) == DB_INT
                                ? json_integer(strtoll(value, NULL, 10))
                            : db_column_type(live->db, column) == DB_BOOL ? json_true()
                                                                          : json_string(value));
}

static void scope_set(Live *live)
{
    const char **all = db_array_items(&live->arena, live->look.schemas);
    const char **taken = NULL, **platform = NULL;
    size_t count = 0, platform_count = 0;

    for (count = 0; all[count]; count++)
        continue;
    taken = arena_alloc(&live->arena, (count + 1) * sizeof *taken);
    platform = arena_alloc(&live->arena, (count + 1) * sizeof *platform);
    count = 0;
    for (; *all; all++) {
        if (scope_includes(*all, live->options->schemas, live->options->exclude))
            taken[count++] = *all;
        else if (scope_is_platform(*all))
            platform[platform_count++] = *all;
    }
    live->scope = db_array_text(&live->arena, taken);
    live->platform = db_array_text(&live->arena, platform);
}

static bool look(Live *live, bool first, Err *err)
{
    DbParameter parameters[LOOK_PARAMETERS];
    const char *reference = "0";
    int got = 0;

    look_parameters(live, parameters, first);
    if (!db_queue(live->db, begin, NULL, 0, err) || !db_queue(live->db, settings, NULL, 0, err) ||
        !db_queue(live->db, sql_file("look.sql"), parameters, LOOK_PARAMETERS, err) ||
        !db_queue(live->db, "commit", NULL, 0, err) || !db_flush(live->db, err) ||
        !db_skip(live->db, err) || !db_skip(live->db, err))
        return false;
    while ((got = db_row(live->db, err)) > 0)
        for (int i = 0; i < db_columns(live->db); i++)
            look_column(live, i, &reference);
    if (got < 0 || !db_skip(live->db, err) || !db_finish(live->db, err))
        return false;
    live->look.server_version = (int)jx_int(live->meta, "server_version_num", 0);
    live->look.standby = jx_bool(live->meta, "standby");
    live->look.owner = keep(live, jx_string(live->meta, "owner", ""));
    if (live->look.fingerprint)
        live->look.fingerprint = probe_fingerprint(&live->arena, live->look.fingerprint,
                                                   probe_latest(live->look.snapshot, reference));
    scope_set(live);
    return true;
}

/* ---- what is known ---- */

static bool is_same_member(const json_t *a, const json_t *b, const char *name)
{
    const json_t *left = json_object_get(a, name), *right = json_object_get(b, name);

    return left && right ? json_equal(left, right) : left == right;
}

/* Whether the known document was read from this very database, as this role, by this program, and
 * the same was asked for: only then its probe says anything. */
static bool is_comparable(const Live *live)
{
    static const char *const members[] = {
        "tool",  "system_identifier", "database_oid", "role",  "server_version_num", "schemas",
        "owner", "exclude",           "kinds",        "unread"};
    const json_t *before = live->known ? known_meta(live->known) : NULL;

    for (size_t i = 0; before && i < sizeof members / sizeof *members; i++)
        if (!is_same_member(before, live->meta, members[i]))
            return false;
    return before && known_probe(live->known);
}

static json_t *probe_json(const Live *live, const char *fingerprint, long long partial)
{
    json_t *probe =
        json_pack("{s:s, s:I, s:s, s:I}", "snapshot", live->look.standby ? "" : live->look.snapshot,
                  "checked_ms", (json_int_t)clock_now_ms(), "fingerprint", fingerprint, "partial",
                  (json_int_t)partial);

    if (live->look.counters)
        json_object_set_new(probe, "counters", json_string(live->look.counters));
    return probe;
}

/* Whether nothing can have changed since the known document was written. */
static bool is_unchanged(Live *live)
{
    if (!is_comparable(live) || json_object_get(known_meta(live->known), "busy"))
        return false;
    const json_t *probe = known_probe(live->known);
    const char *before = jx_string(probe, "fingerprint", "");
    if (any_opted(live))
        return false;
    if (!live->look.fingerprint)
        return true;
    if (strcmp(before, live->look.fingerprint) != 0)
        return false;
    json_auto_t *fresh = probe_json(live, before, jx_int(probe, "partial", 0));
    known_keep_probe(live->known, fresh);
    return true;
}

static bool write_short(const Live *live, FILE *out, LiveResult *ret, Err *err)
{
    json_object_set_new(live->meta, "unchanged", json_true());
    CLEANUP(cleanup_free) char *text = jx_text(live->meta);

    if (!text)
        return err_set(err, EXIT_SOFTWARE, "the snapshot's meta is not JSON");
    fprintf(out, "{\"format\":\"snapshot/1\",\n\"meta\":%s,\n\"hash\":\"%s\"}\n", text,
            known_hash(live->known));
    ret->unchanged = true;
    memcpy(ret->hash, known_hash(live->known), sizeof ret->hash);
    return true;
}

/* ---- reading ---- */

static bool queue_query(Live *live, int index, Err *err)
{
    const DbParameter parameters[PARAMETER_COUNT] = {
        {DB_PARAMETER_TEXTS, live->scope}, {DB_PARAMETER_OIDS, live->relations},
        {DB_PARAMETER_OIDS, live->locked}, {DB_PARAMETER_TEXTS, live->platform},
        {DB_PARAMETER_TEXTS, live->roles},
    };

    return db_queue(live->db, query_sql(index), parameters, PARAMETER_COUNT, err) ||
           err_in(err, "(%s)", query_at(index)->file);
}

static bool read_query(Live *live, int index, Err *err)
{
    return rows_read(&live->reading.rows[index], live->db, live->reading.store,
                     &live->reading.arena, err) ||
           err_in(err, "(%s)", query_at(index)->file);
}

static bool moment_read(Live *live, Err *err)
{
    const char *reference = NULL, *schemas = NULL;
    int got = 0;

    while ((got = db_row(live->db, err)) > 0) {
        live->moment = keep(live, db_value(live->db, 0));
        reference = keep(live, db_value(live->db, 1));
        schemas = keep(live, db_value(live->db, 2));
    }
    if (got < 0)
        return false;
    live->reading.latest = probe_latest(live->moment, reference);
    return strcmp(schemas, live->look.schemas) == 0 ||
           err_set(err, EXIT_TEMPFAIL, "the schema changed while it was read");
}

static bool fingerprint_read(Live *live, int64_t latest, const char **ret, Err *err)
{
    int got = 0;

    while ((got = db_row(live->db, err)) > 0)
        *ret = probe_fingerprint(&live->arena, db_value(live->db, 0), latest);
    return got == 0;
}

static int compare_oids(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

static void touch(Live *live, uint32_t oid)
{
    live->touched =
        arena_realloc_or_exit(live->touched, (live->touched_count + 1) * sizeof *live->touched);
    live->touched[live->touched_count++] = oid;
}

static const char *stamp_at(const Live *live, size_t index, Row *row, Arena *arena, Err *err)
{
    const Rows *rows = &live->reading.rows[query_of_file("stamps.sql")];

    if (!rows_get(rows, index, live->reading.store, row, err))
        return NULL;
    return probe_stamp(arena, row_value(row, "rows"), row_value(row, "ages"), live->reading.latest);
}

static const KindId stamped[] = {KIND_TABLE, KIND_VIEW, KIND_COMPOSITE, KIND_SEQUENCE};

static const KnownObject *known_relation(const Live *live, uint32_t oid)
{
    const KnownObject *found = NULL;

    for (size_t i = 0; !found && i < sizeof stamped / sizeof *stamped; i++)
        found = known_find(live->known, stamped[i], oid);
    return found;
}

/* Relations whose stamp is not what it was, and those that are gone. *ret_all: of how many. */
static bool touched_find(Live *live, size_t *ret_all, Err *err)
{
    const Rows *rows = &live->reading.rows[query_of_file("stamps.sql")];
    CLEANUP(row_free) Row row = {0};

    *ret_all = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        const char *stamp = stamp_at(live, i, &row, &arena, err);
        const KnownObject *before = known_relation(live, rows->places[i].parent);
        if (!stamp)
            return false;
        if (!before || strcmp(before->stamp, stamp) != 0)
            touch(live, rows->places[i].parent);
    }
    for (size_t i = 0; i < known_count(live->known); i++) {
        const KnownObject *object = known_at(live->known, i);
        size_t first = 0, count = 0;
        if (!*object->stamp)
            continue;
        rows_find(rows, object->oid, &first, &count);
        if (count == 0)
            touch(live, object->oid);
    }
    if (live->touched_count > 0)
        qsort(live->touched, live->touched_count, sizeof *live->touched, compare_oids);
    return true;
}

static bool is_touched(const Live *live, uint32_t oid)
{
    return live->touched_count > 0 &&
           bsearch(&oid, live->touched, live->touched_count, sizeof oid, compare_oids);
}

static const char *touched_text(Live *live)
{
    char *text = arena_alloc(&live->arena, live->touched_count * 11 + 3), *next = text;

    *next++ = '{';
    for (size_t i = 0; i < live->touched_count; i++)
        next += sprintf(next, "%s%" PRIu32, i ? "," : "", live->touched[i]);
    strcpy(next, "}");
    return text;
}

static bool dependents_read(Live *live, Err *err)
{
    const DbParameter parameters[] = {{DB_PARAMETER_TEXTS, live->scope},
                                      {DB_PARAMETER_OIDS, touched_text(live)}};
    int got = 0;

    if (live->touched_count == 0)
        return true;
    if (!db_queue(live->db, sql_file("dependents.sql"), parameters, 2, err) ||
        !db_flush(live->db, err))
        return false;
    while ((got = db_row(live->db, err)) > 0)
        if (db_value(live->db, 0))
            touch(live, (uint32_t)strtoul(db_value(live->db, 0), NULL, 10));
    qsort(live->touched, live->touched_count, sizeof *live->touched, compare_oids);
    return got == 0 && db_finish(live->db, err);
}

/* Begins the transaction, asks which kinds there are at all, and decides whether a part will do. */
static bool read_begin(Live *live, bool may_be_partial, Err *err)
{
    int stamps = query_of_file("stamps.sql"), got = 0;
    size_t all = 0;

    if (!db_queue(live->db, begin, NULL, 0, err) || !db_queue(live->db, settings, NULL, 0, err) ||
        !db_queue(live->db, sql_file("moment.sql"), NULL, 0, err) ||
        !db_queue(live->db, sql_file("census.sql"), NULL, 0, err) ||
        (may_be_partial && !queue_query(live, stamps, err)) || !db_flush(live->db, err) ||
        !db_skip(live->db, err) || !db_skip(live->db, err) || !moment_read(live, err))
        return false;
    while ((got = db_row(live->db, err)) > 0)
        live->look.empty = db_array_items(&live->arena, keep(live, db_value(live->db, 0)));
    if (got < 0 || (may_be_partial && !read_query(live, stamps, err)) || !db_finish(live->db, err))
        return false;
    if (!may_be_partial)
        return true;
    if (!touched_find(live, &all, err))
        return false;
    if (live->touched_count * 100 > all * TOUCHED_PERCENT && !live->busy)
        return true;
    if (!dependents_read(live, err))
        return false;
    live->relations = touched_text(live);
    return true;
}

/* The statements of the second round trip; the stamps may have been read in the first. */
static bool each_query(Live *live, bool has_stamps, bool (*visit)(Live *, int, Err *), Err *err)
{
    int stamps = query_of_file("stamps.sql"), fingerprint = query_of_file("fingerprint.sql");

    for (int i = 0; i < query_count(); i++)
        if (i != fingerprint && !(has_stamps && i == stamps) && is_wanted(live, i) &&
            !visit(live, i, err))
            return false;
    return true;
}

static bool read_all(Live *live, bool may_be_partial, Err *err)
{
    live->reading.store = store_open();
    return read_begin(live, may_be_partial, err) &&
           each_query(live, may_be_partial, queue_query, err) &&
           queue_query(live, query_of_file("fingerprint.sql"), err) && db_flush(live->db, err) &&
           each_query(live, may_be_partial, read_query, err) &&
           fingerprint_read(live, live->reading.latest, &live->fingerprint, err) &&
           db_finish(live->db, err);
}

/* Ends the transaction; with what only the rows could tell us to ask for. */
static bool read_end(Live *live, const char **ret_after, Err *err)
{
    const Rows *rows = live->reading.rows;
    Reading *reading = &live->reading;
    int got = 0;

    if (!names_fill(&reading->names, &rows[query_of_file("columns.sql")],
                    &rows[query_of_file("referenced.sql")], reading->store, err) ||
        !index_forms_collect(&reading->forms, &rows[query_of_file("indexes.sql")], reading->store,
                             &reading->names, err))
        return false;
    if (!index_forms_queue(&reading->forms, live->db, err) ||
        !db_queue(live->db, "commit", NULL, 0, err) ||
        !db_queue(live->db, sql_file("moment.sql"), NULL, 0, err) || !db_flush(live->db, err) ||
        !index_forms_read(&reading->forms, live->db, err) || !db_skip(live->db, err))
        return false;
    while ((got = db_row(live->db, err)) > 0)
        *ret_after = keep(live, db_value(live->db, 0));
    return got == 0 && db_finish(live->db, err);
}

/* The catalogs did not move while they were read: no transaction ended, or their state is the same.
 */
static bool is_steady(Live *live, const char *after, bool *ret, Err *err)
{
    const char *fingerprint = NULL, *reference = NULL, *snapshot = NULL;
    int got = 0;

    *ret = !live->look.standby && strcmp(after, live->moment) == 0;
    if (*ret)
        return true;
    if (!db_queue(live->db, begin, NULL, 0, err) ||
        !db_queue(live->db, sql_file("moment.sql"), NULL, 0, err) ||
        !db_queue(live->db, sql_file("fingerprint.sql"), NULL, 0, err) ||
        !db_queue(live->db, "commit", NULL, 0, err) || !db_flush(live->db, err) ||
        !db_skip(live->db, err))
        return false;
    while ((got = db_row(live->db, err)) > 0) {
        snapshot = keep(live, db_value(live->db, 0));
        reference = keep(live, db_value(live->db, 1));
    }
    if (got < 0 || !fingerprint_read(live, probe_latest(snapshot, reference), &fingerprint, err) ||
        !db_skip(live->db, err) || !db_finish(live->db, err))
        return false;
    *ret = strcmp(fingerprint, live->fingerprint) == 0;
    return true;
}

/* Functions are always read; one that has another name than it had stands in texts of relations. */
static bool functions_renamed(Live *live, bool *ret, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};

    *ret = false;
    for (size_t i = 0; is_partial(live) && i < object_count(&live->reading, KIND_FUNCTION); i++) {
        uint32_t oid = 0;
        const char *id = object_id(&live->reading, KIND_FUNCTION, i, &oid, &arena, err);
        const KnownObject *before = id ? known_find(live->known, KIND_FUNCTION, oid) : NULL;
        if (!id)
            return false;
        *ret |= before && strcmp(before->id, id) != 0;
    }
    return true;
}

static void attempt_reset(Live *live)
{
    reading_free(&live->reading);
    live->reading = (Reading){.key = live->options->secret,
                              .server_version = live->look.server_version,
                              .owner = live->look.owner};
    free(live->touched);
    live->touched = NULL;
    live->touched_count = 0;
    live->relations = NULL;
}

/* ---- locks ---- */

/* Who holds what, into busy; the relations to leave alone, into locked. */
static bool locks_read(Live *live, Err *err)
{
    const char *list = live->locked;
    int got = 0;

    if (!db_recover(live->db, err) || !db_queue(live->db, begin, NULL, 0, err) ||
        !db_queue(live->db, settings, NULL, 0, err) ||
        !db_queue(live->db, sql_file("locks.sql"), NULL, 0, err) ||
        !db_queue(live->db, "commit", NULL, 0, err) || !db_flush(live->db, err) ||
        !db_skip(live->db, err) || !db_skip(live->db, err))
        return false;
    while ((got = db_row(live->db, err)) > 0) {
        const char *oid = db_value(live->db, 0), *id = db_value(live->db, 2),
                   *role = db_value(live->db, 4), *application = db_value(live->db, 5),
                   *since = db_value(live->db, 6);
        list = arena_printf(&live->arena, "%.*s%s%s}", (int)strlen(list) - 1, list,
                            strlen(list) > 2 ? "," : "", oid);
        if (*db_value(live->db, 1) != 't')
            continue;
        if (!live->busy)
            live->busy = json_array();
        json_array_append_new(
            live->busy,
            json_pack("{s:s, s:s}", "id", id, "by",
                      arena_printf(&live->arena, "process %s%s%s%s%s%s%s", db_value(live->db, 3),
                                   role ? ", role " : "", role ? role : "", application ? ", " : "",
                                   application ? application : "", since ? ", since " : "",
                                   since ? since : "")));
    }
    live->locked = list;
    return got == 0 && db_skip(live->db, err) && db_finish(live->db, err);
}

/* ---- attempts ---- */

static void pause_ms(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};

    while (nanosleep(&time, &time) != 0 && errno == EINTR)
        continue;
}

typedef enum Outcome { OUTCOME_READ, OUTCOME_AGAIN, OUTCOME_FAILED } Outcome;

static Outcome failed(Live *live, Err *err)
{
    if (err->code == EXIT_TEMPFAIL && strcmp(db_sqlstate(live->db), lock_state) == 0) {
        *err = (Err){0};
        json_decref(live->busy);
        live->busy = NULL;
        return locks_read(live, err) ? OUTCOME_AGAIN : OUTCOME_FAILED;
    }
    if (!is_torn(live, err))
        return OUTCOME_FAILED;
    return db_recover(live->db, err) ? OUTCOME_AGAIN : OUTCOME_FAILED;
}

static Outcome attempt(Live *live, bool may_be_partial, Err *err)
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
    err_set(err, EXIT_TEMPFAIL, "the schema changed while it was read");
    return OUTCOME_AGAIN;
}

/* ---- the document ---- */

static void meta_set(Live *live, const char *name, json_t *value)
{
    if (value)
        json_object_set_new(live->meta, name, value);
}

static void meta_unread(Live *live)
{
    json_t *list = json_array();

    for (const char *const *section = live->look.unread; section && *section; section++)
        for (int kind = 0; kind < KIND_COUNT; kind++)
            if (kind_of((KindId)kind)->parent == KIND_NONE &&
                strcmp(kind_of((KindId)kind)->member, *section) == 0)
                json_array_append_new(list, json_string(*section));
    if (json_array_size(list) > 0)
        json_object_set(live->meta, "unread", list);
    json_decref(list);
}

/* The first row of an aside, as members of an object. */
static json_t *first_row(const Live *live, const char *file, Err *err)
{
    const Rows *rows = &live->reading.rows[query_of_file(file)];
    CLEANUP(row_free) Row row = {0};

    if (rows->count == 0 || !rows_get(rows, 0, live->reading.store, &row, err))
        return NULL;
    json_t *object = json_object();
    for (int i = 0; i < rows->columns; i++)
        if (*rows->names[i] != '_' && row.values[i] && strcmp(row.values[i], "0") != 0)
            json_object_set_new(object, rows->names[i],
                                rows->types[i] == DB_INT
                                    ? json_integer(strtoll(row.values[i], NULL, 10))
                                    : json_string(row.values[i]));
    return object;
}

static void meta_fill(Live *live, Err *err)
{
    long long partial = is_partial(live) ? jx_int(known_probe(live->known), "partial", 0) + 1 : 0;

    meta_set(live, "left_out", first_row(live, "left_out.sql", err));
    meta_set(live, "migration", first_row(live, "migrations.sql", err));
    meta_set(live, "probe", probe_json(live, live->fingerprint, partial));
    if (live->busy)
        json_object_set(live->meta, "busy", live->busy);
}

/* The lineage is kept aside while the objects are written. */
typedef struct Document {
    Live *live;
    SnapshotWriter *writer;
    FILE *lineage;             /* lines */
    int64_t transactions[256]; /* the newest that wrote what is here, ascending */
    size_t transaction_count;
} Document;

static void transaction_add(Document *document, int64_t number)
{
    enum { MOST = sizeof document->transactions / sizeof *document->transactions };
    int64_t *list = document->transactions;
    size_t count = document->transaction_count, at = count;

    while (at > 0 && list[at - 1] > number)
        at--;
    if (number <= 0 || (at > 0 && list[at - 1] == number) || (count == MOST && at == 0))
        return;
    if (count == MOST) {
        memmove(list, list + 1, (at - 1) * sizeof *list);
        list[at - 1] = number;
        return;
    }
    memmove(list + at + 1, list + at, (count - at) * sizeof *list);
    list[at] = number;
    document->transaction_count++;
}

/* The stamp of a relation, NULL when it has none. */
static const char *stamp_of(Live *live, KindId kind, uint32_t oid, Arena *arena, Err *err)
{
    const Rows *rows = &live->reading.rows[query_of_file("stamps.sql")];
    CLEANUP(row_free) Row row = {0};
    size_t first = 0, count = 0;

    for (size_t i = 0; i < sizeof stamped / sizeof *stamped; i++) {
        if (stamped[i] != kind)
            continue;
        rows_find(rows, oid, &first, &count);
        return count ? stamp_at(live, first, &row, arena, err) : NULL;
    }
    return NULL;
}

static bool put_line(Document *document, const char *text, size_t length)
{
    fwrite(text, 1, length, document->lineage);
    return putc('\n', document->lineage) != EOF;
}

static bool put_new(Document *document, KindId kind, size_t index, const char *id, uint32_t oid,
                    Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    CLEANUP(cleanup_free) char *line = NULL;
    size_t length = 0, line_length = 0;
    Live *live = document->live;
    FILE *out = open_memstream(&text, &length), *lineage = open_memstream(&line, &line_length);

    if (!out || !lineage)
        arena_die("memory");
    bool ok = object_put(&live->reading, kind, index, stamp_of(live, kind, oid, &arena, err), out,
                         lineage, err);
    fclose(out);
    fclose(lineage);
    if (!ok || !snapshot_writer_add(document->writer, kind, id, text, length, err))
        return false;
    const char *newest = line ? strstr(line, ",\"xid\":") : NULL;
    if (newest)
        transaction_add(document, strtoll(newest + 7, NULL, 10));
    return line_length == 0 || put_line(document, line, line_length);
}

/* The known line of a relation that was not touched, while its id comes before the new one's. */
typedef struct OldSide {
    bool more;
    const char *id, *text;
    size_t length;
    size_t lineage; /* index of its line there, or further on */
} OldSide;

static const KnownObject *old_object(const Live *live, OldSide *old, KindId kind)
{
    for (; old->lineage < known_count(live->known); old->lineage++) {
        const KnownObject *object = known_at(live->known, old->lineage);
        if (object->kind == kind && strcmp(object->id, old->id) == 0)
            return object;
    }
    return NULL;
}

/* To the next known line that still holds. */
static void old_next(Live *live, OldSide *old, KindId kind)
{
    while ((old->more = known_next(live->known, &old->id, &old->text, &old->length))) {
        const KnownObject *object = old_object(live, old, kind);
        if (object && !is_touched(live, object->oid))
            return;
    }
}

static bool put_old(Document *document, OldSide *old, KindId kind, Err *err)
{
    const KnownObject *object = known_at(document->live->known, old->lineage);

    if (!snapshot_writer_add(document->writer, kind, old->id, old->text, old->length, err) ||
        !put_line(document, object->lineage, strlen(object->lineage)))
        return false;
    old_next(document->live, old, kind);
    return true;
}

static bool put_kind(Document *document, KindId kind, Err *err)
{
    Live *live = document->live;
    bool mixed = is_partial(live) && (kind == KIND_TABLE || kind == KIND_VIEW);
    OldSide old = {0};

    if (mixed) {
        while (old.lineage < known_count(live->known) &&
               known_at(live->known, old.lineage)->kind != kind)
            old.lineage++;
        if (!known_seek(live->known, kind))
            return err_set(err, EXIT_IO, "cannot read '%s' again", live->options->known);
        old_next(live, &old, kind);
    }
    for (size_t i = 0; i < object_count(&live->reading, kind); i++) {
        CLEANUP(arena_free) Arena arena = {0};
        uint32_t oid = 0;
        const char *id = object_id(&live->reading, kind, i, &oid, &arena, err);
        if (!id)
            return false;
        while (old.more && strcmp(old.id, id) < 0)
            if (!put_old(document, &old, kind, err))
                return false;
        if (!put_new(document, kind, i, id, oid, err))
            return false;
    }
    while (old.more)
        if (!put_old(document, &old, kind, err))
            return false;
    return true;
}

/* Times of the newest transactions, where the server keeps them, and the migrations that they were.
 */
static bool put_transactions(Document *document, Err *err)
{
    static const char sql[] =
        "select pg_catalog.to_char(pg_catalog.pg_xact_commit_timestamp(u.number::xid) at time zone "
        "'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from pg_catalog.unnest($1) with ordinality "
        "as u (number, place) order by u.place";
    Live *live = document->live;
    const Rows *migrations = &live->reading.rows[query_of_file("migrations.sql")];
    const char *list = "{";
    CLEANUP(row_free) Row row = {0};
    int got = 0;
    bool timed = live->look.dated && document->transaction_count > 0;

    for (size_t i = 0; i < document->transaction_count; i++)
        list = arena_printf(&live->arena, "%s%s%" PRIu32, list, i ? "," : "",
                            (uint32_t)document->transactions[i]);
    DbParameter parameter = {DB_PARAMETER_TEXTS, arena_printf(&live->arena, "%s}", list)};
    if (timed && (!db_queue(live->db, sql, &parameter, 1, err) || !db_flush(live->db, err)))
        return false;
    for (size_t i = 0; i < document->transaction_count; i++) {
        json_auto_t *line = json_object();
        if (timed && (got = db_row(live->db, err)) <= 0)
            return false;
        if (timed && db_value(live->db, 0))
            json_object_set_new(line, "time", json_string(db_value(live->db, 0)));
        for (size_t m = 0; m < migrations->count; m++) {
            if (!rows_get(migrations, m, live->reading.store, &row, err))
                return false;
            if (reading_transaction(&live->reading, row_value(&row, "_age")) !=
                document->transactions[i])
                continue;
            const char *name = row_value(&row, "name");
            json_object_set_new(line, "migration",
                                json_sprintf("%s%s%s", row_value(&row, "version"),
                                             name && *name ? "_" : "", name ? name : ""));
            break;
        }
        if (json_object_size(line) == 0)
            continue;
        json_object_set_new(line, "xid", json_integer(document->transactions[i]));
        CLEANUP(cleanup_free) char *text = jx_text(line);
        if (!text ||
            !snapshot_writer_aside(document->writer, "transactions", text, strlen(text), err))
            return false;
    }
    return !timed || (db_skip(live->db, err) && db_finish(live->db, err));
}

static bool put_lineage(Document *document, Err *err)
{
    CLEANUP(cleanup_free) char *line = NULL;
    size_t room = 0;
    ssize_t length = 0;

    if (fflush(document->lineage) != 0 || ferror(document->lineage))
        return err_errno(err, EXIT_IO, "cannot write a temporary file");
    rewind(document->lineage);
    while ((length = getline(&line, &room, document->lineage)) > 0)
        if (!snapshot_writer_aside(document->writer, "lineage", line, (size_t)length - 1, err))
            return false;
    return !ferror(document->lineage) || err_errno(err, EXIT_IO, "cannot read a temporary file");
}

/* ---- the same after all ---- */

/* Identity is what tells that an object was made anew: its oid, the numbers of its columns, and
 * what its secrets are. */
static bool is_same_identity(const json_t *old, const json_t *new, bool same_key)
{
    const json_t *before = json_object_get(old, "columns"),
                 *after = json_object_get(new, "columns");
    size_t index = 0;
    json_t *column = NULL;

    if (!is_same_member(old, new, "kind") || !is_same_member(old, new, "id") ||
        !is_same_member(old, new, "oid") || (same_key && !is_same_member(old, new, "secrets")) ||
        json_array_size(before) != json_array_size(after))
        return false;
    json_array_foreach(before, index, column)
    {
        if (!json_equal(json_array_get(column, 0), json_array_get(json_array_get(after, index), 0)))
            return false;
    }
    return true;
}

/* Whether the known document has the identities that were just read. */
static bool is_same_lineage(Live *live, FILE *lineage)
{
    CLEANUP(cleanup_free) char *line = NULL;
    size_t room = 0, index = 0;
    ssize_t length = 0;
    Err ignored = {0};
    bool same_key = is_same_member(known_meta(live->known), live->meta, "secret_key");

    if (known_count(live->known) == 0 && !known_load(live->known))
        return false;
    rewind(lineage);
    for (; (length = getline(&line, &room, lineage)) > 0; index++) {
        if (index >= known_count(live->known))
            return false;
        const char *before = known_at(live->known, index)->lineage;
        json_auto_t *old = jx_parse(before, strlen(before), "lineage", &ignored);
        json_auto_t *new = jx_parse(line, (size_t)length, "lineage", &ignored);
        if (!is_same_identity(old, new, same_key))
            return false;
    }
    return index == known_count(live->known);
}

static bool is_same_database(const Live *live)
{
    const json_t *before = known_meta(live->known);

    return json_object_get(before, "system_identifier") &&
           is_same_member(before, live->meta, "system_identifier") &&
           is_same_member(before, live->meta, "database_oid");
}

/* The catalogs moved, the schema did not: then what is known gets the new probe, and the short form
 * replaces what was written. */
static bool settle(Live *live, Document *document, FILE *out, LiveResult *ret, Err *err)
{
    if (!live->known || strcmp(known_hash(live->known), ret->hash) != 0 ||
        (is_same_database(live) && !is_same_lineage(live, document->lineage)))
        return true;
    if (is_same_database(live) && is_comparable(live))
        known_keep_probe(live->known, json_object_get(live->meta, "probe"));
    if (fflush(out) != 0 || ftruncate(fileno(out), 0) != 0 || fseek(out, 0, SEEK_SET) != 0)
        return err_errno(err, EXIT_IO, "cannot empty a temporary file");
    json_object_del(live->meta, "probe");
    return write_short(live, out, ret, err);
}

static void document_close(Document *document)
{
    snapshot_writer_close(&document->writer);
    if (document->lineage)
        fclose(document->lineage);
}

static bool write_document(Live *live, FILE *out, LiveResult *ret, Err *err)
{
    CLEANUP(document_close) Document document = {.live = live, .lineage = tmpfile()};

    if (!document.lineage)
        return err_errno(err, EXIT_IO, "cannot make a temporary file");
    meta_fill(live, err);
    document.writer = snapshot_writer_open(out, live->meta, err);
    if (!document.writer)
        return false;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (kind_of((KindId)kind)->parent == KIND_NONE && !put_kind(&document, (KindId)kind, err))
            return false;
    for (const char *const *line = is_partial(live) ? known_transactions(live->known) : NULL;
         line && *line; line++) {
        const char *number = strstr(*line, "\"xid\":");
        if (number)
            transaction_add(&document, strtoll(number + 6, NULL, 10));
    }
    return put_transactions(&document, err) && put_lineage(&document, err) &&
           snapshot_writer_finish(document.writer, ret->hash, err) &&
           settle(live, &document, out, ret, err);
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

/* Whether a part of the database may be all that is to be read: the catalogs that changed tell
 * which. */
static bool may_be_partial(Live *live)
{
    const json_t *probe = live->known ? known_probe(live->known) : NULL;

    return is_comparable(live) &&
           is_same_member(known_meta(live->known), live->meta, "secret_key") && !any_opted(live) &&
           live->look.fingerprint && !json_object_get(known_meta(live->known), "busy") &&
           jx_int(probe, "partial", 0) < PARTIAL_MAX &&
           probe_is_local(jx_string(probe, "fingerprint", ""), live->look.fingerprint) &&
           known_load(live->known);
}

bool live_snapshot(const LiveOptions *options, FILE *out, LiveResult *ret, Err *err)
{
    CLEANUP(live_close)
    Live live = {.options = options, .meta = meta_start(options), .locked = "{}"};
    Outcome outcome = OUTCOME_AGAIN;

    *ret = (LiveResult){0};
    live.roles = db_array_text(&live.arena, platform_roles);
    live.db = db_open(options->conninfo, "schema-snapshot", err);
    if (!live.db)
        return false;
    live.known = known_open(options->known);
    if (!look(&live, true, err))
        return false;
    meta_unread(&live);
    if (is_unchanged(&live))
        return write_short(&live, out, ret, err);
    bool partial = may_be_partial(&live);
    for (int try = 0; try < TRIES && outcome == OUTCOME_AGAIN; try++) {
        *err = (Err){0};
        if (try > 0 && !live.busy)
            pause_ms(FIRST_PAUSE_MS << (try - 1));
        if (try > 0 && !look(&live, false, err))
            return false;
        outcome = attempt(&live, partial, err);
    }
    return outcome == OUTCOME_READ && write_document(&live, out, ret, err);
}
