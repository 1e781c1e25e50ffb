/* GRANT and REVOKE: from the rights of one version of an object to those of the other (members
 * grants and revokes of snapshot(5), which are what differs from the built-in default). */
#ifndef DDL_RIGHTS_H
#define DDL_RIGHTS_H

#include "ddl/side.h"

/* Rights, each {"role":["select","update*"]} or NULL. */
typedef struct DdlRights {
    const json_t *grants, *revokes;
} DdlRights;

DdlRights rights_of(const json_t *object);
/* What an object gets when it is made, by the default privileges of who makes it; references the
 * caller has to drop with rights_free. */
DdlRights rights_at_creation(const DdlSide *side, const DdlNode *node);
void rights_free(DdlRights *rights);
/* new_owner: who becomes its owner by another statement, or NULL. */
void rights_change(const DdlScope *scope, const DdlRights *old, const DdlRights *new,
                   const char *new_owner, int server_version, DdlScript *script);

#endif
