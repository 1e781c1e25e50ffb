#include "model/snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/text.h"
#include "json/jx.h"
#include "model/snapshot_parts.h"

bool snapshot_place(const char *section, size_t length, int *ret)
{
    static const struct {
        const char *section;
        int place;
    } asides[] = {{"members", PLACE_MEMBERS},
                  {"transactions", PLACE_TRANSACTIONS},
                  {"lineage", PLACE_LINEAGE}};
    KindId kind = KIND_SCHEMA;

    for (size_t i = 0; i < sizeof asides / sizeof *asides; i++) {
        if (strlen(asides[i].section) == length &&
            memcmp(asides[i].section, section, length) == 0) {
            *ret = asides[i].place;
            return true;
        }
    }
    if (!kind_by_section(section, length, &kind))
        return false;
    *ret = (int)kind;
    return true;
}

Digest *snapshot_kept_state(const SnapshotReader *reader, size_t length)
{
    size_t step =
        length / STATE_STEP < reader->state_count ? length / STATE_STEP : reader->state_count;
    size_t done = step * STATE_STEP;
    Digest *digest = step > 0 ? digest_copy(reader->states[step - 1]) : digest_open();

    digest_add(digest, reader->buffer + reader->hashed_from + done, length - done);
    return digest;
}

static bool refuse(const SnapshotReader *reader, Err *err, const char *what)
{
    return err_set(err, EXIT_DATA, "'%s':%lu: %s", reader->name, reader->number, what);
}

enum { PIECE = 64 * 1024 }; /* that is read at once */

/* Where the next line ends, read as far as that; NULL: the file does before it. */
static char *line_end(SnapshotReader *reader)
{
    size_t looked = 0;

    for (;;) {
        size_t left = reader->end - reader->next;
        char *start = reader->buffer + reader->next;
        char *end = left > looked ? memchr(start + looked, '\n', left - looked) : NULL;

        if (end || reader->is_kept || feof(reader->in) || ferror(reader->in))
            return end;
        looked = left;
        if (left)
            memmove(reader->buffer, start, left);
        reader->next = 0;
        if (reader->room < left + PIECE) {
            reader->room = left * 2 + PIECE;
            reader->buffer = arena_realloc_or_exit(reader->buffer, reader->room + 1);
        }
        reader->end = left + fread(reader->buffer + left, 1, reader->room - left, reader->in);
    }
}

/* Where the next line ends when it is the one that the leader has at hand; NULL: it is not, or is
 * not all there yet. */
static char *like_end(const SnapshotReader *reader)
{
    const SnapshotReader *leader = reader->leader;

    if (!leader || !leader->line || reader->end - reader->next <= leader->length)
        return NULL;
    char *start = reader->buffer + reader->next;
    return start[leader->length] == '\n' && memcmp(start, leader->line, leader->length) == 0
               ? start + leader->length
               : NULL;
}

/* Of a line that was not known before its end was found. */
static bool is_line_of_leader(const SnapshotReader *reader)
{
    const SnapshotReader *leader = reader->leader;

    return leader->line && leader->length == reader->length &&
           memcmp(leader->line, reader->line, reader->length) == 0;
}

/* The next line, newline cut off. A file that ends here was cut short. */
static bool line_read(SnapshotReader *reader, Err *err)
{
    char *end = like_end(reader);
    bool is_like = end != NULL;

    reader->like_number = 0;
    if (!end)
        end = line_end(reader);

    if (!end && ferror(reader->in))
        return err_errno(err, EXIT_IO, "cannot read '%s'", reader->name);
    if (!end && reader->number == 0 && reader->end == 0)
        return err_set(err, EXIT_DATA, "'%s' is empty, not a snapshot", reader->name);
    reader->line = reader->buffer + reader->next;
    reader->number++;
    if (!end) {
        if (!reader->is_kept)
            reader->buffer[reader->end] = '\0';
        return refuse(reader, err, "the snapshot is cut short here");
    }
    reader->length = (size_t)(end - reader->line);
    reader->next += reader->length + 1;
    if (reader->leader && (is_like || is_line_of_leader(reader)))
        reader->like_number = reader->leader->number;
    if (!is_like && memchr(reader->line, '\0', reader->length))
        return refuse(reader, err, "a NUL byte");
    if (!reader->is_kept)
        *end = '\0';
    return true;
}

static void held_flush(SnapshotReader *reader, Digest *digest)
{
    digest_add(digest, reader->held, reader->held_length);
    if (reader->holds_line) {
        reader->line[reader->length] = '\n';
        digest_add(digest, reader->line, reader->length + 1);
        reader->line[reader->length] = '\0';
    }
    reader->held_length = 0;
    reader->holds_line = false;
}

/* From here on it has a digest of its own: that of the leader, which may have passed the line that
 * both have at hand. */
static void part(SnapshotReader *reader)
{
    if (!reader->shares)
        return;
    digest_close(&reader->digest);
    reader->digest = digest_copy(reader->leader->digest);
    reader->shares = false;
    if (reader->holds_line && reader->leader->passed > reader->passed) {
        reader->held_length = 0;
        reader->holds_line = false;
        reader->passed++;
    }
}

/* Whether both have the same line at hand, read in step. */
static bool is_in_step(const SnapshotReader *reader)
{
    return reader->holds_line && reader->passed == reader->leader->passed &&
           snapshot_reader_is_same(reader);
}

/* Before the next line is read. */
static void line_pass(SnapshotReader *reader)
{
    if (!reader->holds_line)
        return;
    if (reader->follower && !is_in_step(reader->follower))
        part(reader->follower);
    if (reader->shares && reader->leader->passed == reader->passed)
        part(reader);
    if (reader->shares) { /* the leader passed the same line */
        reader->held_length = 0;
        reader->holds_line = false;
    } else {
        held_flush(reader, reader->digest);
    }
    reader->passed++;
}

/* The asides are no part of what the hash names. */
static void line_hash(SnapshotReader *reader, bool is_object)
{
    if (reader->place >= KIND_COUNT || reader->is_verified)
        return;
    if (reader->is_kept) { /* all at once: hash_kept */
        size_t from = (size_t)(reader->line - reader->buffer);
        if (reader->hashed_until == 0)
            reader->hashed_from = from;
        reader->hashed_until = from + reader->length + 1;
        return;
    }
    reader->holds_line = is_object;
    if (is_object)
        return;
    memcpy(reader->held + reader->held_length, reader->line, reader->length);
    reader->held_length += reader->length;
    reader->held[reader->held_length++] = '\n';
}

/* The first line is not ours: say what it is instead, as far as can be told. A document laid out
 * for eyes has its format in the second line. */
static bool head_refuse(SnapshotReader *reader, Err *err)
{
    json_error_t ignored = {0};
    Err at_end = {0};

    if (strcmp(reader->line, "{") == 0)
        line_read(reader, &at_end);
    char *brace = strstr(reader->line, "\"format\"");
    json_auto_t *value = json_loads(reader->line, JSON_DISABLE_EOF_CHECK, &ignored);
    const char *format = json_string_value(json_object_get(value, "format"));
    char other[64] = "";

    if (!format && brace && sscanf(brace, "\"format\" : \"%63[^\"]\"", other) == 1)
        format = other;
    if (format && strcmp(format, "snapshot/1") == 0)
        return err_set(err, EXIT_DATA,
                       "'%s' is a snapshot laid out anew by another program; give the original, "
                       "one object a line",
                       reader->name);
    if (format)
        return err_set(err, EXIT_DATA, "'%s' is a %.60s document, not a snapshot/1", reader->name,
                       format);
    return err_set(err, EXIT_DATA, "'%s' is not a snapshot (its first line is not %s)",
                   reader->name, SNAPSHOT_HEAD);
}

static bool head_read(SnapshotReader *reader, Err *err)
{
    static const char meta[] = "\"meta\":";

    Err first = {0};
    bool whole = line_read(reader, &first);
    if (!whole &&
        (reader->number == 0 || strncmp(reader->line, SNAPSHOT_HEAD, strlen(reader->line)) == 0)) {
        *err = first;
        return false;
    }
    if (strcmp(reader->line, SNAPSHOT_HEAD) != 0)
        return head_refuse(reader, err);
    if (!line_read(reader, err))
        return false;
    if (strncmp(reader->line, meta, sizeof meta - 1) != 0 ||
        reader->line[reader->length - 1] != ',')
        return refuse(reader, err, "\"meta\" is expected here");
    reader->meta = json_loadb(reader->line + sizeof meta - 1, reader->length - sizeof meta,
                              JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(reader->meta))
        return refuse(reader, err, "\"meta\" is not an object");
    reader->is_short = jx_bool(reader->meta, "unchanged");
    return true;
}

SnapshotReader *snapshot_reader_open(FILE *in, const char *name, Err *err)
{
    CLEANUP(snapshot_reader_close)
    SnapshotReader *reader = arena_realloc_or_exit(NULL, sizeof *reader);

    *reader = (SnapshotReader){.in = in,
                               .name = name,
                               .buffer = arena_realloc_or_exit(NULL, PIECE + 1),
                               .room = PIECE,
                               .digest = digest_open(),
                               .place = KIND_NONE,
                               .last_place = KIND_NONE};
    if (!head_read(reader, err))
        return NULL;
    reader->start = ftello(in);
    if (reader->start >= 0)
        reader->start -= (off_t)(reader->end - reader->next);
    reader->start_number = reader->number;
    SnapshotReader *opened = reader;
    reader = NULL;
    return opened;
}

void snapshot_reader_close(SnapshotReader **reader)
{
    if (!*reader)
        return;
    if ((*reader)->follower) {
        part((*reader)->follower);
        (*reader)->follower->leader = NULL;
        (*reader)->follower->like_number = 0;
    }
    if ((*reader)->leader)
        (*reader)->leader->follower = NULL;
    digest_close(&(*reader)->digest);
    for (size_t i = 0; i < (*reader)->state_count; i++)
        digest_close(&(*reader)->states[i]);
    free((*reader)->states);
    json_decref((*reader)->meta);
    free((*reader)->buffer);
    free(*reader);
    *reader = NULL;
}

const char *snapshot_reader_name(const SnapshotReader *reader)
{
    return reader->name;
}

const json_t *snapshot_reader_meta(const SnapshotReader *reader)
{
    return reader->meta;
}

bool snapshot_reader_is_short(const SnapshotReader *reader)
{
    return reader->is_short;
}

const char *snapshot_reader_hash(const SnapshotReader *reader)
{
    return reader->hash;
}

void snapshot_reader_with_asides(SnapshotReader *reader)
{
    reader->with_asides = true;
}

void snapshot_reader_with_members(SnapshotReader *reader)
{
    reader->with_members = true;
}

void snapshot_reader_beside(SnapshotReader *reader, SnapshotReader *leader)
{
    reader->leader = leader;
    reader->shares = true;
    leader->follower = reader;
}

bool snapshot_reader_is_same(const SnapshotReader *reader)
{
    return reader->like_number != 0 && reader->like_number == reader->leader->number &&
           reader->place == reader->leader->place;
}

bool snapshot_reader_keep(SnapshotReader *reader, Err *err)
{
    struct stat status;

    if (reader->start < 0 || fstat(fileno(reader->in), &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_size <= reader->start || fseeko(reader->in, reader->start, SEEK_SET) != 0)
        return err_set(err, EXIT_IO, "cannot read '%s' at once", reader->name);
    free(reader->buffer);
    reader->room = (size_t)(status.st_size - reader->start);
    reader->buffer = arena_realloc_or_exit(NULL, reader->room);
    reader->end = fread(reader->buffer, 1, reader->room, reader->in);
    reader->next = 0;
    reader->line = NULL;
    reader->is_kept = true;
    return !ferror(reader->in) || err_errno(err, EXIT_IO, "cannot read '%s'", reader->name);
}

/* The hash of what is kept, and its states on the way. */
static void hash_kept(SnapshotReader *reader)
{
    size_t length = reader->hashed_until - reader->hashed_from;

    reader->states =
        arena_realloc_or_exit(NULL, (length / STATE_STEP + 1) * sizeof *reader->states);
    for (size_t done = 0; done < length; done += STATE_STEP) {
        size_t step = length - done < STATE_STEP ? length - done : STATE_STEP;
        digest_add(reader->digest, reader->buffer + reader->hashed_from + done, step);
        if (step == STATE_STEP)
            reader->states[reader->state_count++] = digest_copy(reader->digest);
    }
}

bool snapshot_reader_again(SnapshotReader *reader, Err *err)
{
    if (reader->is_kept)
        return err_set(err, EXIT_SOFTWARE, "'%s' is kept, and its lines are", reader->name);
    if (reader->start < 0 || fseeko(reader->in, reader->start, SEEK_SET) != 0)
        return err_set(err, EXIT_IO, "cannot read '%s' again", reader->name);
    if (reader->follower)
        part(reader->follower);
    digest_close(&reader->digest);
    reader->digest = digest_open();
    reader->shares = reader->holds_line = false;
    reader->held_length = 0;
    reader->passed = 0;
    reader->line = NULL;
    reader->next = reader->end = 0;
    reader->number = reader->start_number;
    reader->place = reader->last_place = KIND_NONE;
    reader->ended = false;
    return true;
}

/* "hash":"sha256:<64>"} and nothing behind it. */
static bool tail_read(SnapshotReader *reader, Err *err)
{
    char hex[DIGEST_HEX_SIZE];
    const char *text = reader->line + sizeof SNAPSHOT_TAIL - 1;

    if (reader->length != sizeof SNAPSHOT_TAIL - 1 + 64 + 2 ||
        strspn(text, "0123456789abcdef") != 64 || memcmp(text + 64, "\"}", 2) != 0)
        return refuse(reader, err, "the hash is not of the form sha256:<64 digits>");
    if (reader->is_kept)
        hash_kept(reader);
    if (!reader->is_verified) {
        CLEANUP(digest_close)
        Digest *digest = digest_copy(reader->shares ? reader->leader->digest : reader->digest);
        held_flush(reader, digest);
        digest_end_hex(digest, hex);
    }
    if (!reader->is_verified && !reader->is_short && memcmp(hex, text, 64) != 0)
        return err_set(err, EXIT_DATA,
                       "'%s': the hash does not agree: the snapshot was altered or cut",
                       reader->name);
    reader->is_verified = true;
    snprintf(reader->hash, sizeof reader->hash, "sha256:%.64s", text);
    if (reader->next < reader->end || (!reader->is_kept && getc(reader->in) != EOF))
        return refuse(reader, err, "something stands behind the end of the snapshot");
    reader->ended = true;
    return true;
}

static bool section_start(SnapshotReader *reader, Err *err)
{
    const char *line = reader->line;
    int place = 0;

    if (reader->length < 5 || line[0] != '"' || memcmp(line + reader->length - 3, "\":[", 3) != 0)
        return refuse(reader, err, "a section is expected here");
    if (!snapshot_place(line + 1, reader->length - 4, &place))
        return refuse(reader, err, "a section this version does not know");
    if (reader->is_short)
        return refuse(reader, err, "a section in the short form, which has none");
    if (place <= reader->last_place)
        return refuse(reader, err, "a section twice or out of order");
    reader->place = reader->last_place = place;
    line_hash(reader, false);
    reader->before_first = true;
    return true;
}

static bool object_check(SnapshotReader *reader, SnapshotLine *line, Err *err)
{
    reader->comma = reader->length > 1 && reader->line[reader->length - 1] == ',';
    line->part = reader->place == PLACE_MEMBERS        ? SNAPSHOT_MEMBER
                 : reader->place == PLACE_TRANSACTIONS ? SNAPSHOT_TRANSACTION
                 : reader->place == PLACE_LINEAGE      ? SNAPSHOT_LINEAGE
                                                       : SNAPSHOT_OBJECT;
    line->kind = line->part == SNAPSHOT_OBJECT ? (KindId)reader->place : KIND_COUNT;
    line->name = reader->name;
    line->number = reader->number;
    line->text = reader->line;
    line->length = reader->length - reader->comma;
    if (line->length < 2 || line->text[0] != '{' || line->text[line->length - 1] != '}')
        return refuse(reader, err, "an object is expected here");
    line_hash(reader, true);
    reader->before_first = false;
    return true;
}

int snapshot_reader_next(SnapshotReader *reader, SnapshotLine *ret, Err *err)
{
    line_pass(reader);
    while (!reader->ended) {
        if (!line_read(reader, err))
            return -1;
        if (reader->place != KIND_NONE && reader->length == 2 &&
            memcmp(reader->line, "],", 2) == 0) {
            if (reader->before_first || reader->comma)
                return refuse(reader, err, "an object is missing before this end") ? 0 : -1;
            line_hash(reader, false);
            reader->place = KIND_NONE;
        } else if (reader->place != KIND_NONE) {
            if (!reader->before_first && !reader->comma)
                return refuse(reader, err, "a comma is missing before this object") ? 0 : -1;
            if (!object_check(reader, ret, err))
                return -1;
            if (ret->part == SNAPSHOT_OBJECT ||
                (ret->part == SNAPSHOT_MEMBER ? reader->with_members : reader->with_asides))
                return 1;
        } else if (strncmp(reader->line, SNAPSHOT_TAIL, sizeof SNAPSHOT_TAIL - 1) == 0) {
            if (!tail_read(reader, err))
                return -1;
        } else if (!section_start(reader, err)) {
            return -1;
        }
    }
    return 0;
}

/* ---- the whole document ---- */

static bool load_line(json_t *doc, const SnapshotLine *line, const char *name, char **last_id,
                      Err *err)
{
    const char *section = kind_of(line->kind)->member;
    json_t *array = json_object_get(doc, section);
    json_t *object = snapshot_line_parse(line, name, err);
    const char *id = json_string_value(json_object_get(object, "id"));

    if (!object)
        return false;
    if (!id) {
        json_decref(object);
        return err_set(err, EXIT_DATA, "'%s':%lu: a %s without an id", name, line->number,
                       kind_of(line->kind)->name);
    }
    if (!array) {
        array = json_array();
        json_object_set_new(doc, section, array);
    } else if (strcmp(*last_id, id) >= 0) {
        err_set(err, EXIT_DATA, "'%s':%lu: %s '%s' stands after '%s'", name, line->number,
                kind_of(line->kind)->name, id, *last_id);
        json_decref(object);
        return false;
    }
    size_t size = strlen(id) + 1;
    *last_id = memcpy(arena_realloc_or_exit(*last_id, size), id, size);
    return jx_append(array, object, err);
}

json_t *snapshot_load(FILE *in, const char *name, Err *err)
{
    CLEANUP(snapshot_reader_close) SnapshotReader *reader = snapshot_reader_open(in, name, err);
    CLEANUP(cleanup_free) char *last_id = NULL;
    SnapshotLine line = {0};
    int got = 0;

    if (!reader)
        return NULL;
    if (reader->is_short) {
        err_set(err, EXIT_DATA, "'%s' is the short form of an unchanged schema: no objects in it",
                name);
        return NULL;
    }
    json_auto_t *doc = json_pack("{s:s, s:O}", "format", "snapshot/1", "meta", reader->meta);
    while ((got = snapshot_reader_next(reader, &line, err)) > 0)
        if (!load_line(doc, &line, name, &last_id, err))
            return NULL;
    if (got < 0 || !jx_set(doc, "hash", json_string(reader->hash), err))
        return NULL;
    return json_incref(doc);
}

bool snapshot_peek_hash(const char *path, char ret_hash[SNAPSHOT_HASH_SIZE], Err *err)
{
    enum { TAIL = sizeof SNAPSHOT_TAIL - 1 + 64 + 3 };
    FILE *in = fopen(path, "re");
    char text[TAIL + 1] = "";
    bool ok = false;

    if (!in)
        return err_errno(err, EXIT_DATA, "cannot open '%s'", path);
    if (fseek(in, -(long)TAIL, SEEK_END) == 0 && fread(text, 1, TAIL, in) == TAIL &&
        memcmp(text, SNAPSHOT_TAIL, sizeof SNAPSHOT_TAIL - 1) == 0 &&
        strspn(text + sizeof SNAPSHOT_TAIL - 1, "0123456789abcdef") == 64 &&
        strcmp(text + TAIL - 3, "\"}\n") == 0) {
        snprintf(ret_hash, SNAPSHOT_HASH_SIZE, "sha256:%.64s", text + sizeof SNAPSHOT_TAIL - 1);
        ok = true;
    }
    fclose(in);
    return ok || err_set(err, EXIT_DATA, "'%s' is not a whole snapshot", path);
}
