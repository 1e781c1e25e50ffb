/* The physical identity of an object: a line of a snapshot's "lineage", see snapshot(5). It tells
 * apart what names alone do not: renamed, or gone and another one made; the same, or made again. */
#ifndef DIFF_LINEAGE_H
#define DIFF_LINEAGE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "model/kind.h"

/* Whether two snapshots, by their meta, are of one database, so that an oid means the same in both;
 * and whether their secrets were hashed with one key. */
bool lineage_is_of_one_database(const json_t *old_meta, const json_t *new_meta);
bool lineage_is_of_one_key(const json_t *old_meta, const json_t *new_meta);

/* Whether it has the members that the functions below read, of the right types. */
bool lineage_check(const json_t *lineage, KindId kind, Err *err);
json_int_t lineage_oid(const json_t *lineage);
/* Of the newest transaction that wrote the object's own row; 0: unknown. NULL is fine. */
json_int_t lineage_xid(const json_t *lineage);

/* The same of one nested object: an attnum or oid, and an xid. numbers: that kind's array in the
 * lineage of the parent, parallel to that of the parent's objects. */
json_int_t lineage_nested_number(const json_t *numbers, size_t index);
json_int_t lineage_nested_xid(const json_t *numbers, size_t index);

/* Whether two lineages of an object whose text is the same mean a change. With numbers, which are
 * those of one database: it was made again, one of its columns was, or nested objects swapped
 * names. With secrets, which were hashed with one key: one of them is another one. */
bool lineage_is_change(KindId kind, const json_t *old, const json_t *new, bool with_numbers,
                       bool with_secrets);

#endif
