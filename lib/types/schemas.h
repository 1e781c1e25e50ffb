/* The types as schemas that a program checks data with: for zod, or as one JSON Schema document.
 *
 * The types are those of the TypeScript file, node by node, so that what zod infers is what it
 * says. A row is without its computed fields: rows come without them unless they are asked for.
 * Sources: zod's manual (what is written works with versions 3 and 4); JSON Schema 2020-12; RFC
 * 6901 and RFC 3986 for references. */
#ifndef TYPES_SCHEMAS_H
#define TYPES_SCHEMAS_H

#include "types/typescript.h"

typedef enum Lang { LANG_TYPESCRIPT, LANG_ZOD, LANG_JSON_SCHEMA, LANG_COUNT } Lang;

/* "typescript", "zod", "json-schema", NULL. */
extern const char *const schemas_langs[];

/* Adds the file to out in that language, which for typescript is typescript_write; links the
 * catalog as that does. */
bool schemas_write(Catalog *catalog, const TypescriptOptions *options, Lang lang, Buffer *out,
                   Err *err);

#endif
