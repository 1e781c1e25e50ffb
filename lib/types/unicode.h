/* What the names need to know of Unicode: properties of code points from U+0080 up, as tables of
 * ranges made from the Unicode Character Database 14.0 (unassigned code points between two ranges
 * of one table belong to it). */
#ifndef TYPES_UNICODE_H
#define TYPES_UNICODE_H

#include <stdbool.h>

/* The code point at *text, which is UTF-8; *text moves behind it. A byte that starts no sequence is
 * taken as it is. */
unsigned unicode_next(const char **text);

/* East_Asian_Width W or F. */
bool unicode_is_wide(unsigned code);
/* Takes no column: marks, format characters, Hangul vowels and finals. */
bool unicode_is_zero_width(unsigned code);
/* XID_Start, XID_Continue. */
bool unicode_is_id_start(unsigned code);
bool unicode_is_id_continue(unsigned code);

#endif
