/* JSON as people write it: comments (to the end of the line, or between the C marks) and a comma
 * behind the last member. Both are blanked, a blank for each character, so that every line and
 * column stays right; what is left is read strictly by json/jx.h. */
#ifndef CONFIG_JSONC_H
#define CONFIG_JSONC_H

#include <jansson.h>
#include <stddef.h>

#include "base/err.h"

/* Blanks text (length bytes, NUL behind them) and parses it. On failure EXIT_CONFIG and
 * "'NAME':LINE:COLUMN: what"; no value of the file is quoted, it may be a secret. */
json_t *jsonc_parse(char *text, size_t length, const char *name, Err *err);

/* Which value: the index-th member or item of the one above; NULL is the document itself. */
typedef struct JsoncPlace {
    const struct JsoncPlace *up;
    size_t index;
} JsoncPlace;

/* Where it stands in a text that jsonc_parse accepted: at the member's key, or at the item. Both
 * count from 1; columns are characters. */
void jsonc_locate(const char *text, const JsoncPlace *place, int *ret_line, int *ret_column);

#endif
