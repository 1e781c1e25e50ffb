/* Shapes: objects without their names, so that what is called otherwise can be told to be the same.
 * All JSON that comes back is the caller's. */
#ifndef DIFF_SHAPES_H
#define DIFF_SHAPES_H

#include <jansson.h>
#include <stdbool.h>

#include "base/arena.h"
#include "model/kind.h"

/* The names that a shape does not have, of a top-level object. */
typedef struct ShapeNames {
    Arena arena;
    const char *schema; /* "shop." */
    const char *whole;  /* "shop.orders" */
} ShapeNames;

void shapes_names_of(const json_t *object, ShapeNames *ret);
void shapes_names_free(ShapeNames *names);

/* A top-level object without its names, perhaps but that of its schema, what is nested in it
 * without theirs where their order is none. */
json_t *shapes_of(KindId kind, const json_t *object, bool with_schema);
/* One that is nested in an object of these names, without its own name and theirs. */
json_t *shapes_of_nested(const json_t *object, const ShapeNames *names);

/* How a text is made another one, where a thing is named other. */
typedef json_t *ShapesRewrite(const char *text, const char *name, const char *other);
/* A column: in a list of names, or within a text. */
ShapesRewrite shapes_rename_column;
/* Another object; both names as SQL has them. */
ShapesRewrite shapes_rename_object;
/* The value with all texts made anew. */
json_t *shapes_rewrite(const json_t *value, ShapesRewrite *rewrite, const char *name,
                       const char *other);
/* The same for all of {NAME: OTHER}; takes the value over. */
json_t *shapes_rewrite_all(json_t *value, ShapesRewrite *rewrite, json_t *names);

/* Whether a text in the value has the name, which stands alone. */
bool shapes_mention(const json_t *value, const char *name);

#endif
