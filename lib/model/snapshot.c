#include "model/snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/text.h"
#include "json/jx.h"
#include "model/pieces.h"

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

/* A document under way, either way; one that is kept is what a writer may go on from. */
enum { STATE_STEP = 64 * 1024, HELD_MAX = 64 };

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
    bool is_kept; /* the buffer has all that is behind meta, and stays as it is */
    size_t hashed_from, hashed_until; /* of it: what the hash is of */
    Digest **states;                  /* after each STATE_STEP of those bytes */
    size_t state_count;
    /* What was read and is not in the digest yet: where sections end and begin, then a line. */
    char held[HELD_MAX];
    size_t held_length;
    bool holds_line;      /* the one at hand */
    unsigned long passed; /* objects that are in the digest */
    /* Of two that are read in step; the leader goes first. */
    SnapshotReader *leader, *follower;
    bool shares;               /* all that was passed is the leader's: so is the digest */
    unsigned long like_number; /* the line at hand is the leader's of that number; 0: of none */
};

/* The state of the hash after so many bytes of what it is of. */
static Digest *kept_state(const SnapshotReader *reader, size_t length)
{
    size_t step =
        length / STATE_STEP < reader->state_count ? length / STATE_STEP : reader->state_count;
    size_t done = step * STATE_STEP;
    Digest *digest = step > 0 ? digest_copy(reader->states[step - 1]) : digest_open();

    digest_add(digest, reader->buffer + reader->hashed_from + done, length - done);
    return digest;
}

/* ---- writing ---- */

struct SnapshotWriter {
    FILE *out; /* NULL: into pieces */
    Pieces *pieces;
    SnapshotReader *old; /* that they go on from */
    size_t from, until;  /* of pieces: what the hash is of; until is 0 before its end */
    Digest *digest;      /* of what was written to the stream */
    int place;           /* of the open section, or KIND_NONE */
    char *last_id;
    int error; /* errno of the first write that failed */
    KindChoice choice;
};

static void put_unhashed(SnapshotWriter *writer, const char *text, size_t length)
{
    if (writer->pieces)
        pieces_add(writer->pieces, text, length);
    else if (fwrite(text, 1, length, writer->out) != length && !writer->error)
        writer->error = errno;
}

/* To the document and, but for the asides, to the hash. */
static void put(SnapshotWriter *writer, const char *text, size_t length)
{
    put_unhashed(writer, text, length);
    if (!writer->pieces && writer->place < KIND_COUNT)
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

static SnapshotWriter *writer_open(FILE *out, SnapshotReader *old, const json_t *meta, Err *err)
{
    static const char before[] = "\n\"meta\":";
    CLEANUP(cleanup_free) char *text = jx_text(meta);

    if (!text) {
        err_set(err, EXIT_SOFTWARE, "the snapshot's meta is not JSON");
        return NULL;
    }
    SnapshotWriter *writer = arena_realloc_or_exit(NULL, sizeof *writer);
    *writer = (SnapshotWriter){.out = out, .old = old, .digest = digest_open(), .place = KIND_NONE};
    if (old)
        writer->pieces = pieces_open(old->buffer, old->end);
    snapshot_choice(meta, &writer->choice);
    put_unhashed(writer, head, sizeof head - 1);
    put_unhashed(writer, before, sizeof before - 1);
    put_unhashed(writer, text, strlen(text));
    put_unhashed(writer, ",\n", 2);
    writer->from = writer->pieces ? pieces_size(writer->pieces) : 0;
    return writer;
}

SnapshotWriter *snapshot_writer_open(FILE *out, const json_t *meta, Err *err)
{
    return writer_open(out, NULL, meta, err);
}

SnapshotWriter *snapshot_writer_open_beside(SnapshotReader *old, const json_t *meta, Err *err)
{
    return writer_open(NULL, old, meta, err);
}

static void section_end(SnapshotWriter *writer)
{
    if (writer->place != KIND_NONE)
        put(writer, "\n],\n", 4);
}

/* Before what is no schema any more. */
static void schema_end(SnapshotWriter *writer, int next)
{
    if (writer->pieces && writer->until == 0 && next >= KIND_COUNT)
        writer->until = pieces_size(writer->pieces);
}

/* What comes before the next line: of the section at hand, or of one that begins with it. */
static void line_start(SnapshotWriter *writer, const char *section, int place)
{
    if (place == writer->place) {
        put(writer, ",\n", 2);
        return;
    }
    section_end(writer);
    schema_end(writer, place);
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

/* Goes on from the state that the older one's hash had where they part. */
static void pieces_hash(SnapshotWriter *writer)
{
    const SnapshotReader *old = writer->old;
    size_t shared = pieces_shared(writer->pieces, writer->from, old->hashed_from);
    size_t size = writer->until - writer->from, known = old->hashed_until - old->hashed_from;

    shared = shared < size ? shared : size;
    shared = shared < known ? shared : known;
    digest_close(&writer->digest);
    writer->digest = kept_state(old, shared);
    pieces_digest(writer->pieces, writer->from + shared, writer->until, writer->digest);
}

bool snapshot_writer_finish(SnapshotWriter *writer, char ret_hash[SNAPSHOT_HASH_SIZE], Err *err)
{
    char hex[DIGEST_HEX_SIZE];

    section_end(writer);
    schema_end(writer, KIND_COUNT);
    if (writer->pieces)
        pieces_hash(writer);
    digest_end_hex(writer->digest, hex);
    put_unhashed(writer, tail_start, sizeof tail_start - 1);
    put_unhashed(writer, hex, strlen(hex));
    put_unhashed(writer, "\"}\n", 3);
    if (ret_hash)
        snprintf(ret_hash, SNAPSHOT_HASH_SIZE, "sha256:%s", hex);
    if (writer->pieces)
        return true;
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
    pieces_close(&(*writer)->pieces);
    free((*writer)->last_id);
    free(*writer);
    *writer = NULL;
}

bool snapshot_writer_deliver(const SnapshotWriter *writer, FILE *out, Err *err)
{
    return (pieces_write(writer->pieces, out) && fflush(out) == 0) ||
           err_errno(err, EXIT_IO, "cannot write the snapshot");
}

/* ---- reading ---- */

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
    char *start = reader->buffer + reader->next;

    return leader && leader->line && reader->end - reader->next > leader->length &&
                   start[leader->length] == '\n' && memcmp(start, leader->line, leader->length) == 0
               ? start + leader->length
               : NULL;
}

/* Of a line that was not known before its end was found. */
static bool is_line_of_leader(const SnapshotReader *reader)
{
    const SnapshotReader *leader = reader->leader;

    return leader && leader->line && leader->length == reader->length &&
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
    if (is_like || is_line_of_leader(reader))
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
    const char *text = reader->line + sizeof tail_start - 1;

    if (reader->length != sizeof tail_start - 1 + 64 + 2 ||
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
    if (!place_of(line + 1, reader->length - 4, &place))
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

/* How many of what is open are opened there, less those that are ended: compilers look at many
 * bytes at a time. */
static int depth_of(const char *text, size_t length)
{
    int depth = 0;

    for (size_t i = 0; i < length; i++)
        depth += ((text[i] | 0x20) == '{') - ((text[i] | 0x20) == '}');
    return depth;
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
        const char *quote = memchr(text + i, '"', length - i);
        if (!quote)
            return;
        depth += depth_of(text + i, (size_t)(quote - text) - i);
        i = (size_t)(quote - text);
        for (int key = 0; depth == 1 && key < count; key++) {
            size_t size = strlen(keys[key]);
            if (ret[key] || length - i <= size || memcmp(quote, keys[key], size) != 0)
                continue;
            ret[key] = quote + size - 1;
            left--;
        }
        i = string_end(text, i, length);
    }
}

/* How long the string is that starts there, when it has no escapes; 0: it has, or ends nowhere. */
static size_t bare_length(const SnapshotLine *line, const char *start)
{
    size_t left = line->length - (size_t)(start - line->text), length = 1;

    while (length < left && start[length] != '"' && start[length] != '\\')
        length++;
    return length < left && start[length] == '"' ? length : 0;
}

/* The string that starts there, with escapes. */
static json_t *text_value(const SnapshotLine *line, const char *start)
{
    size_t left = line->length - (size_t)(start - line->text);

    return json_loadb(start, left, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, NULL);
}

/* The string that starts there, unescaped, from malloc; NULL when there is none. */
static char *text_string(const SnapshotLine *line, const char *start)
{
    size_t bare = start ? bare_length(line, start) : 0;

    if (!start)
        return NULL;
    if (bare > 0) {
        char *plain = memcpy(arena_realloc_or_exit(NULL, bare), start + 1, bare - 1);
        plain[bare - 1] = '\0';
        return plain;
    }
    json_auto_t *value = text_value(line, start);
    const char *text = json_string_value(value);
    size_t size = text ? strlen(text) + 1 : 0;
    return text ? memcpy(arena_realloc_or_exit(NULL, size), text, size) : NULL;
}

/* The same in the arena. */
static const char *text_kept(const SnapshotLine *line, const char *start, Arena *arena)
{
    size_t bare = start ? bare_length(line, start) : 0;

    if (bare > 0)
        return arena_strndup(arena, start + 1, bare - 1);
    json_auto_t *value = start ? text_value(line, start) : NULL;
    return arena_strdup(arena, json_string_value(value));
}

/* What a line is about, for messages. */
static const char *line_what(const SnapshotLine *line)
{
    return line->part == SNAPSHOT_LINEAGE       ? "lineage"
           : line->part == SNAPSHOT_TRANSACTION ? "transaction"
                                                : kind_of(line->kind)->name;
}

static void refuse_id(const SnapshotLine *line, Err *err)
{
    err_set(err, EXIT_DATA, "'%s':%lu: a %s without an id", line->name, line->number,
            line_what(line));
}

static bool kind_string(const SnapshotLine *line, const char *start, KindId *ret, Err *err)
{
    char name[32]; /* longer than any kind's */
    size_t bare = start ? bare_length(line, start) : 0;
    bool fits = bare > 0 && bare <= sizeof name;
    CLEANUP(cleanup_free) char *other = fits ? NULL : text_string(line, start);

    if (fits) {
        memcpy(name, start + 1, bare - 1);
        name[bare - 1] = '\0';
    }
    if (!(fits || other) || !kind_by_name(fits ? name : other, ret))
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
    char *id = text_string(line, found[0]);
    if (!id)
        refuse_id(line, err);
    return id;
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

bool snapshot_line_lineage(const SnapshotLine *line, SnapshotLineage *ret, Arena *arena, Err *err)
{
    static const char *const keys[] = {id_key, kind_key, "\"oid\":", "\"stamp\":\""};
    const char *found[KEY_MAX];

    *ret = (SnapshotLineage){0};
    text_find(line, keys, KEY_MAX, found);
    if (!kind_string(line, found[1], &ret->kind, err))
        return false;
    ret->id = text_kept(line, found[0], arena);
    ret->oid = found[2] ? (uint32_t)strtoul(found[2] + 1, NULL, 10) : 0;
    ret->stamp = text_kept(line, found[3], arena);
    if (!ret->id) {
        refuse_id(line, err);
        return false;
    }
    ret->named = found[0] + 2 - sizeof id_key;
    ret->named_length = string_end(line->text, (size_t)(found[0] - line->text), line->length) + 1 -
                        (size_t)(ret->named - line->text);
    return true;
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
