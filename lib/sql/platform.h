/* Whether SQL is a Supabase project's, by what it mentions: what the platform has from the start.
 */
#ifndef SQL_PLATFORM_H
#define SQL_PLATFORM_H

#include <stdbool.h>

/* NUL-terminated; what stands in comments does not count. */
bool platform_is_mentioned(const char *text);
/* Whether it makes that itself, as no such project does. */
bool platform_is_made(const char *text);

#endif
