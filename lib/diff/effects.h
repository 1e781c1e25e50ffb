/* What changes do to what roles may do, in sentences: "anon can now SELECT public.users.email". */
#ifndef DIFF_EFFECTS_H
#define DIFF_EFFECTS_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "model/snapshot.h"

/* At most so many sentences a change, the last of which may say how many more there are. */
enum { EFFECTS_MAX = 12 };

/* Adds "effects" to those of the document's changes that bear on rights: what each role (of the
 * section, of a right, an owner or a policy, and "everybody" for PUBLIC) may do now and could not,
 * or the reverse, by diff/privileges.h. Where the snapshots do not tell what a role is it "may";
 * what cannot be decided is not said. A sentence stands with the change that caused it where one
 * did, else with the first about security.
 *
 * Reads both documents again when there is such a change, else costs nothing; adds nothing when a
 * document is a pipe. */
bool effects_add(json_t *changes, SnapshotReader *old, SnapshotReader *new, Err *err);

#endif
