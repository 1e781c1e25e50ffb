/* The same statements so that others can work meanwhile: an index built CONCURRENTLY, a constraint
 * added NOT VALID and then validated, NOT NULL proved by a check first, a key on an index that is
 * there. Source: the notes of CREATE INDEX and ALTER TABLE in the manual. */
#ifndef DDL_ONLINE_H
#define DDL_ONLINE_H

#include "ddl/rules.h"

/* Adds statement, which is of that object, or what does the same in more steps. */
void ddl_add_online(DdlScript *script, const DdlScope *scope, const DdlStatement *statement);

#endif
