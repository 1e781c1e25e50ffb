#include "source/attempt.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "json/jx.h"
#include "model/scope.h"
#include "pg/db.h"
#include "source/catalogs.h"
#include "source/probe.h"
#include "source/queries.h"

bool look_any_opted(const Live *live)
{
    for (int i = 0; i < query_count(); i++)
        if (query_at(i)->use == QUERY_OPTED && kind_is_chosen(&live->choice, query_at(i)->kind))
            return true;
    return false;
}

enum {
    TRUST_MS = 60000, /* how long the write counters are believed without a look at the rows */
    LOOK_PARAMETERS = 6
};

bool look_trusts(const Live *live)
{
    const json_t *probe = live->known ? known_probe(live->known) : NULL;
    long long checked = jx_int(probe, "checked_ms", 0), now = clock_now_ms();

    return probe && !live->options->exact && !look_any_opted(live) && now >= checked &&
           now - checked < TRUST_MS;
}

/* What asks for the state of the catalogs as the known one is told. */
static const char *state_sql(Live *live, const char *base)
{
    int version = (int)jx_int(known_meta(live->known), "server_version_num", 0);

    return catalogs_sql(&live->arena, version, probe_base_xid(&live->arena, base),
                        known_fingerprint(live->known));
}

const char *look_counted(const Live *live)
{
    const char *text = live->known ? jx_string(known_probe(live->known), "catalogs", NULL) : NULL;
    const char *at = text;

    if (!text || *text != '{')
        return NULL;
    do {
        char *end = NULL;
        unsigned long oid = strtoul(++at, &end, 10);
        if (*at < '0' || *at > '9' || oid > UINT32_MAX)
            return NULL;
        at = end;
    } while (*at == ',');
    return strcmp(at, "}") == 0 ? text : NULL;
}

static void look_parameters(Live *live, DbParameter parameters[LOOK_PARAMETERS], bool first)
{
    const json_t *probe = first && live->known ? known_probe(live->known) : NULL;
    const char *base = jx_string(probe, "base", "");

    parameters[0] = (DbParameter){DB_PARAMETER_TEXT, jx_string(probe, "snapshot", "")};
    parameters[1] =
        (DbParameter){DB_PARAMETER_TEXT, look_trusts(live) ? jx_string(probe, "counters", "") : ""};
    parameters[2] = (DbParameter){DB_PARAMETER_TEXTS, catalogs_counted(&live->arena)};
    parameters[3] = (DbParameter){DB_PARAMETER_TEXT, probe ? state_sql(live, base) : NULL};
    parameters[4] = (DbParameter){DB_PARAMETER_TEXT, base};
    parameters[5] = (DbParameter){DB_PARAMETER_OIDS, first ? look_counted(live) : NULL};
}

/* A column of the look: a member of meta, or, with an underscore, for us. */
static void look_column(Live *live, int column, const char **reference)
{
    const Db *db = lane_db(live->lane);
    const char *name = db_column_name(db, column), *value = db_value(db, column);
    Look *look = &live->look;

    if (strcmp(name, "_snapshot") == 0)
        look->snapshot = live_keep(live, value);
    else if (strcmp(name, "_counters") == 0)
        look->counters = value ? live_keep(live, value) : NULL;
    else if (strcmp(name, "_catalogs") == 0)
        look->catalogs = live_keep(live, value);
    else if (strcmp(name, "_fingerprint") == 0)
        look->fingerprint = value ? live_keep(live, value) : NULL;
    else if (strcmp(name, "_reference") == 0)
        *reference = live_keep(live, value);
    else if (strcmp(name, "_schemas") == 0)
        look->schemas = live_keep(live, value);
    else if (strcmp(name, "_dated") == 0)
        look->dated = *value == 't';
    else if ((strcmp(name, "standby") == 0 && *value == 'f') || *name == '_')
        return;
    else if (value)
        json_object_set_new(live->meta, name,
                            db_column_type(db, column) == DB_INT
                                ? json_integer(strtoll(value, NULL, 10))
                            : db_column_type(db, column) == DB_BOOL ? json_true()
                                                                    : json_string(value));
}

static void scope_set(Live *live)
{
    const char **all = db_array_items(&live->arena, live->look.schemas);
    const char **taken = NULL, **platform = NULL;
    size_t count = 0, platform_count = 0;
    bool supabase = json_object_get(live->meta, "platform") != NULL;

    for (count = 0; all[count]; count++)
        continue;
    taken = arena_alloc(&live->arena, (count + 1) * sizeof *taken);
    platform = arena_alloc(&live->arena, (count + 1) * sizeof *platform);
    count = 0;
    for (; *all; all++) {
        if (scope_includes(*all, live->options->schemas, live->options->exclude, supabase))
            taken[count++] = *all;
        else if (scope_is_platform(*all, supabase))
            platform[platform_count++] = *all;
    }
    live->scope = db_array_text(&live->arena, taken);
    live->platform = db_array_text(&live->arena, platform);
}

/* The known state was told from a base of its own: it is kept where it still tells. */
static void base_set(Live *live)
{
    const json_t *probe = live->known ? known_probe(live->known) : NULL;
    const char *base = jx_string(probe, "base", "");

    live->base = live->look.snapshot;
    if (probe_since(&live->arena, base, live->look.snapshot, live->latest))
        live->base = live_keep(live, base);
    else if (live->look.fingerprint)
        live->look.fingerprint = "";
}

bool look_take(Live *live, bool first, Err *err)
{
    DbParameter parameters[LOOK_PARAMETERS];
    Db *db = lane_db(live->lane);
    const char *reference = "0";
    bool ends = first && live->known; /* its transaction, at once */
    int got = 0;

    look_parameters(live, parameters, first);
    if (!lane_queue_begin(live->lane, NULL, err) ||
        !db_queue(db, live_sql("look.sql"), parameters, LOOK_PARAMETERS, err) ||
        !(ends ? db_queue(db, "commit", NULL, 0, err) : read_queue_start(live, err)) ||
        !db_flush(db, err) || !lane_skip_begin(live->lane, NULL, err))
        return false;
    while ((got = db_row(db, err)) > 0)
        for (int i = 0; i < db_columns(db); i++)
            look_column(live, i, &reference);
    if (got < 0 || !(ends ? db_skip(db, err) : read_start(live, err)) || !db_finish(db, err))
        return false;
    live->begun = !ends;
    live->look.server_version = (int)jx_int(live->meta, "server_version_num", 0);
    live->look.standby = jx_bool(live->meta, "standby");
    live->look.owner = live_keep(live, jx_string(live->meta, "owner", ""));
    if (ends)
        live->latest = probe_latest(live->look.snapshot, reference);
    if (!live->base)
        base_set(live);
    if (ends)
        json_object_set(live->meta, "unread", json_object_get(known_meta(live->known), "unread"));
    scope_set(live);
    return true;
}

/* Members of meta: what was asked for, and whom. */
static const char *const asked[] = {"tool", "schemas", "exclude", "kinds", NULL};
static const char *const answering[] = {"system_identifier",  "database_oid", "role",   "owner",
                                        "server_version_num", "platform",     "unread", NULL};

static bool are_same(const Live *live, const char *const *members)
{
    const json_t *before = live->known ? known_meta(live->known) : NULL;

    for (; before && *members; members++)
        if (!live_is_same(before, live->meta, *members))
            return false;
    return before && known_probe(live->known);
}

bool look_is_asked(const Live *live)
{
    return are_same(live, asked);
}

void look_answer_known(Live *live)
{
    static const char *const told[] = {"server_version", "database", NULL};
    const json_t *meta = known_meta(live->known);

    for (const char *const *member = answering; *member; member++)
        json_object_set(live->meta, *member, json_object_get(meta, *member));
    for (const char *const *member = told; *member; member++)
        json_object_set(live->meta, *member, json_object_get(meta, *member));
}

bool look_is_comparable(const Live *live)
{
    return are_same(live, asked) && are_same(live, answering);
}

json_t *look_probe(const Live *live, const char *base, const char *fingerprint, long long partial)
{
    const char *snapshot = live->look.standby ? "" : live->look.snapshot;
    json_t *probe = json_pack("{s:s, s:s, s:I, s:s, s:s, s:I}", "snapshot", snapshot, "since",
                              snapshot, "checked_ms", (json_int_t)clock_now_ms(), "base", base,
                              "fingerprint", fingerprint, "partial", (json_int_t)partial);

    if (live->elsewhere)
        json_object_set_new(probe, "elsewhere", json_string(live->elsewhere));
    if (live->look.counters) {
        json_object_set_new(probe, "counters", json_string(live->look.counters));
        json_object_set_new(probe, "catalogs", json_string(live->look.catalogs));
    }
    return probe;
}

bool look_is_unchanged(const Live *live)
{
    if (!look_is_comparable(live) || json_object_get(known_meta(live->known), "busy"))
        return false;
    return !look_any_opted(live) &&
           (!live->look.fingerprint ||
            strcmp(known_fingerprint(live->known), live->look.fingerprint) == 0);
}

/* The look's own counts may have in them what its snapshot, taken a moment before, has not. */
void look_keep(const Live *live)
{
    const json_t *probe = known_probe(live->known);
    json_auto_t *fresh = look_probe(live, jx_string(probe, "base", ""),
                                    known_fingerprint(live->known), jx_int(probe, "partial", 0));

    if (!live->look.fingerprint)
        return;
    if (live->look.glanced)
        json_object_set_new(fresh, "counters", json_string(live->look.glanced));
    else
        json_object_set(fresh, "counters", json_object_get(probe, "counters"));
    known_keep_probe(live->known, fresh);
}
