/* Access rights from the text of an aclitem[]. Source: aclitemout() in acl.c of PostgreSQL. */
#ifndef SOURCE_ACL_H
#define SOURCE_ACL_H

#include "base/arena.h"
#include "model/privilege.h"

/* acl: text of an aclitem[], NULL for the default. base: what it is compared with, NULL for the
 * built-in default of kind, which is a letter as for acldefault(), 'c' for a column. also: another
 * role that is the owner, or NULL. */
PrivilegeForm acl_form(Arena *arena, const char *acl, const char *base, char kind,
                       const char *owner, const char *also, int server_version);

#endif
