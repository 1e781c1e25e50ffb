#include "source/rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sql/normal.h"

static void heads_fill(Rows *rows, const Db *db, Arena *arena)
{
    rows->columns = db_columns(db);
    assert(rows->columns <= ROWS_COLUMNS_MAX);
    for (int i = 0; i < rows->columns; i++) {
        rows->names[i] = arena_strdup(arena, db_column_name(db, i));
        rows->types[i] = db_column_type(db, i);
    }
}

static RowPlace *place_add(Rows *rows)
{
    if (rows->count == rows->room) {
        rows->room = rows->room ? rows->room * 2 : 64;
        rows->places = arena_realloc_or_exit(rows->places, rows->room * sizeof *rows->places);
    }
    return &rows->places[rows->count++];
}

/* A row in the store: per column a byte, its bytes and a NUL. The byte is their number, or says
 * that there are none or that four bytes with the number follow. */
enum { IS_NULL = 255, IS_LONG = 254 };

static char *put(char *to, const void *bytes, size_t length)
{
    memcpy(to, bytes, length);
    return to + length;
}

static bool row_store(const Db *db, int columns, Store *store, Err *err)
{
    const char *values[ROWS_COLUMNS_MAX];
    size_t lengths[ROWS_COLUMNS_MAX], most = 0;

    for (int i = 0; i < columns; i++) {
        values[i] = db_value_length(db, i, &lengths[i]);
        most += 1 + sizeof(uint32_t) + lengths[i] + 1;
    }
    char *start = store_room(store, most, err), *to = start;

    for (int i = 0; start && i < columns; i++) {
        uint32_t length = (uint32_t)lengths[i];
        unsigned char mark = (unsigned char)(!values[i]         ? IS_NULL
                                             : length < IS_LONG ? length
                                                                : IS_LONG);
        to = put(to, &mark, sizeof mark);
        if (mark == IS_LONG)
            to = put(to, &length, sizeof length);
        if (values[i])
            to = put(to, values[i], lengths[i] + 1);
    }
    if (start)
        store_added(store, (size_t)(to - start));
    return start;
}

bool rows_read(Rows *rows, Db *db, Store *store, Arena *arena, Err *err)
{
    int got = 0, parent = -1, id = -1;

    rows->store = store;
    while ((got = db_row(db, err)) > 0) {
        if (!rows->columns) {
            heads_fill(rows, db, arena);
            parent = rows_column(rows, "_parent");
            id = rows_column(rows, "id");
        }
        RowPlace *place = place_add(rows);
        *place = (RowPlace){.offset = store_size(store)};
        if (parent >= 0)
            place->parent = (uint32_t)strtoul(db_value(db, parent), NULL, 10);
        if (id >= 0)
            rows->is_requoted |= normal_may_have_names(db_value(db, id));
        if (!row_store(db, rows->columns, store, err))
            return false;
        place->length = (uint32_t)(store_size(store) - place->offset);
    }
    return got == 0;
}

typedef struct SortedPlace {
    const char *key;
    RowPlace place;
} SortedPlace;

static int sorted_compare(const void *a, const void *b)
{
    return strcmp(((const SortedPlace *)a)->key, ((const SortedPlace *)b)->key);
}

bool rows_sort(Rows *rows, int column, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(row_free) Row row = {0};
    SortedPlace *sorted = arena_alloc(&arena, (rows->count + 1) * sizeof *sorted);

    for (size_t i = 0; i < rows->count; i++) {
        if (!rows_get(rows, i, &row, err))
            return false;
        sorted[i].key = normal_names(&arena, arena_strdup(&arena, row.values[column]));
        sorted[i].place = rows->places[i];
    }
    qsort(sorted, rows->count, sizeof *sorted, sorted_compare);
    for (size_t i = 0; i < rows->count; i++)
        rows->places[i] = sorted[i].place;
    return true;
}

void rows_free(Rows *rows)
{
    free(rows->places);
    *rows = (Rows){0};
}

void rows_find(const Rows *rows, uint32_t parent, size_t *ret_first, size_t *ret_count)
{
    size_t low = 0, high = rows->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows->places[middle].parent < parent)
            low = middle + 1;
        else
            high = middle;
    }
    *ret_first = low;
    while (low < rows->count && rows->places[low].parent == parent)
        low++;
    *ret_count = low - *ret_first;
}

bool rows_get(const Rows *rows, size_t index, Row *ret, Err *err)
{
    const RowPlace *place = &rows->places[index];
    const char *bytes = store_at(rows->store, place->offset);
    size_t at = 0;

    if (!bytes && (place->length > ret->room || !ret->bytes)) {
        ret->room = (size_t)place->length * 2;
        ret->bytes = arena_realloc_or_exit(ret->bytes, ret->room);
    }
    if (!bytes && !store_get(rows->store, place->offset, ret->bytes, place->length, err))
        return false;
    bytes = bytes ? bytes : ret->bytes;
    ret->rows = rows;
    for (int i = 0; i < rows->columns; i++) {
        unsigned char mark = (unsigned char)bytes[at++];
        uint32_t length = mark;
        if (mark == IS_LONG) {
            memcpy(&length, bytes + at, sizeof length);
            at += sizeof length;
        }
        ret->values[i] = mark == IS_NULL ? NULL : bytes + at;
        at += mark == IS_NULL ? 0 : (size_t)length + 1;
    }
    return true;
}

void row_free(Row *row)
{
    free(row->bytes);
    row->bytes = NULL;
    row->room = 0;
}

int rows_column(const Rows *rows, const char *name)
{
    for (int i = 0; i < rows->columns; i++)
        if (strcmp(rows->names[i], name) == 0)
            return i;
    return -1;
}

const char *row_value(const Row *row, const char *name)
{
    int column = rows_column(row->rows, name);

    return column < 0 ? NULL : row->values[column];
}

bool row_flag(const Row *row, const char *name)
{
    const char *value = row_value(row, name);

    return value && *value == 't';
}
