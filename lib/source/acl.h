/* Access rights as a snapshot tells them: how they differ from what an object of their kind starts
 * with, per role.
 *
 * Source: aclitemout() and acldefault() in acl.c of PostgreSQL. Grantors are not told apart, and
 * "all" stands for every privilege that the server knows for the kind, so that the MAINTAIN of
 * version 17 makes no difference. The owner's own rights are what they start with unless some were
 * taken. */
#ifndef SOURCE_ACL_H
#define SOURCE_ACL_H

#include "base/arena.h"

typedef struct AclForm {
    const char *grants;  /* {"role":["select*","update"],...}, NULL when empty */
    const char *revokes; /* the same for what is missing */
} AclForm;

/* acl: text of an aclitem[], NULL for the default. base: what it is compared with, NULL for the
 * built-in default of kind, which is a letter as for acldefault(), 'c' for a column. also: another
 * role that is the owner, or NULL. */
AclForm acl_form(Arena *arena, const char *acl, const char *base, char kind, const char *owner,
                 const char *also, int server_version);

#endif
