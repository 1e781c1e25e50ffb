/* How a type is written as a schema that checks data: for zod, and in JSON Schema. One walk over
 * the type, and for each language a table of what stands where, with what cannot be a table. */
#ifndef TYPES_DIALECT_H
#define TYPES_DIALECT_H

#include <stdio.h>

#include "types/catalog.h"
#include "types/layout.h"

enum { TYPE_NEW, TYPE_BEGUN, TYPE_WRITTEN }; /* CatalogType.state */

typedef struct Place { /* of a definition in Database */
    const CatalogType *type;
    const char *section;
    const char *part; /* "Row", "Insert", "Update", "Args"; NULL for an enum or composite */
} Place;

typedef struct Dialect Dialect;

typedef struct Writer {
    const Dialect *dialect;
    FILE *out;
    Arena *arena;
} Writer;

extern const Dialect *const dialect_zod;
extern const Dialect *const dialect_json_schema;

/* What comes before all definitions. */
const char *dialect_head(const Dialect *dialect);
/* One definition. A type that it refers to must be written before; one that is only begun holds
 * itself, and for zod anything will do for it. */
void dialect_define(Writer *writer, const Place *place, const Layout *type);
/* The constant that zod's definition is, and a key of an object in JavaScript; key is as of
 * names_key. */
void dialect_put_constant(FILE *out, const CatalogType *type, const char *part);
const char *dialect_key(const char *key);

#endif
