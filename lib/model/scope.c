#include "model/scope.h"

#include <string.h>

#include "base/text.h"

/* Made in any database by the tools that bring migrations there. */
static const char *const tools[] = {
    "supabase_migrations",
    "supabase_shim",
    NULL,
};

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
    "vault",
    NULL,
};

static const char *const platform_roles[] = {
    "anon",
    "authenticated",
    "authenticator",
    "azure\\_%",
    "cloudsql%",
    "dashboard\\_user",
    "neon\\_%",
    "pgbouncer",
    "pgsodium\\_key%",
    "pgtle\\_admin",
    "postgres",
    "rds\\_%",
    "rdsadmin",
    "service\\_role",
    "supabase\\_%",
    NULL,
};

static bool matches(const char *schema, const char *const *patterns)
{
    for (; patterns && *patterns; patterns++)
        if (text_glob(*patterns, schema))
            return true;
    return false;
}

static bool is_among(const char *schema, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(*names, schema) == 0)
            return true;
    return false;
}

bool scope_is_platform(const char *schema, bool supabase)
{
    return is_among(schema, tools) || (supabase && is_among(schema, platform));
}

bool scope_includes(const char *schema, const char *const *include, const char *const *exclude,
                    bool supabase)
{
    if (strncmp(schema, "pg_", 3) == 0 || strcmp(schema, "information_schema") == 0)
        return false;
    bool taken =
        include && *include ? matches(schema, include) : !scope_is_platform(schema, supabase);
    return taken && !matches(schema, exclude);
}

const char *const *scope_platform_roles(void)
{
    return platform_roles;
}

/* A pattern has % at its end alone. */
static bool is_like(const char *pattern, const char *text)
{
    for (; *pattern; pattern++, text++) {
        if (*pattern == '%')
            return true;
        pattern += *pattern == '\\';
        if (*pattern != *text)
            return false;
    }
    return !*text;
}

bool scope_is_platform_role(const char *role)
{
    for (const char *const *pattern = platform_roles; *pattern; pattern++)
        if (is_like(*pattern, role))
            return true;
    return false;
}
