/* What a script cannot bring about, or only when somebody fills something in. */
#ifndef DDL_REMARK_H
#define DDL_REMARK_H

#include "ddl/plan.h"
#include "ddl/side.h"

/* One line each, NULL behind the last; in the arena. Nodes that have steps are looked at, and the
 * statements. */
const char *const *ddl_remarks(Arena *arena, const DdlSide *old, const DdlSide *new,
                               const DdlScript *script);

#endif
