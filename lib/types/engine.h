/* Running the official CLI for its types.
 *
 * Source: "supabase gen types --help" of versions 1 to 3. From 3 on the local stack is what it asks
 * by itself, --remote the linked project and --remote=URL a database; before, --local, --linked and
 * --db-url. A password never stands among its arguments: it is taken out of the URL and given as
 * PGPASSWORD. What the CLI says is never quoted, it may hold keys. */
#ifndef TYPES_ENGINE_H
#define TYPES_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

typedef enum EngineTarget { ENGINE_LOCAL, ENGINE_LINKED, ENGINE_URL } EngineTarget;

typedef struct EngineOptions {
    EngineTarget target;
    const char *url;            /* of ENGINE_URL: postgresql:// or postgres:// */
    const char *directory;      /* the project's */
    const char *const *schemas; /* ended by NULL, at least one */
    const char *const
        *variables; /* NAME=VALUE, what the CLI is to have beside our environment; or NULL */
} EngineOptions;

/* "own", "official", NULL. */
extern const char *const engine_names[];

/* What it wrote, from malloc. False with EXIT_UNAVAILABLE and one sentence: it is not installed, it
 * failed (and why, as far as it is known), or took longer than two minutes. */
bool engine_run(const EngineOptions *options, char **ret_output, size_t *ret_length, Err *err);

/* Takes the password out of a URL: *ret_url has none, *ret_password is NULL when there was none;
 * both in the arena. False with EXIT_UNAVAILABLE when it is no URL of PostgreSQL, or has a password
 * in its query. */
bool engine_split_url(const char *url, Arena *arena, const char **ret_url,
                      const char **ret_password, Err *err);

#endif
