/* Whether two names may be of the same thing: one was written from the other. */
#ifndef DIFF_ALIKE_H
#define DIFF_ALIKE_H

#include <stdbool.h>

/* Names are compared word by word ("_", "-", a blank and a capital letter part them), without the
 * words they begin and end with in common. They are alike when nothing is left of one of them, or
 * when at most two fifths of the longer rest have to be written anew (Levenshtein's distance).
 * Those that differ in digits alone are of several things: never alike. */
bool alike_names(const char *one, const char *two);

#endif
