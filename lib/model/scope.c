#include "model/scope.h"

#include <string.h>

#include "base/text.h"

/* Schemas of a hosted or local Supabase project that migrations of users do not make. */
static const char *const platform[] = {
    "_analytics",
    "_realtime",
    "auth",
    "cron",
    "extensions",
    "graphql",
    "graphql_public",
    "net",
    "pgbouncer",
    "pgsodium",
    "pgsodium_masks",
    "pgtle",
    "realtime",
    "storage",
    "supabase_functions",
    "supabase_migrations",
    "supabase_shim",
    "vault",
    NULL,
};

static bool matches(const char *schema, const char *const *patterns)
{
    for (; patterns && *patterns; patterns++)
        if (text_glob(*patterns, schema))
            return true;
    return false;
}

bool scope_is_platform(const char *schema)
{
    for (const char *const *name = platform; *name; name++)
        if (strcmp(*name, schema) == 0)
            return true;
    return false;
}

bool scope_includes(const char *schema, const char *const *include, const char *const *exclude)
{
    if (strncmp(schema, "pg_", 3) == 0 || strcmp(schema, "information_schema") == 0)
        return false;
    bool taken = include && *include ? matches(schema, include) : !scope_is_platform(schema);
    return taken && !matches(schema, exclude);
}
