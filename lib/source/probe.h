/* Whether anything can have changed, from the state of the catalogs as the server tells it.
 *
 * A fingerprint is told from a base: the oldest transaction that was under way at some snapshot or
 * came later. Its parts are separated by ',' and sorted by name:
 *
 *   name:rows:number=rows@oid+oid;...
 *     by rows: how many there are, 0 where they go only with others (source/catalogs.c); then of
 *     each transaction from the base on that wrote some how far it is from the base, how many, and
 *     of which relations unless they are more than 400; left out where there are none of either
 *   name:rows=hash, name:0
 *     by content
 *
 * What came before the base was ended at that snapshot, so such rows can only be taken away: as
 * long as they are as many and the others are of the same transactions, each with as many, the
 * catalog's rows are the same ones. The server must not have been given another history meanwhile:
 * probe_since().
 *
 * A snapshot is here the text of pg_current_snapshot(), a blank, and when the server and its
 * statistics were started (look.sql). */
#ifndef SOURCE_PROBE_H
#define SOURCE_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* The newest transaction's number with its epoch. snapshot: text of pg_current_snapshot(),
 * reference: age() of transaction 3, both of one transaction. */
int64_t probe_latest(const char *snapshot, const char *reference);
/* A fingerprint told from the snapshot from, as it is told from the snapshot to, which is not
 * earlier, nor later than what the fingerprint is of. */
const char *probe_rebase(Arena *arena, const char *text, const char *from, const char *to);
/* The number, as an xid, of the oldest transaction that was under way at the snapshot or came
 * later. */
const char *probe_base_xid(Arena *arena, const char *snapshot);
/* The same of the snapshot since; NULL without one, when that was too long ago for numbers to tell,
 * or when the server was started between it and the snapshot now: it may have been given another
 * history. */
const char *probe_since(Arena *arena, const char *since, const char *now, int64_t latest);
/* One catalog of a fingerprint; the texts are the fingerprint's. */
typedef struct ProbeItem {
    const char *text; /* begins with its name */
    size_t length;    /* 0: left out */
    size_t name_length;
    int64_t rows;
    const char *written; /* "number=rows@oid+oid;..." */
    size_t written_length;
} ProbeItem;

/* The next one, moving the text on; false at its end. */
bool probe_next(const char **text, ProbeItem *ret);
/* The next catalog of both; false where both end. */
bool probe_next_pair(const char **old, const char **new, ProbeItem *before, ProbeItem *after);
bool probe_item_is_same(const ProbeItem *a, const ProbeItem *b);
/* Whether two fingerprints differ only in catalogs whose changes the stamps of relations tell, or
 * which no text of a relation depends on. */
bool probe_is_local(const char *old, const char *new);

#endif
