/* Precise types, on request: what a value really is in the JSON that PostgREST sends and takes.
 *
 * PostgREST leaves JSON to the server (json_agg of rows), whose rules are those of
 * json_categorize_type() in utils/adt/json.c: booleans, numbers and json are themselves, arrays and
 * rows become arrays and objects, types with a cast to json (hstore has one) what that makes, and
 * everything else the text of the type's output function. What it takes goes through
 * json_to_recordset(), that is the type's input function unless it is an array, a row or json.
 *
 * A type is looked up by its schema and name. Domains are what they are made of, all the way, with
 * what their CHECKs let pass. */
#ifndef TYPES_PRECISE_H
#define TYPES_PRECISE_H

#include "types/mapping.h"

/* A new tree each time; read or written as the mapping says. */
Layout *precise_type(const Mapping *mapping, const TypeName *type);
/* The same of a column, with what CHECKs let pass; without null. */
Layout *precise_column(const Mapping *mapping, const CatalogColumn *column);
/* An argument, or null unless the function is STRICT or the type a domain that is NOT NULL. */
Layout *precise_argument(const Mapping *mapping, const CatalogFunction *function,
                         const CatalogArgument *argument);
/* What comes back, without the "[]" of a set: of OUT, INOUT and TABLE arguments a row (PostgREST
 * makes one of a single one too), which may be null as may any value that is no row. Where a row
 * was to be found and is not, all its columns are null. Sources: PostgREST's SchemaCache.hs;
 * funcapi.c for the names of arguments that have none. */
Layout *precise_result(const Mapping *mapping, const CatalogFunction *function);

/* Why the type, or some type in it, is unknown; NULL when none is. */
const char *precise_reason(const Catalog *catalog, Arena *arena, const TypeName *type);

/* Whether the type is a domain that is NOT NULL, or made of one. */
bool precise_is_not_null(const Catalog *catalog, const TypeName *type);
/* Of a column whose nullable says what its own NOT NULL does. */
bool precise_is_nullable(const Catalog *catalog, const CatalogRelation *relation,
                         const CatalogColumn *column);

#endif
