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

typedef struct KnownObject {
    KindId kind;
    uint32_t oid;
    const char *id;
    const char *stamp;   /* "" when it has none */
    const char *lineage; /* its line */
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

/* Reads the document through, once, for its lineage. False when it is not whole: it is then of no
 * use. */
bool known_load(Known *known);
/* After known_load: whether a text of it has names that the server holds as numbers and knows no
 * dependency of: '{shop.item}'::regclass[]. */
bool known_has_names(const Known *known);
size_t known_count(const Known *known);
/* In the order of the document. */
const KnownObject *known_at(const Known *known, size_t index);
const KnownObject *known_find(const Known *known, KindId kind, uint32_t oid);
/* To the first line of the kind's section (after known_load), and on: false at its end. The text is
 * valid until the next call. */
bool known_seek(Known *known, KindId kind);
/* The line of that object, valid as above; NULL when there is none. */
const char *known_line(Known *known, KindId kind, const char *id, size_t *ret_length);
/* False with err filled when the document cannot be read further. */
bool known_is_sound(const Known *known, Err *err);
bool known_next(Known *known, const char **ret_id, const char **ret_text, size_t *ret_length);

#endif
