/* Functions: which of them PostgREST can call, with what, and what comes back; overloads, computed
 * fields, and the cases it cannot tell apart. */
#ifndef TYPES_ROUTINE_H
#define TYPES_ROUTINE_H

#include "types/mapping.h"

/* Decides for each function whether it is kept, and of which relation it is a computed field. */
void routines_link(Catalog *catalog, Compat compat);

/* What the function gives back, without the "[]" of a set. */
Layout *routine_value(const Mapping *mapping, const CatalogFunction *function);
/* The type of the functions of one name: a signature, or a union of them. */
Layout *routine_overloads(const Mapping *mapping, const CatalogFunction *const *functions,
                          size_t count);

#endif
