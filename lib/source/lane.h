/* A connection that reads its share of the statements in one transaction. A large schema is read by
 * two of them at once, under the same snapshot; the second does without when it cannot be had. */
#ifndef SOURCE_LANE_H
#define SOURCE_LANE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "pg/db.h"
#include "pg/spare.h"
#include "source/rows.h"
#include "source/store.h"

typedef struct Lane Lane;

/* Takes over db. */
Lane *lane_open(Db *db);
/* Takes over the spare connection, which lane_start will open if it is not open yet. */
Lane *lane_open_spare(Spare *spare);
void lane_close(Lane **lane);
/* NULL: a spare one that was not opened, or cannot be had. */
Db *lane_db(const Lane *lane);
/* The age of transaction 3 in its transaction. */
int32_t lane_reference(const Lane *lane);
/* What it has kept and is to read is forgotten. */
void lane_reset(Lane *lane);

/* Queues BEGIN with the settings of a reading, for this transaction only, which transaction poolers
 * demand; lane_skip_begin then reads its answers. snapshot: another's, to see what it sees, or
 * NULL. */
bool lane_queue_begin(Lane *lane, const char *snapshot, Err *err);
bool lane_skip_begin(Lane *lane, const char *snapshot, Err *err);

/* One more statement for lane_read; its rows go to rows. All three are borrowed until then. */
void lane_add(Lane *lane, const char *file, const char *sql, Rows *rows);
/* Sends all that was added, each with these parameters, and reads it. */
bool lane_read(Lane *lane, const DbParameter *parameters, int count, Err *err);
/* The halves of it, for what goes in one round trip with others. */
bool lane_queue(Lane *lane, const DbParameter *parameters, int count, Err *err);
bool lane_read_rows(Lane *lane, Err *err);
/* All of it in a thread, within a transaction of its own, which it ends, in one round trip.
 * lane_wait, which must follow, waits for it, unless it is faster not to: while the connection is
 * not open yet, or a pooler gives it no server: LANE_UNREAD. snapshot and parameters must last
 * until then, and neither the lane nor what was added to it may be touched. False: there is no
 * thread, what was added is still there. */
bool lane_start(Lane *lane, const char *snapshot, const DbParameter *parameters, int count);
typedef enum LaneEnd { LANE_READ, LANE_UNREAD, LANE_FAILED } LaneEnd;
LaneEnd lane_wait(Lane *lane, Err *err);
/* What was added to one becomes the other's. */
void lane_take(Lane *lane, Lane *from);

#endif
