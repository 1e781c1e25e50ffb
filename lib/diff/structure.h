/* Who is who where no lineage tells: an object that is gone and one of the same kind that is new
 * are taken for one that was renamed when they are alike in structure, there is evidence for it
 * beyond what many objects have, and no other object comes into question. man/changes.5 has the
 * rules in words. */
#ifndef DIFF_STRUCTURE_H
#define DIFF_STRUCTURE_H

#include <jansson.h>

#include "model/kind.h"

enum { STRUCTURE_NOBODY = -1 };

/* The objects of one kind on one side; everything borrowed. */
typedef struct StructureSide {
    const json_t *parent; /* of nested ones; else NULL */
    const json_t *items;  /* array */
    int *partners;        /* of each, on the other side, or STRUCTURE_NOBODY: those get one here */
    int *scores;          /* of each that got one: how alike they are, 100 at most */
} StructureSide;

/* What is known besides. */
typedef struct StructureUses {
    /* More evidence for a pair of top-level objects; NULL: there is none. */
    int (*points)(void *context, KindId kind, const json_t *old, const json_t *new);
    void *context;
    /* {OLD: NEW}, qualified names of those that are paired already; NULL: none. */
    json_t *renamed;
} StructureUses;

/* So many points of evidence make two objects of unlike names one. */
enum { STRUCTURE_ENOUGH = 6 };

/* Finds partners. A kind that is not told apart by structure gets none. uses: NULL for nested ones.
 */
void structure_match(KindId kind, const StructureSide *old, const StructureSide *new,
                     const StructureUses *uses);

/* Adds the two names to uses.renamed, where they are not the same. */
void structure_add_renamed(json_t *renamed, const json_t *old, const json_t *new);
/* Whether another object, changed, has new's name where it had old's: two versions of it. */
bool structure_follows(const json_t *old_user, const json_t *new_user, const json_t *old,
                       const json_t *new);

#endif
