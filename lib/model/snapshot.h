/* snapshot/1: reading and writing, one object a line, never the whole document in memory.
 *
 *     {"format":"snapshot/1",
 *     "meta":{...},
 *     "schemas":[
 *     {...},
 *     {...}
 *     ],
 *     "tables":[
 *     ...
 *     ],
 *     "members":[
 *     ...
 *     ],
 *     "transactions":[
 *     ...
 *     ],
 *     "lineage":[
 *     ...
 *     ],
 *     "hash":"sha256:..."}
 *
 * Sections come in the order of model/kind.h; an empty one is left out. The three asides behind
 * them have the same layout and are optional. "hash" is the SHA-256 of the bytes from the first
 * section's line to the end of the "]," line of the last, newlines included: the schema, without
 * meta and asides. Inside an object members are sorted and a member that is null, false or an empty
 * array is left out. Ids ascend strictly by byte (checked by snapshot_load; a streaming reader
 * compares lines first and ids only where they differ). A document that was cut, altered or laid
 * out anew is refused. Rules: design.md section 3, man/snapshot.5.
 *
 * The short form of an unchanged schema has only format, meta (with "unchanged": true) and hash. */
#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "json/item.h"
#include "model/kind.h"

enum { SNAPSHOT_HASH_SIZE = 72 }; /* "sha256:", 64 digits, NUL */

typedef struct SnapshotReader SnapshotReader;

/* ---- writing ---- */
typedef struct SnapshotWriter SnapshotWriter;

/* What the document of that meta was asked to hold. */
void snapshot_choice(const json_t *meta, KindChoice *ret);
/* Writes the head. meta is borrowed; objects that its "kinds" do not ask for are left out from then
 * on, and by snapshot_writer_add_json what is nested in one so, too. */
SnapshotWriter *snapshot_writer_open(FILE *out, const json_t *meta, Err *err);
/* One object: canonical text (no newline) and its id. Kinds in table order, ids ascending within a
 * kind; otherwise EXIT_SOFTWARE. */
bool snapshot_writer_add(SnapshotWriter *writer, KindId kind, const char *id, const char *text,
                         size_t length, Err *err);
/* The same from a value: members that are null, false or an empty array are dropped, of the object
 * and of those nested in it. */
bool snapshot_writer_add_json(SnapshotWriter *writer, KindId kind, json_t *object, Err *err);
/* A member of an extension, in the aside "members", which comes first: what the section of its kind
 * would have of it, dropped as by snapshot_writer_add_json. */
bool snapshot_writer_member(SnapshotWriter *writer, const char *extension, KindId kind,
                            json_t *object, Err *err);
/* One line of another aside ("transactions", then "lineage"), behind all objects: canonical text,
 * in no hash. Its order within the aside is the caller's. EXIT_SOFTWARE when it comes out of place.
 */
bool snapshot_writer_aside(SnapshotWriter *writer, const char *section, const char *text,
                           size_t length, Err *err);
/* Writes the tail. ret_hash may be NULL. */
bool snapshot_writer_finish(SnapshotWriter *writer, char ret_hash[SNAPSHOT_HASH_SIZE], Err *err);
void snapshot_writer_close(SnapshotWriter **writer);
/* A document that will have most lines of an older one, whose reader keeps it, was read to its end
 * and outlives the writer: lines that are given as they stand there are not copied, and what both
 * begin with is not hashed again. It is written only when it is finished, by
 * snapshot_writer_deliver: EXIT_IO. */
SnapshotWriter *snapshot_writer_open_beside(SnapshotReader *old, const json_t *meta, Err *err);
bool snapshot_writer_deliver(const SnapshotWriter *writer, FILE *out, Err *err);

/* ---- reading, line by line ---- */

/* What a line is, in the order of the document. */
typedef enum SnapshotPart {
    SNAPSHOT_OBJECT,
    SNAPSHOT_MEMBER,      /* {"extension","object":{...},"section"} */
    SNAPSHOT_TRANSACTION, /* {"migration"?,"time"?,"xid"} */
    SNAPSHOT_LINEAGE      /* {"id","kind","oid","xid",...} */
} SnapshotPart;

typedef struct SnapshotLine {
    const char *name; /* of the document, for messages */
    SnapshotPart part;
    KindId kind;      /* of an object; otherwise not filled */
    const char *text; /* the line's canonical text without the comma; valid until the next call, and
                         with a NUL behind it or behind the comma, unless it is kept */
    size_t length;
    unsigned long number; /* of the line in the document */
} SnapshotLine;

/* Reads head and meta. name is for messages. in stays the caller's. */
SnapshotReader *snapshot_reader_open(FILE *in, const char *name, Err *err);
/* Borrowed, until close. */
const char *snapshot_reader_name(const SnapshotReader *reader);
const json_t *snapshot_reader_meta(const SnapshotReader *reader);
bool snapshot_reader_is_short(const SnapshotReader *reader);
/* From now on snapshot_reader_next gives the lines of transactions and lineage too, or those of
 * members, which it otherwise checks for their layout and passes over. */
void snapshot_reader_with_asides(SnapshotReader *reader);
void snapshot_reader_with_members(SnapshotReader *reader);
/* Before the first line of either: both are read in step, the leader one line ahead of the other's
 * reading, as long as they are alike. What both begin with is then hashed once, and lines of the
 * leader are known when they come. Either may be closed before the other. */
void snapshot_reader_beside(SnapshotReader *reader, SnapshotReader *leader);
/* Whether the line is known to be the one that the leader has at hand: same text and place. */
bool snapshot_reader_is_same(const SnapshotReader *reader);
/* Reads the rest of a regular file at once, and keeps it as it stands: from now on texts of lines
 * are valid until close, and end with a newline or with their comma, not with a NUL. EXIT_IO. */
bool snapshot_reader_keep(SnapshotReader *reader, Err *err);
/* 1: *ret filled; 0: the end, and the hash agreed (the first time: read again it is not looked at;
 * nor that of the short form); -1: err filled. */
int snapshot_reader_next(SnapshotReader *reader, SnapshotLine *ret, Err *err);
/* "sha256:..." of the whole document; only after the end was reached. */
const char *snapshot_reader_hash(const SnapshotReader *reader);
/* Back to the first object. EXIT_IO when in is a pipe. */
bool snapshot_reader_again(SnapshotReader *reader, Err *err);
void snapshot_reader_close(SnapshotReader **reader);

/* The id (member "id" of the top level) in a line's canonical text, unescaped, from malloc. */
char *snapshot_line_id(const SnapshotLine *line, Err *err);
/* The kind of the object that an object or lineage line is about. */
bool snapshot_line_kind(const SnapshotLine *line, KindId *ret, Err *err);

/* What a lineage line tells, all but the transactions. */
typedef struct SnapshotLineage {
    KindId kind;
    uint32_t oid;      /* 0 when it has none */
    const char *id;    /* both in the arena */
    const char *stamp; /* NULL when it has none */
    const char *named; /* "id":"..." in the line, as it stands in that of the object, too */
    size_t named_length;
} SnapshotLineage;

bool snapshot_line_lineage(const SnapshotLine *line, SnapshotLineage *ret, Arena *arena, Err *err);
/* The object as a value; of a member the whole line. */
json_t *snapshot_line_parse(const SnapshotLine *line, const char *name, Err *err);
/* The same as items (json/item.h), for readers that keep nothing of it. */
const JxItem *snapshot_line_items(const SnapshotLine *line, JxItems *items, const char *name,
                                  Err *err);

/* The object as snapshot_line_parse gives it without those members of its top level, NULL at their
 * end, which are not looked into. */
json_t *snapshot_line_parse_without(const SnapshotLine *line, const char *const *members,
                                    const char *name, Err *err);

/* ---- the whole document, for consumers that need it ---- */
/* {"format","meta","schemas":[...],...,"hash"}, asides left out; checked as by the reader. The
 * short form is EXIT_DATA here. */
json_t *snapshot_load(FILE *in, const char *name, Err *err);
/* Only the hash in the last line, without checking the rest: cheap. */
bool snapshot_peek_hash(const char *path, char ret_hash[SNAPSHOT_HASH_SIZE], Err *err);

#endif
