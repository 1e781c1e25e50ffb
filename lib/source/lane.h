/* A connection that reads its share of the statements in one transaction. A large schema is read by
 * two of them at once, under the same snapshot; the second does without when it cannot be had. */
#ifndef SOURCE_LANE_H
#define SOURCE_LANE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "pg/db.h"
#include "source/rows.h"
#include "source/store.h"

typedef struct Lane Lane;

/* Takes over db. */
Lane *lane_open(Db *db);
void lane_close(Lane **lane);
Db *lane_db(const Lane *lane);
/* What it has kept and is to read is forgotten. */
void lane_reset(Lane *lane);

/* Queues BEGIN with the settings of a reading, for this transaction only, which transaction poolers
 * demand; lane_skip_begin then reads its answers. snapshot: another's, to see what it sees, or
 * NULL. */
bool lane_queue_begin(Lane *lane, const char *snapshot, Err *err);
bool lane_skip_begin(Lane *lane, const char *snapshot, Err *err);

/* One more statement for lane_send; its rows go to rows. */
void lane_add(Lane *lane, const char *file, const char *sql, Rows *rows);
/* Sends all that was added, each with these parameters; reads what was sent. */
bool lane_send(Lane *lane, const DbParameter *parameters, int count, Err *err);
bool lane_receive(Lane *lane, Err *err);
/* Both in a thread, within a transaction of its own, which it ends; lane_wait waits for it.
 * *ret_read false with true returned: it could not begin, and has read nothing. */
bool lane_start(Lane *lane, const char *snapshot, const DbParameter *parameters, int count);
bool lane_wait(Lane *lane, bool *ret_read, Err *err);
/* What was added to one becomes the other's. */
void lane_take(Lane *lane, Lane *from);

#endif
