/* The TypeScript file as many: one for each table and view, and an index that has the same Database
 * type, so that an editor reads again only what changed.
 *
 * OUTPUT.ts is the index and OUTPUT/SCHEMA/NAME.ts the parts; or, where no file name is given,
 * OUTPUT/index.ts. In file names lower case letters, digits, "_" and "-" are as they are, other
 * bytes "+" and two hexadecimal digits. The first line of each file says who made it; a file
 * without it is neither replaced nor removed. */
#ifndef TYPES_SPLIT_H
#define TYPES_SPLIT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

/* text is what typescript_write wrote. Parts come first and the index last, each replaced at once
 * and only when it changed; then the parts of what is gone are removed. EXIT_CREATE, with
 * nothing written, where a file that somebody else made is in the way. */
bool split_write(const char *output, const char *text, Err *err);
/* Whether the files are these. If not, what differs is listed, at most most lines for each file. */
bool split_check(const char *output, const char *text, size_t most, FILE *out, bool *ret_same,
                 Err *err);

#endif
