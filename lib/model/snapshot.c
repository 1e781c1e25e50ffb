#include "model/snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/digest.h"
#include "json/jx.h"

static const char head[] = "{\"format\":\"snapshot/1\",";
static const char tail_start[] = "\"hash\":\"sha256:";

/* A section's place in the document: the KindId of its objects, and behind them the asides. */
enum { PLACE_MEMBERS = KIND_COUNT, PLACE_TRANSACTIONS, PLACE_LINEAGE };

static bool place_of(const char *section, size_t length, int *ret)
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

/* ---- writing ---- */

struct SnapshotWriter {
    FILE *out;
    Digest *digest;
    int place; /* of the open section, or KIND_NONE */
    char *last_id;
    int error; /* errno of the first write that failed */
    KindChoice choice;
};

/* To the stream and, but for the asides, to the hash. */
static void put(SnapshotWriter *writer, const char *text, size_t length)
{
    if (fwrite(text, 1, length, writer->out) != length && !writer->error)
        writer->error = errno;
    if (writer->place < KIND_COUNT)
        digest_add(writer->digest, text, length);
}

void snapshot_choice(const json_t *meta, KindChoice *ret)
{
    size_t index = 0;
    json_t *name = NULL;

    *ret = (KindChoice){0};
    json_array_foreach(json_object_get(meta, "kinds"), index, name)
    {
        if (json_is_string(name))
            kind_choose(ret, json_string_value(name), json_string_length(name));
    }
}

SnapshotWriter *snapshot_writer_open(FILE *out, const json_t *meta, Err *err)
{
    CLEANUP(cleanup_free) char *text = jx_text(meta);

    if (!text) {
        err_set(err, EXIT_SOFTWARE, "the snapshot's meta is not JSON");
        return NULL;
    }
    SnapshotWriter *writer = arena_realloc_or_exit(NULL, sizeof *writer);
    *writer = (SnapshotWriter){.out = out, .digest = digest_open(), .place = KIND_NONE};
    snapshot_choice(meta, &writer->choice);
    fprintf(out, "%s\n\"meta\":%s,\n", head, text);
    return writer;
}

static void section_end(SnapshotWriter *writer)
{
    if (writer->place != KIND_NONE)
        put(writer, "\n],\n", 4);
}

/* What comes before the next line: of the section at hand, or of one that begins with it. */
static void line_start(SnapshotWriter *writer, const char *section, int place)
{
    if (place == writer->place) {
        put(writer, ",\n", 2);
        return;
    }
    section_end(writer);
    writer->place = place;
    put(writer, "\"", 1);
    put(writer, section, strlen(section));
    put(writer, "\":[\n", 4);
}

bool snapshot_writer_add(SnapshotWriter *writer, KindId kind, const char *id, const char *text,
                         size_t length, Err *err)
{
    const Kind *row = kind_of(kind);

    if (row->parent != KIND_NONE || (int)kind < writer->place)
        return err_set(err, EXIT_SOFTWARE, "%s '%s' is written out of order", row->name, id);
    if ((int)kind == writer->place && strcmp(writer->last_id, id) >= 0)
        return err_set(err, EXIT_SOFTWARE, "%s '%s' is written after '%s'", row->name, id,
                       writer->last_id);
    if (!kind_is_chosen(&writer->choice, kind))
        return true;
    line_start(writer, row->member, (int)kind);
    put(writer, text, length);
    size_t size = strlen(id) + 1;
    writer->last_id = memcpy(arena_realloc_or_exit(writer->last_id, size), id, size);
    return true;
}

static bool is_absent(const json_t *value)
{
    return json_is_null(value) || json_is_false(value) ||
           (json_is_array(value) && json_array_size(value) == 0);
}

static void drop_unchosen(const KindChoice *choice, KindId kind, json_t *object)
{
    for (int id = 0; choice->narrow && id < KIND_COUNT; id++)
        if (kind_of((KindId)id)->parent == (int)kind && !kind_is_chosen(choice, (KindId)id))
            json_object_del(object, kind_of((KindId)id)->member);
}

static void drop_absent(json_t *value)
{
    const char *key = NULL;
    json_t *item = NULL;
    void *next = NULL;
    size_t index = 0;

    if (json_is_array(value)) {
        json_array_foreach(value, index, item)
        {
            drop_absent(item);
        }
    }
    json_object_foreach_safe(value, next, key, item)
    {
        /* The keys of a member that is an object are names: that of a role in "member_of". */
        if (is_absent(item))
            json_object_del(value, key);
        else if (json_is_array(item))
            drop_absent(item);
    }
}

bool snapshot_writer_add_json(SnapshotWriter *writer, KindId kind, json_t *object, Err *err)
{
    const char *id = json_string_value(json_object_get(object, "id"));

    drop_unchosen(&writer->choice, kind, object);
    drop_absent(object);
    CLEANUP(cleanup_free) char *text = jx_text(object);
    if (!id || !text)
        return err_set(err, EXIT_SOFTWARE, "a %s without an id", kind_of(kind)->name);
    return snapshot_writer_add(writer, kind, id, text, strlen(text), err);
}

bool snapshot_writer_aside(SnapshotWriter *writer, const char *section, const char *text,
                           size_t length, Err *err)
{
    int place = 0;

    if (!place_of(section, strlen(section), &place) || place < KIND_COUNT || place < writer->place)
        return err_set(err, EXIT_SOFTWARE, "a line of '%s' is written out of order", section);
    line_start(writer, section, place);
    put(writer, text, length);
    return true;
}

bool snapshot_writer_member(SnapshotWriter *writer, const char *extension, KindId kind,
                            json_t *object, Err *err)
{
    if (!kind_is_chosen(&writer->choice, kind))
        return true;
    drop_unchosen(&writer->choice, kind, object);
    drop_absent(object);
    json_auto_t *line = json_pack("{s:s, s:O, s:s}", "extension", extension, "object", object,
                                  "section", kind_of(kind)->member);
    CLEANUP(cleanup_free) char *text = jx_text(line);

    if (!text)
        return err_set(err, EXIT_SOFTWARE, "a member of '%s' that is not JSON", extension);
    return snapshot_writer_aside(writer, "members", text, strlen(text), err);
}

bool snapshot_writer_finish(SnapshotWriter *writer, char ret_hash[SNAPSHOT_HASH_SIZE], Err *err)
{
    char hex[DIGEST_HEX_SIZE];

    section_end(writer);
    digest_end_hex(writer->digest, hex);
    fprintf(writer->out, "%s%s\"}\n", tail_start, hex);
    if (ret_hash)
        snprintf(ret_hash, SNAPSHOT_HASH_SIZE, "sha256:%s", hex);
    bool flushed = fflush(writer->out) == 0;
    errno = writer->error ? writer->error : errno;
    if (writer->error || !flushed || ferror(writer->out))
        return err_errno(err, EXIT_IO, "cannot write the snapshot");
    return true;
}

void snapshot_writer_close(SnapshotWriter **writer)
{
    if (!*writer)
        return;
    digest_close(&(*writer)->digest);
    free((*writer)->last_id);
    free(*writer);
    *writer = NULL;
}

/* ---- reading ---- */

struct SnapshotReader {
    FILE *in;
    const char *name;
    char *buffer; /* what was read of the file last, room bytes and a NUL */
    size_t room;
    size_t next;   /* in buffer: where the next line begins, ... */
    size_t end;    /* ... and what is behind all that was read */
    char *line;    /* the one at hand, in buffer */
    size_t length; /* without its newline */
    unsigned long number;
    json_t *meta;
    Digest *digest;
    int place; /* of the open section, or KIND_NONE */
    int last_place;
    bool with_asides;
    bool with_members;
    bool is_short;
    bool is_verified; /* its hash: read again, it need not be */
    bool ended;
    bool before_first; /* the open section has given no object yet */
    bool comma;        /* the last object said that another follows */
    off_t start;       /* where the objects begin, negative in a pipe */
    unsigned long start_number;
    char hash[SNAPSHOT_HASH_SIZE];
};

static bool refuse(const SnapshotReader *reader, Err *err, const char *what)
{
    return err_set(err, EXIT_DATA, "'%s':%lu: %s", reader->name, reader->number, what);
}

/* Where the next line ends, read as far as that; NULL: the file does before it. */
static char *line_end(SnapshotReader *reader)
{
    enum { PIECE = 64 * 1024 };
    size_t looked = 0;

    for (;;) {
        size_t left = reader->end - reader->next;
        char *start = reader->buffer + reader->next;
        char *end = left > looked ? memchr(start + looked, '\n', left - looked) : NULL;

        if (end || feof(reader->in) || ferror(reader->in))
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

/* The next line, newline cut off. A file that ends here was cut short. */
static bool line_read(SnapshotReader *reader, Err *err)
{
    char *end = line_end(reader);

    if (!end && ferror(reader->in))
        return err_errno(err, EXIT_IO, "cannot read '%s'", reader->name);
    if (!end && reader->number == 0 && reader->end == 0)
        return err_set(err, EXIT_DATA, "'%s' is empty, not a snapshot", reader->name);
    reader->line = reader->buffer + reader->next;
    reader->number++;
    if (!end) {
        reader->buffer[reader->end] = '\0';
        return refuse(reader, err, "the snapshot is cut short here");
    }
    reader->length = (size_t)(end - reader->line);
    reader->next += reader->length + 1;
    if (memchr(reader->line, '\0', reader->length))
        return refuse(reader, err, "a NUL byte");
    *end = '\0';
    return true;
}

/* The asides are no part of what the hash names. */
static void line_hash(SnapshotReader *reader)
{
    if (reader->place >= KIND_COUNT || reader->is_verified)
        return;
    digest_add(reader->digest, reader->line, reader->length);
    digest_add(reader->digest, "\n", 1);
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
                   reader->name, head);
}

static bool head_read(SnapshotReader *reader, Err *err)
{
    static const char meta[] = "\"meta\":";

    Err first = {0};
    bool whole = line_read(reader, &first);
    if (!whole && (reader->number == 0 || strncmp(reader->line, head, strlen(reader->line)) == 0)) {
        *err = first;
        return false;
    }
    if (strcmp(reader->line, head) != 0)
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
    digest_close(&(*reader)->digest);
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

bool snapshot_reader_again(SnapshotReader *reader, Err *err)
{
    if (reader->start < 0 || fseeko(reader->in, reader->start, SEEK_SET) != 0)
        return err_set(err, EXIT_IO, "cannot read '%s' again", reader->name);
    digest_close(&reader->digest);
    reader->digest = digest_open();
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
    const char *text = reader->line + sizeof tail_start - 1;

    if (reader->length != sizeof tail_start - 1 + 64 + 2 ||
        strspn(text, "0123456789abcdef") != 64 || strcmp(text + 64, "\"}") != 0)
        return refuse(reader, err, "the hash is not of the form sha256:<64 digits>");
    if (!reader->is_verified)
        digest_end_hex(reader->digest, hex);
    if (!reader->is_verified && !reader->is_short && memcmp(hex, text, 64) != 0)
        return err_set(err, EXIT_DATA,
                       "'%s': the hash does not agree: the snapshot was altered or cut",
                       reader->name);
    reader->is_verified = true;
    snprintf(reader->hash, sizeof reader->hash, "sha256:%.64s", text);
    if (reader->next < reader->end || getc(reader->in) != EOF)
        return refuse(reader, err, "something stands behind the end of the snapshot");
    reader->ended = true;
    return true;
}

static bool section_start(SnapshotReader *reader, Err *err)
{
    const char *line = reader->line;
    int place = 0;

    if (reader->length < 5 || line[0] != '"' || strcmp(line + reader->length - 3, "\":[") != 0)
        return refuse(reader, err, "a section is expected here");
    if (!place_of(line + 1, reader->length - 4, &place))
        return refuse(reader, err, "a section this version does not know");
    if (reader->is_short)
        return refuse(reader, err, "a section in the short form, which has none");
    if (place <= reader->last_place)
        return refuse(reader, err, "a section twice or out of order");
    reader->place = reader->last_place = place;
    line_hash(reader);
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
    line_hash(reader);
    reader->before_first = false;
    return true;
}

int snapshot_reader_next(SnapshotReader *reader, SnapshotLine *ret, Err *err)
{
    while (!reader->ended) {
        if (!line_read(reader, err))
            return -1;
        if (reader->place != KIND_NONE && strcmp(reader->line, "],") == 0) {
            if (reader->before_first || reader->comma)
                return refuse(reader, err, "an object is missing before this end") ? 0 : -1;
            line_hash(reader);
            reader->place = KIND_NONE;
        } else if (reader->place != KIND_NONE) {
            if (!reader->before_first && !reader->comma)
                return refuse(reader, err, "a comma is missing before this object") ? 0 : -1;
            if (!object_check(reader, ret, err))
                return -1;
            if (ret->part == SNAPSHOT_OBJECT ||
                (ret->part == SNAPSHOT_MEMBER ? reader->with_members : reader->with_asides))
                return 1;
        } else if (strncmp(reader->line, tail_start, sizeof tail_start - 1) == 0) {
            if (!tail_read(reader, err))
                return -1;
        } else if (!section_start(reader, err)) {
            return -1;
        }
    }
    return 0;
}

enum { KEY_MAX = 4 };

/* The quote that ends the string which starts at that one; the length where none does. */
static size_t string_end(const char *text, size_t start, size_t length)
{
    for (size_t i = start + 1; i < length; i++) {
        const char *quote = memchr(text + i, '"', length - i);
        if (!quote)
            return length;
        size_t escapes = 0;
        for (i = (size_t)(quote - text); text[i - 1 - escapes] == '\\'; escapes++)
            continue;
        if (escapes % 2 == 0)
            return i;
    }
    return length;
}

/* Those keys ("\"id\":\"") at the top level, found by skipping what is nested, without building a
 * value: the last character of each, or NULL. */
static void text_find(const SnapshotLine *line, const char *const *keys, int count,
                      const char *ret[KEY_MAX])
{
    const char *text = line->text;
    size_t length = line->length;
    int depth = 0, left = count;

    memset(ret, 0, KEY_MAX * sizeof *ret);
    for (size_t i = 0; i < length && left > 0; i++) {
        if (text[i] == '{' || text[i] == '[') {
            depth++;
        } else if (text[i] == '}' || text[i] == ']') {
            depth--;
        } else if (text[i] == '"') {
            for (int key = 0; depth == 1 && key < count; key++) {
                size_t size = strlen(keys[key]);
                if (ret[key] || length - i <= size || memcmp(text + i, keys[key], size) != 0)
                    continue;
                ret[key] = text + i + size - 1;
                left--;
            }
            i = string_end(text, i, length);
        }
    }
}

/* The string that starts there, unescaped, from malloc; NULL when there is none. */
static char *text_string(const SnapshotLine *line, const char *start)
{
    size_t left = start ? line->length - (size_t)(start - line->text) : 0, length = 1;

    if (!start)
        return NULL;
    while (length < left && start[length] != '"' && start[length] != '\\')
        length++;
    if (length < left && start[length] == '"') {
        char *plain = arena_realloc_or_exit(NULL, length);
        memcpy(plain, start + 1, length - 1);
        plain[length - 1] = '\0';
        return plain;
    }
    json_auto_t *value = json_loadb(start, left, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, NULL);
    const char *text = json_string_value(value);
    size_t size = text ? strlen(text) + 1 : 0;
    return text ? memcpy(arena_realloc_or_exit(NULL, size), text, size) : NULL;
}

/* What a line is about, for messages. */
static const char *line_what(const SnapshotLine *line)
{
    return line->part == SNAPSHOT_LINEAGE       ? "lineage"
           : line->part == SNAPSHOT_TRANSACTION ? "transaction"
                                                : kind_of(line->kind)->name;
}

static char *id_string(const SnapshotLine *line, const char *start, Err *err)
{
    char *id = text_string(line, start);

    if (!id)
        err_set(err, EXIT_DATA, "'%s':%lu: a %s without an id", line->name, line->number,
                line_what(line));
    return id;
}

static bool kind_string(const SnapshotLine *line, const char *start, KindId *ret, Err *err)
{
    CLEANUP(cleanup_free) char *name = text_string(line, start);

    if (!name || !kind_by_name(name, ret))
        return err_set(err, EXIT_DATA, "'%s':%lu: a %s of a kind this version does not know",
                       line->name, line->number, line_what(line));
    return true;
}

static const char id_key[] = "\"id\":\"", kind_key[] = "\"kind\":\"";

char *snapshot_line_id(const SnapshotLine *line, Err *err)
{
    const char *const keys[] = {id_key};
    const char *found[KEY_MAX];

    text_find(line, keys, 1, found);
    return id_string(line, found[0], err);
}

bool snapshot_line_kind(const SnapshotLine *line, KindId *ret, Err *err)
{
    const char *const keys[] = {kind_key};
    const char *found[KEY_MAX];

    if (line->part == SNAPSHOT_OBJECT) {
        *ret = line->kind;
        return true;
    }
    text_find(line, keys, 1, found);
    return kind_string(line, found[0], ret, err);
}

bool snapshot_line_lineage(const SnapshotLine *line, SnapshotLineage *ret, Err *err)
{
    static const char *const keys[] = {id_key, kind_key, "\"oid\":", "\"stamp\":\""};
    const char *found[KEY_MAX];

    *ret = (SnapshotLineage){0};
    text_find(line, keys, KEY_MAX, found);
    if (!kind_string(line, found[1], &ret->kind, err))
        return false;
    ret->id = id_string(line, found[0], err);
    ret->oid = found[2] ? (uint32_t)strtoul(found[2] + 1, NULL, 10) : 0;
    ret->stamp = ret->id ? text_string(line, found[3]) : NULL;
    return ret->id;
}

json_t *snapshot_line_parse(const SnapshotLine *line, const char *name, Err *err)
{
    Err in_line = {0};
    json_t *object = jx_parse(line->text, line->length, name, &in_line);

    /* The place is that in the document, not in the line. */
    if (!object) {
        json_error_t error = {0};
        json_t *again = json_loadb(line->text, line->length, JSON_REJECT_DUPLICATES, &error);
        err_set(err, EXIT_DATA, "'%s':%lu:%d: %s", name, line->number, again ? 1 : error.column,
                again ? in_line.msg : error.text);
        json_decref(again);
    }
    return object;
}

const JxItem *snapshot_line_items(const SnapshotLine *line, JxItems *items, const char *name,
                                  Err *err)
{
    const JxItem *object = jx_items_parse(items, line->text, line->length);

    if (!object) {
        json_auto_t *again = snapshot_line_parse(line, name, err);

        if (again)
            err_set(err, EXIT_DATA, "'%s':%lu: not the JSON of a snapshot", name, line->number);
    }
    return object;
}

/* Where the value that starts there ends: at the comma or brace behind it. */
static size_t value_end(const char *text, size_t start, size_t length)
{
    int depth = 0;

    for (size_t i = start; i < length; i++) {
        if (text[i] == '"')
            i = string_end(text, i, length);
        else if (text[i] == '{' || text[i] == '[')
            depth++;
        else if (depth == 0 && (text[i] == ',' || text[i] == '}'))
            return i;
        else if (text[i] == '}' || text[i] == ']')
            depth--;
    }
    return length;
}

static bool is_one_of(const char *name, size_t length, const char *const *names)
{
    for (; *names; names++)
        if (strlen(*names) == length && memcmp(*names, name, length) == 0)
            return true;
    return false;
}

json_t *snapshot_line_parse_without(const SnapshotLine *line, const char *const *members,
                                    const char *name, Err *err)
{
    const char *text = line->text;
    CLEANUP(cleanup_free) char *rest = arena_realloc_or_exit(NULL, line->length + 1);
    size_t length = 0;
    bool all = true;

    for (size_t i = 0, next = 0; i + 1 < line->length; i = next) { /* at what is before a member */
        size_t end = text[i + 1] == '"' ? string_end(text, i + 1, line->length) : line->length;

        next = end < line->length ? value_end(text, end + 1, line->length) : line->length;
        if (end < line->length && is_one_of(text + i + 2, end - i - 2, members)) {
            all = false;
            continue;
        }
        memcpy(rest + length, text + i, next - i);
        rest[length] = length == 0 ? '{' : text[i];
        length += next - i;
    }
    if (all)
        return snapshot_line_parse(line, name, err);
    if (length == 0)
        rest[length++] = '{';
    rest[length++] = '}';
    const SnapshotLine shorter = {.name = line->name,
                                  .part = line->part,
                                  .kind = line->kind,
                                  .text = rest,
                                  .length = length,
                                  .number = line->number};

    Err at_another_place = {0};
    json_t *object = snapshot_line_parse(&shorter, name, &at_another_place);

    return object ? object : snapshot_line_parse(line, name, err);
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
    enum { TAIL = sizeof tail_start - 1 + 64 + 3 };
    FILE *in = fopen(path, "re");
    char text[TAIL + 1] = "";
    bool ok = false;

    if (!in)
        return err_errno(err, EXIT_DATA, "cannot open '%s'", path);
    if (fseek(in, -(long)TAIL, SEEK_END) == 0 && fread(text, 1, TAIL, in) == TAIL &&
        memcmp(text, tail_start, sizeof tail_start - 1) == 0 &&
        strspn(text + sizeof tail_start - 1, "0123456789abcdef") == 64 &&
        strcmp(text + TAIL - 3, "\"}\n") == 0) {
        snprintf(ret_hash, SNAPSHOT_HASH_SIZE, "sha256:%.64s", text + sizeof tail_start - 1);
        ok = true;
    }
    fclose(in);
    return ok || err_set(err, EXIT_DATA, "'%s' is not a whole snapshot", path);
}
