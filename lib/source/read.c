#include <assert.h>
#include <string.h>

#include "json/jx.h"
#include "source/attempt.h"
#include "source/catalogs.h"
#include "source/probe.h"

enum {
    TOUCHED_PERCENT = 20,
    FEW = 32, /* relations whose indexes may all be deparsed: that takes a millisecond or two */
};

static const char fingerprint_file[] = "fingerprint.sql", stamps_file[] = "stamps.sql";

/* No transaction ended since the look, which has the state of the catalogs then. */
static bool look_still_holds(const Live *live)
{
    size_t length = strlen(live->moment);

    return live->look.fingerprint && *live->look.fingerprint && !live->look.standby &&
           strncmp(live->look.snapshot, live->moment, length) == 0 &&
           live->look.snapshot[length] == ' ';
}

static bool is_chosen(const KindChoice *choice, const CatalogQuery *query)
{
    bool ret = kind_is_chosen(choice, query->kind);

    for (size_t i = 0; i < sizeof query->also / sizeof *query->also; i++)
        ret |= query->also[i] && kind_is_chosen(choice, query->also[i]);
    /* What else is nested in them names them. */
    return ret || (query->kind == KIND_COLUMN &&
                   (kind_is_chosen(choice, KIND_TABLE) || kind_is_chosen(choice, KIND_VIEW)));
}

/* Whether the statement is to be sent: for this server, asked for, readable, not in vain, and
 * not yet. */
static bool is_wanted(const Live *live, int index)
{
    const CatalogQuery *query = query_at(index);
    const char *section = query->use == QUERY_ASIDE ? query->file : kind_of(query->kind)->member;

    if (live->sent[index] || !query_is_for(index, live->look.server_version) ||
        live_has(live->look.empty, query->file) ||
        (strcmp(query->file, fingerprint_file) == 0 && look_still_holds(live)))
        return false;
    if (query->relation &&
        (live_has(live->look.unread, section) || live_has(live->look.absent, section)))
        return false;
    if (query->use == QUERY_ASIDE)
        return !live->choice.narrow || strcmp(query->file, stamps_file) != 0;
    return is_chosen(&live->choice, query);
}

static Rows *rows_of(Live *live, const char *file)
{
    return &live->reading.rows[query_of_file(file)];
}

static void parameters_fill(const Live *live, DbParameter ret[READ_PARAMETERS])
{
    ret[0] = (DbParameter){DB_PARAMETER_TEXTS, live->scope};
    ret[1] = (DbParameter){DB_PARAMETER_OIDS, live->relations};
    ret[2] = (DbParameter){DB_PARAMETER_OIDS, live->locked};
    ret[3] = (DbParameter){DB_PARAMETER_TEXTS, live->platform};
    ret[4] = (DbParameter){DB_PARAMETER_TEXTS, live->roles};
    ret[5] = (DbParameter){DB_PARAMETER_XID, live->since};
}

static bool moment_read(Live *live, const char **ret, int64_t *ret_latest, Err *err)
{
    Db *db = lane_db(live->lane);
    bool same = true;
    int got = 0;

    while ((got = db_row(db, err)) > 0) {
        *ret = live_keep(live, db_value(db, 0));
        if (ret_latest)
            *ret_latest = probe_latest(*ret, db_value(db, 1));
        same = strcmp(db_value(db, 2), live->look.schemas) == 0;
    }
    return got == 0 && (same || reading_torn(err));
}

bool read_queue_start(Live *live, Err *err)
{
    const char *sections[QUERY_MAX + 1] = {0}, *relations[QUERY_MAX + 1] = {0},
                                     *columns[QUERY_MAX + 1] = {0};
    Db *db = lane_db(live->lane);
    int count = 0;

    for (int i = 0; i < query_count(); i++) {
        const CatalogQuery *query = query_at(i);
        if (!query->relation)
            continue;
        sections[count] = query->use == QUERY_ASIDE ? query->file : kind_of(query->kind)->member;
        relations[count] = query->relation;
        columns[count++] = query->column;
    }
    const DbParameter parameters[] = {
        {DB_PARAMETER_TEXTS, db_array_text(&live->arena, sections)},
        {DB_PARAMETER_TEXTS, db_array_text(&live->arena, relations)},
        {DB_PARAMETER_TEXTS, db_array_text(&live->arena, columns)},
    };
    return db_queue(db, live_sql("moment.sql"), NULL, 0, err) &&
           db_queue(db, live_sql("census.sql"), parameters, 3, err);
}

/* Sections that this role may not read: a comparison leaves them alone. */
static void meta_unread(Live *live)
{
    json_t *list = json_array();
    KindId kind = KIND_SCHEMA;

    for (const char *const *section = live->look.unread; section && *section; section++)
        if (kind_by_section(*section, strlen(*section), &kind) &&
            kind_is_chosen(&live->choice, kind))
            json_array_append_new(list, json_string(*section));
    if (json_array_size(list) > 0)
        json_object_set(live->meta, "unread", list);
    else
        json_object_del(live->meta, "unread");
    json_decref(list);
}

bool read_start(Live *live, Err *err)
{
    Db *db = lane_db(live->lane);
    int got = 0;

    live->exported = NULL;
    if (!moment_read(live, &live->moment, &live->latest, err))
        return false;
    while ((got = db_row(db, err)) > 0) {
        live->look.empty = db_array_items(&live->arena, live_keep(live, db_value(db, 0)));
        live->exported = db_value(db, 1) ? live_keep(live, db_value(db, 1)) : NULL;
        live->vast = *db_value(db, 2) == 't';
        live->look.unread = db_array_items(&live->arena, live_keep(live, db_value(db, 3)));
        live->look.absent = db_array_items(&live->arena, live_keep(live, db_value(db, 4)));
    }
    meta_unread(live);
    return got == 0;
}

static const char *state_sql(Live *live)
{
    return catalogs_sql(&live->arena, live->look.server_version,
                        probe_base_xid(&live->arena, live->base), known_fingerprint(live->known));
}

static void add(Live *live, int index, Lane *lane)
{
    const char *file = query_at(index)->file;

    assert(!live->sent[index]);
    bool is_fingerprint = strcmp(file, fingerprint_file) == 0;

    lane_add(lane, file, is_fingerprint ? state_sql(live) : query_sql(index),
             &live->reading.rows[index]);
    live->sent[index] = true;
}

/* ---- the second connection ---- */

/* It is a help, not a need: no word when it cannot be had. */
static bool second_open(Live *live)
{
    if (live->alone || !live->exported)
        return false;
    if (live->second)
        return true;
    if (!live->spare)
        live->spare = spare_start(live->target, 0);
    if (live->spare)
        live->second = lane_open_spare(live->spare);
    live->spare = NULL;
    return live->second;
}

static bool is_read_whole(const CatalogQuery *query)
{
    return query->second && !query->by_relation && strcmp(query->file, stamps_file) != 0;
}

static bool is_for_second(const CatalogQuery *query)
{
    return query->second;
}

/* Lets it read its share of what is wanted, if it can be had. */
static bool second_start(Live *live, bool (*is_its)(const CatalogQuery *),
                         const DbParameter parameters[READ_PARAMETERS])
{
    if (!second_open(live))
        return false;
    for (int i = 0; i < query_count(); i++)
        if (is_wanted(live, i) && is_its(query_at(i)))
            add(live, i, live->second);
    memcpy(live->second_parameters, parameters, sizeof live->second_parameters);
    if (lane_start(live->second, live->exported, live->second_parameters, READ_PARAMETERS))
        return true;
    lane_take(live->lane, live->second);
    lane_close(&live->second);
    return false;
}

/* Waits for it. What it has not read is then the first one's to read. read: whether that has done
 * its own. */
static bool second_end(Live *live, bool read, Err *err)
{
    Err second = {0};

    if (!live->helped)
        return read;
    LaneEnd end = lane_wait(live->second, &second);
    live->helped = false;
    if (read && end == LANE_UNREAD)
        lane_take(live->lane, live->second);
    if (end == LANE_UNREAD || (read && second.code == EXIT_UNAVAILABLE))
        lane_close(&live->second);
    if (!read || end != LANE_FAILED)
        return read;
    live->alone = second.code == EXIT_UNAVAILABLE;
    if (live->alone)
        return reading_torn(err);
    *err = second;
    return false;
}

/* ---- reading ---- */

static bool is_too_much(const Live *live, size_t all)
{
    return live->touched_count * 100 > all * TOUCHED_PERCENT && !live->busy;
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
    return is_too_much(live, all) || touched_extend(live, err);
}

static bool stamps_read(Live *live, const DbParameter *parameters, Err *err)
{
    add(live, query_of_file(stamps_file), live->lane);
    return lane_read(live->lane, parameters, READ_PARAMETERS, err);
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
    live->fingerprint = live_keep(live, row_value(&row, "fingerprint"));
    return true;
}

/* Which relations are touched, told by the fingerprint (may_tell) or else by their stamps; and
 * whether a part will do. */
static bool part_find(Live *live, const DbParameter *parameters, bool may_tell,
                      bool *may_be_partial, Err *err)
{
    *may_be_partial = live_is_same(known_meta(live->known), live->meta, "unread") &&
                      known_load(live->known) && !known_has_names(live->known);
    if (may_tell && !look_still_holds(live) &&
        (!lane_read_rows(live->lane, err) || !db_finish(lane_db(live->lane), err)))
        return false;
    if (!*may_be_partial)
        return true;
    if (may_tell && !fingerprint_fill(live, err))
        return false;
    live->told = may_tell && told_find(live, live->fingerprint);
    if (!live->told)
        return (!may_tell || stamps_read(live, parameters, err)) && touched_take(live, err);
    live->told = !is_too_much(live, touched_countable(live));
    return !live->told || touched_extend(live, err);
}

/* Begins the transaction, unless the look did, and asks which kinds there are at all. Where a part
 * may do, what tells which goes with it or follows: the fingerprint, unless it is the look's, or
 * the stamps. The known document is read meanwhile, and by a second connection what is read whole
 * in any case. */
static bool read_begin(Live *live, bool *may_be_partial, Err *err)
{
    Db *db = lane_db(live->lane);
    DbParameter parameters[READ_PARAMETERS];
    bool begun = live->begun;
    bool may_tell =
        *may_be_partial && live->look.fingerprint && told_may(live, live->look.fingerprint);
    bool by_stamps = *may_be_partial && !may_tell;

    live->begun = false;
    if (!*may_be_partial)
        live->since = NULL;
    parameters_fill(live, parameters);
    if (by_stamps)
        add(live, query_of_file(stamps_file), live->lane);
    if (!begun && (!lane_queue_begin(live->lane, NULL, err) || !read_queue_start(live, err) ||
                   !db_queue_answer(db, err)))
        return false;
    if ((!begun || by_stamps) &&
        (!lane_queue(live->lane, parameters, READ_PARAMETERS, err) || !db_flush(db, err)))
        return false;
    if (!begun && (!lane_skip_begin(live->lane, NULL, err) || !read_start(live, err)))
        return false;
    live->reading.latest = live->latest;
    live->reading.reference = lane_reference(live->lane);
    if (!*may_be_partial)
        return begun || db_finish(db, err);
    if (may_tell && !db_finish(db, err))
        return false;
    if (may_tell && !look_still_holds(live)) {
        add(live, query_of_file(fingerprint_file), live->lane);
        if (!lane_queue(live->lane, parameters, READ_PARAMETERS, err) || !db_flush(db, err))
            return false;
    }
    live->helped = live->vast && second_start(live, is_read_whole, parameters);
    return (!by_stamps || (lane_read_rows(live->lane, err) && db_finish(db, err))) &&
           part_find(live, parameters, may_tell, may_be_partial, err);
}

/* Few relations are read, and the transaction ended at once: their indexes are asked for
 * beforehand. */
static bool read_few(Live *live, const DbParameter *parameters, Err *err)
{
    IndexForms *forms = &live->reading.forms;
    Db *db = lane_db(live->lane);

    return lane_queue(live->lane, parameters, READ_PARAMETERS, err) &&
           index_forms_queue_few(db, live->relations, live->locked, err) &&
           db_queue(db, "commit", NULL, 0, err) &&
           db_queue(db, live_sql("moment.sql"), NULL, 0, err) && db_flush(db, err) &&
           lane_read_rows(live->lane, err) && index_forms_read_few(forms, db, err) &&
           db_skip(db, err) && moment_read(live, &live->after, NULL, err) && db_finish(db, err);
}

/* What is left, shared by two connections when all is. */
static bool read_rest(Live *live, Err *err)
{
    DbParameter parameters[READ_PARAMETERS];
    bool all = !live_is_partial(live);

    if (all && !second_end(live, true, err))
        return false;
    parameters_fill(live, parameters);
    if (all)
        live->helped = second_start(live, is_for_second, parameters);
    for (int i = 0; i < query_count(); i++)
        if (is_wanted(live, i))
            add(live, i, live->lane);
    /* What ends the transaction tells whether the reading held: not before both have read. */
    if (!all && live->touched_count <= FEW && !live->helped)
        return read_few(live, parameters, err);
    bool read = lane_read(live->lane, parameters, READ_PARAMETERS, err);
    return second_end(live, read, err) && lane_read(live->lane, parameters, READ_PARAMETERS, err);
}

/* Ends the transaction, if it was not yet, with what only the rows could tell us to ask for. */
static bool read_end(Live *live, Err *err)
{
    Reading *reading = &live->reading;
    Db *db = lane_db(live->lane);

    if (!names_fill(&reading->names, rows_of(live, "columns.sql"), rows_of(live, "referenced.sql"),
                    err) ||
        !index_forms_collect(&reading->forms, rows_of(live, "indexes.sql"), &reading->names, err))
        return false;
    return live->after ||
           (index_forms_queue(&reading->forms, db, err) && db_queue(db, "commit", NULL, 0, err) &&
            db_queue(db, live_sql("moment.sql"), NULL, 0, err) && db_flush(db, err) &&
            index_forms_read(&reading->forms, db, err) && db_skip(db, err) &&
            moment_read(live, &live->after, NULL, err) && db_finish(db, err));
}

/* What reaches far may have changed behind the look. */
static bool part_holds(const Live *live, bool *may_be_partial, Err *err)
{
    if (!live_is_partial(live) || probe_is_local(known_fingerprint(live->known), live->fingerprint))
        return true;
    *may_be_partial = false;
    return reading_torn(err);
}

static bool read_parts(Live *live, bool *may_be_partial, Err *err)
{
    bool ret = read_begin(live, may_be_partial, err) && read_rest(live, err);

    return second_end(live, ret, err) && fingerprint_fill(live, err);
}

bool read_all(Live *live, bool *may_be_partial, Err *err)
{
    bool written = false;

    if (!read_parts(live, may_be_partial, err) || !part_holds(live, may_be_partial, err) ||
        !touched_elsewhere(live, &written, err))
        return false;
    if (live->told && live_is_partial(live) && written) {
        *may_be_partial = false;
        return reading_torn(err);
    }
    return read_end(live, err);
}

/* The catalogs did not move while they were read: no transaction ended, or their state is the same.
 */
bool read_is_steady(Live *live, bool *ret, Err *err)
{
    Db *db = lane_db(live->lane);
    const char *moment = NULL, *fingerprint = "";
    int got = 0;

    *ret = !live->look.standby && strcmp(live->after, live->moment) == 0;
    if (*ret)
        return true;
    if (!lane_queue_begin(live->lane, NULL, err) ||
        !db_queue(db, live_sql("moment.sql"), NULL, 0, err) ||
        !db_queue(db, state_sql(live), NULL, 0, err) || !db_queue(db, "commit", NULL, 0, err) ||
        !db_flush(db, err) || !lane_skip_begin(live->lane, NULL, err) ||
        !moment_read(live, &moment, NULL, err))
        return false;
    while ((got = db_row(db, err)) > 0)
        fingerprint = live_keep(live, db_value(db, 0));
    *ret = strcmp(fingerprint, live->fingerprint) == 0;
    return got == 0 && db_skip(db, err) && db_finish(db, err);
}
