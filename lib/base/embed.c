#include "base/embed.h"

#include <string.h>

const Embedded *embedded_find(const Embedded *table, const char *name)
{
    for (const Embedded *row = table; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}
