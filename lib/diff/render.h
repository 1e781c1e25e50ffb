/* changes/1 as text for people: breaking first, colour on a terminal, names made harmless. What a
 * database and its migrations disagree about stands under headings that say where it is. */
#ifndef DIFF_RENDER_H
#define DIFF_RENDER_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

bool render_text(const json_t *changes, bool colour, FILE *out, Err *err);

#endif
