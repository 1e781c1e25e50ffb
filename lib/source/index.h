/* Definitions of plain indexes, put together here.
 *
 * pg_get_indexdef() builds the server's whole picture of the table and waits for locks on it; for
 * thousands of indexes that are columns and nothing else, all that varies is names. What follows a
 * column's name (COLLATE, an operator class that is not the type's default, DESC, NULLS LAST)
 * depends on the operator class, the collations, the order and the type alone: so the server is
 * asked once for each such combination, of the first index that has it.
 * Source: pg_get_indexdef_worker() in ruleutils.c. */
#ifndef SOURCE_INDEX_H
#define SOURCE_INDEX_H

#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "pg/db.h"
#include "source/names.h"
#include "source/rows.h"

typedef struct IndexForm {
    const char *signature;
    uint32_t example; /* an index that has it */
    int place;        /* at this key, from 0 */
    const char *suffix;
} IndexForm;

typedef struct IndexText {
    uint32_t index;
    const char *definition;
} IndexText;

typedef struct IndexForms {
    Arena arena;
    IndexText *texts; /* of index_forms_queue_few */
    size_t text_count;
    IndexForm *forms;
    size_t count;
    size_t room;
} IndexForms; /* {0} is empty */

/* Where few relations are read their indexes can be asked for beforehand, which saves a round trip:
 * queues the question for those of the relations that are not locked (both texts of arrays of
 * oids), and reads the answer. Before index_forms_collect, which then needs nothing more. */
bool index_forms_queue_few(Db *db, const char *relations, const char *locked, Err *err);
bool index_forms_read_few(IndexForms *forms, Db *db, Err *err);
/* Finds the combinations among the rows of indexes.sql whose _keys are given. */
bool index_forms_collect(IndexForms *forms, const Rows *indexes, const Names *names, Err *err);
/* Queues the question (none when there are no forms) and reads the answer. */
bool index_forms_queue(IndexForms *forms, Db *db, Err *err);
bool index_forms_read(IndexForms *forms, Db *db, Err *err);
/* CREATE INDEX of a row with _keys, without a semicolon; table is its id. False when the schema
 * changed while it was read. */
bool index_definition(const IndexForms *forms, const Names *names, const Row *row,
                      uint32_t relation, const char *table, Arena *arena, const char **ret);
void index_forms_free(IndexForms *forms);

#endif
