/* What live.c, look.c, read.c, touched.c, told.c and document.c share: the state of one live
 * snapshot over all its attempts; attempt_reset (live.c) says what each begins anew. */
#ifndef SOURCE_ATTEMPT_H
#define SOURCE_ATTEMPT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "source/known.h"
#include "source/lane.h"
#include "source/live.h"
#include "source/queries.h"
#include "source/reading.h"

enum { READ_PARAMETERS = 6 }; /* $1 and on, of the statements that read */

/* What the look told. */
typedef struct Look {
    int server_version;
    const char *owner; /* of the database */
    bool dated;        /* transactions have times */
    bool standby;
    const char *snapshot;
    const char *counters;    /* NULL: not to be believed */
    const char *catalogs;    /* text of an array of oids: what is counted */
    const char *glanced;     /* the counters before the look; NULL: no glance was taken */
    const char *fingerprint; /* NULL: nothing can have changed, or it was not asked for; "": the
                                known one tells nothing */
    const char *schemas;     /* text of the array of all */
    /* Of the census: */
    const char **empty;  /* files that have nothing to read */
    const char **unread; /* sections that this role may not read */
    const char **absent; /* sections that this database has not */
} Look;

typedef struct Live {
    const LiveOptions *options;
    KindChoice choice; /* of the options' meta */
    const DbTarget *target;
    Spare *spare; /* a connection that may be wanted, or NULL */
    Lane *lane;   /* the connection */
    Lane *second; /* another one, or NULL */
    Arena arena;
    Known *known; /* NULL: nothing to go by */
    Look look;
    json_t *meta;
    Reading reading;
    const char *scope;     /* $1 of the statements: schemas to read */
    const char *relations; /* $2: relations to keep to; NULL: all */
    const char *locked;    /* $3: relations to leave undeparsed */
    const char *platform;  /* $4: schemas that a platform makes */
    const char *roles;     /* $5: patterns of its roles */
    const char *since; /* $6: the transaction from which on to look for what was written, or NULL */
    uint32_t *touched; /* of a partial reading: what is read again, ascending */
    size_t touched_count;
    json_t *busy;            /* who holds locks, the last met first; NULL: nobody was met */
    bool waited;             /* the last attempt, in vain for a lock */
    bool begun;              /* the transaction that reads, by the look */
    const char *moment;      /* the snapshot that is read under */
    int64_t latest;          /* its newest transaction, or that of the look before */
    const char *exported;    /* its name for a second connection; NULL: there is not much to read */
    bool vast;               /* so much that a second one helps with a part, too */
    const char *after;       /* the moment behind it */
    const char *base;        /* the snapshot that fingerprints are told from: source/probe.h */
    const char *fingerprint; /* of the catalogs then */
    const char *elsewhere;   /* the stamp of what is not listed */
    bool sent[QUERY_MAX];    /* statements, in this attempt */
    bool told;               /* touched, by the fingerprint: the stamps are of those alone */
    bool helped;             /* the second connection reads */
    DbParameter second_parameters[READ_PARAMETERS]; /* what it reads with */
    bool near;  /* connecting was quick: a round trip more is nothing */
    bool alone; /* the second connection was lost: do without */
} Live;

/* The text lives as long as the snapshot is made. */
const char *live_keep(Live *live, const char *text);
bool live_has(const char *const *list, const char *text);
const char *live_sql(const char *file);
/* Whether of tables, views and sequences only some are read again: live->relations. */
bool live_is_partial(const Live *live);
/* Whether a member is in both objects alike, or in neither. */
bool live_is_same(const json_t *a, const json_t *b, const char *member);

/* ---- read.c: the reading itself ---- */
/* Queues what begins the transaction that reads, behind BEGIN itself, and reads the answers. */
bool read_queue_start(Live *live, Err *err);
bool read_start(Live *live, Err *err);
/* Reads everything, or, where that may be and will do, a part: live_is_partial. *may_be_partial is
 * false when the next attempt must read all. EXIT_TEMPFAIL: torn, to be tried again. */
bool read_all(Live *live, bool *may_be_partial, Err *err);
/* *ret: the catalogs did not move while they were read: no transaction ended, or their state is the
 * same. */
bool read_is_steady(Live *live, bool *ret, Err *err);

/* ---- look.c: one round trip, before anything is read ---- */
/* first: whether anything can have changed since the known document is asked too. Where there is
 * none, it is sure that all will be read: then the transaction that does so is the look's, and
 * begun. */
bool look_take(Live *live, bool first, Err *err);
/* Nothing can have changed since the known document was written. */
bool look_is_unchanged(const Live *live);
/* For the next time: what was looked at, beside the known document. */
void look_keep(const Live *live);
/* Whether the known document was read from this very database, as this role, by this program, and
 * the same was asked for: only then its probe says anything. */
bool look_is_comparable(const Live *live);
bool look_any_opted(const Live *live);
/* Of those, the second: what was asked for. */
bool look_is_asked(const Live *live);
/* The catalogs whose writes are counted, as the known document has them: an array's text of oids,
 * and nothing else. NULL: it has none. */
const char *look_counted(const Live *live);
/* Whether the counts of writes may still be believed. */
bool look_trusts(const Live *live);
/* The server is the known document's: meta says so. */
void look_answer_known(Live *live);
/* A new reference: what a later look is compared with. fingerprint: as it is told from base. */
json_t *look_probe(const Live *live, const char *base, const char *fingerprint, long long partial);

/* ---- glance.c: one round trip, before that look ---- */
/* *ret_same: the shortest look tells that nothing changed, and meta has what is known of the
 * server, which is known by its start. None is taken where it could not tell. */
bool look_glance(Live *live, bool *ret_same, Err *err);

/* ---- touched.c: which relations are read again ---- */
/* From the stamps that were read; *ret_all: how many relations there are. */
bool touched_find(Live *live, size_t *ret_all, Err *err);
void touched_add(Live *live, uint32_t oid);
void touched_clear(Live *live);
/* Ascending, each once. */
void touched_sort(Live *live);
/* How many relations the document has. */
size_t touched_countable(const Live *live);
/* What the document knows of the relation, or NULL. */
const KnownObject *touched_known(const Live *live, uint32_t oid);
/* Of what the document does not list, whose names may stand in texts that it does: fills
 * live->elsewhere, the stamp of all of it (the known one when told), and tells whether anything of
 * it was written since $6. */
bool touched_elsewhere(Live *live, bool *ret_written, Err *err);
/* Adds those whose text may read one of them: a round trip. Sets live->relations: the reading is
 * partial from here. */
bool touched_extend(Live *live, Err *err);
/* After touched_sort; and among the first ones, which are sorted. */
bool touched_has(const Live *live, uint32_t oid);
bool touched_has_among(const Live *live, size_t count, uint32_t oid);
/* The stamp of the relation with that oid; NULL when it has none, or err is filled. */
const char *touched_stamp(const Live *live, KindId kind, uint32_t oid, Arena *arena, Err *err);

/* ---- told.c: the same without stamps, where the fingerprint tells ---- */
/* Whether it may, before the known document is read. */
bool told_may(const Live *live, const char *fingerprint);
/* After that: whether it does, and then which are touched. */
bool told_find(Live *live, const char *fingerprint);

/* ---- document.c ---- */
/* Writes what was read; or the short form, when it is what is known. */
bool document_write(Live *live, FILE *out, LiveResult *ret, Err *err);
bool document_write_short(const Live *live, FILE *out, LiveResult *ret, Err *err);

#endif
