/* Names of columns by relation and number: constraints and indexes hold numbers. */
#ifndef SOURCE_NAMES_H
#define SOURCE_NAMES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "source/rows.h"

typedef struct NamedColumn {
    uint32_t relation;
    int number;
    const char *name;
    const char *type;      /* as SQL writes it; NULL of a relation that is not read itself */
    const char *collation; /* NULL: the type's */
} NamedColumn;

typedef struct Names {
    Arena arena;
    NamedColumn *columns; /* ascending by relation and number */
    size_t count;
    size_t room;
    const char **texts; /* each text once: a hash table */
    size_t text_count;
    size_t text_room;
} Names; /* {0} is empty */

/* Adds the rows of columns.sql and of referenced.sql. */
bool names_fill(Names *names, const Rows *columns, const Rows *referenced, Err *err);
/* NULL when there is none: an expression, a column of the system. */
const NamedColumn *names_find(const Names *names, uint32_t relation, int number);
void names_free(Names *names);

#endif
