/* Which values columns and domains can have by their CHECKs, as far as sql/allowed.h can tell. Only
 * constraints that hold for every row count: not those that are NOT VALID or NO INHERIT, none of a
 * foreign table (nobody enforces them), none that the snapshot is not sure of, none where a
 * collation that is not the server's own may take different texts for equal. */
#ifndef TYPES_CHECKS_H
#define TYPES_CHECKS_H

#include "types/catalog.h"
#include "types/shape.h"

/* Fills in allowed of the table's columns, which must be there. */
void checks_of_table(Arena *arena, CatalogRelation *relation, const ShapeTable *shape);
/* Fills in allowed and collated of the domain. */
void checks_of_domain(Arena *arena, CatalogDomain *domain, const ShapeDomain *shape);
/* Once all are read: tables have what their parents have, and none that has a foreign table below
 * it has any. */
void checks_settle(Catalog *catalog);

#endif
