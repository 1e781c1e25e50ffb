/* The document that was written the last time: what it was read from, so that nothing is read again
 * that has not changed, and the lines of what has not.
 *
 * Beside FILE, "FILE.probe" keeps the newest state of the catalogs for which FILE was found to hold
 * still (a fingerprint may move without any change of the schema): {"format":"probe/1","hash":...,
 * "probe":{...}}. Losing it costs time, nothing else. */
#ifndef SOURCE_KNOWN_H
#define SOURCE_KNOWN_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/snapshot.h"

/* A line of the document, without its comma: the document's, which is in memory. */
typedef struct KnownLine {
    const char *text;
    size_t length;
} KnownLine;

typedef struct KnownObject {
    KindId kind;
    uint32_t oid;
    const char *id;
    const char *stamp; /* "" when it has none */
    KnownLine lineage;
    KnownLine named; /* "id":"..." in that, as it stands in its line in the section, too */
} KnownObject;

typedef struct Known Known;

/* NULL when path is NULL or holds no whole snapshot: then there is nothing to go by. */
Known *known_open(const char *path);
void known_close(Known **known);

const char *known_hash(const Known *known);
const json_t *known_meta(const Known *known);
/* The newest probe: of FILE.probe when it belongs to FILE, else of the document's meta; NULL when
 * there is none. */
const json_t *known_probe(const Known *known);
/* Its fingerprint (source/probe.h), "" when there is none; known may be NULL. */
const char *known_fingerprint(const Known *known);
/* Keeps a newer one; failing does no harm. */
void known_keep_probe(const Known *known, const json_t *probe);

/* Reads the document through, once, for its lineage and its lines. False when it is not whole: it
 * is then of no use. */
bool known_load(Known *known);
/* After known_load: whether a text of it has names that the server holds as numbers and knows no
 * dependency of: '{shop.item}'::regclass[]. */
bool known_has_names(const Known *known);
size_t known_count(const Known *known);
/* In the order of the document. */
const KnownObject *known_at(const Known *known, size_t index);
const KnownObject *known_find(const Known *known, KindId kind, uint32_t oid);
/* After known_load, else NULL: what a new document can go on from, snapshot_writer_open_beside. */
SnapshotReader *known_reader(const Known *known);
/* The lines of the kind's section. */
const KnownLine *known_lines(const Known *known, KindId kind, size_t *ret_count);
/* Whether the line of the object's section is its own; and which is, NULL when none is. */
bool known_is_of(const KnownLine *line, const KnownObject *object);
const KnownLine *known_line(const Known *known, const KnownObject *object);

#endif
