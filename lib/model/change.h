/* changes/1: what differs between two snapshots. Written by schema-diff, read by everyone else.
 *
 *     {"format":"changes/1",
 *     "changes":[{"op","kind","id","fields":[{"name","old","new"}],"severity","affects","why",
 *         "class","effects","matched","transaction"}],
 *     "from":"sha256:...","migrations":{"added":[],"edited":[],"removed":[]},
 *     "sources":{"from","to"},"summary":{...},"to":"sha256:...","transactions":[{"xid",...}]}
 *
 * Rules: design.md section 3, man/changes.5. This module is the one that knows the member names. */
#ifndef MODEL_CHANGE_H
#define MODEL_CHANGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

/* Replaced: gone, and another one made with its name. */
typedef enum Op { OP_ADDED, OP_REMOVED, OP_CHANGED, OP_RENAMED, OP_REPLACED, OP_COUNT } Op;
typedef enum Severity { SEVERITY_SAFE, SEVERITY_RISKY, SEVERITY_BREAKING, SEVERITY_COUNT } Severity;

/* What a change is about; the worse ones are greater. What no rule knows may be anything, and is
 * worse than what is known to do no harm. Source: man/changes.5. */
typedef enum Class {
    CLASS_COSMETIC,
    CLASS_ADDITIVE,
    CLASS_UNKNOWN,
    CLASS_REPLICATION,
    CLASS_PERFORMANCE,
    CLASS_INTEGRITY,
    CLASS_SECURITY,
    CLASS_BREAKING_WRITERS,
    CLASS_BREAKING_READERS,
    CLASS_DATA_LOSS,
    CLASS_COUNT
} Class;

const char *op_name(Op op);
const char *severity_name(Severity severity);
const char *class_name(Class class);
bool op_parse(const char *name, Op *ret);
bool severity_parse(const char *name, Severity *ret);
bool class_parse(const char *name, Class *ret);

/* A read-only view of one change; everything borrowed from the document. */
typedef struct Change {
    const char *op;
    const char *kind;
    const char *id;
    const char *severity;
    const char *class; /* NULL in a document of a version without classes */
    const char *why;
    const json_t *affects;  /* array of strings */
    const json_t *effects;  /* array of sentences; NULL: nothing is said */
    const json_t *fields;   /* array of {"name","old"?,"new"?} */
    json_int_t transaction; /* that made it; 0: unknown */
} Change;

/* An empty document; the reference is the caller's. from may be NULL: the first snapshot. */
json_t *changes_new(const char *from, const char *to, Err *err);
/* Adds one change (fields is taken over; the first of a renamed one is its id). affects: a comma
 * list out of readers, writers, security, data, types, performance, replication; "" for none. */
bool changes_add(json_t *doc, Op op, const char *kind, const char *id, json_t *fields,
                 Severity severity, const char *affects, const char *why, Err *err);
/* What the change that was added last is about. */
bool changes_set_class(json_t *doc, Class class, Err *err);
/* Adds a sentence to the effects of a change, an element of "changes". */
bool changes_add_effect(json_t *change, const char *sentence, Err *err);
/* That the change added last is of two objects which structure, not lineage, tells to be one; score
 * in percent. */
bool changes_set_matched(json_t *doc, int score, Err *err);
/* Which transaction made the change that was added last. */
bool changes_set_transaction(json_t *doc, json_int_t xid, Err *err);
/* Keeps those of the known transactions (an array of {"xid",...}) that changes name. */
bool changes_set_transactions(json_t *doc, const json_t *known, Err *err);
/* Which migration files were added, edited and removed, from the two documents' meta.history (a
 * snapshot made from files has it): nothing where one has none or where they are the same. */
bool changes_set_migrations(json_t *doc, const json_t *old, const json_t *new, Err *err);
/* Where the two documents are from (meta.source), when that is a database on one side and files on
 * the other: then the changes are what the two disagree about. */
bool changes_set_sources(json_t *doc, const char *old, const char *new, Err *err);
/* Sorts (breaking first, then risky, safe; then by id, kind) and fills "summary". */
bool changes_finish(json_t *doc, Err *err);

/* Reads and checks a document strictly. */
json_t *changes_load(FILE *in, const char *name, Err *err);
size_t changes_count(const json_t *doc);
bool changes_view(const json_t *doc, size_t index, Change *ret, Err *err);
const char *changes_from(const json_t *doc); /* "" for the first snapshot */
const char *changes_to(const json_t *doc);
/* {"added":[...],"edited":[...],"removed":[...]}, names of files; NULL when no file changed. */
const json_t *changes_migrations(const json_t *doc);
/* What the differences are between, for changes_set_sources. */
typedef enum Drift {
    DRIFT_NONE,        /* two states of one thing */
    DRIFT_TO_DATABASE, /* from files to a database */
    DRIFT_TO_FILES
} Drift;
Drift changes_drift(const json_t *doc);
/* What tells the document from others: its two hashes, and where they are the same (an object was
 * made again with the same text) a digest of its changes; from malloc. */
char *changes_key(const json_t *doc);
/* The id that a renamed one had before; NULL of other changes. */
const char *change_old_id(const Change *change);
/* Whether it only went to another schema. */
bool change_is_move(const Change *change);
/* The worst severity in it; SEVERITY_SAFE when empty. */
Severity changes_worst(const json_t *doc);
/* The worst class in it; false when no change has one. */
bool changes_worst_class(const json_t *doc, Class *ret);
/* "3 changes, 1 breaking: column public.orders.total removed, ... (2_total.sql)" cut to about max
 * bytes; the first effect of a change stands in brackets behind it where it fits; the file is the
 * migration that did it, where that is known. */
char *changes_sentence(const json_t *doc, size_t max);

#endif
