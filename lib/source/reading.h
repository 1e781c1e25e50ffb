/* What one attempt to read a live schema has got so far, before it is put together. */
#ifndef SOURCE_READING_H
#define SOURCE_READING_H

#include <stdint.h>

#include "base/arena.h"
#include "model/secret.h"
#include "source/index.h"
#include "source/names.h"
#include "source/queries.h"
#include "source/rows.h"

typedef struct ObjectLayout ObjectLayout; /* source/object.c */

typedef struct Reading {
    Arena arena;
    const KindChoice *choice;
    Rows rows[QUERY_MAX];                    /* by the index of their statement */
    const ObjectLayout *layouts[KIND_COUNT]; /* NULL: no row of that kind */
    Names names;
    IndexForms forms;
    int server_version;
    const char *owner; /* of the database */
    int64_t latest;    /* the newest transaction, that ages of the first connection count from */
    int32_t reference; /* of its rows */
    const unsigned char *key; /* SECRET_KEY_SIZE bytes */
} Reading;

void reading_free(Reading *reading);
/* The number, with its epoch, of a transaction of that age; 0 for one that has none: it was there
 * from the start. */
int64_t reading_transaction(const Reading *reading, const Rows *rows, const char *age);
/* The transaction that the ages of these rows count from: that of another connection is another. */
int64_t reading_latest(const Reading *reading, const Rows *rows);
/* What was read does not fit together: EXIT_TEMPFAIL, false. */
bool reading_torn(Err *err);

#endif
