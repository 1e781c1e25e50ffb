/* What differs between two files of types: tables, views, functions, enums, composite types, their
 * columns, arguments, labels and relationships, and what each means for code that uses the types.
 *
 * Breaking is what makes code that compiled before fail to, or meet values it did not provide for;
 * risky is what does so for some code only; the rules are one table, shown in man/gen-ts-types.1.
 */
#ifndef TYPES_DIFFERENCE_H
#define TYPES_DIFFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "model/change.h"
#include "types/script.h"

typedef struct Difference {
    Severity severity;
    const char *place; /* "table public.users, column age" */
    const char *what;
} Difference;

typedef struct Differences {
    size_t count; /* breaking first, then risky, safe; in the order of the files */
    Difference *items;
    size_t counts[SEVERITY_COUNT];
    bool helpers; /* the helper types differ */
} Differences;

/* From the old file to the new one; all of it lives in the arena. */
Differences differences_find(Arena *arena, const Script *old, const Script *new);
/* "N differences: ..." and a line for each, at most most of them; where there are none, a line that
 * says so: only helper types or layout differ. */
void differences_put(const Differences *differences, size_t most, FILE *out);

#endif
