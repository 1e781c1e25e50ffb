/* Whether anything can have changed, from the state of the catalogs as the server tells it.
 *
 * The text of fingerprint.sql has per catalog the number of rows and the sums of the ages, and of
 * their squares, of the transactions that wrote them, or "rows=hash" of their content. Ages count
 * from the newest transaction, so here they become sums of transaction numbers. A row that is
 * written brings a number, nearly always one higher than all, a row that is deleted takes its own
 * away: for rows and both sums to stay the same, three transactions that ran side by side must have
 * taken away the rows of three others with numbers that make up for theirs. */
#ifndef SOURCE_PROBE_H
#define SOURCE_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* The newest transaction's number with its epoch. snapshot: text of pg_current_snapshot(),
 * reference: age() of transaction 3, both of one transaction. */
int64_t probe_latest(const char *snapshot, const char *reference);
/* "catalog:rows:sum:squares,catalog:rows=hash,...": comparable. */
const char *probe_fingerprint(Arena *arena, const char *text, int64_t latest);
/* The number, as an xid, of the oldest transaction that was under way at the snapshot since, or
 * came later. NULL without one, when that was too long ago for numbers to tell, or when the server
 * was started between it and the snapshot now: it may have been given another history. */
const char *probe_since(Arena *arena, const char *since, const char *now, int64_t latest);
/* Whether two fingerprints differ only in catalogs whose changes the stamps of relations tell, or
 * which no text of a relation depends on. */
bool probe_is_local(const char *old, const char *new);

#endif
