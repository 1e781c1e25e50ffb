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

/* The lineage is kept aside while the objects are written: where all is read, in a file, else as
 * lines that are mostly those of the known document. */
typedef struct Document {
    Live *live;
    SnapshotWriter *writer;
    FILE *lineage; /* lines; NULL: */
    KnownLine *lines;
    size_t line_count, line_room;
    KnownLine line; /* that lineage_next gave last */
    size_t next;    /* the one that it gives next */
    char *text;     /* from getline */
    size_t text_room;
    bool tells_transactions;                /* there may be times or migrations of them */
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

/* The transactions of a line of the lineage: those behind "xid": and second in [number,number]. */
static void transactions_add(Document *document, const char *text, size_t length)
{
    /* Most are the same as the one before. */
    const char *last = text;
    size_t last_length = 0;

    for (const char *at = text, *end = text + length; at < end; at++) {
        if (*at == '"') { /* over strings: ids may hold anything */
            for (at++; at < end && *at != '"'; at++)
                at += *at == '\\';
            continue;
        }
        bool is_own = *at == ':' && at - text > 6 && memcmp(at - 6, ",\"xid\"", 6) == 0;
        size_t left = (size_t)(end - at) - 1, length_of = 0;
        if (!is_own && (*at != ',' || left == 0 || at[1] == '['))
            continue;
        if (last_length > 0 && left > last_length && memcmp(at + 1, last, last_length) == 0 &&
            (at[1 + last_length] == ']' || at[1 + last_length] == '}')) {
            at += last_length;
            continue;
        }
        while (length_of < left && at[1 + length_of] >= '0' && at[1 + length_of] <= '9')
            length_of++;
        if (length_of == 0)
            continue;
        transaction_add(document, strtoll(at + 1, NULL, 10));
        last = at + 1;
        last_length = length_of;
        at += length_of;
    }
}

/* A line of the lineage; of the known document it is not copied. */
static bool put_line(Document *document, const char *text, size_t length, bool is_known, Err *err)
{
    if (document->tells_transactions)
        transactions_add(document, text, length);
    if (document->lineage)
        return (fwrite(text, 1, length, document->lineage) == length &&
                putc('\n', document->lineage) != EOF) ||
               err_errno(err, EXIT_IO, "cannot write a temporary file");
    if (document->line_count == document->line_room) {
        document->line_room = document->line_room * 2 + 256;
        document->lines =
            arena_realloc_or_exit(document->lines, document->line_room * sizeof *document->lines);
    }
    document->lines[document->line_count++] =
        (KnownLine){is_known ? text : arena_strndup(&document->live->arena, text, length), length};
    return true;
}

/* The lines of the lineage from the first one on. */
static bool lineage_begin(Document *document, Err *err)
{
    document->next = 0;
    if (document->lineage && (fflush(document->lineage) != 0 || ferror(document->lineage)))
        return err_errno(err, EXIT_IO, "cannot write a temporary file");
    if (document->lineage)
        rewind(document->lineage);
    return true;
}

/* NULL at their end. */
static const KnownLine *lineage_next(Document *document)
{
    if (!document->lineage)
        return document->next < document->line_count ? &document->lines[document->next++] : NULL;
    ssize_t length = getline(&document->text, &document->text_room, document->lineage);
    if (length <= 0)
        return NULL;
    document->line = (KnownLine){document->text, (size_t)length - 1};
    return &document->line;
}

/* Whether lines of objects that were not touched are copied; all others are read again. */
static bool is_copied(KindId kind)
{
    return kind == KIND_TABLE || kind == KIND_VIEW || kind == KIND_SEQUENCE;
}

static bool is_same_line(const KnownLine *line, const char *text, size_t length)
{
    return line->length == length && memcmp(line->text, text, length) == 0;
}

/* Whether a line that would have had to wait for a lock is what it was: nothing was written of the
 * object, nor of any relation that is locked. Then its known line, else NULL. */
static const KnownLine *still_known(Live *live, KindId kind, const Shown *shown)
{
    const KnownObject *before =
        live_is_partial(live) ? known_find(live->known, kind, shown->oid) : NULL;
    CLEANUP(arena_free) Arena arena = {0};

    /* What is copied is known to be what it was. */
    if (!before || is_copied(kind) ||
        !is_same_line(&before->lineage, shown->lineage.bytes, shown->lineage.length))
        return NULL;
    for (const char **locked = db_array_items(&arena, live->locked); *locked; locked++)
        if (touched_has(live, (uint32_t)strtoul(*locked, NULL, 10)))
            return NULL;
    return known_line(live->known, before);
}

static bool put_new(Document *document, KindId kind, const Shown *shown, Err *err)
{
    Live *live = document->live;
    KnownLine line = {shown->text.bytes, shown->text.length};

    if (live->busy && strstr(line.text, "\"inexact\":[")) {
        const KnownLine *before = still_known(live, kind, shown);
        line = before ? *before : line;
    }
    return snapshot_writer_add(document->writer, kind, shown->id, line.text, line.length, err) &&
           (shown->lineage.length == 0 ||
            put_line(document, shown->lineage.bytes, shown->lineage.length, false, err));
}

/* The known line of a relation that was not touched, while its id comes before the new one's. */
typedef struct OldSide {
    const KnownLine *line; /* NULL: there is none left */
    size_t left;           /* how many are behind it, or all before the first */
    size_t object;         /* index of the line's object, or of the first that may be it */
} OldSide;

static const KnownObject *old_object(const Live *live, const OldSide *old)
{
    return known_at(live->known, old->object);
}

static OldSide old_begin(const Live *live, KindId kind, const KnownLine **ret_next)
{
    OldSide old = {0};

    *ret_next = known_lines(live->known, kind, &old.left);
    while (old.object < known_count(live->known) && old_object(live, &old)->kind != kind)
        old.object++;
    return old;
}

/* To the next known line that still holds: next, or one behind it. */
static bool old_next(const Live *live, OldSide *old, const KnownLine *next, KindId kind, Err *err)
{
    for (old->line = NULL; old->left > 0; next++) {
        old->left--;
        while (old->object < known_count(live->known) &&
               !(old_object(live, old)->kind == kind && known_is_of(next, old_object(live, old))))
            old->object++;
        if (old->object == known_count(live->known))
            return err_set(err, EXIT_DATA, "'%s' has no lineage of a %s", live->options->known,
                           kind_of(kind)->name);
        if (!touched_has(live, old_object(live, old)->oid)) {
            old->line = next;
            return true;
        }
    }
    return true;
}

static bool put_old(Document *document, OldSide *old, KindId kind, Err *err)
{
    const KnownObject *object = old_object(document->live, old);

    return snapshot_writer_add(document->writer, kind, object->id, old->line->text,
                               old->line->length, err) &&
           put_line(document, object->lineage.text, object->lineage.length, true, err) &&
           old_next(document->live, old, old->line + 1, kind, err);
}

static bool put_kind(Document *document, KindId kind, Err *err)
{
    Live *live = document->live;
    OldSide old = {0};

    if (live_is_partial(live) && is_copied(kind)) {
        const KnownLine *first = NULL;
        old = old_begin(live, kind, &first);
        if (!old_next(live, &old, first, kind, err))
            return false;
    }
    for (size_t i = 0; i < object_count(&live->reading, kind); i++) {
        const Shown *shown = shown_at(document->shown, kind, i, err);
        if (!shown)
            return false;
        while (old.line && strcmp(old_object(live, &old)->id, shown->id) < 0)
            if (!put_old(document, &old, kind, err))
                return false;
        if (!put_new(document, kind, shown, err))
            return false;
    }
    while (old.line)
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
    const KnownLine *line = NULL;

    if (!lineage_begin(document, err))
        return false;
    while ((line = lineage_next(document)))
        if (!snapshot_writer_aside(document->writer, "lineage", line->text, line->length, err))
            return false;
    return !document->lineage || feof(document->lineage) ||
           err_errno(err, EXIT_IO, "cannot read a temporary file");
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
static bool is_same_lineage(Document *document)
{
    Live *live = document->live;
    const KnownLine *line = NULL;
    size_t index = 0;
    Err ignored = {0};
    bool same_key = live_is_same(known_meta(live->known), live->meta, "secret_key");

    if (!known_load(live->known) || !lineage_begin(document, &ignored))
        return false;
    for (; (line = lineage_next(document)); index++) {
        if (index >= known_count(live->known))
            return false;
        const KnownLine *before = &known_at(live->known, index)->lineage;
        if (same_key && is_same_line(before, line->text, line->length))
            continue;
        json_auto_t *old = jx_parse(before->text, before->length, "lineage", &ignored);
        json_auto_t *new = jx_parse(line->text, line->length, "lineage", &ignored);
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

/* Writes what is whole now; what was read in part was not yet, and goes where a whole document may
 * go at once. */
static bool deliver(Live *live, const Document *document, FILE *out, LiveResult *ret, Err *err)
{
    FILE *direct = live->options->direct;

    if (document->lineage)
        return true;
    if (direct)
        ret->delivered = json_incref(live->meta);
    return snapshot_writer_deliver(document->writer, direct ? direct : out, err);
}

/* The catalogs moved, the schema did not: then what is known gets the new probe, and the short form
 * replaces what was written. The same schema in another database is told in full, for its lineage.
 */
static bool settle(Live *live, Document *document, FILE *out, LiveResult *ret, Err *err)
{
    if (!live->known || strcmp(known_hash(live->known), ret->hash) != 0 ||
        !is_same_database(live) || !(live->choice.narrow || is_same_lineage(document)))
        return deliver(live, document, out, ret, err);
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
    free(document->lines);
    free(document->text);
    shown_close(&document->shown);
}

bool document_write(Live *live, FILE *out, LiveResult *ret, Err *err)
{
    CLEANUP(document_close)
    Document document = {.live = live, .shown = shown_open(live)};
    bool partial = live_is_partial(live);

    document.tells_transactions =
        live->look.dated || live->reading.rows[query_of_file("migrations.sql")].count > 0;
    if (!partial && !(document.lineage = tmpfile()))
        return err_errno(err, EXIT_IO, "cannot make a temporary file");
    if (document.lineage)
        file_set_buffer(document.lineage, document.buffer);
    if (!meta_fill(live, err))
        return false;
    document.writer = partial
                          ? snapshot_writer_open_beside(known_reader(live->known), live->meta, err)
                          : snapshot_writer_open(out, live->meta, err);
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
