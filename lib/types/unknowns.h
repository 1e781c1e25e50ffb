/* What the types do not tell: every column, attribute, argument and result that is unknown, and
 * why; views whose query is not known; extensions whose own objects the official generator would
 * list and the snapshot may not have. */
#ifndef TYPES_UNKNOWNS_H
#define TYPES_UNKNOWNS_H

#include <stdbool.h>
#include <stdio.h>

#include "types/catalog.h"
#include "types/mapping.h"

/* "text", "json", NULL. */
extern const char *const unknowns_formats[];

/* Text: a line for each, "column public.places.area: point: why". JSON: an array of objects with
 * kind, object, name, type and reason (strings; name and type where there are any), one a line. The
 * catalog is linked by this, as by typescript_write. */
bool unknowns_write(Catalog *catalog, Compat compat, const char *format, FILE *out, Err *err);

#endif
