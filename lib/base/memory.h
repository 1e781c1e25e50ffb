/* Memory for libraries that do not look whether they get it: the process ends then, as by
 * base/arena.h. CMakeLists.txt gives memory_malloc and its like to libpg_query. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

void *memory_malloc(size_t size);
void *memory_realloc(void *old, size_t size);
char *memory_strdup(const char *text);
/* Ends the process when memory was wanting in this thread, by errno: behind what takes that for
 * something else, and before what clears errno. */
void memory_check(void);

#endif
