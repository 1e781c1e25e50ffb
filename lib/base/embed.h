/* Files that are part of the program: rows made by scripts/embed.cmake from share/. */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include <stddef.h>

typedef struct Embedded {
    const char *name;           /* the file's name without its directory; NULL ends a table */
    const unsigned char *bytes; /* a NUL stands behind them */
    size_t size;
} Embedded;

/* The row of that name, or NULL. */
const Embedded *embedded_find(const Embedded *table, const char *name);

#endif
