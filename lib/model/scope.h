/* Which schemas belong to a snapshot: the user's, not the server's and not the platform's.
 *
 * Without patterns: every schema but pg_*, information_schema, the history of Supabase's command
 * line and, where Supabase's platform is there, those that it makes and owns in each of its
 * projects: elsewhere a schema named auth is the user's as any other. A pattern (shell-like, * and
 * ?) of include takes exactly what it matches, platform schemas too; a pattern of exclude leaves
 * out what include or the rule took. */
#ifndef MODEL_SCOPE_H
#define MODEL_SCOPE_H

#include <stdbool.h>

/* Both lists NULL-terminated; NULL is an empty list. */
bool scope_includes(const char *schema, const char *const *include, const char *const *exclude,
                    bool supabase);
/* supabase: whether its platform is there. */
bool scope_is_platform(const char *schema, bool supabase);

/* Roles that hosting platforms make: patterns as for LIKE, NULL-terminated. */
const char *const *scope_platform_roles(void);
/* Whether one of them fits. */
bool scope_is_platform_role(const char *role);

#endif
