/* An order for files whose names tell none: what makes a thing comes before what needs it.
 *
 * Stable: where no need decides it is the order in which they were added, but what makes schemas,
 * extensions and roles comes as early as it can (what an extension brings cannot be seen). Files
 * that need each other stay as they were. Time and memory are those of reading the files, and of
 * sorting as many. */
#ifndef SQL_ORDER_H
#define SQL_ORDER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Order Order;

Order *order_open(void);
void order_close(Order **order);

/* The next file: plain SQL (sql/split.h), NUL-terminated. Numbered files stay in the order they are
 * in. */
void order_add(Order *order, const char *text, size_t length, bool numbered);

/* Which file comes when: order_add's first is 0. Of the order; once, behind the last order_add. */
const size_t *order_find(Order *order);
/* Behind order_find: files with the same number other than 0 need each other. */
size_t order_circle(const Order *order, size_t file);

#endif
