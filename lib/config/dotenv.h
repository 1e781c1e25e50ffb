/* .env files: KEY=VALUE lines, parsed and never executed.
 *
 * Order, first one wins: .env.$SUPABASE_ENV.local, .env.local, .env.$SUPABASE_ENV, .env; of each
 * the one in supabase/ before the one in the project directory. SUPABASE_ENV is development unless
 * set, and under test .env.local is not read (supabase CLI's rule). The process environment wins
 * over all of them, which is the caller's business.
 *
 * Accepted: blank lines, # comments, "export " in front, single quotes (raw), double quotes
 * (\n \r \t \" \\ \$), quoted values over several lines, $NAME and ${NAME} of earlier keys outside
 * single quotes (a name that is none stays as it is: passwords have such signs), a comment after
 * blank and # behind a value. A line that is none of that is EXIT_CONFIG with file and
 * line; the line itself is never quoted, it may hold a secret. */
#ifndef CONFIG_DOTENV_H
#define CONFIG_DOTENV_H

#include <jansson.h>

#include "base/err.h"

/* {"KEY":"value"} of all files of the project; a new reference. */
json_t *dotenv_load(const char *directory, Err *err);
/* One file's text, added to variables unless already there. name is for messages. */
bool dotenv_parse(json_t *variables, const char *text, const char *name, Err *err);

#endif
