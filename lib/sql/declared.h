/* The declarative schemas of a Supabase project: schema_paths of [db.migrations] in its
 * config.toml. Only as much of TOML is read as leads to that list: tables, dotted keys, strings,
 * comments, an array over several lines. Source: toml.io v1.0.0; the Supabase CLI's reference of
 * config.toml, "db.migrations.schema_paths". */
#ifndef SQL_DECLARED_H
#define SQL_DECLARED_H

#include <stdbool.h>

#include "base/arena.h"
#include "sql/walk.h"

/* The patterns, relative to the folder that the file is in. False: there is no such file, or no
 * such list in it, or an empty one. */
bool declared_paths(const char *config_path, Arena *arena, WalkNames *ret);

/* Whether a relative path fits a pattern as paths do: * and ? do not take a slash, ** takes any
 * folders. A leading "./" counts for nothing. */
bool declared_match(const char *pattern, const char *path);

#endif
