/* What has another name, and keeps what it holds: statements that rename, and the old schema as it
 * is after them.
 *
 * A name is rewritten where the text that has it leaves no doubt: in keys, indexes, types, ids.
 * Other texts that name it are marked as changed, so that what has them (a view, a policy) is made
 * again from its new text; they are never taken for what they were. */
#ifndef DDL_RENAME_H
#define DDL_RENAME_H

#include <jansson.h>
#include <stdbool.h>

#include "ddl/rules.h"

/* changes: a changes/1 document of which those that are "renamed" are taken; is_back: it is told
 * from the new schema to the old one. A name that another object still has is not taken: then the
 * object is dropped and made. The caller owns what comes back. */
json_t *ddl_rename(const json_t *old, const json_t *new, const json_t *changes, bool is_back,
                   DdlScript *script);

#endif
