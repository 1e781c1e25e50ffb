/* What one role may do: from the rights, owners, memberships and row security policies of a
 * snapshot to what its types leave out.
 *
 * Rights come by the role itself, by the roles whose rights it inherits, and by PUBLIC. Sources of
 * the rules: pg_class_aclmask_ext(), roles_is_member_of() and check_role_for_policy() of
 * PostgreSQL; man/snapshot.5 for the members. Nothing is asked of a policy's expression but whether
 * it is there and whether it is the word false. */
#ifndef TYPES_ROLE_H
#define TYPES_ROLE_H

#include "types/catalog.h"

/* Marks what the role may not do (the members named denied). notes: what the snapshot does not tell
 * about it, a sentence each. A role that the snapshot does not have is EXIT_DATA naming those there
 * are. */
bool role_apply(Catalog *catalog, const char *role, Texts *notes, Err *err);
/* Takes relationships and computed fields away that need columns the role may not read; once they
 * are known (types/links.h, types/routine.h). */
void role_trim(Catalog *catalog);

#endif
