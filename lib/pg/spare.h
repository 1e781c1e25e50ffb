/* A connection that is opened in a thread, while others are at work: on a long line opening takes
 * several round trips, which then cost nothing.
 *
 * It is not opened before it is asked for, or some milliseconds have passed: on a short line all is
 * over by then, and a connection that nobody wants would cost the server a process. */
#ifndef PG_SPARE_H
#define PG_SPARE_H

#include "pg/db.h"

typedef struct Spare Spare;

/* target must outlive it. NULL: there is no thread for it. */
Spare *spare_start(const DbTarget *target, int after_ms);
/* Opens it now, if it is not yet, and waits for it. The connection is the caller's; NULL: it cannot
 * be had, was cancelled, or was given before. */
Db *spare_take(Spare *spare);
/* Also while another thread is in spare_take. */
void spare_cancel(Spare *spare);
/* Accepts NULL, leaves NULL; cancels, and closes a connection that was not taken. */
void spare_close(Spare **spare);

#endif
