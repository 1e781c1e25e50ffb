/* What a change of the schema is to its version number. Source: semver.org 2.0.0, with the schema
 * as the public interface; the table is in man/schema-diff.1. */
#ifndef DIFF_BUMP_H
#define DIFF_BUMP_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"

typedef enum Bump { BUMP_NONE, BUMP_PATCH, BUMP_MINOR, BUMP_MAJOR, BUMP_COUNT } Bump;

Bump bump_of(const json_t *changes);
const char *bump_name(Bump bump);

/* Whether text is MAJOR.MINOR.PATCH, perhaps with a "v" in front and -PRE or +BUILD behind. */
bool bump_is_version(const char *text);
/* The next version, from malloc: "v" stays, PRE and BUILD go; a version with PRE whose own numbers
 * are enough becomes what it was to be. BUMP_NONE: the same text. EXIT_USAGE: text is no version.
 */
char *bump_next(const char *text, Bump bump, Err *err);

#endif
