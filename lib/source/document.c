#include "source/attempt.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "json/jx.h"
#include "source/object.h"
#include "source/shown.h"
#include "source/probe.h"
#include "source/queries.h"

bool document_write_short(const Live *live, FILE *out, LiveResult *ret, Err *err)
{
    json_object_set_new(live->meta, "unchanged", json_true());
    CLEANUP(cleanup_free) char *text = jx_text(live->meta);

    if (!text)
        return err_set(err, EXIT_SOFTWARE, "the snapshot's meta is not JSON");
    fprintf(out, "{\"format\":\"snapshot/1\",\n\"meta\":%s,\n\"hash\":\"%s\"}\n", text,
            known_hash(live->known));
    ret->unchanged = true;
    memcpy(ret->hash, known_hash(live->known), sizeof ret->hash);
    return file_flush(out, "the snapshot", err);
}

static void meta_set(Live *live, const char *name, json_t *value)
{
    if (value)
        json_object_set_new(live->meta, name, value);
}

/* The first row of an aside, as members of an object. */
static json_t *first_row(const Live *live, const char *file, Err *err)
{
    const Rows *rows = &live->reading.rows[query_of_file(file)];
    CLEANUP(row_free) Row row = {0};

    if (rows->count == 0 || !rows_get(rows, 0, &row, err))
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

static json_t *warnings_of(const Live *live, Err *err)
{
    const Rows *rows = &live->reading.rows[query_of_file("warnings.sql")];
    CLEANUP(row_free) Row row = {0};
    json_t *list = rows->count ? json_array() : NULL;

    for (size_t i = 0; i < rows->count && rows_get(rows, i, &row, err); i++)
        json_array_append_new(list, json_string(row_value(&row, "warning")));
    return list;
}

/* To those there are. */
static void warnings_add(Live *live, json_t *more)
{
    json_t *before = json_object_get(live->meta, "warnings");

    if (before && more)
        json_array_extend(before, more);
    else if (more)
        json_object_set(live->meta, "warnings", more);
    json_decref(more);
}

/* Which database it was. */
static bool meta_forget(Live *live, const Err *err)
{
    static const char *const members[] = {"database", "database_oid",      "owner",
                                          "role",     "system_identifier", NULL};

    for (const char *const *member = members; *member; member++)
        json_object_del(live->meta, *member);
    return err->code == EXIT_OK;
}

/* The versions of all migrations that the database knows of, ascending; NULL when it keeps no list
 * of them. */
static json_t *applied_of(const Live *live, Err *err)
{
    const int query = query_of_file("migrations.sql");
    const Rows *rows = &live->reading.rows[query];
    CLEANUP(row_free) Row row = {0};
    json_t *list = live->sent[query] ? json_array() : NULL;

    for (size_t i = rows->count; i > 0 && rows_get(rows, i - 1, &row, err); i--)
        json_array_append_new(list, json_string(row_value(&row, "version")));
    return list;
}

static bool meta_fill(Live *live, Err *err)
{
    long long partial =
        live_is_partial(live) ? jx_int(known_probe(live->known), "partial", 0) + 1 : 0;

    meta_set(live, "left_out", first_row(live, "left_out.sql", err));
    warnings_add(live, warnings_of(live, err));
    if (live->options->is_throwaway)
        return meta_forget(live, err);
    meta_set(live, "migration", first_row(live, "migrations.sql", err));
    meta_set(live, "applied", applied_of(live, err));
    const char *fingerprint =
        probe_rebase(&live->arena, live->fingerprint, live->base, live->look.snapshot);
    meta_set(live, "probe", look_probe(live, live->look.snapshot, fingerprint, partial));
    if (live->busy)
        json_object_set(live->meta, "busy", live->busy);
    return err->code == EXIT_OK;
}

enum { TRANSACTIONS_MAX = 256 };

/* The lineage is kept aside while the objects are written. */
typedef struct Document {
    Live *live;
    SnapshotWriter *writer;
    FILE *lineage;                          /* lines */
    int64_t transactions[TRANSACTIONS_MAX]; /* the newest that wrote what is here, ascending */
    size_t transaction_count;
    ShownBatch *shown;
    char buffer[FILE_BUFFER];
} Document;

static void transaction_add(Document *document, int64_t number)
{
    int64_t *list = document->transactions;
    size_t count = document->transaction_count, at = count;

    if (number <= 0 || (count == TRANSACTIONS_MAX && number < list[0]))
        return;
    while (at > 0 && list[at - 1] > number)
        at--;
    if (at > 0 && list[at - 1] == number)
        return;
    if (count == TRANSACTIONS_MAX) {
        memmove(list, list + 1, (at - 1) * sizeof *list);
        list[at - 1] = number;
        return;
    }
    memmove(list + at + 1, list + at, (count - at) * sizeof *list);
    list[at] = number;
    document->transaction_count++;
}

/* A line of the lineage; its transactions are those behind "xid": and second in [number,number]. */
static bool put_line(Document *document, const char *text, size_t length, Err *err)
{
    for (const char *at = text; at < text + length; at++) {
        if (*at == '"') /* over strings: ids may hold anything */
            for (at++; at < text + length && *at != '"'; at++)
                at += *at == '\\';
        else if (*at == ':' && at - text > 6 && memcmp(at - 6, ",\"xid\"", 6) == 0)
            transaction_add(document, strtoll(at + 1, NULL, 10));
        else if (*at == ',' && at[1] >= '0' && at[1] <= '9')
            transaction_add(document, strtoll(at + 1, NULL, 10));
    }
    if (fwrite(text, 1, length, document->lineage) != length ||
        putc('\n', document->lineage) == EOF)
        return err_errno(err, EXIT_IO, "cannot write a temporary file");
    return true;
}

/* Whether lines of objects that were not touched are copied; all others are read again. */
static bool is_copied(KindId kind)
{
    return kind == KIND_TABLE || kind == KIND_VIEW || kind == KIND_SEQUENCE;
}

/* Whether a line that would have had to wait for a lock is what it was: nothing was written of the
 * object, nor of any relation that is locked. Then its known line, else NULL. */
static const char *still_known(Live *live, KindId kind, const char *id, uint32_t oid,
                               const char *lineage, size_t *ret_length)
{
    const KnownObject *before = live_is_partial(live) ? known_find(live->known, kind, oid) : NULL;
    CLEANUP(arena_free) Arena arena = {0};

    /* The section of what is copied is being walked through. */
    if (!before || strcmp(before->lineage, lineage) != 0 || is_copied(kind))
        return NULL;
    for (const char **locked = db_array_items(&arena, live->locked); *locked; locked++)
        if (touched_has(live, (uint32_t)strtoul(*locked, NULL, 10)))
            return NULL;
    return known_line(live->known, kind, id, ret_length);
}

static bool put_new(Document *document, KindId kind, const Shown *shown, Err *err)
{
    Live *live = document->live;
    const char *text = shown->text.bytes;
    size_t length = shown->text.length;

    if (live->busy && strstr(text, "\"inexact\":[")) {
        size_t known = 0;
        const char *before =
            still_known(live, kind, shown->id, shown->oid, shown->lineage.bytes, &known);
        text = before ? before : text;
        length = before ? known : length;
    }
    return snapshot_writer_add(document->writer, kind, shown->id, text, length, err) &&
           (shown->lineage.length == 0 ||
            put_line(document, shown->lineage.bytes, shown->lineage.length, err));
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
static bool old_next(Live *live, OldSide *old, KindId kind, Err *err)
{
    while ((old->more = known_next(live->known, &old->id, &old->text, &old->length))) {
        const KnownObject *object = old_object(live, old, kind);
        if (!object)
            return err_set(err, EXIT_DATA, "'%s' has no lineage of '%s'", live->options->known,
                           old->id);
        if (!touched_has(live, object->oid))
            return true;
    }
    return known_is_sound(live->known, err);
}

static bool put_old(Document *document, OldSide *old, KindId kind, Err *err)
{
    const KnownObject *object = known_at(document->live->known, old->lineage);

    if (!snapshot_writer_add(document->writer, kind, old->id, old->text, old->length, err) ||
        !put_line(document, object->lineage, strlen(object->lineage), err))
        return false;
    return old_next(document->live, old, kind, err);
}

static bool put_kind(Document *document, KindId kind, Err *err)
{
    Live *live = document->live;
    bool mixed = live_is_partial(live) && is_copied(kind);
    OldSide old = {0};

    if (mixed) {
        while (old.lineage < known_count(live->known) &&
               known_at(live->known, old.lineage)->kind != kind)
            old.lineage++;
        if (!known_seek(live->known, kind))
            return err_set(err, EXIT_IO, "cannot read '%s' again", live->options->known);
        if (!old_next(live, &old, kind, err))
            return false;
    }
    for (size_t i = 0; i < object_count(&live->reading, kind); i++) {
        const Shown *shown = shown_at(document->shown, kind, i, err);
        if (!shown)
            return false;
        while (old.more && strcmp(old.id, shown->id) < 0)
            if (!put_old(document, &old, kind, err))
                return false;
        if (!put_new(document, kind, shown, err))
            return false;
    }
    while (old.more)
        if (!put_old(document, &old, kind, err))
            return false;
    return true;
}

/* The times of the newest transactions, where the server keeps them: into ret, NULL where it does
 * not.
 */
static bool times_read(Document *document, const char *ret[TRANSACTIONS_MAX], Err *err)
{
    Live *live = document->live;
    Db *db = lane_db(live->lane);
    CLEANUP(buffer_free) Buffer list = {0};
    size_t count = 0;
    int got = 0;

    if (!live->look.dated || document->transaction_count == 0)
        return true;
    for (size_t i = 0; i < document->transaction_count; i++) {
        buffer_char(&list, i ? ',' : '{');
        buffer_number(&list, (uint32_t)document->transactions[i]);
    }
    buffer_char(&list, '}');
    DbParameter parameter = {DB_PARAMETER_TEXTS, list.bytes};
    if (!db_queue(db, live_sql("times.sql"), &parameter, 1, err) || !db_flush(db, err))
        return false;
    for (; (got = db_row(db, err)) > 0; count++)
        if (count < document->transaction_count && db_value(db, 0))
            ret[count] = live_keep(live, db_value(db, 0));
    return got == 0 && db_finish(db, err);
}

static int compare_numbers(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

/* The migrations that the newest transactions were. */
static bool migrations_find(Document *document, const char *ret[TRANSACTIONS_MAX], Err *err)
{
    Live *live = document->live;
    const Rows *rows = &live->reading.rows[query_of_file("migrations.sql")];
    CLEANUP(row_free) Row row = {0};

    for (size_t i = 0; i < rows->count; i++) {
        if (!rows_get(rows, i, &row, err))
            return false;
        int64_t number = reading_transaction(&live->reading, rows, row_value(&row, "_age"));
        const int64_t *found = bsearch(&number, document->transactions, document->transaction_count,
                                       sizeof number, compare_numbers);
        const char *name = row_value(&row, "name");
        if (found)
            ret[found - document->transactions] =
                arena_printf(&live->arena, "%s%s%s", row_value(&row, "version"),
                             name && *name ? "_" : "", name ? name : "");
    }
    return true;
}

static bool put_members(Document *document, Err *err)
{
    const Rows *rows = &document->live->reading.rows[query_of_file("members.sql")];
    CLEANUP(row_free) Row row = {0};
    KindId kind = KIND_SCHEMA;

    for (size_t i = 0; i < rows->count; i++) {
        if (!rows_get(rows, i, &row, err))
            return false;
        const char *text = row_value(&row, "object"), *section = row_value(&row, "section");
        json_auto_t *object = jx_parse(text, strlen(text), "a member of an extension", err);
        if (!object)
            return false;
        json_object_set_new(object, "id", json_string(row_value(&row, "id")));
        if (!kind_by_section(section, strlen(section), &kind) ||
            !snapshot_writer_member(document->writer, row_value(&row, "extension"), kind, object,
                                    err))
            return false;
    }
    return true;
}

static bool put_transactions(Document *document, Err *err)
{
    const char *times[TRANSACTIONS_MAX] = {0}, *migrations[TRANSACTIONS_MAX] = {0};

    if (!times_read(document, times, err) || !migrations_find(document, migrations, err))
        return false;
    for (size_t i = 0; i < document->transaction_count; i++) {
        if (!times[i] && !migrations[i])
            continue;
        json_auto_t *line = json_pack("{s:s*, s:s*, s:I}", "migration", migrations[i], "time",
                                      times[i], "xid", (json_int_t)document->transactions[i]);
        CLEANUP(cleanup_free) char *text = jx_text(line);
        if (!text)
            return err_set(err, EXIT_SOFTWARE, "a transaction that is not JSON");
        if (!snapshot_writer_aside(document->writer, "transactions", text, strlen(text), err))
            return false;
    }
    return true;
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
    return feof(document->lineage) || err_errno(err, EXIT_IO, "cannot read a temporary file");
}

/* ---- the same after all ---- */

/* Identity is what tells that an object was made anew: its oid, the numbers of its columns, and
 * what its secrets are, of which nothing is known under another key. */
static bool is_same_identity(const json_t *old, const json_t *new, bool same_key)
{
    const json_t *before = json_object_get(old, "columns"),
                 *after = json_object_get(new, "columns");
    size_t index = 0;
    json_t *column = NULL;

    if (!live_is_same(old, new, "kind") || !live_is_same(old, new, "id") ||
        !live_is_same(old, new, "oid") || !live_is_same(old, new, "secrets") ||
        (!same_key && json_object_get(old, "secrets")) ||
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
    bool same_key = live_is_same(known_meta(live->known), live->meta, "secret_key");

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
           live_is_same(before, live->meta, "system_identifier") &&
           live_is_same(before, live->meta, "database_oid");
}

/* The catalogs moved, the schema did not: then what is known gets the new probe, and the short form
 * replaces what was written. The same schema in another database is told in full, for its lineage.
 */
static bool settle(Live *live, Document *document, FILE *out, LiveResult *ret, Err *err)
{
    if (!live->known || strcmp(known_hash(live->known), ret->hash) != 0 ||
        !is_same_database(live) ||
        !(live->choice.narrow || is_same_lineage(live, document->lineage)))
        return true;
    if (look_is_comparable(live))
        known_keep_probe(live->known, json_object_get(live->meta, "probe"));
    if (fflush(out) != 0 || ftruncate(fileno(out), 0) != 0 || fseek(out, 0, SEEK_SET) != 0)
        return err_errno(err, EXIT_IO, "cannot empty a temporary file");
    json_object_del(live->meta, "probe");
    return document_write_short(live, out, ret, err);
}

static void document_close(Document *document)
{
    snapshot_writer_close(&document->writer);
    if (document->lineage)
        fclose(document->lineage);
    shown_close(&document->shown);
}

bool document_write(Live *live, FILE *out, LiveResult *ret, Err *err)
{
    CLEANUP(document_close)
    Document document = {.live = live, .lineage = tmpfile(), .shown = shown_open(live)};

    if (!document.lineage)
        return err_errno(err, EXIT_IO, "cannot make a temporary file");
    file_set_buffer(document.lineage, document.buffer);
    if (!meta_fill(live, err))
        return false;
    document.writer = snapshot_writer_open(out, live->meta, err);
    if (!document.writer)
        return false;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (kind_of((KindId)kind)->parent == KIND_NONE && !put_kind(&document, (KindId)kind, err))
            return false;
    if (!put_members(&document, err))
        return false;
    bool is_known = live->options->is_throwaway ||
                    (put_transactions(&document, err) && put_lineage(&document, err));
    return is_known && snapshot_writer_finish(document.writer, ret->hash, err) &&
           settle(live, &document, out, ret, err);
}
