/* Two versions of one object, as what changes it in place (a DdlAlter) looks at them. */
#ifndef DDL_CHANGE_H
#define DDL_CHANGE_H

#include "ddl/rules.h"

DdlScope change_old(const DdlChange *change, DdlScript *script);
DdlScope change_new(const DdlChange *change, DdlScript *script);
/* The side that is there, for what both have: names. */
DdlScope change_any(const DdlChange *change, DdlScript *script);
/* Whether the member says the same in both, or neither has it. */
bool change_keeps(const DdlChange *change, const char *member);

#endif
