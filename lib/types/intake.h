/* Reading a snapshot into a catalog, object by object. Nothing is sorted or resolved yet: that is
 * catalog_read, which calls this. */
#ifndef TYPES_INTAKE_H
#define TYPES_INTAKE_H

#include "types/catalog.h"

bool intake_read(Catalog *catalog, FILE *in, const char *name, const char *const *wanted, Err *err);

#endif
