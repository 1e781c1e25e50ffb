/* How the texts that a pattern of LIKE or a regular expression lets pass begin and end. */
#ifndef SQL_PATTERN_H
#define SQL_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

typedef struct Pattern {
    size_t count; /* the text begins with one of these */
    const char **starts;
    const char *end; /* and ends with this, behind that; NULL: the starts are whole texts */
} Pattern;

enum { PATTERN_STARTS_MAX = 100, PATTERN_MAX = 1000 }; /* longer ones are not looked at */

/* LIKE with the backslash as its escape character. False: cannot be told. The strings live in the
 * arena. Source: the manual's "LIKE". */
bool pattern_like(const char *text, Arena *arena, Pattern *ret);
/* A POSIX regular expression, of ARE's syntax without embedded options; choices of plain texts in
 * brackets count as several starts, as in ^(eu|us)-. Both starts and end may be "". Source: the
 * manual's "POSIX Regular Expressions". */
bool pattern_regex(const char *text, Arena *arena, Pattern *ret);

#endif
