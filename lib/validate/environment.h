/* The environment of a step: an allow-list, so that no step sees the database's password or a key
 * unless the step names it. */
#ifndef VALIDATE_ENVIRONMENT_H
#define VALIDATE_ENVIRONMENT_H

#include <jansson.h>
#include <stdbool.h>

#include "base/arena.h"

/* The value of a variable, or NULL when unset. */
typedef const char *(*EnvironmentLookup)(const void *context, const char *name);

/* Whether every step may see that variable: PATH HOME USER LOGNAME LANG LC_* TERM TMPDIR SHELL TZ
 * CI NODE_* npm_config_*, but nothing of these whose name looks like a secret's or has AUTH in it.
 */
bool environment_is_allowed(const char *name);
/* NULL-terminated "NAME=value" texts: the allowed ones of all (NULL-terminated, the same form), and
 * those that the array names asks for, as lookup knows them. In the arena. */
char **environment_build(Arena *arena, char *const *all, const json_t *names,
                         EnvironmentLookup lookup, const void *context);

#endif
