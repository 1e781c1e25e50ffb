/* Whether anything can have changed, from the state of the catalogs as the server tells it.
 *
 * The text of fingerprint.sql has per catalog the number of rows and the sum of the ages of the
 * transactions that wrote them, or "rows=hash" of their content. Ages count from the newest
 * transaction, so here they become sums of transaction numbers. A row that is written gets a higher
 * number than any row has, a row that is deleted takes its own away: number of rows and sum
 * together cannot stay the same. */
#ifndef SOURCE_PROBE_H
#define SOURCE_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* The newest transaction's number with its epoch. snapshot: text of pg_current_snapshot(),
 * reference: age() of transaction 3, both of one transaction. */
int64_t probe_latest(const char *snapshot, const char *reference);
/* "catalog:rows:sum,catalog:rows=hash,...": comparable. */
const char *probe_fingerprint(Arena *arena, const char *text, int64_t latest);
/* How many transactions back the oldest goes that was under way at that snapshot, or came later;
 * -1 without a snapshot. */
int32_t probe_since(const char *snapshot, int64_t latest);
/* Whether two fingerprints differ only in catalogs whose changes the stamps of relations tell, or
 * which no text of a relation depends on. */
bool probe_is_local(const char *old, const char *new);

#endif
