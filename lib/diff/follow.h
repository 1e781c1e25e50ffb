/* What only follows from another object's new name. PostgreSQL keeps what an object refers to by
 * number, and shows it by the name that it has now: of a table that is renamed, the views, policies
 * and keys are the same as before, only told in other words. */
#ifndef DIFF_FOLLOW_H
#define DIFF_FOLLOW_H

#include <jansson.h>
#include <stdbool.h>

#include "model/kind.h"

/* Adds what is called otherwise to names: an object that starts empty, the caller's. */
void follow_add(json_t *names, const json_t *old, const json_t *new);

/* Whether the two values of a member are the same but for such names, each where a name can stand:
 * an unqualified type or function is PostgreSQL's own, and in what people write (a comment, an
 * option, a body that is a string) nothing follows. is_kept: the object was not written since, so
 * that also such a body can only have followed. Either value may be NULL. */
bool follow_is(const json_t *names, KindId kind, const char *member, const json_t *old,
               const json_t *new, bool is_kept);

#endif
