#include "source/live.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/embed.h"
#include "json/jx.h"
#include "model/scope.h"
#include "pg/db.h"
#include "sql_files.h"

/* Everything that could make the server print the same definition in two ways is pinned, in the
 * same round trip as BEGIN and for this transaction only, which transaction poolers demand. */
static const char begin[] = "begin isolation level repeatable read read only;"
                            "set local search_path = '';"
                            "set local statement_timeout = '60s';"
                            "set local lock_timeout = '5s';"
                            "set local idle_in_transaction_session_timeout = '60s';"
                            "set local datestyle = 'ISO';"
                            "set local intervalstyle = 'postgres';"
                            "set local timezone = 'UTC';"
                            "set local extra_float_digits = 3;"
                            "set local quote_all_identifiers = off;"
                            "set local bytea_output = 'hex';"
                            "set local standard_conforming_strings = on;"
                            "set local jit = off;"
                            "set local max_parallel_workers_per_gather = 0";

/* How each kind is read: its statement and the relkinds that are its $2. Several rows of a kind are
 * for different servers, the one with the highest min_version not above the server's is taken. */
typedef struct Query {
    KindId kind;
    const char *file;
    const char *relkinds;
    int min_version;
} Query;

static const Query queries[] = {
    {KIND_SCHEMA, "schemas.sql", NULL, 0},
    {KIND_EXTENSION, "extensions.sql", NULL, 0},
    {KIND_ENUM, "enums.sql", NULL, 0},
    {KIND_DOMAIN, "domains.sql", NULL, 0},
    {KIND_DOMAIN_CONSTRAINT, "domain_constraints.sql", NULL, 0},
    {KIND_COMPOSITE, "composites.sql", NULL, 0},
    {KIND_ATTRIBUTE, "attributes.sql", NULL, 0},
    {KIND_SEQUENCE, "sequences.sql", NULL, 0},
    {KIND_TABLE, "tables.sql", NULL, 0},
    {KIND_COLUMN, "columns.sql", NULL, 0},
    {KIND_CONSTRAINT, "constraints.sql", NULL, 0},
    {KIND_INDEX, "indexes.sql", "{r,p,f}", 0},
    {KIND_POLICY, "policies.sql", NULL, 0},
    {KIND_TRIGGER, "triggers.sql", "{r,p,f}", 0},
    {KIND_VIEW, "views.sql", NULL, 0},
    {KIND_VIEW_COLUMN, "view_columns.sql", NULL, 0},
    {KIND_VIEW_INDEX, "indexes.sql", "{m}", 0},
    {KIND_VIEW_TRIGGER, "triggers.sql", "{v,m}", 0},
    {KIND_FUNCTION, "functions_13.sql", NULL, 0},
    {KIND_FUNCTION, "functions.sql", NULL, 140000},
};

/* The rows of a nested kind, in a temporary file: per row a line with the parent's id as a JSON
 * string, a tab, and the object. Both sides ascend by parent, so one pass joins them. */
typedef struct Spool {
    FILE *file;
    char *line;
    size_t room;
    char *object; /* in line; NULL at the end */
} Spool;

typedef struct Live {
    Db *db;
    Arena arena;
    const char *scope; /* $1: names of the watched schemas */
    SnapshotWriter *writer;
    Spool spools[KIND_COUNT];
} Live;

static void live_close(Live *live)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (live->spools[kind].file)
            fclose(live->spools[kind].file);
        free(live->spools[kind].line);
    }
    snapshot_writer_close(&live->writer);
    arena_free(&live->arena);
    db_close(&live->db);
}

static const char *statement(KindId kind, int version, const Query **ret_query)
{
    const Query *found = NULL;

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        if (queries[i].kind == kind && queries[i].min_version <= version)
            found = &queries[i];
    assert(found);
    const Embedded *file = embedded_find(sql_files, found->file);
    assert(file);
    *ret_query = found;
    return (const char *)file->bytes;
}

/* ---- a row as JSON ---- */

/* A member of the object under way: a column of the result, or a nested kind. */
typedef struct Member {
    const char *name;
    int column; /* or -1 */
    KindId nested;
} Member;

enum { MEMBER_MAX = 48 };
typedef struct Layout {
    Member members[MEMBER_MAX];
    int count;
    int parent; /* the columns "parent", "id" and "definition", -1 when there is none */
    int id;
    int definition;
} Layout;

static int member_compare(const void *a, const void *b)
{
    return strcmp(((const Member *)a)->name, ((const Member *)b)->name);
}

/* Once per query: the names outlive the row they are read from. */
static void layout_fill(Layout *layout, Live *live, KindId kind)
{
    const Db *db = live->db;

    if (layout->count > 0)
        return;
    *layout = (Layout){.parent = -1, .id = -1, .definition = -1};
    for (int column = 0; column < db_columns(db); column++) {
        const char *name = arena_strdup(&live->arena, db_column_name(db, column));
        if (strcmp(name, "parent") == 0) {
            layout->parent = column;
            continue;
        }
        if (strcmp(name, "id") == 0)
            layout->id = column;
        if (strcmp(name, "definition") == 0)
            layout->definition = column;
        assert(layout->count < MEMBER_MAX);
        layout->members[layout->count++] = (Member){name, column, KIND_SCHEMA};
    }
    for (int nested = 0; nested < KIND_COUNT; nested++) {
        if (kind_of((KindId)nested)->parent == (int)kind) {
            assert(layout->count < MEMBER_MAX);
            layout->members[layout->count++] =
                (Member){kind_of((KindId)nested)->member, -1, (KindId)nested};
        }
    }
    qsort(layout->members, (size_t)layout->count, sizeof *layout->members, member_compare);
}

static void put_array(FILE *out, const char *text)
{
    Arena arena = {0};
    const char *comma = "";

    putc('[', out);
    for (const char **item = db_array_items(&arena, text); *item; item++) {
        fputs(comma, out);
        jx_put_string(out, *item, strlen(*item));
        comma = ",";
    }
    putc(']', out);
    arena_free(&arena);
}

/* Null, false and empty arrays are left out: model/snapshot.h. */
static bool is_absent(const Db *db, int column)
{
    const char *value = db_value(db, column);
    DbType type = db_column_type(db, column);

    return !value || (type == DB_BOOL && *value == 'f') ||
           (type == DB_TEXT_ARRAY && strcmp(value, "{}") == 0);
}

static void put_value(FILE *out, const Db *db, int column)
{
    const char *value = db_value(db, column);

    switch (db_column_type(db, column)) {
    case DB_BOOL:
        fputs("true", out);
        return;
    case DB_INT:
    case DB_JSON:
        fputs(value, out);
        return;
    case DB_TEXT_ARRAY:
        put_array(out, value);
        return;
    case DB_TEXT:
        jx_put_string(out, value, db_length(db, column));
        return;
    }
}

static bool spool_next(Spool *spool, Err *err)
{
    ssize_t length = getline(&spool->line, &spool->room, spool->file);

    if (length < 0 && ferror(spool->file))
        return err_errno(err, EXIT_IO, "cannot read a temporary file");
    spool->object = length < 0 ? NULL : strchr(spool->line, '\t');
    if (spool->object) {
        spool->line[length - 1] = '\0';
        *spool->object++ = '\0';
    }
    return true;
}

/* The spooled objects of the parent, as an array; nothing when it has none. */
static bool put_nested(Live *live, FILE *out, const Member *member, const char *parent,
                       const char **comma, Err *err)
{
    Spool *spool = &live->spools[member->nested];
    bool any = false;

    while (spool->object && strcmp(spool->line, parent) == 0) {
        if (!any)
            fprintf(out, "%s\"%s\":[", *comma, member->name);
        else
            putc(',', out);
        fputs(spool->object, out);
        any = true;
        if (!spool_next(spool, err))
            return false;
    }
    if (any) {
        putc(']', out);
        *comma = ",";
    }
    return true;
}

static bool torn(Err *err)
{
    return err_set(err, EXIT_TEMPFAIL, "the schema changed while it was read");
}

/* The row at hand as an object. parent is its own id as a JSON string, for its nested objects. */
static bool put_object(Live *live, FILE *out, const Layout *layout, const char *parent, Err *err)
{
    const char *comma = "";

    if (layout->definition >= 0 && !db_value(live->db, layout->definition))
        return torn(err);
    putc('{', out);
    for (int i = 0; i < layout->count; i++) {
        const Member *member = &layout->members[i];
        if (member->column < 0) {
            if (!put_nested(live, out, member, parent, &comma, err))
                return false;
        } else if (!is_absent(live->db, member->column)) {
            fprintf(out, "%s\"%s\":", comma, member->name);
            put_value(out, live->db, member->column);
            comma = ",";
        }
    }
    putc('}', out);
    return true;
}

/* ---- reading ---- */

static bool read_nested(Live *live, KindId kind, Err *err)
{
    Spool *spool = &live->spools[kind];
    Layout layout = {0};
    int got = 0;

    spool->file = tmpfile();
    if (!spool->file)
        return err_errno(err, EXIT_IO, "cannot make a temporary file");
    while ((got = db_row(live->db, err)) > 0) {
        layout_fill(&layout, live, kind);
        jx_put_string(spool->file, db_value(live->db, layout.parent),
                      db_length(live->db, layout.parent));
        putc('\t', spool->file);
        if (!put_object(live, spool->file, &layout, NULL, err))
            return false;
        putc('\n', spool->file);
    }
    if (got < 0)
        return false;
    if (fflush(spool->file) != 0 || ferror(spool->file))
        return err_errno(err, EXIT_IO, "cannot write a temporary file");
    rewind(spool->file);
    return spool_next(spool, err);
}

static char *json_string_of(const char *text, size_t length)
{
    char *json = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&json, &size);

    if (out) {
        jx_put_string(out, text, length);
        fclose(out);
    }
    return json;
}

static bool read_object(Live *live, KindId kind, const Layout *layout, Err *err)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return err_errno(err, EXIT_OS, "no memory for an object");
    const char *id = db_value(live->db, layout->id);
    CLEANUP(cleanup_free) char *parent = json_string_of(id, strlen(id));
    bool ok = put_object(live, out, layout, parent, err);
    fclose(out);
    return ok && snapshot_writer_add(live->writer, kind, id, text, length, err);
}

static bool read_kind(Live *live, KindId kind, Err *err)
{
    Layout layout = {0};
    int got = 0;

    while ((got = db_row(live->db, err)) > 0) {
        layout_fill(&layout, live, kind);
        if (!read_object(live, kind, &layout, err))
            return false;
    }
    if (got < 0)
        return false;
    for (int nested = 0; nested < KIND_COUNT; nested++)
        if (kind_of((KindId)nested)->parent == (int)kind && live->spools[nested].object)
            return torn(err);
    return true;
}

/* Nested kinds before the kind they are nested in; reading goes the same way. */
static bool each_kind(Live *live, bool (*visit)(Live *, KindId, Err *), Err *err)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (kind_of((KindId)kind)->parent != KIND_NONE)
            continue;
        for (int nested = 0; nested < KIND_COUNT; nested++)
            if (kind_of((KindId)nested)->parent == kind && !visit(live, (KindId)nested, err))
                return false;
        if (!visit(live, (KindId)kind, err))
            return false;
    }
    return true;
}

static bool queue(Live *live, KindId kind, Err *err)
{
    const Query *query = NULL;
    const char *sql = statement(kind, db_version(live->db), &query);
    const char *parameters[] = {live->scope, query->relkinds ? query->relkinds : "{}"};

    return db_queue(live->db, sql, parameters, 2, err) || err_in(err, "(%s)", query->file);
}

static bool receive(Live *live, KindId kind, Err *err)
{
    bool ok = kind_of(kind)->parent == KIND_NONE ? read_kind(live, kind, err)
                                                 : read_nested(live, kind, err);

    return ok || err_in(err, "(reading %s)", kind_of(kind)->member);
}

/* Server facts into meta, and the watched schemas into live->scope. */
static bool head_read(Live *live, const LiveOptions *options, json_t *meta, Err *err)
{
    CLEANUP(cleanup_free) const char **names = arena_realloc_or_exit(NULL, sizeof *names);
    size_t count = 0;
    int got = 0;

    if (!db_queue(live->db, (const char *)embedded_find(sql_files, "server.sql")->bytes, NULL, 0,
                  err) ||
        !db_queue(live->db, (const char *)embedded_find(sql_files, "scope.sql")->bytes, NULL, 0,
                  err) ||
        !db_flush(live->db, err))
        return false;
    while ((got = db_row(live->db, err)) > 0) {
        for (int i = 0; i < db_columns(live->db); i++) {
            const char *value = db_value(live->db, i);
            json_object_set_new(meta, db_column_name(live->db, i),
                                db_column_type(live->db, i) == DB_INT ? json_integer(atoi(value))
                                                                      : json_string(value));
        }
    }
    if (got < 0)
        return false;
    while ((got = db_row(live->db, err)) > 0) {
        const char *name = db_value(live->db, 0);
        if (!scope_includes(name, options->schemas, options->exclude))
            continue;
        names = arena_realloc_or_exit(names, (count + 2) * sizeof *names);
        names[count++] = arena_strdup(&live->arena, name);
    }
    names[count] = NULL;
    live->scope = db_array_text(&live->arena, names);
    return got == 0 && db_finish(live->db, err);
}

bool live_snapshot(const LiveOptions *options, FILE *out, char ret_hash[SNAPSHOT_HASH_SIZE],
                   Err *err)
{
    CLEANUP(live_close) Live live = {.db = db_open(options->conninfo, "schema-snapshot", err)};
    json_auto_t *meta = json_copy((json_t *)options->meta);

    json_object_set_new(meta, "source", json_string("live"));
    if (!live.db || !db_execute(live.db, begin, err) || !head_read(&live, options, meta, err))
        return false;
    live.writer = snapshot_writer_open(out, meta, err);
    return live.writer && each_kind(&live, queue, err) && db_flush(live.db, err) &&
           each_kind(&live, receive, err) && db_finish(live.db, err) &&
           snapshot_writer_finish(live.writer, ret_hash, err);
}
