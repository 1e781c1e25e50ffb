/* The list of a set's backups: text in, text out; the file is somebody else's.
 *
 *     {"format":"backups/1","set":"types"}
 *     {"id","name","prev","reason"?,"run"?,"seq","sha256","size","time"}      a backup
 *     {"pin":ID,"prev","time","why"?}  {"prev","time","unpin":ID}             pinned, and no more
 *     {"dropped":N,"last","objects"?:[SHA-256],"prev"}                        a gap
 *     {"lost":N,"prev"}                                                       what was before
 *
 * Every line but the first carries in "prev" the SHA-256 of the line before it (without newline),
 * so that an altered or missing line shows. Pruning never alters a line: those it takes out become
 * a gap that keeps the hash its first one pointed at ("prev") and the hash of its last one
 * ("last"), which is what the next line's "prev" names. "objects" are the contents it took out
 * last: these, and no others, may be taken away. A "lost" line stands where a list was begun beside
 * N contents whose own list was gone: a finding for good. A line that cannot be read is kept as it
 * is, and reported. */
#ifndef BACKUP_MANIFEST_H
#define BACKUP_MANIFEST_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

typedef struct Manifest Manifest;

/* Never NULL, whatever the text; an empty text gives the empty list of that set. */
Manifest *manifest_parse(const char *text, size_t length, const char *set);
void manifest_close(Manifest **manifest);
/* The file's text, from malloc. */
char *manifest_text(const Manifest *manifest, size_t *ret_length);

/* The backups, oldest first, each with "pinned": why ("" when none was given) if it is; borrowed
 * members, a new array. */
json_t *manifest_entries(const Manifest *manifest, Err *err);
/* Adds a backup; "seq" and "prev" are set here. entry is taken over. */
bool manifest_add(Manifest *manifest, json_t *entry, Err *err);
/* Adds a pin (why may be NULL), or takes it off. */
bool manifest_pin(Manifest *manifest, const char *id, const char *time, const char *why, Err *err);
bool manifest_unpin(Manifest *manifest, const char *id, const char *time, Err *err);
/* Takes out the backups of these ids (array of strings) and the pins that mean nothing any more.
 * Their contents are what manifest_dropped names from then on, and those of earlier calls no more:
 * the caller has taken them away. */
bool manifest_drop(Manifest *manifest, const json_t *ids, Err *err);
/* {SHA-256:true} of the contents that were dropped and that no backup names; a new reference.
 * Adding one of them again takes it off for good. */
json_t *manifest_dropped(const Manifest *manifest, Err *err);
/* Says that so many contents have lost their list. */
bool manifest_mark_lost(Manifest *manifest, size_t contents, Err *err);
/* Appends {"what","line"?,"id"?} to findings for everything that is wrong with it. */
bool manifest_check(const Manifest *manifest, json_t *findings, Err *err);

/* ^[0-9a-f]{64}$ */
bool manifest_is_sha256(const char *text);

#endif
