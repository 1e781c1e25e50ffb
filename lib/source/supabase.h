/* The database of a Supabase project, as the official CLI knows it: that of the linked project, by
 * the files that "supabase link" leaves in supabase/.temp and the password in SUPABASE_DB_PASSWORD;
 * else that of the local stack, whose URL "supabase status -o json" tells (DB_URL). What is then
 * read is read as any live database is.
 *
 * The linked one comes first because whoever gives its password means it, and because which of two
 * databases is watched must not hang on whether a stack happens to run. The password goes into the
 * connection string only, never to the CLI's arguments, and only to hosts of Supabase: the files
 * are part of a directory that anybody may have written. What the CLI says is never quoted, it may
 * hold keys. */
#ifndef SOURCE_SUPABASE_H
#define SOURCE_SUPABASE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/* The connection string, in the arena. NULL: EXIT_UNAVAILABLE, one sentence says which is missing:
 * a project, the CLI, Docker, the running stack, the password. directory is the project's; password
 * may be NULL. The CLI is run in it and has 10 seconds. */
const char *supabase_find(const char *directory, const char *password, Arena *arena, Err *err);

/* ---- its parts ---- */

/* DB_URL out of what "supabase status -o json" wrote, remarks on stderr mixed in; NULL when there
 * is none that is a PostgreSQL URL. */
const char *supabase_status_url(const char *output, size_t length, Arena *arena);
/* Of a linked project. ref: its reference, 20 lower case letters. pooler: the URL of its pooler,
 * whose password, if any, is not used; NULL or "" takes the database's own host. NULL: one of them
 * is not what the CLI writes. */
const char *supabase_linked_conninfo(const char *ref, const char *pooler, const char *password,
                                     Arena *arena);

#endif
