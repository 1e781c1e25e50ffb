/* What a script cannot bring about, or only when somebody fills something in. */
#ifndef DDL_REMARK_H
#define DDL_REMARK_H

#include "ddl/plan.h"
#include "ddl/side.h"

/* One line each, NULL behind the last; in the arena. Nodes that have steps are looked at, the
 * statements, and the changes, which tell of secrets; NULL: there are none. */
const char *const *ddl_remarks(Arena *arena, const DdlSide *old, const DdlSide *new,
                               const json_t *changes, const DdlScript *script);

#endif
