/* The TypeScript file: the Database type of a catalog, helper types and constants, byte for byte as
 * the official generator writes them (the helper types in our own words).
 *
 * Dialects: cli2 is @supabase/postgres-meta 0.99, cli3 the supabase CLI from 3.0 on. */
#ifndef TYPES_TYPESCRIPT_H
#define TYPES_TYPESCRIPT_H

#include <stdbool.h>

#include "base/buffer.h"
#include "types/catalog.h"
#include "types/mapping.h"

typedef struct TypescriptOptions {
    Compat compat;
    const char *default_schema;    /* of the helper types; NULL is "public" */
    const char *postgrest_version; /* NULL: not written */
    bool no_one_to_one;            /* leave out isOneToOne */
    bool bigint;                   /* int8 can be written as a bigint, or as its digits */
    bool utilities;                /* types/utilities.h */
    Overrides *overrides;          /* types that people say; NULL: none */
} TypescriptOptions;

/* "cli2", "cli3", NULL. */
extern const char *const typescript_compats[];

/* Insert or Update of a relation; NULL when it has none. */
Layout *typescript_changes(const Mapping *mapping, const CatalogRelation *relation, bool insert);

/* Adds the file to out. The catalog's functions and views are linked by this (types/routine.h,
 * types/links.h); where that fails nothing has been added. */
bool typescript_write(Catalog *catalog, const TypescriptOptions *options, Buffer *out, Err *err);

#endif
