#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "json/jx.h"
#include "model/pieces.h"
#include "model/snapshot_parts.h"

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
    put_unhashed(writer, SNAPSHOT_HEAD, sizeof SNAPSHOT_HEAD - 1);
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

    if (!snapshot_place(section, strlen(section), &place) || place < KIND_COUNT ||
        place < writer->place)
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
    writer->digest = snapshot_kept_state(old, shared);
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
    put_unhashed(writer, SNAPSHOT_TAIL, sizeof SNAPSHOT_TAIL - 1);
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
