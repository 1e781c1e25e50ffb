/* The text of a query that a newer server shows, made such that PostgreSQL 15's grammar takes it,
 * for who wants to know only of its plain columns: what the SQL/JSON functions have between their
 * brackets is blanked, IS JSON becomes IS NULL, and INDENT goes. Every byte stays in its place.
 * Source: gram.y of PostgreSQL 16 to 18; ruleutils.c, whose texts these are. */
#ifndef SQL_OLDER_H
#define SQL_OLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "sql/parse.h"

/* In place; whether anything was changed. */
bool older_make(char *text, size_t length);
/* The parsed text; made older where it does not parse as it stands, then copied to the arena. */
SqlParse *older_parse(const char *text, Arena *arena);

#endif
