/* The rows of one catalog query, kept until all is read: objects are put together from several
 * queries, whose answers come one behind the other.
 *
 * Columns whose name begins with an underscore are not members of the object:
 *   _parent        oid of the relation or type it is nested in; such rows ascend by it
 *   _oid, _number  physical identity: an oid, or the number of a column in its relation
 *   _age           of the newest row of a catalog that has part in it, in transactions
 *   _owner, _owner_built_in, _acl, _acl_default, _acl_kind   see source/acl.h
 *   _keys          see source/index.h and source/constraint.h
 *   _references    oid of the relation whose column numbers are in reference_columns
 *   _secret_NAME   a text or text[] that only its keyed hash may tell of: model/secret.h
 * All others are members, by their names. */
#ifndef SOURCE_ROWS_H
#define SOURCE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "pg/db.h"
#include "source/store.h"

enum { ROWS_COLUMNS_MAX = 64 };

typedef struct RowPlace {
    uint32_t parent; /* 0 when there is none */
    uint32_t length;
    uint64_t offset;
} RowPlace;

typedef struct Rows {
    const Store *store; /* where the rows are */
    int32_t reference; /* the age of transaction 3 then: ages count from that of their connection */
    const char *names[ROWS_COLUMNS_MAX];
    DbType types[ROWS_COLUMNS_MAX];
    int columns; /* 0: no row was read */
    RowPlace *places;
    size_t count;
    size_t room;
    bool is_requoted; /* an "id" is not quoted as all versions do: the rows may be in another order
                       */
} Rows;               /* {0} is empty */

typedef struct Row {
    const Rows *rows;
    const char *values[ROWS_COLUMNS_MAX]; /* NULL for an SQL null */
    char *bytes;
    size_t room;
} Row; /* {0}, then row_free */

/* All rows of the query at hand, into store, which must outlive them. Names are put in the arena.
 */
bool rows_read(Rows *rows, Db *db, Store *store, Arena *arena, Err *err);
void rows_free(Rows *rows);
/* By the column's values as normal_names (sql/normal.h) has them. */
bool rows_sort(Rows *rows, int column, Err *err);
/* The places of the rows with that parent. */
void rows_find(const Rows *rows, uint32_t parent, size_t *ret_first, size_t *ret_count);
bool rows_get(const Rows *rows, size_t index, Row *ret, Err *err);
void row_free(Row *row);

/* -1 when there is no such column. */
int rows_column(const Rows *rows, const char *name);
/* NULL when there is no such column or it is null. */
const char *row_value(const Row *row, const char *name);
bool row_flag(const Row *row, const char *name);

#endif
