/* Types by name and back: TypeName nodes to TypeRef, TypeRef to the text of format_type(). Source:
 * LookupTypeName() of parse_type.c, format_type_extended() of format_type.c, typmod in and out
 * functions of each type. */
#ifndef REPLAY_TYPES_H
#define REPLAY_TYPES_H

#include "replay/catalog.h"
#include "sql/tree.h"

/* Looks the name up. A type that was never made is added as TYPE_MISSING, and *ret_problem (when
 * not NULL and still NULL) says so. The result is always usable. */
TypeRef types_resolve(Catalog *catalog, const PgQuery__TypeName *name, const char **ret_problem);
/* The same as PostgreSQL writes it with an empty search_path; modifier -1 for none. */
const char *types_format(Catalog *catalog, TypeRef type);
/* Whether a serial pseudo-type is named, and for which type. */
bool types_is_serial(const PgQuery__TypeName *name, Oid *ret_oid);
/* The number of a small integer constant, or otherwise. */
int64_t types_integer(const Node *node, int64_t otherwise);

#endif
