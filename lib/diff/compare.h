/* Two versions of one object: what differs, member by member, into a changes/1 document. Nested
 * objects are matched by identity where both sides tell it, by name where not. */
#ifndef DIFF_COMPARE_H
#define DIFF_COMPARE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "diff/ignore.h"
#include "model/kind.h"

/* An object of one snapshot; everything borrowed. */
typedef struct Version {
    const char *id;
    const json_t *object;  /* NULL: it is not there */
    const json_t *lineage; /* NULL: unknown */
    int matched; /* of a new one that was paired with an old one by structure: the score; else 0 */
} Version;

typedef struct Comparison {
    json_t *changes;      /* the document to add to */
    bool identity;        /* lineages of both sides may be compared */
    bool secrets;         /* and their secrets too */
    const Ignore *ignore; /* what is not to be told, but counted as "ignored"; NULL: nothing */
    const char *old_name, *new_name; /* of the documents, for messages */
    json_t *renamed; /* what structure tells to be renamed: uses.renamed of structure_match */
    json_t *names;   /* what is renamed at all (diff/follow.h): added to, and what follows from it
                      * is not told */
} Comparison;

/* Adds what turned old into new: nothing, or one change of the object and some of what is nested in
 * it. EXIT_DATA when what is nested is no list of objects with names, or a lineage does not fit. */
bool compare_versions(const Comparison *comparison, KindId kind, const Version *old,
                      const Version *new, Err *err);

#endif
