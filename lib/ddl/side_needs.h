/* What a node of a side (ddl/side.h) needs to be there: found in the texts that make it, and in the
 * members that texts do not tell. */
#ifndef DDL_SIDE_NEEDS_H
#define DDL_SIDE_NEEDS_H

#include "ddl/side.h"

/* All nodes are there already. */
void side_find_needs(DdlSide *side, DdlNode *node);

/* Of ddl/side.c. Nothing happens where other is NULL, node itself, or known already. */
void ddl_need(DdlSide *side, DdlNode *node, DdlNode *other);
/* Functions of one name, which a text that calls one does not tell apart. */
bool side_is_namesake(const DdlNode *node, const DdlNode *other);
/* What is to be there first where it can. */
void ddl_hope(DdlSide *side, DdlNode *node, DdlNode *other);

#endif
