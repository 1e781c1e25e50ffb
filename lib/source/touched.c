#include "source/attempt.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "json/jx.h"
#include "source/queries.h"

static int compare_oids(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

void touched_clear(Live *live)
{
    free(live->touched);
    live->touched = NULL;
    live->touched_count = 0;
}

void touched_sort(Live *live)
{
    size_t count = 0;

    if (live->touched_count > 0)
        qsort(live->touched, live->touched_count, sizeof *live->touched, compare_oids);
    for (size_t i = 0; i < live->touched_count; i++)
        if (i == 0 || live->touched[i] != live->touched[count - 1])
            live->touched[count++] = live->touched[i];
    live->touched_count = count;
}

void touched_add(Live *live, uint32_t oid)
{
    live->touched =
        arena_realloc_or_exit(live->touched, (live->touched_count + 1) * sizeof *live->touched);
    live->touched[live->touched_count++] = oid;
}

static const Rows *stamps_of(const Live *live)
{
    return &live->reading.rows[query_of_file("stamps.sql")];
}

static const KindId stamped[] = {KIND_TABLE, KIND_VIEW, KIND_COMPOSITE, KIND_SEQUENCE};

const KnownObject *touched_known(const Live *live, uint32_t oid)
{
    const KnownObject *found = NULL;

    for (size_t i = 0; !found && i < sizeof stamped / sizeof *stamped; i++)
        found = known_find(live->known, stamped[i], oid);
    return found;
}

bool touched_find(Live *live, size_t *ret_all, Err *err)
{
    const Rows *rows = stamps_of(live);
    CLEANUP(row_free) Row row = {0};

    *ret_all = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (!rows_get(rows, i, &row, err))
            return false;
        if (!row_flag(&row, "listed"))
            continue; /* see touched_elsewhere */
        ++*ret_all;
        const KnownObject *before = touched_known(live, rows->places[i].parent);
        if (!before || row_flag(&row, "written") ||
            strcmp(before->stamp, row_value(&row, "removable")) != 0)
            touched_add(live, rows->places[i].parent);
    }
    for (size_t i = 0; i < known_count(live->known); i++) {
        const KnownObject *object = known_at(live->known, i);
        size_t first = 0, count = 0;
        if (!*object->stamp)
            continue;
        rows_find(rows, object->oid, &first, &count);
        if (count == 0)
            touched_add(live, object->oid);
    }
    touched_sort(live);
    return true;
}

size_t touched_countable(const Live *live)
{
    size_t count = 0;

    for (size_t i = 0; i < known_count(live->known); i++)
        count += *known_at(live->known, i)->stamp != '\0';
    return count;
}

bool touched_elsewhere(Live *live, bool *ret_written, Err *err)
{
    const Rows *rows = stamps_of(live);
    CLEANUP(row_free) Row row = {0};
    long long objects = 0, parts = 0;

    *ret_written = false;
    for (size_t i = 0; i < rows->count; i++) {
        if (!rows_get(rows, i, &row, err))
            return false;
        if (row_flag(&row, "listed"))
            continue;
        objects++;
        parts += strtoll(row_value(&row, "removable"), NULL, 10);
        *ret_written |= row_flag(&row, "written");
    }
    live->elsewhere = live->told ? jx_string(known_probe(live->known), "elsewhere", "")
                                 : arena_printf(&live->arena, "%lld:%lld", objects, parts);
    return true;
}

bool touched_has_among(const Live *live, size_t count, uint32_t oid)
{
    return count > 0 && bsearch(&oid, live->touched, count, sizeof oid, compare_oids);
}

bool touched_has(const Live *live, uint32_t oid)
{
    return touched_has_among(live, live->touched_count, oid);
}

static const char *touched_text(Live *live)
{
    CLEANUP(buffer_free) Buffer text = {0};

    buffer_char(&text, '{');
    for (size_t i = 0; i < live->touched_count; i++) {
        buffer_text(&text, i ? "," : "");
        buffer_number(&text, live->touched[i]);
    }
    buffer_char(&text, '}');
    return live_keep(live, text.bytes);
}

bool touched_extend(Live *live, Err *err)
{
    const DbParameter parameters[] = {{DB_PARAMETER_TEXTS, live->scope},
                                      {DB_PARAMETER_OIDS, touched_text(live)}};
    Db *db = lane_db(live->lane);
    int got = 0;

    if (live->touched_count > 0) {
        if (!db_queue(db, live_sql("dependents.sql"), parameters, 2, err) || !db_flush(db, err))
            return false;
        while ((got = db_row(db, err)) > 0)
            if (db_value(db, 0))
                touched_add(live, (uint32_t)strtoul(db_value(db, 0), NULL, 10));
        if (got < 0 || !db_finish(db, err))
            return false;
        touched_sort(live);
    }
    live->relations = touched_text(live);
    return true;
}

const char *touched_stamp(const Live *live, KindId kind, uint32_t oid, Arena *arena, Err *err)
{
    const Rows *rows = stamps_of(live);
    CLEANUP(row_free) Row row = {0};
    size_t first = 0, count = 0;

    for (size_t i = 0; i < sizeof stamped / sizeof *stamped; i++) {
        if (stamped[i] != kind)
            continue;
        rows_find(rows, oid, &first, &count);
        if (count)
            return rows_get(rows, first, &row, err)
                       ? arena_strdup(arena, row_value(&row, "removable"))
                       : NULL;
        /* Not touched: it has the one it had. */
        const KnownObject *before = live->told ? known_find(live->known, kind, oid) : NULL;
        return before && *before->stamp ? before->stamp : NULL;
    }
    return NULL;
}
