/* The data directory that every shadow database begins with, kept (source/kept.h) under a key that
 * stands for the server's program and for what is loaded into database postgres: the functions that
 * make extensions which the server has no files of (share/supabase/extensions.sql), and, for a
 * Supabase project, what its platform makes before any migration (share/supabase/shim.sql). Making
 * it takes a second or two. */
#ifndef SOURCE_TEMPLATE_H
#define SOURCE_TEMPLATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "source/server.h"

/* bin: the directory of the programs. Two servers with one program are the same: its path, size and
 * time tell. In the arena. */
const char *template_key(const char *bin, bool supabase, Arena *arena);
/* Starts the server, which was opened with those programs, on such data. */
bool template_start(Server *server, const char *key, bool supabase, Err *err);

#endif
