/* Definitions of primary keys, unique constraints and foreign keys, put together here.
 *
 * pg_get_constraintdef() looks up each column by itself; all that varies are names, which are read
 * anyway. Source: pg_get_constraintdef_worker() in ruleutils.c.
 *
 * "_keys": what it is, what a foreign key does, the numbers of further columns (of the index, or
 * those that ON DELETE sets) and how it is enforced, with bars between. */
#ifndef SOURCE_CONSTRAINT_H
#define SOURCE_CONSTRAINT_H

#include "base/arena.h"
#include "source/names.h"
#include "source/rows.h"

/* Of a row of constraints.sql with _keys, nested in the relation. False when a column is not there:
 * the schema changed while it was read. */
bool constraint_definition(const Names *names, const Row *row, uint32_t relation, Arena *arena,
                           const char **ret);

#endif
