/* What ALTER ROLE ... SET and functions keep of settings: "name=value", as SQL sets it. Source:
 * variable_is_guc_list_quote() in PostgreSQL's dumputils.c: the values of some are lists. */
#ifndef DDL_SETTING_H
#define DDL_SETTING_H

#include "base/arena.h"

/* "search_path TO 'a', 'b'". */
const char *setting_text(Arena *arena, const char *item);
const char *setting_name(Arena *arena, const char *item);

#endif
