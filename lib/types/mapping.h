/* From PostgreSQL types to TypeScript types. The rules are the official generator's, bugs included:
 * a type is looked up by its bare name, as pg_type.typname has it. */
#ifndef TYPES_MAPPING_H
#define TYPES_MAPPING_H

#include "types/catalog.h"
#include "types/layout.h"
#include "types/override.h"

typedef enum Compat { COMPAT_CLI2, COMPAT_CLI3, COMPAT_COUNT } Compat;

typedef enum MappingUse { MAPPING_READ, MAPPING_WRITTEN } MappingUse;

typedef struct Mapping {
    const Catalog *catalog; /* its wants say whether types are precise: types/precise.h */
    Arena *arena;           /* of what is made */
    Compat compat;
    MappingUse use;
    bool bigint;                /* what is written of int8 may be a bigint, or its digits */
    const Overrides *overrides; /* NULL: none */
} Mapping;

/* A new tree each time. */
Layout *mapping_type(const Mapping *mapping, const TypeName *type);
/* The same as an argument: from cli3 on a row comes without its computed fields, unless it has no
 * name. */
Layout *mapping_argument(const Mapping *mapping, const CatalogArgument *argument);
/* The type of a column, with null where it may be. */
Layout *mapping_column(const Mapping *mapping, const CatalogColumn *column, bool nullable);
/* The columns of a relation as a block, those aside that a right in denied is missing of; fields
 * may be added to it. */
Layout *mapping_row(const Mapping *mapping, const CatalogRelation *relation, unsigned denied);

/* "Database[...]..." of a relation or composite that is written; an enum's, or its labels. */
Layout *mapping_reference(Arena *arena, const CatalogRelation *relation);
Layout *mapping_labels(Arena *arena, const CatalogEnum *item);
Layout *mapping_record(Arena *arena);
Layout *mapping_bigint(Arena *arena);

/* The type's name as pg_type has it: that of an array begins with "_". */
const char *mapping_typname(Arena *arena, const TypeName *type);
/* Where the type stands among those of one place of an error text: by oid as far as it is known. */
int mapping_compare_types(const TypeName *a, const TypeName *b);

#endif
