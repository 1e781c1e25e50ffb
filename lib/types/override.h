/* Types that people say: for columns (and attributes of composite types) by name, for PostgreSQL
 * types, and brands that tell one id from another.
 *
 * What is said comes from the configuration (types.overrides, types.brand) and, where comments
 * count, from "@type {...}" and "@brand Name" in a column's comment. It must be one type expression
 * and nothing else (script_type), an import must be one "import type" of names from a module: so no
 * text ends the type and begins other code. A configuration that is none of that fails; a comment
 * is left out with a note.
 *
 * Of a column the first of these that there is: an override of its name, its comment's @type, the
 * type of what a view takes it from; then, for strings and numbers, a brand of its name, its
 * comment's @brand, that of what a foreign key or view takes it from. Of several patterns that
 * match, that with the most literal characters; of those the first in byte order. */
#ifndef TYPES_OVERRIDE_H
#define TYPES_OVERRIDE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/buffer.h"
#include "types/catalog.h"
#include "types/script.h"

typedef struct OverrideRule {
    const char *pattern;                 /* as it stands in the configuration */
    const char *schema, *table, *column; /* globs; table NULL: column is a type's name */
    size_t literal;                      /* characters */
    const ScriptType *type;              /* NULL: a brand */
    const char *brand;                   /* NULL: made of table and column */
    const char *import;                  /* a line, or NULL */
    bool is_used;
} OverrideRule;

typedef struct Overrides {
    Arena *arena;
    size_t count;
    OverrideRule *rules;
    bool comments; /* tags count */
    FILE *notes;   /* a line for each comment that is left out; NULL: nowhere */
} Overrides;

/* overrides: {PATTERN: {"type", "import"?}}; brands: {PATTERN: {"name"?}}. EXIT_CONFIG naming the
 * entry. */
bool overrides_read(Overrides *ret, Arena *arena, const json_t *overrides, const json_t *brands,
                    Err *err);
/* Sets given and brand of the catalog's columns, once its links are resolved. */
void overrides_apply(Overrides *overrides, Catalog *catalog);
/* The same of one column by the rules that name it alone: no comments, nothing taken over from
 * others.
 */
void overrides_column(Overrides *overrides, const CatalogRelation *relation, CatalogColumn *column);
/* What stands for the PostgreSQL type, or NULL; name as pg_type has it, of the element of an array.
 */
const ScriptType *overrides_type(const Overrides *overrides, const char *schema, const char *name);
/* The lines that the used ones need, and an empty one; nothing when there are none. */
void overrides_put_imports(const Overrides *overrides, Buffer *out);

/* What is wrong with a pattern, NULL when nothing is. */
const char *override_pattern_fault(const char *pattern);

#endif
