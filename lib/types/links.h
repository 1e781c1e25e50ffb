/* What views have from what they read: which of their columns are columns of tables, which of these
 * cannot be NULL, and the relationships that follow, of views and to views.
 * Source of the rules: the official generator's output (tests/official). */
#ifndef TYPES_LINKS_H
#define TYPES_LINKS_H

#include "types/catalog.h"
#include "types/mapping.h"

/* Fills in origins, proven, exposures and links of all relations, whose keys must be complete.
 * Fails where there would be millions of links: a key of several columns each of which a view has
 * under hundreds of names. */
bool links_resolve(Catalog *catalog, Compat compat, Err *err);

#endif
