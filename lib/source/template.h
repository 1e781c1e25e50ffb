/* Data directories that a server can start from at once: made the first time, kept below the user's
 * cache directory, copied afterwards.
 *
 *   $XDG_CACHE_HOME/schema-monitor/shadow/KEY/    the data directory itself
 *
 * KEY stands for the server's program and for what is loaded into database postgres: the functions
 * that make extensions which the server has no files of (share/supabase/extensions.sql), and, for a
 * Supabase project, what its platform makes before any migration (share/supabase/shim.sql). Losing
 * it costs a second or two. */
#ifndef SOURCE_TEMPLATE_H
#define SOURCE_TEMPLATE_H

#include <stdbool.h>

#include "base/err.h"
#include "source/server.h"

/* Starts the server, which was opened with the programs in bin, on such data. */
bool template_start(Server *server, const char *bin, bool supabase, Err *err);

#endif
