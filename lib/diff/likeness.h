/* How alike two shapes (diff/shapes.h) of a kind are, and what evidence there is that they are of
 * one object. */
#ifndef DIFF_LIKENESS_H
#define DIFF_LIKENESS_H

#include <jansson.h>

#include "model/kind.h"

/* 0 to 100; 100 only when they are equal. ret_points: of evidence. */
int likeness_score(KindId kind, const json_t *old, const json_t *new, int *ret_points);
/* What makes a column more than one of many: a type of the schema's own or with numbers (how long a
 * text may be is no more than a habit), a default and so on. */
int likeness_column_points(const json_t *column);

#endif
