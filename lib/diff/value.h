/* The old and the new value of a member as texts for people: on one line where it is short, line by
 * line where not. */
#ifndef DIFF_VALUE_H
#define DIFF_VALUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* A text as it is, anything else as JSON, an array or object of more than one an item a line; NULL
 * for NULL. */
const char *value_lines(Arena *arena, const json_t *value);
/* The same on one line: an array or object as JSON, line ends as blanks; "none" for NULL. */
const char *value_line(Arena *arena, const json_t *value);
/* Whether one of the two has several lines. */
bool value_is_long(const char *old, const char *new);
/* How many columns a text takes on a terminal. */
size_t value_columns(const char *text);
/* The text in at most that many columns, "..." for what is left out: its end, and of what it has in
 * common with the other one at the beginning all but the last words. other may be NULL. */
const char *value_cut(Arena *arena, const char *text, const char *other, size_t columns);

typedef enum LineMark { LINE_SAME, LINE_OLD, LINE_NEW, LINE_SKIPPED } LineMark;
/* A line of length bytes without its end; of LINE_SKIPPED, text is NULL and length their number. */
typedef void LinePut(void *aim, LineMark mark, const char *text, size_t length);
/* Tells line by line what turns old into new: what is the same only where it is at most that many
 * lines away. Either may be NULL: there is none. A longest common subsequence; of very many lines
 * that differ, all of old and then all of new. */
void value_compare(const char *old, const char *new, size_t context, LinePut *put, void *aim);

#endif
