/* Which migration files a database has not applied, and which migrations it has applied that have
 * no file: by the versions in supabase_migrations.schema_migrations, as the accepted snapshot has
 * them (meta.applied), and the names of the files.
 *
 * A file is a migration when its name is digits, "_", anything, ".sql"; the digits are its version.
 * Source of the rule: pkg/migration of Supabase's CLI, which compares versions as texts. */
#ifndef CYCLE_PENDING_H
#define CYCLE_PENDING_H

#include <jansson.h>

#include "config/config.h"

enum { PENDING_NAMED = 20 };

/* {"files":n,"applied":n,"pending":n,"pending_files":[],"missing":n,"missing_versions":[],"time"},
 * at most PENDING_NAMED names each; only "files" when the database keeps no such list. NULL when no
 * database was read, or there is neither a file nor a list. A new reference. */
json_t *pending_survey(Config *config);

#endif
