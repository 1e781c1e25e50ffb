/* The system catalogs and information_schema as rows, made from the catalog of the replay: what a
 * migration asks before it decides what to do. Source: "System Catalogs", "System Views" and "The
 * Information Schema" of the PostgreSQL manual; columns that nothing here knows are unknown values.
 */
#ifndef REPLAY_ROWS_H
#define REPLAY_ROWS_H

#include "replay/replay.h"
#include "replay/value.h"

typedef struct Row {
    const Value **values;
    bool maybe; /* it may not be there */
} Row;

typedef struct RowSet {
    const char *const *names; /* NULL-terminated */
    size_t width;
    Vec rows; /* const Row * */
} RowSet;

/* False when there is no such catalog. schema NULL: one of pg_catalog. */
bool rows_catalog(Replay *replay, Arena *arena, const char *schema, const char *name, RowSet *ret);
/* A row that may be there, of which nothing is known. */
void rows_add_maybe(Arena *arena, RowSet *set);
/* The object that stands for a schema, the server's own too; NULL when there is none. */
const void *rows_schema(Replay *replay, const char *name);
/* An oid as text, where it is of regclass or its like. */
const Value *rows_name(Replay *replay, Arena *arena, const Value *object);

#endif
